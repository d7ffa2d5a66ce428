// Passkeys: a form with data-passkey fetches the question, lets the browser answer it ("make" or "use"), puts the answer
// into its hidden field and is sent as usual. Such forms that stand hidden are shown where the browser can do it.
"use strict";

const knowsPasskeys = Boolean(window.PublicKeyCredential && PublicKeyCredential.parseRequestOptionsFromJSON);

async function answerOf(form) {
  const asked = await fetch(form.dataset.passkeyQuestion, {
    method: "POST",
    headers: { "X-CSRFToken": form.querySelector("[name=csrfmiddlewaretoken]").value },
  });
  if (asked.status === 403) {
    location.reload(); // the session ended, or a fresh proof is asked for: the page says so
    return null;
  }
  if (!asked.ok) throw new Error(await asked.text());
  const question = await asked.json();
  return form.dataset.passkey === "make"
    ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(question) })
    : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(question) });
}

function troubleWords(problem, words) {
  if (problem.name === "NotAllowedError") return words.unused;
  if (problem.name === "InvalidStateError") return words.known;
  return problem.message || words.failed;
}

async function send(event) {
  event.preventDefault();
  const form = event.currentTarget;
  const trouble = form.querySelector("[data-passkey-trouble]");
  const button = form.querySelector("button");
  trouble.hidden = true;
  button.disabled = true;
  try {
    const answer = await answerOf(form);
    if (answer) {
      form.querySelector("[data-passkey-answer]").value = JSON.stringify(answer);
      form.submit();
    }
  } catch (problem) {
    trouble.textContent = troubleWords(problem, trouble.dataset);
    trouble.hidden = false;
    button.disabled = false;
    button.focus();
  }
}

document.addEventListener("DOMContentLoaded", () => {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    if (!knowsPasskeys) continue;
    form.hidden = false;
    form.addEventListener("submit", send);
  }
});
