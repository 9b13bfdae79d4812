"""The moment itself: planned, changed, announced, cancelled, held, closed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.deadlines import feedback_due
from participation.models import PlannedMoment, Project, ProjectPhase
from participation.moments import letters, policies
from participation.moments.enums import SignUpStatus, Status
from participation.moments.models import Moment, SignUp
from participation.moments.workflow.case import CATEGORY, lock, lock_to_organise, refresh_public_pages, tell_all
from participation.moments.workflow.news import tell_followers
from participation.moments.workflow.sign_ups import move_up
from participation.workflow.case import refuse_if
from participation.workflow.running import note_feedback, note_running
from shared.accounts.models import User
from shared.audit import trail
from shared.audit.enums import Visibility
from shared.notifications import outbox
from shared.notifications.compose import Letter
from shared.notifications.outbox import Recipient
from shared.terms import legal_days
from shared.ui import page_cache


@dataclass(frozen=True)
class Details:
    """What is known of a moment before it takes place."""

    title: str
    form: str
    text: str
    starts_at: datetime
    ends_at: datetime
    phase: ProjectPhase | None = None
    planned: PlannedMoment | None = None
    invited: str = ""
    place: str = ""
    access: str = ""
    link: str = ""
    takes_sign_ups: bool = True
    capacity: int | None = None
    sign_up_until: datetime | None = None
    takes_contributions: bool = False
    question: str = ""
    choice_question: str = ""
    choices: str = ""
    contributions_until: datetime | None = None

    def values(self) -> dict[str, Any]:
        """The columns by name."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


# A change of one of these is news for who signed up.
WHEN_AND_WHERE = ("starts_at", "ends_at", "place", "link")


@transaction.atomic
def plan(project: Project, details: Details, *, by: User) -> Moment:
    """Put a moment in the planning; nobody outside sees it yet.

    Raises:
        WorkflowError: this person does not work on the project.
    """
    refuse_if("" if policies.may_organise(by, project) else _("U werkt niet aan dit project."))
    moment = Moment.objects.create(project=project, made_by=by, changed_at=timezone.now(), **details.values())
    trail.record("moments.planned", subject=moment, by=by)
    return moment


@transaction.atomic
def change(moment: Moment, details: Details, *, by: User, version: int | None = None) -> Moment:
    """Change what is known; who signed up hears of another day, hour or place, and more places fill from the list.

    Raises:
        WorkflowError: it took place or began already, or there would be fewer places than people who have one.
    """
    moment = lock_to_organise(moment, by, version)
    refuse_if(policies.why_not_change(moment) or policies.why_not_begin_at(moment, details.starts_at))
    if details.capacity is not None and details.capacity < moment.places_taken:
        refuse_if(
            _("Er hebben al %(taken)d mensen een plek. Het aantal plekken kan niet lager zijn.")
            % {"taken": moment.places_taken}
        )
    before = {name: getattr(moment, name) for name in details.__dataclass_fields__}
    for name, value in details.values().items():
        setattr(moment, name, value)
    _save(moment)
    trail.record("moments.changed", subject=moment, by=by, old=_in_words(before), new=_in_words(details.values()))
    if moment.status == Status.ANNOUNCED:
        if any(before[name] != getattr(moment, name) for name in WHEN_AND_WHERE):
            _tell_everybody(moment, letters.changed, "changed", _("Het moment is gewijzigd"))
            tell_followers(moment.project, _("%(title)s is gewijzigd") % {"title": moment.title}, moment)
        move_up(moment)
        page_cache.touch()
    return moment


@transaction.atomic
def announce(moment: Moment, *, by: User, version: int | None = None) -> Moment:
    """Invite everybody: on the website, and in the digest of who follows the project or its surroundings.

    Raises:
        WorkflowError: the project is not on the website, or the moment lies in the past.
    """
    moment = lock_to_organise(moment, by, version)
    refuse_if(policies.why_not_announce(moment))
    moment.move_to(Status.ANNOUNCED)
    moment.announced_at = timezone.now()
    _save(moment, moved=True)
    trail.record("moments.announced", subject=moment, by=by, visibility=Visibility.PUBLIC)
    note_running(moment.project, by=by)
    tell_followers(moment.project, _("U kunt meedoen: %(title)s") % {"title": moment.title}, moment)
    page_cache.touch()
    return moment


@transaction.atomic
def cancel(moment: Moment, *, reason: str, by: User, version: int | None = None) -> Moment:
    """It does not take place; everybody who signed up hears why. The database refuses this for what began as well.

    Raises:
        WorkflowError: it has begun, or people already said what they think.
    """
    moment = lock_to_organise(moment, by, version)
    refuse_if(policies.why_not_call_off(moment))
    was_public = moment.is_public
    moment.move_to(Status.CANCELLED)
    moment.cancel_reason = reason
    _save(moment, moved=True)
    trail.record("moments.cancelled", subject=moment, by=by, visibility=Visibility.PUBLIC, text=reason)
    if was_public:
        _tell_everybody(moment, letters.cancelled, "cancelled", _("Het moment gaat niet door"))
        _tell_who_spoke(moment)
        tell_followers(moment.project, _("%(title)s gaat niet door") % {"title": moment.title}, moment)
        page_cache.touch()
    return moment


@transaction.atomic
def hold(moment: Moment, *, attended: int | None = None, by: User, version: int | None = None) -> Moment:
    """It took place; from now on people wait to hear what is done with what they said."""
    moment = lock_to_organise(moment, by, version)
    refuse_if(policies.why_not_hold(moment))
    return _took_place(moment, attended=attended, by=by)


@transaction.atomic
def end_with_project(project: Project, reason: str, by: User) -> None:
    """The project stops: what has to come is called off, and of what began people still hear what was done with it."""
    for moment in Moment.objects.filter(project=project, status=Status.ANNOUNCED).order_by("pk"):
        locked = lock(moment)
        if locked.starts_at <= timezone.now():
            _took_place(locked, attended=None, by=by)
        else:
            cancel(locked, reason=reason, by=by)


@transaction.atomic
def note_past(moment: Moment, now: datetime) -> bool:
    """The time of an announced moment is over and nobody wrote it down: its feedback is owed all the same."""
    moment = lock(moment)
    if not Moment.objects.past(now).filter(pk=moment.pk).exists():
        return False
    _took_place(moment, attended=None, by=None)
    return True


@transaction.atomic
def record_attendance(
    moment: Moment, *, present: Iterable[int], others: int = 0, by: User, version: int | None = None
) -> Moment:
    """Who of the people with a place was there (keys of sign-ups), and how many came without signing up."""
    moment = lock_to_organise(moment, by, version)
    refuse_if("" if moment.status == Status.HELD else _("Dit kan als het moment is geweest."))
    placed = moment.sign_ups.placed()
    placed.update(was_there=False)
    placed.filter(pk__in=list(present)).update(was_there=True)
    moment.attended = placed.filter(was_there=True).count() + others
    _save(moment)
    trail.record("moments.attendance_recorded", subject=moment, by=by, new={"attended": moment.attended})
    refresh_public_pages(moment)
    return moment


@transaction.atomic
def close(moment: Moment, *, by: User, version: int | None = None) -> Moment:
    """Everybody heard what was done with what they said. The database refuses this step without that as well.

    Raises:
        WorkflowError: nobody was told yet.
    """
    moment = lock_to_organise(moment, by, version)
    refuse_if(policies.why_not_close(moment))
    moment.move_to(Status.CLOSED)
    moment.closed_at = timezone.now()
    _save(moment, moved=True)
    trail.record("moments.closed", subject=moment, by=by)
    note_feedback(moment.project, by=by)
    refresh_public_pages(moment)
    return moment


def _took_place(moment: Moment, *, attended: int | None, by: User | None) -> Moment:
    """The days for the feedback count from the moment, or from when nobody can add anything any more."""
    moment.move_to(Status.HELD)
    moment.held_at = timezone.now()
    moment.attended = attended
    over = min(moment.ends_at, moment.held_at)
    goes_on = moment.takes_contributions and moment.project.is_active
    last = max(over, moment.last_contribution) if goes_on else over
    moment.feedback_due_on = feedback_due(timezone.localdate(last), legal_days.calendar())
    _save(moment, moved=True)
    trail.record("moments.held", subject=moment, by=by, visibility=Visibility.PUBLIC)
    note_running(moment.project, by=by)
    refresh_public_pages(moment)
    return moment


def _save(moment: Moment, *, moved: bool = False) -> None:
    """A new version, also for who has the old page before them, and for calendars."""
    if not moved:
        moment.version += 1
    moment.changed_at = timezone.now()
    moment.save()


def _in_words(values: dict[str, object]) -> dict[str, str]:
    return {name: "" if value is None else str(value) for name, value in values.items()}


def _tell_everybody(moment: Moment, write: Callable[[SignUp], Letter], name: str, about_call: str) -> None:
    people = moment.sign_ups.filter(status__in=[SignUpStatus.PLACED, SignUpStatus.WAITING]).order_by("pk")
    tell_all(people, moment, write, name, about_call=about_call)


def _tell_who_spoke(moment: Moment) -> None:
    """Who said something online, left an address and did not sign up, hears it too."""
    known = {email.lower() for email in moment.sign_ups.exclude(email="").values_list("email", flat=True)}
    said = moment.contributions.filter(email_confirmed_at__isnull=False).exclude(email="").order_by("pk")
    for contribution in {one.email.lower(): one for one in said if one.email.lower() not in known}.values():
        contribution.moment = moment
        outbox.enqueue(
            letters.called_off(contribution),
            to=Recipient(name="", email=contribution.email),
            key=f"moments.called_off:{contribution.pk}:{moment.version}",
            category=CATEGORY,
            about=moment,
        )
