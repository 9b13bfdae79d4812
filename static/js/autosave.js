const WAIT = 1500;

/**
 * Save a form's text while it is typed: <form data-autosave="address"> with an element [data-autosave-status].
 * The address answers a POST with the line to show ("Bewaard om 14:32"); data-autosave-failed says that it did not work.
 */
export function saveWhileTyping() {
  for (const form of document.querySelectorAll("form[data-autosave]")) {
    const status = form.querySelector("[data-autosave-status]");
    let timer;
    const save = async () => {
      try {
        const answer = await fetch(form.dataset.autosave, { method: "POST", body: new FormData(form), redirect: "error" });
        if (!answer.ok) throw new Error(answer.statusText);
        status.textContent = await answer.text();
      } catch {
        status.textContent = form.dataset.autosaveFailed ?? "";
      }
    };
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(save, WAIT);
    });
    form.addEventListener("submit", () => clearTimeout(timer));
  }
}
