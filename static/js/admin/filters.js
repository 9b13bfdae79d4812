// On a phone the list itself comes first: the filters fold away, and their heading says whether one is in use.
const box = document.querySelector("details[data-fold-on-phone]");
if (box && matchMedia("(max-width: 767px)").matches) box.open = false;
