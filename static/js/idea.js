// Comfort on the form for an idea. Everything here also works without: by buttons, and on the check page.
(() => {
  const settings = document.querySelector("[data-idea]");
  const form = settings?.closest("form");
  if (!form || !window.fetch) return;
  const { autosave, area, lookalikes } = settings.dataset;
  const field = (name) => form.elements.namedItem(name);

  // A page with errors is the answer to a sent form: "back" would ask to send it again. The draft has it all.
  if (document.querySelector("[data-error-summary]")) history.replaceState(null, "", location.href);

  const later = (wait, act) => {
    let timer;
    return () => {
      clearTimeout(timer);
      timer = setTimeout(act, wait);
    };
  };

  // The buurt of a postcode, without leaving the page.
  const areaText = form.querySelector("[data-area-text]");
  form.querySelector("[data-area-button]")?.addEventListener("click", async (event) => {
    if (!field("postcode").value.trim()) return;
    event.preventDefault();
    const query = new URLSearchParams({ postcode: field("postcode").value, huisnummer: field("house_number").value });
    const answer = await fetch(`${area}?${query}`).catch(() => null);
    if (!answer?.ok) return form.requestSubmit(event.target);
    const { buurt, text } = await answer.json();
    areaText.textContent = text;
    const choice = buurt && form.querySelector(`[name="buurt"][value="${CSS.escape(buurt)}"]`);
    if (choice) {
      choice.checked = true;
      save();
    }
  });

  // Plans that look like this one, below the title.
  const title = field("title");
  const similar = document.createElement("div");
  similar.setAttribute("aria-live", "polite");
  title.closest(".portal-field").after(similar);
  let asked = "";
  const look = async () => {
    const text = title.value.trim();
    if (text === asked) return;
    asked = text;
    const answer = await fetch(`${lookalikes}?${new URLSearchParams({ titel: text })}`).catch(() => null);
    if (answer?.ok && asked === text) similar.innerHTML = (await answer.text()).trim();
  };
  title.addEventListener("input", later(700, look));

  // An amount only matters to who asks for money.
  const money = form.querySelector('[name="help_wanted"][value="money"]');
  const amount = field("amount");
  const showAmount = () => {
    amount.closest(".portal-field").hidden = !money.checked && !amount.value;
  };
  money?.addEventListener("change", showAmount);
  if (money && amount.getAttribute("aria-invalid") !== "true") showAmount();

  // What is typed is kept, so that a closed page loses nothing.
  let note = document.querySelector("[data-saved]");
  const keep = async () => {
    const answers = new FormData(form);
    for (const [name, value] of [...answers]) if (value instanceof File) answers.delete(name);
    const answer = await fetch(autosave, { method: "POST", body: new URLSearchParams(answers) }).catch(() => null);
    if (!answer?.ok) return;
    if (!note) {
      note = document.createElement("p");
      note.className = "portal-draft-note";
      form.before(note);
    }
    note.textContent = (await answer.json()).text;
  };
  let sending = false;
  const save = later(3000, () => sending || keep());
  form.addEventListener("input", save);
  form.addEventListener("submit", () => {
    sending = true;
  });
})();
