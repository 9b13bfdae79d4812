"""Mijn overzicht: how often there is news about the plans of others."""

import pytest

from shared.notifications import digest
from tests.factories.accounts import UserFactory
from tests.factories.notifications import SubscriptionFactory

pytestmark = pytest.mark.django_db

OVERVIEW = "/mijn/"


@pytest.fixture
def anna(client):
    user = UserFactory(email="anna@voorbeeld.example")
    client.force_login(user)
    return user


def test_a_neighbour_chooses_how_often_there_is_news(client, anna):
    SubscriptionFactory(email=anna.email)
    SubscriptionFactory(email=anna.email, topic_kind="agenda")

    page = client.get(OVERVIEW).content.decode()
    done = client.post(f"{OVERVIEW}nieuws/", {"frequency": "weekly"}, follow=True).content.decode()

    assert "Nieuws per e-mail" in page
    assert "Uw keuze is bewaard" in done
    assert digest.frequencies_of(anna.email) == {"weekly"}


def test_pressing_without_a_choice_changes_nothing_and_says_so(client, anna):
    SubscriptionFactory(email=anna.email)

    page = client.post(f"{OVERVIEW}nieuws/", {}, follow=True).content.decode()

    assert "Kies eerst hoe vaak u nieuws wilt." in page
    assert digest.frequencies_of(anna.email) == {"daily"}


def test_who_gets_no_news_is_not_asked_how_often(client, anna):
    SubscriptionFactory(email=anna.email, ended=True)

    assert "Nieuws per e-mail" not in client.get(OVERVIEW).content.decode()
