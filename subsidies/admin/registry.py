"""What can be done with an application, and what its file shows: each part of the work adds its own here.

register(StepPage("oppakken", _("Oppakken"), _("Oppakken"), with_answers(review.take_up), why_not=…))
show_on_file(Part("besluiten", "admin/subsidies/application/_decisions.html", values, position=40))
add_page(CasePage("besluit/<int:decision>/", "subsidies_application_decision", view))
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise

from shared.accounts.models import User
from subsidies.forms.steps import NothingForm, StepForm
from subsidies.models import Application

Text = str | Promise


@dataclass(frozen=True)
class Seen:
    """Who acts, and which version of the case they had before them."""

    by: User
    version: int | None

    def as_arguments(self) -> dict[str, Any]:
        """For a workflow function."""
        return {"by": self.by, "version": self.version}


Act = Callable[[Application, Any, Seen], object]
WhyNot = Callable[[Application, User], str]


def _always(case: Application, user: User) -> bool:
    return True


def _nothing(case: Application, user: User) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class StepPage:
    """A step with its confirm page.

    `verb` starts the button; an `at_once` step works with one click, a `silent` one writes to nobody, `main` ones are
    first. `why_not` says in one sentence why the step is not possible now, or nothing; a step that does not `concern`
    the case is not listed at all. `values` are for the page itself, beside the form.
    """

    slug: str
    title: Text
    verb: Text
    act: Act
    why_not: WhyNot
    form: type[StepForm] = NothingForm
    explains: Text = ""
    at_once: bool = False
    silent: bool = False
    main: bool = False
    position: int = 50
    concerns: Callable[[Application, User], bool] = _always
    values: Callable[[Application, User], dict[str, Any]] = _nothing
    # What the button starts with when it depends on the answers; gets the form when that is filled in rightly.
    verb_for: Callable[[Application, User, Any], Text] | None = None
    template: str = "admin/subsidies/application/step.html"


@dataclass(frozen=True)
class Part:
    """A part of the file page; left is what the applicant told, right is our own work."""

    name: str
    template: str
    values: Callable[[Application, HttpRequest], dict[str, Any]]
    position: int
    left: bool = False


@dataclass(frozen=True)
class CasePage:
    """Another page of a case: `view(request, case, around, **what the route holds)`; only who reviews comes there."""

    route: str
    name: str
    view: Callable[..., HttpResponse]


_steps: dict[str, StepPage] = {}
_parts: dict[str, Part] = {}
_pages: dict[str, CasePage] = {}


def register(*pages: StepPage) -> None:
    """Offer these steps on the file page."""
    for page in pages:
        _steps[page.slug] = page


def show_on_file(*parts: Part) -> None:
    """Show these parts on the file page."""
    for part in parts:
        _parts[part.name] = part


def add_page(*pages: CasePage) -> None:
    """Give a case these pages."""
    for page in pages:
        _pages[page.name] = page


def step_pages() -> list[StepPage]:
    """All steps in the order of the file page."""
    return sorted(_steps.values(), key=lambda page: page.position)


def find_step(slug: str) -> StepPage | None:
    """The step with this address."""
    return _steps.get(slug)


def parts(*, left: bool) -> list[Part]:
    """The parts of one side of the file page, in reading order."""
    return sorted((part for part in _parts.values() if part.left is left), key=lambda part: part.position)


def case_pages() -> list[CasePage]:
    """The other pages of a case."""
    return list(_pages.values())


def with_answers(function: Callable[..., object], *names: str) -> Act:
    """Call a workflow function with these answers of the form, under the same names."""
    return lambda case, form, seen: function(
        case, **{name: form.cleaned_data[name] for name in names}, **seen.as_arguments()
    )


@dataclass(frozen=True)
class Offer:
    """A step on the file page, with why it is not possible now, if it is not."""

    page: StepPage
    why_not: str


def offers(case: Application, user: User) -> dict[str, list[Offer]]:
    """The steps of a case: the main ones, the others, and those that are not possible now."""
    sorted_out: dict[str, list[Offer]] = {"main": [], "other": [], "closed": []}
    for page in step_pages():
        if not page.concerns(case, user):
            continue
        offer = Offer(page, page.why_not(case, user))
        kind = "closed" if offer.why_not else "main" if page.main else "other"
        sorted_out[kind].append(offer)
    return sorted_out
