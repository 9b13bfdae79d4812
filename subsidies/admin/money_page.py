"""The confirm page of a step of finance: fill in, see the letter as it will leave the building, and only then do it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from shared.accounts.models import User
from shared.lifecycle import WorkflowError
from shared.notifications.rehearsal import OtherLetters, perform, rehearse
from subsidies.forms.payment import NoAnswersForm, StandingForm

Text = str | Promise
Record = TypeVar("Record")


def _nothing(record: object) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class MoneyStep(Generic[Record]):
    """A step with its page; `main` ones come first, and `surroundings` is what the form needs of the record."""

    slug: str
    title: Text
    verb: Text
    act: Callable[[Record, Any, User, int], object]
    allowed: Callable[[Record], bool]
    form: type[StandingForm] = NoAnswersForm
    surroundings: Callable[[Record], dict[str, Any]] = _nothing
    explains: Text = ""
    main: bool = False


def answer(
    request: HttpRequest, record: Any, step: MoneyStep[Any], around: dict[str, Any], template: str
) -> HttpResponse:
    """Show the page of a step, show its letter, or take the step; `record` has an application and a version."""
    sent = request.POST if request.method == "POST" else None
    version = int(sent["version"]) if sent and sent.get("version", "").isdecimal() else record.version
    form = step.form(sent, request.FILES if sent else None, **step.surroundings(record))
    act: Callable[[], object] = lambda: step.act(record, form, request.user, version)  # noqa: E731
    letters, is_new = None, False
    try:
        if sent is None:
            trial = form.as_it_stands()
            if trial.is_valid():
                letters = rehearse(record.application, lambda: step.act(record, trial, request.user, version))
        elif form.is_valid():
            if "_send" in sent:
                told = perform(record.application, act, seen=sent.get("seen", "")).told
                messages.success(request, _("%(step)s: gedaan. %(told)s") % {"step": step.title, "told": told})
                return HttpResponseRedirect(around["back"])
            letters = rehearse(record.application, act)
    except OtherLetters as other:
        letters, is_new = other.letters, True
    except WorkflowError as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(around["back"])
    values = {
        **around,
        "title": step.title,
        "step": step,
        "form": form,
        "verb": step.verb,
        "letters": letters,
        "is_new": is_new,
        "warnings": (),
        "version": version,
    }
    if request.headers.get("X-Requested-With") == "fetch":
        return render(request, "admin/review/_letters.html", values)
    return TemplateResponse(request, template, values)
