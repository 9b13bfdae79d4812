"""What can happen to a term while it runs: the clock stops, someone extends it, the portal is out of order."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from django.utils.translation import gettext as _

from shared.terms.lengths import Length

DAY = timedelta(days=1)


class Origin(Enum):
    """Where a term stands: the Atw moves only what an Act sets, not a local rule or a date someone named."""

    STATUTORY = "statutory"
    LOCAL = "local"


@dataclass(frozen=True)
class Suspension:
    """Days on which the clock stands still, `first` up to and including `last` (Awb article 4:15).

    `last_safe` is the last day that counts under each reading; `why` completes "8 dagen …".
    """

    first: date
    last: date
    last_safe: date
    why: str

    @property
    def from_to(self) -> tuple[date, date]:
        """The order in which changes are counted."""
        return self.first, self.last

    @classmethod
    def for_completion(
        cls, *, invited_on: date, due_on: date | None, completed_on: date | None = None, why: str = ""
    ) -> "Suspension | None":
        """The wait for what an applicant still has to send; None when no day counts.

        The clock stands still from the day after the invitation until the day on which the application was completed
        or the term passed unused (Awb article 4:15(1)(a)). Without a last day in the invitation it does not stop
        (ABRvS 21-9-2016, RVS:2016:2527). Whether the last unused day itself counts is read in two ways.
        """
        if due_on is None:
            return None
        first = invited_on + DAY
        in_time = completed_on is not None and completed_on <= due_on
        last = completed_on - DAY if completed_on is not None and in_time else due_on
        last_safe = last if in_time else due_on - DAY
        return cls(first, last, last_safe, why or _("wachten op uw aanvulling")) if last >= first else None


@dataclass(frozen=True)
class Extension:
    """A message, sent in time, that makes a term longer.

    With `from_start` the length is counted from the event again ("12 weeks in all", Awb article 4:14(3)); otherwise it
    is added to the end (Awb article 7:10(3), or a local rule). A message after the term has ended changes nothing.
    """

    sent_on: date
    length: Length
    from_start: bool = False
    origin: Origin = Origin.LOCAL

    @property
    def from_to(self) -> tuple[date, date]:
        """The order in which changes are counted."""
        return self.sent_on, self.sent_on


@dataclass(frozen=True)
class Postponement:
    """A later day, named with the consent of who is concerned (Awb article 7:10(4)); the Atw leaves it alone."""

    sent_on: date
    until: date

    @property
    def from_to(self) -> tuple[date, date]:
        """The order in which changes are counted."""
        return self.sent_on, self.until


@dataclass(frozen=True)
class Notice:
    """A message that a decision will be late (Awb article 4:14(1)): it names a date and moves nothing."""

    sent_on: date
    expected_on: date


@dataclass(frozen=True)
class Outage:
    """Days on which residents could not use the portal, `first` up to and including `last`."""

    first: date
    last: date
