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
from shared.ui import presence
from subsidies.admin import addresses, registry
from subsidies.admin.registry import Seen, StepPage
from subsidies.forms.steps import StepForm
from subsidies.models import Application

# Of a step that is refused, these words are shown once more on the file page.
WRITTEN = ("text", "reason", "intended", "question", "items", "motivation")


@dataclass
class Visit:
    """One request for one step on one case; `around` is what every page of the admin needs."""

    request: HttpRequest
    case: Application
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
        if not self.page.concerns(self.case, self.request.user):
            return _("Deze stap hoort niet bij deze aanvraag.")
        return self.page.why_not(self.case, self.request.user)

    def form(self, *args: Any) -> StepForm:
        """The form of this step."""
        return self.page.form(*args, application=self.case, user=self.request.user)

    def act(self, form: StepForm) -> Callable[[], object]:
        """The step itself, to be called."""
        return lambda: self.page.act(self.case, form, Seen(self.request.user, self.version))


def step(request: HttpRequest, case: Application, slug: str, around: dict[str, Any]) -> HttpResponse:
    """Show the page of a step, show its letter, or take the step."""
    page = registry.find_step(slug)
    if page is None:
        raise Http404
    visit = Visit(request, case, page, around)
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
    if not form.is_valid():
        return _page(visit, form, None)
    try:
        if "_send" in sent:
            return _take(visit, form)
        if "_pdf" in sent:
            return _paper(visit, form)
        return _page(visit, form, rehearse(visit.case, visit.act(form)))
    except OtherLetters as other:
        return _page(visit, form, other.letters, is_new=True)
    except WorkflowError as error:
        return _refused(visit, str(error), form)


def _take(visit: Visit, form: StepForm) -> HttpResponse:
    seen = None if visit.page.at_once else visit.request.POST.get("seen", "")
    letters = perform(visit.case, visit.act(form), seen=seen)
    done = _("%(step)s: gedaan.") % {"step": visit.page.title}
    messages.success(visit.request, f"{done} {letters.told}")
    return HttpResponseRedirect(addresses.after_step(visit.request, visit.case.pk))


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
    request, case = visit.request, visit.case
    values = {
        **visit.around,
        "title": visit.page.title,
        "case": case,
        "page": visit.page,
        "verb": _verb(visit, form),
        "form": form,
        "letters": letters,
        "is_new": is_new,
        "warnings": (),
        "no_letters": NO_LETTERS,
        "version": visit.version,
        "file_url": addresses.file_url(request, case.pk),
        "list_url": addresses.list_url(request),
        **visit.page.values(case, request.user),
    }
    if request.headers.get("X-Requested-With") == "fetch":
        return render(request, "admin/initiatives/initiative/_letters.html", values)
    return TemplateResponse(request, visit.page.template, values)


def _verb(visit: Visit, form: StepForm) -> Any:
    """What the button starts with."""
    if visit.page.verb_for is None:
        return visit.page.verb
    filled_in = form if form.is_bound else form.as_it_stands()
    return visit.page.verb_for(visit.case, visit.request.user, filled_in if filled_in.is_valid() else None)


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
    if typed := "\n\n".join(filter(None, [request.POST.get(name, "").strip() for name in WRITTEN])):
        request.session[unsent_key(case)] = typed
    if changed:
        reason = who_was_first(case, is_done=bool(visit.why_not)) or reason
    messages.error(request, reason)
    return HttpResponseRedirect(addresses.file_url(request, case.pk))


def unsent_key(case: Application) -> str:
    """Where the session keeps words that were typed and not sent."""
    return f"unsent:application:{case.pk}"
