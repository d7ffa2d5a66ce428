// Selecting customers on a list: all on the page, a range with Shift, by the keyboard; what is ticked is kept at once.
"use strict";

let last = null; // the box that was ticked last, where a range begins
let isTouched = false; // whether anything was ticked or unticked here

const form = () => document.querySelector("[data-selecting]");
const boxes = () => [...form().querySelectorAll("input[name=chosen]:not(:disabled)")];

function showPage() {
  const page = form().querySelector("[data-select-page]");
  const found = boxes();
  const ticked = found.filter((each) => each.checked).length;
  page.hidden = !found.length;
  page.checked = found.length > 0 && ticked === found.length;
  page.indeterminate = ticked > 0 && ticked < found.length;
}

function tick(found, isTicked) {
  for (const each of found) each.checked = isTicked;
  found[0]?.dispatchEvent(new Event("change", { bubbles: true }));
}

function range(from, to) {
  const found = boxes();
  const ends = [found.indexOf(from), found.indexOf(to)].sort((one, other) => one - other);
  return ends[0] < 0 ? [to] : found.slice(ends[0], ends[1] + 1);
}

function clicked(event) {
  const box = event.target;
  if (box.matches("[data-select-page]")) {
    tick(boxes(), box.checked);
  } else if (box.matches("input[name=chosen]")) {
    if (event.shiftKey && last && last !== box) tick(range(last, box), box.checked);
    last = box;
  }
}

function moved(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || !event.target.matches("input[name=chosen]")) return;
  const found = boxes();
  const next = found[found.indexOf(event.target) + step];
  if (!next) return;
  event.preventDefault();
  if (event.shiftKey) tick([next], event.target.checked);
  next.focus();
  last = next;
}

// A page that is left at once must not outrun what was ticked on it.
async function left(event) {
  const link = event.target.closest("a[href]");
  if (!isTouched || !link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  isTouched = false;
  try {
    await fetch(form().action, {
      method: "POST",
      body: new FormData(form()),
      headers: { "HX-Request": "true" },
    });
  } finally {
    window.location.assign(link.href);
  }
}

document.addEventListener("DOMContentLoaded", () => {
  if (!form()) return;
  showPage();
  form().addEventListener("click", clicked);
  form().addEventListener("keydown", moved);
  form().addEventListener("change", () => {
    isTouched = true;
    showPage();
  });
  document.addEventListener("click", left);
});

// A page that is come back to shows what is selected now.
window.addEventListener("pageshow", (event) => {
  if (event.persisted && form()) window.location.reload();
});
