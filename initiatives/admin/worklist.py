"""The work list: what it shows, how it is searched and sorted, and what can be done with several cases at once."""

from collections.abc import Callable
from functools import partial

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from initiatives import workflow
from initiatives.admin.filters import WORKLIST_FILTERS
from initiatives.forms.review import BulkAssignForm
from initiatives.models import Initiative
from initiatives.policies import why_no_reminder
from initiatives.querysets import InitiativeQuerySet
from initiatives.worklist import due
from shared.accounts.models import User
from shared.lifecycle import WorkflowError
from shared.terms.calendar import today


class WorklistMixin:
    """The list of cases."""

    list_display = ["reference", "plan", "wijk", "state", "promised", "handler"]
    list_display_links = ["reference", "plan"]
    list_filter = WORKLIST_FILTERS
    list_select_related = ["wijk", "owner"]
    search_fields = ["reference"]
    search_help_text = gettext_lazy("Zoek op nummer, op een woord uit het idee, of op naam, e-mail of telefoon")
    sortable_by = ["reference", "plan", "wijk", "promised"]
    actions = ["assign_selected", "remind_selected"]
    actions_on_bottom = True

    @admin.display(description=gettext_lazy("idee"), ordering="title")
    def plan(self, case: Initiative) -> SafeString:
        """The title, and a mark for a message that nobody answered."""
        if not case.unread_since:
            return format_html("{}", case.title)
        return format_html('{} <span class="review-mark">{}</span>', case.title, _("ongelezen bericht"))

    @admin.display(description=gettext_lazy("beloofd"), ordering="promise")
    def promised(self, case: Initiative) -> SafeString | str:
        """How long there is left, in words."""
        left = due(case, today())
        return format_html('<span class="review-due review-due--{}">{}</span>', left.urgency, left.words or "–")

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
            **self.around(request),
            "title": _("Toewijzen aan een collega"),
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
            **self.around(request),
            "title": _("Indieners herinneren"),
            "reminded": [case for case, reason in cases if not reason],
            "left_alone": [(case, reason) for case, reason in cases if reason],
            "action": "remind_selected",
            "checkbox": ACTION_CHECKBOX_NAME,
            "list_url": request.get_full_path(),
        }
        return TemplateResponse(request, "admin/initiatives/initiative/remind_selected.html", values)


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
