"""What a coordinator finds on the start page of what partners do together: how much waits, and where."""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from partners.enums.actions import ActionStatus
from partners.enums.walks import WalkStatus
from partners.models import ActionStep, Finding, JointAction, Notice, Signal, Walk
from partners.policies.organisations import organisations_of
from partners.policies.together import departments_of, readable_wijken_of
from shared.accounts.models import User
from shared.accounts.policies import wijken_of
from shared.terms.calendar import today


@dataclass(frozen=True)
class Waiting:
    """So many of something, and where they stand."""

    count: int
    label: str
    url: str


def waiting(user: User) -> list[Waiting]:
    """What waits in the wijken that this person coordinates, and what was given to an ambassador."""
    wijken = wijken_of(user)
    proposals = JointAction.objects.within(wijken).waiting_for_agreement().count()
    late = Q(action__wijk__in=wijken) | Q(responsible=user)
    steps = ActionStep.objects.to_do().filter(late, due_on__lt=today()).count()
    mine = Finding.objects.open().assigned_to(partners=organisations_of(user), departments=departments_of(user))
    loose = Finding.objects.within(wijken).filter(
        status="new", walk__status__in=[WalkStatus.WALKED, WalkStatus.REPORTED]
    )
    reports = Walk.objects.within(wijken).filter(status=WalkStatus.WALKED).count()
    unread = Notice.objects.within(wijken if wijken.exists() else readable_wijken_of(user)).unread_by(user).count()
    actions, signals, findings, walks = (
        reverse(f"partners:{name}") for name in ("actions", "signals", "findings", "walks")
    )
    found = [
        Waiting(Signal.objects.within(wijken).unseen().count(), _("nieuwe signalen"), f"{signals}?status=new"),
        Waiting(proposals, _("voorstellen voor een actie"), f"{actions}?status={ActionStatus.PROPOSED}"),
        Waiting(steps, _("stappen te laat"), f"{actions}?status=open"),
        Waiting(loose.count(), _("bevindingen om uit te zetten"), f"{findings}?status=new"),
        Waiting(mine.count(), _("bevindingen voor mij"), f"{findings}?van=mij"),
        Waiting(reports, _("verslagen om te versturen"), f"{walks}?status={WalkStatus.WALKED}"),
        Waiting(unread, _("ongelezen op het prikbord"), reverse("partners:noticeboard")),
    ]
    return [each for each in found if each.count]
