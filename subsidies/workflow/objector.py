"""Who objects: the applicant, somebody for the applicant, or another interested party; letters go to that person."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from shared.accounts.models import User
from shared.audit import trail
from shared.audit.enums import Visibility
from shared.lifecycle import WorkflowError
from shared.notifications.outbox import Recipient
from shared.terms.calendar import today
from subsidies.enums import ObjectorRole
from subsidies.models import Objection
from subsidies.workflow import case


@dataclass(frozen=True)
class Objector:
    """Name and address as the law asks of an objection (Awb article 6:5); empty for the applicant."""

    role: ObjectorRole = ObjectorRole.APPLICANT
    name: str = ""
    email: str = ""
    address: str = ""
    # When we saw the written authorisation (Awb article 2:1(2)).
    authorised_on: date | None = None

    @property
    def recipient(self) -> Recipient | None:
        """Who gets the letters; None when that is the applicant."""
        if self.role == ObjectorRole.APPLICANT:
            return None
        return Recipient(self.name, self.email, "\n".join([self.name, *self.address.splitlines()]))


APPLICANT = Objector()


def check(objector: Objector) -> None:
    """Somebody else is known by name, and can be written to.

    Raises:
        WorkflowError: name or address is missing, or the authorisation is of a later day.
    """
    if objector.role == ObjectorRole.APPLICANT:
        return
    if not objector.name.strip() or not (objector.email or objector.address.strip()):
        raise WorkflowError(_("Vul de naam van de indiener in, met een e-mailadres of een postadres (Awb 6:5)."))
    if objector.authorised_on and objector.authorised_on > today():
        raise WorkflowError(_("De dag waarop u de machtiging zag, is vandaag of eerder."))


def put_on(objection: Objection, objector: Objector) -> None:
    """Write on the objection, in memory, who made it."""
    check(objector)
    objection.role = objector.role
    other = objector.role != ObjectorRole.APPLICANT
    objection.objector_name = objector.name.strip() if other else ""
    objection.objector_email = objector.email.strip() if other else ""
    objection.objector_address = objector.address.strip() if other else ""
    acts_for = objector.role == ObjectorRole.REPRESENTATIVE
    objection.authorised_on = objector.authorised_on if acts_for else None


def of(objection: Objection) -> Objector:
    """Who made it, as it stands in the file."""
    return Objector(
        ObjectorRole(objection.role),
        objection.objector_name,
        objection.objector_email,
        objection.objector_address,
        objection.authorised_on,
    )


def recipient(objection: Objection) -> Recipient:
    """Who gets the letters about the objection."""
    return of(objection).recipient or case.applicant(objection.against.application)


@transaction.atomic
def correct(objection: Objection, *, objector: Objector, by: User, version: int | None) -> Objection:
    """Say who objects, or that the authorisation is there."""
    application = case.lock_for_review(objection.against.application, by, version)
    found: Objection = Objection.objects.locked().select_related("against").get(pk=objection.pk)
    found.against.application = application
    put_on(found, objector)
    found.version += 1
    found.save()
    application.version += 1
    application.save()
    words = str(ObjectorRole(objector.role).label)
    trail.record("subsidies.objector_named", subject=application, by=by, visibility=Visibility.STAFF, text=words)
    return found
