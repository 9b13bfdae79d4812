"""What can be done with a case, and what its file shows: each part of the work adds its own here.

desk = Desk("subsidies_application")
desk.register(StepPage("oppakken", _("Oppakken"), _("Oppakken"), with_answers(review.take_up), why_not=…))
desk.show_on_file(Part("besluiten", "admin/subsidies/application/_decisions.html", values, position=40))
desk.add_page(CasePage("besluit/<int:decision>/", "subsidies_application_decision", view))
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode

from shared.accounts.models import User
from shared.review.forms import NothingForm, StepForm

Text = str | Promise
# A case of any programme: what the screens ask of it is that it has a status, a version, a title and a reference.
Case = Any

KEPT = "_changelist_filters"
# Where to go after a step: ?terug=vandaag leads to the start page instead of the file.
BACK, TODAY = "terug", "vandaag"


@dataclass(frozen=True)
class Seen:
    """Who acts, and which version of the case they had before them."""

    by: User
    version: int | None

    def as_arguments(self) -> dict[str, Any]:
        """For a workflow function."""
        return {"by": self.by, "version": self.version}


Act = Callable[[Case, Any, Seen], object]
WhyNot = Callable[[Case, User], str]


def _always(case: Case, user: User) -> bool:
    return True


def _nothing(case: Case, user: User) -> dict[str, Any]:
    return {}


def _no_warnings(form: StepForm) -> list[str]:
    return []


@dataclass(frozen=True)
class StepPage:
    """A step with its confirm page.

    `verb` starts the button; an `at_once` step works with one click, a `silent` one writes to nobody, `main` ones are
    first, and the first of those is the dark button. `why_not` says in one sentence why the step is not possible now,
    or nothing; a step that does not `concern` the case is not listed at all. `values` are for the page itself, beside
    the form; `warnings` are about the answers.
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
    # When a main step is the next one; at other times it stands among the others.
    main_when: Callable[[Case, User], bool] = _always
    position: int = 50
    concerns: Callable[[Case, User], bool] = _always
    values: Callable[[Case, User], dict[str, Any]] = _nothing
    # What the step is called when that depends on the case.
    title_for: Callable[[Case], Text] | None = None
    # A sentence beside the button on the file, when there is something to know before opening the step.
    note_for: Callable[[Case, User], str] | None = None
    # What the button starts with when it depends on the answers; gets the form when that is filled in rightly.
    verb_for: Callable[[Case, User, Any], Text] | None = None
    warnings: Callable[[StepForm], list[str]] = _no_warnings
    template: str = "admin/review/step.html"

    def title_of(self, case: Case) -> Text:
        """What the step is called in this case."""
        return self.title_for(case) if self.title_for else self.title


@dataclass(frozen=True)
class Part:
    """A part of the file page; left is what came from outside, right is our own work."""

    name: str
    template: str
    values: Callable[[Case, HttpRequest], dict[str, Any]]
    position: int
    left: bool = False


@dataclass(frozen=True)
class CasePage:
    """Another page of a case: `view(request, case, around, **what the route holds)`; only who reviews comes there."""

    route: str
    name: str
    view: Callable[..., HttpResponse]


@dataclass(frozen=True)
class Offer:
    """A step on the file page, with why it is not possible now, if it is not."""

    page: StepPage
    title: Text
    why_not: str
    note: str = ""


class Desk:
    """The review of one kind of case. `name` is how the admin calls it in its addresses."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._steps: dict[str, StepPage] = {}
        self._parts: dict[str, Part] = {}
        self._pages: dict[str, CasePage] = {}

    # --- What there is ---

    def register(self, *pages: StepPage) -> None:
        """Offer these steps on the file page."""
        for page in pages:
            self._steps[page.slug] = page

    def show_on_file(self, *parts: Part) -> None:
        """Show these parts on the file page."""
        for part in parts:
            self._parts[part.name] = part

    def add_page(self, *pages: CasePage) -> None:
        """Give a case these pages."""
        for page in pages:
            self._pages[page.name] = page

    def step_pages(self) -> list[StepPage]:
        """All steps in the order of the file page."""
        return sorted(self._steps.values(), key=lambda page: page.position)

    def find_step(self, slug: str) -> StepPage | None:
        """The step with this address."""
        return self._steps.get(slug)

    def parts(self, *, left: bool) -> list[Part]:
        """The parts of one side of the file page, in reading order."""
        return sorted((part for part in self._parts.values() if part.left is left), key=lambda part: part.position)

    def case_pages(self) -> list[CasePage]:
        """The other pages of a case."""
        return list(self._pages.values())

    def offers(self, case: Case, user: User) -> dict[str, list[Offer]]:
        """The steps of a case: the main ones, the others, and those that are not possible now."""
        sorted_out: dict[str, list[Offer]] = {"main": [], "other": [], "closed": []}
        for page in self.step_pages():
            if not page.concerns(case, user):
                continue
            why_not = page.why_not(case, user)
            note = page.note_for(case, user) if page.note_for and not why_not else ""
            offer = Offer(page, page.title_of(case), why_not, note)
            kind = "closed" if offer.why_not else "main" if page.main and page.main_when(case, user) else "other"
            sorted_out[kind].append(offer)
        return sorted_out

    # --- Where it is; each address keeps the filters of the list that the person came from ---

    def list_url(self, request: HttpRequest) -> str:
        """The work list as it was."""
        kept = request.GET.get(KEPT, "")
        return reverse(f"admin:{self.name}_changelist") + (f"?{kept}" if kept else "")

    def file_url(self, request: HttpRequest, pk: int) -> str:
        """The file page."""
        return keeping(request, reverse(f"admin:{self.name}_change", args=[pk]))

    def step_url(self, request: HttpRequest, pk: int, slug: str) -> str:
        """The confirm page of a step."""
        return keeping(request, reverse(f"admin:{self.name}_step", args=[pk, slug]))

    def after_step(self, request: HttpRequest, pk: int) -> str:
        """Back to the start page for who came from there, else the file."""
        return reverse("admin:index") if request.GET.get(BACK) == TODAY else self.file_url(request, pk)

    def unsent_key(self, case: Case) -> str:
        """Where the session keeps words that were typed and not sent."""
        return f"unsent:{self.name}:{case.pk}"


def keeping(request: HttpRequest, address: str) -> str:
    """The address with the filters of the list."""
    kept = request.GET.get(KEPT, "")
    return f"{address}?{urlencode({KEPT: kept})}" if kept else address


def with_answers(function: Callable[..., object], *names: str) -> Act:
    """Call a workflow function with these answers of the form, under the same names."""
    return lambda case, form, seen: function(
        case, **{name: form.cleaned_data[name] for name in names}, **seen.as_arguments()
    )
