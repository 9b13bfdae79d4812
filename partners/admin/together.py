"""Signals, actions, walks and messages as lists for the coordinator; each row leads to the page to work on it."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from partners.enums.walks import FINDING_OPEN
from partners.models import ChecklistItem, Finding, JointAction, Notice, Signal, Walk
from shared.accounts.enums import Role
from shared.accounts.policies import has_role, wijken_of
from shared.ui.public_admin import KeptMixin
from shared.ui.record_admin import ReadOnly, key_of


class ListOnly(ReadOnly, admin.ModelAdmin):
    """A list of what lies in one's own wijken; nothing is added, changed or deleted here."""

    list_per_page = 50
    show_full_result_count = False
    wijk_path = "wijk"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """One's own wijken."""
        return super().get_queryset(request).filter(**{f"{self.wijk_path}__in": wijken_of(request.user)})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The page of the thing itself."""
        found = self.get_queryset(request).filter(pk=key_of(object_id)).first()
        if found is None:
            raise Http404
        return HttpResponseRedirect(found.get_absolute_url())

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Coordinators and functional managers; partners and ambassadors have pages of their own."""
        return any(has_role(request.user, role) for role in (Role.COORDINATOR, Role.FUNCTIONAL_MANAGER))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The same."""
        return self.has_module_permission(request)


@admin.register(JointAction)
class JointActionAdmin(ListOnly):
    """Joint actions."""

    list_display = ["title", "wijk", "theme", "status", "owner", "year", "due_on", "is_public"]
    list_filter = ["status", "year", "is_public", "theme", "wijk"]
    list_select_related = ["wijk", "theme", "owner"]
    search_fields = ["title"]


@admin.register(Signal)
class SignalAdmin(ListOnly):
    """Signals."""

    list_display = ["title", "wijk", "theme", "source", "status", "noted_at"]
    list_filter = ["status", "theme", "source", "wijk"]
    list_select_related = ["wijk", "theme"]
    search_fields = ["title", "place"]


@admin.register(Walk)
class WalkAdmin(ListOnly):
    """Walks, with how many findings are open."""

    list_display = ["title", "wijk", "starts_at", "status", "organiser", "still_open"]
    list_filter = ["status", "wijk"]
    list_select_related = ["wijk", "organiser"]
    search_fields = ["title"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Walk]:
        """With the number."""
        counted = Count("findings", filter=Q(findings__status__in=FINDING_OPEN))
        return super().get_queryset(request).annotate(findings_open=counted)

    @admin.display(description=_("open bevindingen"))
    def still_open(self, walk: Any) -> int:
        """How many findings still wait."""
        return int(walk.findings_open)


@admin.register(Finding)
class FindingAdmin(ListOnly):
    """Findings of walks."""

    wijk_path = "walk__wijk"
    list_display = ["text", "walk", "item", "status", "to_whom", "due_on"]
    list_filter = ["status", "item", "walk__wijk"]
    list_select_related = ["walk", "item", "partner", "department"]
    search_fields = ["text", "place"]

    @admin.display(description=_("uitgezet bij"))
    def to_whom(self, finding: Finding) -> str:
        """The organisation or department."""
        return finding.addressee or "-"


@admin.register(Notice)
class NoticeAdmin(ListOnly):
    """Messages on the board, without their words: those are read on the board."""

    list_display = ["__str__", "author", "until_on", "removed_at", "removed_by"]
    list_filter = ["wijk", "posted_at"]
    list_select_related = ["wijk", "author", "removed_by"]


@admin.register(ChecklistItem)
class ChecklistItemAdmin(KeptMixin, admin.ModelAdmin):
    """What a walk looks at; a point is switched off, never deleted."""

    list_display = ["name", "theme", "shows_good", "position", "active"]
    list_select_related = ["theme"]
    list_per_page = 100
