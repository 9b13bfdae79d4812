"""The page of a department: who sits there, for which themes it answers, and what happened; with what can be done."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from ambassadors.forms.department import AppointForm, EndForm, ThemeForm
from ambassadors.models import AdviceRequest, ThemeDuty
from ambassadors.policies import may_use_board
from ambassadors.rows import advice_rows
from ambassadors.seats import seat_of
from ambassadors.workflow import seats as workflow
from shared.accounts.enums import Role
from shared.accounts.models import Department, RoleAssignment
from shared.audit.history import history
from shared.lifecycle import WorkflowError
from shared.terms.calendar import today


def page(request: HttpRequest, around: dict[str, Any], pk: int) -> HttpResponse:
    """Show the department, with its forms."""
    department = _department(request, pk)
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    return _show(request, around, department)


def step(request: HttpRequest, around: dict[str, Any], pk: int, step: str) -> HttpResponse:
    """Take one of the steps of a department; each form is sent to an address of its own.

    Raises:
        Http404: there is no such step.
    """
    department = _department(request, pk)
    if step not in STEPS:
        raise Http404
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    return STEPS[step](request, around, department)


def _appoint(request: HttpRequest, around: dict[str, Any], department: Department) -> HttpResponse:
    form = _appoint_form(request.POST)

    def act() -> object:
        answers = form.cleaned_data
        return workflow.appoint(
            department,
            email=answers["email"],
            name=answers["name"],
            is_deputy=bool(answers["is_deputy"]),
            starts_on=answers["starts_on"],
            ends_on=answers["ends_on"],
            by=request.user,
        )

    return _take(
        request, around, department, "appoint_form", form, act, _("De benoeming is bewaard. Er is bericht gestuurd.")
    )


def _end(request: HttpRequest, around: dict[str, Any], department: Department) -> HttpResponse:
    form = _end_form(_seated(department), request.POST)

    def act() -> object:
        return workflow.end(form.cleaned_data["role"], last_day=form.cleaned_data["last_day"], by=request.user)

    return _take(
        request, around, department, "end_form", form, act, _("De laatste dag is bewaard. Er is bericht gestuurd.")
    )


def _theme(request: HttpRequest, around: dict[str, Any], department: Department) -> HttpResponse:
    form = _theme_form(request.POST)

    def act() -> object:
        answers = form.cleaned_data
        return workflow.assign_theme(
            department, theme=answers["theme"], wijk=answers["wijk"], starts_on=today(), by=request.user
        )

    return _take(request, around, department, "theme_form", form, act, _("Het thema is toegevoegd."))


def _end_theme(request: HttpRequest, around: dict[str, Any], department: Department) -> HttpResponse:
    number = request.POST.get("duty", "")
    duty = ThemeDuty.objects.filter(department=department, pk=number if number.isdecimal() else 0).first()
    if duty is None:
        raise Http404
    try:
        workflow.end_theme(duty, by=request.user)
        messages.success(request, _("Het thema is beëindigd."))
    except WorkflowError as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(_address(department))


STEPS: dict[str, Callable[[HttpRequest, dict[str, Any], Department], HttpResponse]] = {
    "benoemen": _appoint,
    "beeindigen": _end,
    "thema": _theme,
    "thema-eindigt": _end_theme,
}


def _take(
    request: HttpRequest,
    around: dict[str, Any],
    department: Department,
    name: str,
    form: Any,
    act: Callable[[], object],
    done: str,
) -> HttpResponse:
    """Take the step once, however often its form is sent; a refusal stands above the form, with what was typed."""
    if form.is_valid():
        try:
            with transaction.atomic():
                form.once.perform(lambda: act() and _address(department))
        except WorkflowError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return HttpResponseRedirect(_address(department))
    return _show(request, around, department, **{name: form})


def _show(request: HttpRequest, around: dict[str, Any], department: Department, **sent: Any) -> HttpResponse:
    day, user = today(), request.user
    seated = _seated(department)
    open_requests = AdviceRequest.objects.visible_to(user).filter(department=department).open()
    related = ("owner", "department", "wijk", "asked_by")
    appoint_form = sent.get("appoint_form") or _appoint_form()
    values = {
        "title": str(department),
        "department": department,
        "seat": seat_of(department, day),
        "seated": seated,
        "former": _roles(department).filter(ends_on__lt=day).order_by("-ends_on", "-pk"),
        "duties": ThemeDuty.objects.filter(department=department, ends_on=None).select_related("theme", "wijk"),
        "past_duties": ThemeDuty.objects.filter(department=department)
        .exclude(ends_on=None)
        .select_related("theme", "wijk"),
        "requests": advice_rows(open_requests.select_related(*related).most_urgent_first(), user, day),
        "history": history(department),
        "form": next(iter(sent.values()), appoint_form),
        "appoint_form": appoint_form,
        "end_form": sent.get("end_form") or (_end_form(seated) if seated else None),
        "theme_form": sent.get("theme_form") or _theme_form(),
    }
    return TemplateResponse(request, "admin/ambassadors/department.html", {**around, **values})


# Three forms on one page: each has names of its own for the browser.
def _appoint_form(*args: Any) -> AppointForm:
    return AppointForm(*args, auto_id="benoemen_%s")


def _end_form(seated: Any, *args: Any) -> EndForm:
    return EndForm(*args, seated=seated, auto_id="stoppen_%s")


def _theme_form(*args: Any) -> ThemeForm:
    return ThemeForm(*args, auto_id="thema_%s")


def _roles(department: Department) -> Any:
    found = RoleAssignment.objects.filter(department=department, role=Role.AMBASSADOR)
    return found.select_related("user", "department")


def _seated(department: Department) -> Any:
    """Who sits there today or begins later."""
    now_or_later = Q(ends_on=None) | Q(ends_on__gte=today())
    return _roles(department).filter(now_or_later).order_by("is_deputy", "starts_on", "pk")


def _address(department: Department) -> str:
    return reverse("admin:ambassadors_department", args=[department.pk])


def _department(request: HttpRequest, pk: int) -> Department:
    if not may_use_board(request.user):
        raise PermissionDenied
    return get_object_or_404(Department, pk=pk)
