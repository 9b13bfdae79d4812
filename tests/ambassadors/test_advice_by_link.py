"""The signed link of an adviser: answered without signing in; when it is over, expired or not ours, nothing leaks."""

import re

import pytest
import time_machine
from django.urls import reverse

from ambassadors import letters
from ambassadors.enums import AdviceStatus
from ambassadors.models import AdviceRequest
from ambassadors.routing import Adviser
from ambassadors.workflow import advice
from initiatives.models import Initiative
from shared import links
from shared.notifications.models import OutboxMessage
from tests.factories.accounts import AmbassadorFactory
from tests.factories.ambassadors import AdviceRequestFactory
from tests.factories.initiatives import InitiativeFactory
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db

ANSWER = {"verdict": "concern", "text": "Laat de brandweg vrij."}
SECRET = "Alleen voor de adviseur"


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel("2026-09-07 10:00:00+02:00", tick=False):
        yield


def asked(**fields) -> AdviceRequest:
    plan = InitiativeFactory(in_review=True, name="Anna Bewoner", postal_address="Geheimstraat 1", what=SECRET)
    return AdviceRequestFactory(subject=plan, question=SECRET, **fields)


def page_of(request: AdviceRequest) -> str:
    return reverse("ambassadors:advice", args=[letters.token(request)])


def shown(answer) -> str:
    return answer.content.decode()


def test_the_adviser_reads_the_case_and_answers_without_signing_in(client):
    request = asked()
    page = shown(client.get(page_of(request)))
    assert SECRET in page
    assert not any(word in page for word in ("Anna Bewoner", "Geheimstraat"))

    answer = client.post(page_of(request), ANSWER, follow=True)

    request.refresh_from_db()
    assert (request.verdict, request.text, request.answered_by) == ("concern", "Laat de brandweg vrij.", None)
    assert "Dank u wel" in shown(answer)


def test_after_the_last_day_nobody_asks_for_an_answer_before_it(client):
    request = asked(late=True, lapsed_at=None)
    plan = Initiative.objects.get(pk=request.subject_id)

    letter = letters.advice_request(request, plan, reminder=True)

    assert "zo snel als u kunt" in letter.subject
    assert "graag vóór of op" not in letter.text + shown(client.get(page_of(request)))
    assert "nog steeds welkom" in letter.text


def test_looking_changes_nothing(client):
    request = asked()

    for _visit in range(2):
        client.get(page_of(request), {"verdict": "no_objection", "text": "ja"})
        client.head(page_of(request))

    request.refresh_from_db()
    assert (request.status, request.version) == (AdviceStatus.ASKED, 1)
    assert not OutboxMessage.objects.exists()


def test_an_answer_sent_twice_stands_as_it_was_given(client):
    request = asked()
    for words in (ANSWER, {"verdict": "rather_not", "text": "Toch niet."}):
        answer = client.post(page_of(request), words, follow=True)

    request.refresh_from_db()
    assert request.verdict == "concern"
    assert "U heeft dit advies al gegeven" in shown(answer)
    assert "Wij vullen het samen met u in" not in shown(answer)
    assert OutboxMessage.objects.count() == 1


def test_a_doubt_without_words_is_asked_about_and_the_choice_is_kept(client):
    page = shown(client.post(page_of(asked()), {"verdict": "rather_not", "text": ""}))

    assert "Leg uit waar de behandelaar op moet letten" in page
    assert re.search(r'value="rather_not"[^>]* checked', page)


@pytest.mark.parametrize("over", ["answered", "revoked", "decided", "handed over"])
def test_a_link_that_is_over_says_so_tells_nothing_of_the_case_and_takes_nothing_in(client, over):
    request = asked(answered=over == "answered", revoked=over == "revoked")
    address = page_of(request)
    if over == "decided":
        Initiative.objects.filter(pk=request.subject_id).update(status="declined")
    if over == "handed over":
        other = AmbassadorFactory()
        to = Adviser(department=other.role_assignments.get().department, user=other)
        advice.hand_over(request, to=to, note="Naar een collega.", by=request.owner)
    written = OutboxMessage.objects.count()

    pages = [shown(client.get(address)), shown(client.post(address, ANSWER, follow=True))]

    assert all("U hoeft niets" in page or "al gegeven" in page for page in pages)
    assert not any(SECRET in page or request.title in page for page in pages)
    assert OutboxMessage.objects.count() == written
    request.refresh_from_db()
    assert request.status != AdviceStatus.ANSWERED or over == "answered"


def test_a_link_ends_after_the_days_of_the_municipality(client):
    address = page_of(asked(due_on="2026-12-31"))

    with time_machine.travel("2026-12-05 10:00:00+01:00", tick=False):
        assert client.get(address).status_code == 200
    with time_machine.travel("2026-12-07 10:00:00+01:00", tick=False):
        answer = client.get(address)

    assert answer.status_code == 410
    assert SECRET not in shown(answer)


def test_a_link_that_is_not_ours_leads_nowhere(client):
    request = asked()
    real = letters.token(request)
    other = links.sign("subsidies.case", request=str(request.pk), turn=1)

    for token in ("onzin", real[:-1] + ("a" if real[-1] != "a" else "b"), real[1:], other):
        for answer in (client.get(f"/advies/{token}/"), client.post(f"/advies/{token}/", ANSWER)):
            assert answer.status_code == 404
            assert SECRET not in shown(answer)
    request.refresh_from_db()
    assert request.status == AdviceStatus.ASKED


def back_of(request: AdviceRequest) -> str:
    return reverse("ambassadors:hand_back", args=[letters.token(request)])


def test_a_question_that_is_for_somebody_else_goes_back_with_a_note_and_who_asked_hears_it(client):
    request = asked()
    assert back_of(request) in shown(client.get(page_of(request)))
    assert request.title in shown(client.get(back_of(request)))

    for _click in range(2):
        done = client.post(back_of(request), {"note": "Dit weet het waterschap."}, follow=True)

    request.refresh_from_db()
    assert (request.status, request.end_reason) == (AdviceStatus.HANDED_BACK, "Dit weet het waterschap.")
    assert f"De vraag is terug bij {request.asked_by}" in shown(done) or "Deze vraag is teruggegeven" in shown(done)
    told = OutboxMessage.objects.all()
    assert {letter.recipient_email for letter in told} >= {request.asked_by.email}
    assert len(told) == len({letter.recipient_email for letter in told})
    assert all("Dit weet het waterschap." in letter.text for letter in told)
    assert not any("Anna Bewoner" in letter.text for letter in told)
    assert not AdviceRequest.objects.open().exists()


def test_a_question_goes_back_only_with_a_note_and_while_it_is_open(client):
    request = asked()
    assert "Schrijf waarom de vraag niet voor u is" in shown(client.post(back_of(request), {"note": " "}))
    client.post(page_of(request), ANSWER)

    page = shown(client.post(back_of(request), {"note": "Toch niet."}, follow=True))

    request.refresh_from_db()
    assert request.status == AdviceStatus.ANSWERED
    assert "U heeft dit advies al gegeven" in page
    assert SECRET not in page
    assert client.get(back_of(request)).status_code == 200
    assert client.get("/advies/onzin/teruggeven/").status_code == 404


def test_the_coordinator_reads_why_it_came_back_on_the_file_and_asks_somebody_else(client):
    request = asked()
    client.post(back_of(request), {"note": "Dit weet het waterschap."})
    plan = Initiative.objects.get(pk=request.subject_id)
    sign_in(client, plan.owner)

    file = shown(client.get(reverse("admin:initiatives_initiative_change", args=[plan.pk])))

    assert "teruggegeven: Dit weet het waterschap." in file
    again = Adviser(department=request.department, user=request.owner)
    asked_again = advice.ask(plan, to=again, question="En nu?", due_on=request.due_on, by=plan.owner)
    assert asked_again.is_open
