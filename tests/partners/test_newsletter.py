from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from partners.enums.agenda import Visibility
from partners.enums.newsletter import CATEGORY, LetterStatus, Rhythm
from partners.models import Newsletter, Told
from partners.workflow import newsletter as workflow
from shared.lifecycle import StaleVersion, WorkflowError
from shared.notifications import digest
from shared.notifications.models import OutboxMessage, Subscription
from shared.terms.calendar import AMSTERDAM
from tests.factories.accounts import CoordinatorFactory, UserFactory
from tests.factories.agenda import AgendaItemFactory
from tests.factories.initiatives import InitiativeFactory
from tests.factories.newsletter import NewsletterFactory, ReaderFactory
from tests.factories.partners import ListingFactory, OrganisationFactory
from tests.factories.wijken import WijkFactory
from wbw_portal import own_data

pytestmark = pytest.mark.django_db
THURSDAY = datetime(2026, 3, 26, 16, 0, tzinfo=AMSTERDAM)


@pytest.fixture
def wijk():
    return WijkFactory(short_name="Centrum")


def plan(wijk, title, **fields):
    """A plan that came on the website just now."""
    return InitiativeFactory(
        wijk=wijk, title=title, accepted=True, published=True, submitted_at=timezone.now(), **fields
    )


def letters():
    return OutboxMessage.objects.filter(category=CATEGORY).order_by("pk")


def send(wijk, rhythm=Rhythm.WEEKLY):
    letter = workflow.send_letter(workflow.open_letter(wijk, rhythm), by=None)
    workflow.hand_over(letter)
    letter.refresh_from_db()
    return letter


# --- What stands in it -----------------------------------------------------------------------------------------------


def test_the_letter_has_the_news_of_its_wijk_in_groups_and_nothing_that_is_not_public(wijk):
    ReaderFactory(wijk=wijk)
    plan(wijk, "Moestuin", public_title="Moestuin", help_wanted=["people", "money"])
    plan(WijkFactory(), "Elders")
    InitiativeFactory(wijk=wijk, title="Niet openbaar", accepted=True)
    InitiativeFactory(
        wijk=wijk, title="Speelplek", done=True, published=True, closed_at=timezone.now(), result="Er staat een wip."
    )
    AgendaItemFactory(title="Koffie-inloop", wijken=[wijk])
    AgendaItemFactory(title="Overleg", wijken=[wijk], visibility=Visibility.PARTNERS)
    AgendaItemFactory(title="Afgezegd", wijken=[wijk], cancelled=True)

    groups = workflow.contents(NewsletterFactory(wijk=wijk))

    assert [(group.heading, [item.title for item in group.items]) for group in groups] == [
        ("Nieuwe plannen van bewoners", ["Moestuin"]),
        ("Agenda", ["Koffie-inloop"]),
        ("Klaar", ["Speelplek"]),
    ]


def test_public_needs_of_partners_stand_beside_plans_that_ask_for_help_and_are_told_once(wijk):
    partner = OrganisationFactory(name="De Brug", wijken=[wijk])
    ListingFactory(need=True, published=True, partner=partner, title="Tien stoelen", amount="10")
    ListingFactory(need=True, partner=partner, title="Alleen voor partners")
    ListingFactory(published=True, partner=partner, title="Een aanbod")
    ListingFactory(need=True, published=True, title="Elders")
    ReaderFactory(wijk=wijk)

    group = next(
        group for group in workflow.contents(NewsletterFactory(wijk=wijk)) if group.heading == "Wie helpt mee?"
    )
    send(wijk)

    asked = [(item.title, item.detail, item.path) for item in group.items]
    assert asked == [("Tien stoelen", "gevraagd: ruimte, 10, De Brug", partner.get_absolute_url())]
    assert workflow.contents(workflow.open_letter(wijk, Rhythm.WEEKLY)) == []


def test_what_was_told_or_left_out_never_comes_back_and_a_monthly_reader_still_gets_it(wijk):
    plan(wijk, "Moestuin")
    plan(wijk, "Bankje")
    letter = workflow.open_letter(wijk, Rhythm.WEEKLY)
    bench = next(item for item in workflow.contents(letter)[0].items if item.title == "Bankje")
    workflow.change_letter(letter, intro="", left_out=[bench.key], by=CoordinatorFactory(wijk=wijk), version=1)

    send(wijk)

    assert [item.title for item in workflow.sent_contents(Newsletter.objects.get())[0].items] == ["Moestuin"]
    assert workflow.contents(workflow.open_letter(wijk, Rhythm.WEEKLY)) == []
    monthly = workflow.contents(workflow.open_letter(wijk, Rhythm.MONTHLY))
    assert {item.title for item in monthly[0].items} == {"Moestuin", "Bankje"}


def test_text_and_html_say_the_same_and_each_reader_has_an_address_to_leave_with_one_click(wijk):
    plan(wijk, "Moestuin <b>& meer</b>")
    reader = ReaderFactory(wijk=wijk)
    letter = workflow.open_letter(wijk, Rhythm.WEEKLY)
    workflow.change_letter(
        letter, intro="Beste buren,\n\nHet wordt lente.", left_out=[], by=CoordinatorFactory(), version=1
    )

    send(wijk)

    message = letters().get()
    assert message.subject == "Wijkbrief Centrum: Moestuin <b>& meer</b>"
    assert "Het wordt lente." in message.text
    assert "Het wordt lente." in message.html
    assert "Moestuin &lt;b&gt;&amp; meer&lt;/b&gt;" in message.html
    assert message.unsubscribe_url == digest.unsubscribe_url(reader)
    assert message.unsubscribe_url in message.text


# --- Sent once -------------------------------------------------------------------------------------------------------


def test_a_letter_goes_to_its_own_readers_only(wijk):
    plan(wijk, "Moestuin")
    here = ReaderFactory(wijk=wijk)
    ReaderFactory(wijk=wijk, monthly=True)
    ReaderFactory(wijk=wijk, unconfirmed=True)
    ReaderFactory()

    letter = send(wijk)

    assert [message.recipient_email for message in letters()] == [here.email]
    assert (letter.status, letter.readers) == (LetterStatus.SENT, 1)
    assert letter.handed_over_at is not None


def test_a_second_sending_is_refused_and_leaves_no_trace(wijk):
    plan(wijk, "Moestuin")
    ReaderFactory(wijk=wijk)
    letter = send(wijk)

    with pytest.raises(WorkflowError, match="al verstuurd"):
        workflow.send_letter(letter, by=CoordinatorFactory(wijk=wijk), version=letter.version)
    workflow.hand_over(letter)

    assert letters().count() == 1


def test_a_week_has_one_letter(wijk):
    plan(wijk, "Moestuin")
    send(wijk)
    plan(wijk, "Bankje")

    with pytest.raises(WorkflowError, match="van deze week of maand"):
        send(wijk)


def test_an_empty_letter_is_never_sent(wijk):
    ReaderFactory(wijk=wijk)

    with pytest.raises(WorkflowError, match="niets in deze brief"):
        send(wijk)

    assert not letters().exists()
    assert Newsletter.objects.get().status == LetterStatus.CONCEPT


def test_who_saw_an_older_concept_does_not_send_it(wijk):
    plan(wijk, "Moestuin")
    letter = workflow.open_letter(wijk, Rhythm.WEEKLY)
    workflow.change_letter(letter, intro="Nieuw.", left_out=[], by=CoordinatorFactory(wijk=wijk), version=1)

    with pytest.raises(StaleVersion):
        workflow.send_letter(letter, by=CoordinatorFactory(wijk=wijk), version=1)


def test_many_readers_get_it_in_batches_and_a_worker_that_stopped_is_followed_by_another(wijk):
    plan(wijk, "Moestuin")
    now = timezone.now() - timedelta(days=1)
    Subscription.objects.bulk_create(
        ReaderFactory.build(wijk=wijk, topic_id=str(wijk.pk), email=f"lezer{number}@demo.example", confirmed_at=now)
        for number in range(250)
    )
    letter = workflow.send_letter(workflow.open_letter(wijk, Rhythm.WEEKLY), by=None)
    groups = workflow.sent_contents(letter)

    first = workflow._hand_over_batch(letter, groups)
    left = Subscription.objects.order_by("-pk")[:1]
    digest.unsubscribe(left)
    rest = workflow.hand_over(letter)

    assert (first, rest) == (workflow.BATCH, 149)
    assert letters().count() == len(set(letters().values_list("recipient_email", flat=True))) == 249


# --- The clock -------------------------------------------------------------------------------------------------------


def test_ninety_days_of_news_give_no_letter_that_is_empty_and_no_news_that_is_told_twice(wijk):
    quiet = WijkFactory()
    start = datetime(2026, 2, 2, 6, 45, tzinfo=AMSTERDAM)
    weekly = ReaderFactory(wijk=wijk, confirmed_at=start)
    monthly = ReaderFactory(wijk=wijk, monthly=True, confirmed_at=start)
    ReaderFactory(wijk=quiet, confirmed_at=start)
    AgendaItemFactory(
        title="Elke week koffie",
        wijken=[wijk],
        starts_at=datetime(2026, 3, 3, 10, tzinfo=AMSTERDAM),
        ends_at=None,
        repeats="weekly",
        repeats_until=datetime(2026, 4, 14, tzinfo=AMSTERDAM).date(),
    )
    for number in range(90):
        with time_machine.travel(start + timedelta(days=number), tick=False):
            if number % 17 == 0:
                plan(wijk, f"Plan {number}")
            workflow.make_concepts(timezone.localdate())
        with time_machine.travel(start + timedelta(days=number, hours=9, minutes=15), tick=False):
            workflow.send_by_clock(timezone.localdate())
            for letter in Newsletter.objects.to_hand_over():
                workflow.hand_over(letter)

    got = Counter(letters().values_list("recipient_email", flat=True))
    keys = [(line.rhythm, line.key) for line in Told.objects.all()]
    assert set(got) == {weekly.email, monthly.email}
    assert got[weekly.email] == Newsletter.objects.sent().filter(rhythm=Rhythm.WEEKLY).count() >= 8
    assert got[monthly.email] == 3
    assert all(letter.told.shown().exists() for letter in Newsletter.objects.sent())
    assert len(keys) == len(set(keys))
    weekly_days = {
        letter.sent_at.astimezone(AMSTERDAM).weekday() for letter in Newsletter.objects.sent().filter(rhythm="weekly")
    }
    assert weekly_days == {3}
    told = Counter(key for _rhythm, key in keys if _rhythm == Rhythm.WEEKLY)
    assert sum(key.startswith("agenda:") for key in told) == 7
    assert sum(key.startswith("plan:") for key in told) == 6


@time_machine.travel(THURSDAY)
def test_the_clock_leaves_alone_what_a_wijk_wants_to_send_itself_and_what_was_sent_already(wijk):
    by_hand, done = WijkFactory(), WijkFactory()
    for where in (wijk, by_hand, done):
        plan(where, "Moestuin")
        ReaderFactory(wijk=where)
    workflow.choose_automatic(by_hand, automatic=False, by=CoordinatorFactory(wijk=by_hand))
    send(done)
    plan(done, "Later bericht")
    workflow.make_concepts(timezone.localdate())

    sent = workflow.send_by_clock(timezone.localdate())
    again = workflow.send_by_clock(timezone.localdate())

    assert (sent, again) == (1, 0)
    assert set(Newsletter.objects.sent().values_list("wijk", flat=True)) == {wijk.pk, done.pk}


# --- Readers ---------------------------------------------------------------------------------------------------------


def ask(client, wijk, **answers):
    sent = {"email": "Anna@Demo.example", "rhythm": "weekly", **answers}
    with time_machine.travel(timezone.now() - timedelta(minutes=2)):
        opened = client.get(reverse("partners:newsletter_sign_up", args=[wijk.slug])).context["form"]["opened"].value()
    return client.post(reverse("partners:newsletter_sign_up", args=[wijk.slug]), sent | {"opened": opened})


def path(message, start):
    address = next(word.strip("<>()") for word in message.text.split() if start in word)
    return address[address.index(start) :]


def test_somebody_signs_up_confirms_chooses_how_often_and_leaves_without_an_account(client, wijk):
    asked = ask(client, wijk)
    message = letters().get()
    confirm = path(message, "/wijken/")

    assert asked.url == reverse("partners:newsletter_asked", args=[wijk.slug])
    assert not Subscription.objects.exists()

    client.get(confirm)
    assert not Subscription.objects.exists()
    client.post(confirm)
    client.post(confirm)
    reader = Subscription.objects.get()
    assert (reader.email, reader.is_active, reader.frequency) == ("anna@demo.example", True, "weekly")

    plan(wijk, "Moestuin")
    send(wijk)
    letter = letters().last()
    client.post(path(letter, "/wijkbrief/hoe-vaak/"), {"rhythm": "monthly"})
    reader.refresh_from_db()
    assert reader.frequency == "monthly"

    one_click = client.post(path(letter, "/berichten/afmelden/"), {"List-Unsubscribe": "One-Click"})
    reader.refresh_from_db()
    assert (one_click.status_code, reader.is_active) == (200, False)
    assert client.get(path(letter, "/wijkbrief/hoe-vaak/")).status_code == 200


def test_a_reader_finds_the_letter_among_the_own_data_and_deletes_it_there(wijk):
    reader = ReaderFactory(wijk=wijk)
    other = ReaderFactory(wijk=wijk)
    user = UserFactory(email=reader.email)

    copy = own_data.copy_of(user)["neighbourhood_letters"]
    own_data.delete(user)

    assert [(letter["wijk"], letter["how_often"]) for letter in copy] == [("Centrum", "elke week")]
    assert list(Subscription.objects.all()) == [other]


def test_who_left_and_signs_up_again_gets_the_letter_again(wijk):
    reader = ReaderFactory(wijk=wijk)
    digest.unsubscribe([reader])

    workflow.confirm_subscription(wijk, email=reader.email, rhythm="monthly")

    reader.refresh_from_db()
    assert (reader.is_active, reader.frequency) == (True, "monthly")


@pytest.mark.parametrize(
    ("answers", "words"),
    [({"email": "geen adres"}, "Vul een e-mailadres in"), ({"rhythm": "hourly"}, "een van de antwoorden")],
)
def test_what_is_not_an_address_or_a_rhythm_is_said_in_words(client, wijk, answers, words):
    page = ask(client, wijk, **answers).content.decode()

    assert words in page
    assert not letters().exists()


def test_an_old_link_leads_to_a_new_one(client, wijk):
    with time_machine.travel(datetime(2026, 1, 5, tzinfo=UTC)):
        workflow.ask_subscription(wijk, email="anna@demo.example", rhythm="weekly", language="nl")
    with time_machine.travel(datetime(2026, 4, 5, tzinfo=UTC)):
        page = client.post(path(letters().get(), "/wijken/"))

    assert page.status_code == 410
    assert not Subscription.objects.exists()


def test_a_link_confirms_the_letter_of_its_own_wijk_only(client, wijk):
    workflow.ask_subscription(wijk, email="anna@demo.example", rhythm="weekly", language="nl")
    link = path(letters().get(), "/wijken/")

    page = client.post(link.replace(f"/{wijk.slug}/", f"/{WijkFactory().slug}/"))

    assert page.status_code == 404
    assert not Subscription.objects.exists()


def test_choosing_how_often_for_other_news_leaves_the_letter_as_it_is_and_leaving_the_digest_too(wijk):
    reader = ReaderFactory(wijk=wijk, monthly=True)
    other = digest.subscribe(reader.email, category="noticeboard", confirmed=True)

    digest.choose_frequency(reader.email, "daily")
    token = digest.unsubscribe_url(other, everything=True).rstrip("/").rpartition("/")[2]
    digest.unsubscribe(digest.subscriptions_of(token))

    reader.refresh_from_db()
    other.refresh_from_db()
    assert (reader.frequency, reader.is_active, other.is_active) == ("monthly", True, False)
    assert digest.frequencies_of(reader.email) == set()


def test_a_letter_that_was_sent_is_a_page_and_a_sheet_and_a_concept_is_neither(client, wijk):
    plan(wijk, "Moestuin *ster* #let")
    concept = NewsletterFactory(wijk=wijk, rhythm=Rhythm.MONTHLY)
    letter = send(wijk)

    page = client.get(letter.get_absolute_url()).content.decode()
    sheet = client.get(reverse("partners:newsletter_sheet", args=[wijk.slug, letter.pk]))

    assert "Moestuin *ster* #let" in page
    assert "afmelden" not in page
    assert sheet.content.startswith(b"%PDF")
    assert client.get(reverse("partners:newsletter", args=[wijk.slug, concept.pk])).status_code == 404
