"""Clock-driven calls: take ids, load, one workflow call each; safe to run twice."""

from celery import shared_task
from celery.schedules import crontab
from django.utils import timezone

from shared.terms.calendar import today
from subsidies import dates
from subsidies.enums import UNDECIDED
from subsidies.models import Advice, Application, CompletionRequest, Hearing
from subsidies.workflow import clock, drafts, pay, review


@shared_task
def watch_terms() -> None:
    """Warn at shares of each legal term and when it is over; each case in its own transaction."""
    day = today()
    changes = ("completion_requests", "pauses", "later_decisions")
    undecided = Application.objects.undecided().select_related("scheme_version").prefetch_related(*changes)
    for application in undecided.order_by("pk"):
        # Looked at without a lock first: on most days nothing is due for most cases.
        if clock.share_reached(dates.decision_deadline(application), day) != application.warned_share:
            clock.warn_term(application, day)


@shared_task
def watch_waits() -> None:
    """Remind who has to answer, and go on without who did not; each wait in its own transaction."""
    day = today()
    requests = CompletionRequest.objects.filter(completed_on__isnull=True, lapsed_at__isnull=True)
    for request in requests.select_related("application"):
        clock.remind_completion(request, day)
        review.lapse_completion(request, day)
    for hearing in Hearing.objects.filter(ended_on__isnull=True).select_related("application"):
        clock.remind_hearing(hearing, day)
        review.lapse_hearing(hearing, day)
    asked = Advice.objects.awaited().filter(application__status__in=UNDECIDED)
    for advice in asked.select_related("application"):
        clock.remind_adviser(advice, day)
        clock.lapse_advice(advice, day)


@shared_task
def tidy_drafts() -> None:
    """Warn about old drafts, and delete those nobody came back for."""
    now = timezone.now()
    drafts.warn_old_drafts(now)
    drafts.delete_old_drafts(now)


@shared_task
def wipe_idle_drafts() -> None:
    """Wipe answers that were left behind in a browser."""
    drafts.wipe_idle_drafts(timezone.now())


@shared_task
def watch_payments() -> None:
    """Ask again for accounts, warn finance of the term, and end stops that have passed their last day."""
    day = today()
    pay.end_stops(day)
    pay.remind_of_account(day)
    pay.warn_of_term(day)


TIMETABLE = {
    "subsidies.watch_payments": (watch_payments, crontab(hour="7-19", minute=25)),
    # What passed at midnight comes first: it can give a case back to who is then warned.
    "subsidies.watch_waits": (watch_waits, crontab(hour="6-19", minute=15)),
    "subsidies.watch_terms": (watch_terms, crontab(hour="6-19", minute=25)),
    "subsidies.tidy_drafts": (tidy_drafts, crontab(hour=4, minute=20)),
    "subsidies.wipe_idle_drafts": (wipe_idle_drafts, crontab(minute="2-59/5")),
}
