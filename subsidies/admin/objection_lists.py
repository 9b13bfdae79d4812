"""Work lists of objections and of notices of default, by the day on which we have to decide."""

from typing import Any

from django.contrib import admin
from django.db.models import F, Model, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared.terms.calendar import days_left_in_words, today
from shared.ui.record_admin import ReadOnly
from shared.ui.templatetags.ui import day, euro
from subsidies.enums import ObjectionStatus
from subsidies.models import Application, Complaint, DefaultNotice, Objection
from subsidies.worklist import SOON


class OpenFilter(admin.SimpleListFilter):
    """What still asks for something; all of it on request."""

    title = gettext_lazy("stand")
    parameter_name = "stand"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The other choice; without it only what is open."""
        return [("alles", _("ook wat klaar is"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Only what is open, unless all of it is asked."""
        if self.value() == "alles":
            return queryset
        if queryset.model is Complaint:
            return queryset.filter(outcome="")
        if queryset.model is Objection:
            return queryset.exclude(status__in=[ObjectionStatus.DECIDED, ObjectionStatus.WITHDRAWN])
        return queryset.filter(decision=None, amount=None, no_effect_because="")


class WorklistAdmin(ReadOnly, admin.ModelAdmin[Any]):
    """A list that leads to the file of the application; nothing is edited here."""

    list_filter = [OpenFilter]
    list_per_page = 50
    actions = None
    list_display_links = None

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Who reviews."""
        return request.user.has_perm("subsidies.review_application")

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """The list; the file itself shows the rest."""
        return obj is None and self.has_module_permission(request)


@admin.register(Objection)
class ObjectionAdmin(WorklistAdmin):
    """Objections by the day on which we decide at the latest."""

    list_display = ["case", "due", "state", "handled_by", "received"]
    # What has to be decided first.
    ordering = [F("due_safe").asc(nulls_last=True), "pk"]
    list_select_related = ["against__application", "handler"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Objection]:
        """Those of the cases that this person reviews, and those that they handle."""
        mine = Application.objects.reviewable_by(request.user).values("pk")
        found = super().get_queryset(request).defer("against__letter", "against__letter_html", "against__letter_text")
        return found.filter(Q(against__application__in=mine) | Q(handler=request.user))

    @admin.display(description=gettext_lazy("aanvraag"))
    def case(self, row: Objection) -> SafeString:
        """The application, with the link to its file."""
        return link_to(row.against.application)

    @admin.display(description=gettext_lazy("ontvangen"), ordering="received_on")
    def received(self, row: Objection) -> SafeString:
        """The day, and whether that was too late."""
        late = format_html(' <span class="review-mark">{}</span>', _("te laat")) if row.is_late else ""
        return format_html("{}{}", day(row.received_on), late)

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def state(self, row: Objection) -> str:
        """Where it stands."""
        return str(row.get_outcome_display() or row.get_status_display())

    @admin.display(description=gettext_lazy("beslissen uiterlijk"), ordering="due_safe")
    def due(self, row: Objection) -> SafeString:
        """How long there is left."""
        return left_until(None if row.outcome or row.withdrawn_on else row.due_safe)

    @admin.display(description=gettext_lazy("behandelaar"), ordering="handler__name")
    def handled_by(self, row: Objection) -> str:
        """Who handles it."""
        return str(row.handler or _("niemand"))


@admin.register(DefaultNotice)
class DefaultNoticeAdmin(WorklistAdmin):
    """Notices of default by the day on which the penalty starts."""

    list_display = ["case", "runs_from", "result", "received"]
    # Where the penalty starts first.
    ordering = [F("first_day_safe").asc(nulls_last=True), "pk"]
    list_select_related = ["application"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[DefaultNotice]:
        """Those of the cases that this person reviews."""
        mine = Application.objects.reviewable_by(request.user).values("pk")
        return super().get_queryset(request).filter(application__in=mine)

    @admin.display(description=gettext_lazy("aanvraag"))
    def case(self, row: DefaultNotice) -> SafeString:
        """The application, with the link to its file."""
        return link_to(row.application)

    @admin.display(description=gettext_lazy("ontvangen"), ordering="received_on")
    def received(self, row: DefaultNotice) -> str:
        """The day."""
        return day(row.received_on)

    @admin.display(description=gettext_lazy("dwangsom vanaf"), ordering="first_day_safe")
    def runs_from(self, row: DefaultNotice) -> SafeString:
        """How long there is left before it costs money."""
        return left_until(row.first_day_safe)

    @admin.display(description=gettext_lazy("uitkomst"))
    def result(self, row: DefaultNotice) -> str:
        """What came of it."""
        if row.amount is not None:
            return euro(row.amount)
        return row.no_effect_because or _("open")


def link_to(application: Application) -> SafeString:
    """The application, with the link to its file."""
    address = reverse("admin:subsidies_application_change", args=[application.pk])
    return format_html('<a href="{}">{} {}</a>', address, application.reference, application.title)


def left_until(due: Any) -> SafeString:
    """How long there is left, in words, with the day; a dash when nothing has to be kept."""
    if due is None:
        return format_html("{}", "–")
    left = (due - today()).days
    urgency = "late" if left < 0 else "soon" if left < SOON else "calm"
    return format_html(
        '<span class="review-due review-due--{}">{}</span><br><span class="review-hint">{}</span>',
        urgency,
        days_left_in_words(due, today()),
        day(due),
    )
