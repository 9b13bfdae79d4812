"""A round with a ranking: nobody gets money before everybody in it can be compared (Awb article 4:26)."""

from datetime import date, timedelta

from django.db.models import Q
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shared.terms import legal_days
from subsidies.enums import IN_ROUNDS, Status
from subsidies.models import Application
from subsidies.querysets import ApplicationQuerySet

NAMED = 3


def is_ranked(application: Application) -> bool:
    """Whether the rules that the applicant read compare the applications of a round."""
    return application.scheme_version.distribution in IN_ROUNDS


def why_round_waits(application: Application, on: date) -> str:
    """Why nobody in this round can be given money yet; empty when it can, or when the scheme does not rank.

    Who sends the best plan on the last day has the same chance as who was first (equal treatment).
    """
    if not is_ranked(application):
        return ""
    if application.round is None:
        return _("Deze aanvraag hoort niet bij een ronde. Er is dus niets om haar mee te vergelijken.")
    last_day = application.round.last_day
    if on <= last_day:
        return _(
            "De ronde “%(round)s” is open tot en met %(day)s. Pas daarna vergelijken wij alle aanvragen. "
            "Toekennen kan vanaf %(first)s."
        ) % {"round": application.round, "day": _day(last_day), "first": _day(last_day + timedelta(days=1))}
    unjudged = _undecided(application).filter(complete_on__isnull=False, score__isnull=True)
    n, which = _named(unjudged)
    if not n:
        return ""
    return ngettext(
        "Toekennen kan nog niet: %(n)d aanvraag in deze ronde heeft nog geen score of stemmen (%(which)s).",
        "Toekennen kan nog niet: %(n)d aanvragen in deze ronde hebben nog geen score of stemmen (%(which)s).",
        n,
    ) % {"n": n, "which": which}


def why_not_final(application: Application, on: date) -> str:
    """Why the order of the round can still change; empty when it is final, or when the scheme does not rank."""
    if not is_ranked(application):
        return ""
    if waits := why_round_waits(application, on):
        return waits
    n, which = _named(_undecided(application).filter(can_still_complete(on)))
    if not n:
        return ""
    return ngettext(
        "In deze ronde kan %(n)d aanvraag nog worden aangevuld (%(which)s). Daarvoor houden wij geld vast.",
        "In deze ronde kunnen %(n)d aanvragen nog worden aangevuld (%(which)s). Daarvoor houden wij geld vast.",
        n,
    ) % {"n": n, "which": which}


def can_still_complete(on: date) -> Q:
    """Incomplete applications whose term to complete runs, or was not given yet (Awb article 4:5)."""
    not_asked = Q(completion_requests__isnull=True)
    runs = Q(completion_requests__completed_on__isnull=True) & legal_days.still_runs("completion_requests__due_on", on)
    waits = Q(status=Status.INCOMPLETE) | not_asked | runs
    return Q(complete_on__isnull=True) & Q(pk__in=Application.objects.filter(waits).values("pk"))


def _undecided(application: Application) -> ApplicationQuerySet:
    found: ApplicationQuerySet = Application.objects.undecided().filter(round=application.round_id)
    return found


def _named(found: ApplicationQuerySet) -> tuple[int, str]:
    """How many there are, and the numbers of the first few."""
    references = list(found.order_by("reference").values_list("reference", flat=True))
    return len(references), ", ".join([*references[:NAMED], *(["…"] if len(references) > NAMED else [])])


def _day(day: date) -> str:
    return format_date(day, "l j F Y")
