"""The page with the invented people, their sign-in in one click, and the mailbox."""

import base64
import hashlib
import re
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from shared.accounts.policies import is_staff_member
from shared.notifications.enums import Channel
from shared.notifications.models import OutboxMessage
from wbw_portal.demo import cast, mailbox

PER_PAGE = 25
STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


@login_not_required
@never_cache
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Who is who, and the story to walk through."""
    return render(request, "demo/start.html", {"parts": cast.parts()})


@login_not_required
@require_POST
def sign_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Be somebody else at once; for staff as if they had used their second factor."""
    person = get_object_or_404(cast.everybody(), pk=pk)
    adapter = get_adapter()
    logout(request)
    adapter.login(request, person)
    record_authentication(request, person, "code", email=person.email)
    if is_staff_member(person):
        record_authentication(request, person, "mfa", type="totp")
    return redirect(adapter.get_login_redirect_url(request))


@login_not_required
@never_cache
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Every message that the portal sent, newest first."""
    recipient = request.GET.get("aan", "")
    everything = mailbox.newest()
    context: dict[str, Any] = {
        "recipient": recipient,
        "recipients": sorted({address for mail in everything for address in mail.recipients}),
        "page": Paginator(mailbox.newest(recipient=recipient), PER_PAGE).get_page(request.GET.get("pagina")),
        "letters": OutboxMessage.objects.filter(channel=Channel.PRINT)[:PER_PAGE],
    }
    return render(request, "demo/inbox.html", context)


@login_not_required
@never_cache
@require_safe
def message(request: HttpRequest, key: str) -> HttpResponse:
    """One e-mail as plain text, with its links."""
    return render(request, "demo/message.html", {"mail": _mail(key)})


@login_not_required
@never_cache
@require_safe
def formatted(request: HttpRequest, key: str) -> HttpResponse:
    """The same e-mail as a mail program shows it: its one style element is allowed by its hash, nothing else is."""
    mail = _mail(key)
    if not mail.html:
        raise Http404
    response = HttpResponse(mail.html)
    response._csp_update = {"style-src": [_csp_hash(style) for style in STYLE.findall(mail.html)]}  # type: ignore[attr-defined]
    return response


@login_not_required
@never_cache
@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """A letter that waits for the printer."""
    letter = get_object_or_404(OutboxMessage, pk=pk, channel=Channel.PRINT)
    return render(request, "demo/paper.html", {"letter": letter})


def _mail(key: str) -> mailbox.Mail:
    mail = mailbox.find(key)
    if mail is None:
        raise Http404
    return mail


def _csp_hash(style: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"
