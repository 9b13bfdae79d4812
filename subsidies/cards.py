"""How schemes look to everybody: what is still available, how long it takes now, and whether they are open."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Min
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shared.terms import legal_days
from shared.terms.changes import Outage
from shared.ui import notations
from subsidies.enums import Outcome
from subsidies.models import Ceiling, Decision, EligibilityQuestion, Round, Scheme, SchemeVersion
from subsidies.rules import usual_days

# How far back "now" goes.
RECENT = timedelta(days=183)
FIRST_DECISIONS = (
    Outcome.GRANT,
    Outcome.GRANT_PARTLY,
    Outcome.REFUSE,
    Outcome.SETTLE,
)


@dataclass(frozen=True)
class SchemeCard:
    """A scheme in a list or on the home page; empty texts are left out."""

    scheme: Scheme
    version: SchemeVersion
    is_open: bool
    amounts: str
    left: str
    speed: str
    opening: str
    has_questions: bool

    @property
    def url(self) -> str:
        """The public page."""
        return self.scheme.get_absolute_url()


def scheme_cards(schemes: Iterable[Scheme], today: date) -> list[SchemeCard]:
    """What everybody may know of these schemes now, open ones first; a scheme without a version in force is left out.

    As many queries for thirty schemes as for one.
    """
    chosen = list(schemes)
    versions: dict[int, SchemeVersion] = {}
    for version in SchemeVersion.objects.in_force(today).filter(scheme__in=chosen):
        versions.setdefault(version.scheme_id, version)
    outages = legal_days.outages()
    takes_in = Scheme.objects.open(today, outages).filter(pk__in=[one.pk for one in chosen])
    open_now = set(takes_in.values_list("pk", flat=True))
    left = available(chosen, today)
    taken = days_taken(chosen, today)
    asks = set(EligibilityQuestion.objects.filter(scheme_version__in=versions.values()).values_list("scheme_version"))
    rounds = list(Round.objects.not_over(today, outages).filter(scheme__in=chosen).order_by("opens_on"))
    cards = [
        SchemeCard(
            scheme=scheme,
            version=versions[scheme.pk],
            is_open=scheme.pk in open_now,
            amounts=_amounts(versions[scheme.pk]),
            left=_left(left.get(scheme.pk)),
            speed=_speed(taken[scheme.pk]),
            opening=_opening(scheme, [one for one in rounds if one.scheme_id == scheme.pk], today, outages),
            has_questions=(versions[scheme.pk].pk,) in asks,
        )
        for scheme in chosen
        if scheme.pk in versions
    ]
    return sorted(cards, key=lambda card: not card.is_open)


def available(schemes: Iterable[Scheme], today: date) -> dict[int, Decimal]:
    """What can still be granted in this period; nothing for a scheme without a ceiling.

    The ceiling for everybody counts; where there is none, those of the wijken together.
    """
    found = Ceiling.objects.on(today).filter(scheme__in=schemes, published_on__lte=today).order_by("pk")
    left: dict[int, Decimal] = {}
    general = set()
    for ceiling in found:
        if ceiling.wijk_id is None:
            general.add(ceiling.scheme_id)
            left[ceiling.scheme_id] = ceiling.available
        elif ceiling.scheme_id not in general:
            left[ceiling.scheme_id] = left.get(ceiling.scheme_id, Decimal(0)) + ceiling.available
    return left


def days_taken(schemes: Iterable[Scheme], today: date) -> dict[int, list[int]]:
    """Working days from receipt to the first decision, of the decisions of the last half year."""
    calendar = legal_days.calendar()
    rows = (
        Decision.objects.filter(application__scheme__in=schemes, outcome__in=FIRST_DECISIONS)
        .order_by()
        .values("application_id")
        .annotate(told_on=Min("notified_on"))
        .filter(told_on__gt=today - RECENT, told_on__lte=today)
        .values_list("application__scheme_id", "application__received_on", "told_on")
    )
    taken = defaultdict(list)
    for scheme_id, received_on, told_on in rows:
        taken[scheme_id].append(calendar.working_days_between(received_on, told_on))
    return taken


def _amounts(version: SchemeVersion) -> str:
    values = {"low": short_euro(version.minimum_amount), "high": short_euro(version.maximum_amount)}
    if version.minimum_amount:
        return _("%(low)s tot en met %(high)s") % values
    return _("ten hoogste %(high)s") % values


def _left(left: Decimal | None) -> str:
    if left is None:
        return ""
    if left <= 0:
        return _("Het geld voor deze periode is op.")
    return _("Nog %(amount)s beschikbaar in deze periode.") % {"amount": short_euro(left)}


def _speed(taken: list[int]) -> str:
    days = usual_days(taken)
    if days is None:
        return ""
    words = ngettext("Besluit nu meestal na %(days)d werkdag.", "Besluit nu meestal na %(days)d werkdagen.", days)
    return words % {"days": days}


def _opening(scheme: Scheme, rounds: list[Round], today: date, outages: Sequence[Outage]) -> str:
    """When one can apply, in words; empty for a scheme that is always open."""
    running = next((one for one in rounds if one.opens_on <= today), None)
    if running:
        last_day = legal_days.last_day_for_residents(running.closes_on, outages)
        values = {"day": _day(last_day), "decided": _day(running.decide_by)}
        return _("Aanvragen kan tot en met %(day)s. U hoort uiterlijk %(decided)s ons besluit.") % values
    starts_on = rounds[0].opens_on if rounds else scheme.valid_from
    if starts_on > today:
        return _("U kunt aanvragen vanaf %(day)s.") % {"day": _day(starts_on)}
    return ""


def _day(day: date) -> str:
    return format_date(day, "l j F Y")


def short_euro(amount: Decimal) -> str:
    """€ 2.000 for whole euros, else with cents."""
    return notations.euro_text(amount).removesuffix(",00")
