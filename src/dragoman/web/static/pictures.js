// In the dark, pictures are asked for in the dark's colours; what draws them comes after this.
"use strict";
if (matchMedia("(prefers-color-scheme: dark)").matches) {
  for (const one of document.querySelectorAll(".dragoman-plot[data-url]")) {
    one.dataset.url += `${one.dataset.url.includes("?") ? "&" : "?"}shade=dark`;
  }
}
