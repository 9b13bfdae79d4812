"""Still later than the extension: only with consent or for the procedure, and the clock follows (Awb 7:10(4))."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from shared.lifecycle import WorkflowError
from shared.notifications.models import OutboxMessage
from shared.terms import awb, legal_days
from shared.terms.calendar import today
from shared.terms.changes import Postponement as Agreed
from subsidies.enums import PostponementGround
from subsidies.models import Objection, Postponement
from subsidies.workflow import objection, objection_clock, objection_later
from tests.factories.accounts import ManagerFactory
from tests.subsidies.objecting import receive, refused

pytestmark = pytest.mark.django_db

CONSENT = {"consent": "Mevrouw Bewoner, per e-mail.", "consent_on": today()}


@pytest.fixture
def manager():
    return ManagerFactory()


@pytest.fixture
def extended(manager) -> Objection:
    return objection.extend(receive(refused()), reason="Wij wachten op advies.", by=manager, version=None)


def later_than(made: Objection, weeks: int) -> date:
    return legal_days.calendar().working_day_from(made.due_legal + timedelta(weeks=weeks))


def postpone(made: Objection, by, **changes) -> Postponement:
    values = {"ground": PostponementGround.OBJECTOR, "until": later_than(made, 4), "reason": "Wij praten verder."}
    return objection_later.postpone(made, **values | CONSENT | changes, by=by, version=None)


def test_the_agreed_day_becomes_the_last_day_and_the_objector_reads_why(extended, manager):
    until = later_than(extended, 4)

    postpone(extended, manager)

    extended.refresh_from_db()
    letter = OutboxMessage.objects.filter(recipient_email=extended.against.application.email).latest("pk")
    assert (extended.due_legal, extended.due_safe) == (until, until)
    assert "artikel 7:10, vierde lid, onder b" in letter.text
    assert "Mevrouw Bewoner, per e-mail." in letter.text
    assert "verder uitgesteld tot en met" in letter.text


def test_it_can_be_agreed_more_than_once_and_the_warning_follows(extended, manager):
    postpone(extended, manager)
    extended.refresh_from_db()
    first = extended.due_safe
    postpone(extended, manager, until=later_than(extended, 2))
    extended.refresh_from_db()
    OutboxMessage.objects.all().delete()

    objection_clock.warn_objection(extended, first - timedelta(weeks=2))
    early = OutboxMessage.objects.count()
    objection_clock.warn_objection(extended, extended.due_safe)

    assert extended.due_safe > first
    assert (early, OutboxMessage.objects.filter(recipient_email=manager.email).count()) == (0, 1)


def test_for_the_procedure_nobody_has_to_agree(extended, manager):
    later = postpone(extended, manager, ground=PostponementGround.PROCEDURE, consent="", consent_on=None)

    letter = OutboxMessage.objects.filter(recipient_email=extended.against.application.email).latest("pk")
    assert (later.consent, later.consent_on) == ("", None)
    assert "onder c" in letter.text


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"consent": ""}, "wie ermee instemde"),
        ({"consent_on": None}, "wie ermee instemde"),
        ({"consent_on": today() + timedelta(days=1)}, "dag van de instemming"),
        ({"ground": PostponementGround.EVERYBODY, "consent": " "}, "wie ermee instemde"),
        ({"until": today()}, "na de laatste dag"),
        ({"until": date(2030, 1, 5)}, "werkdag"),
        ({"reason": " "}, "waarom"),
    ],
)
def test_the_file_shows_consent_day_and_reason(extended, manager, changes, why):
    with pytest.raises(WorkflowError, match=why):
        postpone(extended, manager, **changes)

    assert not Postponement.objects.exists()


def test_the_extension_comes_first(manager):
    with pytest.raises(WorkflowError, match="Verdaag eerst"):
        postpone(receive(refused()), manager)


def test_after_the_last_day_nothing_can_be_postponed(extended, manager):
    Objection.objects.update(due_legal=today() - timedelta(days=1))
    extended.refresh_from_db()

    with pytest.raises(WorkflowError, match="al voorbij"):
        postpone(extended, manager, until=later_than(extended, 30))


def test_who_decided_cannot_postpone(extended):
    with pytest.raises(WorkflowError, match="10:3"):
        postpone(extended, extended.against.decided_by)


def test_a_message_after_the_term_moves_nothing():
    ended_on = date(2026, 3, 2)
    due = awb.objection_decision_due(ended_on).due_legal
    late = Agreed(due + timedelta(days=1), due + timedelta(days=60))
    in_time = Agreed(due, due + timedelta(days=60))

    assert awb.objection_decision_due(ended_on, postponements=[late]).due_legal == due
    agreed = awb.objection_decision_due(ended_on, postponements=[in_time])
    assert agreed.due_legal == agreed.due_safe == due + timedelta(days=60)


def test_the_database_asks_for_the_consent_too(extended):
    row = Postponement(
        objection=extended,
        ground=PostponementGround.OBJECTOR,
        told_on=today(),
        until=today() + timedelta(days=9),
        reason="x",
    )

    with pytest.raises(IntegrityError, match="postponement_with_consent"):
        row.save()
