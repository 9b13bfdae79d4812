"""Partners on the pages of a resident's plan: what worked for everybody, what is under way for who reviews."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from initiatives.models import Initiative
from initiatives.parts import Part
from initiatives.ways import Way
from partners.cards.offers import helped, helper
from partners.enums.offers import MatchStatus
from partners.models import HelpConsent, Listing, Match


def public_part(initiative: Initiative) -> Part | None:
    """Who helped, whom the plan helped, and what it offers in public: no people, and of a match nobody's own words."""
    found = Match.objects.succeeded().of_plan(initiative).with_names("offer", "need").order_by("closed_at", "pk")
    helpers = [helper(match) for match in found if match.need.initiative_id == initiative.pk]
    helped_by_plan = [helped(match) for match in found if match.offer.initiative_id == initiative.pk]
    offers = list(Listing.objects.public().offers().filter(initiative=initiative).order_by("kind", "pk"))
    values = {"helpers": helpers, "helped": helped_by_plan, "offers": offers}
    return Part("partners/plan_public.html", values) if any(values.values()) else None


def file_part(initiative: Initiative) -> Part | None:
    """The matches of this plan, whether its initiator wants them, and where an answer is written down."""
    consent = HelpConsent.objects.filter(initiative=initiative).first()
    may_agree = initiative.is_open_to_neighbours and bool(initiative.help_wanted)
    found = Match.objects.of_plan(initiative).with_sides().select_related("need__theme")
    matches = list(found.order_by("-proposed_at", "-pk"))
    if consent is None and not may_agree and not matches:
        return None
    may_ask = may_agree or any(match.status in (MatchStatus.WILLING, MatchStatus.CONTACT) for match in matches)
    return Part(
        "partners/plan_file.html",
        {"initiative": initiative, "consent": consent, "matches": matches, "may_ask": may_ask},
    )


def ways(initiative: Initiative) -> Iterator[Way]:
    """For the initiator: ask or offer something, or see who can help."""
    if initiative.is_open_to_neighbours or _has_contact(initiative):
        yield Way(_("Hulp vragen of aanbieden"), reverse("partners:own_help", args=[initiative.reference]))


def _has_contact(initiative: Initiative) -> bool:
    met = (MatchStatus.CONTACT, MatchStatus.SUCCEEDED, MatchStatus.FAILED)
    return Match.objects.of_plan(initiative).filter(status__in=met).exists()
