"""What the pages of working together share: in which wijk, filtered how, and the way back."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from partners.cards.together import Row
from partners.forms.filters import WijkFilter
from partners.policies.together import readable_wijken_of
from shared.lifecycle import WorkflowError
from shared.ui.forms import PortalForm
from shared.wijken.models import Wijk

PER_PAGE = 20


def own_wijken(request: HttpRequest) -> list[Wijk]:
    """The wijken that this person reads about."""
    return list(readable_wijken_of(request.user).without_geometry().order_by("code"))


def chosen_wijk(request: HttpRequest) -> Wijk | None:
    """The wijk for something new: the one in the address, or the only one there is; None when there is a choice.

    Raises:
        Http404: it is not a wijk of this person.
    """
    wijken, slug = own_wijken(request), request.GET.get("wijk", "")
    if slug:
        found = next((wijk for wijk in wijken if wijk.slug == slug), None)
        if found is None:
            raise Http404
        return found
    if not wijken:
        raise Http404
    return wijken[0] if len(wijken) == 1 else None


def ask_wijk(request: HttpRequest, title: str | Promise, trail: list[tuple[str, str]]) -> HttpResponse:
    """A page with the wijken to choose from."""
    links = [(wijk.short_name, f"{request.path}?wijk={wijk.slug}") for wijk in own_wijken(request)]
    return render(request, "partners/together/choose_wijk.html", {"title": title, "links": links, "trail": trail})


def show_list(
    request: HttpRequest,
    found: models.QuerySet[Any],
    make: Callable[[Any], Row],
    *,
    filter_form: WijkFilter,
    words: dict[str, Any],
) -> HttpResponse:
    """A page of rows with its filters; `words` are those of the list and of the button for one more."""
    page = Paginator(filter_form.narrow(found), PER_PAGE).get_page(request.GET.get("pagina"))
    total = page.paginator.count
    page.object_list = [make(each) for each in page.object_list]
    values = {"filter": filter_form, "page": page, "total": total, **words}
    return render(request, "partners/together/list.html", values)


def attempt(request: HttpRequest, form: PortalForm, act: Callable[[], str]) -> str:
    """Do what a good form asks, and give the address where it leads; empty when the form has to be shown (again).

    A refusal becomes an error on the form, so that the words stay.
    """
    if request.method != "POST" or not form.is_valid():
        return ""
    try:
        with transaction.atomic():
            return act()
    except WorkflowError as refusal:
        form.add_error(None, str(refusal))
        return ""


def crumb_start() -> tuple[str, str]:
    """The first step of the breadcrumb of all these pages."""
    return _("Samen in de wijk"), reverse("partners:start")
