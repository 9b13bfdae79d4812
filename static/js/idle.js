// On a computer that more people use, nobody should find what the person before them typed. The server forgets it by
// itself; this asks first whether somebody is there, and takes the open page off the screen.
(() => {
  const part = document.querySelector("[data-idle]");
  if (!part || !window.fetch) return;
  const MINUTE = 60_000;
  const WARN = 5 * MINUTE;
  const idle = Number(part.dataset.idle) * MINUTE;
  const dialog = part.querySelector("dialog");
  const token = part.querySelector('[name="csrfmiddlewaretoken"]');
  let seen = Date.now();

  const leave = () => location.replace(location.pathname);
  const stay = () => {
    if (Date.now() - seen > idle) return leave();
    seen = Date.now();
    fetch(part.dataset.stay, { method: "POST", body: new URLSearchParams({ csrfmiddlewaretoken: token.value }) }).catch(() => {});
  };
  const look = () => {
    const quiet = Date.now() - seen;
    // A little later than the server, so that what comes instead is the empty page.
    if (quiet > idle + 2000) leave();
    else if (quiet > idle - WARN && !dialog.open) dialog.showModal();
  };

  dialog.addEventListener("close", stay);
  document.addEventListener("input", () => {
    seen = Date.now();
  });
  // A laptop that slept, and the button "back": look at once.
  document.addEventListener("visibilitychange", () => document.hidden || look());
  window.addEventListener("pageshow", (event) => event.persisted && location.reload());
  setInterval(look, 5000);
})();
