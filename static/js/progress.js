// The page of a file that is being made: shows how far it is, and opens the page anew when it is done.
"use strict";

const box = document.querySelector("[data-progress]");

async function look() {
  const answer = await fetch(box.dataset.progress, { headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const { status, percentage } = await answer.json();
  if (status === "ready" || status === "failed") {
    window.location.reload();
    return;
  }
  box.querySelector("progress").value = percentage;
  box.querySelector("[data-percentage]").textContent = `${percentage}%`;
  window.setTimeout(look, 2000);
}

if (box) window.setTimeout(look, 2000);
