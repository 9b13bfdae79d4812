"""The agenda and the letter of a wijk, past the gates: with a script on a desk, and without one on a phone."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from partners.enums.agenda import Visibility
from partners.models import AgendaItem
from partners.workflow import newsletter as workflow
from shared.notifications.models import OutboxMessage, Subscription
from tests.browser.conftest import DESK, PHONE
from tests.browser.test_staff_pages import arrive
from tests.factories.accounts import CoordinatorFactory
from tests.factories.agenda import AgendaItemFactory
from tests.factories.initiatives import InitiativeFactory
from tests.factories.partners import OrganisationFactory, PartnerContactFactory
from tests.factories.themes import ThemeFactory
from tests.factories.wijken import WijkFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def wijk():
    return WijkFactory(short_name="Centrum")


def link(message, start):
    """The address in a letter that begins so, without the portal's own name."""
    return re.search(rf"(?<=//)[^/\s]+({re.escape(start)}[^\s>)]+)", message.text)[1]


@pytest.mark.parametrize(("size", "scripts"), [(DESK, True), (PHONE, False)], ids=["desk", "phone without script"])
def test_looking_at_the_agenda_as_a_list_and_as_a_month_and_narrowing_it(visitor, wijk, size, scripts):
    ThemeFactory(green=True)
    today = AgendaItemFactory(
        wijken=[wijk], title="Koffie", weekly=True, starts_at=timezone.now() + timedelta(hours=1), ends_at=None
    )
    AgendaItemFactory(title="Elders")
    AgendaItemFactory(wijken=[wijk], title="Afgezegd", cancelled=True)
    InitiativeFactory(wijk=wijk, accepted=True, published=True, planned_on=timezone.localdate() + timedelta(days=9))
    person = visitor(size, javascript=scripts)

    person.open(reverse("partners:agenda"))
    person.page.get_by_label("Wijk", exact=True).select_option("Centrum")
    person.press("Toon agenda")
    assert person.reads("Koffie")
    assert not person.reads("Elders")
    person.press("Maand")
    assert person.reads("Koffie")
    person.page.locator(".portal-month-nav a").last.focus()
    with person.page.expect_navigation():
        person.page.keyboard.press("Enter")
    person.gate.check()
    person.open(today.get_absolute_url())
    person.page.get_by_text("Zet in mijn agenda").click()
    person.gate.check()
    person.open(reverse("partners:about_feeds"))


@pytest.mark.parametrize(("size", "scripts"), [(PHONE, True), (DESK, False)], ids=["phone", "desk without script"])
def test_signing_up_confirming_reading_and_leaving_the_letter_of_a_wijk(visitor, wijk, size, scripts):
    InitiativeFactory(wijk=wijk, accepted=True, published=True, public_title="Moestuin", submitted_at=timezone.now())
    person = visitor(size, javascript=scripts)

    person.open(reverse("wijk", args=[wijk.slug]))
    person.press("Krijg de wijkbrief")
    person.press("Aanmelden")
    assert person.reads("Vul uw e-mailadres in")
    person.page.get_by_label("Uw e-mailadres").fill("anna@voorbeeld.example")
    person.press("Aanmelden")
    assert person.reads("Kijk in uw e-mail")

    person.open(link(OutboxMessage.objects.get(), "/wijken/"))
    person.press("Ja, stuur mij de wijkbrief")
    reader = Subscription.objects.get()
    assert reader.is_active

    # The day before: who confirms while a letter leaves gets the next one.
    Subscription.objects.update(confirmed_at=timezone.now() - timedelta(days=1))
    letter = workflow.send_letter(workflow.open_letter(wijk, "weekly"), by=CoordinatorFactory(wijk=wijk))
    workflow.hand_over(letter)
    message = OutboxMessage.objects.get(key__startswith="newsletter:")
    person.open(letter.get_absolute_url())
    assert person.reads("Moestuin")
    person.open(link(message, "/wijkbrief/hoe-vaak/"))
    person.page.get_by_label("Eén keer per maand").check()
    person.press("Bewaren")
    person.open(link(message, "/berichten/afmelden/"))
    person.press("Afmelden")
    reader.refresh_from_db()
    assert not reader.is_active


def test_a_partner_puts_something_in_the_agenda_changes_it_and_calls_it_off(visitor, wijk):
    contact = PartnerContactFactory(partner=OrganisationFactory(name="De Spil", wijken=[wijk]))
    AgendaItemFactory(wijken=[wijk], title="Overleg", visibility=Visibility.PARTNERS)
    person = arrive(visitor, contact.user, PHONE)

    person.open(reverse("partners:own_agenda"))
    assert person.reads("Overleg")
    person.press("Zet iets in de agenda")
    person.press("Zet in de agenda")
    assert person.reads("Beantwoord de vraag “Hoe heet het?”")
    tomorrow = timezone.localdate() + timedelta(days=1)
    page = person.page
    page.get_by_label("Hoe heet het?").fill("Soep eten")
    for label, value in (("Dag", tomorrow.day), ("Maand", tomorrow.month), ("Jaar", tomorrow.year)):
        page.get_by_label(label, exact=True).first.fill(str(value))
    page.get_by_label("Van", exact=True).fill("12.00")
    page.get_by_label("Waar?").fill("Buurthuis")
    person.press("Zet in de agenda")
    assert person.reads("Het staat in de agenda.")

    person.press("Wijzigen")
    page.get_by_label("Waar?").fill("Kerk")
    person.press("Wijziging bewaren")
    person.press("Afzeggen")
    page.get_by_label("Waarom gaat het niet door?").fill("De kok is ziek.")
    person.press("Afzeggen")

    item = AgendaItem.objects.get(title="Soep eten")
    assert (item.place, item.is_cancelled, item.partner) == ("Kerk", True, contact.partner)
    person.open(reverse("partners:own_agenda_month"))
    person.open(reverse("partners:own_feed"))
    person.press("Maak mijn adres")
    person.open(reverse("own_wijk", args=[wijk.slug]))
    person.open(reverse("partners:start"))
