"""Files for the bank and what came back: finance makes, a second person releases, a statement books."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared.lifecycle import WorkflowError
from shared.ui.record_admin import RecordPage, key_of
from shared.ui.templatetags.ui import euro
from subsidies.bank import statement
from subsidies.enums import BatchStatus
from subsidies.forms.payment import BatchForm, StatementForm
from subsidies.models import Payment, PaymentBatch
from subsidies.policies import may_pay, may_release, may_watch_payments
from subsidies.workflow import pay


@admin.register(PaymentBatch)
class PaymentBatchAdmin(RecordPage, admin.ModelAdmin[PaymentBatch]):
    """The files, newest first; nothing is edited by hand."""

    list_display = ["reference", "execute_on", "sum", "status", "made_by", "released_by"]
    list_select_related = ["made_by", "released_by"]
    list_per_page = 50
    ordering = ["-made_at"]
    show_full_result_count = False
    sortable_by = ["reference", "execute_on"]
    actions = None
    change_list_template = "admin/subsidies/batch/change_list.html"

    def get_urls(self) -> list[URLPattern]:
        """Making, releasing and fetching a file, and reading a statement."""
        door = self.admin_site.admin_view
        own = [
            path("nieuw/", door(self.make_view), name="subsidies_paymentbatch_make"),
            path("afschrift/", door(self.statement_view), name="subsidies_paymentbatch_statement"),
            path("<int:pk>/vrijgeven/", door(self.release_view), name="subsidies_paymentbatch_release"),
            path("<int:pk>/vervallen/", door(self.cancel_view), name="subsidies_paymentbatch_cancel"),
            path("<int:pk>/bestand/", door(self.file_view), name="subsidies_paymentbatch_file"),
        ]
        return own + super().get_urls()

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Finance, and who looks after the portal."""
        return may_watch_payments(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Finance."""
        return self.has_module_permission(request)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list under its own name."""
        return super().changelist_view(
            request, {"title": _("Betaalbestanden"), "may_pay": may_pay(request.user), **(extra_context or {})}
        )

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The page of one file: what is in it, and what can be done now."""
        batch = self._batch(request, object_id, only_look=True)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        is_open = batch.status == BatchStatus.OPEN
        values = {
            "title": batch.reference,
            "batch": batch,
            "payments": batch.payments.select_related("application", "account").order_by("pk"),
            "may_release": is_open and may_release(request.user, batch),
            "may_cancel": is_open and may_pay(request.user),
            "may_fetch": batch.status == BatchStatus.RELEASED and may_pay(request.user),
        }
        return self._page(request, "batch", values)

    def make_view(self, request: HttpRequest) -> HttpResponse:
        """Choose payments that are ready, and make the file."""
        self._check(request)
        ready = Payment.objects.ready().filter(account__checked_at__isnull=False, batch__isnull=True)
        ready = ready.select_related("application", "account").order_by("due_on", "pk")
        form = BatchForm(request.POST or None, ready=ready)
        form.fields["payments"].label_from_instance = _line
        if request.method == "POST" and form.is_valid():
            answers = form.cleaned_data
            try:
                batch = pay.make_batch(answers["payments"], execute_on=answers["execute_on"], by=request.user)
            except WorkflowError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("Het betaalbestand is gemaakt. Een collega geeft het vrij."))
                return HttpResponseRedirect(self.address(batch.pk))
        return self._page(request, "make", {"title": _("Nieuw betaalbestand"), "form": form, "ready": len(ready)})

    def release_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A second person lets the file go to the bank."""
        batch = self._batch(request, str(pk))
        seen = request.POST.get("seen", "")
        return self._do(
            request,
            batch,
            lambda: pay.release_batch(batch, seen=seen, by=request.user),
            _("Het bestand is vrijgegeven. U kunt het nu ophalen."),
        )

    def cancel_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Drop a file that was not released."""
        batch = self._batch(request, str(pk))
        done = _("Het bestand is vervallen. De betalingen staan weer klaar.")
        return self._do(request, batch, lambda: pay.cancel_batch(batch, by=request.user), done)

    def file_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Hand out the file; who took it is written down."""
        batch = self._batch(request, str(pk))
        try:
            content = pay.record_download(batch, by=request.user)
        except WorkflowError as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(self.address(batch.pk))
        response = HttpResponse(content, content_type="application/xml")
        response["Content-Disposition"] = f'attachment; filename="{batch.reference}.xml"'
        return response

    def statement_view(self, request: HttpRequest) -> HttpResponse:
        """Read a statement of the bank, book it, and say of each line what came of it."""
        self._check(request)
        booked = None
        form = StatementForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            try:
                lines = statement.read(form.cleaned_data["statement"].read())
            except WorkflowError as error:
                form.add_error("statement", str(error))
            else:
                booked = pay.book_statement(lines, by=request.user)
        return self._page(request, "statement", {"title": _("Bankafschrift inlezen"), "form": form, "booked": booked})

    def _do(self, request: HttpRequest, batch: PaymentBatch, act: Any, done: str) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            act()
        except WorkflowError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, done)
        return HttpResponseRedirect(self.address(batch.pk))

    def _page(self, request: HttpRequest, name: str, values: dict[str, Any]) -> HttpResponse:
        around = {
            **self.around(request),
            "list_url": reverse("admin:subsidies_payment_changelist"),
            "batches_url": reverse("admin:subsidies_paymentbatch_changelist"),
        }
        return TemplateResponse(request, f"admin/subsidies/batch/{name}.html", {**around, **values})

    def _check(self, request: HttpRequest) -> None:
        if not may_pay(request.user):
            raise PermissionDenied

    def _batch(self, request: HttpRequest, number: str, *, only_look: bool = False) -> PaymentBatch:
        if not (may_watch_payments(request.user) if only_look else may_pay(request.user)):
            raise PermissionDenied
        found: PaymentBatch = get_object_or_404(
            PaymentBatch.objects.select_related("made_by", "released_by"), pk=key_of(number)
        )
        return found

    @admin.display(description=gettext_lazy("totaal"), ordering="total")
    def sum(self, batch: PaymentBatch) -> str:
        """The total."""
        return euro(batch.total)


def _line(payment: Payment) -> str:
    return f"{payment.end_to_end}: {euro(payment.amount)}, {payment.application.name}, {payment.account}"
