"""A plan comes in: what is kept, who hears of it, and what is held back."""

from datetime import date

import pytest
import time_machine

from initiatives import workflow
from initiatives.enums import Channel, Status
from initiatives.models import Draft, Initiative
from initiatives.workflow import Initiator, Plan
from shared.audit.models import Event
from shared.lifecycle import StaleVersion
from shared.notifications.enums import Channel as LetterChannel
from shared.notifications.models import OutboxMessage
from tests.factories.accounts import CoordinatorFactory, ManagerFactory
from tests.factories.initiatives import DraftFactory, InitiativeFactory
from tests.factories.themes import ThemeFactory
from tests.factories.wijken import BuurtFactory

pytestmark = pytest.mark.django_db

ANNA = Initiator(name="Anna Bewoner", email="anna@voorbeeld.example")


def a_plan(**changes: object) -> Plan:
    buurt = BuurtFactory()
    answers = {"title": "Moestuin", "what": "Een tuin.", "theme": ThemeFactory(), "wijk": buurt.wijk, "buurt": buurt}
    return Plan(**answers | changes)


def subjects_to(email: str) -> list[str]:
    return list(OutboxMessage.objects.filter(recipient_email=email).order_by("pk").values_list("subject", flat=True))


def test_a_sent_plan_waits_for_the_address_and_nobody_else_hears_of_it():
    plan = a_plan()
    coordinator = CoordinatorFactory(wijk=plan.wijk)

    initiative = workflow.submit(plan, ANNA)

    assert initiative.status == Status.UNCONFIRMED
    assert subjects_to(ANNA.email) == ["Bevestig uw e-mailadres"]
    assert subjects_to(coordinator.email) == []


@time_machine.travel("2026-11-20 10:00+01:00", tick=False)
def test_a_confirmed_plan_starts_the_promise_and_tells_resident_and_coordinator():
    plan = a_plan()
    coordinator = CoordinatorFactory(wijk=plan.wijk)
    elsewhere = CoordinatorFactory()
    initiative = workflow.submit(plan, ANNA)

    workflow.confirm_address(initiative, email=ANNA.email)

    initiative.refresh_from_db()
    assert (initiative.status, initiative.respond_by) == (Status.RECEIVED, date(2026, 11, 25))
    assert initiative.initiator.email == ANNA.email
    assert subjects_to(ANNA.email)[-1] == f"Wij hebben uw idee ontvangen (nummer {initiative.reference})"
    assert subjects_to(coordinator.email) == [f"Idee in {plan.wijk.short_name}: Moestuin"]
    assert subjects_to(elsewhere.email) == []


def test_confirming_twice_changes_nothing_the_second_time():
    initiative = workflow.submit(a_plan(), ANNA)
    workflow.confirm_address(initiative, email=ANNA.email)
    before = (Event.objects.count(), OutboxMessage.objects.count())

    workflow.confirm_address(initiative, email=ANNA.email)

    assert (Event.objects.count(), OutboxMessage.objects.count()) == before


def test_a_link_for_another_address_confirms_nothing():
    initiative = workflow.submit(a_plan(), ANNA)

    workflow.confirm_address(initiative, email="bert@voorbeeld.example")

    initiative.refresh_from_db()
    assert initiative.status == Status.UNCONFIRMED


def test_without_a_coordinator_the_functional_manager_hears_of_it():
    manager = ManagerFactory()
    initiative = workflow.submit(a_plan(), ANNA)

    workflow.confirm_address(initiative, email=ANNA.email)

    assert subjects_to(manager.email) == [f"Idee in {initiative.wijk.short_name}: Moestuin"]


def test_with_only_a_phone_number_the_plan_comes_in_at_once_and_the_receipt_is_printed():
    initiative = workflow.submit(a_plan(), Initiator(name="Bep Beller", phone="+31781234567"))

    assert initiative.status == Status.RECEIVED
    assert list(OutboxMessage.objects.filter(recipient_name="Bep Beller").values_list("channel", flat=True)) == [
        LetterChannel.PRINT
    ]


@pytest.mark.parametrize("text", ["Koop op https://winkel.example", "zie www.winkel.example", "ga naar winkel.com"])
def test_a_first_message_with_a_link_is_looked_at_first(text):
    initiative = workflow.submit(a_plan(what=text), ANNA)

    workflow.confirm_address(initiative, email=ANNA.email)

    initiative.refresh_from_db()
    assert initiative.status == Status.SCREENING
    assert initiative.respond_by is not None


def test_a_link_by_a_known_initiator_is_trusted():
    InitiativeFactory(email=ANNA.email, accepted=True)
    initiative = workflow.submit(a_plan(what="Zie https://mijntuin.example"), ANNA)

    workflow.confirm_address(initiative, email=ANNA.email)

    initiative.refresh_from_db()
    assert initiative.status == Status.RECEIVED


def test_staff_entry_needs_no_confirmation_and_counts_from_the_day_it_came_in():
    plan = a_plan()
    clerk = CoordinatorFactory(wijk=plan.wijk)

    initiative = workflow.enter_for_resident(
        plan,
        Initiator(name="Bep Beller", postal_address="Reeweg 1\n3342 AC Hendrik-Ido-Ambacht"),
        channel=Channel.PAPER,
        by=clerk,
        received_on=date(2026, 11, 16),
    )

    assert (initiative.status, initiative.respond_by) == (Status.RECEIVED, date(2026, 11, 19))
    assert (initiative.entered_by, initiative.channel) == (clerk, Channel.PAPER)


def test_a_sent_draft_keeps_no_answers():
    draft = DraftFactory(answers={"title": "Moestuin"})

    initiative = workflow.submit(a_plan(), ANNA, draft=draft)

    draft.refresh_from_db()
    assert (draft.initiative, draft.answers) == (initiative, {})
    assert not Draft.objects.unsent().exists()


def test_references_count_up_within_a_year():
    with time_machine.travel("2026-12-31 23:00+01:00"):
        first = workflow.submit(a_plan(), ANNA)
        second = workflow.submit(a_plan(), ANNA)
    with time_machine.travel("2027-01-01 00:30+01:00"):
        third = workflow.submit(a_plan(), ANNA)

    assert [plan.reference for plan in (first, second, third)] == ["2026-00001", "2026-00002", "2027-00001"]


def test_spam_is_put_aside_without_a_word_and_can_come_back():
    initiative = InitiativeFactory(screening=True)
    clerk = CoordinatorFactory(wijk=initiative.wijk)

    workflow.mark_spam(initiative, by=clerk, version=initiative.version)
    workflow.clear(initiative, by=clerk)

    initiative.refresh_from_db()
    assert (initiative.status, initiative.closed_at) == (Status.RECEIVED, None)
    assert OutboxMessage.objects.count() == 0


def test_a_stale_page_changes_nothing():
    initiative = InitiativeFactory(screening=True)
    clerk = CoordinatorFactory(wijk=initiative.wijk)
    workflow.clear(initiative, by=clerk, version=initiative.version)
    events = Event.objects.count()

    with pytest.raises(StaleVersion):
        workflow.mark_spam(initiative, by=clerk, version=initiative.version)

    assert Initiative.objects.get().status == Status.RECEIVED
    assert Event.objects.count() == events
