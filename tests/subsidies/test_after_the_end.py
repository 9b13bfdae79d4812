"""The end of a case: settled, money that comes back, a mark for the municipality, and closed."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from shared.audit.models import Event
from shared.lifecycle import WorkflowError
from shared.terms.calendar import today
from subsidies import budget, rules, tasks
from subsidies.enums import (
    EntryKind,
    GroundKind,
    Outcome,
    PaymentStatus,
    RetentionClass,
    Status,
)
from subsidies.forms.decide import SettleForm
from subsidies.models import Application, Entry, Evaluation, Recovery, Report
from subsidies.workflow.after import closing, evaluation, recovery, report
from subsidies.workflow.decision_terms import DecisionTerms
from tests.factories.accounts import CoordinatorFactory, FinanceFactory, ManagerFactory
from tests.factories.initiatives import InitiativeFactory
from tests.factories.subsidies import (
    ApplicationFactory,
    CeilingFactory,
    DecisionFactory,
    GroundFactory,
    HearingFactory,
    MandateFactory,
    PaymentFactory,
    ReportFactory,
)
from tests.subsidies.afterwards import DAY, owner_of, sent
from tests.subsidies.deciding import take

pytestmark = pytest.mark.django_db

WHOLE = DecisionTerms(Outcome.SETTLE, "Alles is gedaan.", amount=Decimal(750), no_interest=True)


@pytest.fixture
def case():
    """A granted application of € 750 with a plan on the website, that has to send a report."""
    made = ApplicationFactory(granted=True, initiative=InitiativeFactory(accepted=True, published=True))
    ReportFactory(application=made)
    return made


class TestSettling:
    """After approval the amount is set; lower only on the four grounds, and after a hearing (Awb article 4:46)."""

    @pytest.fixture
    def settling(self, case):
        CeilingFactory(scheme=case.scheme)
        MandateFactory()
        budget.grant(case, Decimal(750), by=case.owner, on=today())
        sent(case)
        report.approve(case, by=owner_of(case))
        case.refresh_from_db()
        return case

    def test_not_before_the_report_was_looked_at(self, case):
        MandateFactory()
        sent(case)
        case.refresh_from_db()

        with pytest.raises(WorkflowError, match="Beoordeel eerst het verslag"):
            take(case, WHOLE)

    def test_the_form_starts_with_what_was_spent(self, settling):
        Report.objects.update(spent=Decimal(600))

        assert SettleForm(case=settling, user=settling.owner)["amount"].value() == "600,00"

    def test_the_whole_amount(self, settling):
        take(settling, WHOLE)

        settling.refresh_from_db()
        assert (settling.status, settling.settled_amount) == (Status.SETTLED, Decimal(750))

    def test_lower_waits_for_a_hearing(self, settling):
        ground = GroundFactory(
            scheme_version=settling.scheme_version, kind=GroundKind.LOWER, article="Awb artikel 4:46, tweede lid, a"
        )
        terms = {"amount": Decimal(700), "grounds": (ground.pk,), "no_interest": True}
        lower = DecisionTerms(Outcome.SETTLE_LOWER, "Een deel is niet uitgegeven.", **terms)

        with pytest.raises(WorkflowError, match="zienswijze"):
            take(settling, lower)
        about = {"outcome": Outcome.SETTLE_LOWER, "amount": Decimal(700), "about": [ground]}
        HearingFactory(application=settling, asked_on=today() - DAY * 20, due_on=today() - DAY, **about)
        take(settling, lower)

        settling.refresh_from_db()
        assert settling.settled_amount == Decimal(700)
        assert Entry.objects.filter(application=settling, kind=EntryKind.LOWERED).get().amount == Decimal(50)

    @pytest.mark.parametrize(
        ("spent", "keep", "back"),
        [(None, 0, 0), (750, 0, 0), (700, 0, 50), (700, 50, 0), (699, 50, 51), (800, 0, 0)],
    )
    def test_what_is_left_over_comes_back_above_what_people_may_keep(self, spent, keep, back):
        spent = None if spent is None else Decimal(spent)

        assert rules.unspent(Decimal(750), spent, Decimal(keep)) == Decimal(back)


class TestRecovery:
    """Money that has to come back is booked when it is there."""

    @pytest.fixture
    def owed(self):
        case = ApplicationFactory(settled=True)
        CeilingFactory(scheme=case.scheme)
        budget.grant(case, Decimal(750), by=case.owner, on=today())
        budget.paid(case, Decimal(750), by=case.owner, on=today())
        decision = DecisionFactory(application=case, outcome=Outcome.RECOVER, amount=Decimal(200))
        return Recovery.objects.create(
            application=case, decision=decision, amount=Decimal(200), due_on=today() + timedelta(weeks=6)
        )

    def test_a_part_and_then_the_rest(self, owed):
        recovery.book_received(owed.application, amount=Decimal(150), received_on=today(), by=FinanceFactory())
        part = Recovery.objects.get()
        recovery.book_received(owed.application, amount=Decimal(50), received_on=today(), by=FinanceFactory())

        whole = Recovery.objects.get()
        assert (part.left, part.received_on) == (Decimal(50), None)
        assert (whole.left, whole.received_on) == (Decimal(0), today())
        booked = Entry.objects.filter(kind=EntryKind.RECLAIMED).order_by("pk").values_list("amount", flat=True)
        assert list(booked) == [Decimal(150), Decimal(50)]

    @pytest.mark.parametrize("amount", [Decimal(0), Decimal(-1), Decimal("200.01")])
    def test_no_more_than_is_owed(self, owed, amount):
        with pytest.raises(WorkflowError, match="ten hoogste"):
            recovery.book_received(owed.application, amount=amount, received_on=today(), by=FinanceFactory())

        assert not Entry.objects.filter(kind=EntryKind.RECLAIMED).exists()

    def test_not_from_the_future(self, owed):
        with pytest.raises(WorkflowError, match="toekomst"):
            recovery.book_received(owed.application, amount=Decimal(1), received_on=today() + DAY, by=FinanceFactory())

    def test_who_is_late_is_reminded_once(self, owed):
        assert [recovery.remind(owed, owed.due_on + DAY * n) for n in (0, 1, 2)] == [False, True, False]

    def test_after_five_years_nothing_can_be_claimed_any_more(self):
        case = ApplicationFactory(settled=True)
        MandateFactory()
        DecisionFactory(application=case, outcome=Outcome.SETTLE, notified_on=today() - timedelta(days=5 * 366))
        terms = DecisionTerms(Outcome.RECOVER, "Te veel betaald.", amount=Decimal(100), no_interest=True)

        with pytest.raises(WorkflowError, match="vijf jaar"):
            take(case, terms)


class TestEvaluation:
    """Asked once, answered once, never required."""

    def test_it_is_asked_once(self, case):
        assert [evaluation.ask(case), evaluation.ask(case)] == [True, False]

    def test_nobody_is_asked_on_paper(self):
        assert evaluation.ask(ApplicationFactory(granted=True, without_email=True)) is False

    def test_the_first_answer_stands(self, case):
        evaluation.ask(case)
        evaluation.answer(case, mark=8, text="Snel.")

        with pytest.raises(WorkflowError, match="al beantwoord"):
            evaluation.answer(case, mark=1, text="")

        assert Evaluation.objects.get().mark == 8

    def test_who_gets_no_money_is_asked_too_two_weeks_later(self):
        refused = ApplicationFactory(refused=True, decided_at=timezone.now() - timedelta(days=15))
        ApplicationFactory(refused=True, decided_at=timezone.now() - timedelta(days=3))

        tasks.finish_cases()

        assert Evaluation.objects.get().application == refused


class TestClosing:
    """A case ends when nothing runs any more; how it ended says how long it is kept."""

    @pytest.mark.parametrize(
        ("trait", "kept"),
        [
            ("settled", RetentionClass.GRANTED_WITHOUT_ACCOUNT),
            ("refused", RetentionClass.REFUSED),
            ("not_processed", RetentionClass.BROKEN_OFF),
            ("withdrawn", RetentionClass.BROKEN_OFF),
        ],
    )
    def test_the_class_follows_from_the_outcome(self, trait, kept):
        case = ApplicationFactory(**{trait: True})

        assert closing.close(case, today()) is True

        case.refresh_from_db()
        assert (case.status, case.retention_class, case.closed_on) == (Status.CLOSED, kept, today())

    def test_with_a_report_it_counts_as_accounted_for(self):
        case = ApplicationFactory(settled=True)
        ReportFactory(application=case, received_on=today(), approved_on=today())

        closing.close(case, today())

        case.refresh_from_db()
        assert case.retention_class == RetentionClass.GRANTED

    def test_a_revoked_grant_is_kept_for_ten_years(self):
        case = ApplicationFactory(settled=True, status=Status.REVOKED)

        closing.close(case, today())

        case.refresh_from_db()
        assert RetentionClass(case.retention_class).years == 10

    @pytest.mark.parametrize("why", ["objection term", "payment", "recovery", "report", "unread", "granted"])
    def test_what_still_runs_keeps_it_open(self, why):
        case = ApplicationFactory(granted=True) if why == "granted" else ApplicationFactory(settled=True)
        past = {"application": case, "notified_on": date(2020, 1, 1), "objection_due": date(2020, 2, 12)}
        if why == "objection term":
            DecisionFactory(application=case)
        elif why == "payment":
            PaymentFactory(decision=DecisionFactory(**past), status=PaymentStatus.READY)
        elif why == "recovery":
            Recovery.objects.create(
                application=case, decision=DecisionFactory(**past), amount=Decimal(1), due_on=today()
            )
        elif why == "report":
            ReportFactory(application=case)
        elif why == "unread":
            Application.objects.filter(pk=case.pk).update(unread_since=timezone.now())

        assert closing.close(case, today()) is False

        case.refresh_from_db()
        assert case.retention_class == ""

    def test_the_task_closes_each_case_once(self):
        case = ApplicationFactory(withdrawn=True)

        tasks.finish_cases()
        tasks.finish_cases()

        assert Event.objects.about(case).filter(action="subsidies.closed").count() == 1


def test_a_coordinator_of_elsewhere_cannot_judge_a_report(case):
    sent(case)

    with pytest.raises(WorkflowError, match="behandelt"):
        report.approve(case, by=CoordinatorFactory())
    report.approve(case, by=ManagerFactory())
