"""Each step as the file page offers it: its words, its form, and the workflow function that it calls."""

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from participation.challenges import policies, workflow
from participation.challenges.enums import CLOSED, Status
from participation.challenges.forms import steps as forms
from participation.challenges.models import Challenge
from shared.review.desk import Act, Desk, Seen, StepPage, with_answers
from shared.review.forms import NothingForm, StepForm

DESK = Desk("challenges_challenge")
Text = str | Promise


def _assess(case: Challenge, form: Any, seen: Seen) -> object:
    assessment = form.cleaned_data["assessment"]
    return workflow.assess(case, verdicts=form.verdicts, assessment=assessment, **seen.as_arguments())


def _moves(*statuses: str) -> Callable[[Challenge], str]:
    return lambda case: policies.why_not_move(case, *statuses)


def _never(case: Challenge) -> str:
    return ""


def _register(
    position: int,
    slug: str,
    title: Text,
    act: Act,
    why_not: Callable[[Challenge], str],
    form: type[StepForm] = NothingForm,
    *,
    verb: Text = "",
    **rest: Any,
) -> None:
    DESK.register(
        StepPage(slug, title, verb or title, act, lambda case, user: why_not(case), form, position=position, **rest)
    )


_register(
    10,
    "gesprek",
    _("Gesprek afspreken"),
    with_answers(workflow.plan_talk, "talk_on", "talk_place", "text"),
    _moves(Status.TALK),
    forms.TalkForm,
    explains=_("Niemand krijgt een nee zonder gesprek. U wordt het aanspreekpunt."),
    main=True,
)
_register(
    20,
    "beoordelen",
    _("Beoordelen"),
    _assess,
    _moves(Status.ASSESSED),
    forms.AssessForm,
    explains=_("De groep leest bij elk punt hoe het ervoor staat, en uw toelichting."),
    main=True,
)
_register(
    30,
    "voorstel",
    _("Voorstel doen"),
    with_answers(workflow.propose, "proposal"),
    _moves(Status.PROPOSAL),
    forms.ProposalForm,
    explains=_("De groep kan reageren voordat er wordt besloten."),
    main=True,
)
_register(
    40,
    "besluit",
    _("Besluit vastleggen"),
    with_answers(workflow.decide, "outcome", "reasons", "way_on", "decided_by", "decided_on"),
    policies.why_not_decide,
    forms.DecideForm,
    main=True,
)
_register(
    50,
    "beginnen",
    _("De groep begint"),
    with_answers(workflow.start, "runs_from", "runs_until", "text"),
    _moves(Status.RUNNING),
    forms.StartForm,
    verb=_("Vastleggen"),
    main=True,
    concerns=lambda case, user: case.status != Status.EVALUATED,
)
_register(
    60,
    "terugkijken",
    _("Samen terugkijken"),
    with_answers(workflow.evaluate, "evaluation"),
    _moves(Status.EVALUATED),
    forms.EvaluationForm,
    verb=_("Vastleggen"),
    main=True,
)
_register(
    65,
    "doorgaan",
    _("De groep gaat door"),
    with_answers(workflow.resume, "runs_until", "text"),
    _moves(Status.RUNNING),
    forms.ResumeForm,
    verb=_("Vastleggen"),
    main=True,
    concerns=lambda case, user: case.status == Status.EVALUATED,
)
_register(
    70,
    "beeindigen",
    _("Beëindigen"),
    with_answers(workflow.end, "end_reason"),
    _moves(Status.ENDED),
    forms.EndForm,
)
_register(
    75,
    "bericht",
    _("Bericht sturen"),
    with_answers(workflow.send_message, "text"),
    policies.why_not_message,
    forms.TextForm,
)
_register(
    80,
    "aanvraag",
    _("Behandelen als aanvraag van een besluit"),
    with_answers(workflow.treat_as_request),
    policies.why_not_request,
    explains=_(
        "Vraagt de groep een besluit in de zin van de Awb (1:3)? Dan geldt de termijn van artikel 4:13, vanaf de dag "
        "van ontvangst. De groep krijgt daarvan bericht. In de brief met het besluit staat dan hoe bezwaar kan."
    ),
    verb=_("Behandelen als aanvraag"),
)
_register(
    82,
    "publiceren",
    _("Op de website zetten"),
    with_answers(workflow.publish, "public_text"),
    policies.why_not_publish,
    forms.PublishForm,
    verb=_("Publiceren"),
)
_register(
    84,
    "van-de-website",
    _("Van de website halen"),
    with_answers(workflow.unpublish, "reason"),
    policies.why_not_unpublish,
    forms.ReasonForm,
    silent=True,
)
_register(
    86,
    "koppelen",
    _("Koppelen aan initiatief of project"),
    with_answers(workflow.link, "initiative", "project"),
    _never,
    forms.LinkForm,
    verb=_("Koppelen"),
    silent=True,
)
_register(
    88,
    "toewijzen",
    _("Toewijzen"),
    with_answers(workflow.assign, "to"),
    lambda case: policies.why_not_message(case) if case.status in CLOSED else "",
    forms.AssignForm,
    silent=True,
)
_register(
    90,
    "ongewenst",
    _("Ongewenst bericht"),
    with_answers(workflow.mark_spam),
    _moves(Status.SPAM),
    verb=_("Wegleggen"),
    explains=_("De indiener hoort hier niets van. U kunt dit later terugdraaien."),
    silent=True,
)
_register(
    92,
    "terughalen",
    _("Dit is een echt verzoek"),
    with_answers(workflow.restore),
    _moves(Status.RECEIVED),
    verb=_("Terughalen"),
    silent=True,
    concerns=lambda case, user: case.status == Status.SPAM,
)
