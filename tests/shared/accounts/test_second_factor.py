"""Staff pages and the admin open with a second factor only."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    generate_totp_secret,
)
from django.core.management import call_command
from django.test import Client

from shared.accounts.models import RoleAssignment
from shared.audit.models import Event
from shared.notifications.models import OutboxMessage
from tests.factories.accounts import (
    AmbassadorFactory,
    CoordinatorFactory,
    CouncilStaffFactory,
    FinanceFactory,
    ManagerFactory,
    PartnerFactory,
    UserFactory,
)
from tests.shared.accounts.test_signing_in import ask_code, mailed_code, signed_in
from tests.sign_in import code_of, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.shared.accounts.staff_pages")]

SET_UP, AGAIN, CHECK = (
    "/inloggen/tweede-controle/",
    "/inloggen/tweede-controle/opnieuw/",
    "/inloggen/tweede-controle/code/",
)


def with_app(user):
    """Somebody with an app, and its secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return user, secret


@pytest.mark.parametrize(
    ("make", "allowed"),
    [
        (CoordinatorFactory, True),
        (ManagerFactory, True),
        (PartnerFactory, False),
        (FinanceFactory, False),
        (AmbassadorFactory, False),
        (CouncilStaffFactory, False),
        (UserFactory, False),
    ],
)
def test_a_staff_page_opens_for_its_roles(client, make, allowed):
    sign_in(client, make())

    assert client.get("/werk/").status_code == (200 if allowed else 403)


@pytest.mark.parametrize("make", [CoordinatorFactory, ManagerFactory, CouncilStaffFactory, PartnerFactory])
def test_a_staff_page_without_named_roles_opens_for_all_staff(client, make):
    sign_in(client, make())

    assert client.get("/werk/iedereen/").status_code == 200


def test_a_role_that_ended_closes_the_page_in_the_same_session(client):
    sign_in(client, CoordinatorFactory())
    assert client.get("/werk/").status_code == 200

    RoleAssignment.objects.update(ends_on="2020-01-01", starts_on="2019-01-01")

    assert client.get("/werk/").status_code == 403


def test_without_a_second_factor_the_page_leads_to_setting_one_up(client):
    sign_in(client, CoordinatorFactory(), second_factor=False)

    assert client.get("/werk/?a=1").url == f"{SET_UP}?next=%2Fwerk%2F%3Fa%3D1"


def test_who_has_one_but_did_not_use_it_now_is_asked_for_it(client):
    user, _secret = with_app(CoordinatorFactory())
    sign_in(client, user, second_factor=False)

    assert client.get("/werk/").url == f"{AGAIN}?next=%2Fwerk%2F"


def test_a_form_sent_without_a_second_factor_is_kept(client):
    sign_in(client, CoordinatorFactory(), second_factor=False)

    client.post("/werk/", {"note": "Buurman belde terug"})

    assert "Buurman belde terug" in client.get("/inloggen/verder/").content.decode()


@pytest.mark.parametrize(
    ("make", "status"),
    [
        (ManagerFactory, 200),
        (CoordinatorFactory, 200),
        (AmbassadorFactory, 200),
        (FinanceFactory, 200),
        (CouncilStaffFactory, 403),
        (PartnerFactory, 403),
        (UserFactory, 403),
    ],
)
def test_the_admin_opens_for_who_has_work_there(client, make, status):
    sign_in(client, make())

    assert client.get("/beheer/", follow=True).status_code == status


def test_the_admin_asks_a_stranger_to_sign_in_and_comes_back(client):
    assert client.get("/beheer/accounts/user/").url == "/inloggen/?next=%2Fbeheer%2Faccounts%2Fuser%2F"


def test_the_admin_stays_closed_without_a_second_factor_in_this_session(client):
    user, _secret = with_app(ManagerFactory())
    sign_in(client, user, second_factor=False)

    page = client.get("/beheer/accounts/user/", follow=True)

    assert page.redirect_chain[-1] == (f"{AGAIN}?next=%2Fbeheer%2Faccounts%2Fuser%2F", 302)


def test_the_second_factor_of_another_person_in_the_same_browser_does_not_count(client):
    sign_in(client, ManagerFactory())
    client.force_login(ManagerFactory())

    assert client.get("/beheer/").status_code == 302


def test_the_admin_never_sends_on_to_another_site(client):
    sign_in(client, ManagerFactory())

    assert client.get("/beheer/login/?next=https://kwaad.example/").url == "/beheer/"


def test_leaving_the_admin_takes_a_button(client):
    sign_in(client, ManagerFactory())

    client.get("/beheer/logout/")
    assert signed_in(client)
    assert client.post("/beheer/logout/").url == "/"
    assert signed_in(client) is None


@pytest.mark.django_db(transaction=True)
def test_a_coordinator_sets_up_an_app_and_goes_on_to_the_page_they_wanted(client):
    user = sign_in(client, CoordinatorFactory(), second_factor=False)
    client.get("/werk/")
    page = client.get(f"{SET_UP}app/")
    html = page.content.decode()
    assert '"><svg width=' in html
    assert "data:image" not in html
    assert "<?xml" not in html

    done = client.post(f"{SET_UP}app/", {"code": code_of(page.context["form"].secret)}, follow=True)

    assert done.redirect_chain == [(f"{SET_UP}herstelcodes/", 302)]
    assert client.get("/inloggen/daarna/").url == "/werk/"
    assert client.get("/werk/").status_code == 200
    assert Event.objects.about(user).filter(action="accounts.second_factor_added").exists()
    assert OutboxMessage.objects.get().subject == "Er is iets veranderd aan hoe u inlogt"


def test_the_secret_of_an_app_is_not_readable_in_the_database():
    user, secret = with_app(CoordinatorFactory())

    stored = Authenticator.objects.get(user=user)

    assert secret not in str(stored.data)
    assert stored.wrap().validate_code(code_of(secret))


def test_secrets_survive_a_new_key_of_the_portal(settings):
    user, secret = with_app(CoordinatorFactory())

    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "een nieuwe sleutel" * 5

    assert Authenticator.objects.get(user=user).wrap().validate_code(code_of(secret))


def test_the_old_key_can_be_dropped_once_the_secrets_are_renewed(settings):
    user, secret = with_app(CoordinatorFactory())
    old, settings.SECRET_KEY = settings.SECRET_KEY, "een nieuwe sleutel" * 5
    settings.SECRET_KEY_FALLBACKS = [old]

    call_command("renew_second_factors", stdout=StringIO())
    settings.SECRET_KEY_FALLBACKS = []

    assert Authenticator.objects.get(user=user).wrap().validate_code(code_of(secret))


def sign_in_up_to_the_second_factor(client, user):
    ask_code(client, user.email, next="/werk/")
    return client.post("/inloggen/code/", {"code": mailed_code(), "action": "verify", "next": "/werk/"})


def test_signing_in_with_code_and_app_opens_the_page_that_was_asked_for(client):
    user, secret = with_app(CoordinatorFactory())
    assert sign_in_up_to_the_second_factor(client, user).url == CHECK
    assert signed_in(client) is None
    assert "Of gebruik uw passkey" not in client.get(CHECK).content.decode()

    answer = client.post(CHECK, {"code": code_of(secret)})

    assert answer.url == "/werk/"
    assert client.get("/werk/").status_code == 200


def test_a_wrong_code_of_the_app_opens_nothing_and_is_noted(client):
    user, _secret = with_app(CoordinatorFactory())
    sign_in_up_to_the_second_factor(client, user)

    page = client.post(CHECK, {"code": "000000"})

    assert "Deze code klopt niet" in page.content.decode()
    assert signed_in(client) is None
    assert Event.objects.about(user).filter(action="accounts.second_factor_failed").exists()


def test_guessing_at_the_app_stops_after_five_times_from_wherever(client):
    user, secret = with_app(CoordinatorFactory())
    sign_in_up_to_the_second_factor(client, user)
    for _attempt in range(5):
        client.post(CHECK, {"code": "000000"})

    page = client.post(CHECK, {"code": code_of(secret)})

    assert "te vaak geprobeerd" in page.content.decode()
    assert signed_in(client) is None


@pytest.mark.django_db(transaction=True)
def test_a_recovery_code_opens_once(client):
    user = sign_in(client, CoordinatorFactory(), second_factor=False)
    page = client.get(f"{SET_UP}app/")
    client.post(f"{SET_UP}app/", {"code": code_of(page.context["form"].secret)})
    recovery = client.get(f"{SET_UP}herstelcodes/").context["unused_codes"][0]

    first, second = Client(), Client()
    sign_in_up_to_the_second_factor(first, user)
    first.post(CHECK, {"code": recovery})
    sign_in_up_to_the_second_factor(second, user)
    second.post(CHECK, {"code": recovery})

    assert signed_in(first)
    assert signed_in(second) is None


def test_taking_away_the_second_factor_asks_for_it_first(client):
    user, _secret = with_app(CoordinatorFactory())
    sign_in(client, user)

    assert client.get(f"{SET_UP}app/verwijderen/").url.startswith(f"{AGAIN}?next=")
    assert Authenticator.objects.filter(user=user).exists()


@pytest.mark.parametrize("address", ["", "app/verwijderen/", "herstelcodes/nieuw/", "passkeys/", "passkeys/nieuw/"])
def test_the_pages_of_the_second_factor_open_for_who_just_proved_themselves(client, address):
    user, secret = with_app(CoordinatorFactory())
    sign_in(client, user)
    client.post(AGAIN, {"code": code_of(secret)})

    answer = client.get(f"{SET_UP}{address}", follow=True)

    assert answer.status_code == 200
    assert "portal-title" in answer.content.decode()
