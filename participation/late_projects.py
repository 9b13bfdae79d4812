"""The projects whose first check was not there in time: by name, with how late, and where one reads on."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participation.coverage import Fact
from participation.models import Project
from shared.accounts.models import User
from shared.reports.tables import Table

# A longer list is not read on a page; the file has them all.
MOST_SHOWN = 50


@dataclass(frozen=True)
class Late:
    """One project in the list."""

    title: str
    words: str
    url: str


@dataclass(frozen=True)
class Listed:
    """What a page shows; how many there are beyond it, and how many everybody may not read yet."""

    rows: list[Late]
    more: int
    unpublished: int = 0


def for_everybody(facts: Iterable[Fact]) -> Listed:
    """With the public page; of what is not on the website only the number."""
    found = _with_projects(facts)
    public = [(fact, project) for fact, project in found if project.is_published]
    rows = [_late(fact, project, lambda one: one.get_absolute_url()) for fact, project in public[:MOST_SHOWN]]
    return Listed(rows, len(public) - len(rows), len(found) - len(public))


def for_staff(facts: Iterable[Fact], user: User) -> Listed:
    """With the file for who may read it, where they work on it or only read; else with the public page."""
    found = _with_projects(facts)
    numbers = [project.pk for _fact, project in found[:MOST_SHOWN]]
    readable = set(Project.objects.visible_to(user).filter(pk__in=numbers).values_list("pk", flat=True))

    def address(project: Project) -> str:
        if project.pk in readable:
            if user.has_perm("participation.register_project"):
                return reverse("admin:participation_project_change", args=[project.pk])
            return reverse("participation:dossier", args=[project.reference])
        return project.get_absolute_url() if project.is_published else ""

    rows = [_late(fact, project, address) for fact, project in found[:MOST_SHOWN]]
    return Listed(rows, len(found) - len(rows))


def table(facts: Iterable[Fact]) -> Table:
    """All of them, for a file."""
    rows = tuple(
        (
            str(project),
            fact.department,
            _day(fact.due_on),
            _day(fact.signed_on),
            _("ja") if fact.passed_on else _("nee"),
        )
        for fact, project in _with_projects(facts)
    )
    headings = (
        _("Project"),
        _("Afdeling"),
        _("Check uiterlijk"),
        _("Check vastgesteld op"),
        _("Voorbij de startnotitie"),
    )
    return Table("te-laat", _("Projecten met een late check"), headings, rows)


def _with_projects(facts: Iterable[Fact]) -> list[tuple[Fact, Project]]:
    """Those without a check first, then by their last day, the newest first; one query."""
    chosen = {fact.project: fact for fact in facts}
    found = Project.objects.filter(pk__in=chosen).only("reference", "title", "published_at").order_by("pk")
    pairs = [(chosen[project.pk], project) for project in found]
    return sorted(pairs, key=lambda pair: (pair[0].signed_on is not None, -(pair[0].due_on or date.min).toordinal()))


def _late(fact: Fact, project: Project, address: Callable[[Project], str]) -> Late:
    return Late(project.title, f"{fact.department}, {_words(fact)}", address(project))


def _words(fact: Fact) -> str:
    if fact.signed_on and fact.due_on:
        days = (fact.signed_on - fact.due_on).days
        return ngettext("check %(n)d dag te laat", "check %(n)d dagen te laat", days) % {"n": days}
    if fact.passed_on:
        return _("voorbij de startnotitie zonder check")
    return _("nog geen check, die moest er zijn op %(day)s") % {"day": _day(fact.due_on)}


def _day(day: date | None) -> str:
    return format_date(day, "j F Y") if day else ""
