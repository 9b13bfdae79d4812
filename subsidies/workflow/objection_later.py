"""A decision on an objection that comes still later, after the extension of six weeks (Awb article 7:10(4))."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from shared.accounts.models import User
from shared.lifecycle import WorkflowError
from shared.terms.calendar import today
from subsidies import dates
from subsidies.enums import PostponementGround
from subsidies.letters import objection as letters
from subsidies.models import Objection, Postponement
from subsidies.workflow.objection import lock, saved


@transaction.atomic
def postpone(
    objection: Objection,
    *,
    ground: PostponementGround,
    until: date,
    reason: str,
    consent: str = "",
    consent_on: date | None = None,
    by: User,
    version: int | None,
) -> Postponement:
    """Name a later last day, with the consent that the ground asks for, and tell the objector (Awb 7:10(4) and (5)).

    Raises:
        WorkflowError: the extension was not used yet, the term is over, or the file does not show the consent.
    """
    objection = lock(objection, by, version)
    if why := why_not_postponed(objection):
        raise WorkflowError(why)
    _check(objection, ground, until, reason, consent, consent_on)
    by_law = ground == PostponementGround.PROCEDURE
    later = Postponement.objects.create(
        objection=objection,
        ground=ground,
        consent="" if by_law else consent.strip(),
        consent_on=None if by_law else consent_on,
        told_on=today(),
        until=until,
        reason=reason.strip(),
    )
    saved(objection, "subsidies.objection_postponed", by, letters.postponed, text=later.reason)
    return later


def why_not_postponed(objection: Objection) -> str:
    """Why no later day can be named now; empty when it can."""
    if objection.extended_on is None:
        return _("Verdaag eerst met zes weken. Verder uitstel komt daarna (Awb 7:10, vierde lid).")
    if objection.due_legal and objection.due_legal < today():
        return _("De termijn is al voorbij. Verder uitstel kan dan niet meer. Beslis zo snel mogelijk.")
    return ""


def _check(
    objection: Objection, ground: PostponementGround, until: date, reason: str, consent: str, consent_on: date | None
) -> None:
    if not reason.strip():
        raise WorkflowError(_("Schrijf waarom de beslissing nog later komt."))
    if objection.due_legal and until <= objection.due_legal:
        raise WorkflowError(_("Kies een dag na de laatste dag die nu geldt."))
    if why_free := dates.why_no_working_day(until):
        raise WorkflowError(_("Kies een werkdag: dit is %(why)s.") % {"why": why_free})
    if ground == PostponementGround.PROCEDURE:
        return
    if not consent.strip() or consent_on is None:
        raise WorkflowError(_("Schrijf wie ermee instemde, hoe, en op welke dag. Zonder instemming kan dit niet."))
    if not objection.received_on <= consent_on <= today():
        raise WorkflowError(_("De dag van de instemming ligt tussen de ontvangst van het bezwaar en vandaag."))
