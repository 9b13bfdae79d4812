"""What people write in cells: amounts, years, dates and statuses in their usual notations."""

import re
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from initiatives.enums import Status
from initiatives.imports.columns import plain
from shared.ui import notations

MOST_EUROS = Decimal("99999999.99")
FIRST_YEAR = 1990

_POINT = re.compile(r"\d+\.\d{1,2}")

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
    if not text:
        return None
    euros = Decimal(text) if _POINT.fullmatch(text) else notations.read_euro(text)
    if euros is None:
        raise ValueUnclear(_("het bedrag “%(text)s” is niet te lezen") % {"text": text})
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
    """A date: 28-3-2026, 28/03/2026, 28 maart 2026 or 2026-03-28, perhaps with a time behind it.

    Raises:
        ValueUnclear: a date that does not exist, or another notation.
    """
    if not text:
        return None
    found = notations.read_date(re.sub(r"(?<=\d)[/.](?=\d)", "-", re.sub(r"[T ]\d{1,2}:\d\d.*$", "", text)))
    if found is None:
        raise ValueUnclear(_("de datum “%(text)s” is niet te lezen") % {"text": text})
    return found


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
            _("de status “%(text)s” is onbekend (wijs hem toe met --status “%(text)s=…”)") % {"text": text}
        )
    return found
