"""What everybody may read: the schemes, the check beforehand, and which message goes through which channel."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from shared.terms import legal_days
from shared.terms.calendar import today
from shared.ui.page_cache import public_page
from subsidies import budget, conditions
from subsidies.cards import SchemeCard, scheme_cards
from subsidies.enums import MessageKind
from subsidies.forms.check import ASKED, NAMES, CheckForm
from subsidies.models import Scheme


@public_page()
@require_safe
def list_schemes(request: HttpRequest) -> HttpResponse:
    """The schemes under which residents can ask for money now, and those that open later."""
    return render(request, "subsidies/list.html", {"cards": scheme_cards(Scheme.objects.public(), today())})


@public_page()
@require_safe
def scheme(request: HttpRequest, code: str) -> HttpResponse:
    """For whom, how much, under which conditions, what is left and how long it takes."""
    card = find(code)
    version = card.version
    return render(
        request,
        "subsidies/scheme.html",
        {
            "card": card,
            "scheme": card.scheme,
            "version": version,
            "conditions": [line for line in version.conditions.splitlines() if line.strip()],
            "rules": conditions.sentences(version),
            "own_share": conditions.own_share(version),
            "afterwards": conditions.afterwards(version),
            "caps": list(version.category_caps.all()),
            "bands": list(version.accountability_bands.all()),
            # In a round the plans are compared after it closed: there the day of the round counts.
            "weeks": None if card.scheme.rounds.exists() else version.decision_weeks or 8,
            # Who could not reach us on the last day for an activity, can still apply.
            "extra_time": legal_days.extra_time(today()) if version.lead_time_weeks else None,
            "remainders": budget.remainders(card.scheme, today()),
        },
    )


@public_page(*NAMES, ASKED)
@require_safe
def check(request: HttpRequest, code: str) -> HttpResponse:
    """At most five questions that end in yes, in no with the reason and the way on, or in talking to us."""
    card = find(code)
    questions = list(card.version.eligibility_questions.all())
    if not questions:
        raise Http404
    is_sent = any(name in request.GET for name in (*NAMES, ASKED))
    form = CheckForm(request.GET if is_sent else None, questions=questions)
    return render(
        request,
        "subsidies/eligibility.html",
        {"card": card, "scheme": card.scheme, "form": form, "answered": form.is_bound and form.is_valid()},
    )


@public_page()
@require_safe
def channels(request: HttpRequest) -> HttpResponse:
    """Which official message can be sent in which way (aanwijzingsbesluit, Awb article 2:13)."""
    return render(request, "subsidies/channels.html", {"kinds": MessageKind.choices})


def find(code: str) -> SchemeCard:
    """A scheme with a page and with rules today.

    Raises:
        Http404: there is none under this code.
    """
    found = scheme_cards([get_object_or_404(Scheme.objects.public(), code=code)], today())
    if not found:
        raise Http404
    return found[0]
