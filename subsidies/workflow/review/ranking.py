"""The place of an application in its round: by points for each criterion, or by the votes of the neighbourhood."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from shared.accounts.models import User
from shared.audit import trail
from shared.lifecycle import WorkflowError
from shared.terms.calendar import today
from subsidies.enums import Distribution
from subsidies.models import Application
from subsidies.workflow.case import check_undecided, lock_for_review

HIGHEST_SCORE = 5


@transaction.atomic
def score(application: Application, *, scores: Mapping[str, int], by: User, version: int | None = None) -> Application:
    """Give points for each criterion of the ranking; the sum decides the order in a round (Awb article 4:26).

    Raises:
        WorkflowError: the scheme does not rank by points, or not every criterion has a score from 0 to 5.
    """
    application = lock_for_review(application, by, version)
    check_undecided(application)
    criteria = application.scheme_version.score_lines
    if not criteria:
        raise WorkflowError(_("Deze regeling werkt niet met een rangschikking."))
    if set(scores) != set(criteria) or not all(0 <= points <= HIGHEST_SCORE for points in scores.values()):
        raise WorkflowError(_("Geef bij elk criterium een score van 0 tot en met 5."))
    return _place(application, sum(scores.values()), "scores", dict(scores), by=by)


@transaction.atomic
def count_votes(
    application: Application, *, votes: int, held_on: date, how: str, by: User, version: int | None = None
) -> Application:
    """Write down how many votes a plan got; the number decides the order in a round (Awb article 4:26).

    The vote itself is held outside the portal, after the round: before its last day not every plan is known.

    Raises:
        WorkflowError: the scheme does not vote, or the day is before the end of the round, or still to come.
    """
    application = lock_for_review(application, by, version)
    check_undecided(application)
    if application.scheme_version.distribution != Distribution.VOTE or application.round is None:
        raise WorkflowError(_("In deze regeling stemt de buurt niet."))
    if not application.round.last_day < held_on <= today():
        last_day = format_date(application.round.last_day, "j F Y")
        raise WorkflowError(
            _("De stemming is na de laatste dag van de ronde (%(day)s), en uiterlijk vandaag.") % {"day": last_day}
        )
    kept = {"votes": votes, "held_on": held_on.isoformat(), "how": how}
    return _place(application, votes, "vote", kept, by=by)


def _place(application: Application, points: int, name: str, kept: dict[str, Any], *, by: User) -> Application:
    old, application.score = application.score, points
    if application.score != old:
        # A lot was drawn among those of the score that it had.
        application.lot = None
    before = application.checklist.get(name, {})
    application.checklist = {**application.checklist, name: kept}
    application.version += 1
    application.save()

    action = "subsidies.votes_counted" if name == "vote" else "subsidies.scored"
    trail.record(action, subject=application, by=by, old={"score": old, **before}, new={"score": points, **kept})
    return application
