"""The work list: what it shows, how it is searched and sorted, and what can be done with several cases at once."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import OrderBy
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from initiatives import workflow
from initiatives.admin.filters import WORKLIST_FILTERS
from initiatives.admin.selection import matching, read_filters, worklist
from initiatives.forms.review import BulkAssignForm
from initiatives.models import Initiative
from initiatives.policies import why_no_reminder
from initiatives.querysets import InitiativeQuerySet
from initiatives.worklist import due, late_first
from shared.accounts.models import User
from shared.lifecycle import WorkflowError
from shared.terms.calendar import today


class WorklistMixin:
    """The list of cases."""

    list_display = ["reference", "plan", "wijk", "state", "promised", "handler"]
    list_display_links = ["reference", "plan"]
    list_filter = WORKLIST_FILTERS
    list_select_related = ["wijk", "owner"]
    list_per_page = 50
    show_facets = admin.ShowFacets.ALWAYS
    show_full_result_count = False
    search_fields = ["reference"]
    search_help_text = gettext_lazy("Zoek op nummer, op een woord uit het idee, of op naam, e-mail of telefoon")
    sortable_by = ["reference", "plan", "wijk", "promised"]
    actions = ["assign_selected", "remind_selected"]
    actions_on_bottom = True

    def get_queryset(self, request: HttpRequest) -> InitiativeQuerySet:
        """Only what this person reviews."""
        return worklist(request.user)

    def get_ordering(self, request: HttpRequest) -> list[OrderBy]:
        """Late first."""
        return late_first()

    def get_search_results(
        self, request: HttpRequest, queryset: InitiativeQuerySet, search_term: str
    ) -> tuple[InitiativeQuerySet, bool]:
        """Search as the export does."""
        return queryset.filter(matching(search_term)), False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list, with its export beside it."""
        export = reverse("reports:export", args=["werkvoorraad"])
        filters = read_filters(request.GET)
        query = "&".join(filter(None, [request.GET.urlencode()])) if filters else ""
        values = {
            "title": _("Werkvoorraad"),
            "export_url": f"{export}?{query}" if query else export,
            "may_export": request.user.has_perm("initiatives.export_initiatives"),
        }
        return super().changelist_view(request, {**values, **(extra_context or {})})

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """A list whose title is its name."""
        return Worklist

    @admin.display(description=gettext_lazy("idee"), ordering="title")
    def plan(self, case: Initiative) -> SafeString:
        """The title, and a mark for a message that nobody answered."""
        if not case.unread_since:
            return format_html("{}", case.title)
        return format_html('{} <span class="review-mark">{}</span>', case.title, _("ongelezen bericht"))

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def state(self, case: Initiative) -> SafeString:
        """The status as staff call it."""
        return status_badge(case)

    @admin.display(description=gettext_lazy("beloofd"), ordering="promise")
    def promised(self, case: Initiative) -> SafeString | str:
        """How long there is left, in words."""
        left = due(case, today())
        return format_html('<span class="review-due review-due--{}">{}</span>', left.urgency, left.words or "–")

    @admin.display(description=gettext_lazy("behandelaar"), empty_value=gettext_lazy("niemand"))  # type: ignore[call-overload]
    def handler(self, case: Initiative) -> User | None:
        """Who goes on with it."""
        return case.owner

    @admin.action(description=gettext_lazy("Toewijzen aan een collega"))
    def assign_selected(self, request: HttpRequest, queryset: InitiativeQuerySet) -> HttpResponse | None:
        """Ask to whom, with the list of cases; then assign them one by one and tell the result."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = BulkAssignForm(request.POST if "apply" in request.POST else None, user=request.user)
        if form.is_bound and form.is_valid():
            _assign(request, queryset, form.cleaned_data["to"])
            return HttpResponseRedirect(request.get_full_path())
        values = {
            **self.admin_site.each_context(request),
            "title": _("Toewijzen aan een collega"),
            "opts": self.opts,
            "cases": queryset.select_related("wijk", "owner"),
            "form": form,
            "action": "assign_selected",
            "checkbox": ACTION_CHECKBOX_NAME,
            "list_url": request.get_full_path(),
        }
        return TemplateResponse(request, "admin/initiatives/initiative/assign_selected.html", values)

    @admin.action(description=gettext_lazy("Indieners herinneren"))
    def remind_selected(self, request: HttpRequest, queryset: InitiativeQuerySet) -> HttpResponse | None:
        """Show who gets a reminder of what and who does not; then remind them one by one and tell the result."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if "apply" in request.POST:
            _remind(request, queryset)
            return HttpResponseRedirect(request.get_full_path())
        now = timezone.now()
        cases = [(case, why_no_reminder(case, now)) for case in queryset.prefetch_related("messages")]
        values = {
            **self.admin_site.each_context(request),
            "title": _("Indieners herinneren"),
            "opts": self.opts,
            "reminded": [case for case, reason in cases if not reason],
            "left_alone": [(case, reason) for case, reason in cases if reason],
            "action": "remind_selected",
            "checkbox": ACTION_CHECKBOX_NAME,
            "list_url": request.get_full_path(),
        }
        return TemplateResponse(request, "admin/initiatives/initiative/remind_selected.html", values)


class Worklist(ChangeList):
    """The list; its title is the same for everyone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = _("Werkvoorraad")


def status_badge(case: Initiative) -> SafeString:
    """The status in a frame; the words say it, the colour only helps."""
    return format_html(
        '<span class="review-status review-status--{}">{}</span>', case.status, case.get_status_display()
    )


def _assign(request: HttpRequest, cases: InitiativeQuerySet, to: User) -> None:
    if done := _each(request, cases, partial(workflow.assign, to=to)):
        words = ngettext("%(n)d dossier is nu van %(who)s.", "%(n)d dossiers zijn nu van %(who)s.", len(done))
        messages.success(request, words % {"n": len(done), "who": to})


def _remind(request: HttpRequest, cases: InitiativeQuerySet) -> None:
    if done := _each(request, cases, workflow.remind):
        words = ngettext(
            "%(n)d indiener is herinnerd: %(which)s.", "%(n)d indieners zijn herinnerd: %(which)s.", len(done)
        )
        messages.success(request, words % {"n": len(done), "which": ", ".join(case.reference for case in done)})


def _each(request: HttpRequest, cases: InitiativeQuerySet, step: Callable[..., Initiative]) -> list[Initiative]:
    """Take the step for each case, as it was seen; one that is refused does not keep the others back."""
    done = []
    for case in cases:
        version = request.POST.get(f"version_{case.pk}", "")
        try:
            done.append(step(case, by=request.user, version=int(version) if version.isdecimal() else None))
        except WorkflowError as error:
            messages.warning(request, f"{case.reference}: {error}")
    return done
