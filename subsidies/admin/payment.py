"""Payments, for finance: what has to be paid by when, on which account, and what stands in the way."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared.audit import trail
from shared.audit.models import Event
from shared.documents.serve import file_response
from shared.notifications.models import OutboxMessage
from shared.terms.calendar import days_left_in_words, today
from shared.ui.record_admin import RecordPage, key_of
from shared.ui.templatetags.ui import day, euro
from subsidies import late
from subsidies.admin.money_page import answer
from subsidies.admin.payment_steps import STEPS, stage
from subsidies.bank import iban
from subsidies.enums import AccountFinding, PaymentStatus
from subsidies.models import LateInterest, Payment
from subsidies.policies import may_pay, may_see_iban, may_watch_payments

STEP_PAGE = "admin/subsidies/payment/step.html"
ENDED = (PaymentStatus.PAID, PaymentStatus.RETURNED, PaymentStatus.CANCELLED)

_ACTIONS = [
    f"subsidies.{name}"
    for name in (
        "account_given",
        "account_checked",
        "payment_blocked",
        "payment_unblocked",
        "payment_stopped",
        "payment_resumed",
        "payment_paid",
        "payment_returned",
        "no_interest_due",
        "decided_interest",
    )
]


class StageFilter(admin.SimpleListFilter):
    """What there is to do; without a choice all that was not paid yet."""

    title = gettext_lazy("stand")
    parameter_name = "stand"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The choices; the first one is there without choosing."""
        return [
            ("nakijken", _("rekeningnummer nakijken")),
            ("klaar", _("klaar om te betalen")),
            ("wacht", _("wacht op rekeningnummer")),
            ("geblokkeerd", _("geblokkeerd")),
            ("bank", _("bij de bank")),
            ("betaald", _("betaald of vervallen")),
            ("te-laat", _("te laat")),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Any]:
        """What remains."""
        unchecked = Q(account__checked_at__isnull=True)
        chosen = {
            "nakijken": Q(status=PaymentStatus.READY) & unchecked,
            "klaar": Q(status=PaymentStatus.READY) & ~unchecked,
            "wacht": Q(status=PaymentStatus.WAITING_FOR_IBAN),
            "geblokkeerd": Q(status=PaymentStatus.BLOCKED),
            "bank": Q(status__in=[PaymentStatus.IN_BATCH, PaymentStatus.RELEASED]),
            "betaald": Q(status__in=ENDED),
            "te-laat": (~Q(status__in=ENDED) & Q(due_on__lt=today())) | Q(pk__in=Payment.objects.paid_late()),
        }
        return queryset.filter(chosen.get(self.value() or "", ~Q(status__in=ENDED)))

    def choices(self, changelist: ChangeList) -> Any:
        """The first choice is called by what it shows."""
        for number, choice in enumerate(super().choices(changelist)):
            yield choice | {"display": _("nog niet betaald")} if number == 0 else choice


@admin.register(Payment)
class PaymentAdmin(RecordPage, admin.ModelAdmin[Payment]):
    """The list of finance and the page of one payment; only steps change it."""

    list_display = ["end_to_end", "recipient", "sum", "state", "account_shown", "due"]
    list_filter = [StageFilter]
    list_select_related = ["application", "account", "batch"]
    list_per_page = 50
    ordering = ["due_on", "pk"]
    show_full_result_count = False
    search_fields = ["end_to_end", "application__reference", "application__name"]
    search_help_text = gettext_lazy("Zoek op betalingskenmerk, nummer van de aanvraag of naam")
    sortable_by = ["end_to_end", "sum", "due"]
    actions = None

    def get_urls(self) -> list[URLPattern]:
        """The steps beside the pages of every admin."""
        step = self.admin_site.admin_view(self.step_view)
        invoice = self.admin_site.admin_view(self.invoice_view)
        return [
            path("<int:pk>/stap/<slug:slug>/", step, name="subsidies_payment_step"),
            path("<int:pk>/factuur/", invoice, name="subsidies_payment_invoice"),
            *super().get_urls(),
        ]

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Finance, and who looks after the portal."""
        return may_watch_payments(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Finance; others see on the file page what was paid."""
        return self.has_module_permission(request)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list under its own name."""
        return super().changelist_view(request, {"title": _("Betalingen"), **(extra_context or {})})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The page of one payment. Whoever sees a whole account number is written down."""
        payment = self._payment(request, object_id)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        if payment.account and may_see_iban(request.user):
            trail.record_read(payment.application, by=request.user, text=_("Rekeningnummer"))
        values = {
            **self.around(request),
            "title": payment.end_to_end,
            "payment": payment,
            "stage": stage(payment),
            "steps": [step for step in STEPS.values() if may_pay(request.user) and step.allowed(payment)],
            **_account(request, payment),
            "late": late.late(payment, today()),
            "late_interest": LateInterest.objects.filter(payment=payment).select_related("decision").first(),
            "events": Event.objects.about(payment.application).filter(action__in=_ACTIONS).order_by("-pk")[:20],
            "letters": OutboxMessage.objects.about(payment.application).order_by("-pk")[:20],
        }
        return TemplateResponse(request, "admin/subsidies/payment/payment.html", values)

    def step_view(self, request: HttpRequest, pk: int, slug: str) -> HttpResponse:
        """The confirm page of a step, with the letter as it will leave the building."""
        payment = self._payment(request, str(pk))
        if not may_pay(request.user):
            raise PermissionDenied
        step = STEPS.get(slug)
        if step is None:
            raise Http404
        back = self.address(pk)
        if not step.allowed(payment):
            messages.error(request, _("Dit kan nu niet: de status is “%(status)s”.") % {"status": stage(payment)})
            return HttpResponseRedirect(back)
        return answer(request, payment, step, {**self.around(request), "back": back, "payment": payment}, STEP_PAGE)

    def invoice_view(self, request: HttpRequest, pk: int) -> FileResponse:
        """The invoice of a supplier, with the account number on it: for finance, and written down."""
        payment = self._payment(request, str(pk))
        if not may_see_iban(request.user):
            raise PermissionDenied
        if payment.account is None or payment.account.invoice is None:
            raise Http404
        trail.record_read(payment.application, by=request.user, text=_("Factuur van de leverancier"))
        return file_response(payment.account.invoice.file)

    def _payment(self, request: HttpRequest, number: str) -> Payment:
        if not self.has_view_permission(request):
            raise PermissionDenied
        related = (
            "application__scheme",
            "application__wijk",
            "account__checked_by",
            "account__invoice__file",
            "batch",
            "decision",
            "replaces",
        )
        found: Payment = get_object_or_404(Payment.objects.select_related(*related), pk=key_of(number))
        return found

    @admin.display(description=gettext_lazy("voor"), ordering="application__name")
    def recipient(self, payment: Payment) -> str:
        """Who gets it."""
        return payment.application.name

    @admin.display(description=gettext_lazy("bedrag"), ordering="amount")
    def sum(self, payment: Payment) -> str:
        """The amount."""
        return euro(payment.amount)

    @admin.display(description=gettext_lazy("status"))
    def state(self, payment: Payment) -> str:
        """The status, or what there is to do."""
        return stage(payment)

    @admin.display(description=gettext_lazy("rekening"))
    def account_shown(self, payment: Payment) -> str:
        """The last four signs."""
        return str(payment.account or "–")

    @admin.display(description=gettext_lazy("uiterlijk betaald"), ordering="due_on")
    def due(self, payment: Payment) -> SafeString | str:
        """The last day, and how long that is."""
        if payment.credited_on:
            return _("betaald op %(day)s") % {"day": day(payment.credited_on)}
        if payment.status in ENDED:
            return "–"
        return format_html("{}<br>{}", day(payment.due_on), days_left_in_words(payment.due_on, today()))


def _account(request: HttpRequest, payment: Payment) -> dict[str, Any]:
    """The account: whole for finance, else its last four signs."""
    account = payment.account
    if account is None:
        return {"account": None}
    whole = may_see_iban(request.user)
    return {
        "account": account,
        "may_see_invoice": whole and account.invoice_id is not None,
        "number": iban.shown(account.iban) if whole else str(account),
        "bank_name": iban.bank_name(account.iban),
        "findings": [AccountFinding(code).label for code in account.findings],
    }
