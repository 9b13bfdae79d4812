"""A decision is one act: everything that belongs to it happens, or nothing does."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection

from shared.audit.models import Event
from shared.lifecycle import StaleVersion, TransitionNotAllowed, WorkflowError
from shared.notifications.models import MessageAttachment, OutboxMessage
from shared.terms import awb
from shared.terms.calendar import today
from subsidies.enums import EntryKind, GroundKind, Outcome, Status
from subsidies.models import Application, Decision, Entry, Payment, Report
from subsidies.workflow import decide
from subsidies.workflow.decide import DecisionTerms
from tests.factories.subsidies import (
    ApplicationFactory,
    CeilingFactory,
    CompletionRequestFactory,
    GroundFactory,
    HearingFactory,
    MandateFactory,
)
from tests.subsidies.deciding import NEXT_SUMMER, decidable, grant, now, refusal, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return decidable()


def test_a_grant_does_everything_that_belongs_to_it(case):
    decision = take(case, grant())

    assert now(case).status == Status.GRANTED
    assert now(case).granted_amount == Decimal(750)
    assert decision.notified_on == today()
    assert decision.objection_due == awb.objection_due(today()).due_legal
    assert Entry.objects.get(application=case).kind == EntryKind.GRANTED
    assert Payment.objects.get().amount == Decimal(750)
    assert Payment.objects.get().due_on == awb.payment_due(today()).due_legal
    assert Report.objects.get().due_on == NEXT_SUMMER + timedelta(weeks=6)
    assert Event.objects.about(case).get(action="subsidies.decided_grant").visibility == "resident"
    assert Event.objects.about(case.initiative).filter(action="initiatives.funded").exists()


def test_the_letter_that_is_sent_is_the_one_that_was_frozen(case):
    decision = Decision.objects.get(pk=take(case, grant()).pk)

    sent = OutboxMessage.objects.get(key=f"subsidies.decision:{decision.pk}")
    attachment = MessageAttachment.objects.get(message=sent)
    assert bytes(attachment.content) == bytes(decision.letter)
    assert bytes(decision.letter).startswith(b"%PDF")


def test_who_has_no_email_gets_the_letter_on_paper_posted_the_next_working_day(case):
    case.email = ""
    case.save()

    decision = take(case, grant())

    assert OutboxMessage.objects.get(key=f"subsidies.decision:{decision.pk}").channel == "print"
    assert decision.notified_on > today()
    assert decision.objection_due == awb.objection_due(decision.notified_on).due_legal


def test_a_small_amount_is_settled_at_once(case):
    case.asked_amount = Decimal(500)
    case.save()

    take(case, grant(amount=Decimal(500)))

    assert now(case).status == Status.SETTLED
    assert now(case).settled_amount == Decimal(500)
    assert Payment.objects.get().purpose == "grant"


def test_an_advance_is_the_part_that_the_scheme_pays_beforehand(case):
    case.scheme_version.advance_percent = 60
    case.scheme_version.save()

    take(case, grant())

    assert Payment.objects.get().amount == Decimal(450)
    assert Payment.objects.get().purpose == "advance"


PARTS = [
    "subsidies_entry",
    "subsidies_decision",
    "subsidies_payment",
    "subsidies_report",
    "initiatives_initiative",
    "subsidies_application",
    "notifications_outboxmessage",
    "notifications_messageattachment",
    "audit_event",
]


@pytest.mark.parametrize("table", PARTS)
def test_when_one_part_fails_nothing_happened(case, table):
    before = everything(case)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "RAISE EXCEPTION 'no' USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
        cursor.execute(f"CREATE TRIGGER fail BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION fail()")

    with pytest.raises(IntegrityError):
        take(case, grant())

    assert everything(case) == before


def everything(case: Application) -> list[object]:
    """What a decision touches."""
    counted = [model.objects.count() for model in (Decision, Entry, Payment, Report, OutboxMessage, Event)]
    return [*counted, now(case).status, now(case).version, now(case).granted_amount]


def test_a_second_decision_on_what_somebody_saw_before_is_refused(case):
    seen = case.version
    take(case, grant())

    with pytest.raises(StaleVersion):
        decide.decide(case, terms=grant(), by=case.owner, version=seen)

    assert Decision.objects.count() == 1


def test_a_case_that_was_not_taken_up_cannot_be_decided(case):
    received = ApplicationFactory(scheme_version=case.scheme_version, wijk=case.wijk)

    with pytest.raises(TransitionNotAllowed):
        take(received, grant(), by=case.owner)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"motivation": " "}, "waarom u dit besluit neemt"),
        ({"no_interest": False}, "eigen belang"),
        ({"amount": Decimal(751)}, "750,00 of minder"),
        ({"amount": Decimal(0)}, "hoger dan"),
        ({"amount": Decimal(600)}, "deels toekennen"),
        ({"execute_until": None}, "klaar moet zijn"),
        ({"execute_until": date(2020, 1, 1)}, "vandaag of later"),
    ],
)
def test_a_grant_that_is_not_right_is_refused_in_words(case, changes, words):
    with pytest.raises(WorkflowError, match=words):
        take(case, grant(**changes))

    assert not Decision.objects.exists()


def test_an_incomplete_application_is_not_granted(case):
    case.complete_on = None
    case.save()

    with pytest.raises(WorkflowError, match="nog niet volledig"):
        take(case, grant())


def test_more_than_the_maximum_can_only_be_granted_partly_and_with_that_ground(case):
    case.asked_amount = Decimal(2500)
    case.cost_lines.update(amount=Decimal(2500))
    case.scheme_version.four_eyes_above = Decimal(5000)
    case.scheme_version.save()
    case.save()
    ground = GroundFactory(scheme_version=case.scheme_version, rule="maximum", text="Ten hoogste € 2.000.")

    with pytest.raises(WorkflowError, match=r"2\.000,00 of minder"):
        take(case, grant(amount=Decimal(2500)))
    with pytest.raises(WorkflowError, match="minstens één grond"):
        take(case, grant(outcome=Outcome.GRANT_PARTLY, amount=Decimal(2000)))
    decision = take(case, grant(outcome=Outcome.GRANT_PARTLY, amount=Decimal(2000), grounds=(ground.pk,)))

    assert list(decision.grounds.all()) == [ground]


def test_costs_that_do_not_count_lower_the_most_that_can_be_granted(case):
    case.cost_lines.update(amount=Decimal(700))

    with pytest.raises(WorkflowError, match="700,00 of minder"):
        take(case, grant())


def test_a_kind_of_activity_has_its_own_maximum(case):
    case.scheme_version.category_caps.create(name="barbecue", maximum_amount=Decimal(500))
    case.category = "barbecue"
    case.save()

    with pytest.raises(WorkflowError, match="500,00 of minder"):
        take(case, grant())


def test_a_refusal_rests_on_a_ground_of_the_scheme(case):
    elsewhere = GroundFactory()

    with pytest.raises(WorkflowError, match="minstens één grond"):
        take(case, refusal())
    with pytest.raises(WorkflowError, match="kan dit besluit nu niet dragen"):
        take(case, refusal(elsewhere))


def test_a_refusal_gives_nothing_and_says_why(case):
    ground = GroundFactory(scheme_version=case.scheme_version)

    decision = take(case, refusal(ground))

    assert now(case).status == Status.REFUSED
    assert ground.text in decision.letter_text
    assert not Payment.objects.exists()


def test_the_ceiling_is_a_ground_only_when_it_is_reached(case):
    ground = GroundFactory(scheme_version=case.scheme_version, rule="ceiling", text="Het geld is op.")

    with pytest.raises(WorkflowError, match="kan dit besluit nu niet dragen"):
        take(case, refusal(ground))


def test_a_reached_ceiling_carries_a_refusal():
    case = ApplicationFactory(in_review=True)
    MandateFactory()
    CeilingFactory(scheme=case.scheme, amount=100)
    ground = GroundFactory(scheme_version=case.scheme_version, rule="ceiling", text="Het geld is op.")

    take(case, refusal(ground))

    assert now(case).status == Status.REFUSED


def test_what_is_left_under_the_ceiling_has_to_be_granted_partly():
    case = ApplicationFactory(in_review=True)
    MandateFactory()
    CeilingFactory(scheme=case.scheme, amount=400)
    ground = GroundFactory(scheme_version=case.scheme_version, rule="ceiling", text="Het geld is op.")

    with pytest.raises(WorkflowError, match="kan dit besluit nu niet dragen"):
        take(case, refusal(ground))
    with pytest.raises(WorkflowError, match="plafond"):
        take(case, grant())
    take(case, grant(outcome=Outcome.GRANT_PARTLY, amount=Decimal(400), grounds=(ground.pk,)))

    assert now(case).granted_amount == Decimal(400)


def test_a_ground_that_needs_a_hearing_waits_for_it(case):
    ground = GroundFactory(scheme_version=case.scheme_version, article="Awb artikel 4:35", needs_hearing=True)

    with pytest.raises(WorkflowError, match="zienswijze"):
        take(case, refusal(ground))
    HearingFactory(application=case, ended_on=today(), about=[ground])
    take(case, refusal(ground))

    assert now(case).status == Status.REFUSED


def not_processed(case: Application) -> DecisionTerms:
    ground = GroundFactory(scheme_version=case.scheme_version, kind=GroundKind.NOT_PROCESSED, article="Awb 4:5")
    return DecisionTerms(Outcome.NOT_PROCESSED, "De offerte kwam niet.", grounds=(ground.pk,), no_interest=True)


@pytest.mark.parametrize(("ended", "allowed"), [(0, False), (-1, True), (-28, True), (-40, False)])
def test_an_incomplete_application_is_put_aside_only_in_the_four_weeks_after_the_term(ended, allowed):
    due_on = today() + timedelta(days=ended)
    case = ApplicationFactory(in_review=True, complete_on=None, received_on=due_on - timedelta(days=20))
    CompletionRequestFactory(application=case, sent_on=due_on - timedelta(days=14), due_on=due_on)
    MandateFactory()

    if allowed:
        take(case, not_processed(case))
        assert now(case).status == Status.NOT_PROCESSED
    else:
        with pytest.raises(WorkflowError, match="Buiten behandeling stellen"):
            take(case, not_processed(case))


def test_a_complete_application_is_never_put_aside(case):
    CompletionRequestFactory(application=case, sent_on=today() - timedelta(days=20), due_on=today() - timedelta(days=6))

    with pytest.raises(WorkflowError, match="Buiten behandeling stellen"):
        take(case, not_processed(case))
