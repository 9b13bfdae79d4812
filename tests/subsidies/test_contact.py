"""How the applicant is reached: changed by the applicant or a colleague, with a trail; a new address is confirmed."""

import re

import pytest
from django.urls import reverse

from shared.audit.models import Event
from shared.notifications.enums import Channel
from shared.notifications.models import OutboxMessage
from subsidies.letters.applicant import case_token
from subsidies.models import Application
from subsidies.workflow import review
from tests.factories.accounts import CoordinatorFactory, UserFactory
from tests.factories.subsidies import ApplicationFactory
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db

NEW = "nieuw@voorbeeld.example"


@pytest.fixture
def case():
    return ApplicationFactory(owned=True, email="anna@voorbeeld.example")


def given(case: Application, **changes: str) -> dict[str, str]:
    names = ("name", "postcode", "house_number", "street", "town", "email", "phone")
    return {name: getattr(case, name) for name in names} | {"by_email": "e-mail"} | changes


def change(client, case: Application, **changes: str):
    return client.post(
        reverse("subsidies:contact_by_link", args=[case_token(case)]), given(case, **changes), follow=True
    )


def link_in(message: OutboxMessage) -> str:
    return re.search(r"/subsidie/nieuw-adres/[^\s)]+", message.text)[0]


def test_a_name_and_address_change_at_once_with_old_and_new_and_a_message(client, case):
    page = change(client, case, name="Anna Bewoner-Vos", street="Dorpsstraat", house_number="3", phone="0612345678")

    case.refresh_from_db()
    assert (case.name, case.street, case.house_number, case.phone) == (
        "Anna Bewoner-Vos",
        "Dorpsstraat",
        "3",
        "+31612345678",
    )
    event = Event.objects.get(action="subsidies.contact_changed")
    assert (event.old["street"], event.new["street"]) == ("Kerkstraat", "Dorpsstraat")
    assert "Dorpsstraat" in OutboxMessage.objects.get(key__contains="contact_changed").text
    assert "Uw gegevens zijn bewaard" in page.text


def test_the_same_answers_again_change_nothing_and_write_to_nobody(client, case):
    change(client, case)

    assert not OutboxMessage.objects.exists()
    assert not Event.objects.filter(action="subsidies.contact_changed").exists()


def test_a_new_address_counts_only_when_who_reads_it_presses_the_button(client, case):
    change(client, case, email=NEW)
    asked = OutboxMessage.objects.get(recipient_email=NEW)
    client.get(link_in(asked))

    case.refresh_from_db()
    assert (case.email, case.email_pending) == ("anna@voorbeeld.example", NEW)
    before = case_token(case)

    answer = client.post(link_in(asked), follow=True)
    client.post(link_in(asked))

    case.refresh_from_db()
    assert (case.email, case.email_pending, case.applicant.email) == (NEW, "", NEW)
    assert "Uw nieuwe e-mailadres is bevestigd" in answer.text
    assert client.get(reverse("subsidies:case_by_link", args=[before])).status_code == 404
    left = OutboxMessage.objects.get(key__contains="email_left")
    assert left.recipient_email == "anna@voorbeeld.example"
    assert "/subsidie/inzien/" not in left.text
    assert Event.objects.filter(action="subsidies.email_changed").count() == 1
    review.reply(case, text="Dag Anna.", message=None, by=case.owner, version=None)
    assert OutboxMessage.objects.order_by("-pk").first().recipient_email == NEW


def test_a_later_choice_takes_the_place_of_an_earlier_one(client, case):
    change(client, case, email=NEW)
    first = link_in(OutboxMessage.objects.get(recipient_email=NEW))
    change(client, case, email="anders@voorbeeld.example")

    answer = client.post(first)

    assert "Deze link geldt niet meer" in answer.text
    change(client, case)
    case.refresh_from_db()
    assert (case.email, case.email_pending) == ("anna@voorbeeld.example", "")


def test_without_an_address_letters_go_on_paper_and_the_street_is_asked(client, case):
    refused = change(client, case, email="", street="")
    change(client, case, email="")

    assert "Vul uw straat in" in refused.text
    case.refresh_from_db()
    assert case.email == ""
    last = OutboxMessage.objects.get(key__contains="address_dropped")
    assert (last.channel, last.recipient_email) == (Channel.EMAIL, "anna@voorbeeld.example")
    review.reply(case, text="Dag Anna.", message=None, by=case.owner, version=None)
    assert OutboxMessage.objects.order_by("-pk").first().channel == Channel.PRINT


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "Vul uw naam in"),
        ({"postcode": "33"}, "Vul een postcode in"),
        ({"email": "anna"}, "Vul een e-mailadres in"),
        ({"phone": "abc"}, "Vul een telefoonnummer in"),
        ({"name": "a" * 200}, "120"),
    ],
)
def test_a_wrong_answer_says_what_to_do(client, case, wrong, said):
    assert said in change(client, case, **wrong).text
    assert not OutboxMessage.objects.exists()


def test_nobody_changes_the_case_of_somebody_else(client, case):
    sign_in(client, UserFactory())

    assert client.post(reverse("subsidies:contact", args=[case.reference]), given(case, name="X")).status_code == 404
    sign_in(client, case.applicant)
    assert client.get(reverse("subsidies:contact", args=[case.reference])).status_code == 200


def test_a_colleague_changes_it_for_who_calls_and_only_in_the_own_wijk(client, case):
    step = reverse("admin:subsidies_application_step", args=[case.pk, "gegevens"])
    sign_in(client, CoordinatorFactory())
    assert client.get(step).status_code == 404
    by = sign_in(client, CoordinatorFactory(wijk=case.wijk))
    answers = {**given(case, name="Anna Vos", email=NEW), "version": case.version}

    shown = client.post(step, {**answers, "_preview": "1"})
    client.post(step, {**answers, "_send": "1", "seen": shown.context["letters"].fingerprint})

    case.refresh_from_db()
    assert (case.name, case.email, case.email_pending) == ("Anna Vos", "anna@voorbeeld.example", NEW)
    assert Event.objects.get(action="subsidies.contact_changed").actor_id == by.pk
    assert OutboxMessage.objects.filter(recipient_email=NEW).count() == 1


class TestTheAddressOfALink:
    """Opening a link does nothing; a button on the page confirms the address."""

    @pytest.fixture
    def fresh(self):
        return ApplicationFactory(applicant=None, email="anna@voorbeeld.example")

    def test_a_mail_filter_that_opens_the_link_confirms_nothing(self, client, fresh):
        page = client.get(reverse("subsidies:case_by_link", args=[case_token(fresh)]))

        assert "Ja, dit is mijn e-mailadres" in page.text
        fresh.refresh_from_db()
        assert fresh.applicant is None

    def test_the_button_confirms_once_and_is_gone(self, client, fresh):
        address = reverse("subsidies:case_confirm", args=[case_token(fresh)])

        page = client.post(address, follow=True)
        client.post(address)

        fresh.refresh_from_db()
        assert fresh.applicant.email == "anna@voorbeeld.example"
        assert "Ja, dit is mijn e-mailadres" not in page.text
        assert Event.objects.filter(action="subsidies.address_confirmed").count() == 1
        assert client.get(address).status_code == 405

    def test_who_writes_by_the_link_confirms_it_as_well(self, client, fresh):
        client.post(
            reverse("subsidies:case_message_by_link", args=[case_token(fresh), "vraag"]), {"text": "Hoe gaat het?"}
        )

        fresh.refresh_from_db()
        assert fresh.applicant is not None
