"""Messages in the admin: read by who may, never changed, sent again with one press."""

import pytest
from django.urls import reverse

from shared.accounts.models import User
from shared.audit.models import Event
from shared.notifications import policies
from shared.notifications.enums import MessageStatus
from shared.notifications.models import OutboxMessage
from tests.factories.accounts import CoordinatorFactory, FinanceFactory, ManagerFactory, UserFactory
from tests.factories.notifications import MessageAttachmentFactory, OutboxMessageFactory
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db

LIST = "admin:notifications_outboxmessage_changelist"


def address(name: str, *args: object) -> str:
    return reverse(f"admin:notifications_outboxmessage_{name}", args=args)


def _signed_in(client, user):
    sign_in(client, user)
    return client


@pytest.fixture
def manager():
    return ManagerFactory(name="Beheer")


@pytest.fixture
def beheer(client, manager):
    """A browser in which the functional manager is signed in."""
    return _signed_in(client, manager)


@pytest.fixture
def own_cases(monkeypatch):
    """What a programme tells us: whose cases are whose. Here: everybody's own record."""
    monkeypatch.setitem(policies.SCOPES, "accounts.user", lambda user: User.objects.filter(pk=user.pk))


def test_the_list_says_what_left_what_did_not_and_why(beheer):
    OutboxMessageFactory(failed=True, recipient_name="Bram", subject="Uw vraag")

    page = beheer.get(reverse(LIST)).content.decode()

    assert "Uw vraag" in page
    assert "niet verstuurd" in page
    assert "Dit e-mailadres bestaat niet of neemt geen berichten aan." in page


@pytest.mark.parametrize("query", ["status__exact=failed", "channel__exact=email", "category=initiatives", "q=Bram"])
def test_the_list_can_be_filtered(beheer, query):
    OutboxMessageFactory(failed=True, recipient_name="Bram", subject="Gezocht")
    OutboxMessageFactory(to_print=True, category="accounts", subject="Ander bericht")

    page = beheer.get(f"{reverse(LIST)}?{query}").content.decode()

    assert "Gezocht" in page
    assert "Ander bericht" not in page


def test_the_list_asks_the_same_number_of_questions_for_three_and_for_thirty(beheer, django_assert_max_num_queries):
    OutboxMessageFactory.create_batch(3)
    with django_assert_max_num_queries(30) as three:
        beheer.get(reverse(LIST))
    OutboxMessageFactory.create_batch(27)
    with django_assert_max_num_queries(len(three)):
        beheer.get(reverse(LIST))


def test_reading_a_message_is_an_event(beheer, manager):
    message = OutboxMessageFactory()
    MessageAttachmentFactory(message=message, name="plan.pdf")

    page = beheer.get(address("change", message.pk)).content.decode()

    assert "Dank u wel voor uw idee." in page
    assert "plan.pdf" in page
    assert Event.objects.about(message).get().actor_id == manager.pk


def test_a_secret_message_is_never_shown(beheer):
    message = OutboxMessageFactory(confidential=True)

    pages = beheer.get(address("change", message.pk)).content + beheer.get(reverse(LIST)).content

    assert b"123456" not in pages
    assert "De inhoud van dit bericht is geheim" in pages.decode()


def test_the_page_of_a_secret_message_says_why_it_is_not_sent_again(beheer):
    message = OutboxMessageFactory(confidential=True, failed=True)

    page = beheer.get(address("change", message.pk)).content.decode()
    refusal = beheer.post(address("send_again", message.pk), {"email": "dief@voorbeeld.example"}, follow=True)

    assert "Het is geheim. De ontvanger kan zelf een nieuwe code of link vragen." in page
    assert address("send_again", message.pk) not in page
    assert "Alleen de ontvanger zelf" in refusal.content.decode()


def test_nothing_can_be_changed_added_or_removed(beheer):
    message = OutboxMessageFactory()

    beheer.post(address("change", message.pk), {"subject": "Anders"})

    assert OutboxMessage.objects.get().subject == message.subject
    assert beheer.get(address("add")).status_code == 403
    assert beheer.post(address("delete", message.pk), {"post": "yes"}).status_code == 403


def test_a_failed_message_is_sent_again_from_its_page(beheer, after_commit, mailoutbox):
    message = OutboxMessageFactory(failed=True)
    form = beheer.get(address("send_again", message.pk))
    assert "Dank u wel voor uw idee." in form.content.decode()

    with after_commit():
        answer = beheer.post(address("send_again", message.pk), {"email": "beter@voorbeeld.example"})

    assert answer.headers["Location"] == address("change", message.pk)
    assert [mail.to for mail in mailoutbox] == [["Anna de Vries <beter@voorbeeld.example>"]]


def test_a_double_click_sends_once_more_and_not_twice(beheer):
    message = OutboxMessageFactory(sent=True)
    once = beheer.get(address("send_again", message.pk)).context["form"]["once"].value()
    sent = {"email": message.recipient_email, "once": once}

    first = beheer.post(address("send_again", message.pk), sent)
    second = beheer.post(address("send_again", message.pk), sent)

    assert first.headers["Location"] == second.headers["Location"]
    assert OutboxMessage.objects.count() == 2


def test_a_wrong_address_is_asked_again_in_words(beheer):
    message = OutboxMessageFactory(failed=True)

    answer = beheer.post(address("send_again", message.pk), {"email": "geen adres"})

    assert "Vul een e-mailadres in zoals naam@voorbeeld.nl" in answer.content.decode()
    assert OutboxMessage.objects.get().status == MessageStatus.FAILED


def test_a_message_is_stopped_with_a_reason(beheer):
    message = OutboxMessageFactory(later=True)

    without = beheer.post(address("cancel", message.pk), {"reason": ""})
    assert OutboxMessage.objects.get().status == MessageStatus.PENDING
    beheer.post(address("cancel", message.pk), {"reason": "Ik heb mevrouw gebeld."})

    assert without.status_code == 422
    assert OutboxMessage.objects.get().status == MessageStatus.CANCELLED


def test_letters_are_printed_and_marked(beheer, manager):
    first, second = OutboxMessageFactory.create_batch(2, to_print=True)
    assert "Dorpsstraat 1" in beheer.get(address("print_queue")).content.decode()

    pdf = beheer.get(address("pdf"), {"brief": first.pk})
    beheer.post(address("printed"), {"brief": [first.pk]})

    assert (pdf.headers["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    assert list(OutboxMessage.objects.to_print()) == [second]
    assert [event.action for event in Event.objects.about(first)] == ["notifications.printed", "audit.read"]


def test_marking_without_choosing_marks_nothing(beheer):
    OutboxMessageFactory(to_print=True)

    page = beheer.post(address("printed"), follow=True).content.decode()

    assert "Kies eerst welke brieven u heeft geprint." in page
    assert OutboxMessage.objects.to_print().count() == 1


def test_the_empty_print_queue_says_so(beheer):
    assert "Er staan geen brieven klaar" in beheer.get(address("print_queue")).content.decode()
    assert "Er staan geen brieven klaar" in beheer.get(address("pdf"), follow=True).content.decode()


def test_a_coordinator_reads_and_sends_only_what_is_about_own_cases(client, own_cases):
    jansen = CoordinatorFactory()
    browser = _signed_in(client, jansen)
    mine = OutboxMessageFactory(about_type="accounts.user", about_id=str(jansen.pk), subject="Mijn zaak")
    other = OutboxMessageFactory(about_type="accounts.user", about_id=str(UserFactory().pk), subject="Andere zaak")

    page = browser.get(reverse(LIST)).content.decode()

    assert "Mijn zaak" in page
    assert "Andere zaak" not in page
    assert browser.get(address("change", mine.pk)).status_code == 200
    assert browser.get(address("send_again", mine.pk)).status_code == 200
    assert browser.get(address("change", other.pk)).status_code == 404
    assert browser.post(address("send_again", other.pk), {"email": "x@y.example"}).status_code == 404


@pytest.mark.parametrize("name", ["changelist", "print_queue", "pdf"])
def test_who_has_nothing_to_do_with_messages_stays_out(client, name):
    browser = _signed_in(client, FinanceFactory())

    assert browser.get(address(name)).status_code == 403


def test_the_trail_is_read_only_in_the_admin(beheer):
    message = OutboxMessageFactory()
    beheer.get(address("change", message.pk))

    page = beheer.get(reverse("admin:audit_event_changelist"), {"action": "audit.read"}).content.decode()
    event = Event.objects.about(message).get()

    assert "bekeken" in page
    assert "1 gevonden" in page or "1 gebeurtenis" in page
    assert beheer.get(reverse("admin:audit_event_change", args=[event.pk])).status_code == 200
    assert beheer.get(reverse("admin:audit_event_add")).status_code == 403
    assert beheer.post(reverse("admin:audit_event_delete", args=[event.pk])).status_code == 403
