"""The adviser's page, behind a signed link: the question, the case without whose it is, and the answer."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ambassadors import subjects
from ambassadors.enums import AdviceStatus, AdviceVerdict
from ambassadors.forms.answer import AdviceForm, HandBackForm
from ambassadors.letters import ADVICE
from ambassadors.models import AdviceRequest
from ambassadors.workflow import advice
from shared import links, municipality
from shared.lifecycle import WorkflowError
from shared.terms.calendar import today


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Show the question with its form, take the answer in, and show what was answered from then on."""
    asked, turn = _asked(token)
    subject = subjects.find(asked.subject_type, asked.subject_id)
    closed = advice.why_closed(asked, subject, turn)
    form = AdviceForm(request.POST or None)
    if request.method == "POST" and not closed and form.is_valid():
        verdict, text = AdviceVerdict(form.cleaned_data["verdict"]), form.cleaned_data["text"]
        try:
            advice.answer(asked, verdict=verdict, text=text, turn=turn)
        except WorkflowError as refusal:
            # Somebody with the same link was first, or the case was decided while this person wrote.
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Dank u wel. Uw advies is verstuurd."))
        return redirect("ambassadors:advice", token=token)
    if closed or subject is None:
        return _over(request, asked, turn, closed)
    summary = subjects.kind_of(subject).describe(subject)
    values = {
        "advice": asked,
        "summary": summary,
        "form": form,
        "late": asked.is_late(today()),
        "hand_back_url": reverse("ambassadors:hand_back", args=[token]),
    }
    return render(request, "ambassadors/advice.html", values)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hand_back(request: HttpRequest, token: str) -> HttpResponse:
    """The question is not for who got it: it goes back to who asked, with a note."""
    asked, turn = _asked(token)
    subject = subjects.find(asked.subject_type, asked.subject_id)
    closed = advice.why_closed(asked, subject, turn)
    form = HandBackForm(request.POST or None)
    if request.method == "POST" and not closed and form.is_valid():
        try:
            advice.hand_back(asked, note=form.cleaned_data["note"], turn=turn)
        except WorkflowError as refusal:
            messages.error(request, str(refusal))
        else:
            done = _("Dank u wel. De vraag is terug bij %(asker)s.") % {"asker": asked.asked_by}
            messages.success(request, done)
        return redirect("ambassadors:advice", token=token)
    if closed or subject is None:
        return _over(request, asked, turn, closed)
    values = {
        "advice": asked,
        "title": subjects.kind_of(subject).describe(subject).title,
        "form": form,
        "answer_url": reverse("ambassadors:advice", args=[token]),
    }
    return render(request, "ambassadors/hand_back.html", values)


def _over(request: HttpRequest, asked: AdviceRequest, turn: int, closed: str) -> HttpResponse:
    """What is over tells nothing about the case: links are forwarded, and stay in mailboxes."""
    answered = asked if asked.status == AdviceStatus.ANSWERED and turn == asked.turn else None
    return render(request, "ambassadors/advice_closed.html", {"closed": closed, "answered": answered})


def _asked(token: str) -> tuple[AdviceRequest, int]:
    """The question that this link was made for, and in which turn.

    Raises:
        LinkInvalid: the address is not one of ours.
        LinkExpired: it was made too long ago.
        Http404: the question is gone.
    """
    max_age = timedelta(days=municipality.current().periods.advice_link_days)
    values = links.read(ADVICE, token, max_age=max_age)
    related = AdviceRequest.objects.select_related("asked_by", "department", "owner")
    return get_object_or_404(related, pk=values["request"]), values["turn"]
