"""What holds for every list and form of the admin, whichever programme it belongs to."""

import re

import pytest
from django.contrib import admin
from django.urls import reverse

from shared.audit.models import Event
from shared.wijken.models import Wijk
from tests.factories.accounts import CoordinatorFactory, CouncilStaffFactory, ManagerFactory
from tests.factories.initiatives import InitiativeFactory
from tests.factories.notifications import OutboxMessageFactory
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db

# Jargon of the stock admin, in its Dutch translation.
JARGON = ("Voorpagina", "om te wijzigen", "opnieuw bewerken")
GARBAGE = ("%00", "-1", "9" * 24)
OF_PACKAGES = {"auth", "account", "mfa", "socialaccount"}
PARAMETERS = ("o", "p", "q", "wijk", "id__exact", "created_at__year", "occurred_at__year", "starts_on__year")


@pytest.fixture
def manager(client):
    return sign_in(client, ManagerFactory())


def lists() -> list[str]:
    """Those that a role opens; what packages register is for nobody."""
    ours = [model._meta for model in admin.site._registry if model._meta.app_label not in OF_PACKAGES]
    return [reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist") for meta in ours]


def test_every_list_is_called_by_its_name_and_leads_back_to_vandaag(client, manager):
    OutboxMessageFactory(about_id=InitiativeFactory().pk)

    for address in lists():
        page = client.get(address).content.decode()

        assert page.count("<h1>") == 1, address
        assert ">Vandaag</a>" in page, address
        assert [words for words in JARGON if words in page] == [], address


def test_an_empty_list_says_so_and_offers_to_clear_what_was_searched(client, manager):
    departments = reverse("admin:accounts_department_changelist")

    empty, searched = client.get(departments), client.get(f"{departments}?q=xyz")

    assert "Hier staat nog niets." in empty.content.decode()
    assert "Wis de zoekwoorden en filters" in searched.content.decode()


@pytest.mark.parametrize("garbage", GARBAGE)
def test_garbage_in_an_address_is_never_an_error_of_ours(client, manager, garbage):
    InitiativeFactory()
    client.raise_request_exception = False
    addresses = [*lists(), reverse("admin:index"), reverse("reports")]

    answers = {
        f"{address}?{name}={garbage}": client.get(f"{address}?{name}={garbage}").status_code
        for address in addresses
        for name in PARAMETERS
    }

    assert {address: status for address, status in answers.items() if status >= 500} == {}


def test_a_choice_that_cannot_be_a_row_is_not_an_error_of_ours(client, manager):
    InitiativeFactory()
    client.raise_request_exception = False

    for address in lists():
        answer = client.post(address, {"action": "export_csv", "_selected_action": "1 or 1=1"})

        assert answer.status_code < 500, address


def test_a_group_of_what_may_be_managed_has_a_page(client, manager):
    page = client.get(reverse("admin:app_list", args=["accounts"])).content.decode()

    assert reverse("admin:accounts_absence_changelist") in page


def test_the_start_page_leads_to_the_figures_for_who_may_read_them(client):
    sign_in(client, CoordinatorFactory())
    page = client.get(reverse("admin:index")).content.decode()

    assert reverse("reports") in page
    assert reverse("health") in page


def test_an_area_ends_and_is_never_deleted(client, manager):
    wijk = InitiativeFactory().wijk
    address = reverse("admin:wijken_wijk_delete", args=[wijk.pk])

    assert client.post(address, {"post": "yes"}).status_code == 403
    assert Wijk.objects.filter(pk=wijk.pk).exists()


def test_a_form_has_one_button_and_a_way_back(client, manager):
    page = client.get(reverse("admin:accounts_department_add")).content.decode()

    assert page.count('type="submit"') == 2  # saving, and signing out
    assert "Terug zonder opslaan" in page


def test_the_log_names_what_changed_as_the_screens_do(client, manager):
    person = CoordinatorFactory(name="Els")
    answers = {"name": "Els Bakker", "email": person.email, "is_active": "on"}
    client.post(reverse("admin:accounts_user_change", args=[person.pk]), answers)
    event = Event.objects.about(person).get(action="accounts.contact_changed")

    page = client.get(reverse("admin:audit_event_change", args=[event.pk])).content.decode()

    assert re.findall(r"<p>(.*→.*)</p>", page) == ["Naam: Els → Els Bakker"]


def test_council_staff_have_no_work_in_the_admin_lists(client):
    sign_in(client, CouncilStaffFactory())
    InitiativeFactory()

    statuses = {address: client.get(address).status_code for address in lists()}

    assert set(statuses.values()) <= {302, 403}


def test_what_is_not_yours_is_not_there_and_leads_back_to_vandaag(client):
    sign_in(client, CoordinatorFactory())
    elsewhere = InitiativeFactory()

    page = client.get(reverse("admin:initiatives_initiative_change", args=[elsewhere.pk]))

    assert page.status_code == 404
    assert "Terug naar Vandaag" in page.content.decode()
    assert elsewhere.title not in page.content.decode()
