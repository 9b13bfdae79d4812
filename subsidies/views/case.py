"""The applicant's own case: how it stands, by when, and a form for every official message.

Who signed in comes by the number, who has no account by the signed link of a letter. Not yours is not found.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from initiatives.nearby import municipality_near
from shared import links
from shared.accounts.models import User
from shared.documents.serve import file_response
from shared.lifecycle import WorkflowError
from shared.terms.calendar import today
from subsidies import answers, dates, offers, own_data
from subsidies.enums import ObjectionStatus, PaymentStatus
from subsidies.forms.message import MessageForm
from subsidies.letters.applicant import CASE
from subsidies.letters.payment import account_url
from subsidies.models import Application, Decision, Payment
from subsidies.querysets import TO_ANOTHER
from subsidies.settlement import settlement
from subsidies.timeline import timeline
from subsidies.workflow import apply, objection
from subsidies.workflow import messages as workflow
from subsidies.workflow.proviso import open_proviso

RELATED = ("scheme", "scheme_version", "round", "wijk", "buurt__wijk", "theme", "owner", "initiative")
# Longer than a case lasts; after that the code by e-mail leads to it.
LINK_LASTS = timedelta(days=730)


@dataclass(frozen=True)
class Visit:
    """Who looks at a case, and by which door: each address of the page leads through the same one."""

    application: Application
    by: User | None
    token: str = ""

    @property
    def url(self) -> str:
        """The page of the case."""
        return self._address("case")

    def message_url(self, slug: str) -> str:
        """The form of one message."""
        return self._address("case_message", slug)

    def file_url(self, pk: int) -> str:
        """A file of the case."""
        return self._address("case_file", pk)

    @property
    def contact_url(self) -> str:
        """Where name, address and phone are changed."""
        return self._address("contact")

    @property
    def confirm_url(self) -> str:
        """Where the button to confirm the address leads; nothing when it is known that the address is right."""
        if not self.token or self.application.applicant_id:
            return ""
        return reverse("subsidies:case_confirm", args=[self.token])

    def letter_url(self, pk: int) -> str:
        """The letter of a decision."""
        return self._address("case_decision", pk)

    def _address(self, name: str, *rest: object) -> str:
        if self.token:
            return reverse(f"subsidies:{name}_by_link", args=[self.token, *rest])
        return reverse(f"subsidies:{name}", args=[self.application.reference, *rest])


@never_cache
@require_safe
def case(request: HttpRequest, reference: str) -> HttpResponse:
    """The case of who signed in."""
    return _show(request, visit_own(request, reference))


@login_not_required
@never_cache
@require_safe
def case_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same by the link of a letter. A button says that the address is right: a mail filter opens links too."""
    return _show(request, visit_by_link(token))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def message(request: HttpRequest, reference: str, slug: str) -> HttpResponse:
    """The form of one official message, of who signed in."""
    return _message(request, visit_own(request, reference), slug)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def message_by_link(request: HttpRequest, token: str, slug: str) -> HttpResponse:
    """The same by the link of a letter."""
    return _message(request, visit_by_link(token), slug)


@never_cache
@require_safe
def file(request: HttpRequest, reference: str, pk: int) -> FileResponse:
    """A photo or document of the own case."""
    return _file(visit_own(request, reference), pk)


@login_not_required
@never_cache
@require_safe
def file_by_link(request: HttpRequest, token: str, pk: int) -> FileResponse:
    """The same by the link of a letter."""
    return _file(visit_by_link(token), pk)


@never_cache
@require_safe
def decision(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """The letter of a decision as it was sent."""
    return _decision(visit_own(request, reference), pk)


@login_not_required
@never_cache
@require_safe
def decision_by_link(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """The same by the link of a letter."""
    return _decision(visit_by_link(token), pk)


@never_cache
@require_safe
def download(request: HttpRequest, reference: str) -> HttpResponse:
    """A copy of everything that is kept about the own case."""
    application = visit_own(request, reference).application
    response = JsonResponse(own_data.copy_of(application), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = f'attachment; filename="aanvraag-{application.reference}.json"'
    return response


def visit_own(request: HttpRequest, reference: str) -> Visit:
    """The case with this number of who signed in."""
    user = request.user
    assert isinstance(user, User)
    found = Application.objects.of_applicant(user).select_related(*RELATED)
    application = get_object_or_404(found, reference=reference)
    if application.applicant_id is None:
        apply.confirm_address(application, email=user.email)
    return Visit(application, user)


def visit_by_link(token: str) -> Visit:
    """The case of the link in a letter, as long as it went to the address that we know."""
    values = links.read(CASE, token, max_age=LINK_LASTS)
    found = Application.objects.select_related(*RELATED, "applicant")
    # A link that went to an address that is no longer that of the case opens nothing.
    application = get_object_or_404(found, pk=values["application"], email=values["email"])
    return Visit(application, application.applicant, token)


def _show(request: HttpRequest, visit: Visit) -> HttpResponse:
    application = visit.application
    now = offers.standing(application, today())
    every = offers.offers(now)
    return render(
        request,
        "subsidies/case.html",
        {
            "nearby": municipality_near(visit.application.wijk) if visit.application.wijk else [],
            "application": application,
            "visit": visit,
            "now": now,
            "possible": [(each, visit.message_url(each.slug)) for each in every if each.may_now],
            "later": [each for each in every if not each.may_now],
            "urgent_url": _urgent(visit, now),
            "report_url": visit.message_url("verslag"),
            "account_url": account_url(application) if now.waits_for_account else "",
            "deadline": dates.decision_deadline(application) if now.undecided else None,
            "settlement": settlement(application),
            "objection_deadline": objection.deadline(now.open_objection) if now.open_objection else None,
            "complaint_deadline": dates.complaint_deadline(now.complaint) if now.complaint else None,
            "repair": now.open_objection.repair if waits_for_repair(now) else None,
            "addition_url": visit.message_url("toevoegen"),
            "claims": application.recoveries.open(),
            "timeline": timeline(application, now),
            "conversation": _conversation(application),
            "decisions": _decisions(visit),
            "payments": list(_payments(application)),
            "proviso": open_proviso(application),
            "groups": answers.given(answers.of_application(application)),
            "files": [
                (kept, visit.file_url(kept.pk)) for kept in application.files.of_applicant().select_related("file")
            ],
        },
    )


def _message(request: HttpRequest, visit: Visit, slug: str) -> HttpResponse:
    application = visit.application
    now = offers.standing(application, today())
    chosen = offers.offer(now, slug)
    if chosen is None:
        raise Http404
    form = (
        MessageForm(request.POST, request.FILES, kind=chosen.kind)
        if request.method == "POST"
        else MessageForm(kind=chosen.kind)
    )
    if form.is_bound and form.is_valid():
        with transaction.atomic():
            claim = form.once.claim()
            if not claim.used:
                if not chosen.may_now:
                    raise WorkflowError(chosen.why)
                workflow.receive_message(
                    application,
                    kind=chosen.kind,
                    text=form.message,
                    files=form.cleaned_data.get("files", ()),
                    by=visit.by,
                )
                if visit.token:
                    # Who writes by the link of our letter reads that address.
                    apply.confirm_address(application, email=application.email)
                claim.led_to(visit.url)
        messages.success(request, _("Wij hebben uw bericht ontvangen. U krijgt een bevestiging met een kopie."))
        return redirect(visit.url)
    if not chosen.may_now:
        raise WorkflowError(chosen.why)
    shown = {"form": form, "application": application, "visit": visit, "offer": chosen, "now": now}
    return render(request, "subsidies/case_message.html", shown)


def _file(visit: Visit, pk: int) -> FileResponse:
    return file_response(get_object_or_404(visit.application.files.of_applicant().select_related("file"), pk=pk).file)


def _decision(visit: Visit, pk: int) -> HttpResponse:
    found = get_object_or_404(visit.application.decisions.exclude(TO_ANOTHER), pk=pk)
    response = HttpResponse(bytes(found.letter), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="besluit-{visit.application.reference}.pdf"'
    return response


def _urgent(visit: Visit, now: offers.Standing) -> str:
    """Where the applicant does what we wait for."""
    if now.request:
        return visit.message_url("toevoegen")
    return visit.message_url("zienswijze") if now.hearing else ""


def waits_for_repair(now: offers.Standing) -> bool:
    """Whether the objector still has to send what is missing."""
    return now.open_objection is not None and now.open_objection.status == ObjectionStatus.REPAIR


def _decisions(visit: Visit) -> list[tuple[Decision, str]]:
    """The decisions, with the address of the letter; without one when the letter went to who objected."""
    newest_first = visit.application.decisions.order_by("-decided_at", "-pk")
    to_another = set(newest_first.filter(TO_ANOTHER).values_list("pk", flat=True))
    found = Decision.listed(newest_first.defer("letter", "letter_html", "letter_text"))
    return [(each, "" if each.pk in to_another else visit.letter_url(each.pk)) for each in found]


def _payments(application: Application) -> QuerySet[Payment]:
    """What we pay or paid; one that came back is followed by another."""
    gone = [PaymentStatus.CANCELLED, PaymentStatus.RETURNED]
    return application.payments.exclude(status__in=gone).order_by("due_on", "pk")


def _conversation(application: Application) -> list[dict[str, object]]:
    """What the applicant sent and what we answered, in order of time."""
    sent = [
        {
            "mine": True,
            "who": "",
            "kind": each.get_kind_display(),
            "text": each.text,
            "at": each.received_at,
            "files": [kept.file.original_name for kept in each.files.all()],
        }
        for each in application.messages.of_applicant().prefetch_related("files__file")
    ]
    answered = [
        {"mine": False, "who": each.author.name, "kind": "", "text": each.text, "at": each.sent_at, "files": []}
        for each in application.replies.select_related("author")
    ]
    about_complaints: list[dict[str, object]] = [
        {
            "mine": False,
            "who": each.handler.name,
            "kind": _("antwoord op uw klacht"),
            "text": each.answer,
            "at": each.message.answered_at,
            "files": [],
        }
        for each in application.complaints.answered().select_related("handler", "message")
    ]
    return sorted([*sent, *answered, *about_complaints], key=lambda each: each["at"])
