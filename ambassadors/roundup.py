"""What a department did in a month, for the letter to its ambassador: each programme adds its own lines.

roundup.LINES.append(lambda department, month: [Line(_("3 checks vastgesteld"), url)])
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ambassadors.enums import AdviceStatus
from ambassadors.models import AdviceRequest, ContactNote
from shared.accounts.models import Department
from shared.links import absolute
from shared.terms.calendar import AMSTERDAM

# A longer list is not read; the rest is counted.
MOST_TITLES = 8


@dataclass(frozen=True)
class Month:
    """A calendar month."""

    first_day: date

    @classmethod
    def before(cls, day: date) -> "Month":
        """The month that ended last."""
        return cls((day.replace(day=1) - timedelta(days=1)).replace(day=1))

    @property
    def last_day(self) -> date:
        """The last day."""
        return (self.first_day + timedelta(days=31)).replace(day=1) - timedelta(days=1)

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """The first and the last moment, in local time."""
        start = datetime.combine(self.first_day, time(), AMSTERDAM)
        return start, datetime.combine(self.last_day, time.max, AMSTERDAM)

    @property
    def name(self) -> str:
        """How it stands in a key: 2026-10."""
        return f"{self.first_day:%Y-%m}"


@dataclass(frozen=True)
class Line:
    """One thing that the department did, in words; with where to see more."""

    text: str
    url: str = ""


LINES: list[Callable[[Department, Month], list[Line]]] = []


def lines(department: Department, month: Month) -> list[Line]:
    """Everything that the department did in this month; empty when there is nothing to tell."""
    return [line for tell in LINES for line in tell(department, month)]


def shortened(found: list[Line], more: Callable[[int], str]) -> list[Line]:
    """The first titles; `more` says with `%(n)d` how many there are beyond them."""
    rest = len(found) - MOST_TITLES
    return found if rest <= 0 else [*found[:MOST_TITLES], Line(more(rest) % {"n": rest})]


def _advice(department: Department, month: Month) -> list[Line]:
    given = AdviceRequest.objects.filter(department=department, answered_at__range=month.moments)
    titles = [
        Line(
            _("Advies over “%(title)s”: %(verdict)s")
            % {"title": request.title, "verdict": request.get_verdict_display()},
            _page(request),
        )
        for request in given.order_by("answered_at")
    ]
    found = shortened(titles, lambda more: ngettext("en nog %(n)d advies", "en nog %(n)d adviezen", more))
    silent = AdviceRequest.objects.filter(
        department=department, lapsed_at__range=month.moments, status__in=[AdviceStatus.UNANSWERED]
    ).count()
    if silent:
        words = ngettext("%(n)d vraag kreeg nog geen antwoord", "%(n)d vragen kregen nog geen antwoord", silent)
        found.append(Line(words % {"n": silent}, absolute(reverse("admin:index"))))
    return found


def _contacts(department: Department, month: Month) -> list[Line]:
    held = ContactNote.objects.filter(department=department, held_on__range=(month.first_day, month.last_day)).count()
    if not held:
        return []
    words = ngettext("%(n)d keer contact met de wijkcoördinator", "%(n)d keer contact met de wijkcoördinator", held)
    return [Line(words % {"n": held}, absolute(reverse("admin:ambassadors_contacts")))]


def _page(request: AdviceRequest) -> str:
    return absolute(reverse("admin:ambassadors_advicerequest_change", args=[request.pk]))


LINES += [_advice, _contacts]
