// Comfort on the form for an application. Everything here also works without: by buttons, and on the check page.
(() => {
  const settings = document.querySelector("[data-application]");
  const form = settings?.closest("form");
  if (!form || !window.fetch) return;

  // A page with errors is the answer to a sent form: "back" would ask to send it again. The draft has it all.
  if (document.querySelector("[data-error-summary]")) history.replaceState(null, "", location.href);

  // The total, while the amounts are typed.
  const costs = form.querySelector("[data-costs]");
  const euros = (text) => {
    const plain = text.replace(/[€\s]/g, "");
    const match = /^(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{1,2}|-))?$/.exec(plain) || /^(\d+)\.(\d{2})$/.exec(plain);
    if (!match) return 0;
    const cents = match[2] && match[2] !== "-" ? match[2].padEnd(2, "0") : "00";
    return Number(match[1].replaceAll(".", "")) * 100 + Number(cents);
  };
  const addUp = () => {
    const amounts = [...costs.querySelectorAll('[name="costs-amount"]')].map((input) => euros(input.value));
    const sum = amounts.reduce((one, other) => one + other, 0) / 100;
    const words = sum.toLocaleString("nl-NL", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
    costs.querySelector("[data-total]").textContent = `€\u00a0${words}`;
  };
  costs.querySelector("[data-add-up]").hidden = true;
  costs.addEventListener("input", addUp);

  // What is typed is kept, so that a closed page loses nothing.
  let note = document.querySelector("[data-saved]");
  let sending = false;
  let timer;
  const keep = async () => {
    if (sending) return;
    const answers = new FormData(form);
    for (const [name, value] of [...answers]) if (value instanceof File) answers.delete(name);
    const body = new URLSearchParams(answers);
    const answer = await fetch(settings.dataset.autosave, { method: "POST", body }).catch(() => null);
    if (!answer?.ok) return;
    if (!note) {
      note = document.createElement("p");
      note.className = "portal-draft-note";
      form.before(note);
    }
    note.textContent = (await answer.json()).text;
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, 3000);
  });
  form.addEventListener("submit", () => {
    sending = true;
  });
})();
