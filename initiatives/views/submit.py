"""From the first word to "verstuurd": fill in, check, send."""

from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from initiatives import answers, receipt, workflow
from initiatives.forms.plan import IdeaForm, SendForm
from initiatives.models import Draft, Initiative
from initiatives.policies import is_initiator
from initiatives.views import draft as drafts
from initiatives.views.area import proposal_text, propose_area
from initiatives.views.draft import browser
from shared import links
from shared.ui import limits
from shared.ui.fields import mail_slip

SENT = "initiatives.sent"


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest) -> HttpResponse:
    """The form. Each button keeps what was typed, right or wrong, before it does anything else."""
    if request.method != "POST":
        return _form_page(request)
    form = IdeaForm(request.POST, request.FILES)
    is_valid = form.is_valid()
    match request.POST.get("do"):
        case "save":
            return drafts.save_for_later(request, form)
        case "area":
            return propose_area(request, form)
        case "map":
            drafts.keep(request, form.answers(), form.received)
            return redirect("initiatives:choose_area")
    draft = drafts.keep(request, form.answers(), form.received)
    if not is_valid:
        return _show_form(request, form, draft)
    return redirect("initiatives:check")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Everything once more, not sent yet; the button sends it, once."""
    send_form = SendForm(request.POST or None)
    draft = drafts.current(request)
    if request.method == "POST" and send_form.is_valid():
        return _send(request, send_form, draft)
    if draft is None:
        return redirect(browser.sent_url(request) or "initiatives:submit")
    form = IdeaForm.from_answers(draft.answers, blame=True)
    if not form.is_valid():
        return _show_form(request, form, draft)
    return _check_page(request, send_form, form)


@login_not_required
@never_cache
@require_safe
def sent(request: HttpRequest, token: str) -> HttpResponse:
    """What happens now and by when. The address keeps working, and shows the next person at this computer no more."""
    initiative = _of_sent(token)
    shown = {"initiative": initiative, "token": token, "own": _is_own(request, token, initiative)}
    return render(request, "initiatives/sent.html", shown | receipt.next_steps(initiative) | drafts.shared_computer())


@login_not_required
@never_cache
@require_safe
def sent_pdf(request: HttpRequest, token: str) -> HttpResponse:
    """The same to keep, with a copy of the plan: for who just sent it."""
    initiative = _of_sent(token)
    if not _is_own(request, token, initiative):
        return redirect("initiatives:sent", token=token)
    response = HttpResponse(receipt.pdf(initiative), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="idee-{initiative.reference}.pdf"'
    return response


def _form_page(request: HttpRequest) -> HttpResponse:
    draft = drafts.current(request)
    known = draft.answers if draft else {}
    if "buurt" in request.GET:
        known = known | {"buurt": request.GET["buurt"]}
    form = IdeaForm.from_answers(known) if known else IdeaForm()
    if "voorstel" in request.GET:
        form.proposal = proposal_text(request.GET["voorstel"], form)
    return _show_form(request, form, draft, other_draft=drafts.others(request, draft))


def _show_form(request: HttpRequest, form: IdeaForm, draft: Draft | None, **more: object) -> HttpResponse:
    shown = {"form": form, "draft": draft, **more}
    return render(request, "initiatives/submit.html", shown | drafts.shared_computer())


def _check_page(
    request: HttpRequest, send_form: SendForm, form: IdeaForm, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    plan, person = form.plan(), form.initiator()
    groups = [*answers.about_plan(plan, form.cleaned_data["files"]), answers.about_initiator(person)]
    return render(
        request,
        "initiatives/check.html",
        {
            "form": send_form,
            "groups": answers.with_links(groups, reverse("initiatives:submit")),
            "mail_slip": mail_slip(person.email),
            "lookalikes": Initiative.objects.lookalikes(plan.title, wijk_id=plan.wijk.pk),
            **drafts.shared_computer(),
        },
        status=status,
    )


def _send(request: HttpRequest, send_form: SendForm, draft: Draft | None) -> HttpResponse:
    """Send the draft, unless this button was pressed before: then lead to what that gave."""
    form = IdeaForm.from_answers(draft.answers if draft else {}, blame=True)
    try:
        with transaction.atomic():
            claim = send_form.once.claim()
            if claim.used:
                return redirect(claim.result_url)
            if not form.is_valid():
                return redirect(browser.sent_url(request) or "initiatives:submit")
            limits.count("submit", request, form.cleaned_data["email"] or form.cleaned_data["phone"])
            url = claim.led_to(_submitted(form, draft))
    except limits.TooOften as refusal:
        send_form.add_error(None, str(refusal))
        return _check_page(request, send_form, form, HTTPStatus.TOO_MANY_REQUESTS)
    browser.hold_sent(request, url)
    return redirect(url)


def _submitted(form: IdeaForm, draft: Draft | None) -> str:
    initiative = workflow.submit(
        form.plan(),
        form.initiator(),
        files=form.cleaned_data["files"],
        draft=draft,
        language=get_language() or "nl",
    )
    return reverse("initiatives:sent", args=[links.sign(SENT, initiative=initiative.pk)])


def _is_own(request: HttpRequest, token: str, initiative: Initiative) -> bool:
    """Whether this browser just sent the plan, or its initiator is signed in."""
    return browser.sent_url(request) == reverse("initiatives:sent", args=[token]) or (
        request.user.is_authenticated and is_initiator(request.user, initiative)
    )


def _of_sent(token: str) -> Initiative:
    found = Initiative.objects.select_related("wijk", "buurt", "theme")
    return get_object_or_404(found, pk=links.read(SENT, token)["initiative"])
