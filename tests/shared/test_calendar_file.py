"""Another reader than the one that writes them opens the calendar files."""

from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
import vobject

from shared.calendar_file import CalendarEvent, calendar_file, calendar_links

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
CHANGED = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def an_event(**changes) -> CalendarEvent:
    given = {
        "uid": "moment-12",
        "title": "Wijktafel Kerkstraat",
        "starts": datetime(2027, 3, 11, 19, 30, tzinfo=AMSTERDAM),
        "ends": datetime(2027, 3, 11, 21, 30, tzinfo=AMSTERDAM),
        "path": "/projecten/kerkstraat/",
        "changed_at": CHANGED,
    }
    return CalendarEvent(**given | changes)


def read(*events: CalendarEvent, **options):
    return vobject.readOne(calendar_file(events, **options).decode())


@pytest.mark.parametrize(
    ("day", "hours_ahead"),
    [
        pytest.param(date(2027, 3, 27), 1, id="the day before summer time"),
        pytest.param(date(2027, 3, 28), 2, id="the day summer time begins"),
        pytest.param(date(2027, 10, 30), 2, id="the day before winter time"),
        pytest.param(date(2027, 10, 31), 1, id="the day winter time begins"),
    ],
)
def test_every_calendar_shows_the_hour_of_our_page_also_around_summer_time(day, hours_ahead):
    starts = datetime(day.year, day.month, day.day, 19, 30, tzinfo=AMSTERDAM)

    event = read(an_event(starts=starts, ends=starts + timedelta(hours=2))).vevent

    # The reader applies the rules in the file itself, not those that Python knows of Amsterdam.
    assert event.dtstart.value.hour == 19
    assert event.dtstart.value.utcoffset() == timedelta(hours=hours_ahead)
    assert event.dtend.value.astimezone(UTC) - event.dtstart.value.astimezone(UTC) == timedelta(hours=2)


def test_a_moment_without_an_end_takes_an_hour():
    event = read(an_event(ends=None)).vevent

    assert event.dtend.value - event.dtstart.value == timedelta(hours=1)


def test_what_changed_keeps_its_number_and_gets_a_higher_sequence():
    first = read(an_event()).vevent
    later = read(an_event(sequence=3, changed_at=CHANGED + timedelta(days=1), place="De Ridderhof")).vevent

    assert first.uid.value == later.uid.value
    assert first.uid.value.startswith("moment-12@")
    assert (first.sequence.value, later.sequence.value) == ("0", "3")
    assert later.last_modified.value == CHANGED + timedelta(days=1)


def test_what_is_cancelled_stays_in_the_file_marked():
    event = read(an_event(cancelled=True, sequence=1)).vevent

    assert event.status.value == "CANCELLED"


def test_the_file_leads_back_to_the_page():
    event = read(an_event(text="Kom langs; koffie, thee.")).vevent

    assert event.url.value.endswith("/projecten/kerkstraat/")
    assert event.description.value == f"Kom langs; koffie, thee.\n\n{event.url.value}"


def test_of_whole_days_the_last_one_counts():
    event = read(an_event(starts=date(2027, 5, 1), ends=date(2027, 5, 3))).vevent

    assert (event.dtstart.value, event.dtend.value) == (date(2027, 5, 1), date(2027, 5, 4))


def test_a_feed_has_a_name_and_holds_every_date():
    feed = read(an_event(), an_event(uid="moment-13"), name="Agenda Centrum", refresh=timedelta(hours=1))

    assert feed.contents["x-wr-calname"][0].value == "Agenda Centrum"
    assert len({event.uid.value for event in feed.vevent_list}) == 2


def test_lines_are_folded_and_end_as_the_standard_wants():
    content = calendar_file([an_event(title="Ë" * 100, place="Kerk; zaal 2, achterin")])

    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert vobject.readOne(content.decode()).vevent.location.value == "Kerk; zaal 2, achterin"


def test_the_links_say_the_same_in_universal_time():
    google, outlook = (parse_qs(urlsplit(link.url).query) for link in calendar_links(an_event()))

    assert google["dates"] == ["20270311T183000Z/20270311T203000Z"]
    assert (outlook["startdt"], outlook["enddt"]) == (["2027-03-11T18:30:00Z"], ["2027-03-11T20:30:00Z"])
    assert google["text"] == outlook["subject"] == ["Wijktafel Kerkstraat"]


def test_the_links_know_whole_days():
    google, outlook = (
        parse_qs(urlsplit(link.url).query) for link in calendar_links(an_event(starts=date(2027, 5, 1), ends=None))
    )

    assert google["dates"] == ["20270501/20270502"]
    assert outlook["allday"] == ["true"]
