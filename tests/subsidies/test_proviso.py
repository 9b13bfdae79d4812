"""A grant for a budget that is not adopted: said so, invoked within four weeks, or lapsed by itself (Awb 4:34)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from shared.audit.models import Event
from shared.lifecycle import WorkflowError
from shared.notifications.models import OutboxMessage
from shared.terms import awb
from shared.terms.calendar import today
from subsidies import budget, tasks
from subsidies.enums import Outcome, PaymentStatus, Status
from subsidies.models import Application, BudgetProviso, MunicipalBudget, Payment
from subsidies.workflow import pay, proviso
from subsidies.workflow.decide import DecisionTerms
from tests.factories.accounts import ManagerFactory
from tests.factories.rates import MunicipalBudgetFactory
from tests.factories.subsidies import CeilingFactory, HearingFactory
from tests.sign_in import sign_in
from tests.subsidies.deciding import decidable, grant, now, take
from tests.subsidies.test_admin_decide import next_step
from tests.subsidies.test_admin_objection import send

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def case() -> Application:
    """€ 750 in review, while the budget of the next year is not adopted; both years have a ceiling."""
    made = decidable()
    year = today().year + 1
    MunicipalBudgetFactory(year=year)
    CeilingFactory(
        scheme=made.scheme,
        period_from=date(year, 1, 1),
        period_to=date(year, 12, 31),
        published_on=today(),
        amount=5000,
    )
    made.starts_on = date(year, 6, 1)
    made.save()
    return now(made)


def granted(case: Application) -> Application:
    take(case, grant(budget_year=today().year + 1))
    return now(case)


def adopted(on: date) -> None:
    MunicipalBudget.objects.update(adopted_on=on)


def invoke(case: Application, **changes):
    values = {"outcome": Outcome.REVOKE, "motivation": "De raad gaf te weinig.", "no_interest": True}
    return take(now(case), DecisionTerms(**values | changes, invokes_proviso=True), by=case.owner)


def heard(case: Application) -> None:
    HearingFactory(application=case, asked_on=today(), ended_on=today(), outcome=Outcome.REVOKE)


def test_the_decision_says_so_and_is_charged_to_the_other_year(case):
    this_year, next_year = case.scheme.ceilings.order_by("period_from")
    before = budget.available(this_year)

    decision = take(case, grant(budget_year=today().year + 1))

    found = now(case)
    assert "als de gemeenteraad het beschikbaar stelt" in decision.letter_text
    assert "4:34" in decision.letter_text
    assert (found.status, found.budget_year) == (Status.GRANTED, today().year + 1)
    assert (budget.available(this_year), budget.available(next_year)) == (before, Decimal(4250))
    assert BudgetProviso.objects.get().decision == decision


def test_a_small_grant_is_not_settled_at_once_under_a_proviso(case):
    Application.objects.filter(pk=case.pk).update(asked_amount=Decimal(400))

    take(now(case), grant(amount=Decimal(400), budget_year=today().year + 1))

    assert now(case).status == Status.GRANTED


def test_the_payment_waits_and_the_letter_names_a_later_day(case):
    decision = take(case, grant(budget_year=today().year + 1))
    pay.give_account(now(case), iban="NL91ABNA0417164300", holder="A. Bewoner")

    payment = Payment.objects.get()
    planned = MunicipalBudget.objects.get().expected_on
    assert (payment.status, "begroting" in payment.blocked_because) == (PaymentStatus.BLOCKED, True)
    assert decision.payment_due == awb.payment_due(awb.proviso_due(planned).due_legal).due_legal


def test_a_change_waits_for_the_same_budget_and_says_so(case):
    first = take(case, grant(budget_year=today().year + 1))
    pay.give_account(now(case), iban="NL91ABNA0417164300", holder="A. Bewoner")
    later = first.execute_until + timedelta(days=7)

    duties = {"obligations": tuple(first.obligations), "report_due_on": first.report_due_on}
    terms = DecisionTerms(
        Outcome.CHANGE, "Later.", amount=first.amount, execute_until=later, no_interest=True, **duties
    )
    changed = take(now(case), terms)

    assert changed.payment_due == first.payment_due
    assert "als de gemeenteraad het beschikbaar stelt" in changed.letter_text
    assert Payment.objects.latest("pk").status == PaymentStatus.BLOCKED
    assert BudgetProviso.objects.count() == 1


def test_an_appeal_to_the_proviso_for_a_part_changes_the_amount_alone(case):
    granted(case)
    adopted(today())
    heard(case)

    words = invoke(case, outcome=Outcome.CHANGE, amount=Decimal(400)).letter_text.replace("\xa0", " ")

    assert "Het bedrag: eerst € 750,00, nu € 400,00." in words
    assert "vervalt: " not in words
    assert "nu geen dag" not in words


def test_an_adopted_budget_needs_no_proviso(case):
    adopted(today())

    with pytest.raises(WorkflowError, match="is vastgesteld"):
        granted(case)


def test_the_other_year_needs_a_ceiling_of_its_own(case):
    case.scheme.ceilings.filter(period_from__year=today().year + 1).update(
        period_from=date(2040, 1, 1), period_to=date(2040, 12, 31)
    )

    with pytest.raises(WorkflowError, match="nog geen subsidieplafond"):
        granted(case)


def test_the_proviso_is_invoked_with_letter_and_the_money_is_free_again(case):
    found = granted(case)
    adopted(today())
    heard(found)

    decision = invoke(found)

    next_year = case.scheme.ceilings.get(period_from__year=today().year + 1)
    text = decision.letter_text
    assert now(case).status == Status.REVOKED
    assert budget.available(next_year) == Decimal(5000)
    assert not Payment.objects.exclude(status=PaymentStatus.CANCELLED).exists()
    assert "doen wij een beroep op dit voorbehoud" in text
    assert "4:34, vijfde lid, en 4:48" in text
    assert BudgetProviso.objects.get().invoked_by == decision


def test_a_part_can_stay_and_is_then_certain(case):
    found = granted(case)
    adopted(today())
    heard(found)

    invoke(found, outcome=Outcome.CHANGE, amount=Decimal(300), reasonable_until=today() + 60 * DAY)

    assert now(case).granted_amount == Decimal(300)
    assert Payment.objects.get(status=PaymentStatus.WAITING_FOR_IBAN).amount == Decimal(300)
    letter = case.decisions.latest("pk").letter_text
    assert "4:34, vierde lid, en 4:50" in letter
    assert "Wij vergoeden die schade" in letter


@pytest.mark.parametrize(("days", "why"), [(None, "als de begroting is vastgesteld"), (-29, "kon tot en met")])
def test_it_cannot_be_invoked_before_the_adoption_or_after_four_weeks(case, days, why):
    found = granted(case)
    heard(found)
    if days:
        adopted(today() + days * DAY)

    with pytest.raises(WorkflowError, match=why):
        invoke(found)


def test_the_recipient_is_heard_first(case):
    found = granted(case)
    adopted(today())

    with pytest.raises(WorkflowError, match="zienswijze"):
        invoke(found)


def test_nothing_is_settled_while_the_council_is_awaited(case):
    found = granted(case)
    found.report.delete()

    terms = DecisionTerms(Outcome.SETTLE, "In orde.", amount=Decimal(750), no_interest=True)
    with pytest.raises(WorkflowError, match="Stel pas vast"):
        take(now(case), terms, by=found.owner)


def test_it_is_warned_of_twice_and_lapses_by_itself(case, time_machine):
    manager = ManagerFactory()
    found = granted(case)
    pay.give_account(found, iban="NL91ABNA0417164300", holder="A. Bewoner")
    adopted(today())
    last = awb.proviso_due(today()).due_legal
    OutboxMessage.objects.all().delete()

    seen = []
    for day in (today(), today() + DAY, last - 6 * DAY, last, last + DAY, last + 2 * DAY):
        seen += [proviso.watch(each, day) for each in BudgetProviso.objects.open()]

    assert seen == ["adopted", "adopted", "near", "near", "lapsed"]
    assert OutboxMessage.objects.filter(recipient_email=manager.email).count() == 2
    assert OutboxMessage.objects.filter(recipient_email=found.owner.email).count() == 2
    assert "U krijgt het geld zeker" in OutboxMessage.objects.get(recipient_email=found.email).subject
    assert BudgetProviso.objects.get().lapsed_on == today()
    assert Payment.objects.get().status == PaymentStatus.READY
    assert Event.objects.about(case).visible_to_resident().filter(action="subsidies.proviso_lapsed").exists()


def test_the_manager_is_asked_once_for_the_day_of_adoption(case):
    manager = ManagerFactory()
    granted(case)
    MunicipalBudget.objects.update(expected_on=today() - DAY)
    OutboxMessage.objects.all().delete()

    for _twice in range(2):
        tasks.watch_provisos()

    assert "al vastgesteld" in OutboxMessage.objects.get(recipient_email=manager.email).subject


def test_the_pages_offer_show_and_end_it(case):
    client, applicant = Client(), Client()
    sign_in(client, case.owner)
    sign_in(applicant, case.applicant)
    file = reverse("admin:subsidies_application_change", args=[case.pk])
    until = {f"execute_until_{n}": part for n, part in enumerate(("1", "7", str(today().year + 1)))}

    told = {"motivation": "Mooi plan.", "no_interest": "on"}
    form = client.get(reverse("admin:subsidies_application_step", args=[case.pk, "besluit"])).content.decode()
    send(client, case, "besluit", outcome="grant", amount="750", under_proviso="on", **told, **until)
    waits = client.get(file).content.decode()
    dark = next_step(client, case)
    shown = applicant.get(reverse("subsidies:case", args=[case.reference])).content.decode()
    adopted(today())
    send(client, case, "begrotingsvoorbehoud-vervalt")
    ended = client.get(file).content.decode()

    assert f"Onder voorbehoud van de begroting van {today().year + 1}" in form
    assert "nog open" in waits
    assert dark == ""
    assert "als de gemeenteraad het beschikbaar stelt" in shown
    assert "vervallen op" in ended


def test_the_page_to_invoke_it_makes_a_withdrawal_or_a_change(case):
    client = Client()
    found = granted(case)
    adopted(today())
    heard(found)
    sign_in(client, case.owner)

    told = {"motivation": "Te weinig geld.", "no_interest": "on"}
    page = send(client, case, "begrotingsvoorbehoud-inroepen", outcome="revoke", amount="0", **told)

    assert now(case).status == Status.REVOKED
    assert "beroep gedaan" in page


def test_without_a_waiting_budget_the_form_does_not_ask():
    client = Client()
    case = decidable()
    sign_in(client, case.owner)

    page = client.get(reverse("admin:subsidies_application_step", args=[case.pk, "besluit"])).content.decode()

    assert "Onder voorbehoud" not in page


def test_the_day_of_adoption_stays_once_a_proviso_ended(case):
    client = Client()
    sign_in(client, ManagerFactory())
    granted(case)
    adopted(today())
    BudgetProviso.objects.update(lapsed_on=today())
    row = MunicipalBudget.objects.get()
    answers = {"year": row.year, "expected_on": row.expected_on.isoformat(), "adopted_on": (today() - DAY).isoformat()}

    page = client.post(reverse("admin:subsidies_municipalbudget_change", args=[row.pk]), answers | {"source": ""})

    assert "De dag kan niet meer veranderen" in page.content.decode()
