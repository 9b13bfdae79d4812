"""The print queue: one PDF for the chosen letters, and marking them as printed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shared.audit import trail
from shared.lifecycle import WorkflowError
from shared.notifications import policies, printing, workflow
from shared.notifications.enums import Channel
from shared.notifications.models import OutboxMessage


def pdf_response(request: HttpRequest) -> HttpResponse:
    """The letters named in the address (`?brief=1&brief=2`), without that all that wait; each reading is an event."""
    letters = _chosen(request, request.GET.getlist("brief"))
    if not letters:
        return _back(request, _("Er staan geen brieven klaar."))
    for letter in letters:
        trail.record_read(letter, by=request.user)
    response = HttpResponse(printing.pdf(letters), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="brieven.pdf"'
    return response


def mark_printed(request: HttpRequest) -> HttpResponse:
    """Mark the chosen letters; a letter that a colleague was faster with stays as it is."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    letters = _chosen(request, request.POST.getlist("brief")) if "brief" in request.POST else []
    if not letters:
        return _back(request, _("Kies eerst welke brieven u heeft geprint."))
    done = sum(_mark(request, letter) for letter in letters)
    if done:
        text = ngettext("%(count)d brief is afgemeld.", "%(count)d brieven zijn afgemeld.", done) % {"count": done}
        messages.success(request, text)
    return HttpResponseRedirect(reverse("admin:notifications_outboxmessage_print_queue"))


def _mark(request: HttpRequest, letter: OutboxMessage) -> bool:
    try:
        workflow.mark_printed(letter, by=request.user)
    except WorkflowError as refusal:
        messages.warning(request, f"{letter.recipient_name}: {refusal}")
        return False
    return True


def _chosen(request: HttpRequest, numbers: list[str]) -> list[OutboxMessage]:
    mine = policies.readable_by(request.user)
    chosen = [int(number) for number in numbers if number.isdecimal()]
    return list(mine.filter(channel=Channel.PRINT, pk__in=chosen).order_by("pk") if numbers else mine.to_print())


def _back(request: HttpRequest, text: str) -> HttpResponse:
    messages.warning(request, text)
    return HttpResponseRedirect(reverse("admin:notifications_outboxmessage_print_queue"))
