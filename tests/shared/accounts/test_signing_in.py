"""Signing in by e-mailed code: for everybody, without a word about who is known here."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import escape

from shared.accounts.models import User
from shared.notifications.models import OutboxMessage
from tests.factories.accounts import CoordinatorFactory, CouncilStaffFactory, ManagerFactory, UserFactory

pytestmark = pytest.mark.django_db

SIGN_IN, CODE = "/inloggen/", "/inloggen/code/"


def ask_code(client: Client, email: str, **query: str):
    return client.post(SIGN_IN, {"email": email, **query}, follow=True)


def mailed_code() -> str:
    """The code of the newest mail; once that has left, the outbox has forgotten it."""
    text = OutboxMessage.objects.latest("pk").text or mail.outbox[-1].body
    return re.search(r"\d{4}-\d{4}", text).group()


def sign_in_by_code(client: Client, email: str, **query: str):
    ask_code(client, email, **query)
    return client.post(CODE, {"code": mailed_code(), "action": "verify", **query})


def signed_in(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def without_address(html: str, email: str) -> str:
    """The page as it reads without what differs between two visits anyway."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", html.replace(escape(email), "…"))


def test_a_resident_signs_in_with_the_code_from_the_mail(client):
    resident = UserFactory(email="anna@voorbeeld.nl")

    response = sign_in_by_code(client, "Anna@Voorbeeld.nl")

    assert (response.status_code, response.url) == (302, "/mijn/")
    assert signed_in(client) == str(resident.pk)


def test_the_code_may_be_typed_without_its_dash(client):
    UserFactory(email="anna@voorbeeld.nl")
    ask_code(client, "anna@voorbeeld.nl")

    client.post(CODE, {"code": mailed_code().replace("-", " "), "action": "verify"})

    assert signed_in(client)


def test_the_mail_with_the_code_is_a_secret_that_staff_never_read(client):
    UserFactory(email="anna@voorbeeld.nl")
    ask_code(client, "anna@voorbeeld.nl")

    message = OutboxMessage.objects.get()
    assert message.secret
    assert message.subject == "Uw code om in te loggen"
    assert not re.search(r"\d", message.subject)


def test_an_unknown_address_sees_the_same_page_and_gets_a_mail_that_says_so(client):
    UserFactory(email="bekend@voorbeeld.nl")
    known = ask_code(Client(), "bekend@voorbeeld.nl")

    unknown = ask_code(client, "onbekend@voorbeeld.nl")

    assert unknown.redirect_chain == known.redirect_chain == [(CODE, 302)]
    assert without_address(unknown.content.decode(), "onbekend@voorbeeld.nl") == without_address(
        known.content.decode(), "bekend@voorbeeld.nl"
    )
    message = OutboxMessage.objects.latest("pk")
    assert message.recipient_email == "onbekend@voorbeeld.nl"
    assert message.subject == "Er staat nog niets op dit e-mailadres"
    assert not User.objects.filter(email="onbekend@voorbeeld.nl").exists()


def test_a_wrong_code_says_the_same_for_a_known_and_an_unknown_address(client):
    UserFactory(email="bekend@voorbeeld.nl")
    pages = []
    for visitor, email in ((Client(), "bekend@voorbeeld.nl"), (client, "onbekend@voorbeeld.nl")):
        ask_code(visitor, email)
        page = visitor.post(CODE, {"code": "0000-0000", "action": "verify"})
        pages.append(without_address(page.content.decode(), email))

    assert pages[0] == pages[1]
    assert "Deze code klopt niet" in pages[0]


def test_three_wrong_codes_end_the_attempt_and_the_right_code_with_it(client):
    UserFactory(email="anna@voorbeeld.nl")
    ask_code(client, "anna@voorbeeld.nl")
    right = mailed_code()

    for _attempt in range(3):
        response = client.post(CODE, {"code": "0000-0000", "action": "verify"})
    assert response.url == SIGN_IN
    client.post(CODE, {"code": right, "action": "verify"})

    assert signed_in(client) is None


def test_a_code_works_once(client):
    UserFactory(email="anna@voorbeeld.nl")
    sign_in_by_code(client, "anna@voorbeeld.nl")
    code = mailed_code()

    other = Client()
    ask_code(other, "anna@voorbeeld.nl")
    other.post(CODE, {"code": code, "action": "verify"})

    assert signed_in(other) is None


def test_a_code_is_over_after_a_quarter_of_an_hour(client, time_machine):
    UserFactory(email="anna@voorbeeld.nl")
    ask_code(client, "anna@voorbeeld.nl")

    time_machine.move_to(timezone.now() + timedelta(minutes=15, seconds=1))
    client.post(CODE, {"code": mailed_code(), "action": "verify"})

    assert signed_in(client) is None


def test_asking_codes_for_one_address_stops_after_three_in_a_minute_from_wherever(client):
    UserFactory(email="anna@voorbeeld.nl")
    for number in range(3):
        Client(REMOTE_ADDR=f"192.0.2.{number}").post(SIGN_IN, {"email": "anna@voorbeeld.nl"})

    refused = client.post(SIGN_IN, {"email": "ANNA@voorbeeld.nl"})

    assert "te vaak geprobeerd" in refused.content.decode()
    assert OutboxMessage.objects.count() == 3


def test_asking_codes_from_one_place_stops_after_twenty_in_a_minute():
    for number in range(20):
        Client().post(SIGN_IN, {"email": f"iemand{number}@voorbeeld.nl"})

    refused = Client().post(SIGN_IN, {"email": "nog-iemand@voorbeeld.nl"})

    assert "te vaak geprobeerd" in refused.content.decode()
    assert OutboxMessage.objects.count() == 20


def test_signing_in_works_while_redis_is_away(client, settings):
    settings.CACHES = settings.CACHES | {
        "default": settings.CACHES["default"] | {"LOCATION": "unix:///nowhere/redis.sock?db=1"}
    }
    cache.close()
    UserFactory(email="anna@voorbeeld.nl")

    sign_in_by_code(client, "anna@voorbeeld.nl")

    assert signed_in(client)


def test_an_empty_address_is_asked_for_in_words(client):
    page = client.post(SIGN_IN, {"email": ""}).content.decode()

    assert "Vul uw e-mailadres in" in page


def test_a_closed_account_looks_like_an_unknown_one(client):
    UserFactory(email="weg@voorbeeld.nl", closed=True)
    ask_code(client, "weg@voorbeeld.nl")

    assert OutboxMessage.objects.get().subject == "Er staat nog niets op dit e-mailadres"


@pytest.mark.parametrize(("make", "start"), [(UserFactory, "/mijn/"), (CouncilStaffFactory, "/rapportages/")])
def test_everybody_starts_where_their_work_is(client, make, start):
    assert sign_in_by_code(client, make().email).url == start


def test_one_returns_to_where_one_was(client):
    UserFactory(email="anna@voorbeeld.nl")

    assert sign_in_by_code(client, "anna@voorbeeld.nl", next="/mijn/berichten/").url == "/mijn/berichten/"


def test_nobody_is_sent_to_another_site(client):
    UserFactory(email="anna@voorbeeld.nl")

    assert sign_in_by_code(client, "anna@voorbeeld.nl", next="https://kwaad.example/").url == "/mijn/"


@pytest.mark.parametrize("make", [CoordinatorFactory, ManagerFactory])
def test_staff_without_a_second_factor_are_sent_to_set_it_up_first(client, make):
    response = sign_in_by_code(client, make().email)
    assert response.url == "/beheer/"

    there = client.get("/beheer/", follow=True)
    assert there.redirect_chain[-1][0].startswith("/inloggen/tweede-controle/?next=")
    assert "App toevoegen" in there.content.decode()


@pytest.mark.parametrize(
    "name",
    [
        "account_change_password",
        "account_set_password",
        "account_reset_password",
        "account_email",
        "account_email_verification_sent",
        "openid_connect_login",
        "socialaccount_connections",
        "mfa_signup_webauthn",
        "admin:password_change",
    ],
)
def test_what_is_not_used_has_no_address(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_there_is_no_page_to_sign_up():
    assert reverse("account_signup") == SIGN_IN
    assert "password" not in Client().get(SIGN_IN).content.decode()


def test_signing_out_takes_a_button(client):
    client.force_login(UserFactory())

    assert "Wilt u uitloggen?" in client.get("/inloggen/uitloggen/").content.decode()
    assert signed_in(client)
    client.post("/inloggen/uitloggen/")
    assert signed_in(client) is None
