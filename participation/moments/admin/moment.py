"""Moments in the admin: the list, the page of a moment with its people and what they said, and planning one."""

from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from participation.moments import cards, workflow
from participation.moments.admin.steps import DESK
from participation.moments.enums import ContributionStatus, SignUpStatus, Status
from participation.moments.forms.organise import HideForm, PlanForm
from participation.moments.models import Contribution, Moment
from participation.moments.policies import may_organise
from shared.accounts.models import User
from shared.audit.history import history
from shared.documents.models import StoredFile
from shared.lifecycle import WorkflowError
from shared.notifications.models import OutboxMessage
from shared.review.admin import CaseAdmin
from shared.review.desk import CasePage, Part
from shared.review.filters import Options, WorklistFilter, one_of
from shared.review.selection import Selection
from shared.terms.calendar import days_left_in_words, today

FOLDER = "admin/moments/moment"
SEARCHED = ("title", "place", "project__title", "project__reference")
# By a question of its own: a join would count a moment once for each contribution.
PENDING = Contribution.objects.filter(moment=OuterRef("pk"), status=ContributionStatus.PENDING).order_by()
HOW_MANY = PENDING.values("moment").annotate(n=Count("pk")).values("n")
SOON = 5


class StatusFilter(WorklistFilter):
    """The status, and what asks for something now."""

    title = gettext_lazy("status")
    parameter_name = "status"
    is_main = True

    @classmethod
    def options(cls, user: User) -> Options:
        """One status, or with contributions that nobody looked at."""
        pending = Q(pk__in=Contribution.objects.pending().order_by().values("moment"))
        return {"bekijken": (_("Bijdragen te bekijken"), pending), **one_of("status", Status)}


def _moments(user: User) -> QuerySet[Any]:
    return Moment.objects.visible_to(user).annotate(pending=Subquery(HOW_MANY, output_field=IntegerField()))


def _order() -> list[Any]:
    """Feedback that is due first, then what is to come, then the past."""
    urgency = Case(
        When(status=Status.HELD, then=Value(0)),
        When(status__in=[Status.DRAFT, Status.ANNOUNCED], then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return [urgency, F("feedback_due_on").asc(nulls_last=True), F("starts_at").asc(), F("pk").asc()]


NOTHING = mark_safe('<span class="review-due review-due--none">–</span>')
SELECTION = Selection(cases=_moments, filters=(StatusFilter,), searched=SEARCHED, order=_order)


# With two steps for each neighbour nobody would find the others; who signed up stands above it.
OF_ONE_PERSON = ("moments.signed_up", "moments.placed", "moments.waiting", "moments.moved_up", "moments.signed_off")


def _facts(case: Moment, request: HttpRequest) -> dict[str, Any]:
    return {"when": case.when, "where": cards.where_in_words(case)}


def _people(case: Moment, request: HttpRequest) -> dict[str, Any]:
    active = case.sign_ups.exclude(status=SignUpStatus.CANCELLED)
    return {
        "people": active.order_by("status", "asked_at", "pk"),
        "may_organise": may_organise(request.user, case.project),
    }


def _contributions(case: Moment, request: HttpRequest) -> dict[str, Any]:
    return {
        "contributions": case.contributions.select_related("theme", "photo").order_by("-sent_at", "-pk"),
        "pending": case.contributions.pending().count(),
        "may_organise": may_organise(request.user, case.project),
    }


def _after(case: Moment, request: HttpRequest) -> dict[str, Any]:
    return {"feedback": getattr(case, "feedback", None), "opinion": cards.opinion(case), "scores": case.scores.count()}


def _timeline(case: Moment, request: HttpRequest) -> dict[str, Any]:
    return {"history": history(case, leave_out=OF_ONE_PERSON), "letters": OutboxMessage.objects.about(case)}


@require_POST
def moderate(request: HttpRequest, case: Moment, around: dict[str, Any], contribution: int) -> HttpResponse:
    """Show a contribution on the website, or hide it with a reason."""
    found = get_object_or_404(case.contributions, pk=contribution)
    if request.POST.get("do") == "show":
        workflow.show(found, by=request.user)
        messages.success(request, _("De bijdrage is zichtbaar."))
    else:
        form = HideForm(request.POST)
        if not form.is_valid():
            raise WorkflowError(form.error_items[0].text)
        workflow.hide(found, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("De bijdrage is verborgen."))
    return HttpResponseRedirect(DESK.file_url(request, case.pk) + "#inbreng")


@require_POST
def sign_off(request: HttpRequest, case: Moment, around: dict[str, Any], sign_up: int) -> HttpResponse:
    """Somebody called to say that they do not come."""
    found = get_object_or_404(case.sign_ups, pk=sign_up)
    if may_organise(request.user, case.project):
        workflow.sign_off(found, by=request.user)
        messages.success(request, _("%(name)s is afgemeld.") % {"name": found.name})
    return HttpResponseRedirect(DESK.file_url(request, case.pk) + "#mensen")


DESK.show_on_file(
    Part("moment", f"{FOLDER}/_facts.html", _facts, 10, left=True),
    Part("mensen", f"{FOLDER}/_people.html", _people, 20, left=True),
    Part("inbreng", f"{FOLDER}/_contributions.html", _contributions, 20),
    Part("terugkoppeling", f"{FOLDER}/_after.html", _after, 30),
    Part("tijdlijn", "admin/review/_timeline.html", _timeline, 90),
)
DESK.add_page(
    CasePage("bijdrage/<int:contribution>/", "moments_moment_moderate", moderate),
    CasePage("afmelden/<int:sign_up>/", "moments_moment_sign_off", sign_off),
)


@admin.register(Moment)
class MomentAdmin(CaseAdmin):
    """Occasions to take part, for who works on the project."""

    desk, selection = DESK, SELECTION
    list_title = gettext_lazy("Momenten")
    permission = "moments.organise_moment"
    change_list_template = f"{FOLDER}/change_list.html"
    related = ("project", "project__department", "phase", "planned", "feedback")

    list_display = ["moment", "starts_at", "state", "places", "to_look_at", "told_by"]
    list_display_links = ["moment"]
    list_filter = SELECTION.filters
    list_select_related = ["project"]
    search_fields = ["title"]
    search_help_text = gettext_lazy("Zoek op titel, plek of project")
    sortable_by = ["starts_at"]
    actions = None

    def get_urls(self) -> list[URLPattern]:
        """Planning a moment, beside the pages of every case."""
        return [path("nieuw/", self.wrap(self.plan_view), name="moments_moment_plan"), *super().get_urls()]

    def stored_file(self, case: Moment, number: int) -> StoredFile | None:
        """The photo with this contribution."""
        found = case.contributions.filter(pk=number).select_related("photo").first()
        return found.photo if found else None

    def plan_view(self, request: HttpRequest) -> HttpResponse:
        """Plan a moment: once, however often it is sent."""
        chosen = {"project": request.GET.get("project", "")}
        form = PlanForm(request.POST or None, initial=chosen, user=request.user)
        if form.is_valid():
            with transaction.atomic():
                return HttpResponseRedirect(form.once.perform(lambda: self._plan(request, form)))
        values = {**self.around(request), "title": _("Moment plannen"), "form": form}
        return TemplateResponse(request, f"{FOLDER}/plan.html", values)

    def _plan(self, request: HttpRequest, form: PlanForm) -> str:
        moment = workflow.plan(form.cleaned_data["project"], form.details(), by=request.user)
        messages.success(request, _("Het moment is bewaard. Niemand ziet het nog: kondig het aan als het klopt."))
        return DESK.file_url(request, moment.pk)

    @admin.display(description=gettext_lazy("moment"), ordering="title")
    def moment(self, case: Moment) -> SafeString:
        """The title, with the project below it."""
        return format_html('{} <span class="review-list__where">{}</span>', case.title, case.project.title)

    @admin.display(description=gettext_lazy("plekken"))
    def places(self, case: Moment) -> str:
        """How many are taken, in words: on a phone there is no heading above it."""
        if not case.takes_sign_ups:
            return NOTHING
        if case.capacity:
            return _("%(taken)d van %(all)d plekken") % {"taken": case.places_taken, "all": case.capacity}
        return ngettext("%(n)d aanmelding", "%(n)d aanmeldingen", case.places_taken) % {"n": case.places_taken}

    @admin.display(description=gettext_lazy("te bekijken"))
    def to_look_at(self, case: Any) -> str:
        """Contributions that nobody looked at yet."""
        if not case.pending:
            return NOTHING
        return ngettext("%(n)d bijdrage", "%(n)d bijdragen", case.pending) % {"n": case.pending}

    @admin.display(description=gettext_lazy("terugkoppelen"), ordering="feedback_due_on")
    def told_by(self, case: Moment) -> SafeString:
        """How long there is left to tell people what is done with it."""
        if case.status != Status.HELD or case.feedback_due_on is None:
            return NOTHING
        left = (case.feedback_due_on - today()).days
        urgency = "late" if left < 0 else "soon" if left < SOON else "calm"
        words = days_left_in_words(case.feedback_due_on, today())
        return format_html('<span class="review-due review-due--{}">{}</span>', urgency, words)
