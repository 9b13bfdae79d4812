"""Staff write down what came by phone, at the desk, on paper or by e-mail: it counts like what the website got."""

from datetime import timedelta

import pytest
from django.urls import reverse

from shared.notifications.models import OutboxMessage
from shared.terms.calendar import today
from subsidies.enums import Channel, MessageKind, Status
from subsidies.models import Application, CaseMessage
from tests.factories.accounts import CoordinatorFactory, UserFactory
from tests.factories.subsidies import ApplicationFactory, CompletionRequestFactory, SchemeVersionFactory
from tests.factories.wijken import BuurtFactory
from tests.sign_in import sign_in
from tests.subsidies.typed import typed

pytestmark = pytest.mark.django_db

ENTRY = "/beheer/subsidies/application/nieuw/"


def on(day, name: str = "received_on") -> dict[str, int]:
    return {f"{name}_0": day.day, f"{name}_1": day.month, f"{name}_2": day.year}


@pytest.fixture
def version():
    return SchemeVersionFactory()


@pytest.fixture
def coordinator(client):
    return sign_in(client, CoordinatorFactory(wijk=BuurtFactory(name="Dorp").wijk))


def write_down(client, **changes):
    day = today() - timedelta(days=2)
    answers = {**typed(), "channel": "paper", "consent": "on", **on(day)}
    return client.post(ENTRY, answers | changes)


def test_a_paper_application_counts_from_the_day_it_came_in(client, coordinator, version):
    response = write_down(client)

    application = Application.objects.get()
    assert response.status_code == 302
    assert (application.channel, application.entered_by) == (Channel.PAPER, coordinator)
    assert application.received_on == application.complete_on == today() - timedelta(days=2)
    assert application.due_legal >= application.received_on + timedelta(weeks=8)
    assert application.applicant is None


def test_without_an_e_mail_address_the_receipt_is_printed(client, coordinator, version):
    write_down(client, email="", phone="0612345678", street="Kerkstraat")

    receipt = OutboxMessage.objects.get(recipient_name="Anna Bewoner")
    assert receipt.channel == "print"
    assert "Kerkstraat 12\n3342 AC" in receipt.recipient_address
    assert "/subsidie/inzien/" not in receipt.text


def test_a_name_an_address_and_what_someone_does_are_enough(client, coordinator, version):
    bare = dict.fromkeys(("title", "benefit", "asked_amount", "email", "starts_on_0", "starts_on_1"), "")
    write_down(client, **bare, **{"starts_on_2": "", "costs-what": [""], "costs-amount": [""]})

    assert Application.objects.get().complete_on is None


def test_the_text_is_read_aloud_first(client, coordinator, version):
    response = write_down(client, consent="")

    assert list(response.context["form"].errors) == ["consent"]


def test_a_day_in_the_future_is_refused(client, coordinator, version):
    response = write_down(client, **on(today() + timedelta(days=1)))

    assert list(response.context["form"].errors) == ["received_on"]


def test_sent_twice_it_is_one_application(client, coordinator, version):
    for _press in range(2):
        write_down(client, once="11111111-1111-4111-8111-111111111111")

    assert Application.objects.count() == 1


def test_cost_lines_come_and_go_before_it_is_kept(client, coordinator, version):
    more = write_down(client, do="add_row")
    fewer = write_down(client, do="remove_row_0")

    assert more.context["form"]["costs"].value() == [("Tafels", "500"), ("Muziek", "250,00"), ("", "")]
    assert fewer.context["form"]["costs"].value() == [("Muziek", "250,00")]
    assert Application.objects.count() == 0


def test_with_two_schemes_the_colleague_chooses_first(client, coordinator, version):
    other = SchemeVersionFactory()

    choice = client.get(ENTRY)
    form = client.get(ENTRY, {"regeling": other.scheme.code})

    assert choice.context["choosing"] is True
    assert form.context["scheme"] == other.scheme


def test_only_who_reviews_comes_here(client, version):
    sign_in(client, UserFactory())

    assert client.get(ENTRY).status_code in (302, 403)


class TestMessages:
    """A letter or a call is an official message too."""

    def enter(self, client, application, **changes):
        page = reverse("admin:subsidies_application_step", args=[application.pk, "bericht-invoeren"])
        answers = {
            "kind": "question",
            "channel": "phone",
            "text": "Wanneer hoor ik iets?",
            "seen": "",
            "version": application.version,
            **on(today()),
        } | changes
        shown = client.post(page, answers)
        seen = shown.context["letters"].fingerprint if shown.context and shown.context.get("letters") else ""
        return client.post(page, answers | {"_send": "1", "seen": seen})

    def test_a_call_is_kept_and_confirmed(self, client):
        application = ApplicationFactory(in_review=True, without_email=True)
        sign_in(client, application.owner)

        self.enter(client, application)

        message = CaseMessage.objects.get()
        assert (message.channel, message.kind, message.entered_by) == (
            Channel.PHONE,
            MessageKind.QUESTION,
            application.owner,
        )
        assert "Wanneer hoor ik iets?" in OutboxMessage.objects.get(recipient_name=application.name).text

    def test_an_addition_on_paper_counts_from_the_day_it_came_in(self, client):
        day = today() - timedelta(days=1)
        application = ApplicationFactory(incomplete=True, received_on=today() - timedelta(days=9))
        CompletionRequestFactory(application=application, sent_on=today() - timedelta(days=5))
        sign_in(client, application.owner)

        self.enter(client, application, kind="addition", channel="paper", **on(day))

        application.refresh_from_db()
        assert application.status == Status.IN_REVIEW
        assert application.completion_requests.get().completed_on == day

    def test_what_is_not_possible_is_said_at_the_question(self, client):
        application = ApplicationFactory(in_review=True)
        sign_in(client, application.owner)

        response = self.enter(client, application, kind="objection")

        assert response.context["form"].errors["kind"] == ["Dit kan als wij een besluit hebben genomen."]
