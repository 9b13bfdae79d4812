"""A step on an action, signal, walk or finding: a button on its page, or a page with one question before it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from partners.forms.together import StepForm
from shared.accounts.models import User
from shared.lifecycle import WorkflowError

Text = str | Promise
# What the step does, given the thing, the filled-in form, who acts and which version they saw.
Act = Callable[[Any, Any, User, int | None], object]


@dataclass(frozen=True)
class Step:
    """A step with its words. Without a form one press on the button does it."""

    slug: str
    title: Text
    act: Act
    may: Callable[[User, Any], bool]
    possible: Callable[[Any], bool]
    done: Text
    form: type[StepForm] | None = None
    explains: Text = ""
    main: bool = False
    # Arguments for the form, made from the thing.
    surroundings: Callable[[Any], dict[str, Any]] = lambda thing: {}

    @property
    def asks(self) -> bool:
        """Whether there is a question first. A template that read `form` would call the class."""
        return self.form is not None


def possible_steps(steps: Iterable[Step], user: User, thing: Any) -> list[Step]:
    """The steps that this person can take now; the main one first."""
    found = [step for step in steps if step.possible(thing) and step.may(user, thing)]
    return sorted(found, key=lambda step: not step.main)


def take(
    request: HttpRequest, thing: Any, steps: Iterable[Step], slug: str, trail: list[tuple[str, str]]
) -> HttpResponse:
    """Take a step, or ask its question first. Not theirs to take is not found; not possible now says so.

    Raises:
        Http404: there is no such step for this person.
    """
    step = next((each for each in steps if each.slug == slug and each.may(request.user, thing)), None)
    if step is None:
        raise Http404
    if not step.possible(thing):
        messages.info(request, _("Dit kan niet (meer): de status is “%(status)s”.") % {"status": thing.status_label})
        return redirect(thing)
    if step.form is None:
        return _at_once(request, thing, step)
    form = step.form(request.POST or None, initial={"version": thing.version}, **step.surroundings(thing))
    if request.method == "POST" and form.is_valid():
        try:
            step.act(thing, form, request.user, form.cleaned_data["version"])
        except WorkflowError as refusal:
            # The words that were typed stay on the page.
            form.add_error(None, str(refusal))
        else:
            messages.success(request, str(step.done))
            return redirect(thing)
    values = {
        "form": form,
        "title": step.title,
        "intro": step.explains,
        "about": str(thing),
        "trail": trail,
        "back": thing,
    }
    return render(request, "partners/together/form.html", values)


def _at_once(request: HttpRequest, thing: Any, step: Step) -> HttpResponse:
    if request.method == "POST":
        sent = request.POST.get("version", "")
        step.act(thing, None, request.user, int(sent) if sent.isdecimal() else None)
        messages.success(request, str(step.done))
    return redirect(thing)
