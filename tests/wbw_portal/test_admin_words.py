"""Whoever leaves a question open in the admin reads which one, and what to do; in every form that is there."""

import re

import pytest
from django.contrib import admin
from django.core.management import call_command
from django.urls import reverse

from tests.factories.accounts import ManagerFactory
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db

SAYS_NOTHING = ["Dit veld is verplicht", "This field is required", "Selecteer een geldige keuze"]


@pytest.fixture
def manager(client):
    call_command("sync_roles", verbosity=0)
    return sign_in(client, ManagerFactory())


def addable(request) -> list[str]:
    return [
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
        for model, its_admin in admin.site._registry.items()
        if its_admin.has_add_permission(request)
    ]


def counts_of_rows(client, address: str) -> dict[str, str]:
    """What the browser sends along for the tables below a record."""
    page = client.get(address).content.decode()
    return dict(re.findall(r'name="([\w-]+_FORMS)" value="(\d+)"', page))


def test_every_empty_form_says_what_to_fill_in(client, manager, rf):
    request = rf.get("/")
    request.user = manager
    addresses = addable(request)

    answers = {address: client.post(address, counts_of_rows(client, address)).content.decode() for address in addresses}

    assert len(addresses) >= 7
    assert [(address, text) for address, page in answers.items() for text in SAYS_NOTHING if text in page] == []


@pytest.mark.parametrize(
    ("address", "texts"),
    [
        ("/beheer/accounts/department/add/", ["Vul “Naam” in"]),
        ("/beheer/accounts/user/add/", ["Vul “E-mailadres” in", "Maak een keuze bij “Rol”", "Vul “Eerste dag” in"]),
        ("/beheer/accounts/absence/add/", ["Maak een keuze bij “"]),
        ("/beheer/themes/theme/add/", ["Vul “Naam” in"]),
    ],
)
def test_the_words_name_the_question(client, manager, address, texts):
    page = client.post(address, {}).content.decode()

    assert [text for text in texts if text not in page] == []


def test_in_english_too(client, manager):
    client.cookies["taal"] = "en"

    page = client.post("/beheer/accounts/department/add/", {}).content.decode()

    assert "Fill in “" in page


def test_a_choice_that_is_not_there_is_named(client, manager):
    page = client.post("/beheer/accounts/roleassignment/add/", {"role": "burgemeester"}).content.decode()

    assert "Kies bij “Rol” een van de antwoorden" in page
