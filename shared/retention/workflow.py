"""From the nightly list to the certificate; nothing goes without people who agreed with it."""

import hashlib
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from shared import municipality
from shared.accounts.enums import Role
from shared.accounts.models import User
from shared.accounts.policies import has_role
from shared.audit import trail
from shared.lifecycle import WorkflowError
from shared.notifications import outbox
from shared.notifications.outbox import Recipient
from shared.retention import certificate, letters
from shared.retention.holders import HOLDERS
from shared.retention.models import DestructionItem, DestructionList

CATEGORY = "retention"
TWO = 2


@transaction.atomic
def propose(day: date) -> DestructionList | None:
    """Put every file whose term is over on the open list, and tell who decides about it; None when there is none.

    Safe to run every night: what is on a list already, or is kept longer, is not put there again.
    """
    known = set(
        DestructionItem.objects.filter(
            Q(list__finished_on__isnull=True, kept_until__isnull=True) | Q(kept_until__gte=day)
        ).values_list("kind", "record_id")
    )
    fresh = [
        (holder.kind, each)
        for holder in HOLDERS.values()
        for each in holder.due(day)
        if (holder.kind, each.record_id) not in known and not holder.why_not(each.record_id, day)
    ]
    if not fresh:
        return None
    # After somebody agreed nothing is added: they agreed with what they saw.
    unseen = DestructionList.objects.select_for_update().filter(first_at__isnull=True, approved_at__isnull=True)
    found = unseen.first() or DestructionList.objects.create(made_on=day)
    for kind, each in fresh:
        # One that was taken off this list for a while is put on it again.
        back = {"kept_until": None, "kept_because": "", "kept_by": None}
        DestructionItem.objects.update_or_create(
            list=found, kind=kind, record_id=each.record_id, defaults={**vars(each), **back}
        )
    for manager in User.objects.active_in_role(Role.FUNCTIONAL_MANAGER):
        outbox.enqueue(
            letters.proposed(found, len(fresh)),
            to=Recipient(name=manager.name, email=manager.email),
            key=f"retention.proposed:{found.pk}:{day:%Y%m%d}:{manager.pk}",
            category=CATEGORY,
        )
    return found


@transaction.atomic
def keep(item: DestructionItem, *, reason: str, until: date, by: User) -> DestructionItem:
    """Take one file off the list for a while: a complaint, an appeal in court, a request under the Woo.

    Raises:
        WorkflowError: not theirs, decided already, or not into the future.
    """
    found = _lock(item.list, by)
    item = found.items.select_for_update().get(pk=item.pk)
    if not found.is_open:
        raise WorkflowError(_("Deze lijst is al goedgekeurd."))
    if until <= timezone.localdate():
        raise WorkflowError(_("Kies een dag na vandaag."))
    item.kept_until, item.kept_because, item.kept_by = until, reason, by
    item.save()
    trail.record("retention.kept", subject=found, by=by, text=item.reference, new={"until": until, "because": reason})
    return item


@transaction.atomic
def approve(found: DestructionList, *, by: User, seen: int) -> DestructionList:
    """Agree with the list as it was seen; the last one needed lets it be carried out.

    Raises:
        WorkflowError: the list changed since, was agreed already, is empty, or this person was the first one.
    """
    found = _lock(found, by)
    to_go = found.items.filter(kept_until__isnull=True).count()
    if not found.is_open:
        raise WorkflowError(_("Deze lijst is al goedgekeurd."))
    if to_go != seen:
        raise WorkflowError(_("De lijst is intussen veranderd. Bekijk haar opnieuw."))
    if not to_go:
        raise WorkflowError(_("Er staat niets op deze lijst om te vernietigen."))
    if found.first_by_id == by.pk:
        raise WorkflowError(_("U bent al akkoord. Een collega geeft het tweede akkoord."))
    now = timezone.now()
    if found.first_by_id is None:
        found.first_by, found.first_at = by, now
    else:
        found.second_by, found.second_at = by, now
    given = TWO if found.second_by_id else 1
    if given >= municipality.current().destruction_approvals:
        found.approved_at = now
    found.save()
    trail.record("retention.approved", subject=found, by=by, new={"files": to_go})
    return found


def carry_out(found: DestructionList, now: datetime) -> int:
    """Destroy every file of a list that people agreed with, each in its own transaction; then make the certificate.

    Gives how many went. Safe to run again after a break: what is gone is not done twice.
    """
    if found.is_open or found.finished_on:
        return 0
    gone = 0
    for pk in found.items.filter(kept_until__isnull=True, destroyed_at__isnull=True, refused_because="").values_list(
        "pk", flat=True
    ):
        gone += _destroy(pk, now)
    _certify(found, now)
    return gone


@transaction.atomic
def _destroy(pk: int, now: datetime) -> bool:
    item = DestructionItem.objects.select_for_update().get(pk=pk)
    holder = HOLDERS.get(item.kind)
    if not item.is_to_go or holder is None:
        return False
    day = timezone.localdate(now)
    with translation.override("nl"):
        item.refused_because = holder.why_not(item.record_id, day)[:300]
    if not item.refused_because:
        holder.destroy(item.record_id, day)
        item.destroyed_at = now
    item.save()
    return item.destroyed_at is not None


@transaction.atomic
def _certify(found: DestructionList, now: datetime) -> None:
    found = DestructionList.objects.select_for_update().get(pk=found.pk)
    if found.finished_on:
        return
    found.finished_on = timezone.localdate(now)
    content = certificate.pdf(found)
    found.certificate, found.certificate_sha256 = content, hashlib.sha256(content).hexdigest()
    found.save()
    trail.record("retention.certified", subject=found, new={"sha256": found.certificate_sha256})


def _lock(found: DestructionList, by: User) -> DestructionList:
    if not has_role(by, Role.FUNCTIONAL_MANAGER):
        raise WorkflowError(_("Alleen een functioneel beheerder beslist over vernietiging."))
    return DestructionList.objects.select_for_update().get(pk=found.pk)
