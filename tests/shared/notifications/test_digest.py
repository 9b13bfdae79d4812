"""Digests: grouped, newest first, never empty, nothing twice, and left with one click."""

import random
import re
from collections import Counter
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shared.notifications import digest, tasks
from shared.notifications.enums import CATEGORY_LABELS, Frequency
from shared.notifications.models import DigestItem, OutboxMessage, Subscription
from shared.terms.calendar import AMSTERDAM, today
from tests.factories.accounts import UserFactory
from tests.factories.notifications import DigestItemFactory, SubscriptionFactory

pytestmark = pytest.mark.django_db

ANNA = "anna@voorbeeld.example"
MONDAY = datetime(2026, 11, 23, 7, 30, tzinfo=AMSTERDAM)
DAYS = 90


def news(email: str = ANNA, key: str = "news:1", **changes: object) -> bool:
    values = {"category": "initiatives", "title": "Moestuin: de eerste planten", "url": "/initiatieven/2026-1/"}
    return digest.add(email, key=key, **(values | changes))


def path_of(url: str) -> str:
    return url.partition("://")[2].partition("/")[1] + url.partition("://")[2].partition("/")[2]


def test_news_of_a_day_comes_in_one_message_grouped_and_newest_first(monkeypatch):
    monkeypatch.setitem(CATEGORY_LABELS, "initiatives", "Ideeën van bewoners")
    monkeypatch.setitem(CATEGORY_LABELS, "agenda", "Agenda")
    with time_machine.travel(MONDAY, tick=False) as clock:
        for number, category in enumerate(["initiatives", "agenda", "initiatives"]):
            news(key=f"news:{number}", title=f"Nieuws {number}", category=category)
            clock.shift(60)

        assert digest.send_digests(today()) == 1

    [message] = OutboxMessage.objects.all()
    lines = [line for line in message.text.splitlines() if line.startswith(("- ", "Ide", "Agenda"))]
    assert [line.partition(" <")[0] for line in lines] == [
        "Ideeën van bewoners", "- Nieuws 2", "- Nieuws 0", "Agenda", "- Nieuws 1",
    ]  # fmt: skip
    assert "http://localhost:8000/initiatieven/2026-1/" in message.text
    assert message.subject == "3 nieuwe berichten, zoals: Nieuws 2"


def test_without_news_there_is_no_message():
    SubscriptionFactory()

    assert digest.send_digests(today()) == 0
    assert not OutboxMessage.objects.exists()


def test_the_same_news_is_told_once():
    assert news()
    assert not news()
    news(key="news:2")

    digest.send_digests(today())

    assert OutboxMessage.objects.get().text.count("Moestuin: de eerste planten") == 1


def test_a_second_run_writes_nothing_and_later_news_waits_for_tomorrow():
    with time_machine.travel(MONDAY, tick=False) as clock:
        news(key="early")
        tasks.send_digests()
        tasks.send_digests()
        news(key="late", title="Later nieuws")
        tasks.send_digests()
        assert OutboxMessage.objects.count() == 1
        clock.shift(timedelta(days=1))
        tasks.send_digests()

    newest = OutboxMessage.objects.first()
    assert newest.subject == "Later nieuws"
    assert "de eerste planten" not in newest.text


def test_a_weekly_reader_hears_on_monday_of_the_week_before():
    with time_machine.travel(MONDAY - timedelta(days=3), tick=False) as clock:
        digest.subscribe(ANNA, category="initiatives", frequency=Frequency.WEEKLY, confirmed=True)
        news()
        tasks.send_digests()
        clock.shift(timedelta(days=1))
        tasks.send_digests()
        assert not OutboxMessage.objects.exists()
        clock.move_to(MONDAY)
        news(key="monday", title="Nieuws van vandaag")
        tasks.send_digests()

    [message] = OutboxMessage.objects.all()
    assert "de eerste planten" in message.text
    assert "Nieuws van vandaag" not in message.text
    assert "één keer per week" in message.text


def test_news_that_no_longer_holds_is_not_told():
    news()

    digest.withdraw("news:1")

    assert digest.send_digests(today()) == 0


def test_only_confirmed_readers_are_written_to():
    unconfirmed = SubscriptionFactory(unconfirmed=True, topic_kind="initiatives")
    DigestItemFactory(subscription=unconfirmed)

    assert digest.publish(category="initiatives", title="x", url="/", key="k") == 0
    assert digest.send_digests(today()) == 0


def test_followers_of_one_record_hear_about_that_one_only():
    followed, other = UserFactory(), UserFactory()
    digest.subscribe(ANNA, about=followed, confirmed=True)

    assert digest.publish(category="initiatives", title="Wel", url="/a/", key="a", about=followed) == 1
    assert digest.publish(category="initiatives", title="Niet", url="/b/", key="b", about=other) == 0


def test_one_reader_whose_digest_cannot_be_written_keeps_nobody_waiting(caplog):
    DigestItemFactory(url="geen adres")
    news()

    assert digest.send_digests(today()) == 1
    assert "could not be written" in caplog.text
    assert DigestItem.objects.waiting().count() == 1


# --- Leaving ---------------------------------------------------------------------------------------------------------


def test_opening_the_address_changes_nothing_and_the_button_ends_it(client):
    subscription = SubscriptionFactory(email=ANNA)
    path = path_of(digest.unsubscribe_url(subscription))

    page = client.get(path)
    assert page.status_code == 200
    assert Subscription.objects.active().exists()
    done = client.post(path, follow=True)

    assert "U bent afgemeld" in done.content.decode()
    assert not Subscription.objects.active().exists()


def test_a_mail_program_ends_everything_at_once_without_a_cookie(mail_client):
    SubscriptionFactory(email=ANNA, topic_kind="agenda")
    news()
    digest.send_digests(today())
    news(key="waiting")
    path = path_of(OutboxMessage.objects.get().unsubscribe_url)

    answer = mail_client.post(path, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")

    assert (answer.status_code, answer.content) == (200, b"")
    assert not Subscription.objects.active().of(ANNA).exists()
    assert not DigestItem.objects.filter(message=None).exists()
    assert not news(key="never")


@pytest.fixture
def mail_client():
    return Client(enforce_csrf_checks=True)


def test_who_pressed_by_mistake_can_come_back(client):
    subscription = SubscriptionFactory(ended=True)
    token = path_of(digest.unsubscribe_url(subscription)).rstrip("/").rpartition("/")[2]

    client.post(reverse("notifications:unsubscribed", args=[token]))

    assert Subscription.objects.active().get() == subscription


def test_leaving_twice_is_no_mistake(client):
    subscription = SubscriptionFactory()
    path = path_of(digest.unsubscribe_url(subscription))

    client.post(path)
    ended_at = Subscription.objects.get().unsubscribed_at
    client.post(path)

    assert Subscription.objects.get().unsubscribed_at == ended_at


def test_an_address_that_somebody_made_up_ends_nothing(client):
    SubscriptionFactory()

    answer = client.post(reverse("notifications:unsubscribe", args=["nep:nep:nep"]))

    assert answer.status_code == 404
    assert Subscription.objects.active().exists()


def test_following_again_after_leaving_starts_afresh():
    subscription = SubscriptionFactory(email=ANNA, ended=True)

    again = digest.subscribe("Anna@Voorbeeld.example", category="initiatives")
    assert again == subscription
    assert not again.is_active
    digest.confirm(again)

    assert Subscription.objects.active().get() == subscription


# --- How often -------------------------------------------------------------------------------------------------------


def how_often_in(message: OutboxMessage) -> str:
    """The path of the link at the bottom of a digest."""
    return "/" + re.search(r"http://[^/]+/(\S+/hoe-vaak/[^\s>]+)", message.text)[1]


def test_the_link_in_a_digest_makes_a_daily_reader_a_weekly_one(client):
    with time_machine.travel(MONDAY, tick=False) as clock:
        news()
        tasks.send_digests()
        path = how_often_in(OutboxMessage.objects.get())
        news(key="tuesday", title="Nieuws van dinsdag")

        page = client.post(path, {"frequency": "weekly"}, follow=True).content.decode()
        clock.shift(timedelta(days=1))
        tasks.send_digests()
        assert OutboxMessage.objects.count() == 1
        clock.shift(timedelta(days=6))
        tasks.send_digests()

    assert "Uw keuze is bewaard" in page
    newest = OutboxMessage.objects.first()
    assert newest.subject == "Nieuws van dinsdag"
    assert "Liever elke dag?" in newest.text


def test_the_choice_holds_for_all_news_of_this_reader_and_of_nobody_else(client):
    plans = UserFactory(), UserFactory()
    for plan in plans:
        digest.subscribe(ANNA, about=plan, confirmed=True)
    other = SubscriptionFactory()
    path = path_of(digest.frequency_url(Subscription.objects.of(ANNA).first()))

    client.post(path, {"frequency": "weekly"})

    assert digest.frequencies_of(ANNA) == {"weekly"}
    assert digest.frequencies_of(other.email) == {"daily"}


def test_opening_the_choice_changes_nothing_and_shows_what_it_is(client):
    subscription = SubscriptionFactory(weekly=True)

    page = client.get(path_of(digest.frequency_url(subscription))).content.decode()

    assert re.search(r'value="weekly"[^>]* checked', page)
    assert digest.frequencies_of(subscription.email) == {"weekly"}


def test_no_choice_is_asked_again_in_words(client):
    subscription = SubscriptionFactory()

    page = client.post(path_of(digest.frequency_url(subscription)), {"frequency": "hourly"}).content.decode()

    assert "Kies bij “Hoe vaak wilt u nieuws?” een van de antwoorden" in page
    assert digest.frequencies_of(subscription.email) == {"daily"}


def test_who_left_has_nothing_to_choose_and_hears_so(client):
    subscription = SubscriptionFactory(ended=True)

    page = client.post(path_of(digest.frequency_url(subscription)), {"frequency": "weekly"}).content.decode()

    assert "U bent al afgemeld" in page
    assert Subscription.objects.get().frequency == "daily"


def test_an_unsubscribe_link_does_not_open_the_choice(client):
    token = digest.unsubscribe_url(SubscriptionFactory()).rstrip("/").rpartition("/")[2]

    assert client.get(reverse("notifications:frequency", args=[token])).status_code == 404


def test_leaving_offers_to_hear_less_often(client):
    page = client.get(path_of(digest.unsubscribe_url(SubscriptionFactory()))).content.decode()

    assert "Liever minder vaak nieuws? Kies hoe vaak." in page


def test_following_again_without_a_choice_keeps_the_one_that_was_made():
    SubscriptionFactory(email=ANNA, weekly=True)

    digest.subscribe(ANNA, category="initiatives")

    assert digest.frequencies_of(ANNA) == {"weekly"}


# --- A quarter of a year ---------------------------------------------------------------------------------------------


def test_in_ninety_days_no_digest_is_empty_and_nothing_is_told_twice_or_lost():
    chance = random.Random(3342)
    readers = [f"lezer{number}@voorbeeld.example" for number in range(8)]
    with time_machine.travel(MONDAY - timedelta(hours=5), tick=False) as clock:
        for number, reader in enumerate(readers):
            for topic in chance.sample(["initiatives", "agenda", "projects"], k=2):
                frequency = Frequency.WEEKLY if number % 2 else Frequency.DAILY
                digest.subscribe(reader, category=topic, frequency=frequency, confirmed=True)
        for day in range(DAYS):
            for number in range(chance.choice([0, 0, 1, 3])):
                topic = chance.choice(["initiatives", "agenda", "projects"])
                digest.publish(category=topic, title=f"Nieuws {day}-{number}", url="/x/", key=f"{day}-{number}")
            if chance.random() < 0.9:  # some days the clock is down
                for _run in range(chance.choice([1, 1, 2])):
                    tasks.send_digests()
            clock.shift(timedelta(days=1))
        clock.shift(timedelta(days=8))
        tasks.send_digests()

    messages = list(OutboxMessage.objects.all())
    told = Counter(
        (message.recipient_email, line.partition(" <")[0])
        for message in messages
        for line in message.text.splitlines()
        if line.startswith("- Nieuws ")
    )
    assert all("\n- Nieuws " in message.text for message in messages)
    assert set(told.values()) == {1}
    assert len(told) == DigestItem.objects.count() == DigestItem.objects.filter(message__isnull=False).count()
    per_week = Counter(
        (message.recipient_email, f"{timezone.localtime(message.created_at):%G-%V}") for message in messages
    )
    assert max(count for (reader, _week), count in per_week.items() if int(reader[5]) % 2) == 1
    assert max(per_week.values()) <= 7
