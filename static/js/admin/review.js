// The review pages: notes that are saved while typing, standard texts at once, and the letter while it is written.
// Everything here has a button that does the same without a script.
const AFTER_TYPING = 900;

function afterTyping(act) {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(act, AFTER_TYPING);
  };
}

function post(form, url, data) {
  return fetch(url, {
    method: "POST",
    body: data,
    headers: { "X-Requested-With": "fetch", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
    credentials: "same-origin",
  });
}

function autosave(form) {
  const status = form.querySelector("[data-autosave-status]");
  const text = form.elements.note_text;
  let saved = text.value;
  let busy = false;

  async function save() {
    if (busy || text.value.trim() === "" || text.value === saved) return;
    busy = true;
    const sent = text.value;
    try {
      const answer = await post(form, form.action, new FormData(form));
      const told = await answer.json();
      if (answer.ok) {
        saved = sent;
        form.elements.note.value = told.note;
      }
      status.textContent = answer.ok ? told.saved : told.error;
    } catch {
      status.textContent = form.dataset.offline;
    } finally {
      busy = false;
      if (text.value !== sent) later();
    }
  }

  const later = afterTyping(save);
  text.addEventListener("input", later);
  text.addEventListener("blur", save);
}

function standardTexts(form) {
  const choice = form.elements.standard_text;
  const text = form.elements.text;
  if (!choice || !text) return;
  // Advice comes behind what is there; of two standard texts the second takes the place of the first.
  const adds = (option) => "adds" in option.dataset;
  const all = [...choice.options].filter((option) => !adds(option)).map((option) => option.dataset.text.trim());
  form.querySelector("[name=_use_text]").addEventListener("click", (event) => {
    event.preventDefault();
    const own = text.value.trim();
    const chosen = choice.selectedOptions[0];
    const wanted = chosen.dataset.text;
    const replaces = own === "" || (!adds(chosen) && all.includes(own));
    if (replaces) text.value = wanted;
    else if (!own.includes(wanted.trim())) text.value = `${own}\n\n${wanted}`;
    text.dispatchEvent(new Event("input", { bubbles: true }));
    text.focus();
  });
}

function preview(form) {
  const target = form.querySelector("[data-preview-target]");
  let last = 0;

  async function show() {
    const number = ++last;
    const data = new FormData(form);
    // Files travel once, with the button.
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    data.set("_preview", "1");
    try {
      const answer = await post(form, location.href, data);
      const page = await answer.text();
      if (number === last && answer.ok && !answer.redirected) target.innerHTML = page;
    } catch {
      // Without a connection the button still shows the letter, or says what is wrong.
    }
  }

  const later = afterTyping(show);
  form.addEventListener("input", (event) => {
    if (event.target.name !== "standard_text") later();
  });
}

document.querySelectorAll("form[data-autosave]").forEach(autosave);
document.querySelectorAll("form[data-preview]").forEach((form) => {
  standardTexts(form);
  preview(form);
});
