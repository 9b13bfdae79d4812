"""What residents' plans need: asked of the initiator first, and on the list of partners only after a yes."""

from collections import defaultdict
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives.enums import OPEN_TO_NEIGHBOURS, HelpKind
from initiatives.models import Initiative
from initiatives.querysets import InitiativeQuerySet
from partners.enums.offers import Direction, ListingStatus, MatchStatus, Resource
from partners.letters import matches as letters
from partners.models import HelpConsent, Listing, Match
from partners.workflow import listings
from partners.workflow.match_mail import CATEGORY
from shared.accounts.models import User
from shared.audit import trail
from shared.audit.enums import Visibility
from shared.lifecycle import WorkflowError
from shared.notifications import outbox
from shared.notifications.outbox import Recipient
from shared.wijken.querysets import AreaQuerySet

# What the form of a plan calls it, and what partners offer.
RESOURCES = {
    HelpKind.MONEY: Resource.MONEY,
    HelpKind.PLACE: Resource.PLACE,
    HelpKind.MATERIALS: Resource.MATERIALS,
    HelpKind.PERMISSION: Resource.PERMIT,
    HelpKind.PEOPLE: Resource.HOURS,
    HelpKind.ADVICE: Resource.EXPERTISE,
    HelpKind.PUBLICITY: Resource.PUBLICITY,
}


@transaction.atomic
def ask_help(initiative: Initiative) -> HelpConsent | None:
    """Ask the initiator of a published plan, once, whether partners may see which help it needs."""
    initiative = lock(initiative)
    if not _may_be_asked(initiative) or HelpConsent.objects.filter(initiative=initiative).exists():
        return None
    consent = HelpConsent.objects.create(initiative=initiative, asked_at=timezone.now())
    outbox.enqueue(
        letters.help_question(consent),
        to=Recipient(name=initiative.name, email=initiative.email),
        key=f"partners.help_question:{initiative.pk}",
        category=CATEGORY,
        about=initiative,
    )
    trail.record("partners.help_asked", subject=initiative, visibility=Visibility.RESIDENT)
    return consent


@transaction.atomic
def agree(initiative: Initiative, *, by: User | None, channel: str = "") -> HelpConsent:
    """The initiator wants help from partners: each kind of help that was asked goes on the list.

    `channel` says how the answer came when a colleague writes it down.

    Raises:
        WorkflowError: the plan is closed or not on the website.
    """
    initiative = lock(initiative)
    check_open(initiative)
    consent = _consent(initiative)
    if consent.agreed_at is None:
        consent.agreed_at, consent.declined_at = timezone.now(), None
        consent.save()
        trail.record("partners.help_agreed", subject=initiative, by=by, visibility=Visibility.RESIDENT, channel=channel)
        _open_needs(initiative, by)
    return consent


@transaction.atomic
def decline(initiative: Initiative, *, by: User | None, channel: str = "") -> HelpConsent:
    """The initiator does not want it, or no longer: what was on the list goes from it."""
    initiative = lock(initiative)
    consent = _consent(initiative)
    if consent.declined_at is None:
        consent.agreed_at, consent.declined_at = None, timezone.now()
        consent.save()
        trail.record(
            "partners.help_declined", subject=initiative, by=by, visibility=Visibility.RESIDENT, channel=channel
        )
    for listing in Listing.objects.needs().filter(initiative=initiative, status=ListingStatus.OPEN).order_by("pk"):
        listings.end(listing, by=by)
    return consent


def check_open(initiative: Initiative) -> None:
    """Partners can only see a plan that everybody can see.

    Raises:
        WorkflowError: the plan is closed or not on the website.
    """
    if not initiative.is_open_to_neighbours:
        raise WorkflowError(_("Dit kan pas als uw plan op de website staat, en zolang het loopt."))


def to_ask() -> list[Initiative]:
    """Published plans that ask for help and whose initiator was not asked yet."""
    return list(_unasked().exclude(email="").order_by("pk"))


def to_call(wijken: AreaQuerySet) -> InitiativeQuerySet:
    """The same in these wijken, of initiators without an e-mail address: somebody has to call them."""
    return _unasked().filter(email="", wijk__in=wijken).order_by("published_at", "pk")


def waiting_for(initiative: Initiative) -> list[Match]:
    """The partners that said yes and wait for the initiator's answer."""
    found = Match.objects.filter(need__initiative=initiative, status=MatchStatus.WILLING)
    return list(found.with_sides().order_by("pk"))


def _unasked() -> InitiativeQuerySet:
    found = Initiative.objects.published().filter(status__in=OPEN_TO_NEIGHBOURS, help_consent__isnull=True)
    return found.exclude(help_wanted=[])


def close_finished() -> int:
    """Take what plans that are over, or off the website, need and offer from the list; how many."""
    gone = Listing.objects.filter(initiative__isnull=False, status=ListingStatus.OPEN)
    gone = gone.exclude(pk__in=Listing.objects.open().filter(initiative__isnull=False).values("pk"))
    for listing in gone.order_by("pk"):
        listings.end(listing, by=None)
    return len(gone)


def catch_up() -> None:
    """Let the list say what plans say now: kinds of help that came later, and a title that was changed."""
    agreed = Initiative.objects.published().filter(help_consent__agreed_at__isnull=False, status__in=OPEN_TO_NEIGHBOURS)
    asked: dict[int | None, list[Listing]] = defaultdict(list)
    for need in Listing.objects.needs().filter(initiative__in=agreed):
        asked[need.initiative_id].append(need)
    for initiative in agreed.order_by("pk"):
        known = {need.kind for need in asked[initiative.pk]}
        is_renamed = any(need.title != initiative.public_title for need in asked[initiative.pk])
        if is_renamed or not known.issuperset(_wanted(initiative)):
            _catch_up(initiative)


@transaction.atomic
def _catch_up(initiative: Initiative) -> None:
    initiative = lock(initiative)
    _open_missing(initiative, by=None)
    for listing in Listing.objects.needs().filter(initiative=initiative).exclude(title=initiative.public_title):
        listings.rename(listing, initiative.public_title)


def _may_be_asked(initiative: Initiative) -> bool:
    return initiative.is_open_to_neighbours and bool(initiative.help_wanted) and bool(initiative.email)


def _consent(initiative: Initiative) -> HelpConsent:
    found, _made = HelpConsent.objects.locked().get_or_create(
        initiative=initiative, defaults={"asked_at": timezone.now()}
    )
    return found


def _open_needs(initiative: Initiative, by: User | None) -> None:
    """One need for each kind; one that went from the list stands on it again."""
    for listing in Listing.objects.needs().filter(initiative=initiative, status=ListingStatus.ENDED):
        if listing.kind in _wanted(initiative):
            listings.reopen(listing, by=by)
    _open_missing(initiative, by)


def _open_missing(initiative: Initiative, by: User | None) -> None:
    known = set(Listing.objects.needs().filter(initiative=initiative).values_list("kind", flat=True))
    for kind in _wanted(initiative):
        if kind not in known:
            terms = listings.Terms(columns_of(initiative, kind), [initiative.wijk])
            listings.open_listing(Direction.NEED, terms, owner={"initiative": initiative}, by=by)


def _wanted(initiative: Initiative) -> list[Resource]:
    return [RESOURCES[HelpKind(kind)] for kind in initiative.help_wanted]


def columns_of(initiative: Initiative, kind: Resource) -> dict[str, Any]:
    """What the plan itself says about a need."""
    day = day_of(initiative)
    return {
        "kind": kind,
        "title": initiative.public_title,
        "theme": initiative.theme,
        "buurt": initiative.buurt,
        "place": initiative.place,
        "starts_on": day,
        "ends_on": day,
        # The plan is on the website already, and says there which help it asks.
        "may_be_public": True,
    }


def day_of(initiative: Initiative) -> date | None:
    """The day of the plan; one that has passed says nothing any more."""
    day = initiative.planned_on
    return day if day and day >= timezone.localdate() else None


def lock(initiative: Initiative) -> Initiative:
    """The plan, locked, with where it is."""
    found: Initiative = (
        Initiative.objects.locked().select_related("wijk", "buurt", "theme", "owner").get(pk=initiative.pk)
    )
    return found
