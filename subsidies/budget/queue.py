"""Whose turn it is: the order of complete applications, or of scores in a round (Awb article 4:26)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, Sum

from subsidies.enums import UNDECIDED, Distribution, EntryKind
from subsidies.models import Application, Ceiling, Entry

# Who was not drawn yet comes after who was; in a ranking who has no score yet may still become the best.
NOT_DRAWN = 2**31
NOTHING = Decimal(0)
Place = tuple[int, int]


@dataclass(frozen=True)
class Rival:
    """Another application for the same money: what it may claim, and whether it goes first."""

    pk: int
    claim: Decimal
    is_ahead: bool
    # Became complete on the same day, and neither was drawn.
    is_tied: bool


def rivals(application: Application, pot: Ceiling, day: date) -> list[Rival]:
    """The applications that go before this one, or share its day, as things stood on a day.

    One that was decided after that day still claims what it got.
    """
    ranked = application.scheme_version.distribution == Distribution.RANKING
    own = _place(application, ranked=ranked)
    others = [(other, _place(other, ranked=ranked)) for other in _others(application, pot, day, ranked=ranked)]
    others = [(other, place) for other, place in others if place <= own]
    granted = _granted(pot, [other.pk for other, _place in others if other.status not in UNDECIDED])
    return [
        Rival(
            other.pk,
            granted.get(other.pk, NOTHING) if other.status not in UNDECIDED else other.asked_amount or NOTHING,
            is_ahead=place < own,
            is_tied=place == own,
        )
        for other, place in others
    ]


def in_same_pot(pot: Ceiling) -> Q:
    """The applications that share a ceiling: those of its wijk, or those of wijken without a ceiling of their own."""
    if pot.wijk_id:
        return Q(wijk=pot.wijk_id)
    own = Ceiling.objects.filter(
        scheme=pot.scheme_id,
        wijk=OuterRef("wijk"),
        period_from__lte=pot.period_to,
        period_to__gte=pot.period_from,
    )
    return ~Q(Exists(own))


def _others(application: Application, pot: Ceiling, day: date, *, ranked: bool) -> Iterable[Application]:
    decided_later = Exists(Entry.objects.filter(application=OuterRef("pk"), ceiling=pot, booked_on__gt=day))
    found = Application.objects.filter(in_same_pot(pot), scheme=pot.scheme_id, complete_on__lte=day).filter(
        Q(status__in=UNDECIDED) | decided_later
    )
    if ranked:
        found = found.filter(round=application.round_id)
    elif application.complete_on:
        found = found.filter(complete_on__lte=application.complete_on)
    wanted = ("pk", "complete_on", "lot", "score", "status", "asked_amount")
    return found.exclude(pk=application.pk).only(*wanted).order_by("pk")


def _place(application: Application, *, ranked: bool) -> Place:
    """Earlier places are smaller; without a date of completeness an application comes last."""
    lot = NOT_DRAWN if application.lot is None else application.lot
    if ranked:
        return (-NOT_DRAWN if application.score is None else -application.score, lot)
    return (application.complete_on.toordinal() if application.complete_on else NOT_DRAWN, lot)


def _granted(pot: Ceiling, decided: Collection[int]) -> dict[int, Decimal]:
    if not decided:
        return {}
    given = Entry.objects.filter(application__in=decided, ceiling=pot, kind=EntryKind.GRANTED)
    return dict(given.order_by("application").values_list("application").annotate(sum=Sum("amount")))
