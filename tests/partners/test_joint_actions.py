"""Joint actions: each step once, told to who is involved, and remembered."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from partners import tasks
from partners.enums.actions import ActionStatus
from partners.enums.signals import SignalStatus
from partners.models import ActionStep, JointAction
from partners.workflow import action_steps, actions, signals
from partners.workflow.actions import ActionPlan
from shared.audit.models import Event
from shared.lifecycle import StaleVersion, TransitionNotAllowed, WorkflowError
from shared.notifications.models import OutboxMessage
from tests.at_once import at_once
from tests.factories.accounts import CoordinatorFactory
from tests.factories.partners import OrganisationFactory, PartnerContactFactory
from tests.factories.themes import ThemeFactory
from tests.factories.together import ActionStepFactory, FindingFactory, JointActionFactory, SignalFactory
from tests.factories.wijken import WijkFactory
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db

ROUNDS = 20


@pytest.fixture
def wijk():
    return WijkFactory()


@pytest.fixture
def coordinator(wijk):
    return CoordinatorFactory(wijk=wijk)


@pytest.fixture
def contact(wijk):
    return PartnerContactFactory(partner=OrganisationFactory(wijken=[wijk]))


def plan_of(owner, **values) -> ActionPlan:
    known = {"title": "Plein opknappen", "goal": "Een schoon plein.", "theme": ThemeFactory(), "year": 2026}
    return ActionPlan(owner=owner, **known | values)


def told(action: JointAction) -> list[tuple[str, str]]:
    return sorted(OutboxMessage.objects.about(action).values_list("recipient_email", "subject"))


def test_a_proposal_reaches_the_coordinator_and_the_partners_but_not_who_makes_it(wijk, coordinator, contact):
    other = PartnerContactFactory(partner=OrganisationFactory(wijken=[wijk]))

    action = actions.propose(
        plan_of(contact.user, partners=(contact.partner, other.partner)), wijk=wijk, by=contact.user
    )

    subject = f"Voorstel in {wijk}: Plein opknappen"
    assert told(action) == sorted([(coordinator.email, subject), (other.user.email, subject)])
    assert Event.objects.about(action).get().action == "partners.action_proposed"


def test_from_proposal_to_result_each_step_is_told_once(wijk, coordinator, contact):
    action = actions.propose(plan_of(contact.user, partners=(contact.partner,)), wijk=wijk, by=coordinator)

    action = actions.agree(action, by=coordinator, version=action.version)
    action = actions.start(action, by=contact.user, version=action.version)
    action = actions.finish(action, result="Schoon.", by=contact.user, version=action.version)

    assert [subject for email, subject in told(action) if email == contact.user.email] == [
        "Afgesproken: Plein opknappen",
        f"Voorstel in {wijk}: Plein opknappen",
    ]
    assert [subject for email, subject in told(action) if email == coordinator.email] == [
        "Begonnen: Plein opknappen",
        "Klaar: Plein opknappen",
    ]
    assert action.closed_at is not None


@pytest.mark.parametrize(
    ("state", "step"), [("done", actions.start), ("stopped", actions.agree), ("proposed", actions.start)]
)
def test_a_step_that_the_table_does_not_have_is_refused(coordinator, state, step):
    action = JointActionFactory(**{} if state == "proposed" else {state: True})

    with pytest.raises(TransitionNotAllowed):
        step(action, by=coordinator)

    assert JointAction.objects.get(pk=action.pk).status == state
    assert not OutboxMessage.objects.exists()


def test_who_saw_an_older_version_is_refused(coordinator):
    action = JointActionFactory()
    actions.agree(action, by=coordinator, version=action.version)

    with pytest.raises(StaleVersion):
        actions.stop(action, reason="Toch niet.", by=coordinator, version=action.version)

    assert JointAction.objects.get(pk=action.pk).status == ActionStatus.AGREED


@pytest.mark.django_db(transaction=True)
def test_two_people_who_close_an_action_at_once_send_one_message():
    for _round in range(ROUNDS):
        action = JointActionFactory(running=True)
        CoordinatorFactory(wijk=action.wijk)

        results = at_once(
            lambda case=action: actions.finish(case, result="Ja.", by=case.owner, version=case.version),
            lambda case=action: actions.stop(case, reason="Nee.", by=case.owner, version=case.version),
        )

        assert sorted(results) == ["done", "refused"]
        assert OutboxMessage.objects.about(action).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_people_who_do_the_same_step_at_once_are_one_too_many():
    for _round in range(ROUNDS):
        step = ActionStepFactory()
        owner = step.action.owner

        results = at_once(
            lambda step=step, owner=owner: action_steps.do(step, by=owner),
            lambda step=step, owner=owner: action_steps.remove(step, by=owner),
        )

        assert sorted(results) == ["done", "refused"]
        assert Event.objects.about(step.action).count() == 1


def test_a_step_that_was_taken_names_who_was_first(coordinator):
    step = ActionStepFactory(done=True)

    with pytest.raises(WorkflowError, match=f"al gedaan door {step.done_by}"):
        action_steps.do(step, by=coordinator)


def test_a_new_owner_hears_so_and_there_is_always_one(coordinator, contact):
    action = JointActionFactory(running=True, owner=coordinator, wijk=contact.partner.wijken.get())

    actions.hand_over(action, to=contact.user, by=coordinator)

    assert told(action) == [(contact.user.email, f"U bent nu de trekker van: {action.title}")]
    assert JointAction.objects.get(pk=action.pk).owner == contact.user


def test_a_signal_grows_into_an_action_and_is_handled_with_it(coordinator, wijk):
    signal = SignalFactory(wijk=wijk)

    action = actions.propose(plan_of(coordinator), wijk=wijk, by=coordinator, signal=signal)
    signal.refresh_from_db()
    assert (signal.status, signal.action) == (SignalStatus.ACTION, action)
    action = actions.agree(action, by=coordinator)
    actions.finish(action, result="Bakken bijgeplaatst.", by=coordinator)

    signal.refresh_from_db()
    assert (signal.status, signal.outcome) == (SignalStatus.HANDLED, "Bakken bijgeplaatst.")


def test_when_an_action_stops_its_signal_waits_for_the_coordinator_again(coordinator, wijk):
    action = JointActionFactory(wijk=wijk, agreed=True)
    signal = signals.join_action(SignalFactory(wijk=wijk), action, by=coordinator)

    actions.stop(action, reason="Geen geld.", by=coordinator)

    signal.refresh_from_db()
    assert (signal.status, signal.action) == (SignalStatus.SEEN, None)


def test_a_finding_becomes_one_action_and_not_two(coordinator):
    finding = FindingFactory(walk__wijk=WijkFactory())
    actions.propose(plan_of(coordinator), wijk=finding.walk.wijk, by=coordinator, finding=finding)

    with pytest.raises(WorkflowError, match="al een actie"):
        actions.propose(plan_of(coordinator), wijk=finding.walk.wijk, by=coordinator, finding=finding)


def test_a_step_is_reminded_of_before_its_day_and_once_after_it_with_the_coordinator(time_machine, contact):
    wijk = contact.partner.wijken.get()
    coordinator = CoordinatorFactory(wijk=wijk)
    today = timezone.localdate()
    action = JointActionFactory(running=True, wijk=wijk, owner=coordinator)
    step = ActionStepFactory(action=action, responsible=contact.user, due_on=today + timedelta(days=10))
    letters = []

    for day in range(30):
        time_machine.move_to(timezone.localtime().replace(hour=7) + timedelta(days=bool(day)))
        tasks.remind_of_steps()
        tasks.remind_of_steps()
        new = OutboxMessage.objects.about(action).exclude(pk__in=[letter.pk for _day, letter in letters])
        letters += [(day, letter) for letter in new.order_by("recipient_email")]

    assert [(day, letter.recipient_email, letter.subject) for day, letter in letters] == [
        (7, contact.user.email, f"Bijna zover: {step.what}"),
        (13, coordinator.email, f"Nog niet gedaan: {step.what}"),
        (13, contact.user.email, f"Nog niet gedaan: {step.what}"),
    ]


def test_nobody_is_reminded_of_a_proposal_or_of_what_was_done():
    ActionStepFactory(action=JointActionFactory())
    ActionStepFactory(done=True)
    ActionStepFactory(action=JointActionFactory(stopped=True))

    tasks.remind_of_steps()

    assert not OutboxMessage.objects.exists()
    assert ActionStep.objects.filter(reminded_at__isnull=False).count() == 0


def test_what_the_published_wijkagenda_will_say_is_checked_for_persons(client, contact):
    wijk = contact.partner.wijken.get()
    action = JointActionFactory(running=True, wijk=wijk, owner=CoordinatorFactory(wijk=wijk))
    sign_in(client, action.owner)
    told = "Mevrouw Jansen uit de straat is geholpen."

    for step in ("afronden", "stoppen"):
        address = reverse("partners:action_move", args=[action.pk, step])
        page = client.post(address, {"text": told, "version": action.version}).content.decode()
        assert "Mevrouw Jansen" in page
        assert "Waarom moet dit er toch in?" in page

    action.refresh_from_db()
    assert action.is_open
