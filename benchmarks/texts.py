"""Words that both applications show, and answers that both are sent."""

# As many as in the portal's own areas and themes.
BUURTEN = {
    "Centrum": ["Dorp", "Oostendam", "Kruiswiel"],
    "Krommeweg": ["Krommeweg-Noord", "Krommeweg-Zuid", "De Sandeling", "Ambachtszone"],
    "De Volgerlanden": ["Volgerlanden-West", "Volgerlanden-Oost"],
    "Sandelingen-Ambacht": ["Sandelingen-Ambacht"],
    "De Oevers": ["Antoniapolder", "Noordoevers"],
}
THEMES = [
    "Groen en klimaat",
    "Ontmoeting",
    "Spelen en sport",
    "Kunst en cultuur",
    "Zorg voor elkaar",
    "Jeugd en onderwijs",
    "Verkeer en veiligheid",
    "Afval en schone straat",
    "Iets anders",
]
# About as long as the border of a wijk on the portal's map.
WIJK_PATH = "M541 360" + "l10-14 15 11 19-7" * 25 + "z"
PHOTO = "Bakken met sla voor de school"
TITLES = [
    "Moestuin bij de school",
    "Bankje aan het water",
    "Straatfeest voor jong en oud",
    "Geveltuintjes in de hele straat",
    "Boekenkastje op het plein",
    "Zwerfvuil rapen met de buurt",
    "Koffie op dinsdag",
    "Muziek in het park",
]
TEXT = (
    "Wij willen met de buurt een moestuin maken op het gras waar nu niets gebeurt. Tien bakken van hout, een waterton "
    "en een bank. Iedereen mag meedoen, ook wie nog nooit iets heeft gezaaid.\n\nVoor alle buren. We leren elkaar "
    "kennen, de kinderen zien waar eten vandaan komt en wat over is gaat naar de voedselbank."
)
ANSWERS = {
    "title": "Moestuin",
    "benefit": "Voor de hele buurt.",
    "place": "Veersedijk",
    "who_joins": "Vier gezinnen",
    "help_wanted": ["money", "place"],
    "amount": "1250",
    "name": "Anna",
}

# What the municipality does near the plan that is measured, and who helped with it.
PROJECTS = ["Riolering Veersedijk", "Speelplek aan de Sandelingenstraat", "Vergroenen van het plein"]
HELPER = "Cultuurhuis"
