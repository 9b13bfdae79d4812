"""The board of the coordinator: which department needs something, what exactly, and what to do about it.

What else a department is late with, a programme above adds in `AppConfig.ready`:

    board.TROUBLES.append(late_by_department)       # day -> {department: Trouble}
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ambassadors.models import AdviceRequest, ThemeDuty
from ambassadors.querysets import AdviceRequestQuerySet
from ambassadors.seats import Seat, seats
from shared import municipality
from shared.accounts.models import User


@dataclass(frozen=True)
class Trouble:
    """Something that needs attention, how much (late or soon), and perhaps the page where one sees it."""

    words: str
    urgency: str
    url: str = ""


TROUBLES: list[Callable[[date], dict[int, Trouble]]] = []


@dataclass(frozen=True)
class Row:
    """A department on the board."""

    seat: Seat
    themes: str
    troubles: tuple[Trouble, ...]

    @property
    def weight(self) -> tuple[int, int, str]:
        """The worst comes first."""
        late = sum(each.urgency == "late" for each in self.troubles)
        return -late, -len(self.troubles), self.seat.department.name


def rows(day: date) -> list[Row]:
    """Every department, those that need something first."""
    themes, more = _themes(day), [look(day) for look in TROUBLES]
    found = []
    for seat in seats(day):
        pk = seat.department.pk
        others = (told[pk] for told in more if pk in told)
        found.append(Row(seat, themes.get(pk, ""), (*troubles(seat), *others)))
    return sorted(found, key=lambda row: row.weight)


def troubles(seat: Seat) -> Iterator[Trouble]:
    """What is wrong with this department today."""
    if seat.is_vacant:
        yield Trouble(_("geen ambassadeur"), "late")
    elif seat.is_soon_vacant and seat.vacant_from:
        day = format_date(seat.vacant_from, "j F Y")
        yield Trouble(_("geen ambassadeur vanaf %(day)s") % {"day": day}, "soon")
    if seat.ambassador and seat.is_uncovered:
        yield Trouble(_("ambassadeur is weg, niemand neemt waar"), "late")
    if seat.is_full:
        yield Trouble(_too_busy(seat), "soon")
    if seat.overdue:
        words = ngettext("%(n)d advies te laat", "%(n)d adviezen te laat", seat.overdue) % {"n": seat.overdue}
        yield Trouble(words, "late")


def _too_busy(seat: Seat) -> str:
    most = municipality.current().periods.ambassador_open_requests
    if seat.load > seat.open_requests:
        return _("te druk: %(name)s heeft voor alle afdelingen samen %(n)d open vragen, %(most)d is genoeg") % {
            "name": seat.acting,
            "n": seat.load,
            "most": most,
        }
    return _("te druk: %(n)d open vragen, %(most)d is genoeg") % {"n": seat.load, "most": most}


def vacant(day: date) -> list[Seat]:
    """The departments without an ambassador today."""
    return [each for each in seats(day) if each.is_vacant]


def overdue(user: User, day: date) -> AdviceRequestQuerySet:
    """The late requests that this person may do something about, the oldest first."""
    related = ("owner", "department", "wijk", "asked_by")
    return AdviceRequest.objects.visible_to(user).overdue(day).select_related(*related).most_urgent_first()


def _themes(day: date) -> dict[int, str]:
    """The themes of each department, in words."""
    found: dict[int, list[str]] = {}
    for duty in ThemeDuty.objects.active(day).select_related("theme", "wijk"):
        words = f"{duty.theme.label} ({duty.wijk.short_name})" if duty.wijk else duty.theme.label
        found.setdefault(duty.department_id, []).append(words)
    return {department: ", ".join(words) for department, words in found.items()}
