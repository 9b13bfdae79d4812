"""A message goes by e-mail only to who said to be reached so, and that can be taken back (Awb articles 2:8 and 2:9)."""

import pytest
from django.urls import reverse

from shared.audit.models import Event
from shared.notifications.enums import Channel
from shared.notifications.models import OutboxMessage
from shared.terms.calendar import today
from subsidies.findings import Level, findings
from subsidies.letters.applicant import case_token
from subsidies.models import Application
from subsidies.workflow import case as steps
from subsidies.workflow.after import evaluation
from tests.factories.accounts import CoordinatorFactory
from tests.factories.subsidies import ApplicationFactory, SchemeVersionFactory
from tests.factories.wijken import BuurtFactory
from tests.sign_in import sign_in
from tests.subsidies.typed import fill_in, send

pytestmark = pytest.mark.django_db

ANNA = "anna@voorbeeld.example"


@pytest.fixture
def version():
    BuurtFactory(name="Dorp")
    return SchemeVersionFactory()


def receipt() -> OutboxMessage:
    return OutboxMessage.objects.get(key__startswith="subsidies.receipt")


@pytest.mark.parametrize(
    ("way", "channel", "shown"),
    [("e-mail", Channel.EMAIL, "Berichten gaan per e-mail"), ("post", Channel.PRINT, "Berichten gaan op papier")],
)
def test_the_receipt_goes_the_way_that_was_chosen_and_the_page_says_which(client, version, way, channel, shown):
    fill_in(client, version, by_email=way, street="Kerkstraat")
    send(client, version)
    case = Application.objects.get()

    page = client.get(reverse("subsidies:case_by_link", args=[case_token(case)])).text

    assert case.email == ANNA
    assert receipt().channel == channel
    assert shown in page


def test_paper_has_an_address_and_no_link(client, version):
    fill_in(client, version, by_email="post", street="Kerkstraat")
    send(client, version)

    assert "Kerkstraat 12" in receipt().recipient_address
    assert "/subsidie/aanvraag/" not in receipt().text


@pytest.mark.parametrize(
    ("given", "question", "problem"),
    [
        ({"by_email": ""}, "by_email", "Kies hoe u onze berichten wilt krijgen"),
        ({"by_email": "e-mail", "email": "", "phone": "0612345678"}, "email", "Vul uw e-mailadres in, of kies"),
        ({"by_email": "post"}, "street", "Vul uw straat in. Daarheen sturen wij u brieven"),
    ],
)
def test_the_form_asks_for_a_way_that_works(client, version, given, question, problem):
    errors = fill_in(client, version, **given).context["form"].errors

    assert problem in errors[question][0]


def test_who_did_not_say_so_gets_paper(client, version):
    fill_in(client, version, button="as_it_is", by_email="", street="Kerkstraat")
    send(client, version, as_it_is=True)

    assert receipt().channel == Channel.PRINT


def change(client, case: Application, way: str):
    names = ("name", "postcode", "house_number", "street", "town", "email", "phone")
    answers = {name: getattr(case, name) for name in names} | {"by_email": way}
    return client.post(reverse("subsidies:contact_by_link", args=[case_token(case)]), answers)


def test_consent_is_taken_back_and_given_again_on_the_page_of_the_case(client):
    case = ApplicationFactory(owned=True, email=ANNA)

    change(client, case, "post")

    case.refresh_from_db()
    told = OutboxMessage.objects.order_by("pk")
    assert (case.email, case.by_email) == (ANNA, False)
    # The address hears of it once more: whoever did not ask for this can call.
    assert [(each.channel, each.recipient_email) for each in told] == [(Channel.EMAIL, ANNA), (Channel.PRINT, "")]
    assert all("Op papier, met de post" in each.text for each in told)
    event = Event.objects.get(action="subsidies.contact_changed")
    assert (event.old["by_email"], event.new["by_email"]) == (True, False)

    change(client, case, "e-mail")

    case.refresh_from_db()
    assert OutboxMessage.objects.latest("pk").channel == Channel.EMAIL


def test_a_decision_on_paper_is_sent_a_working_day_later():
    asks, post = ApplicationFactory(email=ANNA), ApplicationFactory(by_email=False)

    assert steps.notified_on(asks, today()) == today()
    assert steps.notified_on(post, today()) > today()


def test_nobody_asks_for_a_mark_on_paper():
    assert not evaluation.ask(ApplicationFactory(by_email=False))


def test_what_is_kept_private_is_for_the_reviewer_to_weigh(client, version):
    no_day = dict.fromkeys(("starts_on_0", "starts_on_1", "starts_on_2"), "")
    fill_in(client, version, button="as_it_is", withheld="De dag, om veiligheid.", **no_day)
    send(client, version, as_it_is=True)
    case = Application.objects.get()

    found = {each.subject: each for each in findings(case, today())}
    sign_in(client, CoordinatorFactory(wijk=case.wijk))
    page = client.get(reverse("admin:subsidies_application_change", args=[case.pk])).text

    assert found["Niet verteld"].level is Level.QUESTION
    assert "De dag, om veiligheid" in found["Niet verteld"].text
    assert "De dag, om veiligheid." in page
