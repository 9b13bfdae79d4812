"""The work list: what it shows, how it is searched and sorted."""

from datetime import date
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import OrderBy
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.dateformat import format as format_date
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared.accounts.models import User
from shared.terms.calendar import today
from shared.ui.templatetags.ui import euro
from subsidies.admin.filters import WORKLIST_FILTERS
from subsidies.admin.selection import WORKLIST, matching, read_filters, worklist
from subsidies.models import Application
from subsidies.querysets import ApplicationQuerySet
from subsidies.worklist import due, most_urgent_first, promise, waits_for


class WorklistMixin:
    """The list of cases."""

    list_display = ["reference", "plan", "state", "legal", "promised", "handler"]
    list_display_links = ["reference", "plan"]
    list_filter = WORKLIST_FILTERS
    list_select_related = ["wijk", "owner", "scheme"]
    list_per_page = 50
    show_facets = admin.ShowFacets.ALWAYS
    show_full_result_count = False
    search_fields = ["reference"]
    search_help_text = gettext_lazy("Zoek op nummer, op een woord uit de aanvraag, of op naam, adres of e-mail")
    sortable_by = ["reference", "plan", "legal", "promised"]
    actions = None

    def get_queryset(self, request: HttpRequest) -> ApplicationQuerySet:
        """Only what this person reviews."""
        return worklist(request.user)

    def get_ordering(self, request: HttpRequest) -> list[OrderBy]:
        """What waits for us first, by its date."""
        return most_urgent_first()

    def get_search_results(
        self, request: HttpRequest, queryset: ApplicationQuerySet, search_term: str
    ) -> tuple[ApplicationQuerySet, bool]:
        """Search as the export does."""
        return queryset.filter(matching(search_term)), False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list, with its export beside it."""
        export = reverse("reports:export", args=[WORKLIST.name])
        query = request.GET.urlencode() if read_filters(request.GET) else ""
        values = {
            "title": _("Aanvragen"),
            "export_url": f"{export}?{query}" if query else export,
            "may_export": WORKLIST.may_export(request.user),
        }
        return super().changelist_view(request, {**values, **(extra_context or {})})

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """A list whose title is its name."""
        return Worklist

    @admin.display(description=gettext_lazy("aanvraag"), ordering="title")
    def plan(self, case: Application) -> SafeString:
        """The title, and a mark for a message that nobody answered; the scheme, wijk and amount below it."""
        mark = format_html(' <span class="review-mark">{}</span>', _("ongelezen bericht")) if case.unread_since else ""
        asked = [euro(case.asked_amount)] if case.asked_amount is not None else []
        where = ", ".join([str(case.scheme), str(case.wijk), *asked])
        return format_html('{}{} <span class="review-list__where">{}</span>', case.title, mark, where)

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def state(self, case: Application) -> SafeString:
        """The status as staff call it, and whose turn it is when it is not ours."""
        waits = waits_for(case) if case.asks_advice else ""
        mark = format_html('<br><span class="review-hint">{}</span>', waits) if waits else ""
        return format_html("{}{}", status_badge(case), mark)

    @admin.display(description=gettext_lazy("besluit uiterlijk"), ordering="open_due")
    def legal(self, case: Application) -> SafeString | str:
        """How long there is left by law, in words, with the date."""
        left = due(case, today())
        when = format_html('<br><span class="review-hint">{}</span>', _short(left.day)) if left.day else ""
        return format_html('<span class="review-due review-due--{}">{}</span>{}', left.urgency, left.words or "–", when)

    @admin.display(description=gettext_lazy("streefdatum"), ordering="promised_on")
    def promised(self, case: Application) -> SafeString | str:
        """How long there is left of the service promise."""
        left = promise(case, today())
        return format_html('<span class="review-due review-due--{}">{}</span>', left.urgency, left.words or "–")

    @admin.display(description=gettext_lazy("behandelaar"), empty_value=gettext_lazy("niemand"))  # type: ignore[call-overload]
    def handler(self, case: Application) -> User | None:
        """Who goes on with it."""
        return case.owner


class Worklist(ChangeList):
    """The list; its title is the same for everyone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = _("Aanvragen")


def _short(when: date) -> str:
    """2 november 2026: a narrow column has no room for the day of the week."""
    return format_date(when, "j F Y")


def status_badge(case: Application) -> SafeString:
    """The status in a frame; the words say it, the colour only helps."""
    return format_html(
        '<span class="review-status review-status--{}">{}</span>', case.status, case.get_status_display()
    )
