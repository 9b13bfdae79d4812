"""Joint actions: the list, one of them, proposing, changing and bringing it on."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from partners.cards.together import action_row
from partners.enums.actions import OPEN, ActionStatus
from partners.forms.actions import ActionForm, FinishForm, StopForm
from partners.forms.filters import WijkFilter
from partners.forms.together import HandOverForm
from partners.models import Finding, JointAction, Signal
from partners.policies.people import people_of
from partners.policies.together import may_change, may_coordinate, may_do, may_lead, readable_wijken_of
from partners.views.door import network_page
from partners.views.private_words import take_out_step
from partners.views.rooms import ask_wijk, attempt, chosen_wijk, crumb_start, own_wijken, show_list
from partners.views.steps import Step, possible_steps, take
from partners.workflow import actions
from shared.audit.history import history
from shared.wijken.models import Wijk


def _moves_to(status: ActionStatus):  # type: ignore[no-untyped-def]
    return lambda action: action.can_move_to(status)


def _wijk(action: JointAction) -> dict[str, Wijk]:
    return {"wijk": action.wijk}


STEPS = (
    Step(
        slug="afspreken",
        title=gettext_lazy("Afspreken"),
        act=lambda action, form, by, version: actions.agree(action, by=by, version=version),
        may=lambda user, action: may_coordinate(user, action.wijk),
        possible=_moves_to(ActionStatus.AGREED),
        done=gettext_lazy("De actie is afgesproken. Wie meedoet, krijgt bericht."),
        main=True,
    ),
    Step(
        slug="starten",
        title=gettext_lazy("Starten"),
        act=lambda action, form, by, version: actions.start(action, by=by, version=version),
        may=may_lead,
        possible=_moves_to(ActionStatus.RUNNING),
        done=gettext_lazy("De actie loopt. Wie meedoet, krijgt bericht."),
        main=True,
    ),
    Step(
        slug="afronden",
        title=gettext_lazy("Afronden"),
        act=lambda action, form, by, version: actions.finish(
            action, result=form.cleaned_data["text"], by=by, version=version
        ),
        may=may_lead,
        possible=_moves_to(ActionStatus.DONE),
        done=gettext_lazy("De actie is klaar. Wie meedeed, krijgt het resultaat."),
        form=FinishForm,
        surroundings=_wijk,
        explains=gettext_lazy("Signalen waar deze actie uit voortkwam, zijn dan ook afgehandeld."),
        main=True,
    ),
    Step(
        slug="overdragen",
        title=gettext_lazy("Overdragen"),
        act=lambda action, form, by, version: actions.hand_over(
            action, to=form.cleaned_data["to"], by=by, version=version
        ),
        may=may_lead,
        possible=lambda action: action.is_open,
        done=gettext_lazy("De actie is overgedragen. De nieuwe trekker krijgt bericht."),
        form=HandOverForm,
        surroundings=lambda action: {"people": people_of(action.wijk).exclude(pk=action.owner_id)},
    ),
    Step(
        slug="stoppen",
        title=gettext_lazy("Stoppen"),
        act=lambda action, form, by, version: actions.stop(
            action, reason=form.cleaned_data["text"], by=by, version=version
        ),
        may=may_lead,
        possible=_moves_to(ActionStatus.STOPPED),
        done=gettext_lazy("De actie is gestopt. Wie meedeed, leest waarom."),
        form=StopForm,
        surroundings=_wijk,
    ),
    take_out_step(lambda action: action.wijk),
)


@network_page
@require_safe
def list_actions(request: HttpRequest) -> HttpResponse:
    """Everything in my wijken; the step that is due first on top."""
    wijken = own_wijken(request)
    form = WijkFilter(request.GET.dict(), wijken=wijken, statuses=ActionStatus.choices)
    form.open_statuses = OPEN
    found = JointAction.objects.within(wijken).for_list().by_urgency()
    words = {
        "title": _("Gezamenlijke acties"),
        "lead": _("Wat partners, ambassadeurs en de gemeente samen doen in de wijk."),
        "empty": _("Er zijn nog geen acties. Stel er een voor."),
        "new_url": reverse("partners:new_action"),
        "new_label": _("Actie voorstellen"),
        "links": [(_("Wijkagenda’s"), reverse("partners:wijkagendas_edit"))],
        "trail": [crumb_start()],
    }
    return show_list(request, found, action_row, filter_form=form, words=words)


@network_page
@require_safe
def action(request: HttpRequest, pk: int) -> HttpResponse:
    """One action: the goal, who takes part, the steps, and what happened."""
    shown = readable(request, pk)
    today = timezone.localdate()
    steps = list(shown.steps.select_related("responsible", "done_by"))
    for step in steps:
        step.action = shown
    return render(
        request,
        "partners/actions/detail.html",
        {
            "action": shown,
            "partners": list(shown.partners.all()),
            "steps": [(step, may_do(request.user, step) and shown.is_open, step.is_late(today)) for step in steps],
            "signals": list(shown.signals.select_related("theme", "wijk", "buurt")),
            "findings": list(shown.findings.all()),
            "possible": possible_steps(STEPS, request.user, shown),
            "may_change": may_change(request.user, shown),
            "may_lead": may_lead(request.user, shown) and shown.is_open,
            "history": history(shown),
            "trail": trail_to(),
        },
    )


@network_page
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Agree, start, finish, hand over, stop."""
    shown = readable(request, pk)
    return take(request, shown, STEPS, slug, trail_to(shown))


@network_page
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Propose an action; from a signal or a finding its words stand in the form."""
    signal, finding = _source(request)
    origin = signal or finding
    wijk: Wijk | None = (signal.wijk if signal else finding.walk.wijk) if origin else chosen_wijk(request)
    if wijk is None:
        return ask_wijk(request, _("In welke wijk is de actie?"), trail_to())
    form = ActionForm(request.POST or None, wijk=wijk, user=request.user, initial=_words_of(signal, finding))

    def propose() -> str:
        made = actions.propose(form.plan(), wijk=wijk, by=request.user, signal=signal, finding=finding)
        messages.success(request, _("Uw voorstel is verstuurd. Zet er nu de stappen bij."))
        return made.get_absolute_url()

    if address := attempt(request, form, lambda: form.once.perform(propose)):
        return redirect(address)
    values = {
        "form": form,
        "title": _("Actie voorstellen"),
        "about": str(wijk),
        "intro": _("De wijkcoördinator zegt of de actie doorgaat. Wie meedoet, krijgt bericht."),
        "trail": trail_to(),
    }
    return render(request, "partners/together/form.html", values)


@network_page
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct the words, the partners or the dates."""
    shown = readable(request, pk)
    if not may_change(request.user, shown):
        raise Http404
    form = ActionForm(request.POST or None, wijk=shown.wijk, user=request.user, action=shown)

    def save() -> str:
        actions.change(shown, form.plan(), by=request.user, version=form.cleaned_data["version"])
        messages.success(request, _("Uw wijziging is bewaard."))
        return shown.get_absolute_url()

    if address := attempt(request, form, save):
        return redirect(address)
    values = {"form": form, "title": _("Actie wijzigen"), "about": str(shown), "trail": trail_to(shown), "back": shown}
    return render(request, "partners/together/form.html", values)


def readable(request: HttpRequest, pk: int) -> JointAction:
    """The action, for who takes part in its wijk.

    Raises:
        Http404: there is none, or it is of another wijk.
    """
    found = JointAction.objects.within(readable_wijken_of(request.user)).select_related("wijk", "theme", "owner")
    return get_object_or_404(found.select_related("proposed_by"), pk=pk)


def _source(request: HttpRequest) -> tuple[Signal | None, Finding | None]:
    """The signal or finding that the address names, when this person may make an action of it."""
    wijken = readable_wijken_of(request.user)
    signal = finding = None
    if (number := request.GET.get("signaal", "")).isdecimal():
        signal = get_object_or_404(Signal.objects.within(wijken).select_related("wijk", "theme"), pk=int(number))
    elif (number := request.GET.get("bevinding", "")).isdecimal():
        found = Finding.objects.within(wijken).select_related("walk__wijk", "item__theme", "buurt")
        finding = get_object_or_404(found, pk=int(number))
    return signal, finding


def _words_of(signal: Signal | None, finding: Finding | None) -> dict[str, object]:
    if signal is not None:
        return {
            "title": signal.title,
            "goal": "\n\n".join(filter(None, [signal.text, signal.where])),
            "theme": signal.theme,
        }
    if finding is not None:
        goal = "\n\n".join(filter(None, [finding.text, finding.where]))
        return {"goal": goal, "theme": finding.item.theme if finding.item else None}
    return {}


def trail_to(action: JointAction | None = None) -> list[tuple[str, str]]:
    """The breadcrumb of these pages; below one action when it is given."""
    found = [crumb_start(), (_("Gezamenlijke acties"), reverse("partners:actions"))]
    return [*found, (str(action), action.get_absolute_url())] if action else found
