// Keys of the pages: "/" goes to the search box, the arrow keys walk through what was found, Escape goes back to the box,
// or closes what was found below it, or an open menu; a button with a key of its own is pressed by it.
"use strict";

const TOP = ".top-search";
const topSearch = () => document.activeElement.closest(TOP);
const searchBox = () => (topSearch() || document).querySelector("[data-search-box]");
const results = () => {
  const found = [...document.querySelectorAll("[data-result]")];
  return found.filter((each) => each.closest(TOP) === topSearch());
};

function isTyping(target) {
  return target.matches("input, textarea, select, [contenteditable]");
}

function focusSearch(event) {
  const box = searchBox();
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
}

function step(event, direction) {
  const found = results();
  const here = found.indexOf(document.activeElement);
  if (here === -1 && document.activeElement !== searchBox()) return;
  const next = here + direction;
  if (next >= found.length) return;
  event.preventDefault();
  (next < 0 ? searchBox() : found[next]).focus();
}

function close(event) {
  const menu = document.activeElement.closest("details[open][name]");
  if (topSearch()) {
    document.querySelector("#top-results").replaceChildren();
    focusSearch(event);
  } else if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  } else if (document.activeElement.matches("[data-result]")) {
    focusSearch(event);
  }
}

function press(event) {
  if (event.repeat || isTyping(event.target)) return;
  const button = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!button) return;
  event.preventDefault();
  button.click();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/" && !isTyping(event.target)) focusSearch(event);
  if (event.key === "Escape") close(event);
  if (event.key === "ArrowDown") step(event, 1);
  if (event.key === "ArrowUp") step(event, -1);
  press(event);
});

document.addEventListener("DOMContentLoaded", () => {
  const box = searchBox();
  if (box && box.autofocus) box.select();
});
