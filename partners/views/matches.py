"""Answering a proposal and telling the result: signed in, or with the link from an e-mail.

A GET only shows, since mail programs open links as well; the button does it.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from partners.cards.offers import MatchCard, card
from partners.enums.offers import Answer, MatchStatus, Side
from partners.forms.offers import AnswerForm, ResultForm
from partners.letters.matches import ANSWER, RESULT
from partners.models import Match
from partners.policies.offers import sides_of, visible_matches
from partners.views.door import network_page
from partners.views.rooms import crumb_start
from partners.workflow import matching, results
from partners.workflow.people import still_speaks
from shared import links, municipality
from shared.accounts.models import User
from shared.lifecycle import WorkflowError


@dataclass(frozen=True)
class Place:
    """Which match, seen from which side, by whom; `by` is empty for who came with a link and has no account."""

    match: Match
    side: Side
    by: User | None
    by_link: bool = False
    # The page before this one; who came with a link has none.
    back: tuple[str, str] | None = None

    @property
    def may_answer(self) -> bool:
        """Whether this side still has something to say."""
        if self.side == Side.OFFER:
            return self.match.status in (MatchStatus.PROPOSED, MatchStatus.LATER)
        undecided = (MatchStatus.PROPOSED, MatchStatus.LATER, MatchStatus.WILLING)
        return self.match.status in undecided and self.match.need_agreed_at is None

    @property
    def card(self) -> MatchCard:
        """As this side may see it. A link can be passed on by mistake: it shows people for some days only."""
        return card(self.match, self.side, with_people=not (self.by_link and self.has_closed))

    @property
    def last_day(self) -> date | None:
        """Until when the link shows the contact data; None when it does not show them, or who looks has signed in."""
        if not self.by_link or self.match.contact_at is None:
            return None
        days = timedelta(days=municipality.current().periods.match_contact_days)
        return timezone.localdate(self.match.contact_at) + days

    @property
    def has_closed(self) -> bool:
        """Whether these days are over."""
        return self.last_day is not None and self.last_day < timezone.localdate()


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Yes, no or later from the e-mail; the page tells what was answered from then on."""
    place = _by_link(ANSWER, token)
    return _left(request) if place is None else _answer(request, place)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def result_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """How it went, from the e-mail."""
    place = _by_link(RESULT, token, ends=False)
    return _left(request) if place is None else _result(request, place)


@network_page
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, pk: int, side: str) -> HttpResponse:
    """The same, signed in."""
    return _answer(request, _signed_in(request, pk, side))


@network_page
@require_http_methods(["GET", "HEAD", "POST"])
def result(request: HttpRequest, pk: int, side: str) -> HttpResponse:
    """The same, signed in."""
    return _result(request, _signed_in(request, pk, side))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The initiator answers from Mijn overzicht."""
    return _answer(request, _own(request, pk))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own_result(request: HttpRequest, pk: int) -> HttpResponse:
    """The initiator tells how it went from Mijn overzicht."""
    return _result(request, _own(request, pk))


def _answer(request: HttpRequest, place: Place) -> HttpResponse:
    form = AnswerForm(request.POST or None, side=place.side)
    if request.method == "POST" and place.may_answer and form.is_valid():
        step = matching.answer_offer if place.side == Side.OFFER else matching.answer_need
        try:
            step(place.match, Answer(form.cleaned_data["answer"]), by=place.by)
        except WorkflowError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Dank u wel. Uw antwoord is verstuurd."))
        return redirect(request.path)
    return render(request, "partners/answer.html", {"place": place, "card": place.card, "form": form})


def _result(request: HttpRequest, place: Place) -> HttpResponse:
    if not place.match.is_in_contact:
        raise Http404
    form = ResultForm(request.POST or None, wijk=place.match.need.wijken.first())
    is_open = place.match.status == MatchStatus.CONTACT
    if request.method == "POST" and is_open and form.is_valid():
        try:
            results.tell(place.match, side=place.side, by=place.by, **form.answers())
        except WorkflowError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Dank u wel. Uw antwoord is verstuurd."))
        return redirect(request.path)
    values = {"place": place, "card": place.card, "form": form, "is_open": is_open}
    return render(request, "partners/result.html", values)


def _by_link(purpose: str, token: str, *, ends: bool = True) -> Place | None:
    """What a link from a letter is about; None when who got it may no longer answer.

    Raises:
        LinkInvalid: the portal did not make this address.
        LinkExpired: it is too old.
    """
    max_age = timedelta(days=municipality.current().periods.match_link_days) if ends else None
    values: dict[str, Any] = links.read(purpose, token, max_age=max_age)
    match = get_object_or_404(_shown(Match.objects.all()), pk=values["match"])
    side = Side(values["side"])
    if not still_speaks(match, side, user_pk=values["user"], email=values["email"]):
        return None
    return Place(match, side, User.objects.filter(pk=values["user"]).first(), by_link=True)


def _signed_in(request: HttpRequest, pk: int, side: str) -> Place:
    match = get_object_or_404(_shown(visible_matches(request.user)), pk=pk)
    if side not in sides_of(request.user, match):
        raise Http404
    return Place(match, Side(side), request.user, back=crumb_start())


def _own(request: HttpRequest, pk: int) -> Place:
    match = get_object_or_404(_shown(Match.objects.of_initiator(request.user)), pk=pk)
    side = match.side_of(request.user)
    plan = match.listing_of(side).initiative
    back = (_("Hulp vragen of aanbieden"), reverse("partners:own_help", args=[plan.reference])) if plan else None
    return Place(match, side, request.user, back=back)


def _shown(matches: Any) -> Any:
    return matches.with_sides().select_related("need__theme", "offer__theme", "need__buurt", "offer__buurt")


def _left(request: HttpRequest) -> HttpResponse:
    return render(request, "partners/link_of_another.html", status=403)
