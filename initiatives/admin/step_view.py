"""The confirm page of every step: fill in, see the letter as it will leave the building, and only then do it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from initiatives.admin import addresses
from initiatives.admin.steps import BY_SLUG, Seen, StepPage, title_of, verb_of
from initiatives.forms.steps import StepForm
from initiatives.models import Initiative
from initiatives.policies import Step, why_not
from initiatives.rules import private_details
from shared.audit.first import who_was_first
from shared.lifecycle import WorkflowError
from shared.notifications.rehearsal import Letters, OtherLetters, perform, rehearse
from shared.ui import presence

# Of a step that is refused, these words are shown once more on the file page.
WRITTEN = ("text", "alternative", "reason")


@dataclass
class Visit:
    """One request for one step on one case; `around` is what every page of the admin needs."""

    request: HttpRequest
    case: Initiative
    page: StepPage
    around: dict[str, Any]

    @property
    def version(self) -> int:
        """The version of the case that the person has before them."""
        sent = self.request.POST.get("version", "")
        return int(sent) if sent.isdecimal() else self.case.version

    def form(self, *args: Any) -> StepForm:
        """The form of this step."""
        return self.page.form(*args, initiative=self.case, user=self.request.user)

    def act(self, form: StepForm) -> Callable[[], object]:
        """The step itself, to be called."""
        return lambda: self.page.act(self.case, form, Seen(self.request.user, self.version))


def step(request: HttpRequest, case: Initiative, slug: str, around: dict[str, Any]) -> HttpResponse:
    """Show the page of a step, show its letter, or take the step."""
    page = BY_SLUG.get(slug)
    if page is None:
        raise Http404
    visit = Visit(request, case, page, around)
    if refusal := why_not(case, page.step):
        return _refused(visit, refusal)
    if request.method == "POST":
        return _answer(visit)
    presence.mark(case, request.user)
    form = visit.form()
    return _page(visit, form, _letters_if_complete(visit, form))


def _answer(visit: Visit) -> HttpResponse:
    sent = visit.request.POST
    form = visit.form(sent, visit.request.FILES)
    if "_use_text" in sent:
        form = form.with_standard_text()
        return _page(visit, form, _letters_if_complete(visit, form))
    if "_more" in sent:
        form = form.again(rows=form.rows_after_more)
        return _page(visit, form, _letters_if_complete(visit, form))
    if not form.is_valid():
        return _page(visit, form, None)
    try:
        if "_send" in sent:
            return _take(visit, form)
        return _page(visit, form, rehearse(visit.case, visit.act(form)))
    except OtherLetters as other:
        return _page(visit, form, other.letters, is_new=True)
    except WorkflowError as error:
        return _refused(visit, str(error))


def _take(visit: Visit, form: StepForm) -> HttpResponse:
    seen = None if visit.page.at_once else visit.request.POST.get("seen", "")
    letters = perform(visit.case, visit.act(form), seen=seen)
    done = _("%(step)s: gedaan.") % {"step": title_of(visit.page, visit.case)}
    messages.success(visit.request, f"{done} {letters.told}")
    return HttpResponseRedirect(addresses.after_step(visit.request, visit.case.pk))


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
        "title": title_of(visit.page, case),
        "case": case,
        "page": visit.page,
        "verb": verb_of(visit.page, case),
        "form": form,
        "letters": letters,
        "is_new": is_new,
        "warnings": _warnings(visit, form),
        "version": visit.version,
        "file_url": addresses.file_url(request, case.pk),
        "list_url": addresses.list_url(request),
        "conversation": case.messages.all() if visit.page.step in (Step.MESSAGE, Step.ASK) else (),
    }
    if request.headers.get("X-Requested-With") == "fetch":
        return render(request, "admin/initiatives/initiative/_letters.html", values)
    return TemplateResponse(request, "admin/initiatives/initiative/step.html", values)


def _warnings(visit: Visit, form: StepForm) -> list[str]:
    """What looks like personal data in words that everybody will read."""
    if visit.page.step not in (Step.PUBLISH, Step.FINISH):
        return []
    words = " ".join(str(form[name].value() or "") for name in ("title", "text") if name in form.fields)
    return private_details(words)


def _refused(visit: Visit, reason: str) -> HttpResponse:
    """Say why not, or who was first; words that were typed and not sent are kept for the file page."""
    request, case = visit.request, visit.case
    case.refresh_from_db()
    typed = "\n\n".join(filter(None, [request.POST.get(name, "").strip() for name in WRITTEN]))
    if typed:
        request.session[unsent_key(case)] = typed
    if request.method == "POST" and visit.version != case.version:
        reason = who_was_first(case, is_done=bool(why_not(case, visit.page.step))) or reason
    messages.error(request, reason)
    return HttpResponseRedirect(addresses.file_url(request, case.pk))


def unsent_key(case: Initiative) -> str:
    """Where the session keeps words that were typed and not sent."""
    return f"unsent:{case.pk}"
