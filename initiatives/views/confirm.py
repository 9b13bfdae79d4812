"""Links from letters that confirm an address: a page with one button, since mail scanners open links as well."""

from datetime import timedelta
from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from initiatives import letters, receipt, workflow
from initiatives.enums import Status
from initiatives.models import Initiative
from shared import links, municipality
from shared.ui import limits


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The address of an idea that was just sent; only then the coordinator hears of it."""
    try:
        values = links.read(letters.CONFIRM, token, max_age=_max_age())
    except links.LinkExpired:
        return render(request, "initiatives/confirm_expired.html", {"token": token}, status=HTTPStatus.GONE)
    initiative = _initiative(values)
    before = initiative.status
    if request.method == "POST":
        initiative = workflow.confirm_address(initiative, email=values["email"])
    return render(
        request,
        "initiatives/confirm.html",
        {
            "initiative": initiative,
            "just_now": before == Status.UNCONFIRMED != initiative.status,
            "other_address": initiative.email != values["email"],
            **receipt.next_steps(initiative),
        },
    )


@login_not_required
@require_POST
def confirm_again(request: HttpRequest, token: str) -> HttpResponse:
    """A new link for one that is too old; it goes to the address that the old one went to."""
    initiative = _initiative(links.read(letters.CONFIRM, token))
    limits.count("confirm", request, initiative.email)
    was_sent = workflow.send_confirmation_again(initiative)
    return render(
        request,
        "initiatives/confirm_sent_again.html",
        {"initiative": initiative, "was_sent": was_sent, **receipt.next_steps(initiative)},
    )


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_new_address(request: HttpRequest, token: str) -> HttpResponse:
    """Another address for an idea that is in already."""
    values = links.read(letters.NEW_ADDRESS, token, max_age=_max_age())
    initiative = _initiative(values)
    if request.method == "POST":
        initiative = workflow.confirm_new_address(initiative, email=values["email"])
    return render(
        request,
        "initiatives/confirm_new_address.html",
        {"initiative": initiative, "new_email": values["email"], "done": initiative.email == values["email"]},
    )


def _initiative(values: dict[str, object]) -> Initiative:
    found = Initiative.objects.select_related("wijk", "buurt", "theme")
    return get_object_or_404(found, pk=values["initiative"])


def _max_age() -> timedelta:
    return timedelta(days=municipality.current().periods.confirmation_link_days)
