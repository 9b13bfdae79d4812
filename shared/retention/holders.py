"""Who keeps files that are destroyed one day: each programme registers its kind of case in `AppConfig.ready`.

    holders.register(Holder("subsidies.application", _("aanvraag"), due=due, why_not=why_not, destroy=destroy))

`due` names the files whose term is over on a day, `why_not` says what still stands in the way (asked again at the very
moment), and `destroy` removes what is about people for good, in a transaction that the caller opened.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise


@dataclass(frozen=True)
class Due:
    """A file whose term is over: which one, on what ground and in which class, and since when."""

    record_id: str
    reference: str
    ground: str
    category: str
    closed_on: date
    term_over_on: date


@dataclass(frozen=True)
class Holder:
    """One kind of file."""

    kind: str
    label: str | Promise
    due: Callable[[date], Iterable[Due]]
    why_not: Callable[[str, date], str]
    destroy: Callable[[str, date], None]


HOLDERS: dict[str, Holder] = {}


def register(holder: Holder) -> None:
    """Let the nightly list look at this kind of file too."""
    HOLDERS[holder.kind] = holder
