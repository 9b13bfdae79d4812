"""Who may do what with a challenge: the same answers for views, admin and templates."""

from datetime import date

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from participation.challenges.enums import OUTCOMES, PUBLIC_STATUSES, UNDECIDED, Status
from participation.challenges.models import Challenge
from shared.accounts.enums import Role
from shared.accounts.models import User
from shared.accounts.policies import Visitor, has_role
from shared.terms.calendar import today


def may_review(user: User, challenge: Challenge) -> bool:
    """The coordinator of the wijk, who it was assigned to, and the functional manager."""
    return (
        has_role(user, Role.FUNCTIONAL_MANAGER)
        or has_role(user, Role.COORDINATOR, wijk=challenge.wijk)
        or (has_role(user, Role.COORDINATOR) and challenge.owner_id == user.pk)
    )


def is_contact(user: Visitor, challenge: Challenge) -> bool:
    """Who speaks for the group, known by a confirmed e-mail address."""
    return user.is_authenticated and challenge.contact_id == user.pk


def may_withdraw(user: Visitor, challenge: Challenge) -> bool:
    """The group, as long as it does not carry out the task."""
    return is_contact(user, challenge) and challenge.can_move_to(Status.WITHDRAWN)


def may_write(user: Visitor, challenge: Challenge) -> bool:
    """The group, until nobody reads it any more."""
    return is_contact(user, challenge) and challenge.status not in (Status.SPAM, Status.UNCONFIRMED)


def why_not_move(challenge: Challenge, *statuses: str) -> str:
    """Why it cannot get one of these statuses now, in one sentence; empty when it can."""
    if any(challenge.can_move_to(status) for status in statuses):
        return ""
    return _("Kan niet vanuit de status “%(status)s”.") % {"status": challenge.get_status_display()}


def why_not_decide(challenge: Challenge) -> str:
    """Why it cannot be decided on now."""
    return why_not_move(challenge, *OUTCOMES)


def why_not_decided_on(challenge: Challenge, day: date) -> str:
    """Why it cannot have been decided on this day."""
    if day > today():
        return _("Kies vandaag of een eerdere dag")
    if challenge.received_on and day < challenge.received_on:
        came_in = format_date(challenge.received_on, "j F Y")
        return _("Het verzoek kwam binnen op %(day)s. Kies die dag of een latere") % {"day": came_in}
    return ""


def why_not_publish(challenge: Challenge) -> str:
    """Why it cannot be on the website now: the group has to agree, and it must be more than a conversation."""
    if not challenge.may_publish:
        return _("De groep heeft niet gezegd dat het verzoek op de website mag.")
    if challenge.status not in PUBLIC_STATUSES:
        return _("Dit kan zodra er een voorstel ligt.")
    return ""


def why_not_unpublish(challenge: Challenge) -> str:
    """Why it cannot be taken off the website now."""
    return "" if challenge.is_published else _("Het verzoek staat niet op de website.")


def why_not_request(challenge: Challenge) -> str:
    """Why it cannot become a request for a decision now."""
    if challenge.is_request:
        return _("Dit is al een aanvraag van een besluit.")
    if challenge.status not in UNDECIDED:
        return _("Kan niet vanuit de status “%(status)s”.") % {"status": challenge.get_status_display()}
    return ""


def why_not_message(challenge: Challenge) -> str:
    """Why nothing can be written to the group now."""
    if challenge.status in (Status.SPAM, Status.UNCONFIRMED):
        return _("Het e-mailadres van de groep is niet bevestigd.")
    return ""
