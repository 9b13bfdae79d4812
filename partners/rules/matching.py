"""Does this offer fit this need, and why? Pure, and able to explain itself in a sentence.

The same kind of help, a shared wijk and days that can meet are conditions: without one of them there is no match.
They alone are not enough; something else must speak for it too: the buurt, the day or the same words. A theme says what
money, hands, knowledge or a poster is for, so there it is enough; it says little of which room, things or permit,
so there it only puts the better fit first. (Tried on 1,456 real plans: solar panels and bulbs are both “groen”.)
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from partners.rules.words import stems_of

BASE_POINTS = 50
BUURT_POINTS, DATE_POINTS, WEEKDAY_POINTS, PART_POINTS = 10, 15, 10, 5
THEME_POINTS, THEME_POINTS_OF_SPECIFIC = 15, 5
# Kinds of which the theme does not tell one from the other.
SPECIFIC = frozenset({"place", "materials", "permit"})
WORD_POINTS, MOST_WORD_POINTS = 10, 30
# Kind and wijk, and at least one more reason.
ENOUGH = BASE_POINTS + 10


@dataclass(frozen=True)
class Reason:
    """One thing that speaks for the match: what kind of thing, and which one."""

    code: str
    value: str = ""


@dataclass(frozen=True)
class Wish:
    """What the rule reads of an offer or a need. No wijken: everywhere; no days: any day."""

    kind: str
    wijken: frozenset[int]
    buurt: int | None = None
    themes: frozenset[int] = frozenset()
    first: date | None = None
    last: date | None = None
    weekdays: frozenset[int] = frozenset()
    parts: frozenset[str] = frozenset()
    # Each word without its ending -> as it was written, to explain with.
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def day(self) -> date | None:
        """The one day that it is about, when it is about one."""
        return self.first if self.first is not None and self.first == self.last else None


@dataclass(frozen=True)
class Fit:
    """How well it fits, and the reasons in the order in which people read them."""

    points: int
    reasons: tuple[Reason, ...]

    @property
    def is_enough(self) -> bool:
        """Worth bothering two people with."""
        return self.points >= ENOUGH

    @property
    def kept(self) -> list[list[str]]:
        """The reasons as a match keeps them."""
        return [[reason.code, reason.value] for reason in self.reasons]


def compare(offer: Wish, need: Wish) -> Fit | None:
    """Weigh an offer against a need; None when a condition is not met."""
    wijken = offer.wijken & need.wijken if offer.wijken and need.wijken else offer.wijken | need.wijken
    if offer.kind != need.kind or not wijken or not _can_meet(offer, need):
        return None
    found = [(0, Reason("wijk")), (0, Reason("kind", offer.kind))]
    if offer.buurt is not None and offer.buurt == need.buurt:
        found.append((BUURT_POINTS, Reason("buurt")))
    found += _when(offer, need)
    for_theme = THEME_POINTS_OF_SPECIFIC if offer.kind in SPECIFIC else THEME_POINTS
    found += [(for_theme, Reason("theme", str(theme))) for theme in sorted(offer.themes & need.themes)[:1]]
    words = sorted(shared_words(offer.words, need.words))[: MOST_WORD_POINTS // WORD_POINTS]
    found += [(WORD_POINTS, Reason("word", word)) for word in words]
    return Fit(BASE_POINTS + sum(points for points, _reason in found), tuple(reason for _points, reason in found))


def shared_words(some: Mapping[str, str], others: Mapping[str, str]) -> set[str]:
    """Words that both have, as the second one writes them.

    A long word at the end of a compound counts as well: “stoelen” and “klapstoelen”.
    """
    same = {others[stem] for stem in some.keys() & others.keys()}
    for one in some.keys() - others.keys():
        same |= {word for other, word in others.items() if _is_part(one, other)}
    return same


SHORTEST_PART = 5
# Stems that say nothing of the thing at the end of a compound: an insectenhotel is no hotel.
EMPTY_ENDS = frozenset({"coach", "groep", "hotel", "iemand", "plaat", "plein", "ruimte"})


def _is_part(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return SHORTEST_PART <= len(short) < len(long) and long.endswith(short) and short not in EMPTY_ENDS


def _can_meet(offer: Wish, need: Wish) -> bool:
    """Whether there is a day, and a part of a day, on which both can."""
    first = max(filter(None, [offer.first, need.first]), default=None)
    last = min(filter(None, [offer.last, need.last]), default=None)
    if first and last and first > last:
        return False
    if offer.parts and need.parts and not offer.parts & need.parts:
        return False
    return bool(_weekdays(offer) & _weekdays(need))


ALL_WEEK = frozenset(range(1, 8))


def _weekdays(wish: Wish) -> frozenset[int]:
    """The days of the week on which it can be; one day is that day of the week."""
    if wish.day:
        return frozenset({wish.day.isoweekday()})
    return wish.weekdays or ALL_WEEK


def _when(offer: Wish, need: Wish) -> Iterable[tuple[int, Reason]]:
    # The day of an offer says something only to who has a time in mind.
    day = need.day or (offer.day if need.first or need.last else None)
    if day and (offer.weekdays or offer.first or offer.last):
        yield DATE_POINTS, Reason("day", day.isoformat())
    elif _weekdays(offer) != ALL_WEEK and _weekdays(need) != ALL_WEEK:
        for weekday in sorted(_weekdays(offer) & _weekdays(need))[:2]:
            yield WEEKDAY_POINTS // 2, Reason("weekday", str(weekday))
    if offer.parts and need.parts:
        for part in sorted(offer.parts & need.parts)[:1]:
            yield PART_POINTS, Reason("part", part)


_WORD = re.compile(r"[^\W\d_]{4,}")


@lru_cache(maxsize=5_000)
def words_of(text: str) -> Mapping[str, str]:
    """The words of a text that say what it is about, by their stems."""
    return stems_of(_WORD.findall(text.lower()))
