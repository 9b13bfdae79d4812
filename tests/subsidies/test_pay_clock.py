"""What the calendar does to payments: the applicant is reminded, finance is warned."""

from datetime import timedelta

import pytest

from shared.notifications.models import OutboxMessage
from subsidies.workflow import pay
from tests.factories.accounts import FinanceFactory
from tests.subsidies.test_pay import prepare, subjects

pytestmark = pytest.mark.django_db


def test_whoever_did_not_give_an_account_is_reminded_after_one_and_after_three_weeks():
    payment = prepare()
    day = payment.decision.notified_on

    for days in (6, 7, 8, 20, 21, 22, 40):
        pay.remind_of_account(day + timedelta(days=days))

    assert sum("Herinnering" in subject for subject in subjects(payment.application)) == 2


def test_finance_is_warned_after_ten_working_days_and_on_the_last_day():
    fien = FinanceFactory()
    payment = prepare()
    day = payment.decision.notified_on

    def warned():
        return OutboxMessage.objects.filter(recipient_email=fien.email).count()

    counts = []
    for moment in (day + timedelta(days=13), day + timedelta(days=16), payment.due_on, payment.due_on):
        pay.warn_of_term(moment)
        counts.append(warned())

    assert counts == [0, 1, 2, 2]
