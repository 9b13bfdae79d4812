// On a phone the list itself comes first: the filters fold away unless one is in use.
const box = document.querySelector("details[data-fold-on-phone]");
if (box && box.dataset.foldOnPhone !== "no" && matchMedia("(max-width: 767px)").matches) box.open = false;
