"""A draw between applications that have the same place in the queue; whoever has the seed can repeat it."""

import hashlib
import secrets
from collections.abc import Collection, Iterable
from datetime import date

from django.db import transaction
from django.db.models import Max

from subsidies.budget.queue import in_same_pot
from subsidies.models import Application, Ceiling, Lottery, Scheme


def in_drawn_order(references: Iterable[str], seed: str) -> list[str]:
    """The order that a seed gives: by the SHA-256 of the seed, a colon and the reference. Anyone can check it."""
    return sorted(references, key=lambda reference: hashlib.sha256(f"{seed}:{reference}".encode()).hexdigest())


def is_as_drawn(lottery: Lottery) -> bool:
    """Whether the outcome that was kept is the one that the kept seed gives."""
    return in_drawn_order(lottery.entered, lottery.seed) == lottery.drawn


def undrawn(pot: Ceiling, complete_on: date) -> list[Application]:
    """The undecided applications under a ceiling that became complete on one day and were not drawn yet."""
    waiting = Application.objects.undecided().filter(in_same_pot(pot), scheme=pot.scheme_id, complete_on=complete_on)
    return list(waiting.filter(lot__isnull=True).order_by("pk"))


@transaction.atomic
def draw(scheme: Scheme, applications: Collection[Application], *, about: str, seed: str = "") -> Lottery:
    """Give these applications a lot and keep how; they come after those of the same day that were drawn before."""
    rows = Application.objects.locked().filter(pk__in=[entered.pk for entered in applications]).order_by("pk")
    by_reference = {row.reference: row for row in rows if row.lot is None}
    seed = seed or secrets.token_hex(16)
    entered = sorted(by_reference)
    drawn = in_drawn_order(entered, seed)
    days = {row.complete_on for row in by_reference.values()}
    earlier = Application.objects.filter(scheme=scheme, complete_on__in=days).aggregate(last=Max("lot"))["last"] or 0
    for lot, reference in enumerate(drawn, start=earlier + 1):
        row = by_reference[reference]
        row.lot = lot
        row.save(update_fields=["lot"])
    return Lottery.objects.create(scheme=scheme, about=about, seed=seed, entered=entered, drawn=drawn)
