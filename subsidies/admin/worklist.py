"""The work list: what it shows, how it is searched and sorted."""

from datetime import date

from django.contrib import admin
from django.utils.dateformat import format as format_date
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared.review.admin import status_badge
from shared.terms.calendar import today
from shared.ui.templatetags.ui import euro
from subsidies.admin.filters import WORKLIST_FILTERS
from subsidies.models import Application
from subsidies.worklist import due, promise, waits_for


class WorklistMixin:
    """The list of cases."""

    list_display = ["reference", "plan", "state", "legal", "promised", "handler"]
    list_display_links = ["reference", "plan"]
    list_filter = WORKLIST_FILTERS
    list_select_related = ["wijk", "owner", "scheme"]
    search_fields = ["reference"]
    search_help_text = gettext_lazy("Zoek op nummer, op een woord uit de aanvraag, of op naam, adres of e-mail")
    sortable_by = ["reference", "plan", "legal", "promised"]
    actions = None

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
        waits = waits_for(case) if case.asks_advice or case.is_paused else ""
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


def _short(when: date) -> str:
    """2 november 2026: a narrow column has no room for the day of the week."""
    return format_date(when, "j F Y")
