// Keys of the pages: "/" goes to the search box, the arrow keys walk through what was found, Escape goes back to the box,
// or closes what was found below it, or an open menu; a button with a key of its own is pressed by it.
"use strict";

const FINDER = "[data-finder]"; // the search at the top of a page, the palette; none: the page itself
const finder = () => document.activeElement.closest(FINDER);
const within = (selector) => {
  const found = [...document.querySelectorAll(selector)].filter((each) => each.closest(FINDER) === finder());
  return found.filter((each) => each.checkVisibility());
};
const searchBox = () => within("[data-search-box]")[0] || document.querySelector(".top-search [data-search-box]");
const results = () => within("[data-result]");

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
  if (document.activeElement.closest(".top-search")) {
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
  if (event.repeat || isTyping(event.target) || event.target.closest("dialog")) return;
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
  const here = document.querySelector(".top-nav [aria-current]");
  if (here) here.parentElement.scrollLeft = here.offsetLeft - here.parentElement.offsetLeft - 40; // where not all fit
});
