// Passkeys need JavaScript: show their buttons only where the browser can use them, and say it when it went wrong.
(function () {
  const buttons = document.querySelectorAll("[data-passkey]");
  const problem = document.getElementById("passkey-problem");
  if (window.PublicKeyCredential) {
    buttons.forEach(function (button) { button.hidden = false; });
  } else if (problem) {
    problem.hidden = false;
  }
  document.addEventListener("allauth.error", function (event) {
    event.preventDefault();
    if (problem) {
      problem.hidden = false;
      problem.textContent = problem.dataset.failed;
    }
  });
})();
