"""The confirm pages: what is shown is what is sent, once, by the one who was first."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from initiatives import workflow
from initiatives.enums import Status
from initiatives.models import Initiative
from shared.audit.models import Event
from shared.notifications.models import OutboxMessage
from tests.factories.accounts import CoordinatorFactory
from tests.factories.initiatives import (
    InitiativeFactory,
)
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db

DECLINE = {"text": "Er ligt een gasleiding.", "alternative": "Op het plein kan het wel."}


@pytest.fixture
def case():
    return InitiativeFactory(title="Moestuin Kruiswiel")


@pytest.fixture
def coordinator(client, case):
    return sign_in(client, CoordinatorFactory(wijk=case.wijk, name="Jan de Vries"))


def step_of(case: Initiative, slug: str, query: str = "") -> str:
    return reverse("admin:initiatives_initiative_step", args=[case.pk, slug]) + query


def file_of(case: Initiative) -> str:
    return reverse("admin:initiatives_initiative_change", args=[case.pk])


def fingerprint(page: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', page)
    return found[1] if found else ""


def letters() -> list[OutboxMessage]:
    return list(OutboxMessage.objects.order_by("pk"))


def take(client, case: Initiative, slug: str, answers: dict | None = None):
    """Look at the letter, then do it: as a person does."""
    sent = {"version": case.version, **(answers or {})}
    seen = fingerprint(client.post(step_of(case, slug), sent | {"_preview": "1"}).content.decode())
    return client.post(step_of(case, slug), sent | {"seen": seen, "_send": "1"})


def told(client, response) -> str:
    page = client.get(response.url).content.decode()
    return unescape(" ".join(re.findall(r'<ul class="messagelist">(.*?)</ul>', page, re.DOTALL)))


def test_a_letter_is_shown_word_for_word_before_it_is_sent(client, case, coordinator):
    page = client.post(step_of(case, "afwijzen"), DECLINE | {"version": case.version, "_preview": "1"}).content.decode()

    assert (letters(), Event.objects.about(case).count()) == ([], 0)
    assert "Afwijzen en versturen" in page

    response = client.post(
        step_of(case, "afwijzen"), DECLINE | {"version": case.version, "seen": fingerprint(page), "_send": "1"}
    )

    [letter] = letters()
    assert response.url == file_of(case)
    assert letter.text in unescape(page)
    assert (letter.subject in unescape(page), letter.recipient_line in unescape(page)) == (True, True)
    case.refresh_from_db()
    assert (case.status, case.answer, case.owner) == (Status.DECLINED, DECLINE["text"], coordinator)


def test_a_letter_that_was_not_seen_is_not_sent(client, case, coordinator):
    seen = fingerprint(
        client.post(step_of(case, "afwijzen"), DECLINE | {"version": case.version, "_preview": "1"}).content.decode()
    )
    changed = DECLINE | {"text": "Een andere reden.", "version": case.version, "seen": seen, "_send": "1"}

    page = client.post(step_of(case, "afwijzen"), changed).content.decode()

    assert "Dit bericht heeft u nog niet gezien" in page
    assert "Een andere reden." in page
    assert letters() == []
    case.refresh_from_db()
    assert case.status == Status.RECEIVED


def test_without_a_reason_or_an_alternative_there_is_no_letter_to_send(client, case, coordinator):
    page = client.post(
        step_of(case, "afwijzen"), {"version": case.version, "text": "Kan niet.", "_send": "1", "seen": ""}
    ).content.decode()

    assert "Schrijf wat wel kan" in page
    assert "Kan niet." in page
    assert "Afwijzen en versturen" not in page
    assert letters() == []


def test_somebody_without_an_address_gets_a_letter_on_paper_and_the_button_says_so(client, coordinator, case):
    case = InitiativeFactory(wijk=case.wijk, without_email=True, postal_address="Dorpsstraat 1\n3341 AB Dorp")

    page = client.post(step_of(case, "afwijzen"), DECLINE | {"version": case.version, "_preview": "1"}).content.decode()

    assert "Afwijzen en brief klaarzetten" in page
    assert "Dorpsstraat 1" in page


def test_the_second_of_two_coordinators_hears_who_was_first_and_nothing_is_sent(client, case, coordinator):
    page = client.post(step_of(case, "afwijzen"), DECLINE | {"version": case.version, "_preview": "1"}).content.decode()
    workflow.accept(case, text="Wij helpen.", by=CoordinatorFactory(name="Els Bakker"), version=case.version)
    before = letters()

    response = client.post(
        step_of(case, "afwijzen"), DECLINE | {"version": case.version, "seen": fingerprint(page), "_send": "1"}
    )

    assert response.url == file_of(case)
    page = client.get(response.url).content.decode()
    assert re.search(
        r"Dit is al gedaan door Els Bakker om \d\d:\d\d: “Gemeente helpt mee”. Er is niets verstuurd.", page
    )
    assert "Er ligt een gasleiding." in page
    assert letters() == before
    assert "Er ligt een gasleiding." not in client.get(response.url).content.decode()


def test_a_change_after_the_page_was_opened_is_shown_first(client, case, coordinator):
    page = client.post(step_of(case, "afwijzen"), DECLINE | {"version": case.version, "_preview": "1"}).content.decode()
    workflow.write_message(case, text="Ik heb nog een vraag.")
    before = letters()

    response = client.post(
        step_of(case, "afwijzen"), DECLINE | {"version": case.version, "seen": fingerprint(page), "_send": "1"}
    )

    assert "Intussen is er iets gewijzigd door de indiener" in told(client, response)
    assert letters() == before


def test_a_double_click_takes_up_a_plan_once(client, case, coordinator):
    sent = {"version": case.version, "_send": "1"}

    first, second = (client.post(step_of(case, "oppakken"), sent) for _click in range(2))

    assert first.url == second.url == file_of(case)
    assert len(letters()) == 1
    assert Event.objects.about(case).filter(action="initiatives.taken_up").count() == 1


def test_taking_up_from_the_start_page_leads_back_there(client, case, coordinator):
    response = client.post(step_of(case, "oppakken", "?terug=vandaag"), {"version": case.version, "_send": "1"})

    assert response.url == reverse("admin:index")


def test_a_step_that_is_not_possible_says_why(client, coordinator, case):
    case = InitiativeFactory(done=True, wijk=case.wijk)

    assert "Kan niet vanuit de status “Afgerond”." in told(client, client.get(step_of(case, "afwijzen")))


def test_an_unknown_step_does_not_exist(client, case, coordinator):
    assert client.get(step_of(case, "toveren")).status_code == 404


def test_get_changes_nothing(client, case, coordinator):
    for slug in ("oppakken", "afwijzen", "publiceren", "ongewenst"):
        client.get(step_of(case, slug) + "?_send=1")

    case.refresh_from_db()
    assert (case.status, case.published_at, letters()) == (Status.RECEIVED, None, [])


def test_steps_need_the_token_of_the_form(case):
    client = Client(enforce_csrf_checks=True)
    sign_in(client, CoordinatorFactory(wijk=case.wijk))

    assert client.post(step_of(case, "oppakken"), {"version": case.version, "_send": "1"}).status_code == 403


@pytest.mark.parametrize(
    ("traits", "slug", "answers", "status"),
    [
        ({"screening": True}, "vrijgeven", {}, Status.RECEIVED),
        ({"unconfirmed": True}, "telefonisch-bevestigen", {}, Status.RECEIVED),
        ({}, "oppakken", {}, Status.IN_REVIEW),
        ({}, "vraag-stellen", {"text": "Hoe groot?"}, Status.QUESTION),
        ({"in_review": True}, "afwijzen", DECLINE, Status.DECLINED),
        ({"accepted": True}, "uitvoering-begint", {"text": "We beginnen.", "next_step": "Spitten"}, Status.IN_PROGRESS),
        ({"in_progress": True}, "afronden", {"text": "Klaar."}, Status.DONE),
        ({"declined": True}, "heropenen", {"text": "We kijken opnieuw."}, Status.IN_REVIEW),
        ({"accepted": True}, "intrekken", {"reason": "Verhuisd."}, Status.WITHDRAWN),
        ({"screening": True}, "ongewenst", {}, Status.SPAM),
        ({"accepted": True}, "bericht", {"text": "Hoe gaat het?"}, Status.ACCEPTED),
    ],
)
def test_each_step_does_what_it_says(client, case, coordinator, traits, slug, answers, status):
    case = InitiativeFactory(wijk=case.wijk, **traits)

    response = take(client, case, slug, answers)

    assert response.url == file_of(case)
    assert "gedaan" in told(client, response)
    case.refresh_from_db()
    assert case.status == status
