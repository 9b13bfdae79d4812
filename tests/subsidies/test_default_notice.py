"""A notice of default, and what being late costs."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from shared.lifecycle import WorkflowError
from shared.notifications.models import OutboxMessage
from shared.terms.calendar import today
from subsidies import offers
from subsidies.enums import MessageKind, ObjectionOutcome, Outcome, Status
from subsidies.models import Application, DefaultNotice, Objection, Payment, PenaltyRate
from subsidies.workflow import default_notice, no_decision, objection
from subsidies.workflow.decide import DecisionTerms
from subsidies.workflow.messages import receive_message
from tests.factories.accounts import ManagerFactory
from tests.factories.subsidies import ApplicationFactory, CaseMessageFactory, DecisionFactory, MandateFactory
from tests.sign_in import sign_in
from tests.subsidies.objecting import settle

pytestmark = pytest.mark.django_db


def notice(days_ago: int = 0, received: int = 120, **changes) -> DefaultNotice:
    """A notice that came `days_ago`, about an application of `received` days ago."""
    case = ApplicationFactory(in_review=True, received_on=today() - timedelta(days=received), **changes)
    message = CaseMessageFactory(
        application=case, kind=MessageKind.DEFAULT_NOTICE, received_on=today() - timedelta(days=days_ago)
    )
    return default_notice.receive(case, message)


def test_a_notice_after_the_term_starts_the_penalty_two_weeks_later():
    manager = ManagerFactory()

    made = notice()

    assert made.no_effect_because == ""
    assert made.first_day_safe == today() + timedelta(days=15)
    assert made.first_day >= made.first_day_safe
    to_applicant = OutboxMessage.objects.get(recipient_email=made.application.email)
    assert "1.442,00" in to_applicant.text
    warned = OutboxMessage.objects.filter(subject__startswith="Beslis vóór")
    assert {manager.email, made.application.owner.email} == set(warned.values_list("recipient_email", flat=True))


def test_a_notice_within_the_term_has_no_effect_and_says_until_when():
    made = notice(received=10)

    assert "nog tijd" in made.no_effect_because
    assert made.first_day is None
    assert "geen dwangsom" in OutboxMessage.objects.get(recipient_email=made.application.email).text


def test_a_notice_after_the_decision_has_no_effect():
    case = ApplicationFactory(refused=True)

    made = default_notice.receive(case, CaseMessageFactory(application=case))

    assert made.no_effect_because == "Wij hebben al een besluit genomen."


@pytest.mark.parametrize(("days", "amount"), [(14, 0), (15, 23), (28, 322), (29, 357), (100, 1442)])
def test_the_counter_grows_by_the_day_until_it_stops(days, amount):
    made = notice(received=300, days_ago=150)
    start = made.first_day - timedelta(days=15)

    assert default_notice.owed(made, start + timedelta(days=days)) == Decimal(amount)


def test_the_amounts_of_the_day_of_receipt_count():
    PenaltyRate.objects.create(valid_from=date(2026, 1, 1), first=25, second=40, third=50, source="Stcrt. 2026, 1")

    made = notice()

    assert default_notice.penalty_of(made).amount_on(made.first_day) == Decimal(25)


@pytest.fixture
def late():
    """A decision that came twenty days after the notice."""
    made = notice(days_ago=30)
    MandateFactory(maximum_amount=Decimal(2000))
    sent_on = made.first_day + timedelta(days=5)
    DecisionFactory(application=made.application, outcome=Outcome.REFUSE, amount=None, notified_on=sent_on)
    return made


def test_the_penalty_is_decided_and_paid(late):
    owner = late.application.owner

    decision = default_notice.set_penalty(
        late, motivation="Wij beslisten te laat.", no_interest=True, by=owner, version=None
    )

    assert decision.amount == Decimal(5 * 23)
    assert Payment.objects.get().purpose == "penalty"
    assert "dwangsom van € 115,00" in decision.letter_text.replace("\u00a0", " ")
    with pytest.raises(WorkflowError, match="al vastgesteld"):
        default_notice.set_penalty(late, motivation="Nog eens.", no_interest=True, by=owner, version=None)


def test_while_the_days_run_the_penalty_is_not_set():
    made = notice(days_ago=30)
    MandateFactory()

    with pytest.raises(WorkflowError, match="loopt nog"):
        default_notice.set_penalty(made, motivation="X", no_interest=True, by=made.application.owner, version=None)
    client = Client()
    sign_in(client, made.application.owner)
    file = client.get(reverse("admin:subsidies_application_change", args=[made.application_id])).text
    assert "De dwangsom loopt nog" in file


def test_who_decides_within_two_weeks_owes_nothing():
    made = notice(days_ago=5)
    MandateFactory()
    DecisionFactory(application=made.application, outcome=Outcome.REFUSE, amount=None)

    with pytest.raises(WorkflowError, match="geen dwangsom verschuldigd"):
        default_notice.set_penalty(made, motivation="X", no_interest=True, by=made.application.owner, version=None)


@pytest.mark.parametrize("received", [120, 10])
def test_that_nothing_is_owed_is_a_decision_to_which_people_can_object(received):
    made = notice(received=received)
    MandateFactory(maximum_amount=Decimal(2000))
    case = made.application

    denied = default_notice.deny(
        made, reason="U bent geen belanghebbende.", no_interest=True, by=case.owner, version=None
    )

    made.refresh_from_db()
    case.refresh_from_db()
    assert (denied.amount, made.decision, made.first_day, case.decided_at) == (Decimal(0), denied, None, None)
    assert (case.status, case.payments.count()) == (Status.IN_REVIEW, 0)
    words = denied.letter_text
    assert "U krijgt geen dwangsom" in words
    assert "U kunt ook bezwaar maken" in words
    assert "recht op een dwangsom" not in words
    objection.receive(denied, CaseMessageFactory(application=case, kind=MessageKind.OBJECTION))
    with pytest.raises(WorkflowError, match="al besloten"):
        default_notice.deny(made, reason="Nog eens.", no_interest=True, by=case.owner, version=None)


def test_a_founded_objection_gives_the_penalty_that_was_denied():
    made = notice(received=10)
    MandateFactory(maximum_amount=Decimal(2000))
    denied = default_notice.deny(made, reason="Te vroeg.", no_interest=True, by=made.application.owner, version=None)
    against = objection.receive(denied, CaseMessageFactory(application=made.application, kind=MessageKind.OBJECTION))
    new = DecisionTerms(Outcome.PENALTY, "U had gelijk.", amount=Decimal(115), no_interest=True)

    MandateFactory(role="functional_manager")
    settle(against, ObjectionOutcome.FOUNDED, terms=new, by=ManagerFactory())

    assert Payment.objects.get().amount == Decimal(115)


def test_where_readings_differ_the_earlier_day_counts_for_who_waits():
    case = ApplicationFactory(in_review=True, received_on=today() - timedelta(days=90))
    Application.objects.filter(pk=case.pk).update(due_safe=today() - timedelta(days=1), due_legal=today())
    case.refresh_from_db()

    made = default_notice.receive(case, CaseMessageFactory(application=case, kind=MessageKind.DEFAULT_NOTICE))

    assert made.no_effect_because == ""


class TestNoDecision:
    """An objection against a decision that does not come takes the way to the court (Awb 6:2, 6:12, 6:15 and 7:1)."""

    def late(self, received: int = 120) -> Application:
        return ApplicationFactory(in_review=True, received_on=today() - timedelta(days=received))

    def object(self, case: Application):
        return receive_message(case, kind=MessageKind.OBJECTION, text="U bent te laat.", by=case.applicant)

    def test_while_there_is_time_it_is_refused_in_words(self):
        with pytest.raises(WorkflowError, match="nog geen besluit"):
            self.object(self.late(received=5))

    def test_it_is_the_notice_of_default_that_the_appeal_needs(self):
        case = self.late()

        self.object(case)

        assert DefaultNotice.objects.get().first_day is not None
        told = OutboxMessage.objects.get(recipient_email=case.email, subject__startswith="Wij zijn te laat")
        assert "Daarom zien wij uw bericht als een ingebrekestelling" in told.text
        assert not Objection.objects.exists()

    def test_after_a_notice_it_is_an_appeal_that_is_passed_on(self):
        made = notice(days_ago=20)
        case = made.application

        message = self.object(case)
        told = OutboxMessage.objects.get(recipient_email=case.email, subject__startswith="Uw bericht over ons late")
        no_decision.forward(message, by=case.owner, version=None)

        message.refresh_from_db()
        assert "Tegen een besluit dat niet op tijd komt, kunt u geen bezwaar maken" in told.text
        assert (message.forwarded_on, message.answered_at is not None) == (today(), True)
        assert OutboxMessage.objects.filter(subject__startswith="Wij stuurden uw bericht door").exists()
        assert no_decision.to_forward(case) is None
        with pytest.raises(WorkflowError, match="al doorgestuurd"):
            no_decision.forward(message, by=case.owner, version=None)

    def test_the_page_of_the_case_says_what_the_law_gives(self):
        now = offers.standing(self.late(), today())
        found = next(each for each in offers.offers(now) if each.kind == MessageKind.OBJECTION)

        assert found.may_now
        assert "Daartegen maakt u geen bezwaar" in found.why

    def test_the_step_stands_in_the_file(self):
        made = notice(days_ago=20)
        self.object(made.application)
        client = Client()
        sign_in(client, made.application.owner)

        page = client.get(reverse("admin:subsidies_application_step", args=[made.application_id, "beroep-doorsturen"]))

        assert "doorgestuurd aan de rechtbank" in page.content.decode()
