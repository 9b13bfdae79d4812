"""The components as people meet them: small, valid, readable, and usable with a keyboard."""

import pytest
from django.conf import settings as django_settings
from django.test import Client

from tests.browser.conftest import DESK, PHONE
from tests.factories.accounts import CoordinatorFactory
from tests.sign_in import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NARROW = {"width": 320, "height": 640}


def let_in(visitor) -> None:
    """Bring the session of a member of staff along."""
    client = Client()
    sign_in(client, CoordinatorFactory())
    key = client.cookies[django_settings.SESSION_COOKIE_NAME].value
    cookie = {"name": django_settings.SESSION_COOKIE_NAME, "value": key, "url": visitor.portal}
    visitor.page.context.add_cookies([cookie])


@pytest.mark.parametrize("size", [NARROW, PHONE, DESK], ids=lambda size: str(size["width"]))
@pytest.mark.parametrize("address", ["/stijl/", "/stijl/?fouten=1"])
def test_every_component_passes_the_gates(visitor, size, address):
    someone = visitor(size)
    let_in(someone)

    someone.open(address)


@pytest.mark.parametrize("address", ["/toegankelijkheid/", "/privacy/", "/toegankelijkheid/?taal=en"])
def test_the_texts_about_the_site_pass_the_gates(visitor, address):
    visitor(PHONE).open(address)


def test_the_error_summary_has_the_focus_and_leads_to_the_question(visitor):
    someone = visitor(PHONE)
    let_in(someone)
    someone.open("/stijl/?fouten=1")
    page = someone.page

    assert page.evaluate("document.activeElement.matches('[data-error-summary]')")
    page.get_by_role("link", name="Vul uw naam in").click()

    assert page.evaluate("document.activeElement.id") == "id_name"


@pytest.mark.parametrize("address", ["/toegankelijkheid/", "/initiatieven/", "/initiatieven/nieuw/"])
def test_a_first_visit_is_small_and_asks_nobody_else(visitor, address):
    someone = visitor(PHONE)
    addresses = []
    someone.page.on("response", lambda answer: addresses.append(answer.url))

    someone.page.goto(someone.portal + address, wait_until="networkidle")

    assert len(addresses) <= 5
    assert all(address.startswith(someone.portal) for address in addresses)
