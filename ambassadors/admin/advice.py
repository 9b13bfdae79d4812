"""Requests for advice in the admin, and the pages of the coordinator beside them."""

from typing import Any

from django.contrib import admin
from django.db.models import Case, F, OrderBy, When
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from ambassadors.admin import board, contact_pages, department
from ambassadors.admin.filters import FILTERS
from ambassadors.admin.steps import DESK
from ambassadors.enums import OPEN
from ambassadors.models import AdviceRequest
from ambassadors.querysets import AdviceRequestQuerySet
from ambassadors.rows import left
from ambassadors.subjects import noun_of
from shared.accounts.models import User
from shared.review.admin import CaseAdmin
from shared.review.selection import Selection
from shared.terms.calendar import today


def worklist(user: User) -> AdviceRequestQuerySet:
    """What this person may see."""
    return AdviceRequest.objects.visible_to(user)


def order() -> list[Any]:
    """What still has no answer by its last day, so what is late comes first; then the rest, newest first."""
    running = Case(When(status__in=OPEN, then=F("due_on")))
    return [OrderBy(running, nulls_last=True), F("due_on").desc(), F("pk").desc()]


SELECTION = Selection(
    cases=worklist,
    filters=FILTERS,
    searched=("title", "reference", "question", "adviser_name", "adviser_email", "owner__name"),
    order=order,
)


@admin.register(AdviceRequest)
class AdviceRequestAdmin(CaseAdmin):
    """The list and the page of a request."""

    desk, selection = DESK, SELECTION
    list_title = gettext_lazy("Adviesvragen")
    permission = "ambassadors.view_advicerequest"
    related = ("owner", "department", "asked_by", "answered_by", "wijk", "theme")
    file_template = "admin/ambassadors/request.html"

    list_display = ["subject", "who", "due", "state", "asked_by"]
    list_display_links = ["subject"]
    list_filter = FILTERS
    list_select_related = ["owner", "department", "asked_by", "wijk"]
    search_fields = ["title"]
    search_help_text = gettext_lazy("Zoek op onderwerp, nummer, vraag of adviseur")
    sortable_by = ["subject", "due"]
    actions = None

    def get_urls(self) -> list[URLPattern]:
        """The board, the departments and the contacts, beside the pages of a request."""
        own = [
            path("bord/", self._door(board.board), name="ambassadors_board"),
            path("afdeling/<int:pk>/", self._door(department.page), name="ambassadors_department"),
            path("afdeling/<int:pk>/<slug:step>/", self._door(department.step), name="ambassadors_department_step"),
            path("contact/", self._door(contact_pages.page), name="ambassadors_contacts"),
            path("contact/<int:pk>/agenda.ics", self._door(contact_pages.calendar), name="ambassadors_appointment"),
            path("contact/<int:pk>/gedaan/", self._door(contact_pages.finish), name="ambassadors_contact_done"),
        ]
        return own + super().get_urls()

    def _door(self, view: Any) -> Any:
        """A page of ours behind the admin's door, with what every page of the admin needs."""

        def page(request: HttpRequest, **values: Any) -> HttpResponse:
            answer: HttpResponse = view(request, self.around(request), **values)
            return answer

        return self.wrap(page)

    @admin.display(description=gettext_lazy("over"), ordering="title")
    def subject(self, request: AdviceRequest) -> SafeString:
        """The title of the case; what kind of case and where below it."""
        where = ", ".join(filter(None, [noun_of(request.subject_type), request.reference, str(request.wijk or "")]))
        return format_html('{} <span class="review-list__where">{}</span>', request.title, where)

    @admin.display(description=gettext_lazy("adviseur"))
    def who(self, request: AdviceRequest) -> str:
        """Who answers."""
        return request.adviser

    @admin.display(description=gettext_lazy("uiterlijk"), ordering="due_on")
    def due(self, request: AdviceRequest) -> SafeString:
        """How long there is left, in words, with the date."""
        words, urgency = left(request, today())
        return format_html('<span class="review-due review-due--{}">{}</span>', urgency, words)
