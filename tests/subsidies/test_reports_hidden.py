"""Small groups stay hidden, also from who combines filters and subtracts."""

import pytest

from shared.terms.calendar import today
from shared.wijken.models import Buurt
from subsidies.reports import tables
from tests.factories.subsidies import ApplicationFactory, SchemeVersionFactory
from tests.factories.themes import ThemeFactory
from tests.factories.wijken import BuurtFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def wijken():
    """Three wijken with 3, 6 and 12 applications."""
    buurten, version, theme = [BuurtFactory() for _n in range(3)], SchemeVersionFactory(), ThemeFactory()
    for buurt, number in zip(buurten, (3, 6, 12), strict=True):
        ApplicationFactory.create_batch(number, buurt=buurt, scheme_version=version, theme=theme)
    return [buurt.wijk.slug for buurt in buurten]


def names(**filters: str) -> list[str]:
    return [table.name for table in tables.tables(filters, today())]


def test_a_small_wijk_and_the_one_that_would_tell_it_are_withheld(wijken):
    small = wijken[0]

    assert [names(wijk=slug)[0] for slug in wijken] == ["te-weinig", "te-weinig", "uitkomsten"]
    assert names()[0] == "uitkomsten"
    assert "budget" in names(wijk=small)


def test_a_second_filter_is_looked_at_beside_its_neighbours(wijken):
    rare = ThemeFactory()
    _small, _next, large = wijken
    ApplicationFactory.create_batch(2, buurt=Buurt.objects.get(wijk__slug=large), theme=rare)

    assert names(thema=rare.slug)[0] == "te-weinig"


def test_a_year_with_few_applications_is_withheld(wijken):
    assert names(periode=str(today().year))[0] == "uitkomsten"
    assert names(periode=str(today().year - 1))[0] == "uitkomsten"
