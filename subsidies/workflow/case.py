"""What every step does: lock the case, count its dates, and write to the people around it."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from shared.accounts.enums import Role
from shared.accounts.models import User
from shared.documents.models import StoredFile
from shared.lifecycle import WorkflowError
from shared.notifications import outbox
from shared.notifications.compose import Letter
from shared.notifications.enums import Channel
from shared.notifications.outbox import Recipient
from shared.terms import legal_days
from subsidies import dates, settlement
from subsidies.completeness import place_unknown
from subsidies.enums import FilePurpose
from subsidies.models import Application, CaseFile, CaseMessage
from subsidies.policies import is_applicant, may_review

CATEGORY = "subsidies"


def lock(application: Application, version: int | None = None) -> Application:
    """Lock the row and give its newest state; refuse when it changed after the person saw `version`.

    Raises:
        StaleVersion: someone else changed the case first.
    """
    locked: Application = (
        Application.objects.locked()
        .select_related("wijk", "owner", "scheme", "scheme_version", "round")
        .get(pk=application.pk)
    )
    locked.check_version(version)
    return locked


def lock_for_review(application: Application, by: User, version: int | None = None) -> Application:
    """Lock the row for somebody who handles this case; nobody handles an application of their own (Awb article 2:4).

    Raises:
        StaleVersion: someone else changed the case first.
        WorkflowError: this person may not handle the case.
    """
    locked = lock(application, version)
    if not may_review(by, locked):
        raise WorkflowError(_("U behandelt deze aanvraag niet."))
    if is_applicant(by, locked):
        raise WorkflowError(_("Dit is uw eigen aanvraag. Laat een collega haar behandelen (Awb 2:4)."))
    return locked


def check_undecided(application: Application) -> None:
    """Refuse what only makes sense before the first decision.

    Raises:
        WorkflowError: it was taken.
    """
    if not application.is_undecided:
        raise WorkflowError(_("Over deze aanvraag is al besloten."))


def save(application: Application) -> None:
    """Count the legal dates again and save; for steps that change what the clock counts."""
    dates.refresh(application)
    settlement.refresh(application)
    application.save()


def attach(
    application: Application,
    files: Iterable[StoredFile],
    message: CaseMessage | None = None,
    purpose: str = FilePurpose.OTHER,
) -> list[CaseFile]:
    """Keep the files with the case; nothing of it is public."""
    kept = []
    for file in files:
        kept.append(CaseFile.objects.create(application=application, file=file, message=message, purpose=purpose))
        file.mark_attached()
    return kept


def applicant(application: Application) -> Recipient:
    """Who asked; the letter is printed for who has no e-mail address, or wants paper (Awb article 2:8)."""
    return Recipient(
        name=application.name,
        email=application.email if application.by_email else "",
        postal_address="\n".join(application.address_lines),
        phone=application.phone,
    )


def tell_applicant(application: Application, letter: Letter, name: str, *, to: Recipient | None = None) -> None:
    """Send a letter to the applicant, or to who stands in that place: by e-mail, or printed for who has none."""
    outbox.enqueue(
        letter,
        to=to or applicant(application),
        key=f"subsidies.{name}:{application.pk}:{application.version}",
        category=CATEGORY,
        about=application,
    )


def tell_reviewers(application: Application, letter: Letter, name: str) -> None:
    """Tell the owner, else the coordinators of the wijk or their deputies, else the functional managers."""
    tell_staff(application, reviewers(application), letter, name)


def tell_staff(application: Application, users: Iterable[User], letter: Letter, name: str) -> None:
    """Send the letter to each of these colleagues once."""
    for user in users:
        outbox.enqueue(
            letter,
            to=Recipient(name=user.name, email=user.email),
            key=f"subsidies.{name}:{application.pk}:{application.version}:{user.pk}",
            category=CATEGORY,
            about=application,
        )


def tell_once(application: Application, user: User, letter: Letter, name: str) -> None:
    """Send a letter to a colleague once, whatever happens to the case; the outbox refuses the second one."""
    outbox.enqueue(
        letter,
        to=Recipient(name=user.name, email=user.email),
        key=f"subsidies.{name}:{user.pk}",
        category=CATEGORY,
        about=application,
    )


def reviewers(application: Application) -> list[User]:
    """Who should hear about this case now; never nobody while there is a functional manager.

    While it is not known where it is, that is the manager, who chooses the buurt: no coordinator of a chance wijk.
    """
    owner = application.owner
    coordinators = [] if place_unknown(application) else User.objects.coordinators_of(application.wijk)
    return (
        (list(User.objects.standing_in_for(owner)) if owner else [])
        or list(coordinators)
        or list(User.objects.active_in_role(Role.FUNCTIONAL_MANAGER))
    )


def notified_on(application: Application, on: date, *, to: Recipient | None = None) -> date:
    """The day on which a decision is sent: an e-mail at once, a letter on the next working day (Awb article 3:41)."""
    if (to or applicant(application)).channel == Channel.EMAIL:
        return on
    return legal_days.calendar().add_working_days(on, 1)
