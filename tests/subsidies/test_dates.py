"""The dates of a file follow from what stands in it."""

from datetime import date
from decimal import Decimal

import pytest

from subsidies import dates
from subsidies.enums import ExtensionKind, SuspensionGround
from subsidies.models import LaterDecision, Pause
from tests.factories.subsidies import ApplicationFactory, CompletionRequestFactory, RoundFactory, SchemeVersionFactory

pytestmark = pytest.mark.django_db


def test_without_a_local_term_eight_weeks_count():
    application = ApplicationFactory(received_on=date(2026, 1, 12))

    assert application.due_legal == date(2026, 3, 9)


def test_in_a_round_everyone_hears_by_the_same_day_whenever_they_applied():
    version = SchemeVersionFactory(decision_weeks=13)
    spring = RoundFactory(
        scheme=version.scheme,
        opens_on=date(2026, 4, 1),
        closes_on=date(2026, 6, 30),
        decide_by=date(2026, 9, 29),
    )

    due = [
        ApplicationFactory(scheme_version=version, round=spring, received_on=day).due_legal
        for day in (date(2026, 4, 1), date(2026, 6, 30))
    ]

    assert due == [date(2026, 9, 29)] * 2


def test_waiting_for_the_applicant_moves_the_date_and_explains_it():
    application = ApplicationFactory(received_on=date(2026, 1, 12))
    CompletionRequestFactory(
        application=application,
        sent_on=date(2026, 1, 26),
        due_on=date(2026, 2, 9),
        completed_on=date(2026, 2, 4),
    )

    deadline = dates.decision_deadline(application)

    assert deadline.due_legal == date(2026, 3, 17)
    assert "plus 8 dagen wachten op uw aanvulling" in deadline.sentence


def test_a_pause_with_consent_counts_too():
    application = ApplicationFactory(received_on=date(2026, 1, 12))
    Pause.objects.create(
        application=application,
        ground=SuspensionGround.CONSENT,
        first_day=date(2026, 2, 2),
        last_day=date(2026, 2, 11),
        text="Telefonisch afgesproken, per e-mail bevestigd.",
    )

    assert dates.decision_deadline(application).due_legal == date(2026, 3, 19)


def test_a_local_term_can_be_extended_once_by_the_scheme():
    rules = SchemeVersionFactory(decision_weeks=4, extension_weeks=4)
    application = ApplicationFactory(scheme_version=rules, received_on=date(2026, 2, 6))
    LaterDecision.objects.create(
        application=application,
        kind=ExtensionKind.EXTENSION,
        sent_on=date(2026, 3, 2),
        weeks=4,
        expected_on=date(2026, 4, 3),
        reason="Het advies laat op zich wachten.",
    )

    assert dates.decision_deadline(application).due_legal == date(2026, 4, 3)


def test_a_message_that_it_will_be_late_moves_nothing():
    application = ApplicationFactory(received_on=date(2026, 1, 5))
    LaterDecision.objects.create(
        application=application,
        kind=ExtensionKind.NOTICE,
        sent_on=date(2026, 2, 20),
        expected_on=date(2026, 4, 1),
        reason="Drukte.",
    )

    assert dates.decision_deadline(application).due_legal == date(2026, 3, 2)


@pytest.mark.parametrize(("asked", "expected"), [("500.00", date(2026, 1, 19)), ("500.01", date(2026, 2, 2))])
def test_a_small_amount_is_promised_sooner(asked, expected):
    rules = SchemeVersionFactory()

    assert dates.promised_on(date(2026, 1, 5), Decimal(asked), rules) == expected


def test_in_a_round_the_promise_is_the_day_that_the_round_names():
    found = ApplicationFactory(in_review=True, round=RoundFactory())

    dates.refresh(found)

    assert found.promised_on == found.round.decide_by
