"""The agenda in somebody's own calendar: feeds for everybody, a secret one of one's own, one date as a file."""

import hashlib
from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from partners.models import AgendaItem, PersonalFeed
from partners.moments.audience import EVERYBODY, Audience, audience_of
from partners.moments.own import moment_of
from partners.moments.sources import series
from partners.rules.agenda import Window
from partners.workflow import agenda as workflow
from shared import municipality
from shared.accounts.decorators import staff_required
from shared.accounts.policies import is_staff_member
from shared.calendar_file import CONTENT_TYPE, calendar_file
from shared.links import absolute
from shared.terms.calendar import today
from shared.themes.models import Theme
from shared.ui.page_cache import public_page
from shared.wijken.models import Wijk

# What was, stays for a month, so that a calendar hears of a late change; what comes, a good year.
BEHIND, AHEAD = timedelta(days=31), timedelta(days=400)
REFRESH = timedelta(hours=4)


@public_page()
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """All of the municipality."""
    return _file(_content(_("Agenda %(where)s") % {"where": municipality.current().name}))


@public_page()
@require_safe
def wijk_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """One wijk, with what is for all of the municipality."""
    wijk = get_object_or_404(Wijk.objects.current().without_geometry(), slug=slug)
    return _file(_content(_("Agenda %(where)s") % {"where": wijk.short_name}, wijk=wijk.pk))


@public_page()
@require_safe
def theme_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """One theme."""
    theme = get_object_or_404(Theme.objects.choosable(), slug=slug)
    return _file(_content(_("Agenda %(where)s") % {"where": theme.name}, theme=theme.pk))


@login_not_required
@require_safe
def personal_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """What the owner of this secret address may see today; nothing from the day on that the role has ended."""
    found = PersonalFeed.objects.in_use().filter(secret=secret).select_related("user").first()
    if found is None or not is_staff_member(found.user):
        raise Http404
    with override("nl"):
        name = _("Agenda van %(who)s") % {"who": found.user}
        content = _content(name, audience_of(found.user))
    etag = f'"{hashlib.blake2b(content, digest_size=16).hexdigest()}"'
    if etag in request.headers.get("If-None-Match", ""):
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = _file(content)
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex"
    return response


@login_not_required
@never_cache
@require_safe
def item_file(request: HttpRequest, pk: int) -> HttpResponse:
    """One item as a file, for who may see it."""
    found = AgendaItem.objects.seen_by(audience_of(request.user)).with_wijken().select_related("partner", "department")
    item = get_object_or_404(found, pk=pk)
    response = _file(calendar_file([moment_of(item, frozenset(item.wijk_ids)).as_event()]))
    response["Content-Disposition"] = f'attachment; filename="{item.uid}.ics"'
    return response


@public_page()
@require_safe
def about_feeds(request: HttpRequest) -> HttpResponse:
    """What a feed is, how to use it, and all addresses."""
    wijken = Wijk.objects.current().without_geometry()
    themes = Theme.objects.choosable()
    groups = [
        (_("Per wijk"), [_links(w.short_name, reverse("partners:wijk_feed", args=[w.slug])) for w in wijken]),
        (_("Per thema"), [_links(t.label, reverse("partners:theme_feed", args=[t.slug])) for t in themes]),
    ]
    everything = _links(municipality.current().name, reverse("partners:feed"))
    return render(request, "partners/agenda/feeds.html", {"everything": everything, "groups": groups})


@staff_required()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own_feed(request: HttpRequest) -> HttpResponse:
    """The secret address of one's own calendar: make it, renew it, stop it."""
    if request.method == "POST":
        if "stop" in request.POST:
            workflow.stop_feed(by=request.user)
            messages.success(request, _("Het adres werkt niet meer."))
        else:
            workflow.renew_feed(by=request.user)
            messages.success(request, _("Dit is uw nieuwe adres. Een adres van eerder werkt niet meer."))
        return redirect("partners:own_feed")
    found = PersonalFeed.objects.in_use().filter(user=request.user).first()
    links = _links("", reverse("partners:personal_feed", args=[found.secret])) if found else None
    return render(request, "partners/agenda/own_feed.html", {"links": links, "feed": found})


def _content(name: str, audience: Audience = EVERYBODY, *, wijk: int | None = None, theme: int | None = None) -> bytes:
    now = today()
    found = series(Window(now - BEHIND, now + AHEAD), audience, wijk=wijk, theme=theme)
    return calendar_file((moment.as_event() for moment in found), name=name, refresh=REFRESH)


def _file(content: bytes) -> HttpResponse:
    return HttpResponse(content, content_type=CONTENT_TYPE)


def _links(label: str, path: str) -> dict[str, str]:
    """The ways to follow a feed: any program by its address, and the two that people keep on a website."""
    address = absolute(path)
    following = f"webcal://{address.split('://', 1)[1]}"
    return {
        "label": label,
        "address": address,
        "webcal": following,
        "google": f"https://calendar.google.com/calendar/render?{urlencode({'cid': following})}",
        "outlook": f"https://outlook.live.com/calendar/0/addfromweb?{urlencode({'url': address, 'name': label})}",
    }
