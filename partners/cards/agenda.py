"""The agenda as a list and as a month: every string prepared once, so that a long list renders fast."""

from calendar import Calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby

from django.utils.translation import gettext as _

from partners.enums.agenda import Visibility
from partners.moments.moment import Moment
from partners.moments.words import day_in_words

SUNDAY = 6
# Days after the first.
LONG = 6


@dataclass(frozen=True, slots=True)
class Row:
    """One moment in a list; `shared_with` is empty when everybody may see it, `cancelled` when it goes on."""

    key: str
    title: str
    url: str
    when: str
    about: str
    cancelled: str
    shared_with: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day with what takes place on it."""

    day: date
    heading: str
    rows: list[Row]
    in_month: bool = True
    is_today: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """Today, this week, or later."""

    name: str
    heading: str
    days: list[Day]


@dataclass(frozen=True)
class Names:
    """What wijken and themes are called, by number."""

    wijken: Mapping[int, str] = field(default_factory=dict)
    themes: Mapping[int, str] = field(default_factory=dict)


def row(moment: Moment, names: Names) -> Row:
    """One moment as it stands in a list."""
    area = ", ".join(names.wijken[pk] for pk in sorted(moment.wijken) if pk in names.wijken)
    theme = ", ".join(names.themes[pk] for pk in sorted(moment.themes) if pk in names.themes)
    place = "" if moment.place in (area, "") else moment.place
    visibility = Visibility(moment.visibility)
    return Row(
        key=moment.key,
        title=moment.title,
        url=moment.path,
        when=moment.hours,
        about=" · ".join(filter(None, [place, area or _("Hele gemeente"), moment.kind, theme])),
        cancelled=moment.cancelled,
        shared_with="" if visibility == Visibility.PUBLIC else str(visibility.label),
    )


def parts(moments: Iterable[Moment], names: Names, today: date) -> list[Part]:
    """Today, the rest of this week, and later; a part without anything is left out."""
    sunday = today + timedelta(days=SUNDAY - today.weekday())
    labels = {"today": _("Vandaag"), "week": _("Deze week"), "later": _("Later")}
    found: dict[str, list[Day]] = {name: [] for name in labels}
    # What began before today stands under today: it can still be gone to.
    ordered = sorted(moments, key=lambda moment: (max(moment.day, today), *moment.order))
    for day, held in groupby(ordered, key=lambda moment: max(moment.day, today)):
        name = "today" if day == today else "week" if day <= sunday else "later"
        found[name].append(Day(day, day_in_words(day), [row(moment, names) for moment in held]))
    return [Part(name, str(labels[name]), days) for name, days in found.items() if days]


def _days(moment: Moment) -> list[date]:
    """Each day of it; of something that takes weeks, such as an online questionnaire, the first and the last."""
    length = (moment.last_day - moment.day).days
    if length > LONG:
        return [moment.day, moment.last_day]
    return [moment.day + timedelta(days=number) for number in range(length + 1)]


def weeks(moments: Iterable[Moment], names: Names, month: date, today: date) -> list[list[Day]]:
    """The month as a calendar hangs on the wall: weeks from Monday to Sunday, with the days around it left empty."""
    held: dict[date, list[Row]] = {}
    for moment in moments:
        for day in _days(moment):
            held.setdefault(day, []).append(row(moment, names))
    return [
        [Day(day, day_in_words(day), held.get(day, []), day.month == month.month, day == today) for day in week]
        for week in Calendar().monthdatescalendar(month.year, month.month)
    ]
