"""The list of messages, one message, and sending it again. Nothing here can be changed or removed."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared.audit import trail
from shared.audit.models import Event
from shared.notifications import policies, workflow
from shared.notifications.admin import paper
from shared.notifications.admin.filters import CategoryFilter
from shared.notifications.enums import Channel, MessageStatus
from shared.notifications.forms import CancelForm, SendAgainForm
from shared.notifications.models import OutboxMessage
from shared.ui.forms import PortalForm
from shared.ui.record_admin import ReadOnly

STOPPABLE = {MessageStatus.PENDING, MessageStatus.FAILED}


@admin.register(OutboxMessage)
class OutboxMessageAdmin(ReadOnly, admin.ModelAdmin[OutboxMessage]):
    """Every message that left or must leave the building."""

    list_display = ("created_at", "subject_shown", "to", "outcome")
    list_display_links = ("subject_shown",)
    list_filter = ("status", "channel", CategoryFilter, "created_at")
    search_fields = ("recipient_name", "recipient_email", "about_id")
    search_help_text = gettext_lazy("Zoek op naam of e-mailadres van de ontvanger")
    date_hierarchy = "created_at"
    show_full_result_count = False
    list_per_page = 50
    change_list_template = "notifications/admin/list.html"

    @admin.display(description=gettext_lazy("onderwerp"), ordering="subject")
    def subject_shown(self, message: OutboxMessage) -> str:
        """The subject, as far as staff may see it."""
        return message.title

    @admin.display(description=gettext_lazy("aan"), ordering="recipient_name")
    def to(self, message: OutboxMessage) -> str:
        """Who gets it, and where."""
        return message.recipient_line

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def outcome(self, message: OutboxMessage) -> str:
        """Where it is, and why when it did not leave."""
        return ": ".join(filter(None, [message.get_status_display(), message.last_error]))

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list, under its own name."""
        return super().changelist_view(request, {"title": _("Berichten")} | (extra_context or {}))

    # --- Who may ----------------------------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> Any:
        """Only the messages that this colleague may read, without the parts that a list does not show."""
        return policies.readable_by(request.user).defer("text", "html", "blocks")

    # --- Pages ------------------------------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        """The pages of one message and of the print queue, before Django's own."""
        wrap = self.admin_site.admin_view
        own: list[tuple[str, Callable[..., HttpResponse], str]] = [
            ("printen/", self.print_queue, "print_queue"),
            ("printen/pdf/", self.pdf, "pdf"),
            ("printen/gedaan/", self.printed, "printed"),
            ("<int:pk>/opnieuw/", self.send_again, "send_again"),
            ("<int:pk>/tegenhouden/", self.cancel, "cancel"),
        ]
        prefix = "notifications_outboxmessage_"
        return [path(route, wrap(view), name=prefix + name) for route, view, name in own] + super().get_urls()

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """One message as it was sent; reading it is an event, since it holds personal data."""
        message = self._message(request, object_id)
        trail.record_read(message, by=request.user)
        return self._page(
            request,
            "notifications/admin/message.html",
            message,
            may_send=policies.may_send_again(request.user) and message.is_readable,
            may_stop=policies.may_send_again(request.user) and message.status in STOPPABLE,
            events=Event.objects.about(message).exclude(action="audit.read"),
        )

    def send_again(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for the address, show what will be sent, and send it."""
        message = self._message(request, pk, to_send=True)
        form = SendAgainForm(request.POST or None, message=message)
        if not form.is_valid():
            return self._page(request, "notifications/admin/send_again.html", message, form=form)
        with transaction.atomic():
            address = form.once.perform(lambda: self._send(message, form, request))
        messages.success(request, _("Het bericht wordt opnieuw verstuurd."))
        return HttpResponseRedirect(address)

    def cancel(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask why, and keep the message from leaving."""
        message = self._message(request, pk, to_send=True)
        form = CancelForm(request.POST or None)
        if not form.is_valid():
            return self._page(request, "notifications/admin/cancel.html", message, form=form)
        workflow.cancel(message, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("Het bericht wordt niet meer verstuurd."))
        return HttpResponseRedirect(_address(message))

    def print_queue(self, request: HttpRequest) -> HttpResponse:
        """What must be printed, oldest first."""
        self._check(request)
        letters = policies.readable_by(request.user).to_print()
        context = self.admin_site.each_context(request) | {
            "title": _("Brieven om te printen"),
            "opts": self.opts,
            "letters": letters,
            "may_send": policies.may_send_again(request.user),
        }
        return TemplateResponse(request, "notifications/admin/print_queue.html", context)

    def pdf(self, request: HttpRequest) -> HttpResponse:
        """The chosen letters as one PDF."""
        self._check(request)
        return paper.pdf_response(request)

    def printed(self, request: HttpRequest) -> HttpResponse:
        """The chosen letters are in the post."""
        self._check(request, to_send=True)
        return paper.mark_printed(request)

    def _send(self, message: OutboxMessage, form: PortalForm, request: HttpRequest) -> str:
        again = workflow.send_again(message, by=request.user, email=form.cleaned_data["email"])
        return _address(again)

    def _check(self, request: HttpRequest, *, to_send: bool = False) -> None:
        allowed = policies.may_send_again if to_send else policies.may_read
        if not allowed(request.user):
            raise PermissionDenied

    def _message(self, request: HttpRequest, pk: str | int, *, to_send: bool = False) -> OutboxMessage:
        self._check(request, to_send=to_send)
        message: OutboxMessage | None = self.get_object(request, str(pk))
        if message is None:
            raise Http404
        return message

    def _page(self, request: HttpRequest, template: str, message: OutboxMessage, **context: Any) -> HttpResponse:
        form = context.get("form")
        around = self.admin_site.each_context(request) | {
            "title": message.title,
            "opts": self.opts,
            "message": message,
            "by_email": message.channel == Channel.EMAIL,
            "preserved_filters": self.get_preserved_filters(request),
        }
        return TemplateResponse(request, template, around | context, status=422 if form and form.errors else 200)


def _address(message: OutboxMessage) -> str:
    return reverse("admin:notifications_outboxmessage_change", args=[message.pk])
