"""Pages of offers and needs: forms, links from e-mails, and what everybody may read."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from partners.enums.offers import ListingStatus, MatchStatus
from partners.letters.matches import HELP
from partners.models import HelpConsent, Listing, Match, PartnerContact
from partners.workflow import contacts, needs, proposals
from shared.links import sign
from shared.notifications.models import OutboxMessage
from tests.factories.accounts import AmbassadorFactory, CoordinatorFactory
from tests.factories.initiatives import InitiativeFactory
from tests.factories.partners import (
    HelpConsentFactory,
    ListingFactory,
    MatchFactory,
    OrganisationFactory,
    PartnerContactFactory,
)
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db
MATCH_LINK_DAYS = 30
MATCH_CONTACT_DAYS = 7


def button_of(email: str) -> str:
    """The address of the button in the newest message to this person."""
    newest = OutboxMessage.objects.filter(recipient_email__iexact=email).order_by("-pk").first()
    address = next(block["parts"][0]["url"] for block in newest.blocks if block["kind"] == "button")
    return re.sub(r"^https?://[^/]+", "", address)


def proposed():
    """A match of which the partner just heard, with the link from the letter."""
    contact = PartnerContactFactory()
    offer = ListingFactory(partner=contact.partner, contact=contact)
    match = MatchFactory(offer=offer, need__initiative__name="Anna Voorbeeld")
    proposals.tell([match])
    return match, contact, button_of(contact.user.email)


# --- Links from e-mails ----------------------------------------------------------------------------------------------


def test_opening_the_link_changes_nothing_and_the_button_does(client):
    match, _contact, link = proposed()

    page = client.get(link).content.decode()

    assert "Kunt u helpen?" in page
    assert "Anna" not in page
    assert Match.objects.get().status == MatchStatus.PROPOSED

    client.post(link, {"answer": "yes"})

    assert Match.objects.get(pk=match.pk).status == MatchStatus.WILLING


def test_a_used_link_says_what_was_answered(client):
    _match, _contact, link = proposed()
    client.post(link, {"answer": "no"})

    page = client.get(link)
    client.post(link, {"answer": "yes"})

    assert "U zei nee" in page.content.decode()
    assert Match.objects.get().status == MatchStatus.DECLINED


def test_who_answers_later_reads_when_the_question_comes_back(client):
    _match, _contact, link = proposed()

    client.post(link, {"answer": "later"})
    page = client.get(link).content.decode()

    assert "Wij vragen het u nog een keer op" in page
    assert 'value="yes"' in page


def test_an_expired_and_a_tampered_link_get_clear_pages(client):
    _match, _contact, link = proposed()

    with time_machine.travel(timezone.now() + timedelta(days=MATCH_LINK_DAYS + 1)):
        expired = client.get(link)
    tampered = client.get(link[:-5] + "xxxx/")

    assert (expired.status_code, tampered.status_code) == (410, 404)
    assert "werkt niet meer" in expired.content.decode()
    assert "klopt niet" in tampered.content.decode()


def test_a_link_for_one_purpose_opens_no_other(client):
    match, contact, _link = proposed()
    token = sign("partners.result", match=match.pk, side="offer", user=contact.user.pk, email=contact.user.email)

    assert client.get(reverse("partners:answer", args=[token])).status_code == 404


def test_who_left_cannot_use_an_old_link(client):
    match, contact, link = proposed()
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        PartnerContact.objects.filter(pk=contact.pk).update(ends_on=timezone.localdate() - timedelta(days=1))
        response = client.post(link, {"answer": "yes"})

    assert response.status_code == 403
    assert Match.objects.get(pk=match.pk).status == MatchStatus.PROPOSED


def test_an_answer_without_a_choice_asks_for_one(client):
    _match, _contact, link = proposed()

    assert "Maak een keuze bij “Uw antwoord”" in client.post(link, {"answer": ""}).content.decode()


def test_the_initiator_agrees_by_link_and_only_then_is_the_name_shown(client):
    match, _contact, link = proposed()
    client.post(link, {"answer": "yes"})

    assert "Anna" not in client.get(link).content.decode()

    client.post(button_of(match.need.initiative.email), {"answer": "yes"})

    assert "Anna Voorbeeld" in client.get(link).content.decode()


def test_a_link_shows_contact_data_for_some_days_and_says_until_when(client):
    match, contact, link = proposed()
    client.post(link, {"answer": "yes"})
    client.post(button_of(match.need.initiative.email), {"answer": "yes"})

    soon = client.get(link).content.decode()
    with time_machine.travel(timezone.now() + timedelta(days=MATCH_CONTACT_DAYS + 1)):
        later = client.get(link).content.decode()
        sign_in(client, contact.user)
        signed_in = client.get(reverse("partners:match", args=[match.pk, "offer"])).content.decode()

    assert "Anna Voorbeeld" in soon
    assert "Ze staan hier tot en met" in soon
    assert "Anna Voorbeeld" not in later
    assert "De contactgegevens stonden hier tot en met" in later
    assert "Anna Voorbeeld" in signed_in


def test_the_question_about_help_is_answered_by_link(client):
    initiative = InitiativeFactory(accepted=True, published=True, help_wanted=["place"])
    needs.ask_help(initiative)
    link = button_of(initiative.email)

    client.get(link)

    assert HelpConsent.objects.get().agreed_at is None

    client.post(link, {"answer": "yes"})

    assert Listing.objects.needs().get().initiative == initiative


def test_a_link_about_help_of_another_address_is_not_found(client):
    initiative = HelpConsentFactory().initiative
    token = sign(HELP, initiative=initiative.pk, email="iemand.anders@voorbeeld.example")

    assert client.get(reverse("partners:help", args=[token])).status_code == 404


def test_the_result_is_told_by_link_once_and_stands_on_both_pages(client):
    match = MatchFactory(in_contact=True)
    token_of = {"match": match.pk, "side": "need", "user": 0, "email": match.need.initiative.email}
    link = reverse("partners:result", args=[sign("partners.result", **token_of)])

    client.post(link, {"succeeded": "yes", "text": "Het feest was binnen."})
    client.post(link, {"succeeded": "no", "text": "Toch niet."})

    assert Match.objects.get().result == "Het feest was binnen."
    partner_page = client.get(match.offer.partner.get_absolute_url()).content.decode()
    plan_page = client.get(match.need.initiative.get_absolute_url()).content.decode()
    assert match.need.initiative.public_title in partner_page
    assert match.offer.partner.name in plan_page
    assert "Het feest was binnen." not in partner_page + plan_page


def test_an_invitation_is_accepted_with_the_button_and_not_by_looking(client):
    partner = OrganisationFactory()
    by = CoordinatorFactory(wijk=partner.wijken.get())
    contact = contacts.invite(partner, email="noor@buurthuis.example", name="Noor Visser", by=by)
    link = button_of(contact.user.email)

    client.get(link)
    looked = PartnerContact.objects.get().accepted_at
    answer = client.post(link)
    page = client.get(link).content.decode()

    assert looked is None
    assert answer.status_code == 302
    assert "Welkom, u doet mee" in page
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        assert client.get(link).status_code == 410


# --- Putting something on the list -----------------------------------------------------------------------------------


def answers(contact, **values):
    wijk = contact.partner.wijken.get()
    return {"kind": "place", "title": "Zaal met keuken", "wijken": [wijk.pk], "weekdays": ["6"], **values}


def test_a_partner_puts_an_offer_on_the_list_once_however_often_it_is_sent(client):
    contact = PartnerContactFactory()
    sign_in(client, contact.user)
    address = reverse("partners:new_listing", args=["aanbod"])
    once = re.search(r'name="once" value="([^"]+)"', client.get(address).content.decode())[1]

    first = client.post(address, answers(contact, once=once))
    second = client.post(address, answers(contact, once=once))

    listing = Listing.objects.get()
    assert first["Location"] == second["Location"] == listing.get_absolute_url()
    assert (listing.partner, listing.contact, listing.weekdays) == (contact.partner, contact, [6])


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"title": ""}, "Schrijf in één zin waar het om gaat"),
        ({"kind": "goud"}, "Kies bij “Wat voor hulp?” een van de antwoorden"),
        ({"wijken": []}, "Kies minstens één wijk"),
        ({"ends_on_0": "1", "ends_on_1": "1", "ends_on_2": "2020"}, "Kies een laatste dag die nog komt"),
    ],
    ids=["no title", "no such kind", "no wijk", "over already"],
)
def test_a_mistake_says_what_to_do_and_keeps_what_was_typed(client, wrong, words):
    contact = PartnerContactFactory()
    sign_in(client, contact.user)

    page = client.post(
        reverse("partners:new_listing", args=["aanbod"]), answers(contact, amount="40 stoelen") | wrong
    ).content.decode()

    assert words in page
    assert "40 stoelen" in page
    assert not Listing.objects.exists()


def test_a_partner_offers_nothing_in_a_wijk_of_others(client):
    contact = PartnerContactFactory()
    elsewhere = OrganisationFactory().wijken.get()
    sign_in(client, contact.user)

    client.post(reverse("partners:new_listing", args=["aanbod"]), answers(contact, wijken=[elsewhere.pk]))

    assert not Listing.objects.exists()


def test_a_change_takes_it_from_the_website_and_an_old_page_is_refused(client):
    contact = PartnerContactFactory()
    listing = ListingFactory(partner=contact.partner, published=True)
    sign_in(client, contact.user)
    address = reverse("partners:change_listing", args=[listing.pk])

    client.post(address, answers(contact, title="Nieuwe titel", version=1))
    page = client.post(address, answers(contact, title="Oude bladzijde", version=1)).content.decode()

    assert "Oude bladzijde" in page
    listing.refresh_from_db()
    assert (listing.title, listing.published_at) == ("Nieuwe titel", None)


def test_an_offer_is_taken_from_the_list_and_a_second_click_is_harmless(client):
    contact = PartnerContactFactory()
    listing = ListingFactory(partner=contact.partner)
    sign_in(client, contact.user)

    found = [client.post(reverse("partners:end_listing", args=[listing.pk])).status_code for _each in range(2)]

    assert found == [302, 302]
    assert Listing.objects.get().status == ListingStatus.ENDED


def test_an_ambassador_offers_on_behalf_of_the_department(client):
    ambassador = AmbassadorFactory()
    wijk = OrganisationFactory().wijken.get()
    sign_in(client, ambassador)

    client.post(
        reverse("partners:new_listing", args=["aanbod"]), {"kind": "permit", "title": "Meedenken", "wijken": [wijk.pk]}
    )

    assert Listing.objects.get().department == ambassador.role_assignments.get().department


def test_a_contact_stops_and_loses_the_pages_after_the_last_day(client):
    contact = contacts.accept(PartnerContactFactory(invited=True))
    sign_in(client, contact.user)
    today = timezone.localdate()
    day = {"last_day_0": today.day, "last_day_1": today.month, "last_day_2": today.year}

    client.post(reverse("partners:leave", args=[contact.pk]), day)

    assert client.get(reverse("partners:start")).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        sign_in(client, contact.user)
        assert client.get(reverse("partners:start")).status_code in (302, 403)


# --- For everybody ---------------------------------------------------------------------------------------------------


def test_the_directory_shows_who_takes_part_today_and_marks_examples(client):
    OrganisationFactory(name="Buurthuis de Brug", demo=True)
    OrganisationFactory(name="Gestopt", ended=True)
    OrganisationFactory(name="Nog niet", future=True)

    page = client.get(reverse("partners:directory")).content.decode()

    assert "Buurthuis de Brug" in page
    assert "voorbeeld" in page
    assert "Gestopt" not in page
    assert "Nog niet" not in page


def test_public_pages_name_no_contact_persons(client):
    contact = PartnerContactFactory(user__name="Petra Persoon")
    ListingFactory(partner=contact.partner, contact=contact, published=True, title="Zaal te leen")
    ListingFactory(partner=contact.partner, contact=contact, title="Alleen voor partners")

    pages = [contact.partner.get_absolute_url(), reverse("partners:public_listings")]
    words = "".join(client.get(page).content.decode() for page in pages)

    assert words.count("Zaal te leen") == 2
    assert "Petra" not in words
    assert "Alleen voor partners" not in words


def test_a_strange_filter_is_left_out(client):
    OrganisationFactory(name="Buurthuis de Brug")

    page = client.get(reverse("partners:directory") + "?wijk=nergens&soort=x").content.decode()

    assert "Buurthuis de Brug" in page
