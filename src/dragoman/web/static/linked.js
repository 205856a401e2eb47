// What is chosen in a picture becomes the address; the other pictures, the filters and the events
// are asked for anew and changed in place. Where that fails, the page is loaded as any other.
"use strict";
(() => {
  const root = document.getElementById("together");
  const form = document.querySelector("form.filters");
  if (!root || !form) return;
  const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
  const shaded = (url) => (isDark ? `${url}${url.includes("?") ? "&" : "?"}shade=dark` : url);
  const plots = () => root.querySelectorAll(".dragoman-plot[data-part]");
  let asking = null;

  const swap = (fresh) => {
    const wasInside = root.contains(document.activeElement);
    for (const old of document.querySelectorAll("[data-swap]")) {
      const other = fresh.getElementById(old.id);
      if (other) old.replaceWith(document.importNode(other, true));
    }
    if (wasInside) document.getElementById("count").focus({ preventScroll: true });
    for (const field of fresh.querySelector("form.filters").elements) {
      const own = field.name && form.elements.namedItem(field.name);
      if (!own) continue;
      if (field.type === "checkbox") own.checked = field.checked; else own.value = field.value;
    }
    for (const link of document.querySelectorAll(".tabs a")) {
      const other = [...fresh.querySelectorAll(".tabs a")]
        .find((one) => one.textContent === link.textContent);
      if (other) link.setAttribute("href", other.getAttribute("href"));
    }
  };

  const draw = (fresh) => Promise.all([...plots()].map((plot) => {
    const other = fresh.querySelector(`[data-part="${plot.dataset.part}"]`);
    plot.dataset.url = shaded(other.dataset.url);
    return window.dragomanDraw(plot);
  }));

  const go = async (url, isNew = true) => {
    asking?.abort();
    const mine = asking = new AbortController();
    root.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(url, { credentials: "same-origin", signal: mine.signal });
      if (!answer.ok) throw new Error(answer.statusText);
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!fresh.getElementById("together") || mine !== asking) throw new Error("another page");
      if (isNew) history.pushState(null, "", url);
      swap(fresh);
      await draw(fresh);
      if (mine === asking) root.setAttribute("aria-busy", "false");
    } catch (error) {
      if (error.name !== "AbortError" && mine === asking) location.assign(url);
    }
  };

  const choose = (pick) => {
    const url = new URL(location.href);
    for (const [name, value] of Object.entries(pick)) {
      if (value) url.searchParams.set(name, value); else url.searchParams.delete(name);
    }
    url.searchParams.delete("after");
    if (!url.searchParams.has("from") && !url.searchParams.has("to")) url.searchParams.delete("near");
    go(url.href);
  };

  const day = (moment) => new Date(moment).toISOString().slice(0, 10);

  // From one edge of a bin to another: what is chosen is what is seen.
  const span = ([begin, end], edges) => {
    const first = edges.findLast((edge) => edge <= begin) ?? edges[0];
    const last = edges.find((edge) => edge >= end) ?? edges.at(-1);
    return { from: day(first), to: day(last - 86400000) };
  };

  root.addEventListener("dragoman-drawn", (event) => {
    const { view, spec } = event.detail;
    const plot = event.target;
    plot.setAttribute("aria-label", spec.description);
    plot.closest("figure").querySelector("figcaption").textContent = spec.description;
    // A picture is one image; what Vega adds to drag with is no image without words.
    for (const mark of plot.querySelectorAll("[role=graphics-symbol]:not([aria-label])")) {
      mark.removeAttribute("role");
      mark.removeAttribute("aria-roledescription");
    }
    let brushed = null;
    let isDrag = false;
    view.addEventListener("click", (_, item) => {
      const pick = item?.datum?.pick;
      if (pick && !isDrag) choose(pick);
    });
    if (plot.dataset.part !== "when" || !spec.usermeta) return;
    let from = 0;
    view.addSignalListener("brush", (_, value) => { brushed = value?.start ?? null; });
    plot.onpointerdown = (press) => {
      from = press.clientX;
      isDrag = false;
      window.addEventListener("pointerup", (release) => {
        isDrag = Math.abs(release.clientX - from) > 4;
        // After Vega's own listener, which ends the brush.
        if (isDrag) setTimeout(() => { if (brushed) choose(span(brushed, spec.usermeta.edges)); });
      }, { once: true });
    };
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-go]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) {
      return;
    }
    event.preventDefault();
    go(link.href);
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const url = new URL(form.action);
    for (const [name, value] of new FormData(form)) {
      const field = form.elements.namedItem(name);
      // The first of a list is what is taken where nothing is said.
      if (!value.trim() || field.selectedIndex === 0) continue;
      url.searchParams.set(name, value.trim());
    }
    go(url.href);
  });

  window.addEventListener("popstate", () => go(location.href, false));
})();
