"""A new version of a check: the answers of the one before, to be looked at again."""

from django.utils import timezone

from participation.enums import CHECK_IN_PREPARATION, CheckStatus
from participation.models import ParticipationCheck, PlannedMoment, Project, StakeholderGroup
from shared.accounts.models import User
from shared.audit import trail

# What a new version takes over; the signature, the advice and the dates are its own.
ANSWERS = (
    "legal_duty",
    "legal_article",
    "law_excludes",
    "choice_left",
    "fixed",
    "open",
    "noticed_by",
    "impact",
    "area",
    "needs_knowledge",
    "knowledge",
    "enough_means",
    "means",
    "hours",
    "budget",
    "urgent",
    "urgency",
    "sensitive",
    "score",
    "advice",
    "outcome",
    "overruled_because",
    "none_reason",
    "none_text",
    "level",
    "decision_text",
    "public_text",
)
GROUP = ("name", "interest", "level", "hard_to_reach", "reached_by", "partner")


def renew_check(project: Project, *, by: User) -> ParticipationCheck:
    """A concept for the present phase with the answers of the last check; one in preparation is carried along."""
    phase = project.phases.get(kind=project.phase)
    waiting = project.checks.filter(status__in=CHECK_IN_PREPARATION).first()
    if waiting is not None:
        waiting.phase = phase
        waiting.version += 1
        waiting.save()
        return waiting
    last = project.checks.exclude(status=CheckStatus.LAPSED).order_by("-number").first()
    highest = project.checks.order_by("-number").values_list("number", flat=True).first()
    check = ParticipationCheck.objects.create(
        project=project,
        phase=phase,
        number=(highest or 0) + 1,
        previous=last,
        drafted_by=by,
        drafted_at=timezone.now(),
        **({name: getattr(last, name) for name in ANSWERS} if last else {}),
    )
    if last is not None:
        copy_parts(last, check)
    trail.record("participation.check_started", subject=project, by=by, new={"number": check.number})
    return check


def copy_parts(old: ParticipationCheck, new: ParticipationCheck) -> None:
    """The groups of one version for another; planned moments are planned anew for each phase."""
    StakeholderGroup.objects.bulk_create(
        StakeholderGroup(check_of=new, **{name: getattr(group, name) for name in GROUP}) for group in old.groups.all()
    )
    if old.phase_id == new.phase_id:
        PlannedMoment.objects.bulk_create(
            PlannedMoment(check_of=new, form=moment.form, about=moment.about, planned_on=moment.planned_on)
            for moment in old.planned_moments.all()
        )
