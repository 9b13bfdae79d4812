"""The steps of the reviewer on screen: what is shown is what is sent, once, by who may do it, and never twice."""

import re
from html import unescape

import pytest
from django.urls import reverse

from ambassadors.models import AdviceRequest
from shared.accounts.enums import Role
from shared.audit.models import Event
from shared.notifications.models import OutboxMessage
from subsidies.admin import registry
from subsidies.enums import Status
from subsidies.models import Application, CaseNote
from tests.factories.accounts import (
    AmbassadorFactory,
    CoordinatorFactory,
    CouncilStaffFactory,
    FinanceFactory,
    ManagerFactory,
    UserFactory,
)
from tests.factories.ambassadors import AdviceRequestFactory
from tests.factories.subsidies import (
    ApplicationFactory,
    CaseMessageFactory,
    CompletionRequestFactory,
    CriterionFactory,
    HearingFactory,
    SchemeVersionFactory,
)
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db

COMPLETION = {
    "items": "Een offerte\n- Een tekening",
    "due_on_0": "21",
    "due_on_1": "9",
    "due_on_2": "2026",
}


@pytest.fixture(autouse=True)
def monday(time_machine):
    time_machine.move_to("2026-09-07 10:00:00+02:00", tick=False)


@pytest.fixture
def coordinator(client):
    return sign_in(client, CoordinatorFactory(name="Jan de Vries"))


@pytest.fixture
def case(coordinator):
    return ApplicationFactory(
        in_review=True, owner=coordinator, wijk=coordinator.role_assignments.get().wijk, title="Feest Kruiswiel"
    )


def step_of(case: Application, slug: str) -> str:
    return reverse("admin:subsidies_application_step", args=[case.pk, slug])


def file_of(case: Application) -> str:
    return reverse("admin:subsidies_application_change", args=[case.pk])


def fingerprint(page: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', page)
    return found[1] if found else ""


def take(client, case: Application, slug: str, answers: dict | None = None):
    """Look at the letter, then do it: as a person does."""
    sent = {"version": case.version, **(answers or {})}
    seen = fingerprint(client.post(step_of(case, slug), sent | {"_preview": "1"}).content.decode())
    return client.post(step_of(case, slug), sent | {"seen": seen, "_send": "1"}, follow=True)


def words(response) -> str:
    return unescape(response.content.decode()).replace("\xa0", " ")


def test_a_request_to_complete_is_seen_before_it_is_sent_and_sent_once(client, case):
    preview = client.post(step_of(case, "aanvulling-vragen"), COMPLETION | {"_preview": "1"})
    assert "Een tekening" in words(preview)
    assert not OutboxMessage.objects.exists()

    answer = take(client, case, "aanvulling-vragen", COMPLETION)
    again = client.post(
        step_of(case, "aanvulling-vragen"), COMPLETION | {"version": case.version, "_send": "1"}, follow=True
    )

    assert "Aanvulling vragen: gedaan." in words(answer)
    assert "Dit is al gedaan door Jan de Vries" in words(again)
    assert OutboxMessage.objects.count() == 1
    assert Application.objects.get(pk=case.pk).status == Status.INCOMPLETE


def test_a_refused_answer_keeps_the_form_open_with_the_reason_and_the_words(client, case):
    answer = client.post(step_of(case, "aanvulling-vragen"), COMPLETION | {"due_on_0": "20", "_send": "1"})

    assert answer.status_code == 200
    assert "Kies een werkdag: dit is zondag." in words(answer)
    assert "Een tekening" in words(answer)


def test_somebody_with_an_old_page_is_told_who_was_first_and_keeps_the_words(client, case):
    colleague = ManagerFactory(name="Mia Bos")
    old = case.version
    Application.objects.filter(pk=case.pk).update(version=old + 1)
    Event.objects.create(
        action="subsidies.judged",
        subject_type="subsidies.application",
        subject_id=str(case.pk),
        actor_id=colleague.pk,
        actor_label="Mia Bos",
        visibility="staff",
    )

    answer = client.post(
        step_of(case, "bericht"), {"text": "Mijn lange tekst.", "version": old, "_preview": "1"}, follow=True
    )

    assert "Intussen is er iets gewijzigd door Mia Bos" in words(answer)
    assert "Mijn lange tekst." in words(answer)


def test_the_checklist_is_filled_in_bit_by_bit(client, case):
    first = CriterionFactory(scheme_version=case.scheme_version, question="Voor de buurt?")
    second = CriterionFactory(scheme_version=case.scheme_version, question="Geen winst?")
    line = case.cost_lines.get()
    answers = {f"answer_{first.pk}": "yes", f"remark_{first.pk}": "Ja hoor.", f"answer_{second.pk}": ""}

    refused = client.post(step_of(case, "toetsen"), answers | {f"counts_{line.pk}": "no", "_preview": "1"})
    page = take(client, case, "toetsen", answers | {f"counts_{line.pk}": "no", f"why_{line.pk}": "Bier."})

    assert "Schrijf waarom “Huur van tafels” niet meetelt" in words(refused)
    assert "Ja hoor." in words(page)
    assert "Nog niet bekeken" in words(page)
    assert "telt niet mee: Bier." in words(page)


def test_scores_are_asked_only_where_a_scheme_ranks(client, coordinator, case):
    assert "Score geven" not in words(client.get(file_of(case)))
    ranked = ApplicationFactory(
        in_review=True,
        owner=coordinator,
        scheme_version=SchemeVersionFactory(score_criteria="Draagvlak\nDuurzaam"),
    )

    page = take(client, ranked, "score", {"score_0": "4", "score_1": "3"})

    assert "Score: 7 punten." in words(page)


def test_a_question_is_answered_from_the_file(client, case):
    question = CaseMessageFactory(application=case, text="Wanneer hoor ik iets?")
    Application.objects.filter(pk=case.pk).update(unread_since=question.received_at)

    page = words(take(client, case, "bericht", {"message": question.pk, "text": "Volgende week."}))

    assert "Volgende week." in page
    assert "niet beantwoord" not in page


def test_a_note_is_saved_once_however_often_it_is_sent(client, case):
    address = reverse("admin:subsidies_application_note", args=[case.pk])
    token = re.search(r'name="once" value="([^"]+)"', client.get(file_of(case)).content.decode())[1]

    for _twice in range(2):
        client.post(address, {"note_text": "Bellen met groen.", "once": token})
    empty = client.post(address, {"note_text": " "}, follow=True)

    assert CaseNote.objects.get().text == "Bellen met groen."
    assert "Vul interne notitie in" in words(empty)


def test_every_step_opens_or_says_why_not_in_every_status(client, coordinator):
    for trait in ("in_review", "incomplete", "hearing", "granted", "settled", "refused", "not_processed", "withdrawn"):
        case = ApplicationFactory(**{trait: True}, wijk=coordinator.role_assignments.get().wijk)
        if trait == "incomplete":
            CompletionRequestFactory(application=case)
        if trait == "hearing":
            HearingFactory(application=case)
        for page in registry.DESK.step_pages():
            answer = client.get(step_of(case, page.slug))

            assert answer.status_code in (200, 302), (trait, page.slug)


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.COORDINATOR, 404),
        (Role.FUNCTIONAL_MANAGER, 200),
        (Role.AMBASSADOR, 403),
        (Role.FINANCE, 403),
        (Role.COUNCIL_STAFF, 302),
        (Role.RESIDENT, 302),
    ],
)
def test_who_opens_a_case_of_somebody_elses_wijk(client, role, status):
    people = {
        Role.COORDINATOR: CoordinatorFactory,
        Role.FUNCTIONAL_MANAGER: ManagerFactory,
        Role.AMBASSADOR: AmbassadorFactory,
        Role.FINANCE: FinanceFactory,
        Role.COUNCIL_STAFF: CouncilStaffFactory,
        Role.RESIDENT: UserFactory,
    }
    case = ApplicationFactory(in_review=True)
    sign_in(client, people[role]())

    answers = {client.get(address).status_code for address in (file_of(case), step_of(case, "aanvulling-vragen"))}
    posted = client.post(step_of(case, "aanvulling-vragen"), COMPLETION | {"_send": "1", "seen": "x"})

    assert answers == {status}
    assert posted.status_code == status
    assert not OutboxMessage.objects.exists()


def test_who_was_assigned_a_case_of_another_wijk_handles_it(client, coordinator):
    elsewhere = ApplicationFactory(in_review=True, owner=coordinator)

    assert client.get(file_of(elsewhere)).status_code == 200


def test_advice_is_asked_and_taken_back_on_screen(client, case):
    answers = {
        "adviser": "e-mail",
        "name": "Adviseur Groen",
        "email": "groen@gemeente.example",
        "question": "Kan dit hier?",
        "due_on_0": "17",
        "due_on_1": "9",
        "due_on_2": "2026",
    }
    page = take(client, case, "advies-vragen", answers)
    case.refresh_from_db()
    advice = AdviceRequest.objects.about(case).get()

    gone = take(client, case, "advies-intrekken", {"advice": advice.pk, "reason": "Al duidelijk."})

    assert "wacht op antwoord" in words(page)
    assert "ingetrokken" in words(gone)
    assert [message.recipient_email for message in OutboxMessage.objects.all()] == ["groen@gemeente.example"] * 2


def test_the_file_names_what_is_waited_for_and_what_was_read(client, case):
    CaseMessageFactory(application=case, text="Mijn vraag")
    AdviceRequestFactory(subject=case, by_email=True)

    page = words(client.get(file_of(case)))

    assert "Zo is die dag geteld: 8 weken vanaf 7 september, dus maandag 2 november 2026." in page
    assert "Mijn vraag" in page
    assert "wacht op antwoord" in page
    assert Event.objects.about(case).filter(action="audit.read").count() == 1
