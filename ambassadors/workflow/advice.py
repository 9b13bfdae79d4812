"""Advice on any case: asked, answered, taken back, handed over (Awb article 3:49). The case gets it on its timeline."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ambassadors import letters
from ambassadors.enums import AdviceStatus, AdviceVerdict
from ambassadors.models import AdviceRequest, HandOver
from ambassadors.policies import is_ambassador, may_answer, may_hand_over, may_look_after
from ambassadors.routing import Adviser
from ambassadors.subjects import kind_of
from ambassadors.workflow.case import advisers, lock, tell, tell_adviser, tell_people
from shared.accounts.models import User
from shared.audit import trail
from shared.lifecycle import WorkflowError
from shared.terms.calendar import today


@transaction.atomic
def ask(
    subject: Any, *, to: Adviser, question: str, due_on: date, by: User, version: int | None = None
) -> AdviceRequest:
    """Ask for advice on a case; the letter holds what it is about and the question, never whose case it is.

    Raises:
        StaleVersion: the case changed after the person saw it.
        WorkflowError: it is not theirs to ask, an answer helps no more, the day has passed, or this adviser brought the
            case, or was asked and has not answered yet.
    """
    kind = kind_of(subject)
    subject = kind.lock(subject, version)
    if not kind.may_ask(by, subject):
        raise WorkflowError(_("U behandelt deze zaak niet."))
    if kind.why_closed(subject):
        raise WorkflowError(_("Over deze zaak is al besloten. Advies helpt niet meer."))
    if due_on <= today():
        raise WorkflowError(_("Kies een dag na vandaag: de adviseur heeft tijd nodig."))
    _check_adviser(to, kind.own_addresses(subject))
    _check_not_asked(subject, to)
    summary = kind.describe(subject)
    request = AdviceRequest.objects.create(
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        title=summary.title[:200],
        reference=summary.reference,
        theme=summary.theme,
        wijk=summary.wijk,
        question=question,
        due_on=due_on,
        asked_at=timezone.now(),
        asked_by=by,
        **_who(to),
    )
    kind.changed(subject)

    trail.record("ambassadors.advice_asked", subject=subject, by=by, text=str(to), new={"due_on": due_on})
    tell_adviser(request, letters.advice_request(request, subject), "advice_request", about=subject)
    return request


@transaction.atomic
def answer(
    request: AdviceRequest, *, verdict: AdviceVerdict, text: str, by: User | None = None, turn: int | None = None
) -> AdviceRequest:
    """The adviser answers; the reviewer hears of it. Without `by` it comes from the link of this `turn`.

    Raises:
        WorkflowError: it is not theirs to answer, it was answered, taken back or handed over before, the case is
            decided, or a doubt comes without words.
    """
    request, subject, kind = lock(request)
    if refusal := why_closed(request, subject, turn):
        raise WorkflowError(refusal)
    if by is not None and not may_answer(by, request):
        raise WorkflowError(_("Deze vraag is aan een andere afdeling gesteld."))
    if verdict != AdviceVerdict.NO_OBJECTION and not text.strip():
        raise WorkflowError(_("Leg uit waar de behandelaar op moet letten."))
    request.move_to(AdviceStatus.ANSWERED)
    request.verdict, request.text = verdict, text.strip()
    request.answered_at, request.answered_by = timezone.now(), by
    request.save()
    kind.changed(subject)

    told = f"{request.adviser}: {request.get_verdict_display()}"
    trail.record("ambassadors.advice_given", subject=subject, by=by, who=request.adviser, text=told)
    tell_people(
        kind.reviewers(subject), letters.advice_given(request, subject), f"advice_given:{request.pk}", about=subject
    )
    return request


@transaction.atomic
def revoke(request: AdviceRequest, *, reason: str, by: User, version: int | None = None) -> AdviceRequest:
    """The advice is no longer needed; the adviser hears that nothing has to be done. `version` is that of the case.

    Raises:
        StaleVersion: the case changed after the person saw it.
        WorkflowError: it is not theirs, or it was answered or taken back before.
    """
    request, subject, kind = lock(request)
    subject.check_version(version)
    if not may_look_after(by, request):
        raise WorkflowError(_("U behandelt deze zaak niet."))
    if not request.is_open:
        raise WorkflowError(_("Deze adviesvraag staat niet meer open."))
    request.move_to(AdviceStatus.REVOKED)
    request.ended_at, request.end_reason = timezone.now(), reason
    request.save()
    kind.changed(subject)

    trail.record("ambassadors.advice_revoked", subject=subject, by=by, text=f"{request.adviser}: {reason}")
    tell_adviser(request, letters.advice_revoked(request, subject, reason=reason), "advice_revoked", about=subject)
    return request


@transaction.atomic
def hand_over(
    request: AdviceRequest, *, to: Adviser, note: str, by: User | None, version: int | None = None
) -> AdviceRequest:
    """Somebody else answers from now on: a colleague, or another department. `version` is that of the request.

    The day stays what it was. `by` is empty when the portal itself finds that the owner is an ambassador no more.

    Raises:
        StaleVersion: the request changed after the person saw it.
        WorkflowError: it is not theirs to hand over, not open any more, or the other has it already.
    """
    request, subject, kind = lock(request)
    request.check_version(version)
    if by is not None and not may_hand_over(by, request):
        raise WorkflowError(_("Deze vraag is aan een andere afdeling gesteld."))
    if refusal := why_closed(request, subject):
        raise WorkflowError(refusal)
    _check_adviser(to, kind.own_addresses(subject))
    _check_not_asked(subject, to)
    before, had_it = request.adviser, advisers(request)
    for name, value in _who(to).items():
        setattr(request, name, value)
    request.turn += 1
    request.version += 1
    request.reminded_at = request.escalated_at = None
    request.save()
    HandOver.objects.create(
        request=request, from_adviser=before, to_adviser=request.adviser, note=note, by=by, at=timezone.now()
    )
    kind.changed(subject)

    trail.record(
        "ambassadors.advice_handed_over",
        subject=subject,
        by=by,
        text=note,
        old={"adviser": before},
        new={"adviser": request.adviser},
    )
    tell_adviser(request, letters.advice_request(request, subject, note=note), "advice_request", about=subject)
    others = [each for each in had_it if by is None or each.email != by.email]
    letter = letters.advice_handed_over(request, subject, to=request.adviser, note=note)
    tell(others, letter, f"advice_handed_over:{request.pk}:{request.turn}", about=subject)
    return request


@transaction.atomic
def hand_back(request: AdviceRequest, *, note: str, turn: int) -> AdviceRequest:
    """Who has the link of this `turn` says that the question is not for them; who asked, and reviews, hears it.

    Only the link offers this: a colleague with an account hands over to who does know.

    Raises:
        WorkflowError: it was answered, taken back or handed over before, the case is decided, or there is no note.
    """
    request, subject, kind = lock(request)
    if refusal := why_closed(request, subject, turn):
        raise WorkflowError(refusal)
    if not note.strip():
        raise WorkflowError(_("Schrijf waarom de vraag niet voor u is."))
    request.move_to(AdviceStatus.HANDED_BACK)
    request.ended_at, request.end_reason = timezone.now(), note.strip()
    request.save()
    kind.changed(subject)

    told = f"{request.adviser}: {request.end_reason}"
    trail.record("ambassadors.advice_handed_back", subject=subject, who=request.adviser, text=told)
    letter = letters.advice_handed_back(request, subject)
    people = {request.asked_by, *kind.reviewers(subject)}
    tell_people(people, letter, f"advice_handed_back:{request.pk}", about=subject)
    return request


@transaction.atomic
def remind(request: AdviceRequest, *, by: User) -> AdviceRequest:
    """Remind the adviser now; once a day is enough.

    Raises:
        WorkflowError: it is not theirs, not open any more, or the adviser heard of it today.
    """
    request, subject, _kind = lock(request)
    if not may_look_after(by, request):
        raise WorkflowError(_("U behandelt deze zaak niet."))
    if not request.is_open:
        raise WorkflowError(_("Deze adviesvraag staat niet meer open."))
    if refusal := why_no_reminder(request):
        raise WorkflowError(refusal)
    request.reminded_at = timezone.now()
    request.version += 1
    request.save()
    trail.record("ambassadors.advice_reminded", subject=subject, by=by, text=request.adviser)
    letter = letters.advice_request(request, subject, reminder=True)
    tell_adviser(request, letter, f"advice_reminder_{today():%Y%m%d}", about=subject)
    return request


def why_closed(request: AdviceRequest, subject: Any, turn: int | None = None) -> str:
    """Why this question cannot be answered any more, in one sentence; empty when it can, also after its last day.

    With `turn`: by the link of that turn. Who handed it over, or saw it go, has no answer to give.
    """
    if turn is not None and turn != request.turn:
        return _("Een collega geeft dit advies nu. U hoeft niets meer te doen.")
    if request.status == AdviceStatus.ANSWERED:
        return _("U heeft dit advies al gegeven. Wilt u iets wijzigen, bel ons dan.")
    if request.status == AdviceStatus.REVOKED:
        return _("Dit advies is niet meer nodig. U hoeft niets te doen.")
    if request.status == AdviceStatus.HANDED_BACK:
        return _("Deze vraag is teruggegeven. U hoeft niets meer te doen.")
    if request.status == AdviceStatus.OVERTAKEN or subject is None:
        return _("Hierover is al besloten. U hoeft niets meer te doen.")
    return kind_of(subject).why_closed(subject)


def why_no_reminder(request: AdviceRequest) -> str:
    """Why the adviser is not reminded now; empty when a reminder helps."""
    last = request.reminded_at or request.asked_at
    if timezone.localdate(last) < today():
        return ""
    return _("De adviseur kreeg hierover vandaag al bericht.")


def _who(to: Adviser) -> dict[str, Any]:
    if to.user:
        return {"department": to.department, "owner": to.user, "adviser_name": "", "adviser_email": ""}
    return {
        "department": to.department,
        "owner": None,
        "adviser_name": to.name,
        "adviser_email": to.email.strip(),
    }


def _check_adviser(to: Adviser, own_addresses: frozenset[str]) -> None:
    """Never who brought the case; a colleague only for a department of theirs."""
    email = (to.user.email if to.user else to.email).strip().lower()
    if not email:
        raise WorkflowError(_("Kies wie het advies geeft."))
    if email in own_addresses:
        raise WorkflowError(_("Dit is het e-mailadres van de aanvrager. Vraag iemand anders om advies."))
    if to.user and (to.department is None or not is_ambassador(to.user, to.department)):
        raise WorkflowError(
            _("%(user)s is geen ambassadeur van deze afdeling. Kies iemand anders.") % {"user": to.user}
        )


def _check_not_asked(subject: Any, to: Adviser) -> None:
    waiting = AdviceRequest.objects.about(subject).open()
    same = waiting.filter(owner=to.user) if to.user else waiting.filter(adviser_email__iexact=to.email.strip())
    if same.exists():
        raise WorkflowError(_("Aan %(adviser)s is al advies gevraagd, en er is nog geen antwoord.") % {"adviser": to})
