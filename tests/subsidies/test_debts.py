"""What was paid too much: let go, wholly or in part, or paid back in parts."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from shared.audit.models import Event
from shared.lifecycle import WorkflowError
from shared.notifications.models import OutboxMessage
from shared.terms.calendar import today
from subsidies import budget, tasks
from subsidies.enums import EntryKind, ObjectionOutcome, ObjectorRole, Outcome, PaymentStatus, Status
from subsidies.forms.objection import ObjectionDecisionForm
from subsidies.models import Application, Decision, Mandate, Objection, Recovery, Waiver
from subsidies.workflow import decide
from subsidies.workflow.after import closing, recovery
from subsidies.workflow.decide import DecisionTerms, SecondPairNeeded
from subsidies.workflow.owed import overpaid, waivable
from tests.factories.accounts import ManagerFactory
from tests.factories.subsidies import (
    ApplicationFactory,
    CeilingFactory,
    DecisionFactory,
    MandateFactory,
    PaymentFactory,
)
from tests.sign_in import sign_in
from tests.subsidies.deciding import letters_left
from tests.subsidies.objecting import receive, settle
from tests.subsidies.test_admin_objection import send

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def case() -> Application:
    """€ 950 was paid, € 750 was due."""
    made = ApplicationFactory(settled=True)
    pot = CeilingFactory(scheme=made.scheme)
    for kind, amount in ((EntryKind.GRANTED, 950), (EntryKind.PAID, 950), (EntryKind.LOWERED, 200)):
        pot.entries.create(kind=kind, amount=Decimal(amount), application=made, booked_on=today())
    decision = DecisionFactory(application=made, decided_by=made.owner, notified_on=today() - 50 * DAY)
    PaymentFactory(decision=decision, amount=Decimal(950), status=PaymentStatus.PAID, credited_on=today(), ready=True)
    return made


def take(case: Application, outcome: Outcome, amount=None, **changes) -> Decision:
    case.refresh_from_db()
    given = None if amount is None else Decimal(amount)
    values = {"outcome": outcome, "motivation": "U kunt dit niet missen.", "amount": given, "no_interest": True}
    return decide.decide(case, terms=DecisionTerms(**values | changes), by=case.owner, version=case.version)


def test_a_part_of_a_recovery_is_let_go_with_letter_trail_and_ledger(case):
    take(case, Outcome.RECOVER, 200)
    left_of_ceiling = budget.available(case.scheme.ceilings.get())

    decision = take(case, Outcome.WAIVE, 150)

    found = Recovery.objects.get()
    letter = OutboxMessage.objects.get(key=f"subsidies.decision:{decision.pk}")
    assert (found.waived_amount, found.left) == (150, 50)
    assert case.entries.get(kind=EntryKind.WAIVED).amount == 150
    assert budget.available(case.scheme.ceilings.get()) == left_of_ceiling
    assert "U betaalt dus nog € 50,00 terug" in letter.text.replace("\u00a0", " ")
    assert "4:94a" in letter.text
    assert Event.objects.about(case).filter(action="subsidies.decided_waive").exists()


def test_what_was_never_asked_back_can_be_let_go_and_then_the_file_can_end(case):
    Application.objects.filter(pk=case.pk).update(due_legal=None)
    later = today() + 60 * DAY
    before = closing.is_done(case, later)

    take(case, Outcome.WAIVE, 200)
    letters_left()

    assert (overpaid(case), waivable(case)) == (0, 0)
    assert (Waiver.objects.get().recovery, before, closing.is_done(case, later)) == (None, False, True)
    with pytest.raises(WorkflowError, match="niets open"):
        take(case, Outcome.WAIVE, 1)


def test_money_that_came_back_is_not_let_go(case):
    take(case, Outcome.RECOVER, 200)
    recovery.book_received(case, amount=Decimal(120), received_on=today(), by=case.owner)

    with pytest.raises(WorkflowError, match=r"80,00 open"):
        take(case, Outcome.WAIVE, 100)
    take(case, Outcome.WAIVE, 80)

    assert not Recovery.objects.open().exists()
    assert waivable(case) == 0


@pytest.mark.parametrize("amount", [0, 201, None])
def test_no_more_than_is_open(case, amount):
    with pytest.raises(WorkflowError, match="meer kunt u niet afzien"):
        take(case, Outcome.WAIVE, amount)


def test_without_a_reason_nothing_is_let_go(case):
    with pytest.raises(WorkflowError, match="motivering"):
        take(case, Outcome.WAIVE, 100, motivation=" ")


def test_mandate_and_second_pair_count_as_for_a_recovery(case):
    version = case.scheme_version
    version.four_eyes_above = Decimal(100)
    version.save()

    with pytest.raises(SecondPairNeeded):
        take(case, Outcome.WAIVE, 101)
    version.four_eyes_above = Decimal(1000)
    version.save()
    Mandate.objects.update(maximum_amount=Decimal(100))
    with pytest.raises(WorkflowError, match="mandaat"):
        take(case, Outcome.WAIVE, 101)


def test_more_than_five_years_later_a_debt_can_still_be_let_go():
    old = ApplicationFactory(settled=True)
    decision = DecisionFactory(application=old, notified_on=date(2019, 1, 1))
    PaymentFactory(decision=decision, amount=Decimal(950), status=PaymentStatus.PAID, credited_on=today(), ready=True)

    take(old, Outcome.WAIVE, 200)

    assert Waiver.objects.get().amount == 200


def test_an_objection_can_let_go_of_the_rest(case):
    MandateFactory(role="functional_manager", maximum_amount=Decimal(5000))
    made = receive(take(case, Outcome.WAIVE, 50))
    terms = DecisionTerms(Outcome.WAIVE, "", amount=Decimal(150))

    answer = settle(made, ObjectionOutcome.FOUNDED, terms=terms, by=ManagerFactory())

    assert waivable(case) == 0
    assert "U hoeft niets meer terug te betalen" in answer.letter_text


@pytest.mark.parametrize("role", [ObjectorRole.APPLICANT, ObjectorRole.OTHER])
def test_after_an_objection_only_who_owes_it_reads_what_is_still_owed(case, role):
    MandateFactory(role="functional_manager", maximum_amount=Decimal(5000))
    made = receive(take(case, Outcome.WAIVE, 50))
    Objection.objects.update(role=role, objector_name="Bep Buur")
    made.refresh_from_db()
    terms = DecisionTerms(Outcome.WAIVE, "", amount=Decimal(100))

    usual = ObjectionDecisionForm(case=case, user=made.handler)["amount"].initial
    answer = settle(made, ObjectionOutcome.FOUNDED, terms=terms, by=ManagerFactory())

    assert usual == waivable(case) + 100
    told = OutboxMessage.objects.filter(key__contains="decision_told").first()
    to_applicant = told.text if told else answer.letter_text
    assert (told is not None, "U betaalt nog" in answer.letter_text) == (made.by_other, not made.by_other)
    assert "U betaalt nog € 50,00 terug." in to_applicant.replace("\u00a0", " ")
    assert "hoeft nu nog niets te betalen" not in to_applicant
    # Who is not the applicant has no page to look on.
    assert "de pagina van uw aanvraag" in to_applicant
    assert ("de pagina van uw aanvraag" in answer.letter_text) == (not made.by_other)


def test_paying_back_in_parts_moves_the_last_day_and_keeps_reminders_away(case):
    take(case, Outcome.RECOVER, 200)
    first = today() + 30 * DAY

    decision = take(case, Outcome.DEFER, 200, instalment=Decimal(75), first_part_on=first)

    found = Recovery.objects.get()
    text = decision.letter_text.replace("\u00a0", " ")
    assert (found.instalment, found.first_part_on) == (75, first)
    assert found.due_on == decision.payment_due > first + 50 * DAY
    assert "elke maand € 75,00" in text
    assert "vragen wij geen rente" in text
    OutboxMessage.objects.all().delete()
    tasks.watch_reports()
    assert not OutboxMessage.objects.exists()
    assert recovery.remind(found, found.due_on + DAY)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"instalment": Decimal(0)}, "per maand"),
        ({"instalment": Decimal(300)}, "per maand"),
        ({"instalment": Decimal(1)}, "langer dan 36 maanden"),
        ({"first_part_on": today()}, "na vandaag"),
        ({"amount": Decimal(100)}, "alles wat nog open staat"),
    ],
)
def test_an_arrangement_ends_and_covers_all(case, changes, why):
    take(case, Outcome.RECOVER, 200)
    values = {"instalment": Decimal(50), "first_part_on": today() + DAY}

    with pytest.raises(WorkflowError, match=why):
        take(case, Outcome.DEFER, **{"amount": 200} | values | changes)


def test_the_file_page_offers_it_and_shows_what_became_of_it(case):
    client = Client()
    sign_in(client, case.owner)
    address = reverse("admin:subsidies_application_change", args=[case.pk])
    first = today() + 30 * DAY
    parts = {f"first_part_on_{n}": str(part) for n, part in enumerate((first.day, first.month, first.year))}

    told = {"motivation": "U kunt dit niet missen.", "no_interest": "on"}
    send(client, case, "terugvorderen", outcome="recover", amount="200", **told)
    send(client, case, "afzien-van-terugvordering", outcome="waive", amount="50", **told)
    send(client, case, "betalingsregeling", outcome="defer", instalment="50", **told, **parts)
    page = re.sub(r"\s+", " ", client.get(address).content.decode().replace("\u00a0", " "))

    assert "nog € 150,00 open" in page
    assert "van afgezien: € 50,00" in page
    assert "in delen van € 50,00 per maand" in page
    assert Application.objects.get(pk=case.pk).status == Status.SETTLED


def test_who_owes_nothing_is_not_offered_any_of_it():
    case = ApplicationFactory(settled=True)
    client = Client()
    sign_in(client, case.owner)

    page = client.get(reverse("admin:subsidies_application_change", args=[case.pk])).content.decode()
    step = client.get(reverse("admin:subsidies_application_step", args=[case.pk, "afzien-van-terugvordering"]))

    assert "Afzien van terugvordering" not in page
    assert step.status_code == 302
