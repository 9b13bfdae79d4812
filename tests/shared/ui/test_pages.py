import pytest
from django.urls import reverse

from tests.factories.accounts import CoordinatorFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["accessibility", "privacy"])
def test_a_text_page_names_the_phone_number_and_has_one_heading(client, name):
    page = client.get(reverse(name)).content.decode()

    assert page.count("<h1") == 1
    assert 'href="tel:14078"' in page


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
