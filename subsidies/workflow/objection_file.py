"""What the file of an objection holds before the decision: the record of the hearing, the advice of the committee."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from shared.accounts.models import User
from shared.lifecycle import WorkflowError
from shared.terms.calendar import today
from subsidies.enums import ObjectionOutcome
from subsidies.models import Objection
from subsidies.workflow.objection import lock, saved


@transaction.atomic
def record_hearing(objection: Objection, *, record: str, by: User, version: int | None) -> Objection:
    """Write down who was there and what was said, or that nobody came (Awb article 7:7).

    Raises:
        WorkflowError: the hearing was not there yet, or nothing is written.
    """
    objection = lock(objection, by, version)
    if why := why_no_record(objection):
        raise WorkflowError(why)
    if not record.strip():
        raise WorkflowError(_("Schrijf wie er waren en wat zij zeiden (Awb 7:7)."))
    objection.hearing_record = record.strip()
    return saved(objection, "subsidies.objection_hearing_recorded", by)


def why_no_record(objection: Objection) -> str:
    """Why no record can be made; empty when the day of the hearing has come."""
    if objection.hearing_on is None:
        return _("Er is geen hoorzitting gepland.")
    return _("De hoorzitting moet nog komen.") if objection.hearing_on > today() else ""


@transaction.atomic
def take_in_advice(
    objection: Objection, *, advised: ObjectionOutcome, advice: str, on: date, by: User, version: int | None
) -> Objection:
    """Keep what the committee advises, and when (Awb article 7:13).

    Raises:
        WorkflowError: no committee was asked, the day is in the future, or there are no words.
    """
    objection = lock(objection, by, version)
    if not objection.committee:
        raise WorkflowError(_("Er is geen adviescommissie. Zeg eerst dat een commissie advies geeft."))
    if not objection.received_on <= on <= today():
        raise WorkflowError(_("De dag van het advies ligt tussen de ontvangst van het bezwaar en vandaag."))
    if not advice.strip():
        raise WorkflowError(_("Neem het advies over: het gaat mee met de beslissing (Awb 7:13, zevende lid)."))
    objection.advised, objection.advice, objection.advised_on = advised, advice.strip(), on
    return saved(
        objection, "subsidies.objection_advised", by, text=str(ObjectionOutcome(advised).label), staff_only=True
    )
