"""What is missing: asking for it, and going on when it is there or when it did not come (Awb articles 4:5 and 4:15)."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shared.accounts.models import User
from shared.audit import trail
from shared.audit.enums import Visibility
from shared.lifecycle import WorkflowError
from shared.terms.calendar import today
from subsidies import dates
from subsidies.enums import Status
from subsidies.letters import review as letters
from subsidies.models import Application, CaseMessage, CompletionRequest
from subsidies.workflow.case import lock, lock_for_review, save, tell_applicant, tell_reviewers


@transaction.atomic
def request_completion(
    application: Application,
    *,
    items: Sequence[str],
    text: str = "",
    due_on: date,
    longer_because: str = "",
    by: User,
    version: int | None = None,
) -> CompletionRequest:
    """Ask for what is missing. The clock stands still from tomorrow, because the request names a last day.

    A term longer than the scheme's needs a reason (`longer_because`), for the file.

    Raises:
        WorkflowError: nothing is asked, or the last day is no working day, too soon or too late.
    """
    application = lock_for_review(application, by, version)
    wanted = [item.strip() for item in items if item.strip()]
    if not wanted:
        raise WorkflowError(_("Schrijf op wat er ontbreekt."))
    _check_due(application, due_on, longer_because)
    application.move_to(Status.INCOMPLETE)
    application.owner = application.owner or by
    application.complete_on = None
    request = CompletionRequest.objects.create(
        application=application, items=wanted, text=text, sent_on=today(), due_on=due_on, asked_by=by
    )
    save(application)

    trail.record(
        "subsidies.completion_requested",
        subject=application,
        by=by,
        visibility=Visibility.RESIDENT,
        text="; ".join(wanted),
        new={"due_on": due_on, "reason": longer_because} if longer_because else {"due_on": due_on},
    )
    tell_applicant(application, letters.completion_request(application, request), "completion_request")
    return request


@transaction.atomic
def complete(application: Application, message: CaseMessage) -> Application:
    """The applicant sent an addition. When we were waiting for it, the case goes on and the clock runs again.

    Whether it is enough is for the reviewer, who can ask once more; that wait is never at the applicant's cost.
    """
    application = lock(application)
    if application.status == Status.INCOMPLETE or _came_in_time(application, message):
        _go_on(application, message.received_on, by=None)
    return application


@transaction.atomic
def resume(
    application: Application, *, completed_on: date, text: str, by: User, version: int | None = None
) -> Application:
    """Staff say since when everything is there: brought along, told by phone, or not needed after all.

    Raises:
        WorkflowError: that day lies before the application came in, or in the future.
    """
    application = lock_for_review(application, by, version)
    if not application.received_on <= completed_on <= today():
        raise WorkflowError(_("Kies een dag tussen de ontvangst van de aanvraag en vandaag."))
    if application.status == Status.INCOMPLETE:
        _go_on(application, completed_on, by=by, text=text)
        return application
    if application.complete_on is not None:
        raise WorkflowError(_("De aanvraag is al volledig."))
    application.complete_on = completed_on
    application.version += 1
    save(application)
    trail.record("subsidies.completed", subject=application, by=by, visibility=Visibility.RESIDENT, text=text)
    return application


@transaction.atomic
def still_lacking(application: Application, *, text: str, by: User, version: int | None = None) -> Application:
    """What was sent is not enough: the application does not count as complete, and can be left (Awb article 4:5).

    The clock goes on: to ask once more is another step.

    Raises:
        WorkflowError: nothing was asked before, it is not said what lacks, or there is a decision.
    """
    application = lock_for_review(application, by, version)
    if application.status != Status.IN_REVIEW or application.complete_on is None:
        raise WorkflowError(_("De aanvraag telt niet als volledig, of er is al besloten."))
    if not application.completion_requests.exists():
        raise WorkflowError(_("Er is nog niet om aanvulling gevraagd. Doe dat eerst."))
    if not text.strip():
        raise WorkflowError(_("Schrijf wat er nog ontbreekt."))
    old, application.complete_on = application.complete_on, None
    application.version += 1
    save(application)

    trail.record(
        "subsidies.still_lacking",
        subject=application,
        by=by,
        text=text,
        old={"complete_on": old},
        new={"complete_on": None},
    )
    return application


@transaction.atomic
def lapse_completion(request: CompletionRequest, day: date) -> bool:
    """The last day passed unused: from now on there are four weeks to leave the application (Awb article 4:5(4)).

    True when this call did it; safe to run twice.
    """
    application = lock(request.application)
    request = CompletionRequest.objects.select_for_update().get(pk=request.pk)
    if request.lapsed_at or request.completed_on or request.last_day >= day:
        return False
    request.lapsed_at = timezone.now()
    request.save(update_fields=["lapsed_at"])
    if application.status != Status.INCOMPLETE:
        return False
    application.move_to(Status.IN_REVIEW)
    save(application)

    trail.record("subsidies.completion_lapsed", subject=application, visibility=Visibility.RESIDENT)
    window = dates.not_processed_deadline(application, day)
    tell_reviewers(application, letters.completion_lapsed(application, request, window), f"lapsed_{request.pk}")
    return True


def _came_in_time(application: Application, message: CaseMessage) -> bool:
    """Paper that came on the last day is typed in later, when the portal already thought that nothing came."""
    if application.status != Status.IN_REVIEW or application.complete_on is not None:
        return False
    request: CompletionRequest | None = application.completion_requests.last()
    return request is not None and request.completed_on is None and message.received_on <= request.last_day


def _go_on(application: Application, completed_on: date, *, by: User | None, text: str = "") -> None:
    request: CompletionRequest | None = application.completion_requests.filter(completed_on__isnull=True).last()
    if request is not None:
        request.completed_on = completed_on
        request.save(update_fields=["completed_on"])
    if application.status == Status.INCOMPLETE:
        application.move_to(Status.IN_REVIEW)
    else:
        application.version += 1
    application.complete_on = completed_on
    save(application)

    trail.record(
        "subsidies.completed",
        subject=application,
        by=by,
        visibility=Visibility.RESIDENT,
        text=text,
        new={"complete_on": completed_on, "due_legal": application.due_legal},
    )
    tell_applicant(application, letters.completed(application), "completed")


def _check_due(application: Application, due_on: date, longer_because: str) -> None:
    """A last day is a working day, because the municipality sets it and no Act moves it."""
    why_free = dates.why_no_working_day(due_on)
    if why_free:
        raise WorkflowError(_("Kies een werkdag: dit is %(why)s.") % {"why": why_free})
    if due_on <= today():
        raise WorkflowError(_("Kies een dag na vandaag: de aanvrager heeft tijd nodig."))
    latest = dates.completion_due(application.scheme_version, today())
    if due_on > latest and not longer_because.strip():
        raise WorkflowError(
            _("De regeling geeft %(days)d dagen om aan te vullen. Schrijf waarom het langer mag duren.")
            % {"days": application.scheme_version.completion_days}
        )
