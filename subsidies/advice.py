"""How an application reads to an adviser: the plan and the amount, and never who asks for it."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambassadors.subjects import Fact, Section, SubjectKind, Summary
from shared.accounts.models import User
from shared.ui.templatetags.ui import euro
from subsidies.enums import UNDECIDED
from subsidies.models import Application
from subsidies.policies import is_applicant, may_review
from subsidies.workflow.case import lock, reviewers


def describe(application: Application) -> Summary:
    """The plan in the applicant's words, without who the applicant is."""
    words = {
        "wijk": application.wijk.short_name,
        "scheme": application.scheme.name,
        "title": application.title,
    }
    return Summary(
        title=application.title,
        reference=application.reference,
        intro=_("Inwoners vragen geld voor een plan in %(wijk)s (%(scheme)s): “%(title)s”.") % words,
        closing=_(
            "Uw advies komt in het dossier. De aanvrager kan het lezen in het besluit."
            " Antwoordt u niet, dan besluiten wij zonder uw advies."
        ),
        sections=tuple(
            Section(heading, text, application.language)
            for heading, text in (
                (_("Het plan"), application.what),
                (_("Voor wie en wat wordt er beter"), application.benefit),
            )
            if text
        ),
        facts=tuple(Fact(label, value) for label, value in _facts(application) if value),
        theme=application.theme,
        wijk=application.wijk,
    )


def why_closed(application: Application) -> str:
    """Advice helps until the decision (Awb article 3:49)."""
    if application.status in UNDECIDED:
        return ""
    return _("Over de aanvraag is al besloten. U hoeft niets meer te doen.")


def may_ask(user: User, application: Application) -> bool:
    """Who reviews; nobody about an application of their own (Awb article 2:4)."""
    return may_review(user, application) and not is_applicant(user, application)


def _facts(application: Application) -> list[tuple[str, str]]:
    buurt = application.buurt.name if application.buurt else ""
    days = [date_format(day, "l j F Y") for day in (application.starts_on, application.ends_on) if day]
    asked = application.asked_amount
    return [
        (_("Waar"), ", ".join(filter(None, [application.place, buurt, application.wijk.short_name]))),
        (_("Wanneer"), _(" tot en met ").join(dict.fromkeys(days))),
        (_("Gevraagd bedrag"), f"{euro(asked)} ({application.scheme})" if asked is not None else ""),
        (_("Vergunningen"), application.permits),
    ]


KIND = SubjectKind(
    model=Application,
    noun=gettext_lazy("aanvraag"),
    describe=describe,
    why_closed=why_closed,
    may_ask=may_ask,
    reviewers=reviewers,
    file_url=lambda application: reverse("admin:subsidies_application_change", args=[application.pk]),
    own_addresses=lambda application: frozenset(filter(None, [application.email.lower()])),
    lock=lock,
)
