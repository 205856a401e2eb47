// Choosing an event lights its words in the text; j and k (or the arrows in the list) go through
// the events. Without this script every event is still there, by links.
"use strict";
(() => {
  const list = document.getElementById("events");
  const text = document.getElementById("text");
  if (!list || !text) return;
  const events = [...list.querySelectorAll(":scope > details.event")];
  const quiet = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const near = { block: "nearest", behavior: quiet ? "auto" : "smooth" };

  const unlight = () => {
    for (const piece of text.querySelectorAll(".on")) piece.classList.remove("on");
    for (const piece of text.querySelectorAll("[data-role]")) piece.removeAttribute("data-role");
  };

  const light = (id) => {
    unlight();
    const begun = new Set();
    for (const piece of text.querySelectorAll("[data-e], [data-r]")) {
      const isTrigger = (piece.dataset.e || "").split(" ").includes(id);
      const role = (piece.dataset.r || "").split(" ").find((one) => one.startsWith(`${id}-`));
      if (isTrigger || role) piece.classList.add("on");
      if (role && !isTrigger) {
        const name = role.slice(id.length + 1);
        if (!begun.has(name)) piece.dataset.role = name;
        begun.add(name);
      }
    }
  };

  const wide = () => matchMedia("(min-width: 62rem)").matches;
  const anchor = (id) => document.getElementById(`at-${id}`)
    || [...text.querySelectorAll("[data-e]")].find((one) => one.dataset.e.split(" ").includes(id));

  const choose = (details, focus = true) => {
    for (const one of events) one.open = one === details;
    light(details.id);
    const address = details.querySelector('a[href*="event="]:not([href*="actor="])');
    if (text.dataset.kept !== "no" && location.pathname.startsWith("/documents/")) {
      history.replaceState(null, "", `${location.pathname}?event=${encodeURIComponent(details.id)}`);
    }
    if (focus) details.querySelector("summary").focus({ preventScroll: true });
    details.scrollIntoView(near);
    if (wide()) anchor(details.id)?.scrollIntoView(near);
    return address;
  };

  const go = (step) => {
    const now = events.findIndex((one) => one.open);
    const focused = events.findIndex((one) => one.contains(document.activeElement));
    const from = now >= 0 ? now : focused;
    const next = from < 0 ? (step > 0 ? 0 : events.length - 1) : from + step;
    if (events[next]) { choose(events[next]); return; }
    const rel = step > 0 ? "next" : "prev";
    document.querySelector(`.parts a[rel=${rel}]`)?.focus();
  };

  list.addEventListener("click", (event) => {
    const summary = event.target.closest("summary");
    const details = summary?.parentElement;
    if (!details?.classList.contains("event")) return;
    event.preventDefault();
    if (details.open) { details.open = false; unlight(); } else choose(details);
  });

  text.addEventListener("click", (event) => {
    const piece = event.target.closest("a.ev");
    if (!piece || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const names = piece.dataset.e.split(" ");
    const now = names.findIndex((name) => document.getElementById(name)?.open);
    const details = document.getElementById(names[(now + 1) % names.length]);
    if (details) { event.preventDefault(); choose(details); }
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select")) return;
    const inList = list.contains(event.target) && event.target.tagName === "SUMMARY";
    const step = event.key === "j" || (inList && event.key === "ArrowDown") ? 1
      : event.key === "k" || (inList && event.key === "ArrowUp") ? -1 : 0;
    if (step) { event.preventDefault(); go(step); }
    if (event.key === "Escape") {
      for (const one of events) one.open = false;
      unlight();
    }
  });

  const open = events.find((one) => one.open) || events.find((one) => `#${one.id}` === location.hash);
  if (open) { open.open = true; light(open.id); if (wide()) anchor(open.id)?.scrollIntoView({ block: "center" }); }
})();
