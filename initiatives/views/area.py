"""Helping to fill in: which buurt a postcode is in, a map to choose from, and plans that look alike."""

from dataclasses import replace

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from initiatives.forms.plan import IdeaForm
from initiatives.models import Initiative
from initiatives.views import draft as drafts
from shared import municipality
from shared.ui import limits, notations
from shared.ui.text import one_line
from shared.wijken.lookup import Proposal, propose
from shared.wijken.maps import buurten_map
from shared.wijken.models import Buurt

# Shorter titles look like everything.
SHORTEST_TITLE = 4


def propose_area(request: HttpRequest, form: IdeaForm) -> HttpResponse:
    """Choose the buurt of the postcode in the form, and say how sure that is; works without a script."""
    form.forget_errors_except("postcode", "house_number", "files")
    if not form.errors and not form.cleaned_data["postcode"]:
        form.add_error("postcode", _("Vul eerst een postcode in, of kies zelf een buurt"))
    answers = form.answers()
    if form.errors:
        draft = drafts.keep(request, answers, form.received)
        return render(request, "initiatives/submit.html", {"form": form, "draft": draft} | drafts.shared_computer())
    number = form.cleaned_data["house_number"]
    found = propose(form.cleaned_data["postcode"], number.number if number else None)
    if found.buurt:
        answers["buurt"] = str(found.buurt.pk)
    drafts.keep(request, answers, form.received)
    return redirect(f"{reverse('initiatives:submit')}?voorstel={_code(found)}#id_buurt")


def proposal_text(code: str, form: IdeaForm) -> str:
    """What the search gave, in words; the buurt is the one that the form has now."""
    return _in_words(code, form.area_names().get(str(form["buurt"].value()), ""))


@login_not_required
@require_safe
def area_of(request: HttpRequest) -> HttpResponse:
    """The same for the script on the page."""
    limits.count("lookup", request)
    postcode = notations.read_postcode(request.GET.get("postcode", "")) or ""
    try:
        number = notations.read_house_number(request.GET.get("huisnummer", ""))
    except notations.Ambiguous:
        number = None
    found = propose(postcode, number.number if number else None)
    name = found.buurt.name if found.buurt else ""
    return JsonResponse({"buurt": str(found.buurt.pk) if found.buurt else "", "text": _in_words(_code(found), name)})


@login_not_required
@require_safe
def choose_area(request: HttpRequest) -> HttpResponse:
    """A map of the buurten and the same as a list; choosing one leads back to the form."""
    form_url = reverse("initiatives:submit")
    buurten = Buurt.objects.current().values_list("name", "pk")
    links = {name: f"{form_url}?buurt={pk}#id_buurt" for name, pk in buurten}
    drawing = buurten_map()
    shapes = tuple(replace(shape, url=links.get(shape.name, "")) for shape in drawing.shapes)
    return render(request, "initiatives/choose_area.html", {"map": replace(drawing, shapes=shapes)})


@login_not_required
@require_safe
def lookalikes(request: HttpRequest) -> HttpResponse:
    """Plans that look like this title, as a piece of the page; empty when there are none."""
    limits.count("lookup", request)
    title = one_line(request.GET.get("titel", ""))[:120]
    found = Initiative.objects.lookalikes(title) if len(title) >= SHORTEST_TITLE else ()
    return render(request, "initiatives/lookalikes.html", {"lookalikes": found})


def _code(found: Proposal) -> str:
    if found.buurt:
        return "zeker" if found.certain else "misschien"
    return "buiten" if found.outside else "onbekend"


def _in_words(code: str, buurt: str) -> str:
    if code == "zeker" and buurt:
        return _("Dit adres ligt in %(buurt)s. Is uw idee ergens anders? Kies dan die buurt.") % {"buurt": buurt}
    if code == "misschien" and buurt:
        return _("Wij denken dat dit %(buurt)s is. Klopt dat niet? Kies dan een andere buurt.") % {"buurt": buurt}
    if code == "buiten":
        return _("Deze postcode ligt niet in %(name)s. Kies de buurt waar uw idee is.") % {
            "name": municipality.current().name
        }
    return _("Wij kunnen deze postcode niet vinden. Kies zelf een buurt.")
