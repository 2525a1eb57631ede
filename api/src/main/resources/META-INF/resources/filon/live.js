// Keeps pages up to date: fragments come by server-sent events or by htmx, and never under the hands of the person using them.
// The mark beside the headline always says whether what is shown is what is.

const isInUse = (element) =>
  element.contains(document.activeElement) || element.querySelector("details[open]") !== null;

const say = (mark, word, tone) => {
  if (mark && mark.textContent !== word) {
    mark.textContent = word;
    mark.dataset.tone = tone;
  }
};
const sayLive = (mark) => say(mark, "live", "good");
const sayHeld = (mark) => say(mark, "held while you use it", "warn");
const sayLost = (mark) => say(mark, "not up to date: reload the page", "warn");

for (const element of document.querySelectorAll("[data-live]")) {
  const mark = document.querySelector(`[data-live-mark="${element.dataset.liveName}"]`);
  const source = new EventSource(element.dataset.live);
  source.addEventListener("open", () => sayLive(mark));
  source.addEventListener("error", () =>
    source.readyState === EventSource.CLOSED ? sayLost(mark) : say(mark, "reconnecting", "warn"));
  source.addEventListener("message", (event) => {
    if (isInUse(element)) {
      sayHeld(mark);
      return;
    }
    sayLive(mark);
    element.innerHTML = event.data;
  });
}

const pollMark = document.querySelector("[data-poll-mark]");
document.body.addEventListener("htmx:beforeSwap", (event) => {
  const isGood = event.detail.xhr.status === 200;
  if (isGood && isInUse(event.detail.target)) {
    event.detail.shouldSwap = false;
    sayHeld(pollMark);
  } else if (isGood) {
    sayLive(pollMark);
  }
});
document.body.addEventListener("htmx:responseError", () => sayLost(pollMark));
document.body.addEventListener("htmx:sendError", () => sayLost(pollMark));
