"""How an application looks in the lists of staff: which date counts, how long there is left, and in which order."""

from datetime import date

from django.db.models import BooleanField, Case, ExpressionWrapper, F, OrderBy, Q, Value, When
from django.utils.translation import gettext as _

from ambassadors.models import AdviceRequest
from ambassadors.querysets import awaits_advice
from initiatives.worklist import Due
from shared.terms.calendar import days_left_in_words
from subsidies.enums import UNDECIDED, WAITING_FOR_APPLICANT, Status
from subsidies.models import Application
from subsidies.querysets import ApplicationQuerySet

# Fewer days than this to the date ask for attention.
SOON = 7


def due(application: Application, today: date) -> Due:
    """How long there is left to decide, by the date that is right under every reading of the law."""
    if application.status not in UNDECIDED or application.due_safe is None:
        return Due(_("besloten") if application.decided_at else "", "kept" if application.decided_at else "none")
    left = (application.due_safe - today).days
    urgency = "late" if left < 0 else "soon" if left < SOON else "calm"
    return Due(days_left_in_words(application.due_safe, today), urgency, application.due_safe)


def promise(application: Application, today: date) -> Due:
    """How long there is left of the service promise."""
    if application.status not in UNDECIDED or application.promised_on is None:
        return Due("", "none")
    left = (application.promised_on - today).days
    return Due(
        days_left_in_words(application.promised_on, today), "late" if left < 0 else "calm", application.promised_on
    )


def waits_for(application: Application) -> str:
    """Whose turn it is when it is not ours: the applicant's, or an adviser's (from `for_worklist`)."""
    if application.status == Status.INCOMPLETE:
        return _("wacht op aanvulling")
    if application.status == Status.HEARING:
        return _("wacht op zienswijze")
    if application.status in UNDECIDED and getattr(application, "asks_advice", False):
        return _("wacht op advies")
    return ""


def with_waits(applications: ApplicationQuerySet) -> ApplicationQuerySet:
    """Say of each application whether an adviser still has to answer, and whether it waits for somebody else."""
    asks = awaits_advice(Application, AdviceRequest.objects.all())
    waits = Q(status__in=WAITING_FOR_APPLICANT) | Q(status__in=UNDECIDED, asks_advice=True)
    return applications.annotate(asks_advice=asks).annotate(
        is_waiting=ExpressionWrapper(waits, output_field=BooleanField()),
        # What is decided has no date left to sort by.
        open_due=Case(When(status__in=UNDECIDED, then=F("due_safe")), default=Value(None)),
    )


def most_urgent_first() -> list[OrderBy]:
    """What waits for us by its date, then what waits for others by its date, then what is decided, newest first."""
    undecided = Case(When(status__in=UNDECIDED, then=Value(0)), default=Value(1))
    return [
        OrderBy(undecided),
        OrderBy(F("is_waiting")),
        OrderBy(F("open_due"), nulls_last=True),
        F("submitted_at").desc(),
        F("pk").desc(),
    ]
