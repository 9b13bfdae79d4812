"""Put something in the agenda, change it, say that it does not go on: for partners and the municipality."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from partners.forms.agenda import AgendaItemForm, CancelItemForm
from partners.models import AgendaItem
from partners.moments.audience import audience_of
from partners.policies.agenda import may_add, may_edit
from partners.workflow import agenda as workflow
from shared.accounts.decorators import staff_required
from shared.lifecycle import WorkflowError


@staff_required()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add_agenda_item(request: HttpRequest) -> HttpResponse:
    """A new item."""
    if not may_add(request.user):
        raise PermissionDenied
    form = AgendaItemForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        return _act(
            request, form, lambda: workflow.add_item(form.answers(), by=request.user), _("Het staat in de agenda.")
        )
    return render(request, "partners/agenda/form.html", {"form": form, "item": None})


@staff_required()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change_agenda_item(request: HttpRequest, pk: int) -> HttpResponse:
    """An item of one's own, or of one's wijk."""
    item = _own(request, pk)
    form = AgendaItemForm(request.POST or None, user=request.user, item=item)
    if request.method == "POST" and form.is_valid():
        return _act(
            request,
            form,
            lambda: workflow.change_item(item, form.answers(), by=request.user, version=_version(request, item)),
            _("Bewaard. Wie de agenda volgt, ziet de wijziging vanzelf."),
        )
    return render(request, "partners/agenda/form.html", {"form": form, "item": item})


@staff_required()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cancel_agenda_item(request: HttpRequest, pk: int) -> HttpResponse:
    """It does not go on."""
    item = _own(request, pk)
    form = CancelItemForm(request.POST or None, wijk=item.wijken.first())
    if request.method == "POST" and form.is_valid():
        return _act(
            request,
            form,
            lambda: workflow.cancel_item(
                item, reason=form.cleaned_data["reason"], by=request.user, version=_version(request, item)
            ),
            _("In de agenda staat nu dat het niet doorgaat."),
        )
    return render(request, "partners/agenda/cancel.html", {"form": form, "item": item})


@staff_required()
@never_cache
@require_POST
def restore_agenda_item(request: HttpRequest, pk: int) -> HttpResponse:
    """It goes on after all."""
    item = _own(request, pk)
    try:
        workflow.restore_item(item, by=request.user, version=_version(request, item))
    except WorkflowError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("In de agenda staat weer dat het doorgaat."))
    return redirect("partners:own_agenda_item", item.pk)


def _act(
    request: HttpRequest, form: AgendaItemForm | CancelItemForm, act: Callable[[], AgendaItem], done: str
) -> HttpResponse:
    try:
        with transaction.atomic():
            url = form.once.perform(lambda: reverse("partners:own_agenda_item", args=[act().pk]))
    except WorkflowError as refusal:
        form.add_error(None, str(refusal))
        template = "form" if isinstance(form, AgendaItemForm) else "cancel"
        item = AgendaItem.objects.filter(pk=request.resolver_match.kwargs.get("pk")).first()
        return render(request, f"partners/agenda/{template}.html", {"form": form, "item": item})
    messages.success(request, done)
    return redirect(url)


def _own(request: HttpRequest, pk: int) -> AgendaItem:
    """An item that this person may change; what is not yours does not exist."""
    found = AgendaItem.objects.seen_by(audience_of(request.user)).select_related("partner", "department", "theme")
    item = get_object_or_404(found, pk=pk)
    if not may_edit(request.user, item):
        raise Http404
    return item


def _version(request: HttpRequest, item: AgendaItem) -> int:
    sent = request.POST.get("version", "")
    return int(sent) if sent.isdecimal() else item.version
