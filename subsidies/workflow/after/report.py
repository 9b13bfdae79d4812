"""The report: it comes in, is approved or sent back, or the case goes on without one."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives.workflow import post_update
from shared.accounts.models import User
from shared.audit import trail
from shared.audit.enums import Visibility
from shared.lifecycle import WorkflowError
from shared.terms.calendar import today
from subsidies import dates, settlement
from subsidies.enums import AWARDED, MessageKind
from subsidies.letters import after as letters
from subsidies.models import Application, CaseFile, CaseMessage, Report, ReportReturn
from subsidies.policies import may_show_result
from subsidies.workflow.after import evaluation
from subsidies.workflow.case import lock_for_review, tell_applicant


def take_in(application: Application, message: CaseMessage, by: User | None) -> Report:
    """Keep what came as the report, whichever way it came; called in the transaction that locked the case.

    Raises:
        WorkflowError: no report is asked, or it has been approved already.
    """
    report = _report_of(application)
    if report.is_judged or application.status not in AWARDED:
        raise WorkflowError(_("Wij hebben uw verslag al bekeken. U hoeft niets meer te sturen."))
    report.received_on = report.received_on or message.received_on
    report.applied_on = report.applied_on or message.received_on
    report.what_happened = message.text[:2000]
    report.returned_because = ""
    report.save()
    report.returns.filter(completed_on=None).update(completed_on=message.received_on)
    message.files.update(report=report)
    settlement.refresh(application)
    application.save()
    return report


@transaction.atomic
def approve(
    application: Application, *, show: bool = False, public_text: str = "", by: User, version: int | None = None
) -> Report:
    """The report is in order; with `show` the result goes to the public page of the plan, with its photos.

    Raises:
        WorkflowError: nothing came yet, or the applicant did not want the result on the website.
    """
    application = lock_for_review(application, by, version)
    report = _to_judge(application)
    report.approved_on, report.approved_by = today(), by
    report.save()
    application.version += 1
    _mark_read(application)
    application.save()
    trail.record("subsidies.report_approved", subject=application, by=by, visibility=Visibility.RESIDENT)
    if show:
        _show(application, report, public_text, by)
    tell_applicant(application, letters.report_approved(report), "report_approved")
    evaluation.ask(application)
    return report


@transaction.atomic
def return_report(
    application: Application, *, reason: str, due_on: date, by: User, version: int | None = None
) -> Report:
    """Something is missing from the report: say what, and give a new last day.

    Raises:
        WorkflowError: nothing came yet, or the day is no working day in the future.
    """
    application = lock_for_review(application, by, version)
    report = _to_judge(application)
    if not reason.strip():
        raise WorkflowError(_("Schrijf wat er nog ontbreekt."))
    if due_on <= today() or dates.why_no_working_day(due_on):
        raise WorkflowError(_("Kies een werkdag na vandaag."))
    report.received_on, report.returned_because = None, reason
    report.due_on, report.second_due_on = due_on, None
    report.reminded_at = report.second_reminded_at = report.missed_at = None
    report.save()
    ReportReturn.objects.create(report=report, sent_on=today(), due_on=due_on)
    application.version += 1
    _mark_read(application)
    settlement.refresh(application)
    application.save()
    trail.record(
        "subsidies.report_returned",
        subject=application,
        by=by,
        visibility=Visibility.RESIDENT,
        text=reason,
        new={"due_on": due_on},
    )
    tell_applicant(application, letters.report_returned(report, reason=reason), "report_returned")
    return report


@transaction.atomic
def let_go(application: Application, *, reason: str, by: User, version: int | None = None) -> Report:
    """Go on without a report: it did not come, also not after the reminder (Awb article 4:47).

    Raises:
        WorkflowError: the recipient still has time, or no reason is given.
    """
    application = lock_for_review(application, by, version)
    report = _report_of(application)
    if why := why_not_let_go(report):
        raise WorkflowError(why)
    if not reason.strip():
        raise WorkflowError(_("Schrijf waarom het dossier verdergaat zonder verslag."))
    report.approved_on, report.approved_by, report.returned_because = today(), by, reason
    report.save()
    application.version += 1
    application.save()
    trail.record("subsidies.report_let_go", subject=application, by=by, visibility=Visibility.RESIDENT, text=reason)
    return report


def why_not_let_go(report: Report) -> str:
    """Why the case cannot go on without a report yet; empty when it can."""
    if report.is_judged or report.received_on:
        return _("Er is een verslag. Beoordeel dat.")
    if report.second_due_on is None or report.last_day >= today():
        return _("Dit kan pas als ook de tijd na de herinnering voorbij is (Awb 4:44, derde lid).")
    return ""


def photos(report: Report) -> Iterable[CaseFile]:
    """The pictures of a report that have words for who cannot see them."""
    return report.files.filter(file__kind="image").exclude(alt_text="").select_related("file")


def _show(application: Application, report: Report, text: str, by: User) -> None:
    initiative = application.initiative
    if initiative is None or not may_show_result(application) or not text.strip():
        raise WorkflowError(_("Het resultaat kan niet op de website: er is geen toestemming, geen plan of geen tekst."))
    shown = list(photos(report))
    post_update(initiative, text=text, photos=[(kept.file, kept.alt_text) for kept in shown], by=by)
    report.files.filter(pk__in=[kept.pk for kept in shown]).update(is_public=True)
    trail.record("subsidies.result_shown", subject=application, by=by, visibility=Visibility.RESIDENT)


def _mark_read(application: Application) -> None:
    """The judgement answers the report; another message that waits keeps waiting."""
    application.messages.filter(kind=MessageKind.REPORT, answered_at=None).update(answered_at=timezone.now())
    if not application.messages.filter(answered_at=None).exists():
        application.unread_since = None


def _to_judge(application: Application) -> Report:
    report = _report_of(application)
    if report.received_on is None or report.is_judged:
        raise WorkflowError(_("Er is geen verslag om te beoordelen."))
    return report


def _report_of(application: Application) -> Report:
    report = Report.objects.select_for_update().filter(application=application).first()
    if report is None:
        raise WorkflowError(_("Voor deze aanvraag vragen wij geen verslag."))
    report.application = application
    return report
