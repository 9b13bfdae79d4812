"""Clock-driven calls: take ids, load, one workflow call each; safe to run twice."""

from datetime import timedelta

from celery import shared_task
from celery.schedules import crontab
from django.utils import timezone

from shared import municipality
from shared.terms import legal_days
from shared.terms.calendar import today
from subsidies import dates
from subsidies.enums import UNDECIDED
from subsidies.models import (
    Application,
    BudgetProviso,
    Complaint,
    CompletionRequest,
    DefaultNotice,
    Hearing,
    Objection,
    Recovery,
    Report,
    Scheme,
)
from subsidies.workflow import ahead, clock, complaint, drafts, objection_clock, pay, proviso, review
from subsidies.workflow.after import clock as after_clock
from subsidies.workflow.after import closing, evaluation, recovery, sample


@shared_task
def watch_terms() -> None:
    """Warn at shares of each legal term and of the four weeks of Awb 4:5(4), and when they are over; case by case."""
    day, calendar = today(), legal_days.calendar()
    changes = ("completion_requests", "pauses", "later_decisions")
    undecided = Application.objects.undecided().select_related("scheme_version", "round").prefetch_related(*changes)
    for application in undecided.order_by("pk"):
        # Looked at without a lock first: on most days nothing is due for most cases.
        if clock.share_reached(dates.decision_deadline(application, calendar), day) != application.warned_share:
            clock.warn_term(application, day)
        clock.warn_not_processed(application, day)


@shared_task
def watch_settlements() -> None:
    """Count the terms to set amounts again, and warn at shares of each; each case in its own transaction."""
    day = today()
    related = ("scheme_version", "round")
    for application in Application.objects.to_settle().select_related(*related).order_by("pk"):
        clock.warn_settlement(application, day)


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
def watch_objections() -> None:
    """Warn before the day to decide on an objection or answer a complaint, and before being late costs money."""
    day = today()
    for each in Objection.objects.open().select_related("against__application", "handler").order_by("pk"):
        objection_clock.warn_objection(each, day)
    for waiting in Complaint.objects.open().select_related("application", "handler").order_by("pk"):
        complaint.warn(waiting, day)
    unset = DefaultNotice.objects.filter(decision=None, amount=None).exclude(first_day=None)
    for notice in unset.select_related("application__owner", "objection__decision").order_by("pk"):
        objection_clock.warn_notice(notice, day)


@shared_task
def watch_payments() -> None:
    """Ask again for accounts, warn finance of the term, and end stops that have passed their last day."""
    day = today()
    pay.end_stops(day)
    pay.remind_of_account(day)
    pay.warn_of_term(day)


@shared_task
def watch_provisos() -> None:
    """Warn of the four weeks after a budget was adopted, and let provisos lapse; each in its own transaction."""
    day = today()
    for each in BudgetProviso.objects.open().select_related("application", "budget").order_by("pk"):
        proviso.watch(each, day)


@shared_task
def watch_reports() -> None:
    """Remind of reports and of money that has to come back; each in its own transaction."""
    day = today()
    near = Report.objects.expected().filter(due_on__lte=after_clock.reminds_until(day))
    for report in near.select_related("application").order_by("pk"):
        after_clock.watch_report(report, day)
    for owed in Recovery.objects.open().filter(due_on__lt=day, reminded_at=None).select_related("application"):
        recovery.remind(owed, day)


@shared_task
def draw_samples() -> None:
    """Draw, of the reports that are due next month and the month after, whose receipts we look at."""
    # Longer than a month: each report enters one draw before it is due, while there still are receipts.
    first, ahead_days = today(), municipality.current().periods.sample_ahead_days
    for scheme in Scheme.objects.filter(versions__sample_percent__gt=0).distinct().order_by("pk"):
        sample.draw_sample(scheme, first=first, last=first + timedelta(days=ahead_days))


@shared_task
def finish_cases() -> None:
    """Ask what people thought of us some weeks after the decision, and close what is done."""
    day = today()
    asked_before = timezone.now() - timedelta(days=municipality.current().periods.opinion_after_days)
    decided = Application.objects.decided_between(asked_before - timedelta(days=90), asked_before)
    silent = decided.filter(by_email=True)
    for application in silent.filter(evaluation=None, report=None).exclude(email="").order_by("pk"):
        evaluation.ask(application)
    for application in Application.objects.filter(status__in=closing.CLOSABLE).order_by("pk"):
        closing.close(application, day)
    for application in Application.objects.with_list_of_neighbours().exclude(status__in=UNDECIDED).order_by("pk"):
        closing.forget_neighbours(application, day)


@shared_task
def look_ahead() -> None:
    """Tell the functional managers what the law asks within a year."""
    day = today()
    ahead.warn_of_evaluation(day)
    ahead.warn_of_decree(day)


TIMETABLE = {
    "subsidies.look_ahead": (look_ahead, crontab(hour=6, minute=5)),
    "subsidies.watch_objections": (watch_objections, crontab(hour=6, minute=35)),
    "subsidies.watch_provisos": (watch_provisos, crontab(hour=6, minute=40)),
    "subsidies.watch_reports": (watch_reports, crontab(hour=6, minute=45)),
    "subsidies.draw_samples": (draw_samples, crontab(day_of_month=1, hour=5, minute=30)),
    "subsidies.finish_cases": (finish_cases, crontab(hour=5, minute=10)),
    "subsidies.watch_payments": (watch_payments, crontab(hour="7-19", minute=25)),
    # What passed at midnight comes first: it can give a case back to who is then warned.
    "subsidies.watch_waits": (watch_waits, crontab(hour="6-19", minute=15)),
    "subsidies.watch_terms": (watch_terms, crontab(hour="6-19", minute=25)),
    "subsidies.watch_settlements": (watch_settlements, crontab(hour=6, minute=50)),
    "subsidies.tidy_drafts": (tidy_drafts, crontab(hour=4, minute=20)),
    "subsidies.wipe_idle_drafts": (wipe_idle_drafts, crontab(minute="2-59/5")),
}
