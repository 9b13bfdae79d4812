"""The coordinator's steps: each changes the case, the file and the letters together, or not at all."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from initiatives import workflow
from initiatives.enums import InvolvementKind, Status
from initiatives.models import Initiative
from initiatives.workflow.review import Promise
from shared.audit.models import Event
from shared.lifecycle import TransitionNotAllowed, WorkflowError
from shared.notifications.models import OutboxMessage
from shared.terms.calendar import today
from tests.factories.accounts import CoordinatorFactory, DepartmentFactory, ManagerFactory
from tests.factories.documents import StoredFileFactory
from tests.factories.initiatives import InitiativeFactory, InvolvementFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def initiative() -> Initiative:
    return InitiativeFactory(title="Moestuin")


@pytest.fixture
def coordinator(initiative):
    return CoordinatorFactory(wijk=initiative.wijk)


def letters_to(initiative: Initiative) -> list[OutboxMessage]:
    return list(OutboxMessage.objects.filter(recipient_email=initiative.email).order_by("pk"))


def counted() -> tuple[int, int]:
    return Event.objects.count(), OutboxMessage.objects.count()


def test_who_takes_up_becomes_the_contact_person(initiative, coordinator):
    workflow.take_up(initiative, by=coordinator, version=initiative.version)

    initiative.refresh_from_db()
    assert (initiative.status, initiative.owner) == (Status.IN_REVIEW, coordinator)
    assert coordinator.name in letters_to(initiative)[0].text


def test_taking_up_is_not_yet_an_answer(initiative, coordinator):
    workflow.take_up(initiative, by=coordinator)

    initiative.refresh_from_db()
    assert initiative.answered_at is None


def test_a_question_waits_for_the_resident_and_the_answer_brings_it_back(initiative, coordinator):
    workflow.ask(initiative, text="Hoe groot wordt de tuin?", answer_by=date(2026, 12, 1), by=coordinator)

    workflow.answer_question(initiative, text="Tien bij tien meter.")

    initiative.refresh_from_db()
    assert initiative.status == Status.IN_REVIEW
    assert initiative.unread_since is not None
    assert "Hoe groot wordt de tuin?" in letters_to(initiative)[0].text
    assert "Tien bij tien meter." in OutboxMessage.objects.get(recipient_email=coordinator.email).text


def test_accepting_writes_down_who_does_what(initiative, coordinator):
    promises = [Promise("Gemeente", "brengt grond", date(2026, 12, 1)), Promise("Buren", "leggen de bedden aan")]

    workflow.accept(initiative, text="Mooi plan.", agreements=promises, next_step="Grond brengen", by=coordinator)

    initiative.refresh_from_db()
    letter = letters_to(initiative)[0]
    assert (initiative.status, initiative.next_step) == (Status.ACCEPTED, "Grond brengen")
    assert [str(agreement) for agreement in initiative.agreements.all()] == [
        "Gemeente: brengt grond",
        "Buren: leggen de bedden aan",
    ]
    assert "dinsdag 1 december 2026" in letter.text


def test_a_no_comes_with_the_reason_the_way_on_and_a_phone_number(initiative, coordinator):
    workflow.decline(
        initiative, reason="Er ligt een gasleiding.", alternative="Op het Kruiswiel kan het.", by=coordinator
    )

    text = letters_to(initiative)[0].text
    assert [part in text for part in ("Er ligt een gasleiding.", "Op het Kruiswiel kan het.", "14 078")] == [True] * 3


@pytest.mark.parametrize(("reason", "alternative"), [("", "Elders."), ("Gasleiding.", " ")])
def test_a_no_without_reason_or_alternative_is_refused(initiative, coordinator, reason, alternative):
    with pytest.raises(WorkflowError, match="wat wel kan"):
        workflow.decline(initiative, reason=reason, alternative=alternative, by=coordinator)

    assert Initiative.objects.get().status == Status.RECEIVED


def test_a_second_answer_is_refused_and_leaves_no_trace(coordinator):
    initiative = InitiativeFactory(declined=True)
    before = counted()

    with pytest.raises(TransitionNotAllowed, match="Afgewezen"):
        workflow.decline(
            initiative, reason="Toch niet.", alternative="Niets.", by=coordinator, version=initiative.version
        )

    assert counted() == before


def test_a_failing_letter_undoes_the_step(initiative, coordinator, settings):
    settings.PORTAL_URL = None
    initiative = InitiativeFactory(in_progress=True)
    before = counted()

    with pytest.raises(TypeError):
        workflow.finish(initiative, result="Er staat een tuin.", by=coordinator)

    assert (Initiative.objects.get(pk=initiative.pk).status, counted()) == (Status.IN_PROGRESS, before)


def test_the_department_gets_the_contact_data_only_with_consent(initiative, coordinator):
    department = DepartmentFactory(email="groen@gemeente.example")
    words = {"text": "Zij weten alles van bomen.", "organisation": "Afdeling Groen", "contact": "14 078"}

    workflow.pass_on(initiative, **words, department=department, by=coordinator)
    without = OutboxMessage.objects.filter(recipient_email=department.email).count()
    workflow.reopen(initiative, text="Toch hier.", by=coordinator)
    workflow.pass_on(initiative, **words, department=department, shares_contact=True, by=coordinator)

    letter = OutboxMessage.objects.get(recipient_email=department.email)
    assert without == 0
    assert initiative.name in letter.text


def test_finishing_shows_the_result_with_photos_and_their_words(coordinator):
    initiative = InitiativeFactory(in_progress=True, published=True)

    workflow.finish(initiative, result="Er staat een tuin.", photos=[(StoredFileFactory(), "Bonen")], by=coordinator)

    initiative.refresh_from_db()
    photo = initiative.attachments.get()
    assert (initiative.status, initiative.result) == (Status.DONE, "Er staat een tuin.")
    assert (photo.alt_text, photo.is_public) == ("Bonen", True)


def test_a_phone_call_keeps_the_promise(initiative, coordinator):
    workflow.record_contact(initiative, kind="phone", on=today(), text="Gebeld.", by=coordinator)

    assert not Initiative.objects.unanswered().exists()


def test_merging_loses_no_neighbour_and_counts_none_twice(coordinator):
    target = InitiativeFactory(published=True)
    double = InitiativeFactory(published=True, email="anna@voorbeeld.example")
    InvolvementFactory(initiative=target, supports=True, email="bert@voorbeeld.example")
    InvolvementFactory(initiative=double, supports=True, email="Bert@voorbeeld.example")
    InvolvementFactory(initiative=double, supports=True, email="cor@voorbeeld.example")

    workflow.merge(double, into=target, by=coordinator)

    target.refresh_from_db()
    double.refresh_from_db()
    assert (double.status, double.merged_into) == (Status.MERGED, target)
    assert (target.supporters_count, target.joiners_count) == (2, 1)
    assert target.involvements.get(kind=InvolvementKind.JOIN).email == "anna@voorbeeld.example"


def test_a_plan_cannot_be_merged_into_itself_or_into_a_hidden_one(initiative, coordinator):
    hidden = InitiativeFactory()

    for target in (initiative, hidden):
        with pytest.raises(WorkflowError):
            workflow.merge(initiative, into=target, by=coordinator)

    assert Initiative.objects.filter(status=Status.MERGED).count() == 0


def test_only_the_author_changes_a_note(initiative, coordinator):
    note = workflow.save_note(initiative, text="Bellen na vier uur.", by=coordinator)

    with pytest.raises(WorkflowError, match="schreef"):
        workflow.save_note(initiative, text="Anders.", by=ManagerFactory(), note=note)

    note.refresh_from_db()
    assert note.text == "Bellen na vier uur."


def test_a_handed_over_case_tells_the_colleague(initiative, coordinator):
    colleague = CoordinatorFactory()

    workflow.assign(initiative, to=colleague, by=coordinator, version=initiative.version)

    assert OutboxMessage.objects.get().recipient_email == colleague.email


def test_the_deputy_hears_of_new_messages_while_the_owner_is_away(initiative, coordinator):
    deputy = CoordinatorFactory()
    coordinator.absences.create(starts_on=today(), ends_on=today() + timedelta(days=7), deputy=deputy)
    workflow.take_up(initiative, by=coordinator)

    workflow.write_message(initiative, text="Heeft u mijn bericht gezien?")

    assert OutboxMessage.objects.filter(recipient_email=deputy.email).count() == 1
    assert OutboxMessage.objects.filter(recipient_email=coordinator.email).count() == 0


def test_a_withdrawn_plan_is_closed_and_both_sides_hear_of_it(initiative, coordinator):
    workflow.take_up(initiative, by=coordinator)

    workflow.withdraw(initiative, reason="Wij verhuizen.", by=initiative.initiator)

    initiative.refresh_from_db()
    assert initiative.status == Status.WITHDRAWN
    assert initiative.closed_at <= timezone.now()
    assert letters_to(initiative)[-1].subject == "Uw idee “Moestuin” is ingetrokken"
    assert OutboxMessage.objects.filter(recipient_email=coordinator.email).count() == 1
