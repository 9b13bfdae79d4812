"""An outage of the portal moves the last day to apply, wherever it is checked or shown (Wmebv)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from shared.terms.calendar import today
from shared.terms.models import PortalOutage
from shared.ui import page_cache
from subsidies import dates
from subsidies.findings import Level, findings
from subsidies.forms import limits
from subsidies.models import Scheme
from subsidies.workflow import apply, grounds
from tests.factories.subsidies import ApplicationFactory, RoundFactory, SchemeFactory, SchemeVersionFactory
from tests.factories.wijken import WijkFactory

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
FRIDAY = date(2026, 9, 4)
MONDAY = date(2026, 9, 7)
# Four weeks before this day is the Friday of the outage.
PARTY = FRIDAY + timedelta(weeks=4)


@pytest.fixture
def outage():
    """The portal did not work on a Friday; the first working day after it is Monday."""
    start = datetime(2026, 9, 4, 8, 0, tzinfo=UTC)
    return PortalOutage.objects.create(started_at=start, ended_at=start + timedelta(hours=8), what="Alles")


def on_time(application) -> Level:
    return next(each.level for each in findings(application, MONDAY) if each.subject == "Op tijd aangevraagd")


@pytest.mark.parametrize(
    ("received_on", "is_late"), [(FRIDAY, False), (MONDAY, False), (MONDAY + DAY, True)], ids=["on", "after", "late"]
)
def test_the_finding_and_the_ground_give_the_working_day_after_the_outage(outage, received_on, is_late):
    made = ApplicationFactory(received_on=received_on, starts_on=PARTY)

    assert grounds.applied_too_late(made) is is_late
    assert on_time(made) is (Level.AGAINST if is_late else Level.FINE)


def test_without_an_outage_the_day_after_is_late():
    made = ApplicationFactory(received_on=MONDAY, starts_on=PARTY)

    assert grounds.applied_too_late(made)
    assert on_time(made) is Level.AGAINST


@pytest.mark.parametrize(("at", "problem"), [("2026-09-07", False), ("2026-09-08", True)])
def test_the_form_takes_the_application_until_the_moved_day(outage, time_machine, at, problem):
    time_machine.move_to(f"{at} 10:00:00+02:00", tick=False)
    version = SchemeVersionFactory()

    wrong = [name for name, _words in limits.problems({"starts_on": PARTY}, version, {})]

    assert ("starts_on" in wrong) is problem


@pytest.mark.parametrize(("at", "is_open"), [("2026-09-07", True), ("2026-09-08", False)])
def test_a_round_and_a_scheme_stay_open_until_the_moved_day(outage, time_machine, at, is_open):
    time_machine.move_to(f"{at} 10:00:00+02:00", tick=False)
    with_round = RoundFactory(
        scheme=SchemeVersionFactory().scheme,
        opens_on=date(2026, 8, 1),
        closes_on=FRIDAY,
        decide_by=date(2026, 11, 1),
    )
    ended = SchemeFactory(valid_to=FRIDAY)

    found = Scheme.objects.open(today())

    assert with_round.last_day == MONDAY
    assert (with_round.scheme in found) is is_open
    assert (ended in found) is is_open


def test_who_applies_on_the_moved_day_is_in_the_round_that_ended(outage, time_machine):
    time_machine.move_to("2026-09-07 10:00:00+02:00", tick=False)
    WijkFactory()
    version = SchemeVersionFactory()
    ended = RoundFactory(
        scheme=version.scheme, opens_on=date(2026, 6, 1), closes_on=FRIDAY, decide_by=date(2026, 11, 1)
    )
    RoundFactory(
        scheme=version.scheme, opens_on=date(2026, 9, 5), closes_on=date(2026, 12, 1), decide_by=date(2027, 2, 1)
    )

    made = apply.submit(apply.Answers(name="Anna Bewoner", what="Een feest."), version=version)

    assert made.round == ended


def test_the_public_page_names_the_moved_day(outage, time_machine, client):
    time_machine.move_to("2026-09-07 10:00:00+02:00", tick=False)
    version = SchemeVersionFactory()
    RoundFactory(scheme=version.scheme, opens_on=date(2026, 8, 1), closes_on=FRIDAY, decide_by=date(2026, 11, 1))

    page = client.get(reverse("subsidies:scheme", args=[version.scheme.code])).content.decode()

    assert "Aanvragen kan tot en met maandag 7 september 2026" in page
    assert "werkte niet op vrijdag 4 september 2026" in page
    assert "nog aanvragen tot en met maandag 7 september 2026" in page


def test_a_second_outage_on_the_moved_day_moves_it_again(outage):
    start = datetime(2026, 9, 7, 8, 0, tzinfo=UTC)
    PortalOutage.objects.create(started_at=start, ended_at=start + timedelta(hours=1), what="Alles")
    version = SchemeVersionFactory()
    ending = RoundFactory(
        scheme=version.scheme, opens_on=date(2026, 8, 1), closes_on=FRIDAY, decide_by=date(2026, 11, 1)
    )

    assert dates.last_day_to_apply(PARTY, version) == MONDAY + DAY
    assert version.scheme in Scheme.objects.open(MONDAY + DAY)
    assert version.scheme not in Scheme.objects.open(MONDAY + 2 * DAY)
    assert ending.last_day == MONDAY + DAY


def test_a_new_outage_lets_go_of_the_kept_public_pages():
    before = page_cache.generation()
    start = datetime(2026, 9, 4, 8, 0, tzinfo=UTC)

    entered = PortalOutage.objects.create(started_at=start, ended_at=start, what="Alles")
    after = page_cache.generation()
    entered.delete()

    assert before < after < page_cache.generation()
