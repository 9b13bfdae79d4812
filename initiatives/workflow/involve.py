"""Neighbours join, support or follow a plan: asked on the website, counted once the address is confirmed."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives import letters
from initiatives.enums import InvolvementKind
from initiatives.models import Initiative, Involvement
from initiatives.workflow.case import (
    CATEGORY,
    lock,
    refresh_public_pages,
    tell_initiator,
)
from shared.audit import trail
from shared.lifecycle import WorkflowError
from shared.notifications import digest, outbox
from shared.notifications.enums import Frequency
from shared.notifications.outbox import Recipient


@transaction.atomic
def ask_involvement(
    initiative: Initiative,
    *,
    kind: InvolvementKind,
    email: str,
    name: str = "",
    message: str = "",
    shares_contact: bool = False,
    frequency: str = Frequency.DAILY,
) -> Involvement:
    """A neighbour wants to join, support or follow; a letter asks to confirm, also when that was done before.

    Raises:
        WorkflowError: the plan is closed or not on the website.
    """
    initiative = lock(initiative)
    if not initiative.is_open_to_neighbours:
        raise WorkflowError(_("Dit initiatief is gesloten. U kunt er niet meer aan meedoen."))
    now = timezone.now()
    involvement = initiative.involvements.filter(kind=kind, email__iexact=email).first() or Involvement(
        initiative=initiative, kind=kind, email=email.lower()
    )
    involvement.name, involvement.message, involvement.shares_contact = (
        name,
        message,
        shares_contact,
    )
    involvement.asked_at, involvement.frequency = now, frequency
    involvement.save()

    outbox.enqueue(
        letters.confirm_involvement(involvement),
        to=Recipient(name=name, email=involvement.email),
        key=f"initiatives.involve:{involvement.pk}:{now:%Y%m%d%H%M}",
        category=CATEGORY,
        about=initiative,
    )
    return involvement


@transaction.atomic
def confirm_involvement(involvement: Involvement) -> Involvement:
    """The neighbour opened the link: from now on it counts. A second time changes nothing."""
    initiative = lock(involvement.initiative)
    involvement = initiative.involvements.get(pk=involvement.pk)
    if involvement.confirmed_at and involvement.ended_at is None:
        return involvement
    involvement.confirmed_at, involvement.ended_at = timezone.now(), None
    involvement.save()
    recount(initiative)
    # Also for who left the news of this plan before: to sign up again is to want it again.
    digest.subscribe(involvement.email, about=initiative, frequency=involvement.frequency, confirmed=True)

    trail.record(
        "initiatives.involvement_confirmed",
        subject=initiative,
        text=involvement.get_kind_display(),
    )
    if involvement.kind == InvolvementKind.JOIN:
        tell_initiator(
            initiative,
            letters.neighbour_joined(involvement),
            f"joined.{involvement.pk}",
        )
    refresh_public_pages(initiative)
    return involvement


@transaction.atomic
def stop_involvement(involvement: Involvement) -> Involvement:
    """The neighbour stops; nothing more is sent about this plan."""
    initiative = lock(involvement.initiative)
    involvement = initiative.involvements.get(pk=involvement.pk)
    if involvement.ended_at is None:
        involvement.ended_at = timezone.now()
        involvement.save()
        recount(initiative)
        # Who joined as well as supported may stop one of the two, and still wants the news.
        if not initiative.involvements.followers().filter(email__iexact=involvement.email).exists():
            digest.unfollow(involvement.email, about=initiative)
        trail.record(
            "initiatives.involvement_ended",
            subject=initiative,
            text=involvement.get_kind_display(),
        )
        refresh_public_pages(initiative)
    return involvement


@transaction.atomic
def forget_involvement(involvement: Involvement) -> None:
    """Stop, and keep neither name nor address: a neighbour has a right to that at any time (GDPR article 17)."""
    stop_involvement(involvement)
    Involvement.objects.filter(pk=involvement.pk).delete()


def recount(initiative: Initiative) -> None:
    """Store how many neighbours join and support; the row is locked by the caller."""
    active = initiative.involvements.active()
    initiative.joiners_count = active.filter(kind=InvolvementKind.JOIN).count()
    initiative.supporters_count = active.filter(kind=InvolvementKind.SUPPORT).count()
    initiative.save(update_fields=["joiners_count", "supporters_count"])
