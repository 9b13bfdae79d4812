"""Dates that people put in their own calendar: the file (iCalendar, RFC 5545) and the links that do the same.

A moment is written in the time of the Netherlands with the rules of summer and winter time in the file itself, so that
every calendar shows the hour that stands on our page. What changed keeps its UID and gets a higher SEQUENCE; what is
cancelled stays in the file, marked: a calendar that has it takes it off or strikes it through.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard
from icalendar.prop import vRecur

from shared import municipality
from shared.links import absolute

CONTENT_TYPE = "text/calendar; charset=utf-8"
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
# The European Union changes the clock on the last Sunday of March and October, since 1996 (directive 2000/84/EC).
# The first time, in the local hour of before the change, as RFC 5545 wants it; then the hours before and after.
SUMMER_TIME = (TimezoneDaylight, "CEST", datetime.fromisoformat("1996-03-31T02:00"), 1, 2, 3)
WINTER_TIME = (TimezoneStandard, "CET", datetime.fromisoformat("1996-10-27T03:00"), 2, 1, 10)
STAMP = "%Y%m%dT%H%M%SZ"
# Who gave no end: long enough to keep free.
USUAL_LENGTH = timedelta(hours=1)


@dataclass(frozen=True)
class CalendarEvent:
    """One date. `uid` is unique within the portal and never changes ("moment-12"); `path` is the page it belongs to.

    A whole day, or several, has dates instead of datetimes; `ends` is then the last day itself. What comes back is one
    event with a `rule`, so that a calendar keeps it together and moves with the clock.
    """

    uid: str
    title: str
    starts: datetime | date
    path: str
    changed_at: datetime
    ends: datetime | date | None = None
    place: str = ""
    text: str = ""
    sequence: int = 0
    cancelled: bool = False
    # How it comes back (RFC 5545, 3.3.10): {"freq": "WEEKLY", "until": a moment in UTC}.
    rule: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_whole_day(self) -> bool:
        """It has no hour."""
        return not isinstance(self.starts, datetime)

    @property
    def page_url(self) -> str:
        """The full address of the page."""
        return absolute(self.path)

    @property
    def description(self) -> str:
        """What stands below the title: the words, and the way back to the page, where it is always right."""
        return "\n\n".join(filter(None, [self.text, self.page_url]))


@dataclass(frozen=True)
class CalendarLink:
    """A way to put a date in one's own calendar."""

    label: str
    url: str


def calendar_file(events: Iterable[CalendarEvent], *, name: str = "", refresh: timedelta | None = None) -> bytes:
    """The file with these dates. A feed has a `name`, and says after how long (`refresh`) it is worth asking again."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{municipality.current().full_name}//{municipality.current().portal_name}//NL")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
    if refresh:
        calendar.add("refresh-interval", refresh, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", f"PT{int(refresh.total_seconds() // 60)}M")
    calendar.add_component(_amsterdam())
    for event in events:
        calendar.add_component(_component(event))
    content: bytes = calendar.to_ical()
    return content


def calendar_links(event: CalendarEvent) -> list[CalendarLink]:
    """Links for who keeps a calendar on a website; nothing is asked of those sites until somebody follows one."""
    starts, ends = _span(event)
    google = {
        "action": "TEMPLATE",
        "text": event.title,
        "dates": f"{_compact(starts)}/{_compact(ends)}",
        "details": event.description,
        "location": event.place,
    }
    outlook = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": event.title,
        "startdt": _iso(starts),
        "enddt": _iso(ends),
        "body": event.description,
        "location": event.place,
        "allday": str(event.is_whole_day).lower(),
    }
    return [
        CalendarLink("Google Agenda", f"https://calendar.google.com/calendar/render?{urlencode(google)}"),
        CalendarLink("Outlook.com", f"https://outlook.live.com/calendar/0/deeplink/compose?{urlencode(outlook)}"),
    ]


def _component(event: CalendarEvent) -> Event:
    starts, ends = _span(event)
    component = Event()
    component.add("uid", f"{event.uid}@{municipality.current().sender.partition('@')[2]}")
    component.add("dtstamp", event.changed_at.astimezone(UTC))
    component.add("last-modified", event.changed_at.astimezone(UTC))
    component.add("sequence", event.sequence)
    component.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    component.add("summary", event.title)
    component.add("dtstart", starts)
    component.add("dtend", ends)
    component.add("description", event.description)
    component.add("url", event.page_url)
    if event.place:
        component.add("location", event.place)
    if event.rule:
        component.add("rrule", vRecur(event.rule))
    return component


def _span(event: CalendarEvent) -> tuple[datetime, datetime] | tuple[date, date]:
    """From when, until when: of whole days the day after the last one, as RFC 5545 wants it."""
    if isinstance(event.starts, datetime):
        starts = event.starts.astimezone(AMSTERDAM)
        if isinstance(event.ends, datetime):
            return starts, event.ends.astimezone(AMSTERDAM)
        # Added in UTC: in the night that the clock changes, an hour is still an hour.
        return starts, (starts.astimezone(UTC) + USUAL_LENGTH).astimezone(AMSTERDAM)
    return event.starts, (event.ends or event.starts) + timedelta(days=1)


def _compact(moment: datetime | date) -> str:
    return f"{moment.astimezone(UTC):{STAMP}}" if isinstance(moment, datetime) else f"{moment:%Y%m%d}"


def _iso(moment: datetime | date) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if isinstance(moment, datetime) else moment.isoformat()


def _amsterdam() -> Timezone:
    """The rules of summer and winter time, for programs that do not know the Netherlands by name."""
    zone = Timezone()
    zone.add("tzid", AMSTERDAM.key)
    for kind, name, start, before, after, month in (SUMMER_TIME, WINTER_TIME):
        part = kind()
        part.add("tzname", name)
        part.add("dtstart", start)
        part.add("tzoffsetfrom", timedelta(hours=before))
        part.add("tzoffsetto", timedelta(hours=after))
        part.add("rrule", vRecur(freq="YEARLY", bymonth=month, byday="-1SU"))
        zone.add_component(part)
    return zone
