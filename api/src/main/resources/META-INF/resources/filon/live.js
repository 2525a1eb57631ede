// Keeps pages up to date: fragments come by server-sent events or by htmx, and never under the hands of the person using them.

const isInUse = (element) =>
  element.contains(document.activeElement) || element.querySelector("details[open]") !== null;

const say = (mark, word, tone) => {
  if (mark && mark.textContent !== word) {
    mark.textContent = word;
    mark.dataset.tone = tone;
  }
};

for (const element of document.querySelectorAll("[data-live]")) {
  const mark = document.querySelector(`[data-live-mark="${element.dataset.liveName}"]`);
  const source = new EventSource(element.dataset.live);
  source.addEventListener("open", () => say(mark, "live", "good"));
  source.addEventListener("error", () => say(mark, "reconnecting", "warn"));
  source.addEventListener("message", (event) => {
    say(mark, "live", "good");
    if (!isInUse(element)) {
      element.innerHTML = event.data;
    }
  });
}

const pollMark = document.querySelector("[data-poll-mark]");
document.body.addEventListener("htmx:beforeSwap", (event) => {
  if (isInUse(event.detail.target)) {
    event.detail.shouldSwap = false;
  }
});
document.body.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful) {
    say(pollMark, "live", "good");
  } else {
    say(pollMark, "not up to date: reload the page to sign in again", "warn");
  }
});
