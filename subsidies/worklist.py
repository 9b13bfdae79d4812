"""How an application looks in the lists of staff: which date counts, how long there is left, and in which order."""

from datetime import date

from django.db.models import (
    BooleanField,
    Case,
    Exists,
    ExpressionWrapper,
    F,
    OrderBy,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.db.models.lookups import LessThan
from django.utils.translation import gettext as _

from ambassadors.models import AdviceRequest
from ambassadors.querysets import awaits_advice
from initiatives.worklist import Due
from shared.terms import awb
from shared.terms.calendar import Calendar, days_left_in_words
from subsidies.enums import WAITING_FOR_APPLICANT, Status
from subsidies.models import Application, CompletionRequest, Pause, Report
from subsidies.querysets import AWAITS_DECISION, AWAITS_SETTLEMENT, ApplicationQuerySet

# Fewer days than this to the date ask for attention.
SOON = 7


def due(application: Application, on: date) -> Due:
    """How long there is left to decide or to settle, by the date that is right under every reading of the law."""
    day = legal_day(application)
    if day is None:
        return Due(_("besloten") if application.decided_at else "", "kept" if application.decided_at else "none")
    left = (day - on).days
    urgency = "late" if left < 0 else "soon" if left < SOON else "calm"
    words = days_left_in_words(day, on)
    return Due(_("vaststellen: %(words)s") % {"words": words} if application.is_to_settle else words, urgency, day)


def legal_day(application: Application) -> date | None:
    """The day that counts now: for the first decision, or for the settlement; None when nothing has to be decided."""
    if application.is_undecided:
        return application.due_safe
    return application.settle_due_safe if application.is_to_settle else None


def promise(application: Application, on: date) -> Due:
    """How long there is left of the service promise."""
    if not application.is_undecided or application.promised_on is None:
        return Due("", "none")
    left = (application.promised_on - on).days
    return Due(days_left_in_words(application.promised_on, on), "late" if left < 0 else "calm", application.promised_on)


def waits_for(application: Application) -> str:
    """Whose turn it is when it is not ours, and whether the clock stands still (from `with_waits`)."""
    if application.status == Status.INCOMPLETE:
        return _("wacht op aanvulling")
    if application.is_undecided and getattr(application, "is_paused", False):
        return _("de klok staat stil")
    if application.status == Status.HEARING:
        return _("wacht op zienswijze, de klok loopt")
    if application.is_undecided and getattr(application, "asks_advice", False):
        return _("wacht op advies, de klok loopt")
    return ""


def with_waits(applications: ApplicationQuerySet, today: date) -> ApplicationQuerySet:
    """Say of each application whether it waits for somebody else, and whether the clock stands still.

    A request to complete and a pause stop the clock (Awb article 4:15). A hearing and advice do not: the days go on. A
    settlement is ours (`settles_now`) once the report came or was let go; where none is asked, after the activity.
    """
    paused = Exists(Pause.objects.filter(application=OuterRef("pk"), first_day__lte=today, last_day__gte=today))
    asked = CompletionRequest.objects.filter(application=OuterRef("pk")).order_by("-sent_on", "-pk")
    settles = AWAITS_SETTLEMENT & _no_report_awaited(today)
    waits = Q(status__in=WAITING_FOR_APPLICANT) | (AWAITS_DECISION & Q(asks_advice=True))
    stands_still = Q(status=Status.INCOMPLETE) | (AWAITS_DECISION & Q(is_paused=True))
    return applications.annotate(
        asks_advice=awaits_advice(Application, AdviceRequest.objects.all()),
        is_paused=paused,
        # From this day on there are four weeks to leave the application unprocessed (Awb article 4:5(4)).
        completion_ended_on=Subquery(asked.values(ended_on=Coalesce("completed_on", "due_on"))[:1]),
        settles_now=ExpressionWrapper(settles, output_field=BooleanField()),
    ).annotate(
        is_waiting=ExpressionWrapper(waits | (AWAITS_SETTLEMENT & Q(settles_now=False)), output_field=BooleanField()),
        is_suspended=ExpressionWrapper(stands_still, output_field=BooleanField()),
        # What is decided and settled has no date left to sort by.
        open_due=Case(
            When(AWAITS_DECISION, then=F("due_safe")),
            When(AWAITS_SETTLEMENT, then=F("settle_due_safe")),
            default=Value(None),
        ),
    )


def _no_report_awaited(today: date) -> Q:
    reports = Report.objects.filter(application=OuterRef("pk"))
    was_there = LessThan(Coalesce(F("ends_on"), F("starts_on"), Value(today)), Value(today))
    return Q(~Exists(reports.expected()) & (Exists(reports) | was_there))


def can_be_put_aside(today: date) -> Q:
    """Still not complete after we asked, and not longer than four weeks ago (Awb article 4:5(4))."""
    asked = Q(completion_ended_on__lt=today, completion_ended_on__gte=awb.NOT_PROCESSED.before(today))
    return asked & Q(status=Status.IN_REVIEW, complete_on__isnull=True)


def put_aside(completion_ended_on: date, today: date, calendar: Calendar) -> Due:
    """How long there is left to leave an application unprocessed, from the day that `with_waits` found."""
    last_day = awb.not_processed_due(completion_ended_on, calendar=calendar).due_safe
    urgency = "soon" if (last_day - today).days < SOON else "calm"
    return Due(days_left_in_words(last_day, today), urgency, last_day)


def most_urgent_first() -> list[OrderBy]:
    """What runs by its date, also while it waits for a hearing or advice; apart what stands still; then the decided."""
    runs = Case(When(AWAITS_DECISION | Q(settles_now=True), then=Value(0)), default=Value(1))
    return [
        OrderBy(runs),
        OrderBy(F("is_suspended")),
        OrderBy(F("open_due"), nulls_last=True),
        F("submitted_at").desc(),
        F("pk").desc(),
    ]
