"""The applicant's own case: who may see it, what it says, and every official message as a form there."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.dateformat import format as format_date

from shared import links
from shared.audit.models import Event
from shared.notifications.models import OutboxMessage
from shared.terms.calendar import today
from subsidies.enums import MessageKind, Outcome, Status
from subsidies.letters.applicant import CASE, case_token
from subsidies.letters.payment import account_url
from subsidies.models import Application, CaseMessage, Entry, Recovery
from subsidies.workflow import objection
from tests.factories.accounts import CoordinatorFactory, ManagerFactory, UserFactory
from tests.factories.documents import photo
from tests.factories.subsidies import (
    ApplicationFactory,
    CaseMessageFactory,
    CeilingFactory,
    CompletionRequestFactory,
    DecisionFactory,
    HearingFactory,
    PaymentFactory,
    ReportFactory,
)
from tests.sign_in import sign_in
from tests.subsidies import objecting

pytestmark = pytest.mark.django_db

PAGES = [
    ("case", ()),
    ("case_download", ()),
    ("case_message", ("vraag",)),
    ("case_file", (1,)),
    ("case_decision", (1,)),
]


def url(application, name: str = "case", *rest: object) -> str:
    return reverse(f"subsidies:{name}", args=[application.reference, *rest])


def by_link(application, name: str = "case_by_link", *rest: object) -> str:
    return reverse(f"subsidies:{name}", args=[case_token(application), *rest])


def write(client, application, slug: str, text: str = "Mijn bericht", **more: object):
    return client.post(url(application, "case_message", slug), {"text": text, **more})


@pytest.fixture
def mine(client):
    """A new application of who is signed in."""
    application = ApplicationFactory()
    sign_in(client, application.applicant)
    return application


class TestWhoMaySeeIt:
    """Not yours is not found."""

    @pytest.mark.parametrize(("name", "rest"), PAGES)
    def test_a_stranger_is_asked_to_sign_in(self, client, name, rest):
        assert client.get(url(ApplicationFactory(), name, *rest)).status_code == 302

    @pytest.mark.parametrize(("name", "rest"), PAGES)
    def test_the_case_of_somebody_else_does_not_exist(self, client, name, rest):
        sign_in(client, UserFactory())

        assert client.get(url(ApplicationFactory(), name, *rest)).status_code == 404

    def test_a_coordinator_reviews_in_the_admin_and_has_no_page_here(self, client):
        application = ApplicationFactory()
        sign_in(client, CoordinatorFactory(wijk=application.wijk))

        assert client.get(url(application)).status_code == 404

    def test_nobody_owns_an_application_without_an_address(self, client):
        application = ApplicationFactory(without_email=True)
        sign_in(client, UserFactory())

        assert client.get(url(application)).status_code == 404

    def test_who_signs_in_with_the_address_confirms_it(self, client):
        application = ApplicationFactory(applicant=None, email="anna@voorbeeld.example")
        anna = sign_in(client, UserFactory(email="anna@voorbeeld.example"))

        assert client.get(url(application)).status_code == 200
        application.refresh_from_db()
        assert application.applicant == anna

    def test_the_link_of_a_letter_opens_the_case_without_an_account(self, client):
        application = ApplicationFactory()

        assert client.get(by_link(application)).status_code == 200

    def test_a_link_to_an_older_address_opens_nothing(self, client):
        application = ApplicationFactory()
        old = links.sign(CASE, application=application.pk, email="oud@voorbeeld.example")

        assert client.get(reverse("subsidies:case_by_link", args=[old])).status_code == 404

    def test_a_link_that_was_changed_opens_nothing(self, client):
        token = case_token(ApplicationFactory())[:-2] + "xx"

        assert client.get(reverse("subsidies:case_by_link", args=[token])).status_code == 404

    def test_a_file_of_another_case_is_not_found(self, client, mine):
        other = ApplicationFactory()
        sign_in(client, other.applicant)
        write(client, other, "toevoegen", files=photo())
        kept = other.files.get()
        sign_in(client, mine.applicant)

        assert client.get(url(mine, "case_file", kept.pk)).status_code == 404


def test_the_page_explains_its_date(client, mine):
    page = client.get(url(mine)).content.decode()

    assert "Wij beslissen uiterlijk" in page
    assert "Waarom deze datum?" in page
    assert "8 weken vanaf" in page


def test_the_applicant_can_take_a_copy_of_everything(client, mine):
    CaseMessageFactory(application=mine, text="Wanneer hoor ik iets?")

    copy = client.get(url(mine, "case_download")).json()

    assert copy["number"] == mine.reference
    assert copy["answers"]["Over u"]["Uw naam"] == mine.name
    assert [message["text"] for message in copy["messages"]] == ["Wanneer hoor ik iets?"]


def test_the_page_asks_as_much_for_many_messages_as_for_one(client, mine, django_assert_num_queries):
    CaseMessageFactory(application=mine)
    client.get(url(mine))
    with CaptureQueriesContext(connection) as few:
        client.get(url(mine))
    for _number in range(20):
        CaseMessageFactory(application=mine)

    with django_assert_num_queries(len(few)):
        client.get(url(mine))


def test_what_we_wait_for_stands_on_top_with_its_button(client):
    request = CompletionRequestFactory(items=["Een offerte van de tafels"])
    sign_in(client, request.application.applicant)

    page = client.get(url(request.application)).content.decode()

    assert "Een offerte van de tafels" in page
    assert url(request.application, "case_message", "toevoegen") in page


class TestMessages:
    """Each official message is kept, confirmed with its time and a copy, and passed on."""

    def test_a_question_gets_a_receipt_with_time_and_copy(self, client, mine):
        coordinator = CoordinatorFactory(wijk=mine.wijk)

        write(client, mine, "vraag", "Wanneer hoor ik iets?")

        message = CaseMessage.objects.get()
        assert (message.kind, message.text, message.received_on) == ("question", "Wanneer hoor ik iets?", today())
        receipt = OutboxMessage.objects.get(recipient_email=mine.email)
        assert "uur hebben wij uw bericht ontvangen" in receipt.text
        assert "Wanneer hoor ik iets?" in receipt.text
        assert "Wanneer hoor ik iets?" in OutboxMessage.objects.get(recipient_email=coordinator.email).text
        assert Event.objects.about(mine).filter(action="subsidies.message_received").count() == 1

    def test_a_second_press_sends_one_message(self, client, mine):
        for _press in range(2):
            write(client, mine, "vraag", once="11111111-1111-4111-8111-111111111111")

        assert CaseMessage.objects.count() == 1

    def test_an_addition_ends_the_wait_and_keeps_its_files(self, client):
        application = CompletionRequestFactory().application
        sign_in(client, application.applicant)

        write(client, application, "toevoegen", "", files=photo())

        application.refresh_from_db()
        assert application.status == Status.IN_REVIEW
        assert application.completion_requests.get().completed_on == today()
        assert application.files.get().message.kind == MessageKind.ADDITION

    def test_a_view_ends_the_hearing(self, client):
        hearing = HearingFactory()
        sign_in(client, hearing.application.applicant)

        write(client, hearing.application, "zienswijze", "Ik ben het er niet mee eens.")

        hearing.refresh_from_db()
        assert hearing.view.text == "Ik ben het er niet mee eens."
        hearing.application.refresh_from_db()
        assert hearing.application.status == Status.IN_REVIEW

    def test_withdrawing_needs_no_reason_and_frees_what_was_set_aside(self, client, mine):
        ceiling = CeilingFactory(scheme=mine.scheme, amount=1000)
        Entry.objects.create(ceiling=ceiling, kind="reserved", amount=Decimal(750), application=mine, booked_on=today())

        write(client, mine, "intrekken", "")

        mine.refresh_from_db()
        ceiling.refresh_from_db()
        assert mine.status == Status.WITHDRAWN
        assert ceiling.available == 1000
        subjects = list(OutboxMessage.objects.filter(recipient_email=mine.email).values_list("subject", flat=True))
        assert any("U heeft uw aanvraag ingetrokken" in subject for subject in subjects)

    def test_by_the_link_of_a_letter_every_form_works_as_well(self, client):
        application = ApplicationFactory(applicant=None)

        client.post(by_link(application, "case_message_by_link", "vraag"), {"text": "Zonder account"})

        assert CaseMessage.objects.get().text == "Zonder account"

    def test_a_kind_that_is_not_there_is_not_found(self, client, mine):
        assert client.get(url(mine, "case_message", "onzin")).status_code == 404

    def test_an_empty_question_is_asked_for(self, client, mine):
        response = write(client, mine, "vraag", " ")

        assert response.context["form"].errors == {"text": ["Schrijf eerst uw vraag"]}


class TestWhatIsOffered:
    """A form is there when it makes sense; else the page says from when."""

    def offered(self, client, application) -> dict[str, bool]:
        context = client.get(url(application)).context
        return {each.slug: True for each, _url in context["possible"]} | {each.slug: False for each in context["later"]}

    def test_before_the_last_day_nobody_can_say_that_we_are_late(self, client, mine):
        page = client.get(url(mine)).content.decode()

        assert self.offered(client, mine)["te-laat"] is False
        assert "U kunt ons pas in gebreke stellen na" in page
        assert client.get(url(mine, "case_message", "te-laat")).status_code == 409

    def test_after_the_last_day_it_can_be_said(self, client):
        application = ApplicationFactory(in_review=True, received_on=today() - timedelta(weeks=10))
        sign_in(client, application.applicant)

        assert self.offered(client, application)["te-laat"] is True

    def test_a_refused_message_is_not_kept(self, client, mine):
        write(client, mine, "te-laat")

        assert CaseMessage.objects.count() == 0

    def test_after_a_decision_there_is_objection_and_no_withdrawal(self, client):
        decision = DecisionFactory()
        sign_in(client, decision.application.applicant)

        offered = self.offered(client, decision.application)

        assert offered == {
            "vraag": True,
            "bezwaar": True,
            "bezwaar-intrekken": False,
            "toevoegen": False,
            "zienswijze": False,
            "intrekken": False,
            "te-laat": False,
            "klacht": True,
            "verslag": False,
        }

    def test_a_report_can_be_sent_when_one_is_expected(self, client):
        report = ReportFactory()
        sign_in(client, report.application.applicant)

        assert self.offered(client, report.application)["verslag"] is True

    def test_a_late_objection_can_still_be_made_with_its_reason(self, client):
        decision = DecisionFactory(objection_due=today() - timedelta(days=1))
        sign_in(client, decision.application.applicant)

        page = client.get(url(decision.application, "case_message", "bezwaar")).content.decode()

        assert "Bent u te laat en kunt u daar niets aan doen?" in page

    def test_the_page_says_until_when_we_pay_and_asks_for_the_account(self, client):
        decision = DecisionFactory()
        PaymentFactory(application=decision.application, decision=decision, due_on=today() + timedelta(weeks=6))
        sign_in(client, decision.application.applicant)

        page = client.get(url(decision.application)).content.decode()

        assert "Wij betalen €\u00a0" in page
        assert "/subsidie/rekening/" in page

    def test_the_page_says_when_we_paid(self, client):
        payment = PaymentFactory(status="paid", credited_on=today())
        sign_in(client, payment.application.applicant)

        assert "Wij betaalden €\u00a0750,00 op" in client.get(url(payment.application)).content.decode()

    def test_the_letter_of_a_decision_is_there(self, client):
        decision = DecisionFactory(letter=b"%PDF-1.7 besluit")
        sign_in(client, decision.application.applicant)

        response = client.get(url(decision.application, "case_decision", decision.pk))

        assert response.content == b"%PDF-1.7 besluit"


class TestWhatAMessageSetsInMotion:
    """An objection and a notice of default are handled as such from the moment they come in."""

    def test_an_objection_is_written_down_against_the_newest_decision(self, client):
        decision = DecisionFactory()
        sign_in(client, decision.application.applicant)

        write(client, decision.application, "bezwaar", "Ik ben het er niet mee eens.")

        objection = decision.objections.get()
        assert objection.message.text == "Ik ben het er niet mee eens."
        assert objection.is_late is False

    def test_a_notice_of_default_starts_the_penalty_clock(self, client):
        application = ApplicationFactory(in_review=True, received_on=today() - timedelta(weeks=10))
        sign_in(client, application.applicant)

        write(client, application, "te-laat", "")

        notice = application.default_notices.get()
        assert notice.no_effect_because == ""
        assert notice.first_day is not None
        assert "Ik stel u in gebreke" in notice.message.text


def test_who_objected_reads_who_handles_it_until_when_and_what_is_missing(mine, client):
    manager, coordinator = ManagerFactory(), CoordinatorFactory()
    refusal = DecisionFactory(application=mine, outcome=Outcome.REFUSE, amount=None, decided_by=coordinator)
    Application.objects.filter(pk=mine.pk).update(status=Status.REFUSED)
    made = objecting.receive(refusal)

    before = client.get(url(mine)).content.decode()
    objection.take_up(made, handler=manager, committee=False, by=manager, version=None)
    due_on = today() + timedelta(days=14)
    objection.ask_repair(made, text="Schrijf waarom.", due_on=due_on, by=manager, version=None)
    asked = client.get(url(mine)).content.decode()

    assert "over uw bezwaar" in before
    assert "U krijgt bericht wie uw bezwaar behandelt" in before
    assert f"{manager.name} behandelt uw bezwaar" in asked
    assert f"Vul uw bezwaar aan vóór of op {format_date(due_on, 'l j F Y')}" in asked


def test_what_was_taken_back_is_not_promised_and_asks_no_report(mine, client):
    ReportFactory(application=mine, due_on=today() - timedelta(days=1))
    DecisionFactory(application=mine, outcome=Outcome.REVOKE, amount=Decimal(0))
    claim = DecisionFactory(application=mine, outcome=Outcome.RECOVER, amount=Decimal(300))
    Recovery.objects.create(
        application=mine,
        decision=claim,
        amount=Decimal(300),
        received_amount=Decimal(120),
        due_on=today() + timedelta(weeks=4),
    )
    Application.objects.filter(pk=mine.pk).update(status=Status.REVOKED, granted_amount=Decimal(0))

    page = client.get(url(mine)).content.decode()

    assert "Dat bedrag staat vast" not in page
    assert "foto en schrijf op hoe het ging" not in page
    assert re.search("U betaalt nog €\\s180,00 terug", page)


@pytest.mark.parametrize(
    ("days", "said"),
    [(1, "uiterlijk"), (-1, "nadat u uw rekeningnummer heeft doorgegeven")],
)
def test_a_day_that_has_passed_is_not_promised(mine, client, days, said):
    due_on = today() + timedelta(days=days)
    decision = DecisionFactory(application=mine, outcome=Outcome.GRANT, amount=Decimal(300))
    PaymentFactory(application=mine, decision=decision, due_on=due_on)
    Application.objects.filter(pk=mine.pk).update(status=Status.GRANTED, granted_amount=Decimal(300))

    own = client.get(url(mine)).content.decode()
    account = client.get(account_url(mine)).content.decode()

    assert said in own
    assert said in account
    assert (f"uiterlijk {format_date(due_on, 'l j F Y')}" in account) is (days > 0)
