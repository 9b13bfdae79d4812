"""The legal clock: when a term ends, and why. Pure functions on dates; a day is a day in Europe/Amsterdam.

The day of the event does not count; a term of weeks ends on the same weekday, a term of months on the same day number
or the last of the month. Days on which the clock stands still are added to that nominal end. Only then, and only for a
term from an Act of at most ninety days, twelve weeks or three months, the Algemene termijnenwet (Atw) moves the end off
a free day. Where lawyers read the rules differently, `due_safe` is the date that is right under each reading.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from math import ceil

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shared.terms.calendar import KNOWN, Calendar
from shared.terms.changes import Extension, Notice, Origin, Outage, Postponement, Suspension
from shared.terms.lengths import Length, Unit

DAY = timedelta(days=1)
# Atw article 2: a term of three days or more holds at least two working days.
SHORTEST_WITH_WORKING_DAYS = 3
WORKING_DAYS_HELD = 2


@dataclass(frozen=True)
class Step:
    """One line of the calculation: what was done, and the date it led to."""

    text: str
    day: date


@dataclass(frozen=True)
class Deadline:
    """The end of a term, with its calculation.

    `due_legal` is the last day by the law as it reads; `due_safe`, never later, is right under every reading.
    `nominal` is the end before the Atw moved it. `suspended` holds the days that did not count.
    """

    event: date
    nominal: date
    due_legal: date
    due_safe: date
    suspended: frozenset[date]
    steps: tuple[Step, ...]
    sentence: str

    def share_used_on(self, share: float) -> date:
        """The first day on which this share (0 to 1) of the term is used; days of suspension do not count."""
        running = self._running
        return running[max(ceil(share * len(running)), 1) - 1] if running else self.due_safe

    @cached_property
    def _running(self) -> list[date]:
        return [day for day in _span(self.event + DAY, self.due_safe) if day not in self.suspended]


@dataclass
class _Count:
    """A term while it is being counted."""

    event: date
    length: Length
    origin: Origin
    calendar: Calendar
    nominal: date
    safe: date
    moves: bool
    certain: bool
    suspended: set[date]
    steps: list[Step]
    parts: list[str]

    def due(self) -> date:
        """Where the term ends as counted so far, with what the Atw adds."""
        return self.calendar.working_day_from(self._with_two_working_days()) if self.moves else self.nominal

    def _with_two_working_days(self) -> date:
        end = self.nominal
        if (self.nominal - self.event).days >= SHORTEST_WITH_WORKING_DAYS:
            while self.calendar.working_days_between(self.event, end) < WORKING_DAYS_HELD:
                end += DAY
        return end

    def suspend(self, suspension: Suspension) -> None:
        """Add the days that are not counted yet; a wait that began after the end adds nothing."""
        if suspension.first > self.due():
            return
        fresh = set(_span(max(suspension.first, self.event + DAY), suspension.last)) - self.suspended
        if not fresh:
            return
        certain = {day for day in fresh if day <= suspension.last_safe}
        self.suspended |= fresh
        self.nominal += len(fresh) * DAY
        self.safe += len(certain) * DAY
        self.certain = self.certain and certain == fresh
        added = ngettext("plus %(n)d dag %(why)s", "plus %(n)d dagen %(why)s", len(fresh)) % {
            "n": len(fresh),
            "why": suspension.why,
        }
        self.parts.append(added)
        self.steps.append(
            Step(
                _("De klok stond stil van %(first)s tot en met %(last)s: %(added)s.")
                % {"first": _short(min(fresh)), "last": _short(max(fresh)), "added": added},
                self.nominal,
            )
        )

    def extend(self, extension: Extension) -> None:
        """Make the term longer, if the message was in time."""
        if extension.sent_on > self.due():
            self.steps.append(
                Step(
                    _("Het bericht van %(day)s over uitstel kwam te laat en verandert niets.")
                    % {"day": _short(extension.sent_on)},
                    self.nominal,
                )
            )
            return
        if extension.from_start:
            unsure = self.nominal - self.safe
            self.nominal = extension.length.after(self.event) + len(self.suspended) * DAY
            self.safe = self.nominal - unsure
            part = _("verlengd tot %(length)s in totaal") % {"length": extension.length}
        else:
            self.nominal = extension.length.after(self.nominal)
            self.safe = extension.length.after(self.safe)
            part = _("verlengd met %(length)s") % {"length": extension.length}
        statutory = extension.origin is Origin.STATUTORY and self.moves
        # Whether the Act still moves the end of two terms that are together longer than it covers is not settled.
        self.certain = self.certain and (not statutory or (self.nominal - self.event).days <= Unit.WEEKS.value * 7)
        self.moves = statutory and extension.length.moves_by_act
        self.parts.append(part)
        self.steps.append(
            Step(_("Bericht van %(day)s: %(part)s.") % {"day": _short(extension.sent_on), "part": part}, self.nominal)
        )

    def postpone(self, postponement: Postponement) -> None:
        """Move the end to the day that was agreed, if that was in time and it is later."""
        if postponement.sent_on > self.due() or postponement.until <= self.due():
            return
        self.nominal = self.safe = postponement.until
        self.moves, self.certain = False, True
        part = _("verder uitgesteld tot en met %(day)s") % {"day": _short(postponement.until)}
        self.parts.append(part)
        self.steps.append(
            Step(
                _("Bericht van %(day)s: %(part)s.") % {"day": _short(postponement.sent_on), "part": part}, self.nominal
            )
        )


def ends(
    event: date,
    length: Length,
    origin: Origin = Origin.STATUTORY,
    *,
    suspensions: Iterable[Suspension | None] = (),
    extensions: Iterable[Extension] = (),
    postponements: Iterable[Postponement] = (),
    notices: Iterable[Notice] = (),
    outages: Sequence[Outage] = (),
    calendar: Calendar = KNOWN,
) -> Deadline:
    """When a term that starts with `event` ends.

    `outages` are for terms of residents only: a last day on which the portal did not work becomes the first working
    day after it (reading of the Wet modernisering elektronisch bestuurlijk verkeer). A suspension may be None.
    """
    nominal = length.after(event)
    count = _Count(
        event,
        length,
        origin,
        calendar,
        nominal,
        nominal,
        moves=origin is Origin.STATUTORY and length.moves_by_act,
        certain=True,
        suspended=set(),
        steps=[Step(_("De dag zelf (%(day)s) telt niet mee.") % {"day": _long(event)}, event)],
        parts=[_("%(length)s vanaf %(day)s") % {"length": length, "day": _short(event)}],
    )
    count.steps.append(Step(_("%(length)s later.") % {"length": length}, nominal))

    changes: list[Suspension | Extension | Postponement] = [*filter(None, suspensions), *extensions, *postponements]
    for change in sorted(changes, key=lambda each: each.from_to):
        if isinstance(change, Suspension):
            count.suspend(change)
        elif isinstance(change, Postponement):
            count.postpone(change)
        else:
            count.extend(change)
    for notice in notices:
        count.steps.append(
            Step(
                _("Wij lieten op %(sent)s weten dat het besluit later komt. De wettelijke datum blijft staan.")
                % {"sent": _short(notice.sent_on)},
                notice.expected_on,
            )
        )
    return _result(count, outages)


def counted_back(event: date, length: Length) -> Deadline:
    """The last day that lies this long before an event; it never moves (Atw article 1(2))."""
    due = length.before(event)
    start = _("%(length)s vóór %(day)s") % {"length": length, "day": _short(event)}
    return Deadline(
        event=event,
        nominal=due,
        due_legal=due,
        due_safe=due,
        suspended=frozenset(),
        steps=(Step(_("%(start)s; een dag die wordt teruggerekend schuift niet.") % {"start": start}, due),),
        sentence=_join([start], due),
    )


def _result(count: _Count, outages: Sequence[Outage]) -> Deadline:
    due = _moved(count)
    # The cautious date does not lean on the Atw where the readings differ: it is never later than any of them.
    safe = due if count.certain else min(count.safe, count.nominal, due)
    due = _after_outages(count, due, outages)
    return Deadline(
        event=count.event,
        nominal=count.nominal,
        due_legal=due,
        due_safe=safe,
        suspended=frozenset(count.suspended),
        steps=tuple(count.steps),
        sentence=_join(count.parts, due),
    )


def _moved(count: _Count) -> date:
    due = count.due()
    if due == count.nominal:
        return due
    why = count.calendar.why_free(count.nominal)
    if why:
        count.parts.append(_("valt op %(why)s") % {"why": why})
    else:
        count.parts.append(_("telt dan minder dan twee werkdagen"))
    skipped = ", ".join(
        f"{_short(day)} ({count.calendar.why_free(day)})"
        for day in _span(count.nominal, due - DAY)
        if not count.calendar.is_working_day(day)
    )
    count.steps.append(
        Step(
            _("Vrije dagen worden overgeslagen: %(days)s (Algemene termijnenwet).") % {"days": skipped},
            due,
        )
    )
    return due


def _after_outages(count: _Count, due: date, outages: Sequence[Outage]) -> date:
    for outage in sorted(outages, key=lambda each: each.first):
        if outage.first <= due <= outage.last:
            due = count.calendar.working_day_from(outage.last + DAY)
            part = _("het portaal werkte op de laatste dag niet")
            count.parts.append(part)
            count.steps.append(
                Step(
                    _("Storing van %(first)s tot en met %(last)s: u krijgt de eerste werkdag daarna.")
                    % {"first": _short(outage.first), "last": _short(outage.last)},
                    due,
                )
            )
    return due


def _join(parts: Sequence[str], due: date) -> str:
    return _("%(parts)s, dus %(due)s.") % {"parts": ", ".join(parts), "due": _long(due)}


def _span(first: date, last: date) -> list[date]:
    return [first + DAY * n for n in range((last - first).days + 1)]


def _short(day: date) -> str:
    return date_format(day, "j F")


def _long(day: date) -> str:
    return date_format(day, "l j F Y")
