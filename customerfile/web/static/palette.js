// The command palette: Ctrl+K, then a few letters of a page, of what this page offers, or of a customer.
"use strict";

const palette = document.querySelector("#palette");
const typed = palette && palette.querySelector("[data-search-box]");

function offeredHere() {
  const seen = new Set();
  return [...document.querySelectorAll("main a.btn[href], main button[data-key]")].filter((each) => {
    const label = each.textContent.trim();
    return label && !each.disabled && !seen.has(label) && seen.add(label);
  });
}

function offer(original) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = original.textContent.trim();
  button.dataset.result = button.dataset.command = "";
  button.addEventListener("click", () => {
    palette.close();
    original.click();
  });
  item.append(button);
  return item;
}

function narrow() {
  const words = typed.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const command of palette.querySelectorAll("[data-command]")) {
    const label = command.textContent.toLowerCase();
    command.parentElement.hidden = !words.every((word) => label.includes(word));
  }
  for (const group of palette.querySelectorAll("[data-group]")) {
    group.hidden = !group.querySelector("li:not([hidden])");
  }
}

function openPalette() {
  const here = palette.querySelector("#palette-here");
  here.querySelector("ul").replaceChildren(...offeredHere().map(offer));
  typed.value = "";
  palette.querySelector("#palette-found").replaceChildren();
  palette.showModal();
  narrow();
  const commands = palette.querySelector("#palette-commands");
  if (!commands.childElementCount) {
    htmx.ajax("GET", palette.dataset.commands, { target: commands, swap: "innerHTML" }).then(narrow);
  }
}

if (palette) {
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== "k") return;
    event.preventDefault();
    palette.open ? palette.close() : openPalette();
  });
  typed.addEventListener("input", narrow);
  palette.addEventListener("submit", (event) => {
    event.preventDefault();
    const first = [...palette.querySelectorAll("[data-result]")].find((each) => each.checkVisibility());
    if (first) first.click();
  });
  palette.addEventListener("click", (event) => {
    if (event.target === palette) palette.close();
  });
  for (const opener of document.querySelectorAll("[data-opens-palette]")) {
    opener.addEventListener("click", (event) => {
      event.preventDefault();
      openPalette();
    });
  }
}
