"""The lists in the admin: what is on them, agreeing, keeping a file longer, and the certificate."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Model, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from shared import municipality
from shared.accounts.enums import Role
from shared.accounts.policies import has_role
from shared.lifecycle import WorkflowError
from shared.retention import workflow
from shared.retention.forms import ApproveForm, KeepForm
from shared.retention.holders import HOLDERS
from shared.retention.models import DestructionItem, DestructionList
from shared.ui.record_admin import RecordPage, key_of


@admin.register(DestructionList)
class DestructionListAdmin(RecordPage, admin.ModelAdmin[DestructionList]):
    """For functional managers only; nothing is edited by hand."""

    list_display = ["made_on", "state", "files", "first_by", "second_by", "finished_on"]
    list_select_related = ["first_by", "second_by"]
    show_full_result_count = False
    sortable_by = ["made_on"]
    actions = None

    def get_urls(self) -> list[URLPattern]:
        """The steps beside the pages of every admin."""
        door = self.admin_site.admin_view
        own = [
            path("<int:pk>/goedkeuren/", door(self.approve_view), name="retention_destructionlist_approve"),
            path("<int:pk>/bewaren/<int:item>/", door(self.keep_view), name="retention_destructionlist_keep"),
            path("<int:pk>/verklaring.pdf", door(self.certificate_view), name="retention_destructionlist_certificate"),
        ]
        return own + super().get_urls()

    def get_queryset(self, request: HttpRequest) -> QuerySet[DestructionList]:
        """With how many files are on each."""
        counted = Count("items", filter=Q(items__kept_until__isnull=True))
        return super().get_queryset(request).defer("certificate").annotate(count=counted)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Functional managers."""
        return has_role(request.user, Role.FUNCTIONAL_MANAGER)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Functional managers."""
        return self.has_module_permission(request)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What is on the list, and what can be done with it."""
        found = self._list(request, object_id)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return self._page(request, "list", found, {"title": str(found)})

    def approve_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Agree; when enough people did, it is carried out at once."""
        found = self._list(request, str(pk))
        to_go = found.items.filter(kept_until__isnull=True).count()
        form = ApproveForm(request.POST) if request.method == "POST" else ApproveForm(initial={"seen": to_go})
        if request.method == "POST" and form.is_valid():
            try:
                agreed = workflow.approve(found, by=request.user, seen=form.cleaned_data["seen"])
            except WorkflowError as error:
                messages.error(request, str(error))
                return HttpResponseRedirect(self.address(found.pk))
            if agreed.is_open:
                messages.success(request, _("Uw akkoord is bewaard. Een collega geeft het tweede akkoord."))
            else:
                gone = workflow.carry_out(agreed, timezone.now())
                messages.success(request, _("Vernietigd: %(n)d dossiers. De verklaring staat klaar.") % {"n": gone})
            return HttpResponseRedirect(self.address(found.pk))
        return self._page(
            request, "approve", found, {"title": _("Vernietiging goedkeuren"), "form": form, "to_go": to_go}
        )

    def keep_view(self, request: HttpRequest, pk: int, item: int) -> HttpResponse:
        """Keep one file longer."""
        found = self._list(request, str(pk))
        row = get_object_or_404(found.items, pk=item)
        form = KeepForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            answers = form.cleaned_data
            try:
                workflow.keep(row, reason=answers["reason"], until=answers["until"], by=request.user)
            except WorkflowError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("%(number)s blijft voorlopig bewaard.") % {"number": row.reference})
                return HttpResponseRedirect(self.address(found.pk))
        return self._page(request, "keep", found, {"title": _("Langer bewaren"), "form": form, "item": row})

    def certificate_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The certificate as it was made."""
        found = self._list(request, str(pk))
        if found.certificate is None:
            raise Http404
        response = HttpResponse(bytes(found.certificate), content_type="application/pdf")
        response["Content-Disposition"] = f'attachment; filename="verklaring-van-vernietiging-{found.pk}.pdf"'
        return response

    def _list(self, request: HttpRequest, number: str) -> DestructionList:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return get_object_or_404(DestructionList.objects.select_related("first_by", "second_by"), pk=key_of(number))

    def _page(self, request: HttpRequest, name: str, found: DestructionList, values: dict[str, Any]) -> HttpResponse:
        around = {
            **self.around(request),
            "back": self.address(found.pk),
            "found": found,
            "rows": [(item, _label(item)) for item in found.items.select_related("kept_by")],
            "two": municipality.current().destruction_approvals > 1,
            "may_approve": found.is_open and found.first_by_id != request.user.pk,
        }
        return TemplateResponse(request, f"admin/retention/{name}.html", {**around, **values})

    @admin.display(description=gettext_lazy("stand"))
    def state(self, found: DestructionList) -> str:
        """Where it stands."""
        return state(found)

    @admin.display(description=gettext_lazy("dossiers"))
    def files(self, found: DestructionList) -> str:
        """How many are on it."""
        count = int(vars(found)["count"])
        return ngettext("%(n)d dossier", "%(n)d dossiers", count) % {"n": count}


def state(found: DestructionList) -> str:
    """Where a list stands, in words."""
    if found.finished_on:
        return _("vernietigd")
    if not found.is_open:
        return _("wordt vernietigd")
    return _("wacht op tweede akkoord") if found.first_by_id else _("wacht op akkoord")


def _label(item: DestructionItem) -> str:
    holder = HOLDERS.get(item.kind)
    return str(holder.label) if holder else item.kind
