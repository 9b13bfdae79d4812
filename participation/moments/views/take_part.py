"""What people do without an account: sign up, confirm, cancel, say what they think, follow, tell how it was."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from participation.models import Project
from participation.moments import cards, letters, policies, workflow
from participation.moments.calendar import calendar_event
from participation.moments.forms.take_part import (
    FollowAreaForm,
    FollowForm,
    OnlineContributionForm,
    ScoreForm,
    SignUpForm,
)
from participation.moments.models import Contribution, Moment, Score, SignUp
from shared import links
from shared.calendar_file import calendar_links
from shared.lifecycle import WorkflowError
from shared.notifications.models import Subscription
from shared.ui import limits

METHODS = ["GET", "HEAD", "POST"]


@login_not_required
@never_cache
@require_http_methods(METHODS)
def sign_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a name and a way to reach; the rest is in the letter that follows."""
    moment = _public(pk)
    why_not = policies.why_not_sign_up(moment)
    form = SignUpForm(request.POST or None)
    if moment.is_full:
        form.submit_label = _("Zet mij op de wachtlijst")
    if not why_not and form.is_valid() and within_limits(request, form, form.cleaned_data["email"]):
        with transaction.atomic():
            return redirect(form.once.perform(lambda: _signed_up(moment, form)))
    shown = {"form": form, "moment": moment, "why_not": why_not, "when": moment.when}
    return render(request, "moments/sign_up.html", shown)


@login_not_required
@never_cache
@require_safe
def asked(request: HttpRequest, pk: int, how: str) -> HttpResponse:
    """What happens now: a letter with a link, or a place at once for who has only a phone."""
    return render(request, "moments/asked.html", {"moment": _public(pk), "by_mail": how == "e-mail"})


@login_not_required
@never_cache
@require_http_methods(METHODS)
def own_sign_up(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the letters: confirm, see how it stands, sign off. A button, since mail scanners open links too."""
    found = _of_token(token)
    refusal = ""
    if request.method == "POST":
        step = workflow.sign_off if request.POST.get("do") == "sign_off" else workflow.confirm
        try:
            step(found)
            return redirect(request.path)
        except WorkflowError as error:
            refusal = str(error)
    moment = found.moment
    return render(
        request,
        "moments/own_sign_up.html",
        {
            "sign_up": found,
            "moment": moment,
            "refusal": refusal,
            "when": moment.when,
            "where": cards.where_in_words(moment),
            "may_cancel": not policies.why_not_cancel(found),
            "calendar_links": calendar_links(calendar_event(moment)),
        },
    )


@login_not_required
@never_cache
@require_http_methods(METHODS)
def contribute(request: HttpRequest, pk: int) -> HttpResponse:
    """The question of this moment; anonymous, and once however often it is sent."""
    moment = _public(pk)
    why_not = policies.why_not_contribute(moment)
    form = None if why_not else OnlineContributionForm(request.POST or None, request.FILES or None, moment=moment)
    if form and form.is_valid() and within_limits(request, form, form.cleaned_data["email"]):
        with transaction.atomic():
            claim = form.once.claim()
            if not claim.used:
                workflow.contribute(
                    moment,
                    form.words(),
                    email=form.cleaned_data["email"],
                    photo=form.photo,
                    language=get_language() or "nl",
                )
                claim.led_to(moment.get_absolute_url())
        return redirect("moments:contributed", pk=moment.pk)
    return render(request, "moments/contribute.html", {"form": form, "moment": moment, "why_not": why_not})


@login_not_required
@never_cache
@require_safe
def contributed(request: HttpRequest, pk: int) -> HttpResponse:
    """Thanks, and what happens with it."""
    return render(request, "moments/contributed.html", {"moment": _public(pk)})


@login_not_required
@never_cache
@require_http_methods(METHODS)
def confirm_contribution(request: HttpRequest, token: str) -> HttpResponse:
    """Somebody wants to hear what is done with what they said."""
    values = links.read(letters.CONTRIBUTION, token)
    found = get_object_or_404(Contribution.objects.select_related("moment__project"), pk=values["contribution"])
    if request.method == "POST":
        workflow.confirm_contribution(found)
        return redirect(request.path)
    shown = {"moment": found.moment, "confirmed": found.email_confirmed_at is not None}
    return render(request, "moments/confirm_contribution.html", shown)


@login_not_required
@never_cache
@require_http_methods(METHODS)
def follow(request: HttpRequest, reference: str) -> HttpResponse:
    """News of one project by e-mail."""
    project = get_object_or_404(Project.objects.published(), reference=reference)
    form = FollowForm(request.POST or None)
    if form.is_valid() and within_limits(request, form, form.cleaned_data["email"]):
        workflow.follow_project(project, **form.chosen)
        return redirect("moments:follow_asked")
    return render(request, "moments/follow.html", {"form": form, "project": project})


@login_not_required
@never_cache
@require_http_methods(METHODS)
def follow_area(request: HttpRequest) -> HttpResponse:
    """News of every project near you by e-mail."""
    form = FollowAreaForm(request.POST or None, initial=_chosen(request))
    if form.is_valid() and within_limits(request, form, form.cleaned_data["email"]):
        area = form.chosen_area
        try:
            if area is not None:
                workflow.follow_area(area, **form.chosen)
            else:
                answers = form.cleaned_data
                workflow.follow_circle(answers["postcode"], answers["radius"], **form.chosen)
            return redirect("moments:follow_asked")
        except WorkflowError as refusal:
            form.add_error("postcode", str(refusal))
    return render(request, "moments/follow.html", {"form": form, "project": None})


@login_not_required
@never_cache
@require_safe
def follow_asked(request: HttpRequest) -> HttpResponse:
    """Look in your mail."""
    return render(request, "moments/follow_asked.html")


@login_not_required
@never_cache
@require_http_methods(METHODS)
def confirm_follow(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the letter: a button, then thanks."""
    values = links.read(letters.FOLLOW, token)
    found = get_object_or_404(Subscription, pk=values["subscription"])
    if request.method == "POST":
        workflow.confirm_follow(found)
        return redirect(request.path)
    return render(request, "moments/confirm_follow.html", {"what": values["what"], "confirmed": found.is_active})


@login_not_required
@never_cache
@require_http_methods(METHODS)
def score(request: HttpRequest, token: str) -> HttpResponse:
    """How was it? At most three questions, from the letter with the feedback."""
    values = links.read(letters.SCORE, token)
    moment = get_object_or_404(Moment.objects.select_related("project"), pk=values["moment"])
    given = Score.objects.filter(moment=moment, key=values["key"]).first()
    sent = request.POST if request.method == "POST" else None
    form = ScoreForm(sent, initial=vars(given) if given else None)
    if request.method == "POST" and form.is_valid():
        workflow.give_score(moment, key=values["key"], answers=form.cleaned_data)
        messages.success(request, _("Dank u wel. Uw oordeel is bewaard, zonder uw naam."))
        return redirect(moment.get_absolute_url())
    return render(request, "moments/score.html", {"form": form, "moment": moment})


def _public(pk: int) -> Moment:
    return get_object_or_404(Moment.objects.public().select_related("project"), pk=pk)


def _of_token(token: str) -> SignUp:
    values = links.read(letters.SIGN_UP, token)
    found = SignUp.objects.filter(pk=values["sign_up"]).select_related("moment__project").first()
    if found is None:
        raise links.LinkExpired
    return found


def _signed_up(moment: Moment, form: SignUpForm) -> str:
    answers = {name: form.cleaned_data[name] for name in ("name", "email", "phone", "wants_feedback")}
    workflow.ask(moment, **answers, language=get_language() or "nl")
    return f"{moment.get_absolute_url()}aangemeld/{'e-mail' if answers['email'] else 'telefoon'}/"


def _chosen(request: HttpRequest) -> dict[str, str]:
    """What a link on another page filled in already."""
    return {name: request.GET[name] for name in ("area", "postcode") if name in request.GET}


def within_limits(request: HttpRequest, form: SignUpForm, email: str) -> bool:
    """Whether this address and network did not ask too often; else the form says so."""
    try:
        limits.count("involve", request, email)
    except limits.TooOften as refusal:
        form.add_error(None, str(refusal))
    return form.is_valid()
