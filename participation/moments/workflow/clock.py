"""What wakes by itself: reminders before a moment, sign-ups that nobody confirmed, and people who can be forgotten."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.enums import Outcome
from participation.models import ParticipationCheck, Project
from participation.moments import letters
from participation.moments.enums import Status
from participation.moments.models import Feedback, Moment, SignUp
from participation.moments.workflow.case import CATEGORY, lock, tell
from participation.workflow.clock import Awaited
from shared import municipality
from shared.audit import trail
from shared.notifications.compose import Letter
from shared.notifications.delivery import erase
from shared.notifications.models import OutboxMessage


@transaction.atomic
def remind(sign_up: SignUp, now: datetime) -> bool:
    """Remind somebody of a moment that is near, once. Whether a letter went out."""
    moment = lock(sign_up.moment)
    days = municipality.current().moments.reminder_days
    found = SignUp.objects.to_remind(now, days).filter(pk=sign_up.pk).first()
    if found is None:
        return False
    found.moment = moment
    found.reminded_at = now
    found.save(update_fields=["reminded_at"])
    tell(found, letters.reminder(found), "reminder", with_date=True)
    return True


def forget_unconfirmed(now: datetime) -> int:
    """Delete sign-ups whose link nobody opened; how many."""
    before = now - timedelta(hours=municipality.current().moments.confirm_hours)
    number, _by_model = SignUp.objects.unconfirmed_since(before).delete()
    return number


@transaction.atomic
def forget_people(moment: Moment, now: datetime) -> bool:
    """Delete names, addresses and letters some time after everybody heard; the numbers stay."""
    moment = lock(moment)
    before = now - timedelta(days=municipality.current().moments.keep_people_days)
    if not Moment.objects.to_forget(before).filter(pk=moment.pk).exists():
        return False
    moment.sign_ups.all().delete()
    moment.contributions.update(email="", email_confirmed_at=None)
    for message in OutboxMessage.objects.about(moment).filter(category=CATEGORY):
        erase(message)
        message.recipient_name = message.recipient_email = message.recipient_phone = ""
        message.save(update_fields=["recipient_name", "recipient_email", "recipient_phone"])
    moment.people_forgotten_at = timezone.now()
    moment.save(update_fields=["people_forgotten_at"])
    trail.record("moments.people_forgotten", subject=moment)
    return True


def why_feedback_is_open(check: ParticipationCheck) -> str:
    """Why not everybody heard back yet; the register of projects asks this before a check is fed back."""
    if refusal := _awaiting(check.project):
        return refusal
    if check.outcome != Outcome.PARTICIPATION:
        return ""
    # A later version in the same phase counts what its forerunner told people; one of a later phase does not.
    heard = Q(moment__phase=check.phase_id) | Q(sent_at__gte=check.published_at or timezone.now())
    if Feedback.objects.filter(heard, moment__project=check.project_id).exists():
        return ""
    return _("Er is nog geen moment waarvan de deelnemers hoorden wat u met hun inbreng doet.")


def why_moments_are_open(project: Project) -> str:
    """Why a project is not done yet: people wait to hear back, or can still come."""
    if refusal := _awaiting(project):
        return refusal
    coming = Moment.objects.filter(project=project, status=Status.ANNOUNCED).order_by("pk").first()
    if coming is None:
        return ""
    return _("“%(title)s” is aangekondigd en moet nog komen. Zeg het af, of wacht tot het is geweest.") % {
        "title": coming.title
    }


def _awaiting(project: Project) -> str:
    waiting = Moment.objects.awaiting_feedback().filter(project=project).order_by("pk").first()
    if waiting is None:
        return ""
    return _("Vertel eerst aan de deelnemers van “%(title)s” wat u met hun inbreng doet.") % {"title": waiting.title}


def feedback_awaited(until: date) -> Iterator[Awaited]:
    """Moments whose feedback has to be given by then; the register of projects reminds of them."""
    found = Moment.objects.awaiting_feedback().filter(feedback_due_on__lte=until).select_related("project")
    for moment in found.order_by("pk"):
        what = _("de terugkoppeling van “%(title)s”") % {"title": moment.title}
        due_on = moment.feedback_due_on or until
        yield Awaited(moment.project_id, f"feedback:{moment.pk}", due_on, _letter(moment, due_on), what)


def _letter(moment: Moment, due_on: date) -> Callable[[Project, date], Letter]:
    def write(project: Project, today: date) -> Letter:
        return letters.feedback_reminder(moment, due_on=due_on, today=today)

    return write
