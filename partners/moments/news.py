"""What can stand in the letter of a wijk. Each programme adds its sections in `AppConfig.ready`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils.functional import Promise

from partners.models.newsletter import Told
from partners.rules.agenda import Window
from partners.rules.newsletter import Group, NewsItem, looks_at
from shared.terms.calendar import AMSTERDAM, today
from shared.wijken.models import Wijk


@dataclass(frozen=True)
class Span:
    """The days that a letter is about: news of before today, moments from today on."""

    window: Window

    @property
    def since(self) -> datetime:
        """The first moment of the news."""
        return datetime.combine(self.window.first, time(), AMSTERDAM)

    @property
    def ahead(self) -> Window:
        """From tomorrow: who reads a letter in the evening cannot go to something of that morning."""
        return Window(today() + timedelta(days=1), self.window.last)


@dataclass(frozen=True)
class Section:
    """A heading with what stands below it. Low positions come first."""

    heading: str | Promise
    items: Callable[[Wijk, Span], Iterable[NewsItem]]
    position: int


SECTIONS: list[Section] = []


def gather_news(wijk: Wijk, rhythm: str) -> list[Group]:
    """All that readers of this letter were not told yet, grouped; each thing stands in it once, with all about it."""
    known = Told.objects.keys(wijk, rhythm)
    span = Span(looks_at(today(), rhythm))
    lines: dict[str, NewsItem] = {}
    line_about: dict[str, str] = {}
    groups: list[tuple[str, list[str]]] = []
    for section in sorted(SECTIONS, key=lambda section: section.position):
        keys: list[str] = []
        groups.append((str(section.heading), keys))
        for item in section.items(wijk, span):
            if item.key in known or item.unless in lines:
                continue
            known.add(item.key)
            line = line_about.setdefault(item.about or item.key, item.key)
            if line == item.key:
                lines[line] = item
                keys.append(line)
            else:
                lines[line] = lines[line].with_more(item)
    return [Group(heading, [lines[key] for key in keys]) for heading, keys in groups if keys]


def without(groups: Iterable[Group], left_out: Iterable[str]) -> list[Group]:
    """The same without these lines; a group that has nothing left is not there."""
    leave = set(left_out)
    kept = (Group(group.heading, [item for item in group.items if item.key not in leave]) for group in groups)
    return [group for group in kept if group.items]
