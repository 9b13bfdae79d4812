"""What partners do together: walks and steps for who takes part, and for everybody the days of published actions."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, cast

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _

from partners.enums.actions import AT_WORK, OPEN
from partners.enums.agenda import Visibility
from partners.enums.walks import WalkStatus
from partners.models import ActionStep, JointAction, Walk
from partners.moments.audience import Audience
from partners.moments.moment import Moment
from partners.rules.agenda import Window
from shared.terms.calendar import AMSTERDAM


def walks(window: Window, audience: Audience) -> Iterator[Moment]:
    """Walks of these days; one query, and none for who has no part in them."""
    if not _has_part(audience):
        return
    begin = datetime.combine(window.first, time(), AMSTERDAM)
    end = datetime.combine(window.last + timedelta(days=1), time(), AMSTERDAM)
    for walk in _theirs(Walk.objects.filter(starts_at__gte=begin, starts_at__lt=end), audience, "wijk"):
        yield Moment(
            uid=f"wijkschouw-{walk.pk}",
            title=walk.title,
            starts=walk.starts_at,
            path=reverse("partners:walk", args=[walk.pk]),
            kind=_("wijkschouw"),
            changed_at=walk.changed_at,
            place=walk.gather_at,
            text=walk.route,
            wijken=frozenset([walk.wijk_id]),
            visibility=Visibility.PARTNERS,
            cancelled=_("De wijkschouw gaat niet door.") if walk.status == WalkStatus.CANCELLED else "",
            sequence=walk.version,
        )


def action_steps(window: Window, audience: Audience) -> Iterator[Moment]:
    """Days by which steps of joint actions must be done; one query, and none for who has no part in them."""
    if not _has_part(audience):
        return
    waiting = ActionStep.objects.filter(
        due_on__range=(window.first, window.last), done_at__isnull=True, action__status__in=OPEN
    )
    for step in _theirs(waiting.select_related("action"), audience, "action__wijk"):
        yield Moment(
            uid=f"stap-{step.pk}",
            title=_("%(action)s: %(step)s") % {"action": step.action.title, "step": step.what},
            starts=step.due_on,
            path=reverse("partners:action", args=[step.action_id]),
            kind=_("stap van een gezamenlijke actie"),
            changed_at=step.changed_at,
            wijken=frozenset([step.action.wijk_id]),
            themes=frozenset(filter(None, [step.action.theme_id])),
            visibility=Visibility.PARTNERS,
            sequence=step.version,
        )


def published_actions(window: Window, audience: Audience) -> Iterator[Moment]:
    """Days by which actions in a published wijkagenda are done; one query.

    Their steps stay with who takes part: they were written for colleagues, and the published wijkagenda has none.
    """
    days = (window.first, window.last)
    for action in JointAction.objects.published().filter(status__in=AT_WORK, due_on__range=days).select_related("wijk"):
        yield Moment(
            uid=f"actie-{action.pk}",
            title=_("%(action)s: uiterlijk klaar") % {"action": action.title},
            starts=cast("date", action.due_on),
            path=reverse("partners:wijkagenda", args=[action.wijk.slug, action.year]),
            kind=_("uit de wijkagenda"),
            changed_at=action.agreed_at or action.proposed_at,
            text=action.goal,
            wijken=frozenset([action.wijk_id]),
            themes=frozenset(filter(None, [action.theme_id])),
            sequence=action.version,
        )


def _has_part(audience: Audience) -> bool:
    return audience.reads_together or bool(audience.partner_wijken)


def _theirs(rows: models.QuerySet[Any], audience: Audience, wijk: str) -> models.QuerySet[Any]:
    """Coordinators and ambassadors see those of every wijk, a partner those of its own."""
    return rows if audience.reads_together else rows.filter(**{f"{wijk}__in": audience.partner_wijken})
