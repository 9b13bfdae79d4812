"""Help from partners on Mijn overzicht: what waits for the resident's yes or no."""

from django.urls import reverse
from django.utils.translation import gettext as _

from initiatives.enums import OPEN_TO_NEIGHBOURS
from partners.enums.offers import MatchStatus
from partners.models import HelpConsent, Match
from shared.accounts.models import User
from wbw_portal.overview_rows import Waiting


def waiting(user: User) -> list[Waiting]:
    """Which partner wants to contact this resident, what came of it, and whether partners may see the plan."""
    return [*_proposals(user), *_results(user), *_consents(user)]


def _own(user: User, **conditions: object) -> list[Match]:
    found = Match.objects.filter(need__initiative__initiator=user, **conditions).with_sides()
    return list(found.order_by("proposed_at", "pk"))


def _proposals(user: User) -> list[Waiting]:
    found = _own(user, status=MatchStatus.WILLING, need_agreed_at__isnull=True)
    return [
        Waiting(
            title=match.need.title,
            text=_("Mag %(owner)s contact met u opnemen? Zij willen u helpen: %(title)s.")
            % {"owner": match.offer.owner_name, "title": match.offer.title},
            button=_("Bekijk en antwoord"),
            url=reverse("partners:own_match", args=[match.pk]),
        )
        for match in found
    ]


def _results(user: User) -> list[Waiting]:
    found = _own(user, status=MatchStatus.CONTACT, result_asked_at__isnull=False)
    return [
        Waiting(
            title=match.need.title,
            text=_("Hoe ging het met %(owner)s?") % {"owner": match.offer.owner_name},
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
