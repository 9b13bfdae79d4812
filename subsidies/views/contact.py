"""The applicant changes name, address, phone or e-mail address, and confirms a new address from there."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from shared import links
from shared.lifecycle import WorkflowError
from shared.ui import limits
from subsidies.forms.contact import ConfirmForm, ContactForm
from subsidies.letters.applicant import case_token
from subsidies.letters.contact import NEW_EMAIL
from subsidies.models import Application
from subsidies.views.case import LINK_LASTS, Visit, visit_by_link, visit_own
from subsidies.workflow import apply
from subsidies.workflow import contact as workflow

METHODS = ["GET", "HEAD", "POST"]


@never_cache
@require_http_methods(METHODS)
def change(request: HttpRequest, reference: str) -> HttpResponse:
    """By who signed in."""
    return _change(request, visit_own(request, reference))


@login_not_required
@never_cache
@require_http_methods(METHODS)
def change_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same by the link of a letter."""
    return _change(request, visit_by_link(token))


@login_not_required
@require_POST
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The button on the page of the case: the address that the letter went to is the applicant's.

    A mail program that looks at links for danger opens the page, but presses nothing.
    """
    visit = visit_by_link(token)
    apply.confirm_address(visit.application, email=visit.application.email)
    messages.success(request, _("Dank u wel. Uw e-mailadres is bevestigd."))
    return redirect(visit.url)


@login_not_required
@never_cache
@require_http_methods(METHODS)
def new_email(request: HttpRequest, token: str) -> HttpResponse:
    """The link that went to a new address; the button makes it the address of the case."""
    values = links.read(NEW_EMAIL, token, max_age=LINK_LASTS)
    application = get_object_or_404(Application.objects.select_related("scheme"), pk=values["application"])
    pressed = request.method == "POST"
    form = ConfirmForm(request.POST) if pressed else ConfirmForm()
    if pressed and form.is_valid():
        try:
            confirmed = workflow.confirm_new_email(application, email=values["email"])
        except WorkflowError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Uw nieuwe e-mailadres is bevestigd. Onze berichten gaan nu daarheen."))
            return redirect(reverse("subsidies:case_by_link", args=[case_token(confirmed)]))
    shown = {"form": form, "application": application, "email": values["email"]}
    return render(request, "subsidies/new_email.html", shown)


def _change(request: HttpRequest, visit: Visit) -> HttpResponse:
    application = visit.application
    form = ContactForm(request.POST or None, application=application)
    if form.is_bound and form.is_valid():
        try:
            limits.count("confirm", request, form.cleaned_data["email"] if _is_new(form, application) else "")
            with transaction.atomic():
                form.once.perform(lambda: _changed(visit, form))
        except WorkflowError as error:
            form.add_error(None, str(error))
        else:
            application.refresh_from_db()
            messages.success(request, _told(application))
            return redirect(visit.url if application.email or not visit.token else "overview")
    shown = {"form": form, "application": application, "visit": visit}
    return render(request, "subsidies/contact.html", shown)


def _is_new(form: ContactForm, application: Application) -> bool:
    wanted: str = form.cleaned_data["email"]
    return bool(wanted) and wanted.lower() != application.email.lower()


def _changed(visit: Visit, form: ContactForm) -> str:
    workflow.change_contact(visit.application, form.contact, by=visit.by)
    return visit.url


def _told(application: Application) -> str:
    if application.email_pending:
        text = _("Bewaard. Wij stuurden een link naar %(email)s. Open die om het nieuwe adres te bevestigen.")
        return text % {"email": application.email_pending}
    return _("Uw gegevens zijn bewaard.") if application.email else _("Bewaard. Onze berichten gaan nu op papier.")
