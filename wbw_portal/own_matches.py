"""Help from partners on Mijn overzicht: what waits for the resident's yes or no."""

from django.urls import reverse
from django.utils.translation import gettext as _

from initiatives.enums import OPEN_TO_NEIGHBOURS
from partners.enums.offers import MatchStatus, Side
from partners.models import HelpConsent, Listing, Match
from shared.accounts.models import User
from wbw_portal.overview_rows import Waiting


def waiting(user: User) -> list[Waiting]:
    """Which partner wants to contact this resident, what came of it, and whether partners may see the plan."""
    return [*_proposals(user), *_results(user), *_consents(user)]


def _own(user: User, **conditions: object) -> list[Match]:
    found = Match.objects.of_initiator(user).filter(**conditions).with_sides()
    return list(found.order_by("proposed_at", "pk"))


def _proposals(user: User) -> list[Waiting]:
    """Who wants to help a plan of this resident, and whom a plan can help with what it offers."""
    asked = _own(user, status=MatchStatus.WILLING, need_agreed_at__isnull=True)
    offered = _own(user, status=MatchStatus.PROPOSED)
    wants = _("Mag %(owner)s contact met u opnemen? Zij willen u helpen: %(title)s.")
    needs_it = _("%(owner)s zoekt wat u aanbiedt. Wilt u helpen?")
    return [
        *(_answer(match, match.offer, wants) for match in asked if match.side_of(user) == Side.NEED),
        *(_answer(match, match.need, needs_it) for match in offered if match.side_of(user) == Side.OFFER),
    ]


def _answer(match: Match, theirs: Listing, words: str) -> Waiting:
    mine = match.need if theirs == match.offer else match.offer
    return Waiting(
        title=mine.title,
        text=words % {"owner": theirs.owner_name, "title": theirs.title},
        button=_("Bekijk en antwoord"),
        url=reverse("partners:own_match", args=[match.pk]),
    )


def _results(user: User) -> list[Waiting]:
    found = _own(user, status=MatchStatus.CONTACT, result_asked_at__isnull=False)
    return [
        Waiting(
            title=match.listing_of(match.side_of(user)).title,
            text=_("Hoe ging het met %(owner)s?") % {"owner": match.other_of(match.side_of(user)).owner_name},
            button=_("Vertel hoe het ging"),
            url=reverse("partners:own_result", args=[match.pk]),
        )
        for match in found
    ]


def _consents(user: User) -> list[Waiting]:
    still_open = {
        "initiative__initiator": user,
        "initiative__published_at__isnull": False,
        "initiative__status__in": OPEN_TO_NEIGHBOURS,
    }
    found = HelpConsent.objects.waiting().filter(**still_open).select_related("initiative").order_by("asked_at", "pk")
    return [
        Waiting(
            title=consent.initiative.title,
            text=_("Mogen wijkpartners zien welke hulp u zoekt?"),
            button=_("Geef antwoord"),
            url=reverse("partners:own_help", args=[consent.initiative.reference]),
        )
        for consent in found
    ]
