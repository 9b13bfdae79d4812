"""A moment as everybody may read it, its photos, and its file for a calendar. Nothing personal on any of them."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from participation.moments import cards, policies
from participation.moments.calendar import calendar_event
from participation.moments.models import Contribution, Moment
from shared.calendar_file import CONTENT_TYPE, calendar_file, calendar_links
from shared.documents.enums import Variant
from shared.documents.serve import file_response
from shared.links import absolute
from shared.ui.page_cache import public_page

SHOWN_CONTRIBUTIONS = 100


def _public(pk: int) -> Moment:
    return get_object_or_404(Moment.objects.public().select_related("project__department", "feedback"), pk=pk)


@public_page()
@require_safe
def moment(request: HttpRequest, pk: int) -> HttpResponse:
    """When, where, how to come or say something; and afterwards what was heard and what is done with it."""
    found = _public(pk)
    return render(
        request,
        "moments/moment.html",
        {
            "moment": found,
            "project": found.project,
            "feedback": getattr(found, "feedback", None),
            "when": found.when,
            "where": cards.where_in_words(found),
            "people": cards.people_in_words(found),
            "why_not_sign_up": policies.why_not_sign_up(found),
            "why_not_contribute": policies.why_not_contribute(found),
            "contributions": found.contributions.visible().select_related("theme")[:SHOWN_CONTRIBUTIONS],
            "counts": cards.choice_counts(found) if found.choice_question else [],
            "opinion": cards.opinion(found),
            "calendar_links": calendar_links(calendar_event(found)),
            "share_url": absolute(found.get_absolute_url()),
        },
    )


@public_page()
@require_safe
def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """The date as a file for a calendar; also after it was cancelled, so that calendars hear of that."""
    return HttpResponse(calendar_file([calendar_event(_public(pk))]), content_type=CONTENT_TYPE)


@login_not_required
@require_safe
def photo(request: HttpRequest, pk: int, contribution: int) -> HttpResponse:
    """A photo with a contribution that everybody may read."""
    found = get_object_or_404(
        Contribution.objects.visible().select_related("photo"), pk=contribution, moment=_public(pk), photo__isnull=False
    )
    return file_response(found.photo, Variant.MEDIUM, public=True)
