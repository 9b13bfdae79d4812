"""What was seen on a walk: write it down at once, put it on the map, give it to somebody, follow it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from partners.cards.together import finding_row
from partners.enums.walks import FINDING_OPEN, FindingStatus
from partners.forms.filters import FindingFilter
from partners.forms.walks import AssignForm, CloseFindingForm, FindingForm
from partners.models import Finding, Walk
from partners.paper import walk_report
from partners.policies.organisations import organisations_of
from partners.policies.together import departments_of, may_close, may_note, may_organise, readable_wijken_of
from partners.views.door import network_page
from partners.views.private_words import take_out_step
from partners.views.rooms import attempt, crumb_start, own_wijken, show_list
from partners.views.steps import Step, possible_steps, take
from partners.workflow import findings
from shared.audit.history import history
from shared.documents import serve
from shared.documents.enums import Variant
from shared.wijken.models import Buurt
from shared.wijken.pointing import NARROW, WIDTHS, PointMap

SIZES = {"klein": Variant.SMALL, "groot": Variant.MEDIUM}


def _close(finding: Finding, form: Any, by: Any, version: int | None) -> object:
    outcome = findings.solve if form.cleaned_data["outcome"] == "done" else findings.give_up
    return outcome(finding, result=form.cleaned_data["text"], by=by, version=version)


STEPS = (
    Step(
        slug="uitzetten",
        title=gettext_lazy("Uitzetten"),
        act=lambda finding, form, by, version: findings.assign(
            finding, **form.addressee(), due_on=form.cleaned_data["due_on"], by=by, version=version
        ),
        may=lambda user, finding: may_organise(user, finding.walk),
        possible=lambda finding: finding.can_move_to(FindingStatus.ASSIGNED),
        done=gettext_lazy("Uitgezet. Wie een contactpersoon heeft, krijgt bericht; bel anderen zelf."),
        form=AssignForm,
        explains=gettext_lazy("Zij krijgen een e-mail, en een herinnering als de dag dichtbij komt."),
        surroundings=lambda finding: {"finding": finding},
    ),
    Step(
        slug="afmelden",
        title=gettext_lazy("Laten weten hoe het staat"),
        act=_close,
        may=may_close,
        possible=lambda finding: finding.is_open,
        done=gettext_lazy("Dank u wel. Wie de wijkschouw organiseerde, krijgt bericht."),
        form=CloseFindingForm,
        surroundings=lambda finding: {"wijk": finding.walk.wijk},
        main=True,
    ),
    take_out_step(lambda finding: finding.walk.wijk),
)


@network_page
@require_safe
def list_findings(request: HttpRequest) -> HttpResponse:
    """What is followed in my wijken, or only what was given to me; what is due first on top."""
    wijken, mine = own_wijken(request), request.GET.get("van") == "mij"
    form = FindingFilter(request.GET.dict(), wijken=wijken, statuses=FindingStatus.choices)
    form.open_statuses = FINDING_OPEN
    found = Finding.objects.within(wijken).for_list()
    if mine:
        user = request.user
        found = found.assigned_to(partners=organisations_of(user), departments=departments_of(user))
    address = reverse("partners:findings")
    words = {
        "title": _("Bevindingen voor mij") if mine else _("Bevindingen"),
        "lead": _("Wat er op wijkschouwen is gezien, en wie er iets aan doet."),
        "empty": _("Er zijn geen bevindingen."),
        "new_url": "",
        "new_label": "",
        "links": [(_("Alle bevindingen"), address) if mine else (_("Alleen die voor mij"), f"{address}?van=mij")],
        "trail": [crumb_start(), (_("Wijkschouwen"), reverse("partners:walks"))],
    }
    return show_list(request, found, finding_row, filter_form=form, words=words)


@network_page
@require_safe
def finding(request: HttpRequest, pk: int) -> HttpResponse:
    """One finding: the photo, the place, who does something about it, and what happened."""
    shown = _readable(request, pk)
    number = next((n for n, each in walk_report.numbered(shown.walk) if each.pk == shown.pk), 0)
    values = {
        "finding": shown,
        "number": number,
        "possible": possible_steps(STEPS, request.user, shown),
        "may_correct": shown.walk.takes_findings and may_note(request.user, shown.walk),
        "may_grow": may_organise(request.user, shown.walk),
        "history": history(shown),
        "trail": _trail(shown.walk),
    }
    return render(request, "partners/walks/finding.html", values)


@network_page
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Give it to somebody; say how it stands."""
    shown = _readable(request, pk)
    return take(request, shown, STEPS, slug, [*_trail(shown.walk), (str(shown), shown.get_absolute_url())])


@network_page
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, walk_pk: int) -> HttpResponse:
    """Write down one finding; it is kept at once, and the list of points comes back."""
    walk = _walk(request, walk_pk)
    point = request.GET.get("punt", "")
    initial = {"item": point} if point.isdecimal() else {}
    form = FindingForm(request.POST or None, request.FILES or None, walk=walk, initial=initial)

    def note() -> str:
        made = findings.note(walk, **form.answers(), by=request.user)
        messages.success(request, _("Bewaard. Ga door met het volgende punt."))
        return f"{reverse('partners:checklist', args=[walk.pk])}#punt-{made.item_id or 'anders'}"

    if address := attempt(request, form, lambda: form.once.perform(note)):
        return redirect(address)
    back = reverse("partners:checklist", args=[walk.pk])
    values = {"form": form, "title": _("Wat ziet u?"), "about": str(walk), "trail": _trail(walk), "back_url": back}
    return render(request, "partners/together/form.html", values)


@network_page
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what was written in a hurry."""
    shown = _readable(request, pk)
    if not may_note(request.user, shown.walk):
        raise Http404
    form = FindingForm(request.POST or None, request.FILES or None, walk=shown.walk, finding=shown)

    def save() -> str:
        findings.correct(shown, **form.answers(), by=request.user, version=form.cleaned_data["version"])
        messages.success(request, _("Uw wijziging is bewaard."))
        return shown.get_absolute_url()

    if address := attempt(request, form, save):
        return redirect(address)
    values = {
        "form": form,
        "title": _("Bevinding wijzigen"),
        "about": str(shown),
        "trail": _trail(shown.walk),
        "back": shown,
    }
    return render(request, "partners/together/form.html", values)


@network_page
@require_http_methods(["GET", "HEAD", "POST"])
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """Point at the map, or choose the buurt from a list: the same with and without script, mouse or sight."""
    shown = _readable(request, pk)
    if not may_note(request.user, shown.walk):
        raise Http404
    width = request.GET.get("kaart", NARROW)
    width = width if width in WIDTHS else NARROW
    drawing = PointMap.of(shown.walk.wijk, width=WIDTHS[width])
    buurten = list(Buurt.objects.current().without_geometry().filter(wijk=shown.walk.wijk).order_by("name"))
    error = ""
    if request.method == "POST":
        found = _pointed_at(request, drawing, buurten)
        if found is not None:
            point, buurt = found
            findings.put_on_map(shown, point=point, buurt=buurt, by=request.user)
            messages.success(request, _("De plek is bewaard: %(buurt)s.") % {"buurt": buurt})
            return redirect(shown)
        error = _("Dat is buiten de wijk. Wijs een plek in de wijk aan, of kies een buurt uit de lijst.")
    values = {
        "finding": shown,
        "buurten": buurten,
        "drawing": drawing,
        "width": width,
        "map_url": reverse("partners:walk_map", args=[shown.walk_id, width]),
        "error": error,
        "trail": [*_trail(shown.walk), (str(shown), shown.get_absolute_url())],
    }
    return render(request, "partners/walks/place.html", values)


@network_page
@require_safe
def photo(request: HttpRequest, pk: int, size: str) -> HttpResponse:
    """The photo, for who may read the finding."""
    shown = _readable(request, pk)
    if shown.photo is None or size not in SIZES:
        raise Http404
    return serve.file_response(shown.photo, SIZES[size])


def _pointed_at(request: HttpRequest, drawing: PointMap, buurten: list[Buurt]) -> tuple[Any, Buurt] | None:
    """A point of the picture with its buurt, or a buurt from the list."""
    if "punt.x" in request.POST:
        return drawing.clicked(request.POST)
    buurt = next((each for each in buurten if str(each.pk) == request.POST.get("buurt")), None)
    return (None, buurt) if buurt else None


def _readable(request: HttpRequest, pk: int) -> Finding:
    found = Finding.objects.within(readable_wijken_of(request.user)).for_list()
    return get_object_or_404(found.select_related("walk__organiser", "signal", "action", "noted_by"), pk=pk)


def _walk(request: HttpRequest, pk: int) -> Walk:
    found = get_object_or_404(
        Walk.objects.within(readable_wijken_of(request.user)).select_related("wijk", "organiser"), pk=pk
    )
    if not may_note(request.user, found):
        raise Http404
    return found


def _trail(walk: Walk) -> list[tuple[str, str]]:
    walks = (_("Wijkschouwen"), reverse("partners:walks"))
    return [crumb_start(), walks, (str(walk), walk.get_absolute_url())]
