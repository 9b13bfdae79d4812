"""The signed link after a positive decision: on which account the money may go."""

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shared import links
from shared.lifecycle import WorkflowError
from shared.terms.calendar import today
from shared.ui import limits
from subsidies.bank import iban
from subsidies.forms.account import GiveAccountForm
from subsidies.letters.payment import ACCOUNT
from subsidies.models import Application
from subsidies.workflow import pay

GET, HEAD, POST = "GET", "HEAD", "POST"


@login_not_required
@never_cache
@require_http_methods([GET, HEAD, POST])
def account(request: HttpRequest, token: str) -> HttpResponse:
    """Give the account, or see by its last four signs which one is known.

    Raises:
        Http404: the address changed since the letter, so whoever has it may not be the applicant any more.
    """
    values = links.read(ACCOUNT, token)
    application = get_object_or_404(
        Application.objects.select_related("scheme", "scheme_version"), pk=values["application"], email=values["email"]
    )
    pays_supplier = application.scheme_version.pays_supplier
    form = GiveAccountForm(request.POST or None, request.FILES or None, pays_supplier=pays_supplier)
    if request.method == POST and form.is_valid():
        try:
            limits.count("confirm", request)
            with transaction.atomic():
                form.once.perform(lambda: _given(application, form))
        except WorkflowError as error:
            form.add_error(None, str(error))
        else:
            return HttpResponseRedirect(f"{reverse('subsidies:account', args=[token])}?klaar=1")
    return _page(request, application, form)


def _given(application: Application, form: GiveAccountForm) -> str:
    pay.give_account(application, **form.answers, channel="web")
    return "given"


def _page(request: HttpRequest, application: Application, form: GiveAccountForm) -> HttpResponse:
    known = pay.newest_account(application)
    payments = pay.open_payments(application)
    values = {
        "application": application,
        "form": form,
        "payments": payments,
        # One that came back from the bank is followed by another, which has no account yet.
        "came_back": any(payment.replaces_id and payment.account_id is None for payment in payments),
        "today": today(),
        "known": iban.masked(known.iban) if known else "",
        "done": "klaar" in request.GET and known is not None,
    }
    return render(request, "subsidies/account.html", values)
