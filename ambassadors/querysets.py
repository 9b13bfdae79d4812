"""Which requests for advice, themes and contacts: chainable reads, each named for its purpose."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import CharField, Exists, F, OuterRef, Q
from django.db.models.functions import Cast

from ambassadors.enums import OPEN, AdviceStatus
from shared.accounts.enums import Role
from shared.accounts.policies import assignments_of, has_role, wijken_of
from shared.accounts.querysets import PeriodQuerySet
from shared.lifecycle import LifecycleQuerySet

if TYPE_CHECKING:
    from shared.accounts.models import User


def departments_of(user: User) -> set[int]:
    """The departments that this person is an ambassador of today, deputising included."""
    return {each.department_id for each in assignments_of(user) if each.role == Role.AMBASSADOR and each.department_id}


class AdviceRequestQuerySet(LifecycleQuerySet):
    """Reads of requests for advice."""

    def about(self, subject: models.Model) -> Self:
        """The requests about this case, the oldest first."""
        return self.filter(subject_type=subject._meta.label_lower, subject_id=str(subject.pk))

    def given_about(self, subject: models.Model) -> Self:
        """The answers about this case, with who gave them."""
        return self.about(subject).filter(status=AdviceStatus.ANSWERED).select_related("owner", "department")

    def open(self) -> Self:
        """Requests that somebody still has to answer."""
        return self.filter(status__in=OPEN)

    def awaited(self) -> Self:
        """Requests that the case waits for: the last day has not passed."""
        return self.filter(status=AdviceStatus.ASKED)

    def overdue(self, day: date) -> Self:
        """Open requests whose last day has passed."""
        return self.open().filter(due_on__lt=day)

    def due_by(self, day: date, ahead: int) -> Self:
        """Open requests whose last day has passed, or is within so many days."""
        return self.open().filter(due_on__lt=day + timedelta(days=ahead))

    def of_departments(self, departments: set[int]) -> Self:
        """What was asked of these departments."""
        return self.filter(department__in=departments)

    def visible_to(self, user: User) -> Self:
        """Of an ambassador: the own departments; of a coordinator: the own wijken and what they asked themselves."""
        if has_role(user, Role.FUNCTIONAL_MANAGER):
            return self.all()
        seen = Q(department__in=departments_of(user))
        if has_role(user, Role.COORDINATOR):
            seen |= Q(wijk__in=wijken_of(user)) | Q(wijk=None) | Q(asked_by=user)
        return self.filter(seen)

    def most_urgent_first(self) -> Self:
        """By the day on which the answer is due."""
        return self.order_by("due_on", "asked_at", "pk")


def awaits_advice(model: type[models.Model], requests: AdviceRequestQuerySet) -> Exists:
    """For a list of cases of this kind: whether an answer is still awaited, in one query."""
    about: Any = requests.awaited().filter(subject_type=model._meta.label_lower)
    return Exists(about.filter(subject_id=Cast(OuterRef("pk"), CharField())))


class ThemeDutyQuerySet(PeriodQuerySet):
    """Reads of which department answers for which theme."""

    def for_subject(self, *, themes: Collection[int], wijken: Collection[int], on: date) -> Self:
        """The duties that concern these themes there, those of a wijk itself before those of all wijken."""
        there = Q(wijk=None) | Q(wijk__in=wijken)
        found = self.active(on).filter(there, theme__in=themes)
        return found.order_by(F("wijk").asc(nulls_last=True), "department", "pk")


class ContactNoteQuerySet(models.QuerySet):
    """Reads of contacts between ambassadors and coordinators."""

    def visible_to(self, user: User) -> Self:
        """Ambassadors see those of their department; coordinators those of their wijken and of no wijk."""
        if has_role(user, Role.FUNCTIONAL_MANAGER):
            return self.all()
        seen = Q(department__in=departments_of(user)) | Q(author=user)
        if has_role(user, Role.COORDINATOR):
            seen |= Q(wijk__in=wijken_of(user)) | Q(wijk=None)
        return self.filter(seen)

    def to_follow_up(self) -> Self:
        """What was agreed and not done yet, the earliest first."""
        return self.exclude(follow_up="").filter(done_at=None).order_by(F("follow_up_on").asc(nulls_last=True), "pk")

    def coming(self, day: date) -> Self:
        """Appointments of this day and later."""
        return self.filter(held_on__gte=day, planned=True).order_by("held_on", "pk")
