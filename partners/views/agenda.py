"""The agenda: a list first, a month as second way to look. Everybody's is kept; who takes part has their own pages."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.dateformat import format as format_date
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from partners.cards import agenda as cards
from partners.forms.agenda_filter import AgendaFilter, read_month
from partners.models import AgendaItem
from partners.moments.audience import EVERYBODY, Audience, audience_of
from partners.moments.own import moment_of
from partners.moments.sources import gather
from partners.moments.words import day_in_words
from partners.policies.agenda import may_add, may_edit
from partners.rules.agenda import Window
from shared.accounts.decorators import staff_required
from shared.calendar_file import calendar_links
from shared.terms.calendar import today
from shared.themes.models import Theme
from shared.ui.page_cache import public_page
from shared.wijken.models import Wijk

# The list shows so many days; the month view has the rest.
AHEAD = timedelta(days=62)


@public_page("wijk", "thema")
@require_safe
def agenda(request: HttpRequest) -> HttpResponse:
    """What there is to do, for everybody."""
    return render(request, "partners/agenda/list.html", _list(request, EVERYBODY) | _public())


@public_page("wijk", "thema", "maand")
@require_safe
def agenda_month(request: HttpRequest) -> HttpResponse:
    """The same as a month on the wall."""
    return render(request, "partners/agenda/month.html", _month(request, EVERYBODY) | _public())


@public_page()
@require_safe
def agenda_item(request: HttpRequest, pk: int) -> HttpResponse:
    """One item that everybody may see."""
    return render(request, "partners/agenda/item.html", _item(pk, EVERYBODY) | _public())


@staff_required()
@never_cache
@require_safe
def own_agenda(request: HttpRequest) -> HttpResponse:
    """The agenda with what this person may see besides."""
    return render(request, "partners/agenda/list.html", _list(request, audience_of(request.user)) | _own(request))


@staff_required()
@never_cache
@require_safe
def own_agenda_month(request: HttpRequest) -> HttpResponse:
    """The same as a month on the wall."""
    return render(request, "partners/agenda/month.html", _month(request, audience_of(request.user)) | _own(request))


@staff_required()
@never_cache
@require_safe
def own_agenda_item(request: HttpRequest, pk: int) -> HttpResponse:
    """One item, with the buttons to change it for who may."""
    values = _item(pk, audience_of(request.user))
    may = {"may_edit": may_edit(request.user, values["item"])}
    return render(request, "partners/agenda/item.html", values | _own(request) | may)


def _public() -> dict[str, Any]:
    return {
        "is_own": False,
        "may_add": False,
        "may_edit": False,
        "list_url": reverse("partners:agenda"),
        "month_url": reverse("partners:agenda_month"),
    }


def _own(request: HttpRequest) -> dict[str, Any]:
    return {
        "is_own": True,
        "may_add": may_add(request.user),
        "may_edit": False,
        "list_url": reverse("partners:own_agenda"),
        "month_url": reverse("partners:own_agenda_month"),
    }


def _list(request: HttpRequest, audience: Audience) -> dict[str, Any]:
    chosen, names = _filter(request)
    now = today()
    found = gather(Window(now, now + AHEAD), audience, **chosen.narrowing)
    return {"filter": chosen, "parts": cards.parts(found, names, now), "until": now + AHEAD, "query": chosen.query()}


def _month(request: HttpRequest, audience: Audience) -> dict[str, Any]:
    chosen, names = _filter(request)
    now = today()
    month = read_month(request.GET.get("maand", ""), now)
    following = _next(month)
    found = gather(Window(month, following - timedelta(days=1)), audience, **chosen.narrowing)
    before = (month - timedelta(days=1)).replace(day=1)
    return {
        "filter": chosen,
        "weeks": cards.weeks(found, names, month, now),
        "month": month,
        "month_code": f"{month:%Y-%m}",
        "total": len(found),
        "weekdays": [format_date(date(2024, 1, day), "l") for day in range(1, 8)],
        "previous": (before, chosen.query(maand=f"{before:%Y-%m}")),
        "following": (following, chosen.query(maand=f"{following:%Y-%m}")),
        "query": chosen.query(),
    }


def _item(pk: int, audience: Audience) -> dict[str, Any]:
    found = AgendaItem.objects.seen_by(audience).select_related("partner", "department", "theme")
    item = get_object_or_404(found.prefetch_related("wijken"), pk=pk)
    wijken = list(item.wijken.all())
    moment = moment_of(item, frozenset(wijk.pk for wijk in wijken))
    now = today()
    coming = list(moment.on_each_day(Window(now, now + timedelta(days=400))))
    comes_back = item.repeats_until is not None and not item.is_cancelled
    return {
        "item": item,
        "wijken": wijken,
        "when": day_in_words(moment.day),
        "hours": moment.hours,
        "is_over": not coming,
        "coming": [day_in_words(each.day) for each in coming[:6]] if comes_back else [],
        "links": calendar_links(coming[0].as_event() if coming else moment.as_event()),
    }


def _filter(request: HttpRequest) -> tuple[AgendaFilter, cards.Names]:
    wijken = list(Wijk.objects.current().without_geometry())
    themes = list(Theme.objects.choosable())
    names = cards.Names({wijk.pk: wijk.short_name for wijk in wijken}, {theme.pk: theme.label for theme in themes})
    return AgendaFilter(request.GET, wijken=wijken, themes=themes), names


def _next(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1)
