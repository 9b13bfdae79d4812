"""What was set aside and spent, how people accounted for it, who objected, and what they thought of us."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Avg, Count, F, Q, Sum

from shared.reports.columns import Filters
from shared.reports.periods import Period
from subsidies.enums import EFFECT, EntryKind, ObjectionOutcome, ObjectionStatus, Outcome, PaymentStatus
from subsidies.models import Ceiling, Decision, Entry, Evaluation, Objection, Payment, Recovery, Report, Waiver
from subsidies.reports.totals import chosen, narrowed

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Pot:
    """One ceiling with what was booked on it."""

    ceiling: Ceiling
    amount: Decimal
    reserved: Decimal
    granted: Decimal
    paid: Decimal
    left: Decimal


def pots(filters: Filters) -> list[Pot]:
    """The ceilings of the chosen scheme, wijk and period; two queries. A theme has no ceiling."""
    found = Ceiling.objects.select_related("scheme", "wijk").order_by("-period_from", "scheme__name", "wijk__code")
    if scheme := filters.get("regeling"):
        found = found.filter(scheme__code=scheme)
    if wijk := filters.get("wijk"):
        found = found.filter(Q(wijk__slug=wijk) | Q(wijk=None))
    if name := filters.get("periode"):
        period = Period.named(name)
        found = (
            found.filter(period_from__lt=period.next_day, period_to__gte=period.first_day) if period else found.none()
        )
    ceilings = list(found)
    booked: dict[int, Counter[str]] = defaultdict(Counter)
    rows = Entry.objects.filter(ceiling__in=ceilings).order_by().values_list("ceiling", "kind")
    for key, kind, amount in rows.annotate(sum=Sum("amount")):
        booked[key][kind] = amount
    return [_pot(ceiling, booked[ceiling.pk]) for ceiling in ceilings]


def _pot(ceiling: Ceiling, booked: Counter[str]) -> Pot:
    def net(plus: EntryKind, *minus: EntryKind) -> Decimal:
        return Decimal(booked[plus]) - sum((Decimal(booked[kind]) for kind in minus), NOTHING)

    return Pot(
        ceiling,
        amount=net(EntryKind.CEILING),
        reserved=net(EntryKind.RESERVED, EntryKind.RELEASED),
        granted=net(EntryKind.GRANTED, EntryKind.LOWERED),
        paid=net(EntryKind.PAID, EntryKind.RETURNED, EntryKind.RECLAIMED),
        left=sum((Decimal(booked[kind]) * effect for kind, effect in EFFECT.items()), NOTHING),
    )


@dataclass(frozen=True)
class Accounting:
    """How recipients accounted, and what came of it."""

    asked: int
    late: int
    to_judge: int
    approved: int
    without: int
    to_settle: int
    lowered: int
    recoveries: int
    reclaimed: Decimal
    waived: Decimal
    still_owed: Decimal


def accounting(filters: Filters, today: date) -> Accounting:
    """Five queries."""
    came = Q(received_on__isnull=False)
    judged = Q(approved_on__isnull=False)
    last_day_passed = Q(second_due_on__lt=today) | Q(second_due_on=None, due_on__lt=today)
    reports = Report.objects.filter(narrowed(filters, "application__")).aggregate(
        asked=Count("pk"),
        late=Count("pk", filter=~came & ~judged & last_day_passed),
        to_judge=Count("pk", filter=came & ~judged),
        approved=Count("pk", filter=came & judged),
        without=Count("pk", filter=~came & judged),
    )
    lowered = Decision.objects.filter(narrowed(filters, "application__"), outcome=Outcome.SETTLE_LOWER).count()
    owed = Recovery.objects.filter(narrowed(filters, "application__")).aggregate(
        recoveries=Count("pk"),
        reclaimed=Sum("received_amount", default=NOTHING),
        still_owed=Sum(F("amount") - F("received_amount") - F("waived_amount"), default=NOTHING),
    )
    given_up = Waiver.objects.filter(narrowed(filters, "application__"))
    waived = given_up.aggregate(waived=Sum("amount", default=NOTHING))
    to_settle = chosen(filters).to_settle().count()
    return Accounting(**reports, to_settle=to_settle, lowered=lowered, **owed, **waived)


@dataclass(frozen=True)
class LatePayments:
    """Payments that came after their last day, what that cost, and what still waits for a decision."""

    paid: int
    late: int
    days: int
    interest: Decimal
    open: int


def late_payments(filters: Filters) -> LatePayments:
    """One query: what the municipality did with what it had to pay (Awb articles 4:97-4:99)."""
    paid = Payment.objects.filter(narrowed(filters, "application__"), status=PaymentStatus.PAID)
    late = Q(credited_on__gt=F("due_on"))
    found = paid.exclude(purpose="interest").aggregate(
        paid=Count("pk"),
        late=Count("pk", filter=late),
        spent=Sum(F("credited_on") - F("due_on"), filter=late),
        interest=Sum("late_interest__amount", filter=Q(late_interest__decision__isnull=False), default=NOTHING),
        open=Count("pk", filter=late & Q(late_interest=None)),
    )
    spent = found.pop("spent")
    return LatePayments(**found, days=spent.days if spent else 0)


def objections(filters: Filters) -> Counter[str]:
    """How many objections, by how they ended: `open`, `withdrawn`, or an outcome."""
    groups = (
        Objection.objects.filter(narrowed(filters, "against__application__"))
        .order_by()
        .values_list("status", "outcome")
        .annotate(number=Count("pk"))
    )
    found: Counter[str] = Counter()
    for status, outcome, number in groups:
        ended = outcome if status == ObjectionStatus.DECIDED and outcome in ObjectionOutcome.values else "open"
        found[ObjectionStatus.WITHDRAWN if status == ObjectionStatus.WITHDRAWN else ended] += number
    return found


def marks(filters: Filters) -> tuple[int, float | None]:
    """How many marks people gave, and what they are on average."""
    given = Evaluation.objects.filter(narrowed(filters, "application__"), mark__isnull=False)
    found = given.aggregate(number=Count("pk"), average=Avg("mark"))
    return found["number"], found["average"]
