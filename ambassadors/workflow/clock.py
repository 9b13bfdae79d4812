"""What wakes by itself around advice: reminders, days that pass, and owners who left. All are safe to run twice."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ambassadors import letters
from ambassadors.enums import AdviceStatus
from ambassadors.models import AdviceRequest
from ambassadors.policies import is_ambassador
from ambassadors.routing import Adviser
from ambassadors.seats import Seat
from ambassadors.workflow import advice
from ambassadors.workflow.case import SubjectGone, lock, tell, tell_adviser, tell_people
from shared import municipality
from shared.accounts.enums import Role
from shared.accounts.models import User
from shared.audit import trail
from shared.lifecycle import WorkflowError
from shared.notifications.outbox import Recipient


@transaction.atomic
def overtake(request: AdviceRequest) -> bool:
    """Close a request whose case was decided, or is no more; true when it was closed now."""
    try:
        request, subject, kind = lock(request)
    except SubjectGone:
        return _close(AdviceRequest.objects.locked().get(pk=request.pk))
    if not kind.why_closed(subject) or not _close(request):
        return False
    trail.record("ambassadors.advice_overtaken", subject=subject, text=request.adviser)
    # Who was still going to look at it can put it aside.
    letter = letters.advice_revoked(request, subject, reason=_("Er is al besloten."))
    tell_adviser(request, letter, "advice_overtaken", about=subject)
    return True


@transaction.atomic
def remind(request: AdviceRequest, day: date) -> bool:
    """Remind the adviser once before the last day; true when a letter was written."""
    request, subject, kind = lock(request)
    ahead = timedelta(days=municipality.current().periods.advice_reminder_days)
    in_time = day <= request.due_on <= day + ahead
    if request.status != AdviceStatus.ASKED or request.reminded_at or not in_time or kind.why_closed(subject):
        return False
    if day <= timezone.localdate(request.asked_at):
        return False
    request.reminded_at = timezone.now()
    request.save()
    trail.record("ambassadors.advice_reminded", subject=subject, text=request.adviser)
    tell_adviser(request, letters.advice_request(request, subject, reminder=True), "advice_reminder", about=subject)
    return True


@transaction.atomic
def lapse(request: AdviceRequest, day: date) -> bool:
    """Note that no advice came in time, and tell the reviewer once; the adviser can still answer."""
    request, subject, kind = lock(request)
    if request.status != AdviceStatus.ASKED or request.due_on >= day or kind.why_closed(subject):
        return False
    request.move_to(AdviceStatus.UNANSWERED)
    request.lapsed_at = timezone.now()
    request.save()
    # Nobody has to wait for it any more: the case goes back to the reviewer's own pile.
    kind.changed(subject)
    trail.record("ambassadors.advice_lapsed", subject=subject, text=request.adviser)
    tell_people(
        kind.reviewers(subject), letters.advice_lapsed(request, subject), f"advice_lapsed:{request.pk}", about=subject
    )
    return True


@transaction.atomic
def escalate(request: AdviceRequest, day: date) -> bool:
    """Tell the coordinators of the wijk and the head of the department, once in each turn, that it stays silent."""
    request, subject, kind = lock(request)
    patience = timedelta(days=municipality.current().periods.advice_escalation_days)
    if request.status != AdviceStatus.UNANSWERED or request.escalated_at or day < request.due_on + patience:
        return False
    if kind.why_closed(subject):
        return False
    request.escalated_at = timezone.now()
    request.save()
    trail.record("ambassadors.advice_escalated", subject=subject, text=request.adviser)
    letter, key = letters.advice_escalated(request, subject), f"advice_escalated:{request.pk}:{request.turn}"
    tell_people(_coordinators(request), letter, key, about=subject)
    if request.department and request.department.head_email:
        head = Recipient(name=str(request.department), email=request.department.head_email)
        tell([head], letter, key, about=subject)
    return True


def pass_to_successor(request: AdviceRequest, seat: Seat) -> bool:
    """Give a request whose owner left, or that lies in the box of the department, to who does the work there now.

    True when it went.
    """
    if seat.acting is None or (request.owner and is_ambassador(request.owner, seat.department)):
        return False
    if request.owner:
        told = _("%(name)s is geen ambassadeur van %(department)s meer.")
    else:
        told = _("%(acting)s geeft nu advies namens %(department)s.")
    note = told % {"name": request.owner, "acting": seat.acting, "department": seat.department}
    try:
        advice.hand_over(request, to=Adviser(department=seat.department, user=seat.acting), note=note, by=None)
    except WorkflowError:
        # Answered or closed meanwhile, or the other was asked already: the board shows what is left.
        return False
    return True


def _close(request: AdviceRequest) -> bool:
    if not request.is_open:
        return False
    request.move_to(AdviceStatus.OVERTAKEN)
    request.ended_at = timezone.now()
    request.save()
    return True


def _coordinators(request: AdviceRequest) -> list[User]:
    """Those of the wijk; without one, or without a wijk, who looks after the portal."""
    there = list(User.objects.coordinators_of(request.wijk)) if request.wijk else []
    return there or list(User.objects.active_in_role(Role.FUNCTIONAL_MANAGER))
