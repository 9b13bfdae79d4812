"""Who sees and does what with offers, needs and matches: each role, each page, also other people's."""

import pytest
from django.urls import reverse

from partners.models import Listing
from partners.policies.offers import may_change, visible_listings, visible_matches
from shared.accounts.enums import Role
from tests.factories.accounts import (
    AmbassadorFactory,
    CoordinatorFactory,
    ManagerFactory,
    RoleAssignmentFactory,
    UserFactory,
)
from tests.factories.agenda import AgendaItemFactory
from tests.factories.partners import (
    HelpConsentFactory,
    ListingFactory,
    MatchFactory,
    OrganisationFactory,
    PartnerContactFactory,
)
from tests.factories.wijken import WijkFactory
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def match():
    """An offer of a partner with a contact, matched with a resident's plan in the same wijk."""
    contact = PartnerContactFactory()
    offer = ListingFactory(partner=contact.partner, contact=contact)
    return MatchFactory(offer=offer, need__initiative__buurt=None, need__initiative__wijk=contact.partner.wijken.get())


def people(match):
    wijk = match.need.initiative.wijk
    return {
        "partner": match.offer.contact.user,
        "colleague": PartnerContactFactory(partner=match.offer.partner).user,
        "partner here": PartnerContactFactory(partner__wijken=[wijk]).user,
        "partner elsewhere": PartnerContactFactory(partner__wijken=[WijkFactory()]).user,
        "ended contact": PartnerContactFactory(partner=match.offer.partner, left=True).user,
        "contact of an ended organisation": PartnerContactFactory(partner=OrganisationFactory(ended=True)).user,
        "coordinator": CoordinatorFactory(wijk=wijk),
        "coordinator elsewhere": CoordinatorFactory(),
        "ambassador": AmbassadorFactory(),
        "manager": ManagerFactory(),
        "initiator": match.need.initiative.initiator,
        "resident": UserFactory(),
    }


def who(found: dict, allowed) -> set[str]:
    return {name for name, user in found.items() if allowed(user)}


def test_what_is_on_the_list_in_a_wijk_is_for_who_takes_part_there(match):
    everybody = people(match)

    seen = who(everybody, lambda user: visible_listings(user).filter(pk=match.need_id).exists())

    assert seen == {"partner", "colleague", "partner here", "coordinator", "manager", "ambassador"}


def test_an_offer_is_changed_by_its_own_people_and_their_coordinator(match):
    everybody = people(match)

    changing = who(everybody, lambda user: may_change(user, match.offer))

    assert changing == {"partner", "colleague", "coordinator", "manager"}
    assert who(everybody, lambda user: may_change(user, match.need)) == set()


def test_a_match_is_for_its_own_sides_and_the_coordinator(match):
    seen = who(people(match), lambda user: visible_matches(user).filter(pk=match.pk).exists())

    assert seen == {"partner", "colleague", "coordinator", "manager"}


def test_an_ambassador_keeps_the_offers_of_the_own_department_only():
    offer = ListingFactory(of_department=True)
    own, other = AmbassadorFactory(department=offer.department), AmbassadorFactory()

    assert [may_change(user, offer) for user in (own, other)] == [True, False]
    assert [visible_listings(user).filter(pk=offer.pk).exists() for user in (own, other)] == [True, True]


def test_an_ambassador_finds_the_needs_and_the_agenda_of_every_wijk_on_the_start_page(client, match):
    AgendaItemFactory(wijken=list(match.need.wijken.all()), title="Koffie-inloop")
    sign_in(client, AmbassadorFactory())

    pages = client.get(reverse("partners:start")).text, client.get(reverse("partners:listings")).text

    assert all(match.need.get_absolute_url() in page for page in pages)
    assert "Koffie-inloop" in pages[0]


def statuses(client, user, address: str, *, post: bool = False) -> int:
    sign_in(client, user)
    return (client.post if post else client.get)(address).status_code


def test_pages_of_the_network_are_closed_for_who_does_not_take_part(client, match):
    everybody = people(match)
    pages = {
        "listing": reverse("partners:listing", args=[match.need_id]),
        "change": reverse("partners:change_listing", args=[match.offer_id]),
        "match": reverse("partners:match", args=[match.pk, "offer"]),
    }

    found = {
        page: {name: statuses(client, user, address) for name, user in everybody.items()}
        for page, address in pages.items()
    }

    closed = {"ended contact": 403, "initiator": 403, "resident": 403}
    elsewhere = {"partner elsewhere": 404, "coordinator elsewhere": 404}
    stopped = {"contact of an ended organisation": 404}
    own = {"partner": 200, "colleague": 200, "coordinator": 200, "manager": 200}
    assert found["listing"] == own | {"partner here": 200, "ambassador": 200} | elsewhere | closed | stopped
    assert found["change"] == own | {"partner here": 404, "ambassador": 404} | elsewhere | closed | stopped
    assert found["match"] == own | {"partner here": 404, "ambassador": 404} | elsewhere | closed | stopped


def test_nobody_ends_what_is_not_theirs(client, match):
    stranger = PartnerContactFactory(partner__wijken=list(match.offer.wijken.all())).user

    assert statuses(client, stranger, reverse("partners:end_listing", args=[match.offer_id]), post=True) == 404
    assert Listing.objects.open().filter(pk=match.offer_id).exists()


def test_residents_answer_for_their_own_plan_only(client, match):
    address = reverse("partners:own_match", args=[match.pk])
    consent = HelpConsentFactory(initiative=match.need.initiative)
    help_page = reverse("partners:own_help", args=[consent.initiative.reference])
    owner, other = match.need.initiative.initiator, UserFactory()

    found = [statuses(client, user, page) for user in (owner, other) for page in (address, help_page)]

    assert found == [200, 200, 404, 404]


def test_a_partner_without_a_second_factor_is_sent_to_it(client):
    sign_in(client, PartnerContactFactory().user, second_factor=False)

    response = client.get(reverse("partners:start"))

    assert response.status_code == 302
    assert "tweede-controle" in response["Location"] or "mfa" in response["Location"] or "2fa" in response["Location"]


def test_a_role_without_an_organisation_opens_an_empty_page_only(client):
    wijk = WijkFactory()
    ListingFactory(title="Geheim aanbod", wijken=[wijk])
    user = UserFactory()
    RoleAssignmentFactory(user=user, role=Role.PARTNER, wijk=wijk)
    sign_in(client, user)

    page = client.get(reverse("partners:listings"))

    assert "Geheim aanbod" not in page.content.decode()
