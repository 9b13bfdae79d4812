"""What people thought of us: one mark and one line, asked once, never required."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shared.audit import trail
from shared.lifecycle import WorkflowError
from subsidies.letters import after as letters
from subsidies.models import Application, Evaluation
from subsidies.workflow.case import tell_applicant


@transaction.atomic
def ask(application: Application, now: datetime | None = None) -> bool:
    """Ask who reads e-mail, once; true when the question was sent."""
    if not application.reads_email:
        return False
    _asked, is_new = Evaluation.objects.get_or_create(
        application=application, defaults={"asked_at": now or timezone.now()}
    )
    if is_new:
        trail.record("subsidies.evaluation_asked", subject=application)
        tell_applicant(application, letters.evaluation(application), "evaluation")
    return is_new


@transaction.atomic
def answer(application: Application, *, mark: int, text: str) -> Evaluation:
    """Keep the mark; a second one changes nothing any more.

    Raises:
        WorkflowError: it was answered before.
    """
    asked = Evaluation.objects.select_for_update().get(application=application)
    if asked.answered_at:
        raise WorkflowError(_("U heeft deze vraag al beantwoord. Dank u wel."))
    asked.mark, asked.text, asked.answered_at = mark, text, timezone.now()
    asked.save()
    trail.record("subsidies.evaluation_answered", subject=application)
    return asked
