"""Who sees one offer or need and answers to that one: only the other side is asked, once, and by no rule."""

import pytest
from django.urls import reverse

from partners.enums.offers import Answer, MatchStatus
from partners.models import Listing, Match
from partners.workflow import listings, matching
from shared.notifications.models import OutboxMessage
from shared.terms.calendar import today
from tests.factories.partners import ListingFactory, PartnerContactFactory
from tests.factories.wijken import WijkFactory
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def contact():
    return PartnerContactFactory()


@pytest.fixture
def need(contact):
    """A plan in the wijk of this partner, with which no rule would bring it together."""
    wijk = contact.partner.wijken.get()
    return ListingFactory(
        of_plan=True,
        initiative__wijk=wijk,
        initiative__buurt=None,
        initiative__name="Anna Voorbeeld",
        title="Geveltuin",
    )


def subjects(email: str) -> list[str]:
    return list(
        OutboxMessage.objects.filter(recipient_email__iexact=email).order_by("pk").values_list("subject", flat=True)
    )


def answer_to(listing: Listing, what: str) -> str:
    return f"{reverse('partners:new_listing', args=[what])}?bij={listing.pk}"


def terms(listing: Listing, **values) -> dict:
    return {"kind": listing.kind, "title": "Loods", "wijken": [wijk.pk for wijk in listing.wijken.all()]} | values


def test_a_partner_who_reads_a_need_offers_help_and_only_the_resident_is_asked(client, contact, need):
    sign_in(client, contact.user)
    assert answer_to(need, "aanbod") in client.get(need.get_absolute_url()).content.decode()
    assert "Op de vraag: Geveltuin" in client.get(answer_to(need, "aanbod")).content.decode()

    page = client.post(answer_to(need, "aanbod"), terms(need), follow=True).content.decode()

    match = Match.objects.get()
    assert (match.status, match.need, match.offer.title) == (MatchStatus.WILLING, need, "Loods")
    assert match.why == "Past omdat: zelfde wijk, ruimte, op deze vraag aangeboden."
    assert "Wij vragen bij “Geveltuin” of het welkom is." in page
    assert "Anna" not in page
    assert subjects(contact.user.email) == []
    assert len(subjects(need.initiative.email)) == 1

    matching.answer_need(match, Answer.YES, by=need.initiative.initiator)

    assert Match.objects.get().status == MatchStatus.CONTACT


def test_who_was_refused_does_not_ask_the_same_again(client, contact, need):
    sign_in(client, contact.user)
    client.post(answer_to(need, "aanbod"), terms(need))
    matching.answer_need(Match.objects.get(), Answer.NO, by=None)

    page = client.post(answer_to(need, "aanbod"), terms(need, title="Schuur"), follow=True).content.decode()

    assert "Bij “Geveltuin” vragen wij niets" in page
    assert Match.objects.count() == 1
    assert Listing.objects.offers().count() == 2


def test_who_asks_for_one_offer_has_said_yes_and_the_partner_is_asked(contact):
    wijken = list(contact.partner.wijken.all())
    offer = ListingFactory(partner=contact.partner, contact=contact, title="Loods")
    asker = PartnerContactFactory(partner__wijken=wijken)

    listings.open_listing(
        "need",
        listings.Terms({"kind": offer.kind, "title": "Plek voor een geveltuin"}, wijken),
        owner={"partner": asker.partner},
        by=asker.user,
        meant_for=offer,
    )

    match = Match.objects.get()
    assert (match.status, match.need_agreed_at is not None) == (MatchStatus.PROPOSED, True)
    assert ["Kunt u helpen" in subject for subject in subjects(contact.user.email)] == [True]
    assert subjects(asker.user.email) == []

    matching.answer_offer(match, Answer.YES, by=contact.user)

    assert Match.objects.get().status == MatchStatus.CONTACT


@pytest.mark.parametrize("hindrance", ["elsewhere", "another kind", "nobody speaks"])
def test_what_cannot_meet_asks_nobody(contact, need, hindrance):
    wijken = [WijkFactory()] if hindrance == "elsewhere" else list(need.wijken.all())
    kind = "money" if hindrance == "another kind" else need.kind
    if hindrance == "nobody speaks":
        contact.ends_on = contact.starts_on
        contact.save()

    listings.open_listing(
        "offer",
        listings.Terms({"kind": kind, "title": "Loods"}, wijken),
        owner={"partner": contact.partner},
        by=contact.user,
        meant_for=need,
    )

    assert not Match.objects.exists()
    assert subjects(need.initiative.email) == []


def test_a_change_keeps_who_was_chosen_as_long_as_they_can_meet(contact, need):
    offer = listings.open_listing(
        "offer",
        listings.Terms({"kind": need.kind, "title": "Loods"}, list(need.wijken.all())),
        owner={"partner": contact.partner},
        by=contact.user,
        meant_for=need,
    )
    need.starts_on = need.ends_on = today()
    need.save()

    listings.rename(need, "Gevelfeest")

    assert Match.objects.get(offer=offer).why.endswith("op deze vraag aangeboden.")


@pytest.mark.parametrize("strange", ["x", "0", "99999999999999999999"])
def test_a_strange_or_hidden_number_gives_the_usual_form(client, contact, strange):
    hidden = ListingFactory(need=True)
    sign_in(client, contact.user)

    for number in (strange, str(hidden.pk)):
        page = client.get(f"{reverse('partners:new_listing', args=['aanbod'])}?bij={number}").content.decode()

        assert "Op de vraag" not in page
        assert hidden.title not in page
