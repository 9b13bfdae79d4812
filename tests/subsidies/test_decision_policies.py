"""Who may decide, for every role, in and outside the own wijk."""

from decimal import Decimal

import pytest

from shared.terms.calendar import today
from subsidies.policies import mandate_for, may_decide
from tests.factories.accounts import (
    AbsenceFactory,
    AmbassadorFactory,
    CoordinatorFactory,
    CouncilStaffFactory,
    FinanceFactory,
    ManagerFactory,
    PartnerFactory,
    UserFactory,
)
from tests.factories.subsidies import ApplicationFactory, MandateFactory

pytestmark = pytest.mark.django_db

AMOUNT = Decimal(750)


@pytest.fixture
def case():
    return ApplicationFactory(in_review=True)


@pytest.mark.parametrize(
    ("make", "may"),
    [
        (lambda case: CoordinatorFactory(wijk=case.wijk), True),
        (lambda case: case.owner, True),
        (lambda case: ManagerFactory(), True),
        (lambda case: CoordinatorFactory(), False),
        (lambda case: CoordinatorFactory(wijk=case.wijk, expired=True), False),
        (lambda case: FinanceFactory(), False),
        (lambda case: CouncilStaffFactory(), False),
        (lambda case: AmbassadorFactory(), False),
        (lambda case: PartnerFactory(wijk=case.wijk), False),
        (lambda case: UserFactory(), False),
        (lambda case: case.applicant, False),
    ],
)
def test_who_may_decide(case, make, may):
    for role in ("coordinator", "functional_manager", "finance", "partner"):
        MandateFactory(role=role)
    user = make(case)

    assert may_decide(user, case) is may
    assert (mandate_for(user, case, AMOUNT, today()) is not None) is may


def test_a_deputy_decides_for_an_absent_coordinator(case):
    MandateFactory()
    deputy = CoordinatorFactory()
    AbsenceFactory(user=CoordinatorFactory(wijk=case.wijk), deputy=deputy)

    assert mandate_for(deputy, case, AMOUNT, today()) is not None


def test_the_smallest_mandate_that_is_enough_is_used(case):
    for amount in (5000, 500, 1000):
        MandateFactory(maximum_amount=amount)

    assert mandate_for(case.owner, case, AMOUNT, today()).maximum_amount == 1000
    assert mandate_for(case.owner, case, Decimal(5001), today()) is None
