// The page on which a file is handed in: it may be dropped, and one that is too large is refused before it travels.
"use strict";

function sayWrong(form, text) {
  form.querySelector("[data-drop-wrong]").textContent = text;
}

// A text of the page with values put into its {places}.
function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (place, key) => values[key] ?? place);
}

function isSmallEnough(form, file) {
  const megabytes = Number(form.dataset.megabytes);
  const fits = file.size <= megabytes * 1e6;
  sayWrong(
    form,
    fits
      ? ""
      : filled(form.dataset.tooLarge, { name: file.name, size: Math.round(file.size / 1e6), most: megabytes }),
  );
  return fits;
}

function send(form) {
  const button = form.querySelector("[data-drop-send]");
  button.disabled = true;
  button.textContent = form.dataset.sending;
}

document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("[data-drop]");
  if (!form) return;
  const input = form.querySelector("input[type=file]");
  for (const name of ["dragenter", "dragover"]) {
    form.addEventListener(name, (event) => {
      event.preventDefault();
      form.classList.add("is-over");
    });
  }
  form.addEventListener("dragleave", (event) => {
    if (!form.contains(event.relatedTarget)) form.classList.remove("is-over");
  });
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("is-over");
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    form.requestSubmit();
  });
  input.addEventListener("change", () => {
    if (input.files.length) isSmallEnough(form, input.files[0]);
  });
  form.addEventListener("submit", (event) => {
    if (input.files.length && !isSmallEnough(form, input.files[0])) event.preventDefault();
    else send(form);
  });
});

// A page that is come back to shows the button as it was.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload();
});
