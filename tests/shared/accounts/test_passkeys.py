"""A passkey in a real browser, with an authenticator that Chromium pretends to have."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from playwright.sync_api import Page, expect

from shared.accounts.models import User
from tests.factories.accounts import CoordinatorFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def address(live_server) -> str:
    # A passkey belongs to a name; 127.0.0.1 is none.
    return live_server.url.replace("127.0.0.1", "localhost")


@pytest.fixture
def authenticator(page: Page) -> None:
    """A fingerprint reader that always says yes."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def sign_in_by_code(page: Page, address: str, user: User) -> None:
    page.goto(f"{address}/inloggen/?next=/beheer/")
    page.get_by_label("Uw e-mailadres").fill(user.email)
    page.get_by_role("button", name="Stuur mij een code").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vul de code in")
    code = re.search(r"\d{4}-\d{4}", mail.outbox[-1].body).group()
    page.get_by_label("Code uit de e-mail").fill(code)
    page.get_by_role("button", name="Inloggen", exact=True).click()


def test_a_coordinator_adds_a_passkey_and_signs_in_with_nothing_else(page: Page, address, authenticator):
    user = CoordinatorFactory()
    blocked = []
    page.on("console", lambda message: blocked.append(message.text) if message.type == "error" else None)

    sign_in_by_code(page, address, user)
    page.get_by_role("link", name="Passkey toevoegen").click()
    page.get_by_role("button", name="Passkey toevoegen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Herstelcodes")
    page.get_by_role("link", name="Ik heb ze bewaard, verder").click()
    expect(page).to_have_url(f"{address}/beheer/")
    assert Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).count() == 1

    page.context.clear_cookies()
    page.goto(f"{address}/inloggen/?next=/beheer/")
    page.get_by_role("button", name="Inloggen met een passkey").click()
    expect(page).to_have_url(f"{address}/beheer/")
    assert blocked == []


def test_a_passkey_is_the_second_factor_after_a_code(page: Page, address, authenticator):
    user = CoordinatorFactory()
    sign_in_by_code(page, address, user)
    page.get_by_role("link", name="Passkey toevoegen").click()
    page.get_by_role("button", name="Passkey toevoegen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Herstelcodes")
    page.context.clear_cookies()

    sign_in_by_code(page, address, user)
    page.get_by_role("button", name="Passkey gebruiken").click()

    expect(page).to_have_url(f"{address}/beheer/")


def test_a_passkey_that_is_not_there_is_said_in_words(page: Page, address, authenticator):
    page.goto(f"{address}/inloggen/")

    page.get_by_role("button", name="Inloggen met een passkey").click()

    expect(page.get_by_role("alert")).to_contain_text("Het lukte niet met de passkey")
    assert page.url == f"{address}/inloggen/"


def test_without_javascript_one_signs_in_with_a_code(browser, address):
    user = CoordinatorFactory()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()

    sign_in_by_code(page, address, user)

    expect(page.get_by_role("heading", level=1)).to_have_text("Tweede controle bij het inloggen")
    context.close()
