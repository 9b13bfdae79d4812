"""Initiators without e-mail: the coordinator asks aloud and writes the answer down."""

import pytest
from django.urls import reverse
from django.utils import timezone

from partners.enums.offers import MatchStatus
from partners.models import HelpConsent, Listing, Match
from partners.workflow import needs
from shared.audit.models import Event
from shared.notifications.models import OutboxMessage
from shared.wijken.models import Wijk
from tests.factories.accounts import CoordinatorFactory
from tests.factories.initiatives import InitiativeFactory
from tests.factories.partners import HelpConsentFactory, MatchFactory, PartnerContactFactory
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db


def without_email(**values):
    """A plan on the website that was brought by phone."""
    return InitiativeFactory(
        accepted=True, published=True, email="", initiator=None, phone="0612345678", help_wanted=["place"], **values
    )


def test_the_coordinator_is_told_to_call_and_the_yes_puts_the_need_on_the_list(client):
    plan = without_email()
    coordinator = CoordinatorFactory(wijk=plan.wijk)
    sign_in(client, coordinator)
    address = reverse("partners:ask_aloud", args=[plan.reference])

    assert address in client.get(reverse("admin:index")).content.decode()
    assert address in client.get(reverse("admin:initiatives_initiative_change", args=[plan.pk])).content.decode()

    for _again in range(2):
        client.post(address, {"help": "yes", "channel": "phone"})

    said = Event.objects.get(action="partners.help_agreed")
    assert (said.actor_id, said.channel) == (coordinator.pk, "phone")
    assert Listing.objects.get().initiative == plan
    assert address not in client.get(reverse("admin:index")).content.decode()


def test_a_no_is_kept_and_a_later_yes_takes_its_place(client):
    plan = without_email()
    sign_in(client, CoordinatorFactory(wijk=plan.wijk))
    address = reverse("partners:ask_aloud", args=[plan.reference])

    client.post(address, {"help": "no", "channel": "desk"})
    declined = HelpConsent.objects.get().declined_at
    client.post(address, {"help": "yes", "channel": "phone"})

    assert declined is not None
    assert HelpConsent.objects.get().agreed_at is not None


def test_a_yes_at_the_phone_gives_the_partner_the_name(client):
    contact = PartnerContactFactory()
    plan = without_email(name="Anna Voorbeeld")
    HelpConsentFactory(initiative=plan)
    match = MatchFactory(willing=True, offer__partner=contact.partner, need__initiative=plan)
    sign_in(client, CoordinatorFactory(wijk=plan.wijk))

    client.post(reverse("partners:ask_aloud", args=[plan.reference]), {f"match_{match.pk}": "yes", "channel": "phone"})

    letter = OutboxMessage.objects.get(recipient_email=contact.user.email)
    assert Match.objects.get().status == MatchStatus.CONTACT
    assert "Anna Voorbeeld" in str(letter.blocks)
    assert Event.objects.get(action="partners.match_contact").channel == "phone"


def test_without_an_answer_it_says_what_to_do_and_keeps_nothing(client):
    plan = without_email()
    sign_in(client, CoordinatorFactory(wijk=plan.wijk))

    page = client.post(reverse("partners:ask_aloud", args=[plan.reference]), {"channel": "phone"}).content.decode()

    assert "Kies ja of nee bij de vraag die u besprak" in page
    assert not HelpConsent.objects.exists()


def test_a_colleague_of_another_wijk_and_a_partner_do_not_come_in(client):
    plan = without_email()
    address = reverse("partners:ask_aloud", args=[plan.reference])

    sign_in(client, CoordinatorFactory())
    other_wijk = client.post(address, {"help": "yes", "channel": "phone"})
    sign_in(client, PartnerContactFactory(partner__wijken=[plan.wijk]).user)
    partner = client.post(address, {"help": "yes", "channel": "phone"})

    assert (other_wijk.status_code, partner.status_code) == (404, 403)
    assert not HelpConsent.objects.exists()


def test_how_it_went_is_told_at_the_phone_and_both_pages_say_so(client):
    contact = PartnerContactFactory()
    plan = without_email(name="Anna Voorbeeld")
    HelpConsentFactory(initiative=plan)
    match = MatchFactory(in_contact=True, offer__partner=contact.partner, need__initiative=plan)
    Match.objects.update(result_asked_at=timezone.now())
    coordinator = CoordinatorFactory(wijk=plan.wijk)
    sign_in(client, coordinator)
    address = reverse("partners:result_aloud", args=[plan.reference, match.pk])
    ways = [reverse("admin:index"), reverse("partners:ask_aloud", args=[plan.reference])]

    found = [address in client.get(way).content.decode() for way in ways]
    empty = client.post(address, {"text": "Een volle zaal.", "channel": "phone"}).content.decode()
    for _again in range(2):
        client.post(address, {"succeeded": "yes", "text": "Een volle zaal.", "channel": "phone"})

    told = Event.objects.get(action="partners.match_result")
    match = Match.objects.get()
    assert found == [True, True]
    assert "Een volle zaal." in empty
    assert (match.status, match.result, match.result_by) == (MatchStatus.SUCCEEDED, "Een volle zaal.", "need")
    assert (told.actor_id, told.channel) == (coordinator.pk, "phone")
    assert OutboxMessage.objects.filter(recipient_email=contact.user.email).count() == 1
    assert [address in client.get(way).content.decode() for way in ways] == [False, False]


def test_a_result_is_written_down_for_the_own_wijk_and_the_plan_of_the_match(client):
    plan, other = without_email(), without_email()
    match = MatchFactory(in_contact=True, need__initiative=other)
    sign_in(client, CoordinatorFactory(wijk=plan.wijk))

    of_another_plan = client.post(reverse("partners:result_aloud", args=[plan.reference, match.pk]), {})
    of_another_wijk = client.post(reverse("partners:result_aloud", args=[other.reference, match.pk]), {})

    assert (of_another_plan.status_code, of_another_wijk.status_code) == (404, 404)


def test_a_plan_with_an_address_is_asked_by_e_mail_and_not_called():
    plan = InitiativeFactory(accepted=True, published=True, help_wanted=["place"])
    spoken = without_email(buurt=plan.buurt)

    assert needs.to_ask() == [plan]
    assert list(needs.to_call(Wijk.objects.filter(pk=plan.wijk_id))) == [spoken]
