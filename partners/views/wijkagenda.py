"""The wijkagenda: for everybody as it is published, and for the coordinator who composes it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners.forms.actions import AgendaForm
from partners.models import JointAction, Signal, WijkAgenda
from partners.paper import wijkagenda as paper
from partners.policies.together import may_coordinate, readable_wijken_of
from partners.reports.actions import JOINT_ACTIONS
from partners.views.door import network_page
from partners.views.rooms import attempt, crumb_start, own_wijken
from partners.workflow import wijkagenda as workflow
from shared.ui.page_cache import public_page
from shared.wijken.models import Wijk


@public_page()
@require_safe
def agendas(request: HttpRequest) -> HttpResponse:
    """Every published wijkagenda, the newest year first."""
    found = WijkAgenda.objects.filter(published_at__isnull=False).select_related("wijk").order_by("-year", "wijk__code")
    return render(request, "partners/wijkagenda/list.html", {"agendas": list(found)})


@public_page()
@require_safe
def agenda(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """What partners and municipality do together in a wijk this year."""
    return render(request, "partners/wijkagenda/public.html", _shown(slug, year))


@login_not_required
@require_safe
def agenda_pdf(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """The same on paper."""
    shown = _shown(slug, year)
    response = HttpResponse(
        paper.pdf(shown["agenda"], shown["actions"], shown["signals"]), content_type="application/pdf"
    )
    response["Content-Disposition"] = f'inline; filename="wijkagenda-{slug}-{year}.pdf"'
    return response


@network_page
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Which wijkagendas there are in my wijken, and which I may compose."""
    wijken = own_wijken(request)
    known = {(each.wijk_id, each.year): each for each in WijkAgenda.objects.filter(wijk__in=wijken)}
    this_year = timezone.localdate().year
    years = sorted({this_year, this_year + 1, *(year for _wijk, year in known)}, reverse=True)
    rows = [
        (wijk, year, known.get((wijk.pk, year)), may_coordinate(request.user, wijk))
        for wijk in wijken
        for year in years
        if (wijk.pk, year) in known or (may_coordinate(request.user, wijk) and year in (this_year, this_year + 1))
    ]
    return render(request, "partners/wijkagenda/overview.html", {"rows": rows, "trail": [crumb_start()]})


@network_page
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Compose it, look at it as everybody will see it, publish it; or take it along as a file."""
    wijk = _coordinated(request, slug)
    found = WijkAgenda.objects.filter(wijk=wijk, year=year).first()
    chosen = list(JointAction.objects.of_year(wijk, year).filter(is_public=True))
    initial = {"intro": found.intro if found else "", "actions": chosen, "version": found.version if found else None}
    form = AgendaForm(request.POST or None, wijk=wijk, year=year, initial=initial)
    if found and found.published_at:
        form.submit_label = _("Wijzigingen op de website zetten")

    def publish() -> str:
        answers = form.cleaned_data
        workflow.publish(
            wijk, year, intro=answers["intro"], actions=answers["actions"], by=request.user, version=answers["version"]
        )
        messages.success(request, _("De wijkagenda staat op de website."))
        return reverse("partners:edit_wijkagenda", args=[slug, year])

    if address := attempt(request, form, publish):
        return redirect(address)
    values = {
        "form": form,
        "wijk": wijk,
        "year": year,
        "agenda": found,
        "report": JOINT_ACTIONS,
        "query": f"wijk={slug}&jaar={year}",
        "trail": [crumb_start(), (_("Wijkagenda’s"), reverse("partners:wijkagendas_edit"))],
    }
    return render(request, "partners/wijkagenda/edit.html", values)


@network_page
@require_POST
def withdraw(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Take it off the website."""
    found = get_object_or_404(WijkAgenda.objects.select_related("wijk"), wijk=_coordinated(request, slug), year=year)
    workflow.withdraw(found, by=request.user)
    messages.success(request, _("De wijkagenda staat niet meer op de website."))
    return redirect("partners:edit_wijkagenda", slug, year)


def _coordinated(request: HttpRequest, slug: str) -> Wijk:
    wijk = get_object_or_404(readable_wijken_of(request.user).without_geometry(), slug=slug)
    if not may_coordinate(request.user, wijk):
        raise Http404
    return wijk


def _shown(slug: str, year: int) -> dict[str, object]:
    """A published agenda with what it shows; three queries however long it is."""
    found = get_object_or_404(
        WijkAgenda.objects.select_related("wijk").filter(published_at__isnull=False), wijk__slug=slug, year=year
    )
    chosen = JointAction.objects.of_year(found.wijk, year).public().select_related("theme").prefetch_related("partners")
    signals = Signal.objects.published().filter(wijk=found.wijk, noted_at__year=year).order_by("-published_at", "-pk")
    return {
        "agenda": found,
        "actions": list(chosen.as_agenda()),
        "signals": list(signals.select_related("theme")),
    }
