"""The confirm page of every step: fill in, see the letter as it will leave the building, and only then do it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from shared.audit.first import who_was_first
from shared.lifecycle import WorkflowError
from shared.notifications.rehearsal import NO_LETTERS, Letters, OtherLetters, perform, rehearse, rehearse_paper
from shared.review.desk import Case, Desk, Seen, StepPage
from shared.review.forms import StepForm
from shared.ui import presence


@dataclass
class Visit:
    """One request for one step on one case; `around` is what every page of the admin needs."""

    request: HttpRequest
    case: Case
    desk: Desk
    page: StepPage
    around: dict[str, Any]

    @property
    def version(self) -> int:
        """The version of the case that the person has before them."""
        sent = self.request.POST.get("version", "")
        return int(sent) if sent.isdecimal() else self.case.version

    @property
    def why_not(self) -> str:
        """Why this step is not possible now."""
        user: Any = self.request.user
        if not self.page.concerns(self.case, user):
            return _("Deze stap hoort niet bij dit dossier.")
        return self.page.why_not(self.case, user)

    def form(self, *args: Any) -> StepForm:
        """The form of this step."""
        return self.page.form(*args, case=self.case, user=self.request.user)  # type: ignore[arg-type]

    def act(self, form: StepForm) -> Callable[[], object]:
        """The step itself, to be called."""
        return lambda: self.page.act(self.case, form, Seen(self.request.user, self.version))  # type: ignore[arg-type]


def step(request: HttpRequest, case: Case, desk: Desk, slug: str, around: dict[str, Any]) -> HttpResponse:
    """Show the page of a step, show its letter, or take the step.

    Raises:
        Http404: there is no such step.
    """
    page = desk.find_step(slug)
    if page is None:
        raise Http404
    visit = Visit(request, case, desk, page, around)
    if refusal := visit.why_not:
        return _refused(visit, refusal)
    if request.method == "POST":
        return _answer(visit)
    presence.mark(case, request.user)
    form = visit.form()
    return _page(visit, form, _letters_if_complete(visit, form))


def _answer(visit: Visit) -> HttpResponse:
    sent = visit.request.POST
    form = visit.form(sent, visit.request.FILES)
    if (other := form.pressed(sent)) is not None:
        return _page(visit, other, _letters_if_complete(visit, other))
    if not form.is_valid():
        return _page(visit, form, None)
    try:
        if "_send" in sent:
            return _take(visit, form)
        if "_pdf" in sent:
            return _paper(visit, form)
        return _page(visit, form, rehearse(visit.case, visit.act(form)))
    except OtherLetters as other_letters:
        return _page(visit, form, other_letters.letters, is_new=True)
    except WorkflowError as error:
        return _refused(visit, str(error), form)


def _take(visit: Visit, form: StepForm) -> HttpResponse:
    seen = None if visit.page.at_once else visit.request.POST.get("seen", "")
    # Some steps are called something else once they are taken.
    title = visit.page.title_of(visit.case)
    letters = perform(visit.case, visit.act(form), seen=seen)
    done = _("%(step)s: gedaan.") % {"step": title}
    messages.success(visit.request, f"{done} {letters.told}")
    return HttpResponseRedirect(visit.desk.after_step(visit.request, visit.case.pk))


def _paper(visit: Visit, form: StepForm) -> HttpResponse:
    """The letter on paper as it would leave the building."""
    content = rehearse_paper(visit.case, visit.act(form))
    if content is None:
        return _page(visit, form, rehearse(visit.case, visit.act(form)))
    return HttpResponse(
        content, content_type="application/pdf", headers={"Content-Disposition": 'inline; filename="voorbeeld.pdf"'}
    )


def _letters_if_complete(visit: Visit, form: StepForm) -> Letters | None:
    """The letters of a form that is already filled in far enough; nothing otherwise."""
    trial = form.as_it_stands()
    if not trial.is_valid():
        return None
    try:
        return rehearse(visit.case, visit.act(trial))
    except WorkflowError:
        return None


def _page(visit: Visit, form: StepForm, letters: Letters | None, *, is_new: bool = False) -> HttpResponse:
    request, case, page = visit.request, visit.case, visit.page
    values = {
        **visit.around,
        "title": page.title_of(case),
        "case": case,
        "page": page,
        "verb": _verb(visit, form),
        "form": form,
        "letters": letters,
        "is_new": is_new,
        "warnings": page.warnings(form),
        "no_letters": NO_LETTERS,
        "version": visit.version,
        "file_url": visit.desk.file_url(request, case.pk),
        **page.values(case, request.user),  # type: ignore[arg-type]
    }
    if request.headers.get("X-Requested-With") == "fetch":
        return render(request, "admin/review/_letters.html", values)
    return TemplateResponse(request, page.template, values)


def _verb(visit: Visit, form: StepForm) -> Any:
    """What the button starts with."""
    if visit.page.verb_for is None:
        return visit.page.verb
    filled_in = form if form.is_bound else form.as_it_stands()
    user: Any = visit.request.user
    return visit.page.verb_for(visit.case, user, filled_in if filled_in.is_valid() else None)


def _refused(visit: Visit, reason: str, form: StepForm | None = None) -> HttpResponse:
    """Say why not, or who was first; words that were typed and not sent are never lost.

    When the step itself is still possible, only these answers are not: the form stays open with the reason above it.
    """
    request, case = visit.request, visit.case
    case.refresh_from_db()
    changed = request.method == "POST" and visit.version != case.version
    if form is not None and not changed and not visit.why_not:
        form.add_error(None, reason)
        return _page(visit, form, None)
    if typed := _written(visit):
        request.session[visit.desk.unsent_key(case)] = typed
    if changed:
        reason = who_was_first(case, is_done=bool(visit.why_not)) or reason
    messages.error(request, reason)
    return HttpResponseRedirect(visit.desk.file_url(request, case.pk))


def _written(visit: Visit) -> str:
    """The pieces of text of a step that is refused, to be shown once more on the file page."""
    asked = visit.page.form.long_texts()
    return "\n\n".join(filter(None, [visit.request.POST.get(name, "").strip() for name in asked]))
