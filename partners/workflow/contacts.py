"""Contact persons: invited, in, and handing over when they leave. Their role follows from what they speak for."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partners.enums.offers import ListingStatus
from partners.enums.walks import WALK_OPEN
from partners.letters import organisations as letters
from partners.models import ActionStep, JointAction, Listing, Partner, PartnerContact, Walk
from partners.policies.people import coordinators_or_managers
from partners.workflow import action_steps, actions, walks
from shared.accounts import workflow as accounts
from shared.accounts.enums import Role
from shared.accounts.models import RoleAssignment, User
from shared.audit import trail
from shared.lifecycle import WorkflowError
from shared.notifications import digest, outbox
from shared.notifications.compose import Letter
from shared.notifications.enums import Frequency
from shared.ui import page_cache
from shared.wijken.models import Wijk

CATEGORY = "partners"
# What partners follow: new needs in their wijken, once a week unless they choose otherwise.
NEEDS_TOPIC = "partner_needs"
FOREVER = date.max


@transaction.atomic
def invite(partner: Partner, *, email: str, name: str, function: str = "", by: User) -> PartnerContact:
    """Ask somebody to speak for this organisation; the rights begin when they accept. Who was asked gets a new link.

    Raises:
        WorkflowError: they do so already, or the organisation has stopped.
        ValidationError: this is not an e-mail address.
    """
    partner = Partner.objects.locked().get(pk=partner.pk)
    if partner.ends_on and partner.ends_on < timezone.localdate():
        raise WorkflowError(_("%(partner)s doet niet meer mee. Maak eerst de laatste dag leeg.") % {"partner": partner})
    user = accounts.resident_for(email, name)
    contact = partner.contacts.active().filter(user=user).first() or PartnerContact(partner=partner, user=user)
    if contact.accepted_at:
        raise WorkflowError(_("%(name)s is al contactpersoon van deze organisatie.") % {"name": user})
    contact.function, contact.invited_at, contact.invited_by = function, timezone.now(), by
    contact.save()
    trail.record("partners.invited", subject=partner, by=by, text=str(user))
    _send_invitation(contact)
    return contact


@transaction.atomic
def accept(contact: PartnerContact) -> PartnerContact:
    """Somebody with the link of the invitation says yes; a second time changes nothing.

    Raises:
        WorkflowError: the invitation was taken back meanwhile, or the organisation stopped.
    """
    contact = _lock(contact)
    if not contact.stands:
        raise WorkflowError(_("Deze uitnodiging geldt niet meer. Vraag uw wijkcoördinator om een nieuwe."))
    if contact.accepted_at:
        return contact
    contact.accepted_at = timezone.now()
    contact.save(update_fields=["accepted_at"])
    sync_roles(contact.user, by=contact.invited_by or contact.user)
    digest.subscribe(contact.user.email, category=NEEDS_TOPIC, frequency=Frequency.WEEKLY, confirmed=True)
    trail.record("partners.joined", subject=contact.partner, by=contact.user, text=str(contact.user))
    _tell(contact.user, letters.welcome(contact), f"welcome:{contact.pk}", contact.partner)
    return contact


@transaction.atomic
def leave(
    contact: PartnerContact, *, last_day: date | None = None, successor: PartnerContact | None = None, by: User
) -> PartnerContact:
    """Somebody stops after `last_day` (today when not given); open things go to a colleague, and both are told.

    Raises:
        WorkflowError: they have left already, or the colleague does not speak for this organisation.
    """
    contact = _lock(contact)
    today = timezone.localdate()
    last_day = last_day or today
    if contact.ends_on is not None and contact.ends_on < today:
        raise WorkflowError(_("%(name)s is al gestopt.") % {"name": contact.user})
    if last_day < contact.starts_on - timedelta(days=1):
        raise WorkflowError(_("De laatste dag kan niet vóór de eerste dag liggen."))
    _check_successor(contact, successor)
    contact.ends_on, contact.handed_over_to = last_day, successor
    contact.save(update_fields=["ends_on", "handed_over_to"])
    number = _hand_over(contact, successor, by=by)
    _hand_over_work(contact, successor, by=by)
    sync_roles(contact.user, by=by)
    if not PartnerContact.objects.speaking(last_day + timedelta(days=1)).filter(user=contact.user).exists():
        digest.unfollow(contact.user.email, category=NEEDS_TOPIC)
    trail.record("partners.left", subject=contact.partner, by=by, text=str(contact.user))
    key = f"left:{contact.pk}:{last_day:%Y%m%d}"
    _tell(contact.user, letters.left(contact), key, contact.partner)
    if successor:
        _tell(successor.user, letters.took_over(contact, number=number), f"{key}:{successor.pk}", contact.partner)
    return contact


def sync_roles(user: User, *, by: User) -> None:
    """Give and end the role per wijk, so that it is exactly what the organisations of this person ask for today."""
    today = timezone.localdate()
    wanted = _wanted(user, today)
    held = user.role_assignments.filter(role=Role.PARTNER).exclude(ends_on__lt=today)
    for assignment in held.select_related("wijk").order_by("pk"):
        last = wanted.pop(assignment.wijk, None) if assignment.wijk else None
        if last is None:
            accounts.end_role(assignment, by=by)
        elif last != (assignment.ends_on or FOREVER):
            if last == FOREVER:
                accounts.end_role(assignment, by=by)
                wanted[assignment.wijk] = last
            else:
                accounts.end_role(assignment, last_day=last, by=by)
    for wijk, last in wanted.items():
        accounts.assign_role(
            user,
            Role.PARTNER,
            wijk=wijk,
            starts_on=today,
            ends_on=None if last == FOREVER else last,
            by=by,
            tell=False,
        )
    user.forget_roles()


def _wanted(user: User, today: date) -> dict[Wijk, date]:
    """The wijken in which this person acts as a partner, each with its last day."""
    found: dict[Wijk, date] = {}
    accepted = PartnerContact.objects.of_user(user).filter(accepted_at__isnull=False).exclude(ends_on__lt=today)
    for contact in accepted.exclude(partner__ends_on__lt=today):
        last = min(contact.ends_on or FOREVER, contact.partner.ends_on or FOREVER)
        for wijk in contact.partner.wijken.all():
            found[wijk] = max(found.get(wijk, last), last)
    return found


def _check_successor(contact: PartnerContact, successor: PartnerContact | None) -> None:
    if successor is None:
        return
    speaking = PartnerContact.objects.speaking().filter(partner=contact.partner_id).exclude(pk=contact.pk)
    if not speaking.filter(pk=successor.pk).exists():
        raise WorkflowError(_("Kies een collega die nu contactpersoon van deze organisatie is."))


def _hand_over(contact: PartnerContact, successor: PartnerContact | None, *, by: User) -> int:
    """Without a successor the open things belong to all contacts of the organisation."""
    open_ones = Listing.objects.locked().filter(contact=contact, status__in=[ListingStatus.OPEN, ListingStatus.AGREED])
    for listing in open_ones:
        listing.contact = successor
        listing.save(update_fields=["contact"])
        trail.record(
            "partners.listing_handed_over", subject=listing, by=by, text=str(successor.user) if successor else ""
        )
    return len(open_ones)


def _hand_over_work(contact: PartnerContact, successor: PartnerContact | None, *, by: User) -> None:
    """What this person keeps going where they speak for nobody else goes to the colleague, else to the coordinator."""
    user = contact.user
    if RoleAssignment.objects.active().filter(user=user).exclude(role=Role.PARTNER).exists():
        return
    others = PartnerContact.objects.speaking().filter(user=user).exclude(pk=contact.pk)
    for wijk in contact.partner.wijken.exclude(pk__in=others.values("partner__wijken")):
        to = successor.user if successor else next(iter(coordinators_or_managers(wijk)), None)
        if to is None:
            continue
        for action in JointAction.objects.open().filter(wijk=wijk, owner=user):
            actions.hand_over(action, to=to, by=by)
        for step in ActionStep.objects.to_do().filter(action__wijk=wijk, responsible=user):
            action_steps.change(step, what=step.what, responsible=to, due_on=step.due_on, by=by)
        for walk in Walk.objects.filter(wijk=wijk, organiser=user, status__in=WALK_OPEN):
            walks.hand_over(walk, to=to, by=by)


def _lock(contact: PartnerContact) -> PartnerContact:
    found: PartnerContact = (
        PartnerContact.objects.locked().select_related("partner", "user", "invited_by").get(pk=contact.pk)
    )
    return found


def _send_invitation(contact: PartnerContact) -> None:
    key = f"invitation:{contact.pk}:{contact.invited_at:%Y%m%d%H%M%S}"
    _tell(contact.user, letters.invitation(contact), key, contact.partner)


def _tell(user: User, letter: Letter, key: str, about: Partner) -> None:
    outbox.enqueue(letter, to=letters.to_user(user), key=f"partners.{key}", category=CATEGORY, about=about)
    page_cache.touch()
