"""A draw between applications that have the same place in the queue; whoever has the seed can repeat it."""

import hashlib
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Self

from django.db import transaction
from django.db.models import Count, Max, Q, Sum
from django.utils.translation import gettext as _

from subsidies.budget.queue import in_same_pot
from subsidies.budget.rounds import is_ranked
from subsidies.enums import IN_ROUNDS
from subsidies.models import Application, Ceiling, Lottery, Round, Scheme
from subsidies.querysets import ApplicationQuerySet

# A draw is for places where money runs out: there are never many at a time.
SHOWN = 10


@dataclass(frozen=True)
class Place:
    """What applications share that go at the same time: the day they were complete, or their score in a round."""

    complete_on: date | None = None
    round: Round | None = None
    score: int | None = None

    @classmethod
    def of(cls, application: Application) -> Self:
        """The place of this application."""
        if is_ranked(application):
            return cls(round=application.round, score=application.score)
        return cls(complete_on=application.complete_on)

    @property
    def holds(self) -> Q:
        """The applications at this place, whichever rules they came under."""
        if self.complete_on is not None:
            return Q(complete_on=self.complete_on) & ~Q(scheme_version__distribution__in=IN_ROUNDS)
        ranked = Q(scheme_version__distribution__in=IN_ROUNDS)
        return ranked & Q(round=self.round, score=self.score, score__isnull=False)

    @property
    def until_here(self) -> Q:
        """The applications at this place, and those that go before it."""
        if self.complete_on is not None:
            return Q(complete_on__lte=self.complete_on) & ~Q(scheme_version__distribution__in=IN_ROUNDS)
        return Q(round=self.round, score__gte=self.score)

    @property
    def key(self) -> str:
        """As a form names it."""
        if self.complete_on is not None:
            return self.complete_on.isoformat()
        return f"{self.round.pk if self.round else ''}:{self.score}"

    def __str__(self) -> str:
        if self.complete_on is not None:
            return _("volledig op %(day)s") % {"day": f"{self.complete_on:%d-%m-%Y}"}
        return _("%(round)s, score of stemmen: %(score)d") % {"round": self.round, "score": self.score}


def in_drawn_order(references: Iterable[str], seed: str) -> list[str]:
    """The order that a seed gives: by the SHA-256 of the seed, a colon and the reference. Anyone can check it."""
    return sorted(references, key=lambda reference: hashlib.sha256(f"{seed}:{reference}".encode()).hexdigest())


def is_as_drawn(lottery: Lottery) -> bool:
    """Whether the outcome that was kept is the one that the kept seed gives."""
    return in_drawn_order(lottery.entered, lottery.seed) == lottery.drawn


def undrawn(pot: Ceiling, place: Place) -> list[Application]:
    """The undecided applications under a ceiling that share a place in the queue and were not drawn yet."""
    waiting = _waiting(pot)
    return list(waiting.filter(place.holds, lot__isnull=True).select_related("scheme_version", "round").order_by("pk"))


def places_to_draw(pot: Ceiling) -> list[Place]:
    """The places with two or more who wait for a draw, while there is not enough under the ceiling for all."""
    waiting = _waiting(pot)
    ranking = Q(scheme_version__distribution__in=IN_ROUNDS)
    in_period = Q(complete_on__range=(pot.period_from, pot.period_to))
    undrawn_yet = waiting.filter(lot__isnull=True)
    days = _shared(undrawn_yet.exclude(ranking).filter(in_period), "complete_on")
    scores = _shared(undrawn_yet.filter(ranking, round__isnull=False, score__isnull=False), "round", "score")
    rounds = Round.objects.in_bulk([round_id for round_id, _score in scores])
    shared = [
        *(Place(complete_on=day) for (day,) in days),
        *(Place(round=rounds[round_id], score=score) for round_id, score in scores),
    ]
    return [place for place in shared if _asked(waiting.filter(place.until_here)) > pot.available]


@transaction.atomic
def draw(scheme: Scheme, applications: Collection[Application], *, about: str, seed: str = "") -> Lottery:
    """Give these applications a lot and keep how; they come after those of the same place that were drawn before."""
    rows = Application.objects.locked().filter(pk__in=[entered.pk for entered in applications]).order_by("pk")
    by_reference = {row.reference: row for row in rows.select_related("scheme_version", "round") if row.lot is None}
    seed = seed or secrets.token_hex(16)
    entered = sorted(by_reference)
    drawn = in_drawn_order(entered, seed)
    shared = Q(pk__in=())
    for place in {Place.of(row) for row in by_reference.values()}:
        shared |= place.holds
    earlier = Application.objects.filter(shared, scheme=scheme).aggregate(last=Max("lot"))["last"] or 0
    for lot, reference in enumerate(drawn, start=earlier + 1):
        row = by_reference[reference]
        row.lot = lot
        row.save(update_fields=["lot"])
    return Lottery.objects.create(scheme=scheme, about=about, seed=seed, entered=entered, drawn=drawn)


def _waiting(pot: Ceiling) -> ApplicationQuerySet:
    """The complete applications under a ceiling that no decision was taken on."""
    found: ApplicationQuerySet = Application.objects.undecided().filter(in_same_pot(pot), scheme=pot.scheme_id)
    return found.filter(complete_on__isnull=False)


def _asked(found: ApplicationQuerySet) -> Decimal:
    asked: Decimal = found.aggregate(sum=Sum("asked_amount", default=Decimal(0)))["sum"]
    return asked


def _shared(found: ApplicationQuerySet, *fields: str) -> list[tuple[Any, ...]]:
    counted = found.order_by(*fields).values_list(*fields).annotate(n=Count("pk")).filter(n__gte=2)
    return [tuple(row[:-1]) for row in counted[:SHOWN]]
