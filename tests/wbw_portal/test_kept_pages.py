"""Whatever changes what public pages show, lets go of the pages that are kept: by the admin, a command or a step."""

from datetime import timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from shared.accounts import workflow
from shared.accounts.enums import Role
from shared.ui import page_cache
from tests.factories.accounts import AbsenceFactory, CoordinatorFactory, ManagerFactory, UserFactory
from tests.factories.themes import ThemeFactory
from tests.factories.wijken import BuurtFactory, PostcodeAreaFactory, WijkFactory
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db

MAP = settings.BASE_DIR / "wbw_portal/demo/data/wijken_gm0531.geojson"


@pytest.fixture
def manager(client):
    call_command("sync_roles", verbosity=0)
    return sign_in(client, ManagerFactory())


@pytest.fixture
def changed():
    """Whether kept pages were let go of since the last time it was asked."""
    state = {"was": page_cache.generation()}

    def ask() -> bool:
        before, state["was"] = state["was"], page_cache.generation()
        return state["was"] > before

    return ask


def shown_at(client, address: str) -> str:
    return client.get(address).content.decode()


def save_in_admin(client, record, **changes) -> int:
    """Open the record in the admin and save it with these changes, as it stands there."""
    address = reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])
    form = client.get(address).context["adminform"].form
    answers = {
        name: value for name, value in form.initial.items() if name in form.fields and value not in (None, False)
    }
    return client.post(address, answers | changes).status_code


def test_another_name_of_a_wijk_stands_on_its_page_at_once(client, manager):
    wijk = WijkFactory(short_name="Centrum")
    address = reverse("wijk", args=[wijk.slug])
    assert "Centrum" in shown_at(client, address)

    assert save_in_admin(client, wijk, short_name="Binnenstad") == 302

    assert "Binnenstad" in shown_at(client, address)


@pytest.mark.parametrize("factory", [WijkFactory, BuurtFactory, PostcodeAreaFactory, ThemeFactory])
def test_reference_data_that_is_edited_lets_go(client, manager, changed, factory):
    record = factory()
    changed()

    assert save_in_admin(client, record) == 302

    assert changed()


def test_the_coordinator_on_the_page_of_a_wijk_is_the_one_of_now(client):
    wijk, manager = WijkFactory(), ManagerFactory()
    address, today = reverse("wijk", args=[wijk.slug]), timezone.localdate()
    seen = []

    def look() -> None:
        page = shown_at(client, address)
        seen.append([name for name in ("Noor", "Sanne", "Deputy") if name in page])

    noor, deputy = UserFactory(name="Noor"), CoordinatorFactory(name="Deputy")
    look()
    role = workflow.assign_role(noor, role=Role.COORDINATOR, wijk=wijk, starts_on=today, by=manager)
    look()
    workflow.change_contact(noor, name="Sanne", phone="", by=manager)
    look()
    days = {"starts_on": today, "ends_on": today + timedelta(days=3)}
    absence = workflow.register_absence(noor, deputy=deputy, by=manager, **days)
    look()
    workflow.end_absence(absence, by=manager)
    look()
    workflow.set_active(noor, False, by=manager)
    look()
    workflow.set_active(noor, True, by=manager)
    look()
    workflow.end_role(role, by=manager)
    look()

    assert seen == [[], ["Noor"], ["Sanne"], ["Deputy"], ["Sanne"], [], ["Sanne"], []]


def test_the_same_through_the_admin(client, manager, changed):
    absence = AbsenceFactory()
    changed()

    client.post(reverse("admin:accounts_absence_changelist"), {"action": "end_now", "_selected_action": [absence.pk]})

    assert changed()


def test_each_import_of_areas_lets_go(tmp_path, changed):
    wijk = WijkFactory(code="WK123401")
    BuurtFactory(code="BU12340101", wijk=wijk)
    figures, addresses = tmp_path / "kerncijfers.csv", tmp_path / "adressen.csv"
    figures.write_text("code;variabele;waarde\nWK123401;aantal_inwoners;120\n")
    addresses.write_text("PC6;Huisnummer;Buurt\n1234AB;1;BU12340101\n")
    changed()

    did = []
    for command, file in [("import_wijken", MAP), ("import_figures", figures), ("import_postcodes", addresses)]:
        call_command(command, file, stdout=StringIO())
        did.append(changed())

    assert did == [True, True, True]


def test_an_import_that_is_refused_keeps_the_pages(tmp_path, changed):
    empty = tmp_path / "leeg.csv"
    empty.write_text("PC6;Huisnummer;Buurt\n1234AB;1;BU99999999\n")
    changed()

    with pytest.raises(Exception, match="none of the 1 rows"):
        call_command("import_postcodes", empty)

    assert not changed()
