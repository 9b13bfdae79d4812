"""The recipient tells how it went: on a phone, by a link or signed in, and without a script."""

from decimal import Decimal

import pytest
from django.urls import reverse

from shared.terms.calendar import today
from subsidies.enums import AccountabilityMode
from subsidies.letters.after import evaluation_token
from subsidies.letters.applicant import case_token
from subsidies.models import CaseFile, CaseMessage, Evaluation, Report
from subsidies.workflow.after import evaluation
from tests.factories.accounts import UserFactory
from tests.factories.documents import photo
from tests.factories.subsidies import ApplicationFactory, HearingFactory, ReportFactory
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db

ANSWERS = {
    "took_place": "ja",
    "what_happened": "Wij aten met de hele straat.",
    "people_count": "42",
    "what_changed": "Buren groeten elkaar nu.",
    "alt_1": "Een lange tafel vol mensen",
    "once": "6d1f7c1e-2a53-4c55-9a3b-64d54d3b7f12",
}


@pytest.fixture
def expected():
    return ReportFactory()


def page(report: Report) -> str:
    return reverse("subsidies:report_by_link", args=[case_token(report.application)])


def answers(**changes):
    return ANSWERS | {"photo_1": photo()} | changes


def test_a_photo_and_three_questions_are_enough(client, expected):
    answer = client.post(page(expected), answers(), follow=True)

    expected.refresh_from_db()
    assert "Wij hebben uw verslag ontvangen" in answer.text
    assert (expected.received_on, expected.took_place, expected.people_count) == (today(), True, 42)
    assert CaseFile.objects.get().alt_text == "Een lange tafel vol mensen"


def test_who_signed_in_comes_by_the_number(client, expected):
    sign_in(client, expected.application.applicant)

    client.post(reverse("subsidies:report", args=[expected.application.reference]), answers())

    assert Report.objects.get().received_on == today()


def test_somebody_elses_report_is_not_found(client, expected):
    sign_in(client, UserFactory())

    assert client.get(reverse("subsidies:report", args=[expected.application.reference])).status_code == 404


def test_the_page_of_the_case_leads_here(client):
    report = ReportFactory(due_on=today())

    answer = client.get(reverse("subsidies:case_by_link", args=[case_token(report.application)]))

    assert "Vertel ons hoe het ging" in answer.text
    assert "/bericht/verslag/" in answer.text


def test_a_photo_without_words_is_asked_about_and_kept(client, expected):
    answer = client.post(page(expected), answers(alt_1=""))

    assert "Vertel wat er te zien is op foto 1" in answer.text
    assert "tuin.jpg" in answer.text
    assert CaseMessage.objects.count() == 0


def test_each_open_question_is_named_at_once(client, expected):
    answer = client.post(page(expected), {"took_place": "ja"})

    for words in ("Schrijf op wat u heeft gedaan", "hoeveel mensen", "beter is geworden", "Voeg een foto toe"):
        assert words in answer.text


def test_what_did_not_take_place_needs_one_answer(client, expected):
    client.post(page(expected), {"took_place": "nee", "what_happened": "Het regende te hard."})

    expected.refresh_from_db()
    assert (expected.took_place, expected.received_on) == (False, today())


def test_a_small_amount_is_not_asked_for_receipts(client, expected):
    assert "Bonnen of facturen" not in client.get(page(expected)).text


@pytest.mark.parametrize("mode", [AccountabilityMode.RECEIPTS, AccountabilityMode.ACCOUNT])
def test_receipts_and_the_amount_are_asked_of_a_larger_one(client, mode):
    report = ReportFactory(mode=mode)

    refused = client.post(page(report), answers())
    client.post(
        page(report),
        answers(spent="712,50", costs="Tent 700\nThee 12,50", receipts=photo(name="bon.jpg", width=70)),
    )

    assert "Voeg uw bonnen of facturen toe" in refused.text
    report.refresh_from_db()
    assert report.spent == Decimal("712.50")
    assert report.files.count() == 2


def test_who_the_sample_drew_sends_receipts_too(client, expected):
    Report.objects.update(sampled_at=expected.application.submitted_at)

    assert "Bonnen of facturen" in client.get(page(expected)).text


def test_files_that_came_before_need_not_be_sent_again(client, expected):
    client.post(page(expected), answers())
    Report.objects.update(received_on=None, returned_because="Hoeveel mensen waren er?")

    shown = client.get(page(expected)).text
    client.post(page(expected), ANSWERS | {"alt_1": "", "people_count": "50", "once": ""})

    assert "Hoeveel mensen waren er?" in shown
    expected.refresh_from_db()
    assert (expected.people_count, expected.received_on) == (50, today())


def test_a_second_press_sends_one_report(client, expected):
    client.post(page(expected), answers())
    client.post(page(expected), answers())

    assert CaseMessage.objects.count() == 1


@pytest.mark.parametrize("made", [{"granted": True}, {"refused": True}])
def test_when_no_report_is_asked_the_page_says_so(client, made):
    application = ApplicationFactory(**made)

    answer = client.get(reverse("subsidies:report_by_link", args=[case_token(application)]), follow=True)

    assert "geen verslag te sturen" in answer.text


def test_before_a_lower_settlement_the_recipient_can_react_on_the_page_of_the_case(client):
    application = ApplicationFactory(granted=True)
    hearing = HearingFactory(application=application)
    address = reverse("subsidies:case_message_by_link", args=[case_token(application), "zienswijze"])

    client.post(address, {"text": "Het geld is wel besteed."})

    hearing.refresh_from_db()
    application.refresh_from_db()
    assert hearing.view.text == "Het geld is wel besteed."
    assert application.status == "granted"


class TestTheMark:
    """One question, once."""

    @pytest.fixture
    def asked(self):
        application = ApplicationFactory(refused=True)
        evaluation.ask(application)
        return reverse("subsidies:evaluate", args=[evaluation_token(application)])

    def test_it_is_kept_and_thanked_for(self, client, asked):
        answer = client.post(asked, {"mark": "8", "text": "Snel en vriendelijk."}, follow=True)

        assert "U gaf ons een 8" in answer.text
        assert Evaluation.objects.get().text == "Snel en vriendelijk."

    def test_a_second_one_changes_nothing(self, client, asked):
        client.post(asked, {"mark": "8"})
        client.post(asked, {"mark": "1"})

        assert Evaluation.objects.get().mark == 8

    @pytest.mark.parametrize("mark", ["", "0", "11", "acht"])
    def test_no_mark_is_asked_about(self, client, asked, mark):
        answer = client.post(asked, {"mark": mark})

        assert answer.context["form"].errors
        assert Evaluation.objects.get().mark is None

    def test_a_link_that_is_not_ours_opens_nothing(self, client, asked):
        assert client.get(asked[:-3] + "xx/").status_code == 404
