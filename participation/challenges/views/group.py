"""The group's own file: how it stands, the messages, withdrawing. Not yours is not found."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from participation.challenges import answers, workflow
from participation.challenges.enums import Status
from participation.challenges.forms.apply import MessageForm, WithdrawForm
from participation.challenges.models import Challenge
from participation.challenges.policies import may_withdraw, may_write
from participation.challenges.timeline import group_timeline


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything about the group's own request, and a message to who handles it."""
    challenge = _own(request, reference)
    form = MessageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            claim = form.once.claim()
            if not claim.used:
                workflow.write_message(challenge, text=form.cleaned_data["text"], by=request.user)
                claim.led_to(_address(challenge))
        messages.success(request, _("Uw bericht is verstuurd."))
        return redirect(_address(challenge))
    return render(
        request,
        "challenges/mine.html",
        {
            "challenge": challenge,
            "form": form,
            "timeline": group_timeline(challenge),
            "conversation": challenge.messages.select_related("author"),
            "groups": [answers.about_task(challenge), answers.about_group(challenge)],
            "may_write": may_write(request.user, challenge),
            "may_withdraw": may_withdraw(request.user, challenge),
        },
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the request back, after one question; a second click changes nothing."""
    challenge = _own(request, reference)
    if request.method == "POST" and challenge.status == Status.WITHDRAWN:
        return redirect(_address(challenge))
    form = WithdrawForm(request.POST or None, initial={"version": challenge.version})
    if request.method == "POST" and form.is_valid():
        reason, version = form.cleaned_data["reason"], form.cleaned_data["version"]
        workflow.withdraw(challenge, reason=reason, by=request.user, version=version)
        messages.success(request, _("Uw verzoek is ingetrokken. U krijgt daarvan bericht."))
        return redirect(_address(challenge))
    shown = {"form": form, "challenge": challenge, "may_withdraw": may_withdraw(request.user, challenge)}
    return render(request, "challenges/withdraw.html", shown)


def _own(request: HttpRequest, reference: str) -> Challenge:
    found = Challenge.objects.of_resident(request.user).select_related("wijk", "buurt", "owner")
    return get_object_or_404(found, reference=reference)


def _address(challenge: Challenge) -> str:
    return reverse("challenges:mine", args=[challenge.reference])
