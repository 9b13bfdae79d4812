"""Each step as the page of a moment offers it: its words, its form, and the workflow function that it calls."""

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from participation.moments import policies, workflow
from participation.moments.enums import Status
from participation.moments.forms import organise as forms
from participation.moments.models import Moment
from shared.accounts.models import User
from shared.review.desk import Act, Desk, Seen, StepPage, with_answers
from shared.review.forms import NothingForm, StepForm

DESK = Desk("moments_moment")
Text = str | Promise


def _change(case: Moment, form: Any, seen: Seen) -> object:
    return workflow.change(case, form.details(), **seen.as_arguments())


def _attendance(case: Moment, form: Any, seen: Seen) -> object:
    others = form.cleaned_data["others"]
    return workflow.record_attendance(case, present=form.keys(), others=others, **seen.as_arguments())


def _enter(case: Moment, form: Any, seen: Seen) -> object:
    answers = {name: form.cleaned_data[name] for name in ("name", "email", "phone", "wants_feedback")}
    return workflow.enter(case, **answers, by=seen.by)


def _paper(case: Moment, form: Any, seen: Seen) -> object:
    answers = form.cleaned_data
    return workflow.enter_from_paper(case, form.words(), source=answers["source"], email=answers["email"], by=seen.by)


def _counts(case: Moment, form: Any, seen: Seen) -> object:
    return workflow.enter_counts(case, form.counts(), by=seen.by)


def _why_not_paper(case: Moment) -> str:
    if not (case.question or case.choice_question):
        return _now("Dit moment heeft geen vraag. Voeg die toe bij “Wijzigen”.")
    if case.status not in (Status.ANNOUNCED, Status.HELD) or hasattr(case, "feedback"):
        return _now("De terugkoppeling is al verstuurd, of het moment is nog niet aangekondigd.")
    return ""


def _why_not_counts(case: Moment) -> str:
    return _why_not_paper(case) if case.choice_question else _now("Dit moment heeft geen keuzevraag.")


def _why_not_attendance(case: Moment) -> str:
    return "" if case.status == Status.HELD else _now("Dit kan als het moment is geweest.")


def _register(
    position: int,
    slug: str,
    title: Text,
    act: Act,
    why_not: Callable[[Moment], str],
    form: type[StepForm] = NothingForm,
    *,
    verb: Text = "",
    **rest: Any,
) -> None:
    def refusal(case: Moment, user: User) -> str:
        return why_not(case) if policies.may_organise(user, case.project) else _now("U werkt niet aan dit project.")

    DESK.register(StepPage(slug, title, verb or title, act, refusal, form, position=position, **rest))


_register(
    10,
    "aankondigen",
    _("Aankondigen"),
    with_answers(workflow.announce),
    policies.why_not_announce,
    explains=_("Het moment komt op de website. Wie het project of de buurt volgt, leest het in het overzicht."),
    main=True,
    silent=True,
)
_register(
    20,
    "geweest",
    _("Het moment is geweest"),
    with_answers(workflow.hold, "attended"),
    policies.why_not_hold,
    forms.HoldForm,
    verb=_("Vastleggen"),
    main=True,
    silent=True,
)
_register(
    30,
    "terugkoppelen",
    _("Terugkoppelen"),
    with_answers(workflow.give_feedback, "heard", "doing", "not_doing"),
    policies.why_not_feed_back,
    forms.FeedbackForm,
    explains=_("Dit gaat naar iedereen die meedeed en bericht wil, en komt op de website. Het kan één keer."),
    main=True,
)
_register(
    40,
    "afsluiten",
    _("Afsluiten"),
    with_answers(workflow.close),
    policies.why_not_close,
    at_once=True,
    silent=True,
    main=True,
)
_register(50, "wijzigen", _("Wijzigen"), _change, policies.why_not_change, forms.ChangeForm)
_register(
    60,
    "aanmelden",
    _("Iemand aanmelden"),
    _enter,
    policies.why_not_enter,
    forms.EnterSignUpForm,
    verb=_("Aanmelden"),
)
_register(
    65,
    "aanwezigen",
    _("Afvinken wie er was"),
    _attendance,
    _why_not_attendance,
    forms.AttendanceForm,
    verb=_("Vastleggen"),
    silent=True,
)
_register(
    70,
    "papier",
    _("Bijdrage van papier invoeren"),
    _paper,
    _why_not_paper,
    forms.PaperForm,
    explains=_("Neem geen namen of adressen over. De bijdrage is meteen zichtbaar op de website."),
    verb=_("Invoeren"),
    silent=True,
)
_register(
    72,
    "aantallen",
    _("Aantallen van papier invoeren"),
    _counts,
    _why_not_counts,
    forms.CountsForm,
    verb=_("Invoeren"),
    silent=True,
)
_register(
    80,
    "gaat-niet-door",
    _("Gaat niet door"),
    with_answers(workflow.cancel, "reason"),
    policies.why_not_call_off,
    forms.ReasonForm,
    verb=_("Afzeggen"),
)
