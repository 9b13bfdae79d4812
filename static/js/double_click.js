const PAUSE = 3000;

/** Send a form once when someone clicks twice; the button stays usable, as a sending may fail. */
export function guardAgainstDoubleClicks() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    const now = Date.now();
    if (now - Number(form.dataset.sentAt ?? 0) < PAUSE) event.preventDefault();
    else form.dataset.sentAt = now;
  });
  // Whoever comes back with the browser's button may send again.
  addEventListener("pageshow", () => document.querySelectorAll("form").forEach((form) => delete form.dataset.sentAt));
}
