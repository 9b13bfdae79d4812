"""Taking personal data out of what people wrote: a step of the coordinator of the wijk, on everything with words."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from partners.forms.private_words import TakeOutForm
from partners.models import Listing, Match
from partners.policies.together import may_coordinate
from partners.views.rooms import attempt
from partners.views.steps import Step
from partners.workflow import private_words
from shared.accounts.decorators import staff_required
from shared.accounts.enums import Role
from shared.accounts.policies import wijken_of
from shared.wijken.models import Wijk

TITLE = gettext_lazy("Persoonsgegevens weghalen")
EXPLAINS = gettext_lazy(
    "Schrijf het zonder personen. De oude woorden verdwijnen ook uit de geschiedenis en uit brieven die wij bewaren."
)
DONE = gettext_lazy("De woorden zijn vervangen. De oude zijn gewist, ook uit de geschiedenis en de bewaarde brieven.")


def take_out_step(wijk_of: Callable[[Any], Wijk]) -> Step:
    """The step for everything that lies in a wijk; whatever its status."""
    return Step(
        slug="persoonsgegevens-weghalen",
        title=TITLE,
        act=lambda thing, form, by, version: private_words.take_out(thing, form.words(), by=by, version=version),
        may=lambda user, thing: may_coordinate(user, wijk_of(thing)),
        possible=lambda thing: True,
        done=DONE,
        form=TakeOutForm,
        explains=EXPLAINS,
        surroundings=lambda thing: {"thing": thing, "wijk": wijk_of(thing)},
    )


@never_cache
@staff_required(Role.COORDINATOR, Role.FUNCTIONAL_MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def take_out(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """The same for an offer or need, and for the result of a match, which have their page in the admin."""
    thing, wijk, back = _found(request, kind, pk)
    form = TakeOutForm(request.POST or None, thing=thing, wijk=wijk, initial={"version": thing.version})
    if not form.asked:
        messages.info(request, _("Hier staan geen woorden die iemand typte."))
        return redirect(back)

    def keep() -> str:
        private_words.take_out(thing, form.words(), by=request.user, version=form.cleaned_data["version"])
        messages.success(request, str(DONE))
        return back

    if address := attempt(request, form, keep):
        return redirect(address)
    values = {"form": form, "title": TITLE, "intro": EXPLAINS, "about": str(thing), "trail": [(str(thing), back)]}
    return render(request, "partners/together/form.html", values)


def _found(request: HttpRequest, kind: str, pk: int) -> tuple[Any, Wijk | None, str]:
    wijken = list(wijken_of(request.user))
    if kind == "match":
        match: Match = get_object_or_404(Match.objects.in_wijken(wijken).with_sides(), pk=pk)
        return match, match.need.wijken.first(), reverse("admin:partners_match_change", args=[pk])
    if kind == "aanbod":
        listing: Listing = get_object_or_404(Listing.objects.in_wijken(wijken), pk=pk)
        return listing, listing.wijken.first(), reverse("admin:partners_listing_change", args=[pk])
    raise Http404
