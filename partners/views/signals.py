"""Signals: the list, one of them with what can become of it, noting a new one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from partners.cards.together import signal_row
from partners.enums.signals import OPEN, SignalSource, SignalStatus
from partners.forms.actions import JoinActionForm
from partners.forms.filters import WijkFilter
from partners.forms.signals import HandleForm, LapseForm, PublishSignalForm, SignalForm
from partners.models import Finding, Signal
from partners.policies.organisations import organisations_of
from partners.policies.together import may_decide, readable_wijken_of
from partners.views.door import network_page
from partners.views.private_words import take_out_step
from partners.views.rooms import ask_wijk, attempt, chosen_wijk, crumb_start, own_wijken, show_list
from partners.views.steps import Step, possible_steps, take
from partners.workflow import signals
from shared.accounts.enums import Role
from shared.accounts.policies import has_role
from shared.audit.history import history
from shared.wijken.models import Wijk

STEPS = (
    Step(
        slug="bekeken",
        title=gettext_lazy("Bekeken"),
        act=lambda signal, form, by, version: signals.see(signal, by=by, version=version),
        may=may_decide,
        possible=lambda signal: signal.status == SignalStatus.NEW,
        done=gettext_lazy("Het signaal is bekeken. Het blijft open."),
    ),
    Step(
        slug="koppelen",
        title=gettext_lazy("Koppelen aan een actie"),
        act=lambda signal, form, by, version: signals.join_action(
            signal, form.cleaned_data["action"], by=by, version=version
        ),
        may=may_decide,
        possible=lambda signal: signal.can_move_to(SignalStatus.ACTION),
        done=gettext_lazy("Het signaal hoort nu bij de actie."),
        form=JoinActionForm,
        surroundings=lambda signal: {"signal": signal},
    ),
    Step(
        slug="afhandelen",
        title=gettext_lazy("Afhandelen"),
        act=lambda signal, form, by, version: signals.handle(
            signal, outcome=form.cleaned_data["text"], by=by, version=version
        ),
        may=may_decide,
        possible=lambda signal: signal.can_move_to(SignalStatus.HANDLED),
        done=gettext_lazy("Het signaal is afgehandeld. Wie het meldde, krijgt bericht."),
        form=HandleForm,
        surroundings=lambda signal: {"wijk": signal.wijk},
    ),
    Step(
        slug="vervallen",
        title=gettext_lazy("Laten vervallen"),
        act=lambda signal, form, by, version: signals.lapse(
            signal, outcome=form.cleaned_data["text"], by=by, version=version
        ),
        may=may_decide,
        possible=lambda signal: signal.can_move_to(SignalStatus.LAPSED),
        done=gettext_lazy("Het signaal is vervallen. Wie het meldde, leest waarom."),
        form=LapseForm,
        surroundings=lambda signal: {"wijk": signal.wijk},
    ),
    Step(
        slug="opnieuw",
        title=gettext_lazy("Opnieuw bekijken"),
        act=lambda signal, form, by, version: signals.reopen(signal, by=by, version=version),
        may=may_decide,
        possible=lambda signal: signal.status in (SignalStatus.HANDLED, SignalStatus.LAPSED),
        done=gettext_lazy("Het signaal is weer open."),
    ),
    Step(
        slug="publiceren",
        title=gettext_lazy("Op de website zetten"),
        act=lambda signal, form, by, version: signals.publish(
            signal, public_text=form.cleaned_data["text"], by=by, version=version
        ),
        may=may_decide,
        possible=lambda signal: not signal.is_published,
        done=gettext_lazy("Het signaal staat bij de wijkagenda op de website."),
        form=PublishSignalForm,
        explains=gettext_lazy("Het komt op de pagina van de wijkagenda. Schrijf het zo dat het over de buurt gaat."),
        surroundings=lambda signal: {"wijk": signal.wijk},
    ),
    Step(
        slug="van-de-website",
        title=gettext_lazy("Van de website halen"),
        act=lambda signal, form, by, version: signals.withdraw(signal, by=by, version=version),
        may=may_decide,
        possible=lambda signal: signal.is_published,
        done=gettext_lazy("Het signaal staat niet meer op de website."),
    ),
    take_out_step(lambda signal: signal.wijk),
)


@network_page
@require_safe
def list_signals(request: HttpRequest) -> HttpResponse:
    """Everything in my wijken, the newest first."""
    wijken = own_wijken(request)
    form = WijkFilter(request.GET.dict(), wijken=wijken, statuses=SignalStatus.choices)
    form.open_statuses = OPEN
    words = {
        "title": _("Signalen"),
        "lead": _("Wat valt op in de wijk? Een thema en een plek, nooit een persoon."),
        "empty": _("Er zijn nog geen signalen."),
        "new_url": reverse("partners:new_signal"),
        "new_label": _("Signaal melden"),
        "links": [],
        "trail": [crumb_start()],
    }
    found = Signal.objects.within(wijken).for_list()
    return show_list(request, found, signal_row, filter_form=form, words=words)


@network_page
@require_safe
def signal(request: HttpRequest, pk: int) -> HttpResponse:
    """One signal, and what can become of it."""
    shown = _readable(request, pk)
    values = {
        "signal": shown,
        "finding": getattr(shown, "finding", None),
        "possible": possible_steps(STEPS, request.user, shown),
        "may_propose": shown.can_move_to(SignalStatus.ACTION),
        "history": history(shown),
        "trail": _trail(),
    }
    return render(request, "partners/signals/detail.html", values)


@network_page
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Look at it, handle it, let it lapse, join it to an action, publish it."""
    shown = _readable(request, pk)
    return take(request, shown, STEPS, slug, _trail(shown))


@network_page
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Note a signal; from a finding of a walk its words stand in the form."""
    finding = _finding(request)
    wijk = finding.walk.wijk if finding else chosen_wijk(request)
    if wijk is None:
        return ask_wijk(request, _("In welke wijk valt u iets op?"), _trail())
    organisations = organisations_of(request.user).in_wijk(wijk)
    form = SignalForm(request.POST or None, wijk=wijk, organisations=organisations, initial=_words_of(finding))
    if address := attempt(request, form, lambda: form.once.perform(lambda: _note(request, form, wijk, finding))):
        return redirect(address)
    values = {
        "form": form,
        "title": _("Signaal melden"),
        "about": str(wijk),
        "intro": _("De wijkcoördinator leest het en laat weten wat ermee gebeurt."),
        "trail": _trail(),
    }
    return render(request, "partners/together/form.html", values)


def _note(request: HttpRequest, form: SignalForm, wijk: Wijk, finding: Finding | None) -> str:
    answers = {name: form.cleaned_data[name] for name in ("title", "text", "theme", "buurt", "place")}
    made = signals.note(
        **answers,
        wijk=wijk,
        partner=form.chosen_partner,
        source=_source_of(request, wijk, finding, has_partner=form.chosen_partner is not None),
        finding=finding,
        by=request.user,
    )
    messages.success(request, _("Dank u wel. Uw signaal is gemeld."))
    return made.get_absolute_url()


def _source_of(request: HttpRequest, wijk: Wijk, finding: Finding | None, *, has_partner: bool) -> SignalSource:
    if finding is not None:
        return SignalSource.WALK
    if has_partner:
        return SignalSource.PARTNER
    is_ambassador = has_role(request.user, Role.AMBASSADOR) and not has_role(request.user, Role.COORDINATOR, wijk=wijk)
    return SignalSource.AMBASSADOR if is_ambassador else SignalSource.COORDINATOR


def _readable(request: HttpRequest, pk: int) -> Signal:
    found = Signal.objects.within(readable_wijken_of(request.user)).for_list().select_related("action", "finding__walk")
    return get_object_or_404(found, pk=pk)


def _finding(request: HttpRequest) -> Finding | None:
    number = request.GET.get("bevinding", "")
    if not number.isdecimal():
        return None
    found = Finding.objects.within(readable_wijken_of(request.user)).select_related(
        "walk__wijk", "item__theme", "buurt"
    )
    return get_object_or_404(found, pk=int(number))


def _words_of(finding: Finding | None) -> dict[str, object]:
    if finding is None:
        return {}
    theme = finding.item.theme if finding.item else None
    return {"title": finding.text[:120], "place": finding.place, "buurt": finding.buurt, "theme": theme}


def _trail(signal: Signal | None = None) -> list[tuple[str, str]]:
    found = [crumb_start(), (_("Signalen"), reverse("partners:signals"))]
    return [*found, (str(signal), signal.get_absolute_url())] if signal else found
