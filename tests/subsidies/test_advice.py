"""Advice by a signed link: asked, answered without signing in, taken back, and never more than once."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from shared import links
from shared.audit.models import Event
from shared.lifecycle import WorkflowError
from shared.notifications.models import OutboxMessage
from subsidies.enums import AdviceVerdict, Status
from subsidies.letters.review import ADVICE, advice_url
from subsidies.models import Advice, Application
from subsidies.workflow import review
from tests.at_once import at_once
from tests.factories.subsidies import AdviceFactory, ApplicationFactory

pytestmark = pytest.mark.django_db

ANSWER = {"verdict": "concern", "text": "Laat de brandweg vrij."}


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel("2026-09-07 10:00:00+02:00", tick=False):
        yield


def page_of(advice: Advice) -> str:
    return reverse("subsidies:advice", args=[links.sign(ADVICE, advice=str(advice.pk))])


def asked(**fields) -> Advice:
    return AdviceFactory(application__name="Anna Bewoner", application__street="Geheimstraat", **fields)


def test_the_letter_holds_the_question_and_never_who_the_applicant_is():
    case = ApplicationFactory(in_review=True, name="Anna Bewoner", street="Geheimstraat", phone="+31612345678")

    advice = review.ask_advice(
        case,
        name="Groen",
        email="groen@gemeente.example",
        question="Kan hier een bankje?",
        due_on=date(2026, 9, 17),
        by=case.owner,
        version=case.version,
    )

    letter = OutboxMessage.objects.get()
    assert (letter.recipient_email, letter.status) == ("groen@gemeente.example", "pending")
    assert "Kan hier een bankje?" in letter.text
    assert "donderdag 17 september 2026" in letter.text
    assert advice_url(advice).split("?")[0] in letter.text
    assert not any(word in letter.text for word in ("Anna Bewoner", "Geheimstraat", "0612345678", case.email))


@pytest.mark.parametrize(
    ("email", "due_on", "refusal"),
    [
        ("groen@gemeente.example", date(2026, 9, 7), "een dag na vandaag"),
        ("Aanvrager@Voorbeeld.example", date(2026, 9, 17), "e-mailadres van de aanvrager"),
        ("al@gevraagd.example", date(2026, 9, 17), "al advies gevraagd"),
    ],
)
def test_advice_is_asked_of_somebody_else_ahead_and_once(email, due_on, refusal):
    case = ApplicationFactory(in_review=True, email="aanvrager@voorbeeld.example")
    AdviceFactory(application=case, email="al@gevraagd.example")

    with pytest.raises(WorkflowError, match=refusal):
        review.ask_advice(case, name="Groen", email=email, question="Kan dit?", due_on=due_on, by=case.owner)

    assert not OutboxMessage.objects.exists()


def test_the_adviser_reads_the_plan_and_answers_without_signing_in(client):
    advice = asked()
    address = page_of(advice)
    shown = client.get(address).content.decode()
    assert advice.application.what in shown
    assert "Anna Bewoner" not in shown
    assert "Geheimstraat" not in shown

    answer = client.post(address, ANSWER, follow=True)

    advice.refresh_from_db()
    assert (advice.verdict, advice.text) == (AdviceVerdict.CONCERN, "Laat de brandweg vrij.")
    assert "Dank u wel" in answer.content.decode()
    assert OutboxMessage.objects.get().recipient_email == advice.application.owner.email
    assert Event.objects.about(advice.application).get().text == "Adviseur Groen: aandachtspunt"


def test_an_answer_sent_twice_stands_as_it_was_given(client):
    advice = asked()
    for words in (ANSWER, {"verdict": "rather_not", "text": "Toch niet."}):
        answer = client.post(page_of(advice), words, follow=True)

    advice.refresh_from_db()
    assert advice.verdict == AdviceVerdict.CONCERN
    assert "U heeft dit advies al gegeven" in answer.content.decode()
    assert OutboxMessage.objects.count() == 1


def test_a_doubt_without_words_is_asked_about(client):
    answer = client.post(page_of(asked()), {"verdict": "rather_not", "text": ""})

    assert "Leg uit waar de behandelaar op moet letten" in answer.content.decode()


@pytest.mark.parametrize("closed", ["revoked", "decided"])
def test_a_question_that_is_over_says_so_and_takes_nothing_in(client, closed):
    advice = asked()
    if closed == "revoked":
        review.revoke_advice(advice.application, advice=advice, reason="Al duidelijk.", by=advice.application.owner)
    else:
        Application.objects.filter(pk=advice.application_id).update(status=Status.REFUSED)
    written = OutboxMessage.objects.count()

    answer = client.post(page_of(advice), ANSWER, follow=True)

    advice.refresh_from_db()
    assert advice.answered_at is None
    assert "U hoeft niets" in answer.content.decode()
    assert OutboxMessage.objects.count() == written


def test_a_late_answer_is_still_welcome(client):
    advice = asked(due_on=date(2026, 9, 1), lapsed_at="2026-09-02T08:00Z")

    client.post(page_of(advice), ANSWER)

    advice.refresh_from_db()
    assert advice.answered_at is not None


@pytest.mark.parametrize("token", ["onzin", links.sign("subsidies.case", advice="1")], ids=["nonsense", "other page"])
def test_a_link_that_is_not_ours_leads_nowhere(client, token):
    answer = client.get(reverse("subsidies:advice", args=[token]))

    assert answer.status_code in (400, 404, 410)


def test_an_advice_that_is_taken_back_twice_is_refused():
    advice = asked()
    case = advice.application
    review.revoke_advice(case, advice=advice, reason="Al duidelijk.", by=case.owner)

    with pytest.raises(WorkflowError, match="niet meer open"):
        review.revoke_advice(case, advice=advice, reason="Nog eens.", by=case.owner)


@pytest.mark.django_db(transaction=True)
def test_an_answer_and_a_taking_back_at_once_end_in_one_of_the_two():
    for _round in range(10):
        advice = asked()
        case = advice.application
        results = at_once(
            lambda advice=advice: review.answer_advice(advice, verdict=AdviceVerdict.NO_OBJECTION, text=""),
            lambda advice=advice, case=case: review.revoke_advice(case, advice=advice, reason="Nee.", by=case.owner),
        )

        advice.refresh_from_db()
        assert sorted(results) == ["done", "refused"]
        assert (advice.answered_at is None) != (advice.revoked_at is None)
