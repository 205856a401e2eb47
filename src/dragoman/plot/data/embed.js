// Shows specifications in a page whose policy forbids inline script, inline style and eval:
// expressions are interpreted (ast), marks are drawn on a canvas or as SVG, tooltips are our own
// elements filled with text only.
const tip = (() => {
  let box = null;
  return (handler, event, item, value) => {
    if (!box) {
      box = document.createElement("div");
      box.className = "dragoman-tip";
      box.setAttribute("role", "tooltip");
      document.body.appendChild(box);
    }
    if (value === null || value === undefined || value === "") {
      box.hidden = true;
      return;
    }
    box.replaceChildren();
    const pairs = typeof value === "object" ? Object.entries(value) : [["", value]];
    for (const [name, words] of pairs) {
      if (words === "" || words === null || words === undefined) continue;
      const line = document.createElement("div");
      const head = document.createElement("b");
      head.textContent = name ? `${name}: ` : "";
      line.append(head, String(words));
      box.appendChild(line);
    }
    box.hidden = false;
    const right = Math.min(event.clientX + 14, window.innerWidth - box.offsetWidth - 8);
    const down = event.clientY + 16 + box.offsetHeight > window.innerHeight
      ? event.clientY - box.offsetHeight - 10 : event.clientY + 16;
    box.style.left = `${Math.max(8, right)}px`;
    box.style.top = `${Math.max(8, down)}px`;
  };
})();

const nothing = {
  load: () => Promise.reject(new Error("a picture loads nothing")),
  sanitize: () => Promise.reject(new Error("a picture links nowhere")),
};

window.dragomanPlot = (element, spec) => vegaEmbed(element, spec, {
  actions: false,
  ast: true,
  defaultStyle: false,
  loader: nothing,
  logLevel: 1, // errors
  renderer: "svg",
  tooltip: tip,
});

// <div class="dragoman-plot" data-spec="id of a JSON script"></div> or data-url="/a/spec.json".
// Drawn, an element tells of it by the event "dragoman-drawn", with the view and the specification.
window.dragomanDraw = async (element) => {
  const { spec, url } = element.dataset;
  try {
    const answer = spec ? null : await fetch(url, { credentials: "same-origin" });
    if (answer && !answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
    const found = spec
      ? JSON.parse(document.getElementById(spec).textContent) : await answer.json();
    if (element.dataset.url !== url) return; // something else was asked for meanwhile
    element.dragomanDrawn?.finalize();
    element.dragomanDrawn = await window.dragomanPlot(element, found);
    const detail = { view: element.dragomanDrawn.view, spec: found };
    element.dispatchEvent(new CustomEvent("dragoman-drawn", { bubbles: true, detail }));
  } catch (error) {
    element.textContent = `The picture could not be drawn: ${error.message}`;
  }
};

window.dragomanPlots = (root = document) => Promise.all(
  [...root.querySelectorAll(".dragoman-plot")].map(window.dragomanDraw));

if (document.readyState === "loading") {
  document.addEventListener("DOMContentLoaded", () => window.dragomanPlots());
} else {
  window.dragomanPlots();
}
