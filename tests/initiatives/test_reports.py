from collections import Counter
from datetime import UTC, date, datetime

import pytest
from django.http import QueryDict
from django.utils import timezone

from initiatives import reports
from initiatives.enums import Status
from initiatives.models import Initiative
from tests.factories.accounts import CoordinatorFactory, CouncilStaffFactory, ManagerFactory, UserFactory
from tests.factories.initiatives import InitiativeFactory
from tests.factories.themes import ThemeFactory
from tests.factories.wijken import BuurtFactory, WijkFactory

pytestmark = pytest.mark.django_db


def keys(user):
    return [column.key for column in reports.INITIATIVES.columns_for(user)]


def exported(user, key, filters=None):
    columns = [column for column in reports.INITIATIVES.columns_for(user) if column.key == key]
    rows = reports.exportable(user, filters or {})
    sources = {f"shown_{column.key}": column.source for column in columns if not isinstance(column.source, str)}
    return list(rows.annotate(**sources).values_list(f"shown_{key}" if sources else key, flat=True))


def test_every_field_is_in_the_export_or_on_the_list_of_fields_left_out():
    assert reports.INITIATIVES.forgotten_fields() == set()


def test_the_list_of_fields_left_out_names_no_field_that_is_gone():
    names = {field.name for field in Initiative._meta.get_fields()}

    assert reports.INITIATIVES.not_exported.keys() <= names


def test_keys_and_headings_are_used_once():
    columns = reports.INITIATIVES.columns

    assert len({column.key for column in columns}) == len({str(column.heading) for column in columns}) == len(columns)


def test_council_staff_get_published_plans_without_personal_columns():
    InitiativeFactory(published=True, title="Op de website")
    InitiativeFactory(title="Nog niet")
    clerk = CouncilStaffFactory()

    assert [row.title for row in reports.exportable(clerk, {})] == ["Op de website"]
    assert {"name", "email", "phone", "what", "who_joins", "answer"}.isdisjoint(keys(clerk))


def test_a_coordinator_gets_everything_but_names_only_of_the_own_wijk():
    own, other = WijkFactory(), WijkFactory()
    InitiativeFactory(name="Van Hier", wijk=own, buurt=BuurtFactory(wijk=own))
    InitiativeFactory(name="Van Elders", wijk=other, buurt=BuurtFactory(wijk=other))
    coordinator = CoordinatorFactory(wijk=own)

    assert sorted(exported(coordinator, "name"), key=str) == [None, "Van Hier"]


def test_a_coordinator_sees_names_of_plans_from_elsewhere_that_were_assigned():
    coordinator = CoordinatorFactory()
    InitiativeFactory(name="Van Elders", owner=coordinator)

    assert exported(coordinator, "name") == ["Van Elders"]


def test_a_manager_gets_everything():
    InitiativeFactory(name="Anna")

    assert exported(ManagerFactory(), "name") == ["Anna"]


def test_residents_and_others_without_the_permission_export_nothing():
    assert not reports.may_export(UserFactory())
    assert reports.may_export(CouncilStaffFactory())
    assert reports.may_export(CoordinatorFactory())


def test_the_filters_of_the_screen_are_read_and_others_ignored():
    query = QueryDict("wijk=noord&thema=groen&status=received&periode=2026-K1&zoek=+bank+&pagina=2&leeg=")

    assert reports.read_filters(query) == {
        "wijk": "noord",
        "thema": "groen",
        "status": "received",
        "periode": "2026-K1",
        "zoek": "bank",
    }


@pytest.mark.parametrize(
    "filters",
    [
        {"wijk": "noord"},
        {"thema": "groen"},
        {"status": "done"},
        {"periode": "2026-K1"},
        {"zoek": "BANK"},
        {"wijk": "noord", "thema": "groen", "status": "done", "periode": "2026"},
    ],
)
def test_each_filter_leaves_what_belongs_to_it(filters):
    north = WijkFactory(slug="noord")
    inside = InitiativeFactory(
        done=True,
        title="Een bankje",
        wijk=north,
        buurt=BuurtFactory(wijk=north),
        theme=ThemeFactory(slug="groen"),
        submitted_at=datetime(2026, 3, 31, 21, 59, tzinfo=UTC),
    )
    InitiativeFactory(
        title="Iets anders", theme=ThemeFactory(slug="anders"), submitted_at=datetime(2025, 6, 1, tzinfo=UTC)
    )

    assert list(reports.filtered(Initiative.objects.all(), filters)) == [inside]


@pytest.mark.parametrize(
    "filters", [{"wijk": "weg"}, {"thema": "weg"}, {"status": "weg"}, {"periode": "weg"}, {"zoek": "weg"}]
)
def test_a_filter_that_means_nothing_never_gives_more_than_was_meant(filters):
    InitiativeFactory()

    assert not reports.filtered(Initiative.objects.all(), filters).exists()


def test_totals_count_what_residents_really_brought():
    theme, wijk = ThemeFactory(), WijkFactory()
    where = {"theme": theme, "wijk": wijk, "buurt": BuurtFactory(wijk=wijk)}
    january = datetime(2026, 1, 31, 22, 59, tzinfo=UTC)
    InitiativeFactory(submitted_at=january, **where)
    InitiativeFactory(done=True, submitted_at=january, **where)
    InitiativeFactory(submitted_at=datetime(2026, 1, 31, 23, 1, tzinfo=UTC), **where)
    InitiativeFactory(unconfirmed=True, **where)
    InitiativeFactory(screening=True, **where)
    InitiativeFactory(spam=True, **where)

    totals = reports.totals({})

    assert totals.total == 3
    assert totals.by_wijk == Counter({wijk.pk: 3})
    assert totals.by_theme == Counter({theme.pk: 3})
    assert totals.by_status == Counter({Status.RECEIVED: 2, Status.DONE: 1})
    assert totals.by_month == Counter({date(2026, 1, 1): 2, date(2026, 2, 1): 1})


def test_totals_take_one_query_however_many_plans_there_are(django_assert_num_queries):
    InitiativeFactory.create_batch(7)

    with django_assert_num_queries(1):
        assert reports.totals({}).total == 7


def at(day):
    return timezone.make_aware(datetime(2026, 3, day, 12))


def test_answer_times_are_in_working_days_and_against_the_promise():
    # Monday 2 March: promised before Thursday 5.
    InitiativeFactory(submitted_at=at(2), answered_at=at(3), accepted=True)
    InitiativeFactory(submitted_at=at(2), answered_at=at(5), accepted=True)
    InitiativeFactory(submitted_at=at(2), answered_at=at(16), accepted=True)
    InitiativeFactory(submitted_at=at(2))
    InitiativeFactory(submitted_at=at(9))

    times = reports.answer_times({}, today=date(2026, 3, 10))

    assert (times.answered, times.median_days) == (3, 3)
    assert (times.due, times.kept, times.kept_percentage) == (4, 2, 50)


def test_without_answers_there_is_no_median():
    times = reports.answer_times({}, today=date(2026, 3, 10))

    assert (times.median_days, times.kept_percentage) == (None, None)
