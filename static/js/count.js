/** Tell how many characters are left, from three quarters of the limit on; nothing is ever cut off. */
export function countCharacters() {
  for (const area of document.querySelectorAll("textarea[data-count]")) {
    const limit = Number(area.dataset.count);
    const line = document.createElement("p");
    line.className = "portal-count";
    line.setAttribute("role", "status");
    area.after(line);
    const tell = () => {
      const length = area.value.length;
      line.textContent = length < limit * 0.75 ? "" : `${length} / ${limit}`;
    };
    area.addEventListener("input", tell);
    tell();
  }
}
