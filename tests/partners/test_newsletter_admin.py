"""The letter of a wijk as its coordinator sees it, and two people who press the button at once."""

import pytest
from django.urls import reverse
from django.utils import timezone

from partners.enums.newsletter import CATEGORY, LetterStatus
from partners.models import Newsletter, NewsletterSettings
from partners.workflow import newsletter as workflow
from shared.audit.models import Event
from shared.notifications.models import OutboxMessage
from tests.at_once import at_once
from tests.factories.accounts import (
    AmbassadorFactory,
    CoordinatorFactory,
    FinanceFactory,
    ManagerFactory,
    PartnerFactory,
)
from tests.factories.initiatives import InitiativeFactory
from tests.factories.newsletter import NewsletterFactory, ReaderFactory
from tests.factories.wijken import WijkFactory
from tests.sign_in import sign_in


@pytest.fixture
def wijk(db):
    return WijkFactory(short_name="Centrum")


def plan(wijk, title):
    return InitiativeFactory(wijk=wijk, title=title, accepted=True, published=True, submitted_at=timezone.now())


def page_of(letter):
    return reverse("admin:partners_newsletter_change", args=[letter.pk])


def test_the_coordinator_adds_a_word_leaves_something_out_sees_it_and_sends_it(client, wijk, after_commit):
    plan(wijk, "Moestuin")
    plan(wijk, "Bankje")
    ReaderFactory.create_batch(2, wijk=wijk)
    letter = workflow.open_letter(wijk, "weekly")
    sign_in(client, CoordinatorFactory(wijk=wijk, name="Marleen Jansen"))
    bench = next(item.key for item in workflow.contents(letter)[0].items if item.title == "Bankje")

    client.post(page_of(letter), {"save": "1", "version": "1", "intro": "Beste buren,", "left_out": [bench]})
    seen = client.get(page_of(letter))
    with after_commit():
        client.post(page_of(letter), {"send": "1", "version": "2", "seen": seen.context["seen"]})
    workflow.hand_over(letter)

    letter.refresh_from_db()
    texts = OutboxMessage.objects.filter(category=CATEGORY).values_list("text", flat=True)
    assert "Beste buren," in seen.content.decode()
    assert letter.status == LetterStatus.SENT
    assert len(texts) == 2
    assert all("Moestuin" in text and "Bankje" not in text for text in texts)
    assert Event.objects.about(letter).filter(action="partners.newsletter_sent").get().actor_label == "Marleen Jansen"
    assert client.get(page_of(letter)).status_code == 200


def test_news_that_came_in_after_the_page_was_opened_is_seen_first(client, wijk):
    plan(wijk, "Moestuin")
    letter = workflow.open_letter(wijk, "weekly")
    sign_in(client, CoordinatorFactory(wijk=wijk))
    seen = client.get(page_of(letter)).context["seen"]
    plan(wijk, "Bankje")

    page = client.post(page_of(letter), {"send": "1", "version": "1", "seen": seen}, follow=True).content.decode()

    letter.refresh_from_db()
    assert "Er is nieuws bij gekomen" in page
    assert letter.status == LetterStatus.CONCEPT


def test_the_coordinator_chooses_whether_the_clock_may_send(client, wijk):
    letter = NewsletterFactory(wijk=wijk)
    sign_in(client, CoordinatorFactory(wijk=wijk))

    client.post(page_of(letter), {"automatic": "off"})
    assert NewsletterSettings.objects.get(wijk=wijk).automatic is False
    assert "wachten op u" in client.get(page_of(letter)).content.decode()

    client.post(page_of(letter), {"automatic": "on"})
    assert NewsletterSettings.objects.get(wijk=wijk).automatic is True


@pytest.mark.parametrize(
    ("who", "own", "other"),
    [
        ("coordinator", 200, 404),
        ("manager", 200, 200),
        ("ambassador", 404, 404),
        ("finance", 404, 404),
        ("partner", 302, 302),
    ],
)
def test_a_letter_is_read_by_the_coordinator_of_its_wijk_and_the_functional_manager(client, wijk, who, own, other):
    makers = {
        "coordinator": lambda: CoordinatorFactory(wijk=wijk),
        "manager": ManagerFactory,
        "ambassador": AmbassadorFactory,
        "finance": FinanceFactory,
        "partner": lambda: PartnerFactory(wijk=wijk),
    }
    sign_in(client, makers[who]())
    letters = [NewsletterFactory(wijk=wijk), NewsletterFactory()]

    answers = [client.get(page_of(letter)).status_code for letter in letters]
    sheets = [
        client.get(reverse("admin:partners_newsletter_sheet", args=[letter.pk])).status_code for letter in letters
    ]

    assert answers == sheets == [own, other]


@pytest.mark.django_db(transaction=True)
def test_two_people_who_press_send_at_once_send_one_letter():
    wijk = WijkFactory()
    first, second = CoordinatorFactory(wijk=wijk), CoordinatorFactory(wijk=wijk)
    for number in range(10):
        where = WijkFactory()
        plan(where, f"Plan {number}")
        ReaderFactory(wijk=where)
        letter = workflow.open_letter(where, "weekly")

        results = at_once(
            lambda letter=letter: workflow.send_letter(letter, by=first, version=letter.version),
            lambda letter=letter: workflow.send_letter(letter, by=second, version=letter.version),
        )
        at_once(*[lambda letter=letter: workflow.hand_over(Newsletter.objects.get(pk=letter.pk))] * 2)

        assert sorted(results) == ["done", "refused"]
        assert OutboxMessage.objects.filter(key__startswith=f"newsletter:{letter.pk}:").count() == 1
