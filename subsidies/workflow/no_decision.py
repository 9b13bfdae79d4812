"""An objection against a decision that does not come: the law gives an appeal instead (Awb 6:2(b), 6:12 and 7:1(1)(f)).

The first step of that appeal is a notice of default. A message that came here all the same is taken as that notice, or
is passed on to the court (Awb article 6:15).
"""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shared.accounts.models import User
from shared.audit import trail
from shared.audit.enums import Visibility
from shared.lifecycle import WorkflowError
from shared.terms.calendar import today
from subsidies.enums import MessageKind
from subsidies.letters import default_notice as letters
from subsidies.models import Application, CaseMessage, DefaultNotice
from subsidies.workflow import case, default_notice

# Awb article 6:12(2)(b).
AFTER_NOTICE = timedelta(weeks=2)


def is_late(application: Application, on: date) -> bool:
    """Whether the decision should have been there before this day."""
    due = application.due_safe or application.due_legal
    return application.is_undecided and due is not None and on > due


@transaction.atomic
def receive(application: Application, message: CaseMessage, by: User | None) -> None:
    """Take the message as a notice of default; when that was given before, explain the appeal and pass it on.

    Raises:
        WorkflowError: there is still time to decide.
    """
    if not is_late(application, message.received_on):
        raise WorkflowError(_("Er is nog geen besluit. Bezwaar maken kan pas daarna. Wel kunt u een vraag stellen."))
    notice = default_notice.in_effect(application)
    if notice is None:
        default_notice.receive(application, message, by)
        return
    trail.record("subsidies.appeal_received", subject=application, by=by, visibility=Visibility.RESIDENT)
    since = appeal_from(notice)
    case.tell_applicant(application, letters.appeal(message, since), f"appeal.{message.pk}")
    case.tell_reviewers(application, letters.appeal_to_forward(message, since), f"appeal.{message.pk}")


@transaction.atomic
def forward(message: CaseMessage, *, by: User, version: int | None) -> CaseMessage:
    """Write down that it was sent to the court, with the day on which it came in, and tell who sent it (Awb 6:15).

    Raises:
        WorkflowError: it was passed on before.
    """
    application = case.lock_for_review(message.application, by, version)
    message = CaseMessage.objects.select_for_update().get(pk=message.pk)
    if message.forwarded_on:
        raise WorkflowError(_("Dit bericht is al doorgestuurd."))
    message.application = application
    message.forwarded_on, message.answered_at = today(), timezone.now()
    message.save(update_fields=["forwarded_on", "answered_at"])
    application.version += 1
    if not application.messages.filter(answered_at=None).exists():
        application.unread_since = None
    application.save()
    trail.record("subsidies.appeal_forwarded", subject=application, by=by, visibility=Visibility.RESIDENT)
    case.tell_applicant(application, letters.forwarded(message), f"appeal_forwarded.{message.pk}")
    return message


def appeal_from(notice: DefaultNotice) -> date:
    """The first day on which the court can be asked."""
    return notice.received_on + AFTER_NOTICE + timedelta(days=1)


def to_forward(application: Application) -> CaseMessage | None:
    """A message that is an appeal and was not passed on yet."""
    waiting = application.messages.filter(
        kind=MessageKind.OBJECTION, forwarded_on=None, objection=None, default_notice=None
    )
    return waiting.order_by("pk").first()
