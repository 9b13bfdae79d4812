"""Whose turn it is: the order of complete applications, or of scores in a round (Awb article 4:26)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, Sum

from subsidies.budget.rounds import can_still_complete, is_ranked
from subsidies.enums import EntryKind
from subsidies.models import Application, Ceiling, Entry
from subsidies.querysets import AWAITS_DECISION, ApplicationQuerySet

# Who was not drawn yet comes after who was; in a ranking who has no score yet, or is not complete, may become the best.
NOT_DRAWN = 2**31
NOTHING = Decimal(0)
Place = tuple[int, int]


@dataclass(frozen=True)
class Rival:
    """Another application for the same money: what it may claim, and whether it goes first."""

    pk: int
    claim: Decimal
    is_ahead: bool
    # Became complete on the same day, or has the same score, and neither was drawn.
    is_tied: bool


def rivals(application: Application, pot: Ceiling, day: date, *, today: date) -> list[Rival]:
    """The applications that go before this one, or share its day or score, as things stood on a day.

    One that was decided after that day still claims what it got. In a ranking everybody of the round counts, also who
    was complete later, and who can still complete the application today.
    """
    ranked = is_ranked(application)
    own = _place(application, ranked=ranked)
    found = _of_the_round(application, today) if ranked else _of_the_days(application, day)
    others = [(other, _place(other, ranked=ranked)) for other in _competing(found, application, pot, day)]
    others = [(other, place) for other, place in others if place <= own]
    granted = _granted(pot, [other.pk for other, _place in others if not other.is_undecided])
    return [
        Rival(
            other.pk,
            _may_claim(other, application) if other.is_undecided else granted.get(other.pk, NOTHING),
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


def _of_the_round(application: Application, today: date) -> ApplicationQuerySet:
    in_the_round = Q(complete_on__isnull=False) | can_still_complete(today)
    found: ApplicationQuerySet = Application.objects.filter(in_the_round, round=application.round_id)
    return found


def _of_the_days(application: Application, day: date) -> ApplicationQuerySet:
    until = min(day, application.complete_on) if application.complete_on else day
    found: ApplicationQuerySet = Application.objects.filter(complete_on__lte=until)
    return found


def _competing(found: ApplicationQuerySet, application: Application, pot: Ceiling, day: date) -> Iterable[Application]:
    decided_later = Exists(Entry.objects.filter(application=OuterRef("pk"), ceiling=pot, booked_on__gt=day))
    found = found.filter(in_same_pot(pot), scheme=pot.scheme_id).filter(AWAITS_DECISION | decided_later)
    wanted = ("pk", "complete_on", "lot", "score", "status", "decided_at", "asked_amount")
    return found.exclude(pk=application.pk).only(*wanted).order_by("pk")


def _may_claim(other: Application, application: Application) -> Decimal:
    """What was asked; who did not name an amount yet may still ask for the most."""
    if other.asked_amount is None and other.complete_on is None:
        return application.scheme_version.maximum_amount
    return other.asked_amount or NOTHING


def _place(application: Application, *, ranked: bool) -> Place:
    """Earlier places are smaller; without a date of completeness an application comes last, in a ranking first."""
    lot = NOT_DRAWN if application.lot is None else application.lot
    if ranked:
        is_known = application.score is not None and application.complete_on is not None
        return (-(application.score or 0) if is_known else -NOT_DRAWN, lot)
    return (application.complete_on.toordinal() if application.complete_on else NOT_DRAWN, lot)


def _granted(pot: Ceiling, decided: Collection[int]) -> dict[int, Decimal]:
    if not decided:
        return {}
    given = Entry.objects.filter(application__in=decided, ceiling=pot, kind=EntryKind.GRANTED)
    return dict(given.order_by("application").values_list("application").annotate(sum=Sum("amount")))
