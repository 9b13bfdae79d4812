from datetime import UTC, datetime

import pytest
from django.utils import timezone

from shared.reports import registry
from shared.reports.columns import values
from tests.factories.accounts import (
    AmbassadorFactory,
    CoordinatorFactory,
    CouncilStaffFactory,
    FinanceFactory,
    ManagerFactory,
    PartnerFactory,
    UserFactory,
)
from tests.factories.initiatives import InitiativeFactory
from tests.factories.themes import ThemeFactory
from tests.factories.wijken import BuurtFactory, WijkFactory
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db

ADDRESS = "/rapportages/"


@pytest.fixture
def clerk(client):
    return sign_in(client, CouncilStaffFactory())


def bars(response, title):
    charts = {str(chart.title): chart for _id, chart in response.context["charts"]}
    return {str(bar.label): bar.value for bar in charts[title].bars if bar.value}


@pytest.mark.parametrize("make", [CouncilStaffFactory, CoordinatorFactory, FinanceFactory, ManagerFactory])
def test_staff_who_answer_for_results_may_read_reports(client, make):
    sign_in(client, make())

    assert client.get(ADDRESS).status_code == 200


@pytest.mark.parametrize("make", [UserFactory, PartnerFactory, AmbassadorFactory])
def test_others_may_not(client, make):
    sign_in(client, make())

    assert client.get(ADDRESS).status_code == 403


def test_a_stranger_is_asked_to_sign_in_first(client):
    assert client.get(ADDRESS).url.startswith("/inloggen/")


def test_totals_are_shown_per_wijk_theme_status_and_month(client, clerk):
    wijk = WijkFactory(short_name="Noord", inhabitants=2_000)
    where = {"wijk": wijk, "buurt": BuurtFactory(wijk=wijk), "theme": ThemeFactory(name="Groen en klimaat")}
    InitiativeFactory.create_batch(2, **where)
    InitiativeFactory(done=True, **where)

    response = client.get(ADDRESS)

    assert bars(response, "Per wijk") == {"Noord": 3}
    assert bars(response, "Per thema") == {"Groen en klimaat": 3}
    assert bars(response, "Per status") == {"Nieuw": 2, "Afgerond": 1}
    assert list(bars(response, "Per maand").values()) == [3]
    assert [(row.name, row.number, row.per_thousand) for row in response.context["wijk_rows"]] == [("Noord", 3, 1.5)]


def test_filters_hold_for_every_figure_and_for_the_export(client, clerk):
    theme = ThemeFactory(slug="groen")
    InitiativeFactory(theme=theme, submitted_at=datetime(2025, 2, 1, tzinfo=UTC))
    InitiativeFactory(theme=theme)
    InitiativeFactory(theme=ThemeFactory(slug="anders"))

    response = client.get(ADDRESS + "?thema=groen&periode=2025-K1")

    assert response.context["figures"][0] == {"label": "Initiatieven", "value": "1"}
    assert bars(response, "Per maand") == {"feb 2025": 1}
    page = response.content.decode()
    assert 'action="/rapportages/export/initiatieven/?thema=groen&amp;periode=2025-K1"' in page
    assert '<option value="2025-K1" selected>' in page


def test_without_a_period_the_last_twelve_months_are_drawn(client, clerk):
    InitiativeFactory()

    chart = next(chart for _id, chart in client.get(ADDRESS).context["charts"] if chart.title == "Per maand")

    assert len(chart.bars) == 12
    assert [bar.value for bar in chart.bars][-1] == 1


def test_plans_of_a_wijk_that_no_longer_exists_stay_counted(client, clerk):
    old = WijkFactory(closed=True)
    InitiativeFactory(wijk=old, buurt=BuurtFactory(wijk=old))

    assert bars(client.get(ADDRESS), "Per wijk") == {"Wijken van vroeger": 1}


def test_council_staff_read_that_the_list_holds_published_plans_only(client, clerk):
    assert "zonder gegevens van personen" in client.get(ADDRESS).content.decode()


def test_finance_reads_totals_but_takes_no_list(client):
    sign_in(client, FinanceFactory())

    assert "De lijst meenemen" not in client.get(ADDRESS).content.decode()


def test_an_empty_portal_has_a_page_too(client, clerk):
    page = client.get(ADDRESS).content.decode()

    assert "Er is nog niets om te laten zien." in page


def test_the_number_of_queries_is_the_same_for_3_rows_and_30(client, clerk, django_assert_max_num_queries):
    InitiativeFactory.create_batch(3, accepted=True)
    client.get(ADDRESS)
    with django_assert_max_num_queries(15) as few:
        client.get(ADDRESS)
    InitiativeFactory.create_batch(27, accepted=True, submitted_at=timezone.now())

    with django_assert_max_num_queries(len(few)):
        client.get(ADDRESS)


@pytest.mark.parametrize("name", sorted(registry._REPORTS))
def test_the_database_understands_every_column_of_every_list_that_may_leave(name):
    report = registry.find(name)
    rows = report.rows(ManagerFactory(), {})

    assert list(values(rows, report.columns)) == []
