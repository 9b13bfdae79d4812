"""Whom to ask: by theme, wijk and department, with who does the work there today and how much there is already."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ambassadors.models import ThemeDuty
from ambassadors.seats import Seat, seats
from shared.accounts.models import Department, User


@dataclass(frozen=True)
class Adviser:
    """Who is asked: a colleague for a department, or somebody by e-mail."""

    department: Department | None = None
    user: User | None = None
    name: str = ""
    email: str = ""

    def __str__(self) -> str:
        return f"{self.user} ({self.department})" if self.user else self.name or self.email


@dataclass(frozen=True)
class Proposal:
    """One department as it can be chosen; `because` is empty when it does not answer for this theme."""

    seat: Seat
    because: str = ""

    @property
    def adviser(self) -> Adviser | None:
        """Who gets the question; None when there is nobody and no address either."""
        department = self.seat.department
        if self.seat.acting:
            return Adviser(department=department, user=self.seat.acting)
        if department.email:
            return Adviser(department=department, name=department.name, email=department.email)
        return None

    @property
    def words(self) -> str:
        """Who, in whose place, how busy and why this department."""
        return ", ".join([f"{self.seat.department}: {self._who}", *filter(None, [self._load, self.because])])

    @property
    def _who(self) -> str:
        if self.seat.acting is None:
            return _("geen ambassadeur, de vraag gaat naar het adres van de afdeling")
        if self.seat.stands_in and self.seat.ambassador:
            return _("%(deputy)s, in plaats van %(name)s") % {
                "deputy": self.seat.acting,
                "name": self.seat.ambassador.user,
            }
        return str(self.seat.acting)

    @property
    def _load(self) -> str:
        count = self.seat.load
        if not count:
            return ""
        busy = ngettext("%(n)d open vraag", "%(n)d open vragen", count) % {"n": count}
        return _("%(busy)s, dat is veel") % {"busy": busy} if self.seat.is_full else busy


def proposals(*, themes: Collection[int], wijken: Collection[int], on: date) -> list[Proposal]:
    """Every department that can be asked: who answers for one of the themes here first, the least busy first."""
    duties = list(ThemeDuty.objects.for_subject(themes=themes, wijken=wijken, on=on).select_related("theme", "wijk"))
    found = [Proposal(seat, _because(seat, duties)) for seat in seats(on)]
    return sorted((each for each in found if each.adviser), key=lambda each: _order(each, duties))


def _because(seat: Seat, duties: Iterable[ThemeDuty]) -> str:
    own = next((each for each in duties if each.department_id == seat.department.pk), None)
    if own is None:
        return ""
    if own.wijk:
        return _("gaat over %(theme)s in %(wijk)s") % {"theme": own.theme.name, "wijk": own.wijk.short_name}
    return _("gaat over %(theme)s") % {"theme": own.theme.name}


def _order(proposal: Proposal, duties: list[ThemeDuty]) -> tuple[int, bool, int, str]:
    """For this wijk, then for the theme anywhere, then the others; nobody before somebody never."""
    own = [each for each in duties if each.department_id == proposal.seat.department.pk]
    rank = 0 if any(each.wijk_id for each in own) else 1 if own else 2
    return rank, proposal.seat.is_uncovered, proposal.seat.load, proposal.seat.department.name
