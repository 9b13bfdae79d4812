"""Two people decide on an objection when a lot of money moves or somebody may have an interest."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from shared.lifecycle import WorkflowError
from shared.notifications.models import OutboxMessage
from shared.terms.calendar import today
from subsidies.budget import position
from subsidies.enums import EntryKind, ObjectionOutcome, ObjectionStatus, Outcome, Status
from subsidies.models import Application, Decision, Mandate, Objection, Proposal
from subsidies.workflow import objection, objection_proposal
from subsidies.workflow.decide import DecisionTerms, SecondPairNeeded
from subsidies.workflow.objection_terms import ObjectionTerms
from tests.factories.accounts import CoordinatorFactory, ManagerFactory
from tests.factories.subsidies import ApplicationFactory, CeilingFactory, DecisionFactory, MandateFactory
from tests.sign_in import sign_in
from tests.subsidies.objecting import receive, refused, settle
from tests.subsidies.test_admin_decide import next_step
from tests.subsidies.test_admin_objection import send

pytestmark = pytest.mark.django_db

GRANT = DecisionTerms(Outcome.GRANT, "", amount=Decimal(1500), execute_until=today().replace(year=today().year + 1))
FOUNDED = ObjectionTerms(
    ObjectionOutcome.FOUNDED, "De straat is toch open.", GRANT, no_interest=True, without_hearing="U krijgt gelijk."
)


@pytest.fixture
def people():
    """Two managers with a mandate, who had no part in the refusal."""
    MandateFactory(role="functional_manager", maximum_amount=Decimal(5000))
    return ManagerFactory(name="Greet de Groot"), ManagerFactory(name="Bram Bakker")


@pytest.fixture
def made() -> Objection:
    """An objection to the refusal of € 1,500, above what one person may decide on."""
    case = ApplicationFactory(refused=True, asked_amount=Decimal(1500))
    CeilingFactory(scheme=case.scheme)
    return receive(DecisionFactory(application=case, outcome=Outcome.REFUSE, amount=None, decided_by=case.owner))


def test_above_the_amount_one_proposes_and_another_decides(made, people):
    first, second = people
    case = made.against.application

    with pytest.raises(SecondPairNeeded, match=r"meer dan"):
        settle(made, ObjectionOutcome.FOUNDED, terms=GRANT, by=first)
    proposal = objection_proposal.propose(made, plan=FOUNDED, by=first, version=None)
    with pytest.raises(WorkflowError, match="zelf"):
        objection_proposal.second(proposal, no_interest=True, by=first, version=None)
    decision = objection_proposal.second(proposal, no_interest=True, by=second, version=None)

    made.refresh_from_db()
    assert made.status == ObjectionStatus.DECIDED
    assert (decision.decided_by, decision.prepared_by) == (second, first)
    assert "U krijgt gelijk." in decision.letter_text
    assert Application.objects.get(pk=case.pk).granted_amount == Decimal(1500)


def test_the_money_is_kept_while_a_colleague_looks_and_free_when_it_comes_back(made, people):
    first, second = people
    case = made.against.application
    ceiling = case.scheme.ceilings.get()

    proposal = objection_proposal.propose(made, plan=FOUNDED, by=first, version=None)
    kept = position.open_reservation(ceiling.pk, case.pk)
    objection_proposal.return_proposal(proposal, reason="Noem het artikel.", by=second, version=None)

    made.refresh_from_db()
    case.refresh_from_db()
    assert kept == Decimal(1500)
    assert position.open_reservation(ceiling.pk, case.pk) == 0
    assert (made.status, case.status) == (ObjectionStatus.RECEIVED, Status.REFUSED)
    assert OutboxMessage.objects.filter(recipient_email=first.email, subject__contains="teruggegeven").exists()


def test_who_had_a_part_in_the_first_decision_is_never_the_second_pair(made, people):
    MandateFactory()
    owner = made.against.decided_by
    proposal = objection_proposal.propose(made, plan=FOUNDED, by=people[0], version=None)

    with pytest.raises(WorkflowError, match="10:3"):
        objection_proposal.second(proposal, no_interest=True, by=owner, version=None)
    assert not objection_proposal.can_second(proposal, owner)
    assert not OutboxMessage.objects.filter(recipient_email=owner.email, subject__contains="Voorstel").exists()


def test_upholding_a_small_refusal_needs_one_person_and_taking_money_needs_two(people):
    small = settle(receive(refused()), by=people[0])
    case = ApplicationFactory(granted=True, status=Status.REVOKED, granted_amount=Decimal(1500))
    big = receive(DecisionFactory(application=case, outcome=Outcome.RECOVER, amount=Decimal(1500)))

    assert small.outcome == Outcome.OBJECTION
    with pytest.raises(SecondPairNeeded):
        settle(big, by=people[0])


@pytest.mark.parametrize("declared", [True, False])
def test_who_may_have_an_interest_proposes_and_a_colleague_decides(people, declared):
    first, second = people
    decision = refused()
    if not declared:
        Application.objects.filter(pk=decision.application_id).update(name=f"Oma {first.name.split()[-1]}")
    made = Objection.objects.get(pk=receive(decision).pk)
    interest = {"no_interest": False, "interest": "Ik ben de buurvrouw."} if declared else {"no_interest": True}
    plan = ObjectionTerms(ObjectionOutcome.UNFOUNDED, "Nee.", without_hearing="U zag ervan af.", **interest)

    with pytest.raises(SecondPairNeeded, match=r"belang|achternaam"):
        settle(made, by=first, **interest)
    proposal = objection_proposal.propose(made, plan=plan, by=first, version=None)
    answer = objection_proposal.second(proposal, no_interest=True, by=second, version=None)

    assert (answer.decided_by, answer.no_interest) == (second, True)
    assert Proposal.objects.get().declared_interest == ("Ik ben de buurvrouw." if declared else "")


def test_the_second_pair_has_no_interest_either(made, people):
    first, second = people
    proposal = objection_proposal.propose(made, plan=FOUNDED, by=first, version=None)
    Application.objects.filter(pk=made.against.application_id).update(name=f"Opa {second.name.split()[-1]}")

    with pytest.raises(WorkflowError, match="eigen belang"):
        objection_proposal.second(proposal, no_interest=True, by=second, version=None)


def test_a_hearing_cannot_be_planned_around_a_proposal(made, people):
    objection_proposal.propose(made, plan=FOUNDED, by=people[0], version=None)

    with pytest.raises(WorkflowError, match="Er ligt een voorstel"):
        objection.plan_hearing(
            made, on=today().replace(year=today().year + 1), place="10 uur", by=people[1], version=None
        )


def test_in_the_admin_the_button_proposes_and_the_colleague_decides(made, people):
    case = made.against.application
    clients = []
    for person in people:
        client = Client()
        sign_in(client, person)
        clients.append(client)
    until = {f"execute_until_{n}": part for n, part in enumerate(("1", "6", str(today().year + 1)))}
    answers = {
        "verdict": "founded",
        "motivation": "De straat is toch open.",
        "without_hearing": "U krijgt gelijk.",
        "outcome": "grant",
        "amount": "1500",
        "no_interest": "on",
    }

    send(clients[0], case, "beslissing-op-bezwaar", **answers, **until)
    page = clients[1].get(reverse("admin:subsidies_application_change", args=[case.pk])).content.decode()
    next_steps = [next_step(client, case) for client in clients]
    step = clients[1].get(reverse("admin:subsidies_application_step", args=[case.pk, "bezwaar-tweede-paar-ogen"]))
    send(clients[1], case, "bezwaar-tweede-paar-ogen", no_interest="on")

    assert "Greet de Groot deed een voorstel" in page
    assert next_steps == ["", "Bezwaar: beslissen als tweede paar ogen"]
    assert "De straat is toch open." in step.content.decode()
    assert "U krijgt gelijk." in step.content.decode()
    assert Decision.objects.filter(outcome=Outcome.OBJECTION).get().decided_by == people[1]
    assert case.entries.filter(kind=EntryKind.GRANTED).get().amount == Decimal(1500)


def test_a_coordinator_of_elsewhere_without_a_mandate_does_not_see_the_button(made, people):
    objection_proposal.propose(made, plan=FOUNDED, by=people[0], version=None)
    elsewhere = CoordinatorFactory()
    Objection.objects.update(handler=elsewhere)
    Mandate.objects.filter(role="coordinator").update(maximum_amount=500)
    client = Client()
    sign_in(client, elsewhere)

    page = client.get(reverse("admin:subsidies_application_change", args=[made.against.application_id]))

    assert "Uw mandaat is niet genoeg voor dit voorstel" in page.content.decode()


def test_a_coordinator_of_elsewhere_who_is_asked_reads_the_file_and_decides(made, people):
    elsewhere = CoordinatorFactory()
    MandateFactory(role="coordinator", maximum_amount=Decimal(5000))
    client, decider = Client(), Client()
    sign_in(client, elsewhere)
    sign_in(decider, made.against.decided_by)
    file = reverse("admin:subsidies_application_change", args=[made.against.application_id])
    before = client.get(file).status_code

    objection_proposal.propose(made, plan=FOUNDED, by=people[0], version=None)

    told = OutboxMessage.objects.filter(recipient_email=elsewhere.email, subject__startswith="Voorstel")
    assert (before, told.count()) == (404, 1)
    assert next_step(client, made.against.application) == "Bezwaar: beslissen als tweede paar ogen"
    assert next_step(decider, made.against.application) == ""
    after = send(client, made.against.application, "bezwaar-tweede-paar-ogen", no_interest="on")
    made.refresh_from_db()
    assert "als tweede paar ogen: gedaan" in after
    assert made.decision.decided_by == elsewhere
    assert client.get(file).status_code == 404
