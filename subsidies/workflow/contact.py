"""How the applicant is called and reached: changed by the applicant or a colleague, an address only once confirmed."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shared.accounts import workflow as accounts
from shared.accounts.models import User
from shared.audit import trail
from shared.audit.enums import Visibility
from shared.lifecycle import WorkflowError
from shared.notifications import outbox
from shared.notifications.compose import Letter
from shared.notifications.outbox import Recipient
from subsidies.enums import UNDECIDED
from subsidies.letters import contact as letters
from subsidies.models import Application
from subsidies.workflow.apply import lives_here
from subsidies.workflow.case import CATEGORY, lock, tell_applicant


@dataclass(frozen=True)
class Contact:
    """Each name is a column of the application."""

    name: str
    organisation: str = ""
    street: str = ""
    house_number: str = ""
    postcode: str = ""
    town: str = ""
    email: str = ""
    phone: str = ""
    by_email: bool = True


def contact_of(application: Application) -> Contact:
    """What is known now."""
    return Contact(**{name: getattr(application, name) for name in Contact.__dataclass_fields__})


@transaction.atomic
def change_contact(
    application: Application, contact: Contact, *, by: User | None, version: int | None = None
) -> Application:
    """Keep what changed, with old and new in the file, and confirm it to the applicant.

    Another e-mail address waits until who reads it confirms it: until then all goes to the one that we know. Without
    an address letters go on paper from now on. `by` is nobody for who came by the link of a letter.
    """
    application = lock(application, version)
    old, new = asdict(contact_of(application)), asdict(contact)
    wanted, known = new.pop("email"), old.pop("email")
    asks_again = bool(wanted) and wanted.lower() != known.lower()
    drops_address = bool(known) and not wanted
    changed = [name for name in new if new[name] != old[name]]
    leaves_email = application.reads_email and not contact.by_email
    if not changed and not drops_address and wanted == application.email_pending == "":
        # The same address in other letters is the same address.
        return application

    for name in changed:
        setattr(application, name, new[name])
    if application.status in UNDECIDED:
        application.lives_here = lives_here(application.postcode, application.town)
    application.email_pending = wanted if asks_again else ""
    application.version += 1
    application.save()
    if drops_address:
        # Said to the address itself, the last time that something goes there.
        tell_applicant(application, letters.address_dropped(application), "address_dropped")
        old["email"], new["email"] = known, ""
        application.email = ""
        application.save(update_fields=["email"])
    if changed or drops_address:
        trail.record(
            "subsidies.contact_changed", subject=application, by=by, visibility=Visibility.RESIDENT, old=old, new=new
        )
    if changed:
        _tell_of_change(application, changed, leaves_email=leaves_email)
    if asks_again:
        _ask_to_confirm(application)
    return application


@transaction.atomic
def confirm_new_email(application: Application, *, email: str) -> Application:
    """Who reads this address pressed the button: from now on all goes there. A second press changes nothing.

    Raises:
        WorkflowError: another address was asked for since, or none.
    """
    application = lock(application)
    if application.email.lower() == email.lower():
        return application
    if application.email_pending.lower() != email.lower():
        raise WorkflowError(_("Deze link geldt niet meer: er is daarna iets anders doorgegeven. Bel ons bij twijfel."))
    old = application.email
    if old:
        _send(application, letters.email_changed(application, email), old, "email_left")
    application.email, application.email_pending = email, ""
    application.applicant = accounts.resident_for(email, name=application.name)
    application.version += 1
    application.save()
    trail.record(
        "subsidies.email_changed",
        subject=application,
        by=application.applicant,
        visibility=Visibility.RESIDENT,
        old={"email": old},
        new={"email": email},
    )
    tell_applicant(application, letters.email_confirmed(application), "email_confirmed")
    return application


def _tell_of_change(application: Application, changed: Sequence[str], *, leaves_email: bool) -> None:
    letter = letters.contact_changed(application, changed)
    if leaves_email and application.email:
        # Said to the address as well, the last time that something goes there (Awb article 2:9).
        _send(application, letter, application.email, "left_email")
    tell_applicant(application, letter, "contact_changed")


def _ask_to_confirm(application: Application) -> None:
    """The link goes to the new address; asking for the same one again sends it again."""
    letter, moment = letters.confirm_email(application), timezone.now()
    _send(application, letter, application.email_pending, f"confirm_email.{moment:%Y%m%d%H%M}")


def _send(application: Application, letter: Letter, email: str, name: str) -> None:
    outbox.enqueue(
        letter,
        to=Recipient(name=application.name, email=email),
        key=f"subsidies.{name}:{application.pk}:{application.version}",
        category=CATEGORY,
        about=application,
    )
