"""A regulation changes: versions, opening with the guards of the law, ceilings, and draws."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine

from shared.audit.models import Event
from shared.lifecycle import WorkflowError
from shared.terms.calendar import today
from subsidies import budget
from subsidies.budget import Place
from subsidies.enums import Distribution
from subsidies.models import Ceiling
from subsidies.workflow import scheme as workflow
from tests.factories.accounts import ManagerFactory
from tests.factories.subsidies import (
    AccountabilityBandFactory,
    ApplicationFactory,
    CeilingFactory,
    CriterionFactory,
    EligibilityQuestionFactory,
    GroundFactory,
    ObligationFactory,
    RoundFactory,
    SchemeFactory,
    SchemeVersionFactory,
)
from tests.factories.wijken import WijkFactory

pytestmark = pytest.mark.django_db

COMPLETE = (
    AccountabilityBandFactory,
    CriterionFactory,
    EligibilityQuestionFactory,
    GroundFactory,
    ObligationFactory,
)


@pytest.fixture
def manager():
    return ManagerFactory()


def full_version(**kwargs):
    version = SchemeVersionFactory(number=1, **kwargs)
    for factory in COMPLETE:
        factory(scheme_version=version)
    return version


def children(version):
    return {name: [str(child) for child in getattr(version, name).all()] for name in workflow.CHILDREN}


def test_a_new_version_takes_everything_along_and_leaves_the_old_one_as_it_was(manager):
    old = full_version()
    before = children(old)

    new = workflow.make_version(old.scheme, by=manager)
    new.criteria.update(question="Iets anders?")

    assert (new.number, new.published_at, new.maximum_amount) == (2, None, old.maximum_amount)
    assert children(old) == before
    assert {name: len(rows) for name, rows in children(new).items()} == {
        name: len(rows) for name, rows in before.items()
    }


def test_there_is_one_draft_at_a_time(manager):
    old = full_version()
    workflow.make_version(old.scheme, by=manager)

    with pytest.raises(WorkflowError, match="al een concept"):
        workflow.make_version(old.scheme, by=manager)


def test_a_version_is_published_once_and_the_trail_knows(manager):
    draft = full_version(draft=True)

    workflow.publish_version(draft, by=manager)

    assert Event.objects.filter(action="subsidies.version_published").count() == 1
    with pytest.raises(WorkflowError, match="al vastgesteld"):
        workflow.publish_version(draft, by=manager)


def test_what_a_version_lacks_is_named(manager):
    draft = SchemeVersionFactory(draft=True, distribution=Distribution.RANKING, direct_settlement_until=Decimal(5000))

    with pytest.raises(workflow.SchemeNotReady) as refusal:
        workflow.publish_version(draft, by=manager)

    for word in ("criterium", "grond", "verantwoordt", "rangschikking", "Direct vaststellen"):
        assert word in str(refusal.value)


def test_a_version_does_not_change_what_people_already_applied_under(manager):
    draft = full_version(draft=True, valid_from=today() - timedelta(days=3))
    ApplicationFactory(scheme_version=SchemeVersionFactory(scheme=draft.scheme, number=7))

    with pytest.raises(workflow.SchemeNotReady, match="niet vóór vandaag"):
        workflow.publish_version(draft, by=manager)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda scheme: type(scheme).objects.filter(pk=scheme.pk).update(legal_basis=""), "4:23"),
        (lambda scheme: scheme.versions.update(published_at=None), "versie vast"),
        (lambda scheme: scheme.versions.update(distribution=Distribution.RANKING), "ronde"),
        (lambda scheme: CeilingFactory(scheme=scheme, published_on=None), "4:27"),
        (lambda scheme: CeilingFactory(scheme=scheme, published_on=today().replace(month=1, day=1)), "4:27"),
    ],
)
def test_a_scheme_does_not_open_without_what_the_law_asks(manager, spoil, said):
    scheme = full_version(scheme=SchemeFactory(opened_at=None)).scheme
    spoil(scheme)

    with pytest.raises(workflow.SchemeNotReady, match=said):
        workflow.open_scheme(scheme, by=manager)


def test_a_scheme_opens_closes_and_opens_again(manager):
    scheme = full_version(scheme=SchemeFactory(opened_at=None)).scheme
    CeilingFactory(scheme=scheme)

    assert workflow.open_scheme(scheme, by=manager).is_open
    with pytest.raises(WorkflowError, match="al open"):
        workflow.open_scheme(scheme, by=manager)
    assert not workflow.close_scheme(scheme, by=manager).is_open
    with pytest.raises(WorkflowError, match="niet open"):
        workflow.close_scheme(scheme, by=manager)
    assert workflow.open_scheme(scheme, by=manager).is_open


# Ceilings


def new_ceiling(scheme, **kwargs):
    period = {"period_from": date(2026, 1, 1), "period_to": date(2026, 12, 31), "published_on": date(2025, 12, 1)}
    return Ceiling(scheme=scheme, **(period | kwargs))


def test_a_ceiling_is_set_raised_and_lowered_through_the_ledger(manager):
    ceiling = workflow.set_ceiling(new_ceiling(SchemeFactory()), Decimal(1000), by=manager)

    workflow.raise_ceiling(ceiling, Decimal(500), reason="Begrotingswijziging", by=manager)
    workflow.lower_ceiling(ceiling, Decimal(200), published_on=today(), reason="Bezuiniging", by=manager)

    assert [entry.amount for entry in ceiling.entries.order_by("pk")] == [1000, 500, -200]
    assert budget.available(ceiling) == 1300
    assert Event.objects.filter(action="subsidies.ceiling_set").count() == 3


def test_two_ceilings_for_one_place_do_not_overlap(manager):
    scheme = SchemeFactory()
    workflow.set_ceiling(new_ceiling(scheme), Decimal(1000), by=manager)
    workflow.set_ceiling(new_ceiling(scheme, wijk=WijkFactory()), Decimal(1000), by=manager)

    with pytest.raises(WorkflowError, match="al een plafond"):
        workflow.set_ceiling(new_ceiling(scheme, period_from=date(2026, 12, 1)), Decimal(1), by=manager)


def test_a_cut_leaves_what_earlier_applicants_asked(manager):
    version = SchemeVersionFactory()
    ceiling = CeilingFactory(scheme=version.scheme, amount=1000)
    ApplicationFactory(scheme_version=version, asked_amount=Decimal(600), received_on=today() - timedelta(days=1))
    ApplicationFactory(scheme_version=version, asked_amount=Decimal(300), received_on=today())

    with pytest.raises(WorkflowError, match=r"€.400,00"):
        workflow.lower_ceiling(ceiling, Decimal(401), published_on=today(), reason="Bezuiniging", by=manager)

    workflow.lower_ceiling(ceiling, Decimal(400), published_on=today(), reason="Bezuiniging", by=manager)
    assert budget.available(ceiling) == 600


@time_machine.travel("2026-11-02 12:00", tick=False)
def test_money_moves_between_wijken_from_the_day_that_the_scheme_names(manager):
    version = SchemeVersionFactory(reallocate_on="01-11")
    here, there = (CeilingFactory(scheme=version.scheme, wijk=WijkFactory(), amount=500) for _n in range(2))

    with time_machine.travel("2026-10-31 12:00", tick=False), pytest.raises(WorkflowError, match="01-11-2026"):
        workflow.move_money(here, there, Decimal(100), by=manager)
    workflow.move_money(here, there, Decimal(100), by=manager)

    assert (budget.available(here), budget.available(there)) == (400, 600)
    with pytest.raises(WorkflowError, match="ten hoogste"):
        workflow.move_money(here, there, Decimal(401), by=manager)
    with pytest.raises(WorkflowError, match="ander plafond"):
        workflow.move_money(here, here, Decimal(1), by=manager)


def test_a_scheme_without_that_day_moves_nothing(manager):
    version = SchemeVersionFactory()
    here, there = (CeilingFactory(scheme=version.scheme, wijk=WijkFactory()) for _n in range(2))

    with pytest.raises(WorkflowError, match="kent geen overheveling"):
        workflow.move_money(here, there, Decimal(1), by=manager)


def test_lots_are_drawn_once_and_can_be_checked(manager):
    version = SchemeVersionFactory()
    ceiling = CeilingFactory(scheme=version.scheme, amount=100)
    ApplicationFactory.create_batch(3, scheme_version=version, in_review=True)

    lottery = workflow.draw_lots(ceiling, Place(complete_on=today()), by=manager)

    assert (len(lottery.drawn), budget.is_as_drawn(lottery)) == (3, True)
    with pytest.raises(WorkflowError, match="geen twee"):
        workflow.draw_lots(ceiling, Place(complete_on=today()), by=manager)


def test_a_round_makes_a_ranked_scheme_ready(manager):
    version = full_version(
        scheme=SchemeFactory(opened_at=None), distribution=Distribution.RANKING, score_criteria="Groen\nSamen"
    )
    RoundFactory(scheme=version.scheme)

    assert workflow.why_not_open(version.scheme) == []
