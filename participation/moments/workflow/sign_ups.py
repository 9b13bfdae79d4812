"""People come: they sign up, confirm, wait, move up, sign off. Capacity is never exceeded, also not by fifty at once.

Each step locks the moment first, so that places are given out one by one; the database keeps the same promise.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.moments import letters, policies
from participation.moments.enums import SignUpStatus, Status
from participation.moments.models import Moment, SignUp
from participation.moments.workflow.case import lock, lock_to_organise, refresh_public_pages, tell
from participation.workflow.case import refuse_if
from shared.accounts.models import User
from shared.audit import trail


@transaction.atomic
def ask(
    moment: Moment,
    *,
    name: str,
    email: str = "",
    phone: str = "",
    wants_feedback: bool = True,
    language: str = "nl",
) -> SignUp:
    """Somebody wants to come. With an e-mail address a letter asks to confirm; with only a phone number it counts.

    Asked again with the same address, the same sign-up gets another letter, that says how it stands.

    Raises:
        WorkflowError: it is too late, or the moment does not take place.
    """
    moment = lock(moment)
    refuse_if(policies.why_not_sign_up(moment))
    known = moment.sign_ups.filter(email__iexact=email).first() if email else None
    now = timezone.now()
    sign_up = known or SignUp(moment=moment, email=email)
    sign_up.moment = moment
    if known is None or known.status in (SignUpStatus.ASKED, SignUpStatus.CANCELLED):
        sign_up.status, sign_up.asked_at = SignUpStatus.ASKED, now
        sign_up.name, sign_up.phone, sign_up.language = name, phone, language
        sign_up.wants_feedback = wants_feedback
        sign_up.save()
        trail.record("moments.signed_up", subject=moment)
    if not email:
        _place(moment, sign_up)
    elif sign_up.status == SignUpStatus.ASKED:
        tell(sign_up, letters.confirm_sign_up(sign_up), f"confirm.{now:%Y%m%d%H%M}")
    else:
        letter = letters.placed(sign_up) if sign_up.has_place else letters.waiting(sign_up)
        tell(sign_up, letter, f"again.{now:%Y%m%d%H%M}", with_date=sign_up.has_place)
    return sign_up


@transaction.atomic
def confirm(sign_up: SignUp) -> SignUp:
    """The link in the letter was opened: a place, or the waiting list. A second time changes nothing.

    Raises:
        WorkflowError: it is too late, or the moment does not take place.
    """
    moment = lock(sign_up.moment)
    sign_up = _again(moment, sign_up)
    if sign_up.status == SignUpStatus.ASKED:
        refuse_if(policies.why_not_sign_up(moment))
        _place(moment, sign_up)
    return sign_up


@transaction.atomic
def enter(
    moment: Moment, *, name: str, email: str = "", phone: str = "", wants_feedback: bool = True, by: User
) -> SignUp:
    """A colleague signs somebody up who called; needs no confirmation.

    Raises:
        WorkflowError: nobody can sign up for this moment, or this person is on the list already.
    """
    moment = lock_to_organise(moment, by)
    refuse_if(policies.why_not_enter(moment))
    known = moment.sign_ups.filter(email__iexact=email).first() if email else None
    if known and known.status in (SignUpStatus.PLACED, SignUpStatus.WAITING):
        refuse_if(_("%(email)s staat al op de lijst.") % {"email": email})
    sign_up = known or SignUp(moment=moment, email=email)
    sign_up.moment, sign_up.name, sign_up.phone = moment, name, phone
    sign_up.wants_feedback, sign_up.entered_by, sign_up.asked_at = wants_feedback, by, timezone.now()
    sign_up.status = SignUpStatus.ASKED
    sign_up.save()
    trail.record("moments.signed_up_by_staff", subject=moment, by=by)
    _place(moment, sign_up)
    return sign_up


@transaction.atomic
def sign_off(sign_up: SignUp, *, by: User | None = None) -> SignUp:
    """Somebody does not come; who waited longest gets the place, and hears of it. A second time changes nothing."""
    moment = lock(sign_up.moment)
    sign_up = _again(moment, sign_up)
    if policies.why_not_cancel(sign_up):
        return sign_up
    had_place = sign_up.has_place
    was_confirmed = sign_up.status != SignUpStatus.ASKED
    sign_up.status, sign_up.cancelled_at = SignUpStatus.CANCELLED, timezone.now()
    sign_up.save()
    _recount(moment)
    trail.record("moments.signed_off", subject=moment, by=by)
    if was_confirmed:
        tell(sign_up, letters.signed_off(sign_up), f"signed_off.{sign_up.cancelled_at:%Y%m%d%H%M%S}")
    if had_place:
        move_up(moment)
    refresh_public_pages(moment)
    return sign_up


@transaction.atomic
def forget(sign_up: SignUp) -> None:
    """Sign off, and keep neither name nor address: everybody has a right to that at any time (GDPR article 17)."""
    sign_off(sign_up)
    SignUp.objects.filter(pk=sign_up.pk).delete()


def move_up(moment: Moment) -> None:
    """Give free places to who waits longest, until it begins; the row is locked by the caller."""
    if moment.status != Status.ANNOUNCED or moment.starts_at <= timezone.now():
        return
    for sign_up in moment.sign_ups.waiting():
        if moment.is_full:
            return
        sign_up.moment = moment
        _take_place(moment, sign_up)
        trail.record("moments.moved_up", subject=moment)
        tell(
            sign_up,
            letters.placed(sign_up, moved_up=True),
            f"moved_up.{timezone.now():%Y%m%d%H%M%S}",
            about_call=_("Er is een plek vrijgekomen"),
            with_date=True,
        )


def _place(moment: Moment, sign_up: SignUp) -> None:
    """A place when there is one, else the waiting list."""
    now = timezone.now()
    sign_up.confirmed_at = now
    stamp = f"{now:%Y%m%d%H%M%S}"
    if moment.is_full or moment.sign_ups.waiting().exists():
        sign_up.status, sign_up.waiting_since = SignUpStatus.WAITING, now
        sign_up.save()
        trail.record("moments.waiting", subject=moment)
        tell(sign_up, letters.waiting(sign_up), f"waiting.{stamp}")
        return
    _take_place(moment, sign_up)
    trail.record("moments.placed", subject=moment)
    tell(sign_up, letters.placed(sign_up), f"placed.{stamp}", with_date=True)
    refresh_public_pages(moment)


def _take_place(moment: Moment, sign_up: SignUp) -> None:
    sign_up.status, sign_up.waiting_since, sign_up.cancelled_at = SignUpStatus.PLACED, None, None
    sign_up.save()
    _recount(moment)


def _recount(moment: Moment) -> None:
    """Store how many places are taken; the row is locked by the caller."""
    moment.places_taken = moment.sign_ups.placed().count()
    moment.save(update_fields=["places_taken"])


def _again(moment: Moment, sign_up: SignUp) -> SignUp:
    """The newest state of a sign-up, now that its moment is locked."""
    found: SignUp = moment.sign_ups.get(pk=sign_up.pk)
    found.moment = moment
    return found
