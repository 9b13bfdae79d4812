"""Words that both applications show."""

BUURTEN = [f"Buurt {number}" for number in range(1, 13)]
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
