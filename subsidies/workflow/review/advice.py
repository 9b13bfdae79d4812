"""Advice of somebody who knows more, asked by e-mail and given at a signed link (Awb article 3:49)."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shared.accounts.models import User
from shared.audit import trail
from shared.lifecycle import WorkflowError
from shared.notifications import outbox
from shared.notifications.compose import Letter
from shared.notifications.outbox import Recipient
from shared.terms.calendar import today
from subsidies.enums import UNDECIDED, AdviceVerdict
from subsidies.letters import review as letters
from subsidies.models import Advice, Application
from subsidies.workflow.case import CATEGORY, lock, lock_for_review, tell_reviewers


@transaction.atomic
def ask_advice(
    application: Application,
    *,
    name: str,
    email: str,
    question: str,
    due_on: date,
    by: User,
    version: int | None = None,
) -> Advice:
    """Ask somebody for advice; the letter holds the plan and the question, never who the applicant is.

    Raises:
        WorkflowError: there is a decision, the day has passed, or this person was asked and has not answered yet.
    """
    application = lock_for_review(application, by, version)
    if application.status not in UNDECIDED:
        raise WorkflowError(_("Over deze aanvraag is al besloten."))
    if due_on <= today():
        raise WorkflowError(_("Kies een dag na vandaag: de adviseur heeft tijd nodig."))
    if email.strip().lower() == application.email.lower() and application.email:
        raise WorkflowError(_("Dit is het e-mailadres van de aanvrager. Vraag iemand anders om advies."))
    if application.advices.open().filter(email__iexact=email.strip()).exists():
        raise WorkflowError(_("Aan dit adres is al advies gevraagd, en er is nog geen antwoord."))
    application.version += 1
    application.save()
    asked = Advice.objects.create(
        application=application,
        name=name,
        email=email.strip(),
        question=question,
        due_on=due_on,
        asked_at=timezone.now(),
        asked_by=by,
    )

    trail.record("subsidies.advice_asked", subject=application, by=by, text=name, new={"due_on": due_on})
    tell_adviser(asked, letters.advice_request(asked), "advice_request")
    return asked


@transaction.atomic
def answer_advice(advice: Advice, *, verdict: AdviceVerdict, text: str) -> Advice:
    """The adviser answers, without an account; the reviewer hears of it. The answer stands as it was given.

    Raises:
        WorkflowError: it was answered or taken back before, a decision was taken, or a doubt comes without words.
    """
    application = lock(advice.application)
    advice = Advice.objects.select_for_update().get(pk=advice.pk)
    if refusal := why_closed(advice, application):
        raise WorkflowError(refusal)
    if verdict != AdviceVerdict.NO_OBJECTION and not text.strip():
        raise WorkflowError(_("Leg uit waar de behandelaar op moet letten."))
    advice.verdict, advice.text, advice.answered_at = verdict, text, timezone.now()
    advice.save()
    application.version += 1
    application.save()

    trail.record("subsidies.advice_given", subject=application, text=f"{advice.name}: {advice.get_verdict_display()}")
    tell_reviewers(application, letters.advice_given(advice), f"advice_given_{advice.pk}")
    return advice


@transaction.atomic
def revoke_advice(
    application: Application, *, advice: Advice, reason: str, by: User, version: int | None = None
) -> Advice:
    """The advice is no longer needed; the adviser hears that nothing has to be done.

    Raises:
        WorkflowError: it was answered or taken back before.
    """
    application = lock_for_review(application, by, version)
    advice = Advice.objects.select_for_update().get(pk=advice.pk, application=application)
    if not advice.is_open:
        raise WorkflowError(_("Deze adviesvraag staat niet meer open."))
    advice.revoked_at = timezone.now()
    advice.save(update_fields=["revoked_at"])
    application.version += 1
    application.save()

    trail.record("subsidies.advice_revoked", subject=application, by=by, text=f"{advice.name}: {reason}")
    tell_adviser(advice, letters.advice_revoked(advice, reason=reason), "advice_revoked")
    return advice


def tell_adviser(advice: Advice, letter: Letter, name: str) -> None:
    """Send a letter to the adviser, once."""
    outbox.enqueue(
        letter,
        to=Recipient(name=advice.name, email=advice.email),
        key=f"subsidies.{name}:{advice.pk}",
        category=CATEGORY,
        about=advice.application,
    )


def why_closed(advice: Advice, application: Application) -> str:
    """Why this question cannot be answered any more; empty when it can, also after its last day."""
    if advice.answered_at:
        return _("U heeft dit advies al gegeven. Wilt u iets wijzigen, bel ons dan.")
    if advice.revoked_at:
        return _("Dit advies is niet meer nodig. U hoeft niets te doen.")
    if application.status not in UNDECIDED:
        return _("Over de aanvraag is al besloten. U hoeft niets meer te doen.")
    return ""
