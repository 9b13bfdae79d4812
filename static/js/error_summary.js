/** Bring whoever cannot see the page to the list of errors, and its links to the input itself. */
export function focusErrorSummary() {
  const summary = document.querySelector("[data-error-summary]");
  if (!summary) return;
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const input = link && document.getElementById(link.hash.slice(1));
    if (!input) return;
    event.preventDefault();
    // The question above the input has to come into view as well.
    (input.closest("fieldset") ?? input.closest(".portal-field") ?? input).scrollIntoView();
    input.focus({ preventScroll: true });
  });
}
