// The page on which a file is handed in: it may be dropped, and one that is too large is refused before it travels.
"use strict";

function sayWrong(form, text) {
  form.querySelector("[data-drop-wrong]").textContent = text;
}

function isSmallEnough(form, file) {
  const megabytes = Number(form.dataset.megabytes);
  const fits = file.size <= megabytes * 1e6;
  sayWrong(
    form,
    fits
      ? ""
      : `${file.name} has ${Math.round(file.size / 1e6)} MB; at most ${megabytes} MB can be handed in here. ` +
          "Send it compressed (.gz), or in parts that each begin with the row of column names.",
  );
  return fits;
}

function send(form) {
  const button = form.querySelector("[data-drop-send]");
  button.disabled = true;
  button.textContent = "Being sent …";
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
