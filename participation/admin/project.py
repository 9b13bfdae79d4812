"""Projects in the admin: the work list, the file page and the steps."""

from datetime import date
from typing import Any

from django.contrib import admin
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.dateformat import format as format_date
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participation.admin import entry, listing
from participation.admin.filters import WORKLIST_FILTERS
from participation.admin.registry import DESK
from participation.admin.selection import SELECTION, WORKLIST
from participation.models import Project
from participation.policies import may_register
from participation.worklist import check_label, due
from shared.review.admin import CaseAdmin
from shared.terms.calendar import today
from shared.wijken.models import Wijk


@admin.register(Project)
class ProjectAdmin(CaseAdmin):
    """The register, and the way of each check."""

    desk, selection = DESK, SELECTION
    list_title = gettext_lazy("Projecten")
    permission = "participation.register_project"
    export_name, export_permission = WORKLIST.name, "participation.export_projects"
    file_template = "admin/participation/project/file.html"
    change_list_template = "admin/participation/project/change_list.html"
    related = ("department", "lead", "alderman", "registered_by")

    list_display = ["reference", "plan", "state", "legal", "handler"]
    list_display_links = ["reference", "plan"]
    list_filter = WORKLIST_FILTERS
    list_select_related = ["department", "lead"]
    search_fields = ["reference"]
    search_help_text = gettext_lazy("Zoek op nummer, titel, plek of naam van de projectleider")
    sortable_by = ["reference", "plan", "legal"]
    actions = None

    def get_urls(self) -> list[URLPattern]:
        """Registering, and taking over a list, beside the pages of every case."""
        own = [
            path("nieuw/", self.wrap(self.entry_view), name="participation_project_entry"),
            path("lijst/", self.wrap(self.list_view), name="participation_project_import"),
        ]
        return [*own, *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With the wijken, so that a list asks for them once."""
        wijken = Prefetch("wijken", Wijk.objects.without_geometry())
        return super().get_queryset(request).prefetch_related(wijken)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list, with the buttons that this person has."""
        values = {
            "may_register": may_register(request.user),
            "may_import": request.user.has_perm("participation.import_projects"),
        }
        return super().changelist_view(request, {**values, **(extra_context or {})})

    def around_file(self, request: HttpRequest, case: Project) -> dict[str, Any]:
        """How long there is left for the check."""
        return {"due": due(case, today())}

    def entry_view(self, request: HttpRequest) -> HttpResponse:
        """Register a project."""
        return entry.enter(request, self.around(request))

    def list_view(self, request: HttpRequest) -> HttpResponse:
        """Take over a department's list."""
        return listing.take_over(request, self.around(request))

    @admin.display(description=gettext_lazy("project"), ordering="title")
    def plan(self, case: Project) -> SafeString:
        """The title, with the phase, the department and the wijken below it."""
        phase = case.phase_label if case.is_active else case.get_status_display()
        wijken = [str(wijk) for wijk in case.wijken.all()] or [_("hele gemeente")]
        where = ", ".join([phase, str(case.department), *wijken])
        return format_html('{} <span class="review-list__where">{}</span>', case.title, where)

    @admin.display(description=gettext_lazy("check"))
    def state(self, case: Any) -> SafeString:
        """The state of the check."""
        label = check_label(case.check_status)
        return format_html('<span class="review-status review-status--{}">{}</span>', case.check_status or "", label)

    @admin.display(description=gettext_lazy("check uiterlijk"), ordering="open_due")
    def legal(self, case: Project) -> SafeString:
        """How long there is left, with the date."""
        left = due(case, today())
        when = format_html('<br><span class="review-hint">{}</span>', _short(left.day)) if left.day else ""
        return format_html('<span class="review-due review-due--{}">{}</span>{}', left.urgency, left.words or "–", when)

    @admin.display(description=gettext_lazy("projectleider"), empty_value=gettext_lazy("niemand"))  # type: ignore[call-overload]
    def handler(self, case: Project) -> str | None:
        """Who leads it."""
        return str(case.lead) if case.lead else None


def _short(when: date) -> str:
    """2 november 2026: a narrow column has no room for the day of the week."""
    return format_date(when, "j F Y")
