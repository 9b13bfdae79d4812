"""A wijkschouw: planning it, walking it with the checklist on a phone, and its report."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners.cards.together import walk_row
from partners.enums.walks import WALK_OPEN, WalkStatus
from partners.forms.filters import WijkFilter
from partners.forms.together import ReasonForm
from partners.forms.walks import FinishWalkForm, WalkForm
from partners.models import ChecklistItem, Walk
from partners.paper import walk_report
from partners.policies.people import affiliations, in_full
from partners.policies.together import may_note, may_organise, may_plan_in, readable_wijken_of
from partners.views.door import network_page
from partners.views.private_words import take_out_step
from partners.views.rooms import ask_wijk, attempt, chosen_wijk, crumb_start, own_wijken, show_list
from partners.views.steps import Step, possible_steps, take
from partners.workflow import walks
from shared.lifecycle import WorkflowError
from shared.wijken.pointing import WIDTHS, PointMap

STEPS = (
    Step(
        slug="beginnen",
        title=gettext_lazy("Beginnen met lopen"),
        act=lambda walk, form, by, version: walks.start(walk, by=by, version=version),
        may=may_organise,
        possible=lambda walk: walk.is_planned and walk.is_the_day,
        done=gettext_lazy("De wijkschouw is begonnen. Open de lijst met punten."),
        main=True,
    ),
    Step(
        slug="afsluiten",
        title=gettext_lazy("Rondgang afsluiten"),
        act=lambda walk, form, by, version: walks.finish(
            walk,
            summary=form.cleaned_data["text"],
            residents=form.cleaned_data["residents"] or 0,
            by=by,
            version=version,
        ),
        may=may_organise,
        possible=lambda walk: walk.status == WalkStatus.UNDERWAY,
        done=gettext_lazy("De rondgang is klaar. Zet de bevindingen uit en verstuur het verslag."),
        form=FinishWalkForm,
        surroundings=lambda walk: {"wijk": walk.wijk},
        explains=gettext_lazy("Iets vergeten? U kunt daarna nog bevindingen opschrijven, tot het verslag weg is."),
    ),
    Step(
        slug="verslag-versturen",
        title=gettext_lazy("Verslag versturen"),
        act=lambda walk, form, by, version: walks.report(walk, pdf=walk_report.pdf(walk), by=by, version=version),
        may=may_organise,
        possible=lambda walk: walk.status == WalkStatus.WALKED,
        done=gettext_lazy("Het verslag is verstuurd aan iedereen die meeliep."),
        main=True,
    ),
    Step(
        slug="verder-lopen",
        title=gettext_lazy("Verder lopen"),
        act=lambda walk, form, by, version: walks.start(walk, by=by, version=version),
        may=may_organise,
        possible=lambda walk: walk.status == WalkStatus.WALKED,
        done=gettext_lazy("De wijkschouw gaat verder."),
    ),
    Step(
        slug="afgelasten",
        title=gettext_lazy("Afgelasten"),
        act=lambda walk, form, by, version: walks.cancel(
            walk, reason=form.cleaned_data["text"], by=by, version=version
        ),
        may=may_organise,
        possible=lambda walk: walk.status == WalkStatus.PLANNED,
        done=gettext_lazy("De wijkschouw gaat niet door. Wie was uitgenodigd, leest waarom."),
        form=ReasonForm,
    ),
    take_out_step(lambda walk: walk.wijk),
)


@network_page
@require_safe
def list_walks(request: HttpRequest) -> HttpResponse:
    """The walks in my wijken, the newest first."""
    wijken = own_wijken(request)
    form = WijkFilter(request.GET.dict(), wijken=wijken, statuses=WalkStatus.choices)
    form.open_statuses = WALK_OPEN
    may_plan = any(may_plan_in(request.user, wijk) for wijk in wijken)
    words = {
        "title": _("Wijkschouwen"),
        "lead": _("Samen door de wijk lopen, opschrijven wat u ziet, en volgen tot het is opgelost."),
        "empty": _("Er zijn nog geen wijkschouwen."),
        "new_url": reverse("partners:new_walk") if may_plan else "",
        "new_label": _("Wijkschouw plannen"),
        "links": [(_("Alle bevindingen"), reverse("partners:findings"))],
        "trail": [crumb_start()],
    }
    found = Walk.objects.within(wijken).for_list()
    return show_list(request, found, walk_row, filter_form=form, words=words)


@network_page
@require_safe
def walk(request: HttpRequest, pk: int) -> HttpResponse:
    """One walk: when and where, who walks along, what was found; also the report afterwards."""
    shown = _readable(request, pk)
    people = [shown.organiser, *shown.participants.all()]
    works_for = affiliations(people)
    findings = walk_report.numbered(shown)
    values = {
        "walk": shown,
        "people": [in_full(user, works_for) for user in people],
        "findings": findings,
        "has_points": any(each.longitude for _number, each in findings),
        "in_order": [str(each.item) for each in shown.in_order.select_related("item")],
        "possible": possible_steps(STEPS, request.user, shown),
        "may_note": shown.takes_findings and may_note(request.user, shown),
        "may_change": shown.is_planned and may_organise(request.user, shown),
        "trail": _trail(),
    }
    return render(request, "partners/walks/detail.html", values)


@network_page
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Begin, end, report, call off."""
    shown = _readable(request, pk)
    return take(request, shown, STEPS, slug, _trail(shown))


@network_page
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Plan a walk: for the coordinator and the partners of the wijk."""
    wijk = chosen_wijk(request)
    if wijk is None:
        return ask_wijk(request, _("In welke wijk gaat u lopen?"), _trail())
    if not may_plan_in(request.user, wijk):
        raise Http404
    form = WalkForm(request.POST or None, wijk=wijk, user=request.user)

    def plan() -> str:
        made = walks.plan(form.plan(), wijk=wijk, by=request.user)
        messages.success(request, _("De wijkschouw staat gepland. Wie u uitnodigde, krijgt bericht."))
        return made.get_absolute_url()

    if address := attempt(request, form, lambda: form.once.perform(plan)):
        return redirect(address)
    values = {"form": form, "title": _("Wijkschouw plannen"), "about": str(wijk), "trail": _trail()}
    return render(request, "partners/together/form.html", values)


@network_page
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another moment, place or company."""
    shown = _readable(request, pk)
    if not may_organise(request.user, shown):
        raise Http404
    form = WalkForm(request.POST or None, wijk=shown.wijk, user=request.user, walk=shown)

    def save() -> str:
        walks.change(shown, form.plan(), by=request.user, version=form.cleaned_data["version"])
        messages.success(request, _("Uw wijziging is bewaard."))
        return shown.get_absolute_url()

    if address := attempt(request, form, save):
        return redirect(address)
    values = {
        "form": form,
        "title": _("Wijkschouw wijzigen"),
        "about": str(shown),
        "trail": _trail(shown),
        "back": shown,
    }
    return render(request, "partners/together/form.html", values)


@network_page
@require_safe
def checklist(request: HttpRequest, pk: int) -> HttpResponse:
    """The points to look at, on a phone: in order, or something seen."""
    shown = _noted(request, pk)
    if not shown.takes_findings:
        raise WorkflowError(_("Deze wijkschouw is nog niet begonnen, of het verslag is al weg."))
    findings = list(shown.findings.select_related("item").order_by("pk"))
    fine = set(shown.in_order.values_list("item", flat=True))
    points = [
        (item, item.pk in fine, [each for each in findings if each.item_id == item.pk])
        for item in ChecklistItem.objects.active()
    ]
    values = {
        "walk": shown,
        "points": points,
        "others": [each for each in findings if each.item is None],
        "looked_at": sum(1 for _item, is_fine, seen in points if is_fine or seen),
        "trail": _trail(shown),
    }
    return render(request, "partners/walks/checklist.html", values)


@network_page
@require_POST
def in_order(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    """This point needs nothing; pressed twice it is still one point."""
    shown = _noted(request, pk)
    item = get_object_or_404(ChecklistItem.objects.active(), pk=item_pk)
    walks.mark_in_order(shown, item, by=request.user)
    messages.success(request, _("“%(item)s” is in orde.") % {"item": item})
    return redirect(f"{reverse('partners:checklist', args=[shown.pk])}#punt-{item.pk}")


@network_page
@require_safe
def draw(request: HttpRequest, pk: int, width: str) -> HttpResponse:
    """The map of the wijk with the findings, as a picture."""
    shown = _readable(request, pk)
    if width not in WIDTHS:
        raise Http404
    drawing = PointMap.of(shown.wijk, width=WIDTHS[width])
    return HttpResponse(drawing.svg(walk_report.dots(walk_report.numbered(shown))), content_type="image/svg+xml")


@network_page
@require_safe
def report_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The report to print."""
    shown = _readable(request, pk)
    response = HttpResponse(walk_report.pdf(shown), content_type="application/pdf")
    response["Content-Disposition"] = (
        f'attachment; filename="wijkschouw-{timezone.localtime(shown.starts_at):%Y-%m-%d}.pdf"'
    )
    return response


def _readable(request: HttpRequest, pk: int) -> Walk:
    found = Walk.objects.within(readable_wijken_of(request.user)).select_related("wijk", "organiser")
    return get_object_or_404(found, pk=pk)


def _noted(request: HttpRequest, pk: int) -> Walk:
    found = _readable(request, pk)
    if not may_note(request.user, found):
        raise Http404
    return found


def _trail(walk: Walk | None = None) -> list[tuple[str, str]]:
    found = [crumb_start(), (_("Wijkschouwen"), reverse("partners:walks"))]
    return [*found, (str(walk), walk.get_absolute_url())] if walk else found
