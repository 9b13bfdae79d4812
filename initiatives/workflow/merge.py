"""Two alike plans go on as one; no neighbour is lost."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives import letters
from initiatives.enums import InvolvementKind, Status
from initiatives.models import Initiative
from initiatives.workflow.case import lock, refresh_public_pages, tell_initiator
from initiatives.workflow.involve import recount
from shared.accounts.models import User
from shared.audit import trail
from shared.audit.enums import Visibility
from shared.lifecycle import WorkflowError


@transaction.atomic
def merge(initiative: Initiative, *, into: Initiative, by: User, version: int | None = None) -> Initiative:
    """Go on with two alike plans as one: the neighbours of both stay, the initiator of the first joins the second.

    Raises:
        WorkflowError: the other plan is this one, is closed itself, or is not on the website.
    """
    # Always lock in the same order, so that two merges the other way round cannot wait for each other.
    for pk in sorted([initiative.pk, into.pk]):
        Initiative.objects.locked().get(pk=pk)
    initiative, into = lock(initiative, version), lock(into)
    if initiative.pk == into.pk or into.merged_into_id or not into.is_published:
        raise WorkflowError(_("Kies een ander initiatief, dat op de website staat en niet zelf is samengevoegd."))
    initiative.move_to(Status.MERGED)
    initiative.merged_into, initiative.closed_at = into, timezone.now()
    initiative.save()
    _move_neighbours(initiative, into)

    trail.record(
        "initiatives.merged",
        subject=initiative,
        by=by,
        visibility=Visibility.RESIDENT,
        text=into.reference,
    )
    trail.record("initiatives.received_merge", subject=into, by=by, text=initiative.reference)
    tell_initiator(initiative, letters.merged(initiative, into), "merged")
    refresh_public_pages(into)
    return initiative


def _move_neighbours(initiative: Initiative, into: Initiative) -> None:
    """Give the target every neighbour it does not have yet; the others stay where they are, as history."""
    present = {(item.kind, item.email.lower()) for item in into.involvements.all()}
    for item in initiative.involvements.all():
        if (item.kind, item.email.lower()) not in present:
            item.initiative = into
            item.save()
    if initiative.email and (InvolvementKind.JOIN, initiative.email.lower()) not in present:
        now = timezone.now()
        into.involvements.get_or_create(
            kind=InvolvementKind.JOIN,
            email=initiative.email.lower(),
            defaults={"name": initiative.name, "asked_at": now, "confirmed_at": now},
        )
    recount(initiative)
    recount(into)
