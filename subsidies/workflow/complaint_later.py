"""An answer to a complaint that comes still later, after the extension of four weeks (Awb article 9:11(3))."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from shared.accounts.models import User
from shared.lifecycle import WorkflowError
from shared.terms.calendar import today
from subsidies import dates
from subsidies.letters import complaint as letters
from subsidies.models import Complaint, ComplaintDelay
from subsidies.workflow.complaint import lock_for, note, tell


@transaction.atomic
def postpone(
    complaint: Complaint,
    *,
    until: date,
    reason: str,
    consent: str,
    consent_on: date,
    by: User,
    version: int | None = None,
) -> ComplaintDelay:
    """Name a later last day, to which the complainant agreed in writing, and tell them.

    Raises:
        WorkflowError: the extension was not used yet, the term is over, or the file does not show the consent.
    """
    found = lock_for(complaint, by, version)
    if why := why_not_postponed(found) or _why_not(found, until, reason, consent, consent_on):
        raise WorkflowError(why)
    later = ComplaintDelay.objects.create(
        complaint=found,
        consent=consent.strip(),
        consent_on=consent_on,
        told_on=today(),
        until=until,
        reason=reason.strip(),
    )
    found.due_on = dates.complaint_deadline(found).due_safe
    found.save(update_fields=["due_on"])
    note(found, "subsidies.complaint_postponed", by, text=later.reason)
    tell(found, letters.postponed(found, later), f"complaint_postponed.{later.pk}")
    return later


def why_not_postponed(complaint: Complaint) -> str:
    """Why no later day can be named now; empty when it can."""
    if complaint.extended_on is None:
        return _("Verdaag eerst met vier weken. Verder uitstel komt daarna (Awb 9:11, derde lid).")
    if today() > complaint.due_on:
        return _("De termijn is al voorbij. Verder uitstel kan dan niet meer. Antwoord zo snel mogelijk.")
    return ""


def _why_not(found: Complaint, until: date, reason: str, consent: str, consent_on: date) -> str:
    if not reason.strip():
        return _("Schrijf waarom het antwoord nog later komt.")
    if until <= dates.complaint_deadline(found).due_legal:
        return _("Kies een dag na de laatste dag die nu geldt.")
    if why_free := dates.why_no_working_day(until):
        return _("Kies een werkdag: dit is %(why)s.") % {"why": why_free}
    if not consent.strip():
        return _("Schrijf hoe de indiener schriftelijk instemde. Zonder instemming kan dit niet.")
    if not found.received_on <= consent_on <= today():
        return _("De dag van de instemming ligt tussen de ontvangst van de klacht en vandaag.")
    return ""
