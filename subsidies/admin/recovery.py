"""Money that has to come back, for finance: who owes what by when, and the page where it is booked."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import F, Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared.accounts.models import User
from shared.audit.models import Event
from shared.notifications.models import OutboxMessage
from shared.terms.calendar import days_left_in_words, today
from shared.ui.record_admin import RecordPage, key_of
from shared.ui.templatetags.ui import day, euro
from subsidies.admin.money_page import MoneyStep, answer
from subsidies.forms.payment import RepaidForm
from subsidies.models import Recovery
from subsidies.policies import may_pay, may_watch_payments
from subsidies.workflow.after import recovery as workflow

_ACTIONS = [
    f"subsidies.{name}" for name in ("recovery_received", "recovery_reminded", "decided_waive", "decided_defer")
]


class OpenFilter(admin.SimpleListFilter):
    """What is still to come; all of it on request."""

    title = gettext_lazy("stand")
    parameter_name = "stand"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The other choices; without one what is open."""
        return [("te-laat", _("te laat")), ("alles", _("ook wat klaar is"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """What remains."""
        if self.value() == "alles":
            return queryset
        open_ones = queryset.open()
        return open_ones.filter(due_on__lt=today()) if self.value() == "te-laat" else open_ones


def _book(claim: Recovery, form: Any, by: User, version: int) -> object:
    answers = form.cleaned_data
    return workflow.book_received(
        claim.application,
        amount=answers["amount"],
        received_on=answers["on"],
        by=by,
        version=version,
        claim=claim,
    )


BOOK = MoneyStep[Recovery](
    "boeken",
    gettext_lazy("Terugbetaling boeken"),
    gettext_lazy("Boeken"),
    _book,
    lambda claim: claim.left > 0,
    RepaidForm,
    explains=gettext_lazy("Een deel mag ook. De aanvrager krijgt bericht van wat binnen is en wat nog openstaat."),
    main=True,
)


@admin.register(Recovery)
class RecoveryAdmin(RecordPage, admin.ModelAdmin[Recovery]):
    """The list of claims and the page of one; only booking changes it."""

    list_display = ["case", "recipient", "asked", "back", "still_open", "due"]
    list_filter = [OpenFilter]
    list_select_related = ["application"]
    list_display_links = None
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["application__reference", "application__name"]
    search_help_text = gettext_lazy("Zoek op nummer van de aanvraag of naam")
    sortable_by = ["asked", "due"]
    actions = None

    def get_urls(self) -> list[URLPattern]:
        """Booking beside the pages of every admin."""
        view = self.admin_site.admin_view(self.book_view)
        return [path("<int:pk>/boeken/", view, name="subsidies_recovery_book"), *super().get_urls()]

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        """Who is late first."""
        return [F("due_on").asc(), "pk"]

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Finance, and who looks after the portal."""
        return may_watch_payments(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Finance; others see it on the file page."""
        return self.has_module_permission(request)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The page of one claim: what came back on which day, and what is left."""
        claim = self._claim(request, object_id)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        values = {
            **self.around(request),
            "title": claim.application.reference,
            "claim": claim,
            "repayments": claim.repayments.select_related("booked_by"),
            "may_book": may_pay(request.user) and BOOK.allowed(claim),
            "days_left": days_left_in_words(claim.due_on, today()) if claim.left else "",
            "is_late": claim.left > 0 and claim.due_on < today(),
            "events": Event.objects.about(claim.application).filter(action__in=_ACTIONS).order_by("-pk")[:20],
            "letters": OutboxMessage.objects.about(claim.application).order_by("-pk")[:20],
        }
        return TemplateResponse(request, "admin/subsidies/recovery/recovery.html", values)

    def book_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Book what came back, with the letter as it will leave the building."""
        claim = self._claim(request, str(pk))
        if not may_pay(request.user):
            raise PermissionDenied
        back = self.address(pk)
        if not BOOK.allowed(claim):
            messages.error(request, _("Hier staat niets meer open."))
            return HttpResponseRedirect(back)
        around = {**self.around(request), "back": back, "claim": claim}
        return answer(request, claim, BOOK, around, "admin/subsidies/recovery/book.html")

    def _claim(self, request: HttpRequest, number: str) -> Recovery:
        if not self.has_view_permission(request):
            raise PermissionDenied
        related = ("application__scheme", "application__wijk", "decision")
        wide = ("decision__letter", "decision__letter_html", "decision__letter_text")
        found: Recovery = get_object_or_404(Recovery.objects.select_related(*related).defer(*wide), pk=key_of(number))
        return found

    @admin.display(description=gettext_lazy("aanvraag"), ordering="application__reference")
    def case(self, claim: Recovery) -> SafeString:
        """The case, with the link to the page of the claim."""
        return format_html('<a href="{}">{}</a>', self.address(claim.pk), claim.application.reference)

    @admin.display(description=gettext_lazy("van"), ordering="application__name")
    def recipient(self, claim: Recovery) -> str:
        """Who pays it back."""
        return claim.application.name

    @admin.display(description=gettext_lazy("teruggevraagd"), ordering="amount")
    def asked(self, claim: Recovery) -> str:
        """The whole amount."""
        return euro(claim.amount)

    @admin.display(description=gettext_lazy("ontvangen"))
    def back(self, claim: Recovery) -> str:
        """What came back."""
        return euro(claim.received_amount)

    @admin.display(description=gettext_lazy("nog open"))
    def still_open(self, claim: Recovery) -> str:
        """What is left."""
        return euro(claim.left)

    @admin.display(description=gettext_lazy("uiterlijk"), ordering="due_on")
    def due(self, claim: Recovery) -> SafeString | str:
        """The last day, and how long that is."""
        if not claim.left:
            return _("alles terug")
        return format_html("{}<br>{}", day(claim.due_on), days_left_in_words(claim.due_on, today()))
