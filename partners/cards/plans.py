"""Partners on the pages of a resident's plan: what worked for everybody, what is under way for who reviews."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from initiatives.models import Initiative
from initiatives.parts import Part
from initiatives.ways import Way
from partners.cards.offers import helper
from partners.enums.offers import MatchStatus
from partners.models import HelpConsent, Match


def public_part(initiative: Initiative) -> Part | None:
    """Which partners helped: no people, and nobody's own words."""
    found = Match.objects.succeeded().filter(need__initiative=initiative).with_names("offer")
    helpers = [helper(match) for match in found.order_by("closed_at", "pk")]
    return Part("partners/plan_public.html", {"helpers": helpers}) if helpers else None


def file_part(initiative: Initiative) -> Part | None:
    """The matches of this plan, whether its initiator wants them, and where an answer is written down."""
    consent = HelpConsent.objects.filter(initiative=initiative).first()
    may_agree = initiative.is_open_to_neighbours and bool(initiative.help_wanted)
    if consent is None and not may_agree:
        return None
    found = Match.objects.filter(need__initiative=initiative).with_sides().select_related("need__theme")
    matches = list(found.order_by("-proposed_at", "-pk"))
    may_ask = may_agree or any(match.status in (MatchStatus.WILLING, MatchStatus.CONTACT) for match in matches)
    return Part(
        "partners/plan_file.html",
        {"initiative": initiative, "consent": consent, "matches": matches, "may_ask": may_ask},
    )


def ways(initiative: Initiative) -> Iterator[Way]:
    """For the initiator: let partners help, or see who can."""
    if (initiative.is_open_to_neighbours and initiative.help_wanted) or _has_contact(initiative):
        yield Way(_("Hulp van wijkpartners"), reverse("partners:own_help", args=[initiative.reference]))


def _has_contact(initiative: Initiative) -> bool:
    met = (MatchStatus.CONTACT, MatchStatus.SUCCEEDED, MatchStatus.FAILED)
    return Match.objects.filter(need__initiative=initiative, status__in=met).exists()
