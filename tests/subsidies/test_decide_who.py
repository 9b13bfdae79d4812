"""Who may decide: mandates, a second pair of eyes, and no interest of one's own."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from shared.lifecycle import WorkflowError
from shared.notifications.models import OutboxMessage
from shared.terms.calendar import today
from subsidies.enums import EntryKind, Status
from subsidies.models import Application, Decision, Proposal
from subsidies.workflow import decide
from subsidies.workflow.decide import SecondPairNeeded
from tests.factories.accounts import CoordinatorFactory, FinanceFactory, ManagerFactory
from tests.factories.subsidies import (
    ApplicationFactory,
    MandateFactory,
)
from tests.subsidies.deciding import decidable, grant, now, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return decidable()


def test_without_enough_mandate_nobody_decides(case):
    case.owner.__dict__.pop("assignments", None)
    MandateFactory._meta.model.objects.update(maximum_amount=Decimal(500))

    with pytest.raises(WorkflowError, match="mandaat is niet genoeg"):
        take(case, grant())


@pytest.mark.parametrize(
    "changes",
    [
        {"valid_to": date(2026, 1, 2)},
        {"valid_from": date(2099, 1, 1)},
        {"role": "finance"},
    ],
)
def test_a_mandate_of_another_time_or_role_is_none(case, changes):
    MandateFactory._meta.model.objects.update(**changes)

    with pytest.raises(WorkflowError, match="mandaat is niet genoeg"):
        take(case, grant())


def test_a_mandate_can_be_for_one_person_or_one_scheme(case):
    MandateFactory._meta.model.objects.all().delete()
    MandateFactory(user=CoordinatorFactory(), maximum_amount=Decimal(9000))
    MandateFactory(scheme=ApplicationFactory().scheme, maximum_amount=Decimal(9000))
    own = MandateFactory(user=case.owner, scheme=case.scheme, role="wijkcoördinator")

    decision = take(case, grant())

    assert decision.mandate == own


def test_a_coordinator_of_elsewhere_or_of_finance_does_not_decide(case):
    for stranger in (CoordinatorFactory(), FinanceFactory()):
        with pytest.raises(WorkflowError, match="niet beslissen"):
            take(case, grant(), by=stranger)


def test_the_applicant_never_decides(case):
    case.applicant = case.owner
    case.save()

    with pytest.raises(WorkflowError):
        take(case, grant())


@pytest.fixture
def large(case):
    """An application above the amount that one person may decide alone."""
    case.asked_amount = Decimal(1500)
    case.save()
    case.cost_lines.update(amount=Decimal(1500))
    return case


def propose(case: Application, **changes) -> decide.Proposal:
    terms = grant(amount=case.asked_amount, **changes)
    return decide.propose(case, terms=terms, by=case.owner, version=case.version)


def test_above_the_amount_one_person_may_not_decide_alone(large):
    with pytest.raises(SecondPairNeeded, match=r"1\.500,00"):
        take(large, grant(amount=Decimal(1500)))


def test_somebody_else_with_mandate_decides_what_was_proposed(large):
    colleague = CoordinatorFactory(wijk=large.wijk)
    proposal = propose(large)
    waiting = now(large)

    decision = decide.second(proposal, no_interest=True, by=colleague, version=waiting.version)

    assert waiting.status == Status.PROPOSED
    assert (decision.decided_by, decision.prepared_by) == (colleague, large.owner)
    assert now(large).status == Status.GRANTED
    assert OutboxMessage.objects.filter(recipient_email=colleague.email, subject__startswith="Voorstel").exists()


def test_who_proposed_is_not_the_second_pair(large):
    proposal = propose(large)

    with pytest.raises(WorkflowError, match="U deed dit voorstel zelf"):
        decide.second(proposal, no_interest=True, by=large.owner, version=None)


def test_the_second_pair_needs_a_mandate_and_no_interest(large):
    proposal = propose(large)
    other = CoordinatorFactory(wijk=large.wijk)

    with pytest.raises(WorkflowError, match="niet beslissen"):
        decide.second(proposal, no_interest=True, by=CoordinatorFactory(), version=None)
    with pytest.raises(WorkflowError, match="eigen belang"):
        decide.second(proposal, no_interest=False, interest="Mijn buurvrouw.", by=other, version=None)

    assert not Decision.objects.exists()


def test_whose_own_plan_it_is_does_not_decide_as_the_second_pair_whatever_they_declare(large):
    proposal = propose(large)
    neighbour = CoordinatorFactory(wijk=large.wijk)
    large.initiative.initiator = neighbour
    large.initiative.save()

    assert not decide.can_second(Proposal.objects.get(pk=proposal.pk), neighbour)
    with pytest.raises(WorkflowError, match="2:4"):
        decide.second(proposal, no_interest=True, by=neighbour, version=None)

    assert not Decision.objects.exists()


def test_an_interest_always_asks_for_a_second_pair_also_below_the_amount(case):
    terms = grant(no_interest=False, interest="De aanvrager is mijn zus.")

    with pytest.raises(SecondPairNeeded, match="mijn zus"):
        take(case, terms)
    proposal = decide.propose(case, terms=terms, by=case.owner, version=case.version)

    assert proposal.declared_interest == "De aanvrager is mijn zus."


def test_what_points_to_an_interest_asks_for_a_second_pair_too(case):
    case.initiative.initiator = case.owner
    case.initiative.save()

    with pytest.raises(SecondPairNeeded, match="initiatief"):
        take(case, grant())


def test_a_proposal_that_is_given_back_leads_to_where_the_case_stood(large):
    proposal = propose(large)

    decide.return_proposal(proposal, reason="Kijk nog eens naar de kosten.", by=ManagerFactory(), version=None)

    assert now(large).status == Status.IN_REVIEW
    assert OutboxMessage.objects.filter(recipient_email=large.owner.email, text__contains="de kosten").exists()
    with pytest.raises(WorkflowError, match="al beslist"):
        decide.second(proposal, no_interest=True, by=ManagerFactory(), version=None)


def test_what_was_proposed_is_checked_again_when_it_is_decided(large):
    proposal = propose(large)
    large.cost_lines.update(eligible=False)
    large.cost_lines.create(what="Tafels", amount=Decimal(900))

    with pytest.raises(WorkflowError, match="900,00 of minder"):
        decide.second(proposal, no_interest=True, by=CoordinatorFactory(wijk=large.wijk), version=None)

    assert now(large).status == Status.PROPOSED


def test_a_proposal_holds_the_money_until_it_is_decided_or_comes_back(case):
    case.scheme_version.four_eyes_above = Decimal(100)
    case.scheme_version.save()
    ceiling = case.scheme.ceilings.get()
    proposal = decide.propose(case, terms=grant(), by=case.owner, version=case.version)
    ceiling.refresh_from_db()
    held = ceiling.available

    decide.return_proposal(proposal, reason="De kosten kloppen niet.", by=case.owner, version=None)

    ceiling.refresh_from_db()
    assert (held, ceiling.available) == (Decimal(24_250), Decimal(25_000))


def test_two_proposals_cannot_share_the_last_money(case):
    ceiling = case.scheme.ceilings.get()
    ceiling.entries.create(kind=EntryKind.CEILING, amount=Decimal(-24_000), booked_on=ceiling.period_from)
    other = ApplicationFactory(in_review=True, scheme_version=case.scheme_version)
    case.complete_on = today() - timedelta(days=1)
    case.save()
    decide.propose(case, terms=grant(), by=case.owner, version=case.version)

    with pytest.raises(WorkflowError, match=r"nog €.250,00 beschikbaar"):
        decide.propose(other, terms=grant(), by=other.owner, version=other.version)
