"""What is left of a ceiling, now and on a day, and what of it a given application can have."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Case, DecimalField, F, Q, Sum, When
from django.utils import timezone

from shared.wijken.models import Wijk
from subsidies.budget.queue import NOTHING, Rival, rivals
from subsidies.enums import EFFECT, EntryKind
from subsidies.models import Application, Ceiling, Entry, Scheme

# The sum of entries as they work on what is available.
BALANCE = Sum(
    Case(
        *[When(kind=kind, then=F("amount") * effect) for kind, effect in EFFECT.items() if effect],
        default=NOTHING,
        output_field=DecimalField(max_digits=14, decimal_places=2),
    ),
    default=NOTHING,
)


@dataclass(frozen=True)
class Remainder:
    """What the public page says of a ceiling: the whole, what is left, and what complete applications ask of that."""

    wijk: Wijk | None
    total: Decimal
    left: Decimal
    asked: Decimal


@dataclass(frozen=True)
class Room:
    """What an application can have of a ceiling; `tied` is what it could get besides by winning a draw."""

    sure: Decimal
    tied: Decimal


def available(ceiling: Ceiling, on: date | None = None) -> Decimal:
    """What is left now, or what was left at the end of a day (Awb article 4:25(3))."""
    if on is None:
        return Ceiling.objects.values_list("available", flat=True).get(pk=ceiling.pk)
    return balance(ceiling.pk, on)


def balance(ceiling_id: int, on: date) -> Decimal:
    """The sum of the entries up to and including a day."""
    found: Decimal = Entry.objects.filter(ceiling=ceiling_id, booked_on__lte=on).aggregate(sum=BALANCE)["sum"]
    return found


def ceiling_for(application: Application, on: date) -> Ceiling | None:
    """The ceiling because of which this application can be refused on this day: that of its wijk, else the general one.

    One that was published only after its period began does not touch who had applied by then (Awb article 4:27(2)).
    """
    pot = pot_for(application, on)
    return pot if pot and binds(pot, application) else None


def binds(ceiling: Ceiling, application: Application) -> bool:
    """Whether a lack of money under this ceiling can be a reason to refuse this application."""
    if ceiling.published_on is None:
        return False
    return ceiling.published_on < ceiling.period_from or ceiling.published_on <= application.received_on


def pot_for(application: Application, on: date) -> Ceiling | None:
    """The ceiling on which a grant on this day is booked, whether or not it is a reason to refuse.

    A grant that is charged to a later budget is booked on the ceiling of that year.
    """
    if application.budget_year and application.budget_year > on.year:
        on = date(application.budget_year, 1, 1)
    found = Ceiling.objects.on(on).filter(scheme=application.scheme_id)
    own_or_general = found.filter(Q(wijk=application.wijk_id) | Q(wijk=None))
    return own_or_general.select_related("scheme", "wijk").order_by(F("wijk").asc(nulls_last=True), "pk").first()


def pots(application: Application, on: date) -> list[tuple[Ceiling, date]]:
    """Where to look for money, each with the day that counts: what it reserved, the earlier day that counts, today."""
    days = [on]
    first = _first_day(application)
    if first and first < on:
        days.insert(0, first)
    found = [(pot, day) for day in days if (pot := pot_for(application, day))]
    known = {pot.pk for pot, _day in found}
    # It keeps what was set aside, also when the year has changed since.
    kept = [(pot, on) for pot in _reserved_at(application) if pot.pk not in known]
    return kept + found


def _first_day(application: Application) -> date | None:
    """The day on which the first decision was taken, or should have been.

    A later decision, or one on an objection, may only refuse what also had to be refused then (Awb article 4:25(3)).
    """
    taken_on = timezone.localdate(application.decided_at) if application.decided_at else None
    return min((day for day in (taken_on, application.due_legal) if day), default=None)


def room_for(application: Application, on: date) -> Decimal:
    """The most that this application can be granted on this day, after everyone earlier in the queue.

    Without a ceiling that is the scheme's own maximum. Who shares the day or the score and was not drawn yet counts as
    earlier: see `undrawn`.
    """
    rooms = _rooms(application, on)
    return max(room.sure for room in rooms) if rooms else application.scheme_version.maximum_amount


def draw_decides(application: Application, amount: Decimal, on: date) -> bool:
    """Whether this amount is there when a draw is won, and not when it is lost."""
    rooms = _rooms(application, on)
    return bool(rooms) and max(room.sure for room in rooms) < amount <= max(room.sure + room.tied for room in rooms)


def _rooms(application: Application, on: date) -> list[Room]:
    places = pots(application, on)
    if not places or not binds(places[-1][0], application):
        return []
    return [room_in(pot, application, day, today=on) for pot, day in places]


def room_in(pot: Ceiling, application: Application, day: date, *, today: date) -> Room:
    """What there is for this application in one ceiling, as things stood on a day."""
    now = day >= today
    left = available(pot) if now else balance(pot.pk, day)
    others = rivals(application, pot, day, today=today)
    claimed = claims(pot.pk, [rival.pk for rival in others], None if now else day)
    own = open_reservation(pot.pk, application.pk, None if now else day)
    ahead = _outstanding((rival for rival in others if rival.is_ahead), claimed)
    tied = _outstanding((rival for rival in others if rival.is_tied), claimed)
    after_ahead = max(NOTHING, left + own - ahead)
    return Room(sure=max(NOTHING, after_ahead - tied), tied=min(tied, after_ahead))


def claims(ceiling_id: int, applications: Collection[int], on: date | None = None) -> dict[int, Decimal]:
    """What each application holds of a ceiling: reserved or granted, less what was given up."""
    entries = Entry.objects.filter(ceiling=ceiling_id, application__in=applications)
    if on is not None:
        entries = entries.filter(booked_on__lte=on)
    sums = entries.order_by("application").values_list("application").annotate(sum=BALANCE)
    return {application: -total for application, total in sums}


def open_reservation(ceiling_id: int, application_id: int, on: date | None = None) -> Decimal:
    """What is set aside for an application and was not given up or turned into a grant."""
    return -net(ceiling_id, application_id, (EntryKind.RESERVED, EntryKind.RELEASED), on)


def net(ceiling_id: int, application_id: int, kinds: Collection[EntryKind], on: date | None = None) -> Decimal:
    """What an application's entries of these kinds did to what is available."""
    entries = Entry.objects.filter(ceiling=ceiling_id, application=application_id, kind__in=kinds)
    if on is not None:
        entries = entries.filter(booked_on__lte=on)
    found: Decimal = entries.aggregate(sum=BALANCE)["sum"]
    return found


def sums(ceiling_id: int, application_id: int) -> dict[str, Decimal]:
    """The sum of each kind of entry of an application."""
    entries = Entry.objects.filter(ceiling=ceiling_id, application=application_id).order_by("kind")
    return dict.fromkeys(EntryKind.values, NOTHING) | dict(entries.values_list("kind").annotate(sum=Sum("amount")))


def remainders(scheme: Scheme, on: date) -> list[Remainder]:
    """The published ceilings of a scheme on a day, the general one first, with what is left of each now."""
    found = Ceiling.objects.on(on).filter(scheme=scheme, published_on__lte=on).select_related("wijk")
    totals = dict(
        Entry.objects.filter(ceiling__in=found, kind=EntryKind.CEILING)
        .order_by("ceiling")
        .values_list("ceiling")
        .annotate(sum=Sum("amount"))
    )
    asked = _asked_by_wijk(scheme, found)
    return [
        Remainder(ceiling.wijk, totals.get(ceiling.pk, NOTHING), ceiling.available, asked[ceiling.wijk_id])
        for ceiling in sorted(found, key=lambda ceiling: (ceiling.wijk is not None, str(ceiling.wijk)))
    ]


def undecided_asks(ceiling: Ceiling, received_before: date) -> Decimal:
    """What undecided applications of before a day may still ask of a ceiling, besides what is set aside for them."""
    places = Application.objects.undecided().filter(scheme=ceiling.scheme_id, received_on__lt=received_before)
    if ceiling.wijk_id:
        places = places.filter(wijk=ceiling.wijk_id)
    asked = dict(places.values_list("pk", "asked_amount"))
    held = claims(ceiling.pk, list(asked))
    return sum((max(NOTHING, (asked[pk] or NOTHING) - held.get(pk, NOTHING)) for pk in asked), NOTHING)


def _asked_by_wijk(scheme: Scheme, ceilings: Collection[Ceiling]) -> dict[int | None, Decimal]:
    asked: dict[int | None, Decimal] = {ceiling.wijk_id: NOTHING for ceiling in ceilings}
    waiting = Application.objects.undecided().filter(scheme=scheme, complete_on__isnull=False)
    sums = waiting.order_by("wijk").values_list("wijk").annotate(sum=Sum("asked_amount", default=NOTHING))
    for wijk, total in sums:
        place = wijk if wijk in asked else None
        asked[place] = asked.get(place, NOTHING) + total
    return asked


def _reserved_at(application: Application) -> list[Ceiling]:
    reserved = Ceiling.objects.filter(entries__application=application, entries__kind=EntryKind.RESERVED)
    found = reserved.select_related("scheme", "wijk").distinct().order_by("pk")
    return [pot for pot in found if open_reservation(pot.pk, application.pk)]


def _outstanding(others: Iterable[Rival], claimed: Mapping[int, Decimal]) -> Decimal:
    return sum((max(NOTHING, rival.claim - claimed.get(rival.pk, NOTHING)) for rival in others), NOTHING)
