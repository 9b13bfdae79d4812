"""Offers that meet needs, and people who come and go, told at phone width with and without scripts."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import reverse
from django.utils import timezone

from partners.enums.offers import Side
from partners.letters.matches import answer_url
from partners.models import Listing, Match, PartnerContact
from partners.workflow import needs
from partners.workflow.people import readers_of
from shared.accounts.models import User
from shared.notifications.models import OutboxMessage
from tests.browser.conftest import PHONE, Visitor
from tests.browser.test_staff_pages import arrive
from tests.factories.accounts import CoordinatorFactory
from tests.factories.initiatives import InitiativeFactory
from tests.factories.partners import ListingFactory, MatchFactory, OrganisationFactory, PartnerContactFactory
from tests.sign_in import code_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def button_in_letter(email: str) -> str:
    """Where the button of the newest letter to this person leads."""
    newest = OutboxMessage.objects.filter(recipient_email__iexact=email).order_by("-pk").first()
    address = next(block["parts"][0]["url"] for block in newest.blocks if block["kind"] == "button")
    return re.sub(r"^https?://[^/]+", "", address)


def sign_in_by_code(person: Visitor, user: User, mailoutbox, *, to: str) -> None:
    """As somebody does who has no session: with the code that came by mail, and the one of the app."""
    TOTP.activate(user, secret := generate_totp_secret())
    person.open(to)
    person.page.get_by_label("Uw e-mailadres").fill(user.email)
    person.press("Stuur mij een code")
    person.page.get_by_label("Code uit de e-mail").fill(re.search(r"\d{4}-\d{4}", mailoutbox[-1].body)[0])
    person.press("Inloggen")
    person.page.get_by_label("Code").fill(code_of(secret))
    person.press("Verder")


def answer(person: Visitor, link: str, words: str) -> None:
    """Open the link of a letter, choose, and send."""
    person.open(link)
    person.page.get_by_label(words).check()
    person.press("Antwoord versturen")


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_from_a_need_to_what_came_of_it(visitor, javascript):
    contact = PartnerContactFactory(partner__name="Buurthuis de Brug")
    wijk = contact.partner.wijken.get()
    plan = InitiativeFactory(
        accepted=True, published=True, title="Straatfeest in de zomer", help_wanted=["place"], buurt=None, wijk=wijk
    )
    partner = arrive(lambda size: visitor(size, javascript=javascript), contact.user, PHONE)

    partner.open(reverse("partners:start"))
    partner.press("Ik bied iets aan")
    partner.press("Op de lijst zetten")
    assert partner.reads("Schrijf in één zin waar het om gaat")
    partner.page.get_by_label("ruimte").check()
    partner.page.get_by_label("In één zin").fill("Zaal voor een straatfeest")
    partner.press("Op de lijst zetten")
    assert partner.reads("Er past nog niets bij.")

    needs.ask_help(plan)
    resident = visitor(PHONE, javascript=javascript)
    resident.open(button_in_letter(plan.email))
    resident.press("Ja, dat mag")

    answer(partner, button_in_letter(contact.user.email), "Ja, ik wil helpen")
    assert not partner.reads(plan.name)
    answer(resident, button_in_letter(plan.email), "Ja, neem contact met mij op")
    assert resident.reads(contact.user.name)
    partner.open(reverse("partners:match", args=[Match.objects.get().pk, "offer"]))
    assert partner.reads(plan.name)

    partner.open(button_in_letter(contact.user.email))
    partner.page.get_by_label("Ja, gelukt").check()
    partner.page.get_by_label("Wat leverde het op?").fill("Het feest was binnen.")
    partner.press("Versturen")
    for page in (plan.get_absolute_url(), contact.partner.get_absolute_url(), reverse("partners:start")):
        partner.open(page)
    resident.open(plan.get_absolute_url())
    assert resident.reads("Wijkpartners hielpen mee")


def test_an_initiator_offers_and_asks_and_the_pages_around_an_offer_pass_the_gates(visitor):
    contact = PartnerContactFactory(partner__name="Buurthuis de Brug")
    offer = ListingFactory(partner=contact.partner, contact=contact)
    plan = InitiativeFactory(accepted=True, published=True, buurt=None, wijk=contact.partner.wijken.get())
    need = ListingFactory(of_plan=True, initiative=plan, kind="money")
    asked = MatchFactory(offer=offer, need=need, willing=True)
    met = MatchFactory(need=need, in_contact=True)
    resident = arrive(visitor, plan.initiator, PHONE)

    resident.open(reverse("partners:own_help", args=[plan.reference]))
    resident.press("Ik bied iets aan")
    resident.press("Op de lijst zetten")
    assert resident.reads("Schrijf in één zin waar het om gaat")
    resident.page.get_by_label("spullen").check()
    resident.page.get_by_label("In één zin").fill("Partytent te leen")
    resident.page.get_by_label("Hoeveel?").fill("2")
    resident.press("Op de lijst zetten")
    assert resident.reads("Partytent te leen")
    resident.press("Ik zoek iets")
    resident.page.get_by_label("ruimte").check()
    resident.page.get_by_label("Voorwaarden").fill("Met een keuken.")
    resident.press("Op de lijst zetten")
    assert resident.reads("Met een keuken.")
    resident.press("Zeg hoeveel en wanneer : ruimte")
    resident.open(reverse("partners:own_match", args=[asked.pk]))
    resident.open(reverse("partners:own_result", args=[met.pk]))

    partner = arrive(visitor, contact.user, PHONE)
    partner.open(reverse("partners:new_listing", args=["vraag"]))
    partner.open(reverse("partners:change_listing", args=[offer.pk]))
    with_link = answer_url(asked, Side.OFFER, readers_of(offer)[0])
    partner.open(with_link)
    contact.ends_on = timezone.localdate() - timedelta(days=1)
    contact.save()
    partner.page.goto(with_link)
    partner.gate.check()
    assert partner.reads("U kunt hier niet meer op antwoorden")


def test_from_an_invitation_to_leaving(visitor, mailoutbox):
    organisation = OrganisationFactory(name="Buurthuis de Brug")
    colleague = PartnerContactFactory(partner=organisation)
    coordinator = arrive(visitor, CoordinatorFactory(wijk=organisation.wijken.get()), PHONE)

    coordinator.open(reverse("admin:partners_partner_change", args=[organisation.pk]))
    coordinator.press("Contactpersoon uitnodigen")
    coordinator.press("Uitnodigen")
    coordinator.page.get_by_label("Naam").fill("Noor Visser")
    coordinator.page.get_by_label("E-mailadres").fill("noor@buurthuis.example")
    coordinator.press("Uitnodigen")
    assert coordinator.reads("De uitnodiging gaat naar noor@buurthuis.example.")

    invited = visitor(PHONE)
    invited.open(button_in_letter("noor@buurthuis.example"))
    invited.press("Ja, ik doe mee")
    assert invited.reads("Welkom, u doet mee")

    noor = PartnerContact.objects.get(user__email="noor@buurthuis.example")
    ListingFactory(partner=organisation, contact=noor, title="Zaal te leen", published=True)
    partner = visitor(PHONE)
    sign_in_by_code(partner, noor.user, mailoutbox, to=reverse("partners:start"))
    partner.press("Uw organisatie en collega’s")
    partner.press("Stoppen als contactpersoon van Buurthuis de Brug")
    partner.page.get_by_label("Wie neemt over wat nog open staat?").select_option(str(colleague.pk))
    partner.press("Stoppen en overdragen")

    noor.refresh_from_db()
    assert (noor.ends_on, noor.handed_over_to) == (timezone.localdate(), colleague)
    for page in ("partners:listings", "partners:directory", "partners:public_listings", "partners:colleagues"):
        partner.open(reverse(page))


def test_the_coordinator_calls_who_has_no_e_mail_and_writes_the_answer_down(visitor):
    plan = InitiativeFactory(
        accepted=True,
        published=True,
        title="Bankje bij de vijver",
        email="",
        initiator=None,
        phone="0612345678",
        help_wanted=["place"],
    )
    coordinator = arrive(lambda size: visitor(size, javascript=False), CoordinatorFactory(wijk=plan.wijk), PHONE)

    coordinator.open(reverse("partners:ask_aloud", args=[plan.reference]))
    coordinator.press("Antwoord vastleggen")
    assert coordinator.reads("Kies ja of nee bij de vraag die u besprak")
    coordinator.page.get_by_label("Ja", exact=True).check()
    coordinator.press("Antwoord vastleggen")

    assert coordinator.reads("Het antwoord is vastgelegd.")
    met = MatchFactory(need=Listing.objects.get(initiative=plan), in_contact=True)
    coordinator.open(reverse("partners:result_aloud", args=[plan.reference, met.pk]))
    coordinator.open(reverse("partners:take_out", args=["aanbod", met.offer_id]))
    coordinator.open(reverse("partners:ask_aloud", args=[plan.reference]))
    assert coordinator.reads("De indiener wil hulp van wijkpartners, sinds")
