"""Objections and notices of default in the admin."""

import re
from datetime import timedelta
from decimal import Decimal
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from shared.terms.calendar import today
from subsidies.enums import MessageKind, Outcome
from subsidies.models import Application, Decision, DefaultNotice, Objection
from subsidies.workflow import default_notice, objection
from tests.factories.accounts import CoordinatorFactory, ManagerFactory
from tests.factories.subsidies import (
    ApplicationFactory,
    CaseMessageFactory,
    CeilingFactory,
    DecisionFactory,
    MandateFactory,
)
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db

DAY = today() + timedelta(days=30)
ON = {"on_0": str(DAY.day), "on_1": str(DAY.month), "on_2": str(DAY.year)}


@pytest.fixture
def made() -> Objection:
    """An objection to a refusal by the owner of the case."""
    case = ApplicationFactory(refused=True)
    CeilingFactory(scheme=case.scheme)
    decision = DecisionFactory(application=case, outcome=Outcome.REFUSE, amount=None, decided_by=case.owner)
    return objection.receive(decision, CaseMessageFactory(application=case, kind=MessageKind.OBJECTION, text="Nee."))


@pytest.fixture
def manager():
    """A functional manager with a mandate, signed in."""
    MandateFactory(role="functional_manager", maximum_amount=Decimal(5000))
    made = Client()
    made.user = sign_in(made, ManagerFactory())
    return made


def send(client: Client, case: Application, slug: str, **answers) -> str:
    """Look at the letter, and send what was seen."""
    address = reverse("admin:subsidies_application_step", args=[case.pk, slug])
    filled_in = answers | {"version": str(Application.objects.get(pk=case.pk).version)}
    page = client.post(address, filled_in | {"_preview": "1"}).content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', page)
    assert seen, unescape(" ".join(re.findall(r'class="[^"]*error[^"]*"[^>]*>(.*?)<', page, re.DOTALL)))
    return client.post(address, filled_in | {"seen": seen[1], "_send": "1"}, follow=True).content.decode()


def test_an_objection_goes_its_way_from_handler_to_decision(made, manager):
    case = made.against.application
    handler = CoordinatorFactory()

    page = send(manager, case, "bezwaar-toewijzen", handler=str(handler.pk))
    send(manager, case, "bezwaar-verdagen", text="Wij wachten op het verslag.")
    send(manager, case, "hoorzitting", place="10.00 uur, gemeentehuis", **ON)
    send(
        manager,
        case,
        "beslissing-op-bezwaar",
        verdict="unfounded",
        motivation="De straat is dicht voor anderen.",
        without_hearing="U wilde niet komen.",
        outcome="grant",
        no_interest="on",
    )

    made.refresh_from_db()
    assert "Waarom deze datum?" in page
    assert (made.handler, made.outcome) == (handler, "unfounded")
    assert made.extended_on == today()


def test_a_founded_objection_grants_the_money(made, manager):
    case = made.against.application
    until = {f"execute_until_{n}": str(part) for n, part in enumerate((DAY.day, DAY.month, DAY.year))}

    send(
        manager,
        case,
        "beslissing-op-bezwaar",
        verdict="founded",
        motivation="De straat is toch open.",
        without_hearing="U krijgt gelijk.",
        outcome="grant",
        amount="750",
        no_interest="on",
        **until,
    )

    assert Application.objects.get(pk=case.pk).granted_amount == Decimal(750)


def test_a_late_objection_is_admitted_with_a_reason(manager):
    case = ApplicationFactory(refused=True)
    decision = DecisionFactory(
        application=case, outcome=Outcome.REFUSE, amount=None, notified_on=today() - timedelta(days=60)
    )
    objection.receive(decision, CaseMessageFactory(application=case))

    send(manager, case, "bezwaar-toelaten", text="U lag in het ziekenhuis.")

    assert Objection.objects.get().excused_because == "U lag in het ziekenhuis."


def test_what_is_missing_is_asked_and_comes_in(made, manager):
    case = made.against.application
    due = {f"due_on_{n}": str(part) for n, part in enumerate((DAY.day, DAY.month, DAY.year))}
    came = {f"received_on_{n}": str(part) for n, part in enumerate((today().day, today().month, today().year))}

    send(manager, case, "bezwaar-aanvullen", text="Schrijf waarom.", **due)
    send(manager, case, "bezwaar-aangevuld", **came)
    send(manager, case, "bezwaar-ingetrokken", channel="paper", text="Ik trek mijn bezwaar in.", **came)

    made.refresh_from_db()
    assert (made.repair.repaired_on, made.status, made.withdrawn_on) == (today(), "withdrawn", today())
    assert made.withdrawal.text == "Ik trek mijn bezwaar in."


def test_who_decided_sees_why_somebody_else_handles_it(made):
    client = Client()
    owner = sign_in(client, made.against.decided_by)
    case = made.against.application

    page = unescape(client.get(reverse("admin:subsidies_application_change", args=[case.pk])).content.decode())
    step = reverse("admin:subsidies_application_step", args=[case.pk, "beslissing-op-bezwaar"])

    assert "Iemand anders behandelt het bezwaar (Awb 10:3, derde lid)." in page
    assert client.post(step, {"verdict": "unfounded"}).status_code == 302
    assert owner == case.owner
    assert Decision.objects.count() == 1


def test_a_handler_of_elsewhere_reads_the_file_only_of_that_case(made):
    handler, client = CoordinatorFactory(), Client()
    sign_in(client, handler)
    address = reverse("admin:subsidies_application_change", args=[made.against.application_id])
    before = client.get(address).status_code
    Objection.objects.update(handler=handler)

    assert (before, client.get(address).status_code) == (404, 200)


def test_a_penalty_is_set_on_its_page():
    case = ApplicationFactory(in_review=True, received_on=today() - timedelta(days=150))
    notice = default_notice.receive(
        case, CaseMessageFactory(application=case, received_on=today() - timedelta(days=40))
    )
    DecisionFactory(application=case, outcome=Outcome.REFUSE, amount=None, notified_on=notice.first_day + timedelta(3))
    MandateFactory()
    client = Client()
    sign_in(client, case.owner)

    send(client, case, "dwangsom", motivation="Wij waren te laat.", no_interest="on")

    assert DefaultNotice.objects.get().amount == Decimal(69)


def test_that_no_penalty_is_owed_is_decided_on_its_page():
    case = ApplicationFactory(in_review=True, received_on=today() - timedelta(days=150))
    default_notice.receive(case, CaseMessageFactory(application=case))
    MandateFactory()
    client = Client()
    sign_in(client, case.owner)

    send(client, case, "geen-dwangsom", motivation="U bent geen belanghebbende.", no_interest="on")

    assert DefaultNotice.objects.get().decision.amount == Decimal(0)
