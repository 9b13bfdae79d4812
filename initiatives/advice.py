"""How a plan reads to an adviser: what, where and when, and never who brought it."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambassadors.subjects import Fact, Section, SubjectKind, Summary
from initiatives.enums import CLOSED, Status
from initiatives.models import Initiative
from initiatives.policies import is_initiator, may_review
from initiatives.workflow.case import lock, reviewers
from shared.accounts.models import User
from shared.ui.templatetags.ui import euro


def describe(initiative: Initiative) -> Summary:
    """The plan in the resident's words, without who the resident is."""
    words = {"wijk": initiative.wijk.short_name, "title": initiative.title}
    return Summary(
        title=initiative.title,
        reference=initiative.reference,
        intro=_("Inwoners hebben een plan voor %(wijk)s: “%(title)s”.") % words,
        closing=_("Uw advies komt in het dossier. Antwoordt u niet, dan gaan wij verder zonder uw advies."),
        sections=tuple(
            Section(heading, text, initiative.language)
            for heading, text in (
                (_("Het plan"), initiative.what),
                (_("Voor wie en wat wordt er beter"), initiative.benefit),
            )
            if text
        ),
        facts=tuple(Fact(label, value) for label, value in _facts(initiative) if value),
        theme=initiative.theme,
        wijk=initiative.wijk,
    )


def why_closed(initiative: Initiative) -> str:
    """Advice helps until the plan is answered for good."""
    if initiative.status in (*CLOSED, Status.UNCONFIRMED, Status.SCREENING):
        return _("Over dit plan is al besloten. U hoeft niets meer te doen.")
    return ""


def may_ask(user: User, initiative: Initiative) -> bool:
    """Who reviews the plan; nobody about a plan of their own."""
    return may_review(user, initiative) and not is_initiator(user, initiative)


def _facts(initiative: Initiative) -> list[tuple[str, str]]:
    buurt = initiative.buurt.name if initiative.buurt else ""
    return [
        (_("Waar"), ", ".join(filter(None, [initiative.place, buurt, initiative.wijk.short_name]))),
        (_("Wanneer"), date_format(initiative.planned_on, "l j F Y") if initiative.planned_on else ""),
        (_("Thema"), initiative.theme.label),
        (_("Gevraagde hulp"), ", ".join(initiative.help_labels)),
        (_("Wat het kost"), euro(initiative.amount)),
    ]


KIND = SubjectKind(
    model=Initiative,
    noun=gettext_lazy("initiatief"),
    describe=describe,
    why_closed=why_closed,
    may_ask=may_ask,
    reviewers=reviewers,
    file_url=lambda initiative: reverse("admin:initiatives_initiative_change", args=[initiative.pk]),
    own_addresses=lambda initiative: frozenset(filter(None, [initiative.email.lower()])),
    lock=lock,
)
