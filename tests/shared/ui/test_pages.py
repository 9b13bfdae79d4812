import brotli
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.factories.accounts import CoordinatorFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["accessibility", "privacy"])
def test_a_text_page_names_the_phone_number_and_has_one_heading(client, name):
    page = client.get(reverse(name)).content.decode()

    assert page.count("<h1") == 1
    assert 'href="tel:14078"' in page


@pytest.mark.parametrize(("language", "hours"), [("nl", "maandag tot en met vrijdag"), ("en", "Monday to Friday")])
def test_the_hours_are_in_the_language_of_the_page(client, language, hours):
    client.cookies["taal"] = language

    assert hours in client.get("/privacy/").content.decode()


def test_the_house_style_has_the_municipalitys_colours_and_may_be_kept(client):
    response = client.get(reverse("house_style"))

    assert response.content.decode().startswith(":root{--portal-primary:#00557f;")
    assert "immutable" in response["Cache-Control"]


def test_the_style_page_is_for_staff(client):
    assert client.get("/stijl/").status_code == 302


def test_the_style_page_shows_every_component(client):
    client.force_login(CoordinatorFactory())

    response = client.get("/stijl/?fouten=1")

    assert "<title>Fout: Stijl" in response.content.decode()


def test_a_form_without_its_token_is_explained_and_nothing_is_lost():
    client = Client(enforce_csrf_checks=True)

    response = client.post(reverse("accessibility"))

    assert response.status_code == 403
    assert "Uw tekst staat er nog" in response.content.decode()


@pytest.mark.parametrize(("name", "limit"), [("portal.css", 20_000), ("portal.js", 15_000)])
def test_what_every_page_loads_stays_within_its_budget(name, limit):
    built = settings.BASE_DIR / "static/build" / name
    if not built.exists():
        pytest.skip("The assets are not built: run `make assets`.")

    assert len(brotli.compress(built.read_bytes())) < limit


def test_the_menu_says_where_one_is(client):
    page = client.get(reverse("accessibility")).content.decode()

    assert 'aria-current="page">Toegankelijkheid' in page
    assert 'href="/initiatieven/">Initiatieven' in page
