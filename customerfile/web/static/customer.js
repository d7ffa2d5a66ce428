// The customer page: its number is copied by a button; older events come when they are reached, where the timeline
// stands beside the rest and hides nothing; who was on "Older" goes on with the first event that came; filters close by Escape.
"use strict";

const BESIDE = window.matchMedia("(width >= 62rem)");

document.addEventListener("DOMContentLoaded", () => {
  for (const button of document.querySelectorAll("[data-copies]")) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
  watchOlder();
});

async function copy(button) {
  const before = button.innerHTML;
  await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent);
  button.textContent = button.dataset.copied;
  button.setAttribute("aria-live", "polite");
  setTimeout(() => (button.innerHTML = before), 2000);
}

const reached = new IntersectionObserver(
  (seen) => {
    for (const each of seen) if (each.isIntersecting && BESIDE.matches) each.target.click();
  },
  { rootMargin: "0px 0px 200px 0px" },
);

function watchOlder() {
  const link = document.querySelector(".older a");
  if (link) reached.observe(link);
}

let leftAt = null; // the last event before "Older", where that had the focus

document.addEventListener("htmx:before:swap", () => {
  const older = document.activeElement.closest(".older");
  leftAt = older ? older.previousElementSibling : null;
});

document.addEventListener("htmx:after:swap", () => {
  watchOlder();
  if (!leftAt) return;
  let next = leftAt.nextElementSibling;
  while (next && !next.matches(".event")) next = next.nextElementSibling;
  if (next) next.querySelector("a").focus();
  leftAt = null;
});

document.addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && event.target.closest(".timeline-filter[open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});
