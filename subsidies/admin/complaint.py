"""Complaints in the admin: their steps, their part of the file page, and their work list by the day to answer."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared.accounts.models import User
from shared.ui.templatetags.ui import day
from subsidies import dates
from subsidies.admin import registry
from subsidies.admin.objection_lists import WorklistAdmin, left_until, link_to
from subsidies.admin.registry import Part, Seen, StepPage
from subsidies.enums import ComplaintOutcome
from subsidies.forms import complaint as forms
from subsidies.models import Application, Complaint
from subsidies.policies import may_answer_complaint, may_handle_complaint
from subsidies.workflow import complaint as workflow
from subsidies.workflow import complaint_later

INVOLVED = gettext_lazy("U was bij deze zaak betrokken. Iemand anders behandelt de klacht (Awb 9:7).")


def concerns(case: Application, user: User) -> bool:
    """There is an open complaint."""
    return workflow.open_complaint(case) is not None


def _why_not_choose(case: Application, user: User) -> str:
    found = workflow.open_complaint(case)
    return "" if found and may_handle_complaint(user, found) else str(INVOLVED)


def _why_not(case: Application, user: User) -> str:
    found = workflow.open_complaint(case)
    if found is None or not may_handle_complaint(user, found):
        return str(INVOLVED)
    if not may_answer_complaint(user, found):
        return _("Een collega behandelt deze klacht.")
    return ""


def _why_not_extend(case: Application, user: User) -> str:
    found = workflow.open_complaint(case)
    return (workflow.why_not_extended(found) if found else "") or _why_not(case, user)


def _why_not_postpone(case: Application, user: User) -> str:
    found = workflow.open_complaint(case)
    return _why_not(case, user) or (complaint_later.why_not_postponed(found) if found else "")


def _take_up(case: Application, form: forms.HandlerForm, seen: Seen) -> object:
    given = form.cleaned_data
    adviser = given.get("adviser", form.complaint.adviser)
    return workflow.take_up(form.complaint, handler=given["handler"], adviser=adviser, **seen.as_arguments())


def _advise(case: Application, form: forms.AdviceForm, seen: Seen) -> object:
    given = form.cleaned_data
    advised = ComplaintOutcome(given["advised"])
    return workflow.take_in_advice(
        form.complaint, advised=advised, advice=given["advice"], on=given["on"], **seen.as_arguments()
    )


def _postpone(case: Application, form: forms.PostponeForm, seen: Seen) -> object:
    return complaint_later.postpone(form.complaint, **form.cleaned_data, **seen.as_arguments())


def _extend(case: Application, form: forms.ExtendForm, seen: Seen) -> object:
    return workflow.extend(form.complaint, reason=form.cleaned_data["reason"], **seen.as_arguments())


def _answer(case: Application, form: forms.AnswerForm, seen: Seen) -> object:
    given = form.cleaned_data
    return workflow.answer(
        form.complaint,
        outcome=ComplaintOutcome(given["outcome"]),
        text=given["text"],
        heard_on=given["heard_on"],
        not_heard_because=given["not_heard_because"],
        deviates_because=given.get("deviates_because", ""),
        **seen.as_arguments(),
    )


def _parts(case: Application, request: HttpRequest) -> dict[str, Any]:
    found = case.complaints.select_related("handler", "message").prefetch_related("agreed_delays")
    return {"complaints": [(each, dates.complaint_deadline(each)) for each in found]}


registry.register(
    StepPage(
        "klacht-toewijzen",
        gettext_lazy("Klacht: wie behandelt haar"),
        gettext_lazy("Toewijzen"),
        _take_up,
        _why_not_choose,
        forms.HandlerForm,
        explains=gettext_lazy("De indiener hoort wie de klacht behandelt en wanneer het antwoord komt."),
        position=84,
        concerns=concerns,
    ),
    StepPage(
        "klacht-beantwoorden",
        gettext_lazy("Klacht: beantwoorden"),
        gettext_lazy("Beantwoorden"),
        _answer,
        _why_not,
        forms.AnswerForm,
        explains=gettext_lazy("De brief noemt wat u vond, wat u ermee doet en de ombudsman (Awb 9:12)."),
        position=85,
        concerns=concerns,
    ),
    StepPage(
        "klacht-advies",
        gettext_lazy("Klacht: advies vastleggen"),
        gettext_lazy("Vastleggen"),
        _advise,
        _why_not,
        forms.AdviceForm,
        explains=gettext_lazy("Wijkt u straks af van het advies? Dan schrijft u waarom (Awb 9:16)."),
        position=85,
        concerns=lambda case, user: (found := workflow.open_complaint(case)) is not None and found.adviser != "",
    ),
    StepPage(
        "klacht-verdagen",
        gettext_lazy("Klacht: antwoord verdagen"),
        gettext_lazy("Verdagen"),
        _extend,
        _why_not_extend,
        forms.ExtendForm,
        explains=gettext_lazy("Eén keer, vier weken, vóór het einde van de termijn (Awb 9:11)."),
        position=86,
        concerns=concerns,
    ),
    StepPage(
        "klacht-verder-uitstel",
        gettext_lazy("Klacht: verder uitstel met instemming"),
        gettext_lazy("Uitstellen"),
        _postpone,
        _why_not_postpone,
        forms.PostponeForm,
        explains=gettext_lazy("Na het verdagen, en zover de indiener schriftelijk instemt (Awb 9:11, derde lid)."),
        position=86,
        concerns=lambda case, user: (found := workflow.open_complaint(case)) is not None and bool(found.extended_on),
    ),
)
registry.show_on_file(Part("klachten", "admin/subsidies/application/_complaints.html", _parts, position=20))


@admin.register(Complaint)
class ComplaintAdmin(WorklistAdmin):
    """Complaints by the day on which we answer at the latest."""

    list_display = ["case", "due", "state", "handled_by", "received"]
    # What has to be answered first.
    ordering = ["due_on", "pk"]
    list_select_related = ["application", "handler"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Complaint]:
        """Those of the cases that this person reviews, and those that they handle."""
        mine = Application.objects.reviewable_by(request.user).values("pk")
        return super().get_queryset(request).filter(Q(application__in=mine) | Q(handler=request.user))

    @admin.display(description=gettext_lazy("aanvraag"))
    def case(self, row: Complaint) -> SafeString:
        """The application, with the link to its file."""
        return link_to(row.application)

    @admin.display(description=gettext_lazy("ontvangen"), ordering="received_on")
    def received(self, row: Complaint) -> str:
        """The day."""
        return day(row.received_on)

    @admin.display(description=gettext_lazy("stand"))
    def state(self, row: Complaint) -> str:
        """What came of it."""
        return str(row.get_outcome_display() or _("wacht op antwoord"))

    @admin.display(description=gettext_lazy("antwoord uiterlijk"), ordering="due_on")
    def due(self, row: Complaint) -> SafeString:
        """How long there is left."""
        return left_until(None if row.outcome else row.due_on)

    @admin.display(description=gettext_lazy("behandelaar"), ordering="handler__name")
    def handled_by(self, row: Complaint) -> str:
        """Who handles it."""
        return str(row.handler or _("niemand"))
