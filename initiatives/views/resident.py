"""The initiator's own file: how it stands, the conversation, contact data, news, stopping. Not yours is not found."""

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from initiatives import answers, own_data, workflow
from initiatives.enums import Status
from initiatives.forms.resident import ContactForm, MessageForm, UpdateForm, WithdrawForm
from initiatives.models import Initiative
from initiatives.policies import may_post_update, may_withdraw
from initiatives.timeline import resident_timeline
from initiatives.ways import ways_on
from shared.accounts.models import User
from shared.documents.serve import file_response
from shared.lifecycle import WorkflowError


class ResidentRequest(HttpRequest):
    """Whoever comes here is signed in: the middleware lets nobody else through."""

    user: User


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: ResidentRequest, reference: str) -> HttpResponse:
    """Everything about one own plan, and a message to the coordinator."""
    initiative = _own(request, reference)
    is_answer = initiative.status == Status.QUESTION
    form = MessageForm(request.POST or None, request.FILES or None, is_answer=is_answer)
    if request.method == "POST" and form.is_valid():
        write = workflow.answer_question if is_answer else workflow.write_message
        with transaction.atomic():
            claim = form.once.claim()
            if not claim.used:
                write(initiative, text=form.cleaned_data["text"], files=form.cleaned_data["files"], by=request.user)
                claim.led_to(_address(initiative))
        messages.success(request, _("Uw bericht is verstuurd aan de wijkcoördinator."))
        return redirect(_address(initiative))
    return render(request, "initiatives/mine.html", {"form": form, **_file(request, initiative)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: ResidentRequest, reference: str) -> HttpResponse:
    """Stop with the plan, after one question."""
    initiative = _own(request, reference)
    if request.method == "POST" and initiative.status == Status.WITHDRAWN:
        return _withdrawn_already(request, initiative)
    if not may_withdraw(request.user, initiative):
        raise WorkflowError(_("Dit idee is al afgesloten. U hoeft niets meer te doen."))
    form = WithdrawForm(request.POST or None, initial={"version": initiative.version})
    if request.method == "POST" and form.is_valid():
        answer = form.cleaned_data
        try:
            workflow.withdraw(initiative, reason=answer["reason"], by=request.user, version=answer["version"])
        except WorkflowError:
            # Two clicks at once: the other one did it while this one waited.
            if Initiative.objects.filter(pk=initiative.pk, status=Status.WITHDRAWN).exists():
                return _withdrawn_already(request, initiative)
            raise
        messages.success(request, _("Uw idee is ingetrokken. U krijgt daarvan bericht."))
        return redirect(_address(initiative))
    return render(request, "initiatives/mine_withdraw.html", {"form": form, "initiative": initiative})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: ResidentRequest, reference: str) -> HttpResponse:
    """Change name, phone, e-mail address, and whether the first name is shown."""
    initiative = _own(request, reference)
    form = ContactForm.about(initiative, request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = form.cleaned_data
        workflow.change_contact(initiative, **answer, postal_address=initiative.postal_address, by=request.user)
        messages.success(request, _("Uw gegevens zijn bewaard."))
        if answer["email"].lower() != initiative.email.lower():
            messages.info(
                request,
                _("Wij stuurden een link naar %(email)s. Uw nieuwe adres geldt als u daarop klikt.")
                % {"email": answer["email"]},
            )
        return redirect(_address(initiative))
    return render(request, "initiatives/mine_contact.html", {"form": form, "initiative": initiative})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def post_update(request: ResidentRequest, reference: str) -> HttpResponse:
    """News on the public page."""
    initiative = _own(request, reference)
    if not may_post_update(request.user, initiative):
        if initiative.is_published:
            raise WorkflowError(_("Uw idee is afgesloten. U kunt er geen nieuws meer bij plaatsen."))
        raise WorkflowError(_("U kunt nieuws plaatsen zodra uw idee op de website staat."))
    form = UpdateForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            claim = form.once.claim()
            if not claim.used:
                workflow.post_update(initiative, text=form.cleaned_data["text"], photos=form.photos(), by=request.user)
                claim.led_to(initiative.get_absolute_url())
        messages.success(request, _("Uw nieuws staat op de website."))
        return redirect(_address(initiative))
    return render(request, "initiatives/mine_update.html", {"form": form, "initiative": initiative})


@never_cache
@require_safe
def own_file(request: ResidentRequest, reference: str, pk: int) -> FileResponse:
    """A photo or document of an own plan."""
    attachment = get_object_or_404(_own(request, reference).attachments.select_related("file"), pk=pk)
    return file_response(attachment.file)


@never_cache
@require_safe
def download(request: ResidentRequest, reference: str) -> HttpResponse:
    """A copy of everything that is kept about an own plan."""
    initiative = _own(request, reference)
    response = JsonResponse(own_data.copy_of(initiative), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = f'attachment; filename="idee-{initiative.reference}.json"'
    return response


def _own(request: ResidentRequest, reference: str) -> Initiative:
    found = Initiative.objects.of_resident(request.user)
    return get_object_or_404(
        found.select_related("wijk", "buurt", "theme", "owner", "merged_into"), reference=reference
    )


def _withdrawn_already(request: ResidentRequest, initiative: Initiative) -> HttpResponse:
    messages.info(request, _("Uw idee was al ingetrokken. U hoeft niets meer te doen."))
    return redirect(_address(initiative))


def _address(initiative: Initiative) -> str:
    return reverse("initiatives:mine", args=[initiative.reference])


def _file(request: ResidentRequest, initiative: Initiative) -> dict[str, object]:
    conversation = list(initiative.messages.select_related("author"))
    attachments = list(initiative.attachments.filter(update=None).select_related("file"))
    questions = [message for message in conversation if message.is_question and message.answered_at is None]
    return {
        "initiative": initiative,
        "timeline": resident_timeline(initiative),
        "conversation": conversation,
        "question": questions[-1] if questions and initiative.status == Status.QUESTION else None,
        "groups": [*answers.about_plan(initiative), answers.about_initiator(initiative)],
        "attachments": attachments,
        "joiners": list(initiative.involvements.joiners().filter(shares_contact=True)),
        "may_withdraw": may_withdraw(request.user, initiative),
        "may_post_update": may_post_update(request.user, initiative),
        "ways_on": ways_on(initiative),
    }
