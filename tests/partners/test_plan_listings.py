"""What an initiator offers and asks for a plan: how much, on which conditions, and no name before both agreed."""

from datetime import timedelta

import pytest
from django.urls import reverse

from initiatives.models import Initiative
from partners.cards.offers import helped
from partners.enums.offers import Answer, Direction, ListingStatus, MatchStatus, Resource
from partners.models import HelpConsent, Listing, Match
from partners.own_data import copy_of
from partners.workflow import listings, matching, needs, plans, results
from shared.lifecycle import WorkflowError
from shared.notifications.models import OutboxMessage
from shared.terms.calendar import today
from tests.factories.accounts import CoordinatorFactory, UserFactory
from tests.factories.initiatives import InitiativeFactory
from tests.factories.partners import ListingFactory, MatchFactory, PartnerContactFactory
from tests.factories.wijken import WijkFactory
from tests.sign_in import sign_in
from wbw_portal.own_matches import waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> Initiative:
    return InitiativeFactory(
        accepted=True,
        published=True,
        title="Straatfeest",
        help_wanted=["place"],
        name="Anna Voorbeeld",
        buurt=None,
        wijk=WijkFactory(),
    )


def page_of(plan: Initiative) -> str:
    return reverse("partners:own_help", args=[plan.reference])


def form_for(plan: Initiative, what: str) -> str:
    return reverse("partners:new_plan_listing", args=[plan.reference, what])


def test_an_initiator_offers_something_and_meets_who_needs_it(client, plan):
    asker = PartnerContactFactory(partner__wijken=[plan.wijk])
    ListingFactory(
        need=True, partner=asker.partner, contact=asker, kind=Resource.MATERIALS, title="Partytent voor de open dag"
    )
    sign_in(client, plan.initiator)

    wrong = client.post(form_for(plan, "aanbod"), {"kind": "materials"}).content.decode()
    assert "Schrijf in één zin waar het om gaat" in wrong
    answer = client.post(
        form_for(plan, "aanbod"),
        {"kind": "materials", "title": "Partytent te leen", "amount": "2", "conditions": "Zelf ophalen."},
    )

    assert answer.url == page_of(plan)
    offer = Listing.objects.offers().get()
    assert (offer.initiative, offer.amount, list(offer.wijken.all())) == (plan, "2", [plan.wijk])
    match = Match.objects.get()
    assert "“partytent”" in match.why.lower()
    assert [row.url for row in waiting(plan.initiator)] == [reverse("partners:own_match", args=[match.pk])]

    assert page_of(plan) in client.get(reverse("partners:own_match", args=[match.pk])).content.decode()
    client.post(reverse("partners:own_match", args=[match.pk]), {"answer": "yes"})
    told = "\n".join(OutboxMessage.objects.filter(recipient_email=asker.user.email).values_list("text", flat=True))
    assert "Zelf ophalen." in told
    assert "Anna" not in told
    matching.answer_need(match, Answer.YES, by=asker.user)
    assert "Anna Voorbeeld" in OutboxMessage.objects.filter(recipient_email=asker.user.email).latest("pk").text

    results.tell(match, succeeded=True, text="", side="need", by=asker.user)
    page = client.get(plan.get_absolute_url()).content.decode()
    assert "hielp met spullen:" in page
    assert asker.partner.name in page


def test_what_a_plan_asks_says_how_much_and_on_which_conditions(client, plan):
    offering = PartnerContactFactory(partner__wijken=[plan.wijk])
    needs.agree(plan, by=plan.initiator)
    need = Listing.objects.get()
    sign_in(client, plan.initiator)
    address = reverse("partners:change_plan_listing", args=[plan.reference, need.pk])

    assert "In één zin" not in client.get(address).content.decode()
    client.post(address, {"version": need.version, "amount": "voor 40 mensen", "conditions": "Met een keuken."})
    need.refresh_from_db()
    assert (need.title, need.amount, need.conditions) == ("Straatfeest", "voor 40 mensen", "Met een keuken.")

    offer = ListingFactory(partner=offering.partner, contact=offering, title="Zaal voor een straatfeest")
    listings.proposals.propose_for(offer)
    told = OutboxMessage.objects.get(recipient_email=offering.user.email).text
    assert "voor 40 mensen" in told
    assert "Met een keuken." in told
    assert "voor 40 mensen" in client.get(page_of(plan)).content.decode()


def test_the_first_letter_to_partners_says_what_was_filled_in_also_when_it_is_asked_again(plan):
    def asked_with(amount: str) -> str:
        contact = PartnerContactFactory(partner__wijken=[plan.wijk])
        ListingFactory(partner=contact.partner, contact=contact, title="Zaal voor een straatfeest")
        plans.ask(plan, {"kind": "place", "amount": amount}, by=plan.initiator)
        return OutboxMessage.objects.get(recipient_email=contact.user.email).text

    assert "voor 40 mensen" in asked_with("voor 40 mensen")
    needs.decline(plan, by=plan.initiator)
    assert "voor 60 mensen" in asked_with("voor 60 mensen")


def test_the_day_of_the_plan_is_filled_in_where_one_asks_and_not_where_one_offers(client, plan):
    Initiative.objects.filter(pk=plan.pk).update(planned_on=today() + timedelta(days=30))
    sign_in(client, plan.initiator)

    asked, offered = (client.get(form_for(plan, what)).context["form"].initial for what in ("vraag", "aanbod"))

    assert asked["starts_on"] == asked["ends_on"] == today() + timedelta(days=30)
    assert offered["starts_on"] is None


def test_a_plan_that_left_the_website_is_not_named_with_who_helped_it(client):
    match = MatchFactory(succeeded=True)
    title = match.need.initiative.public_title
    assert helped(match).whom == title

    Initiative.objects.update(published_at=None)
    page = client.get(match.offer.partner.get_absolute_url()).content.decode()

    assert title not in page
    assert "een plan van bewoners" in page


def test_who_asks_for_something_new_lets_partners_see_it(client, plan):
    sign_in(client, plan.initiator)

    client.post(form_for(plan, "vraag"), {"kind": "hours", "amount": "6 uur"})

    assert HelpConsent.objects.get().agreed_at
    found = Listing.objects.needs().order_by("kind").values_list("kind", "amount", "status")
    assert list(found) == [("hours", "6 uur", ListingStatus.OPEN), ("place", "", ListingStatus.OPEN)]
    assert "uren en handen" not in client.get(form_for(plan, "vraag")).content.decode()


def test_who_asks_everything_already_is_told_so_and_gets_no_empty_form(client, plan):
    plan.help_wanted = list(needs.RESOURCES)
    plan.save()
    needs.agree(plan, by=None)
    sign_in(client, plan.initiator)

    page = client.get(page_of(plan)).content.decode()
    form = client.get(form_for(plan, "vraag"), follow=True).content.decode()

    assert form_for(plan, "vraag") not in page
    assert "Alle soorten hulp staan al op de lijst." in page
    assert "Alle soorten hulp staan al op de lijst." in form
    assert 'name="kind"' not in form


def test_what_was_taken_back_or_done_can_be_asked_again(plan):
    by = plan.initiator
    need = plans.ask(plan, {"kind": "place", "amount": "één avond"}, by=by)
    listings.end(need, by=by)
    assert plans.ask(plan, {"kind": "place", "amount": "twee avonden"}, by=by).pk == need.pk

    Listing.objects.update(status=ListingStatus.AGREED)
    with pytest.raises(WorkflowError, match="al een afspraak"):
        plans.ask(plan, {"kind": "place", "amount": ""}, by=by)

    Listing.objects.update(status=ListingStatus.DONE)
    again = plans.ask(plan, {"kind": "place", "amount": "nog één avond"}, by=by)
    assert (again.pk != need.pk, again.status, again.direction) == (True, ListingStatus.OPEN, Direction.NEED)


def test_no_to_partners_takes_the_needs_from_the_list_and_leaves_the_offers(plan):
    plans.offer(plan, {"kind": "materials", "title": "Partytent"}, by=plan.initiator)
    needs.agree(plan, by=plan.initiator)

    needs.decline(plan, by=plan.initiator)

    assert dict(Listing.objects.values_list("direction", "status")) == {"offer": "open", "need": "ended"}


def test_two_plans_of_one_initiator_are_not_introduced_to_each_other(plan):
    other = InitiativeFactory(
        accepted=True, published=True, initiator=plan.initiator, wijk=plan.wijk, buurt=None, title="Straatfeest"
    )
    plans.ask(plan, {"kind": "place"}, by=plan.initiator)

    plans.offer(other, {"kind": "place", "title": "Ruimte voor een straatfeest"}, by=plan.initiator)

    assert not Match.objects.exists()


def test_nobody_else_changes_what_a_plan_has_on_the_list(client, plan):
    offer = plans.offer(plan, {"kind": "materials", "title": "Partytent"}, by=plan.initiator)
    addresses = [
        form_for(plan, "aanbod"),
        reverse("partners:change_plan_listing", args=[plan.reference, offer.pk]),
    ]
    for user in (UserFactory(), CoordinatorFactory(wijk=plan.wijk)):
        sign_in(client, user)
        assert [client.get(address).status_code for address in addresses] == [404, 404]
        assert client.post(reverse("partners:end_plan_listing", args=[plan.reference, offer.pk])).status_code == 404
    assert Listing.objects.get().status == ListingStatus.OPEN


def test_a_name_in_what_one_offers_is_told_before_it_is_on_the_list(client, plan):
    sign_in(client, plan.initiator)
    given = {"kind": "materials", "title": "Partytent", "what": "Bel Piet de Boer op 06 12345678"}

    page = client.post(form_for(plan, "aanbod"), given).content.decode()

    assert "lijkt op een telefoonnummer" in page
    assert not Listing.objects.exists()


def test_a_closed_plan_offers_nothing_any_more(client, plan):
    plans.offer(plan, {"kind": "materials", "title": "Partytent"}, by=plan.initiator)
    Initiative.objects.filter(pk=plan.pk).update(status="done")
    plan.refresh_from_db()

    needs.close_finished()

    assert Listing.objects.get().status == ListingStatus.ENDED
    with pytest.raises(WorkflowError, match="zolang het loopt"):
        plans.offer(plan, {"kind": "materials", "title": "Partytent"}, by=plan.initiator)


def test_what_a_plan_chose_for_the_website_stands_on_its_page_and_in_ones_own_data(client, plan):
    offer = plans.offer(
        plan, {"kind": "materials", "title": "Partytent te leen", "may_be_public": True}, by=plan.initiator
    )
    assert "Partytent" not in client.get(plan.get_absolute_url()).content.decode()

    listings.publish(offer, by=CoordinatorFactory(wijk=plan.wijk))

    assert "Partytent te leen (spullen)" in client.get(plan.get_absolute_url()).content.decode()
    assert [one["title"] for one in copy_of(plan.initiator)["on_the_list"]] == ["Partytent te leen"]


def test_a_refused_offer_of_a_plan_is_over_without_a_name(plan):
    asker = PartnerContactFactory(partner__wijken=[plan.wijk])
    ListingFactory(need=True, partner=asker.partner, contact=asker, kind=Resource.MATERIALS, title="Partytent gezocht")
    plans.offer(plan, {"kind": "materials", "title": "Partytent"}, by=plan.initiator)

    matching.answer_offer(Match.objects.get(), Answer.NO, by=plan.initiator)

    assert Match.objects.get().status == MatchStatus.DECLINED
