"""What people write in cells: amounts, years, dates and statuses in their usual notations."""

import re
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from initiatives.enums import Status
from initiatives.imports.columns import plain

MOST_EUROS = Decimal("99999999.99")
FIRST_YEAR = 1990

_MONTHS = (
    "januari februari maart april mei juni juli augustus september oktober november december".split()
)
_AMOUNT = re.compile(r"(?P<whole>\d{1,3}(?:\.\d{3})+|\d+)(?:,(?P<cents>\d{1,2}|-{1,2}|=)|\.(?P<point>\d{1,2}))?,?-*")

STATUSES: dict[str, Status] = {
    "nieuw": Status.RECEIVED,
    "ontvangen": Status.RECEIVED,
    "ingediend": Status.RECEIVED,
    "aangevraagd": Status.RECEIVED,
    "opgepakt": Status.IN_REVIEW,
    "in behandeling": Status.IN_REVIEW,
    "in beoordeling": Status.IN_REVIEW,
    "ter stemming": Status.IN_REVIEW,
    "ter stemming voorgelegd": Status.IN_REVIEW,
    "toegekend": Status.ACCEPTED,
    "toegewezen": Status.ACCEPTED,
    "goedgekeurd": Status.ACCEPTED,
    "gehonoreerd": Status.ACCEPTED,
    "gekozen": Status.ACCEPTED,
    "akkoord": Status.ACCEPTED,
    "in uitvoering": Status.IN_PROGRESS,
    "loopt": Status.IN_PROGRESS,
    "uitgevoerd": Status.DONE,
    "gerealiseerd": Status.DONE,
    "verantwoord": Status.DONE,
    "afgerond": Status.DONE,
    "gereed": Status.DONE,
    "klaar": Status.DONE,
    "doorverwezen": Status.PASSED_ON,
    "afgewezen": Status.DECLINED,
    "geweigerd": Status.DECLINED,
    "niet toegekend": Status.DECLINED,
    "niet gekozen": Status.DECLINED,
    "ingetrokken": Status.WITHDRAWN,
    "vervallen": Status.WITHDRAWN,
}


class ValueUnclear(ValueError):
    """A cell that cannot be understood; the message says so in Dutch."""


def amount(text: str) -> Decimal | None:
    """Euros in Dutch notation (`€ 1.250,00`, `EUR 750`, `€ 250,--`) or with a decimal point (`1197.75`).

    Raises:
        ValueUnclear: words, a negative amount, or more than anybody asks.
    """
    bare = re.sub(r"(?i)\s|€|eur(o('?s)?)?", "", text)
    if not bare:
        return None
    found = _AMOUNT.fullmatch(bare)
    if found is None:
        raise ValueUnclear(_("het bedrag “%(text)s” is niet te lezen") % {"text": text})
    cents = (found["cents"] or found["point"] or "0").strip("-=") or "0"
    euros = Decimal(f"{found['whole'].replace('.', '')}.{cents}")
    if euros > MOST_EUROS:
        raise ValueUnclear(_("het bedrag “%(text)s” is te hoog") % {"text": text})
    return euros


def year(text: str, *, today: date) -> int | None:
    """A year that can be right.

    Raises:
        ValueUnclear: no year, or one that no list can hold.
    """
    if not text:
        return None
    if not re.fullmatch(r"\d{4}", text) or not FIRST_YEAR <= int(text) <= today.year + 1:
        raise ValueUnclear(_("het jaar “%(text)s” kan niet kloppen") % {"text": text})
    return int(text)


def day(text: str) -> date | None:
    """A date: 28-3-2026, 28/03/2026, 28 maart 2026 or 2026-03-28.

    Raises:
        ValueUnclear: a date that does not exist, or another notation.
    """
    if not text:
        return None
    try:
        if found := re.match(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$", text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := re.match(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?: .*)?$", text):
            return date(int(found[3]), int(found[2]), int(found[1]))
        if found := re.match(r"(\d{1,2}) ([a-z]+) (\d{4})$", text.lower()):
            return date(int(found[3]), _MONTHS.index(found[2]) + 1, int(found[1]))
    except ValueError:
        pass
    raise ValueUnclear(_("de datum “%(text)s” is niet te lezen") % {"text": text})


def status(text: str, chosen: dict[str, Status]) -> Status:
    """The status that a municipality's word stands for; without a word the plan is new.

    Raises:
        ValueUnclear: a word that means nothing here; it can be mapped.
    """
    word = plain(text)
    if not word:
        return Status.RECEIVED
    found = chosen.get(word) or STATUSES.get(word)
    if found is None:
        raise ValueUnclear(
            _("de status “%(text)s” is onbekend (wijs hem toe met --status \"%(text)s=…\")") % {"text": text}
        )
    return found
