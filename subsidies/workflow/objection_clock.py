"""What wakes by itself about objections and notices of default: warnings before a day costs money or passes."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction

from shared.accounts.enums import Role
from shared.accounts.models import User
from shared.notifications import outbox
from shared.notifications.compose import Letter
from shared.notifications.outbox import Recipient
from subsidies.letters import default_notice as notice_letters
from subsidies.letters import objection as objection_letters
from subsidies.models import Application, DefaultNotice, Objection
from subsidies.workflow import case, default_notice

AHEAD = timedelta(weeks=2)
# Days before the penalty starts, and before it has to be set.
SHORTLY = timedelta(days=5)


@transaction.atomic
def warn_objection(objection: Objection, day: date) -> None:
    """Two weeks before we have to decide, and when that day has passed: who handles it, and the managers."""
    if objection.due_safe is None or day < objection.due_safe - AHEAD:
        return
    passed = day > objection.due_safe
    people = [*([objection.handler] if objection.handler else []), *_managers()]
    stage = "passed" if passed else "near"
    key = f"objection_{stage}:{objection.pk}:{objection.due_safe:%Y%m%d}"
    _warn(objection.against.application, people, objection_letters.due(objection, passed=passed), key)


@transaction.atomic
def warn_notice(notice: DefaultNotice, day: date) -> None:
    """Shortly before the penalty starts, when it does, and when it has to be set: reviewers and managers."""
    application = notice.application
    if notice.first_day_safe is None:
        return
    people = [*case.reviewers(application), *_managers()]
    runs = default_notice.penalty_of(notice)
    if default_notice.decided_on(notice) is None and notice.first_day_safe - SHORTLY <= day <= runs.last_day:
        stage = "runs" if day >= notice.first_day_safe else "near"
        _warn(application, people, notice_letters.warning(notice, runs), f"penalty_{stage}:{notice.pk}")
    elif default_notice.owed(notice, day):
        due = default_notice.penalty_due(notice)
        letter = notice_letters.set_penalty(notice, due or day, default_notice.owed(notice, day))
        _warn(application, people, letter, f"penalty_to_set:{notice.pk}")
    elif default_notice.decided_on(notice) is not None:
        # Decided within the two weeks: nothing is owed, and nothing is left to do.
        notice.amount = Decimal(0)
        notice.save()


def _warn(application: Application, people: Iterable[User], letter: Letter, key: str) -> None:
    """Once per person and key; the outbox refuses the second one."""
    for user in dict.fromkeys(people):
        outbox.enqueue(
            letter,
            to=Recipient(name=user.name, email=user.email),
            key=f"subsidies.{key}:{user.pk}",
            category=case.CATEGORY,
            about=application,
        )


def _managers() -> list[User]:
    return list(User.objects.active_in_role(Role.FUNCTIONAL_MANAGER))
