"""From the first word to "verstuurd": fill in, check, sign and send."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from shared import links
from shared.ui import limits
from shared.ui.fields import mail_slip
from subsidies import answers, paper
from subsidies.cards import SchemeCard
from subsidies.completeness import missing
from subsidies.forms.application import ApplicationForm
from subsidies.forms.costs import AMOUNT, WHAT, changed
from subsidies.forms.sending import SendForm
from subsidies.models import Application, ApplicationDraft
from subsidies.policies import is_applicant
from subsidies.views import draft as drafts
from subsidies.views import from_plan
from subsidies.views.public import find
from subsidies.workflow import apply as workflow

SENT = "subsidies.sent"
# Behind the address of the check page for who sends it as it is.
AS_IT_IS = "zoals-het-is"


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest, code: str) -> HttpResponse:
    """The form. Each button keeps what was typed, right or wrong, before it does anything else."""
    card = find(code)
    if not card.is_open:
        messages.info(request, _("U kunt nu niet aanvragen."))
        return redirect(card.url)
    if request.method != "POST":
        return _form_page(request, card)
    button = request.POST.get("do", "check")
    form = ApplicationForm(request.POST, request.FILES, version=card.version, lenient=button == "as_it_is")
    is_valid = form.is_valid()
    if button == "save":
        return drafts.save_for_later(request, card.scheme, form)
    if button.startswith(("add_", "remove_")):
        return _other_rows(request, card, form, button)
    draft = drafts.keep(request, card.scheme, form.answers(), form.received)
    if not is_valid:
        return _show_form(request, card, form, draft)
    address = reverse("subsidies:apply_check", args=[code])
    return redirect(f"{address}?{AS_IT_IS}=1" if form.lenient else address)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Everything once more, not sent yet; the button signs and sends it, once."""
    card = find(code)
    send_form = SendForm(request.POST or None, version=card.version)
    draft = drafts.current(request, card.scheme)
    if request.method == "POST" and send_form.is_valid():
        return _send(request, card, send_form, draft)
    if draft is None:
        return redirect(drafts.memory(card.scheme).sent_url(request) or reverse("subsidies:apply", args=[code]))
    form = _as_left(request, card, draft)
    if not form.is_valid():
        return _show_form(request, card, form, draft)
    return _check_page(request, card, send_form, form)


@login_not_required
@never_cache
@require_safe
def sent(request: HttpRequest, token: str) -> HttpResponse:
    """What happens now and by when. The address keeps working, and shows the next person at this computer no more."""
    application = _of_sent(token)
    own = _is_own(request, token, application)
    shown = {"application": application, "scheme": application.scheme, "token": token, "own": own}
    if own:
        shown |= {"lacks": workflow.what_is_missing(application), "steps": paper.next_steps(application)}
    return render(request, "subsidies/sent.html", shown | drafts.shared_computer())


@login_not_required
@never_cache
@require_safe
def sent_pdf(request: HttpRequest, token: str) -> HttpResponse:
    """The same to keep, with a copy of the application: for who just sent it."""
    application = _of_sent(token)
    if not _is_own(request, token, application):
        return redirect("subsidies:sent", token=token)
    return _pdf(paper.receipt(application), f"aanvraag-{application.reference}.pdf")


@login_not_required
@require_safe
def blank_form(request: HttpRequest, code: str) -> HttpResponse:
    """The same questions on paper, to fill in by hand."""
    card = find(code)
    return _pdf(paper.blank_form(card.version), f"aanvraagformulier-{code}.pdf")


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _form_page(request: HttpRequest, card: SchemeCard) -> HttpResponse:
    draft = drafts.current(request, card.scheme)
    known: dict[str, Any] = draft.answers if draft else {}
    reference = request.GET.get("initiatief", "")
    if reference and not known.get("title"):
        known = from_plan.answers(request.user, reference, card.version)
    elif reference:
        messages.info(request, _("U was al bezig met een aanvraag. Die ziet u hier."))
    form = ApplicationForm.from_answers(known, version=card.version) if known else ApplicationForm(version=card.version)
    other = drafts.others(request, card.scheme, draft)
    return _show_form(request, card, form, draft, other_draft=other, taken_over=bool(reference and known))


def _other_rows(request: HttpRequest, card: SchemeCard, form: ApplicationForm, button: str) -> HttpResponse:
    """A cost line more or less, or the total again; nothing is wrong yet."""
    given = form.answers()
    if button != "add_up":
        rows = changed(list(zip(given.get(WHAT, []), given.get(AMOUNT, []), strict=False)), button)
        given[WHAT], given[AMOUNT] = [what for what, _amount in rows], [amount for _what, amount in rows]
    drafts.keep(request, card.scheme, given, form.received)
    return redirect(reverse("subsidies:apply", args=[card.scheme.code]) + "#id_costs")


def _show_form(
    request: HttpRequest, card: SchemeCard, form: ApplicationForm, draft: ApplicationDraft | None, **more: object
) -> HttpResponse:
    shown = {"form": form, "draft": draft, "scheme": card.scheme, "card": card, "version": card.version, **more}
    return render(request, "subsidies/apply.html", shown | drafts.shared_computer())


def _as_left(request: HttpRequest, card: SchemeCard, draft: ApplicationDraft | None) -> ApplicationForm:
    given = draft.answers if draft else {}
    return ApplicationForm.from_answers(given, version=card.version, blame=True, lenient=AS_IT_IS in request.GET)


def _check_page(
    request: HttpRequest,
    card: SchemeCard,
    send_form: SendForm,
    form: ApplicationForm,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    given = form.answers_given()
    files = form.files_given()
    groups = answers.read_back(given, card.version, costs=given.costs, files=files, has_caps=bool(form.caps))
    return render(
        request,
        "subsidies/apply_check.html",
        {
            "form": send_form,
            "scheme": card.scheme,
            "card": card,
            "groups": answers.with_links(groups, reverse("subsidies:apply", args=[card.scheme.code])),
            "lacks": missing(
                given,
                card.version,
                has_costs=bool(given.costs),
                files={purpose for purpose, kept in files.items() if kept},
            ),
            "mail_slip": mail_slip(given.email),
            **drafts.shared_computer(),
        },
        status=status,
    )


def _send(request: HttpRequest, card: SchemeCard, send_form: SendForm, draft: ApplicationDraft | None) -> HttpResponse:
    """Send the draft, unless this button was pressed before: then lead to what that gave."""
    form = _as_left(request, card, draft)
    browser = drafts.memory(card.scheme)
    try:
        with transaction.atomic():
            claim = send_form.once.claim()
            if claim.used:
                return redirect(claim.result_url)
            if not card.is_open or not form.is_valid():
                return redirect(browser.sent_url(request) or reverse("subsidies:apply", args=[card.scheme.code]))
            limits.count("submit", request, form.cleaned_data["email"] or form.cleaned_data["phone"])
            url = claim.led_to(_submitted(card, form, draft))
    except limits.TooOften as refusal:
        send_form.add_error(None, str(refusal))
        return _check_page(request, card, send_form, form, HTTPStatus.TOO_MANY_REQUESTS)
    browser.hold_sent(request, url)
    return redirect(url)


def _submitted(card: SchemeCard, form: ApplicationForm, draft: ApplicationDraft | None) -> str:
    application = workflow.submit(
        form.answers_given(),
        version=card.version,
        files=form.files_given(),
        draft=draft,
        initiative=from_plan.plan_of(form.cleaned_data["plan"]),
        language=get_language() or "nl",
    )
    return reverse("subsidies:sent", args=[links.sign(SENT, application=application.pk)])


def _is_own(request: HttpRequest, token: str, application: Application) -> bool:
    """Whether this browser just sent the application, or its applicant is signed in."""
    return drafts.memory(application.scheme).sent_url(request) == reverse("subsidies:sent", args=[token]) or (
        request.user.is_authenticated and is_applicant(request.user, application)
    )


def _of_sent(token: str) -> Application:
    related = ("scheme", "scheme_version", "wijk", "buurt__wijk", "theme", "owner")
    found = Application.objects.select_related(*related)
    return get_object_or_404(found, pk=links.read(SENT, token)["application"])
