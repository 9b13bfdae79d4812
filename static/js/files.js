const units = (bytes) => (bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1).replace(".", ",")} MB`);

/** Show the names and sizes of the files that were chosen, in a list that a screen reader hears about. */
export function listFiles() {
  for (const input of document.querySelectorAll("input[type=file]")) {
    const list = document.createElement("ul");
    list.className = "portal-files";
    list.setAttribute("aria-live", "polite");
    input.after(list);
    input.addEventListener("change", () => {
      list.replaceChildren(
        ...[...input.files].map((file) => {
          const line = document.createElement("li");
          line.textContent = `${file.name} (${units(file.size)})`;
          return line;
        }),
      );
    });
  }
}
