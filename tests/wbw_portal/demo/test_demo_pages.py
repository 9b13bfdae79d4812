"""The page where a newcomer becomes anybody, and the mailbox; neither exists outside the demonstration."""

import re

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.urls import NoReverseMatch, reverse

from shared.notifications import compose, outbox
from shared.notifications.models import OutboxMessage
from tests.factories.accounts import (
    AmbassadorFactory,
    CoordinatorFactory,
    CouncilStaffFactory,
    ManagerFactory,
    UserFactory,
)
from wbw_portal.demo import mailbox

pytestmark = pytest.mark.django_db
with_demo = pytest.mark.urls("tests.wbw_portal.demo.portal_with_demo")

START, POST = "/demo/", "/demo/post/"


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def become(client: Client, person) -> str:
    return client.post(f"{START}inloggen/{person.pk}/").url


@pytest.mark.parametrize("address", [START, POST, "/demo/inloggen/1/"])
def test_outside_the_demonstration_these_pages_do_not_exist(client, address):
    assert client.get(address).status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("demo:start")


def test_outside_the_demonstration_the_app_is_not_installed_and_mail_is_mail(settings):
    assert "wbw_portal.demo" not in settings.INSTALLED_APPS
    assert "mailbox" not in settings.EMAIL_BACKEND


@with_demo
def test_everybody_is_on_the_page_with_their_role_in_words(client):
    coordinator = CoordinatorFactory(email="cor@demo.example", name="Cor")
    AmbassadorFactory(email="ad@demo.example", name="Ad")
    UserFactory(email="anna@demo.example", name="Anna")
    UserFactory(email="echt@voorbeeld.nl", name="Een echt mens")

    html = client.get(START).content.decode()

    assert str(coordinator.role_assignments.get().in_words) in html
    assert ("Inloggen als Cor" in html, "Inloggen als Ad" in html, "Inloggen als Anna" in html) == (True, True, True)
    assert "Een echt mens" not in html


@with_demo
@pytest.mark.parametrize(
    ("make", "start"),
    [
        (CoordinatorFactory, "/beheer/"),
        (ManagerFactory, "/beheer/"),
        (CouncilStaffFactory, "/rapportages/"),
        (UserFactory, "/mijn/"),
    ],
)
def test_one_click_opens_the_pages_of_the_role(client, make, start):
    assert become(client, make(email="x@demo.example")) == start
    assert client.get(start).status_code == 200


@with_demo
def test_becoming_somebody_else_leaves_nothing_of_the_first(client):
    become(client, ManagerFactory(email="mia@demo.example"))
    become(client, UserFactory(email="anna@demo.example"))

    assert client.get("/beheer/", follow=True).status_code == 403


@with_demo
def test_it_takes_a_button_and_an_invented_person(client):
    assert client.get(f"{START}inloggen/{UserFactory(email='a@demo.example').pk}/").status_code == 405
    assert client.post(f"{START}inloggen/{UserFactory(email='echt@voorbeeld.nl').pk}/").status_code == 404


def send(to: str, subject: str) -> str:
    letter = compose.compose("accounts/letters/unknown_address.txt", {"start": "http://testserver/initiatieven/"})
    message = EmailMultiAlternatives(subject, letter.text, to=[to])
    message.attach_alternative(letter.html, "text/html")
    mailbox.MailboxBackend().send_messages([message])
    return mailbox.newest()[0].key


@with_demo
def test_the_mailbox_shows_everybodys_mail_and_that_of_one(client):
    send("anna@demo.example", "Voor Anna")
    send("bob@demo.example", "Voor Bob")

    everything = client.get(POST).content.decode()
    assert everything.index("Voor Bob") < everything.index("Voor Anna")
    one = client.get(POST, {"aan": "anna@demo.example"}).content.decode()
    assert "Voor Anna" in one
    assert "Voor Bob" not in one


@with_demo
def test_a_message_has_links_to_click(client):
    key = send("anna@demo.example", "Voor Anna")

    html = client.get(f"{POST}{key}/").content.decode()

    assert '<a href="http://testserver/initiatieven/"' in html
    assert client.get(f"{POST}{'1' * 19}-{'0' * 32}/").status_code == 404


@with_demo
def test_the_formatted_message_may_use_its_own_style_and_nothing_else(client):
    key = send("anna@demo.example", "Voor Anna")

    response = client.get(f"{POST}{key}/opgemaakt/")

    policy = response.headers["Content-Security-Policy"]
    assert re.search(r"style-src 'self' 'sha256-[\w+/]+=*'", policy)
    assert "unsafe-inline" not in policy


@with_demo
def test_letters_on_paper_are_there_too(client):
    letter = compose.compose("accounts/letters/unknown_address.txt", {"start": "http://testserver/"})
    outbox.enqueue(letter, to=outbox.Recipient(name="Piet", postal_address="Dorpsstraat 1"), key="x", category="test")

    assert "Dorpsstraat 1" in client.get(POST).content.decode()
    assert "Was u dat niet?" in client.get(f"{POST}papier/{OutboxMessage.objects.get().pk}/").content.decode()
