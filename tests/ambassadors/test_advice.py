"""Advice on any case: asked of exactly one adviser, answered once, taken back, handed over, and never by others."""

from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, transaction

from ambassadors.enums import AdviceStatus, AdviceVerdict
from ambassadors.models import AdviceRequest, HandOver
from ambassadors.routing import Adviser
from ambassadors.workflow import advice
from initiatives.models import Initiative
from shared.audit.models import Event
from shared.lifecycle import StaleVersion, WorkflowError
from shared.notifications.models import OutboxMessage
from tests.at_once import at_once
from tests.factories.accounts import (
    AbsenceFactory,
    AmbassadorFactory,
    CoordinatorFactory,
    DepartmentFactory,
    ManagerFactory,
    RoleAssignmentFactory,
)
from tests.factories.ambassadors import AdviceRequestFactory, deputy_of
from tests.factories.initiatives import InitiativeFactory
from tests.factories.subsidies import ApplicationFactory

pytestmark = pytest.mark.django_db

QUESTION = "Kan hier een bankje?"
DUE = date(2026, 9, 17)
PRIVATE = {"name": "Anna Bewoner", "phone": "+31612345678"}


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel("2026-09-07 10:00:00+02:00", tick=False):
        yield


def ask(case, to, **fields):
    return advice.ask(case, to=to, **{"question": QUESTION, "due_on": DUE, "by": case.owner, **fields})


def ambassador(**fields) -> Adviser:
    user = AmbassadorFactory(**fields)
    return Adviser(department=user.role_assignments.get().department, user=user)


@pytest.mark.parametrize("make", [InitiativeFactory, ApplicationFactory], ids=["initiative", "application"])
def test_the_letter_holds_the_question_and_never_whose_case_it_is(make):
    case = make(in_review=True, **PRIVATE)
    to = ambassador()

    request = ask(case, to, version=case.version)

    letter = OutboxMessage.objects.get()
    assert (letter.recipient_email, letter.about_id) == (to.user.email, str(case.pk))
    assert QUESTION in letter.text
    assert "donderdag 17 september 2026" in letter.text
    assert "/advies/" in letter.text
    assert not any(word in letter.text for word in ("Anna Bewoner", "0612345678", case.email))
    assert (request.owner, request.department, request.wijk) == (to.user, to.department, case.wijk)
    case.refresh_from_db()
    assert case.version == 2
    assert Event.objects.about(case).get().text == f"{to.user} ({to.department})"


def test_somebody_without_a_role_is_asked_by_e_mail():
    case = ApplicationFactory(in_review=True)

    request = ask(case, Adviser(name="Waterschap", email=" info@waterschap.example "))

    assert request.adviser == "Waterschap"
    assert OutboxMessage.objects.get().recipient_email == "info@waterschap.example"


@pytest.mark.parametrize(
    ("email", "due_on", "refusal"),
    [
        ("groen@gemeente.example", date(2026, 9, 7), "een dag na vandaag"),
        ("Aanvrager@Voorbeeld.example", DUE, "e-mailadres van de aanvrager"),
        ("AL@gevraagd.example", DUE, "al advies gevraagd"),
        ("", DUE, "Kies wie"),
    ],
)
def test_advice_is_asked_of_somebody_else_ahead_and_once(email, due_on, refusal):
    case = ApplicationFactory(in_review=True, email="aanvrager@voorbeeld.example")
    AdviceRequestFactory(subject=case, by_email=True, adviser_email="al@gevraagd.example")

    with pytest.raises(WorkflowError, match=refusal):
        ask(case, Adviser(name="Groen", email=email), due_on=due_on)

    assert not OutboxMessage.objects.exists()


def test_advice_is_not_asked_of_who_left_about_what_is_decided_or_by_a_stranger():
    left = ambassador(expired=True)
    case = InitiativeFactory(in_review=True)
    decided = InitiativeFactory(declined=True)

    with pytest.raises(WorkflowError, match="geen ambassadeur van deze afdeling"):
        ask(case, left)
    with pytest.raises(WorkflowError, match="al besloten"):
        ask(decided, ambassador())
    with pytest.raises(WorkflowError, match="behandelt deze zaak niet"):
        ask(case, ambassador(), by=CoordinatorFactory())
    with pytest.raises(StaleVersion):
        ask(case, ambassador(), version=case.version + 1)
    assert not AdviceRequest.objects.exists()


def test_the_answer_goes_to_the_reviewer_and_stands_on_the_timeline():
    request = AdviceRequestFactory()
    case = Initiative.objects.get(pk=request.subject_id)

    advice.answer(request, verdict=AdviceVerdict.CONCERN, text=" Laat de brandweg vrij. ", by=request.owner)

    request.refresh_from_db()
    assert (request.status, request.text, request.answered_by) == ("answered", "Laat de brandweg vrij.", request.owner)
    letter = OutboxMessage.objects.get()
    assert letter.recipient_email == case.owner.email
    assert "Laat de brandweg vrij." in letter.text
    assert Event.objects.about(case).get().text == f"{request.adviser}: aandachtspunt"


def test_a_deputy_may_answer_and_another_department_may_not():
    request = AdviceRequestFactory()

    with pytest.raises(WorkflowError, match="andere afdeling"):
        advice.answer(request, verdict=AdviceVerdict.NO_OBJECTION, text="", by=AmbassadorFactory())
    advice.answer(request, verdict=AdviceVerdict.NO_OBJECTION, text="", by=deputy_of(request.department))

    request.refresh_from_db()
    assert request.status == AdviceStatus.ANSWERED


def test_who_replaces_an_absent_ambassador_gets_the_letter_and_may_answer():
    request = AdviceRequestFactory(asked_at="2026-09-01T08:00Z")
    absence = AbsenceFactory(user=request.owner, deputy=AmbassadorFactory())

    advice.remind(request, by=Initiative.objects.get(pk=request.subject_id).owner)

    assert OutboxMessage.objects.get().recipient_email == absence.deputy.email
    advice.answer(request, verdict=AdviceVerdict.NO_OBJECTION, text="", by=absence.deputy)


@pytest.mark.parametrize("verdict", [AdviceVerdict.CONCERN, AdviceVerdict.RATHER_NOT])
def test_a_doubt_comes_with_words(verdict):
    request = AdviceRequestFactory()

    with pytest.raises(WorkflowError, match="Leg uit"):
        advice.answer(request, verdict=verdict, text="  ", by=request.owner)


@pytest.mark.parametrize(
    ("trait", "refusal"), [("answered", "al gegeven"), ("revoked", "niet meer nodig")], ids=["answered", "revoked"]
)
def test_what_is_over_is_not_answered_again(trait, refusal):
    request = AdviceRequestFactory(**{trait: True})

    with pytest.raises(WorkflowError, match=refusal):
        advice.answer(request, verdict=AdviceVerdict.NO_OBJECTION, text="", by=request.owner)

    assert not OutboxMessage.objects.exists()


def test_a_late_answer_is_still_welcome_and_the_silence_stays_on_record():
    request = AdviceRequestFactory(unanswered=True)

    advice.answer(request, verdict=AdviceVerdict.NO_OBJECTION, text="", by=request.owner)

    request.refresh_from_db()
    assert request.status == AdviceStatus.ANSWERED
    assert request.lapsed_at is not None


def test_a_request_that_is_taken_back_ends_once_and_the_adviser_hears_it():
    request = AdviceRequestFactory()
    owner = Initiative.objects.get(pk=request.subject_id).owner

    advice.revoke(request, reason="Al duidelijk.", by=owner)
    with pytest.raises(WorkflowError, match="niet meer open"):
        advice.revoke(request, reason="Nog eens.", by=owner)

    letter = OutboxMessage.objects.get()
    assert letter.recipient_email == request.owner.email
    assert "U hoeft niets te doen" in letter.text


def test_a_hand_over_names_both_advisers_and_ends_the_old_link():
    request = AdviceRequestFactory()
    before, to = request.owner, ambassador()

    advice.hand_over(request, to=to, note="Dit gaat over verkeer.", by=before, version=request.version)

    request.refresh_from_db()
    assert (request.owner, request.department, request.turn) == (to.user, to.department, 2)
    assert HandOver.objects.get().note == "Dit gaat over verkeer."
    letter = OutboxMessage.objects.get()
    assert letter.recipient_email == to.user.email
    assert "Dit gaat over verkeer." in letter.text
    with pytest.raises(WorkflowError, match="Een collega geeft dit advies nu"):
        advice.answer(request, verdict=AdviceVerdict.NO_OBJECTION, text="", turn=1)


def test_who_had_it_hears_that_the_coordinator_gave_it_to_another():
    request = AdviceRequestFactory()
    before = request.owner
    coordinator = Initiative.objects.get(pk=request.subject_id).owner

    advice.hand_over(request, to=ambassador(), note="Het is te druk.", by=coordinator)

    assert "Het is te druk." in OutboxMessage.objects.get(recipient_email=before.email).text


def test_nobody_else_hands_over_reminds_or_takes_back():
    request = AdviceRequestFactory()

    for stranger in (AmbassadorFactory(), CoordinatorFactory()):
        for step in (
            lambda who: advice.hand_over(request, to=ambassador(), note="x", by=who),
            lambda who: advice.remind(request, by=who),
            lambda who: advice.revoke(request, reason="x", by=who),
        ):
            with pytest.raises(WorkflowError):
                step(stranger)

    assert not OutboxMessage.objects.exists()


def test_a_reminder_by_hand_goes_out_once_a_day():
    request = AdviceRequestFactory(asked_at="2026-09-01T08:00Z")
    by = ManagerFactory()

    advice.remind(request, by=by)
    with pytest.raises(WorkflowError, match="vandaag al bericht"):
        advice.remind(request, by=by)
    with time_machine.travel("2026-09-08 10:00:00+02:00", tick=False):
        advice.remind(request, by=by)

    assert OutboxMessage.objects.count() == 2


def test_the_database_keeps_exactly_one_owner():
    request = AdviceRequestFactory()
    rows = AdviceRequest.objects.filter(pk=request.pk)

    for change in ({"owner": None}, {"adviser_email": "ook@iemand.example"}, {"department": None}):
        with pytest.raises(IntegrityError, match="advice_has_one_owner"), transaction.atomic():
            rows.update(**change)
    with pytest.raises(IntegrityError, match="advice_answered_with_a_verdict"), transaction.atomic():
        rows.update(status=AdviceStatus.ANSWERED)


def test_an_ambassador_sees_the_own_departments_and_a_coordinator_the_own_wijken():
    here, elsewhere = AdviceRequestFactory(), AdviceRequestFactory()
    two_hats = here.owner
    RoleAssignmentFactory(user=two_hats, role="coordinator", wijk=elsewhere.wijk)

    def seen(user):
        return set(AdviceRequest.objects.visible_to(user))

    assert seen(elsewhere.owner) == {elsewhere}
    assert seen(CoordinatorFactory(wijk=here.wijk)) == {here}
    assert seen(here.asked_by) == {here}
    assert seen(two_hats) == {here, elsewhere}
    assert seen(AmbassadorFactory(department=here.department, expired=True)) == set()
    assert seen(AmbassadorFactory(department=DepartmentFactory())) == set()
    assert seen(ManagerFactory()) == {here, elsewhere}


@pytest.mark.django_db(transaction=True)
def test_an_answer_and_a_taking_back_at_once_end_in_one_of_the_two():
    for _round in range(10):
        request = AdviceRequestFactory()
        case = Initiative.objects.get(pk=request.subject_id)
        results = at_once(
            lambda request=request: advice.answer(request, verdict=AdviceVerdict.NO_OBJECTION, text="", turn=1),
            lambda request=request, case=case: advice.revoke(request, reason="Nee.", by=case.owner),
        )

        request.refresh_from_db()
        assert sorted(results) == ["done", "refused"]
        assert request.status in (AdviceStatus.ANSWERED, AdviceStatus.REVOKED)
