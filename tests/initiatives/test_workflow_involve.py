"""Neighbours around a plan: what they hear, and how they stop hearing it."""

import pytest
from django.core import signing

from initiatives import workflow
from initiatives.models import Initiative
from shared.notifications import digest
from shared.notifications.models import DigestItem, Subscription
from shared.ui.spam import SALT
from tests.factories.accounts import CoordinatorFactory
from tests.factories.initiatives import InitiativeFactory, InvolvementFactory

pytestmark = pytest.mark.django_db


def news(initiative: Initiative) -> None:
    workflow.start(initiative, text="Wij beginnen.", by=CoordinatorFactory(wijk=initiative.wijk))


def test_a_neighbour_in_two_ways_reads_the_news_once():
    initiative = InitiativeFactory(accepted=True, published=True)
    InvolvementFactory(initiative=initiative, email="bas@voorbeeld.example")
    InvolvementFactory(initiative=initiative, email="Bas@voorbeeld.example", follows=True)

    news(initiative)

    assert [item.email for item in DigestItem.objects.all()] == ["bas@voorbeeld.example"]


def test_leaving_the_news_of_one_plan_keeps_that_of_another():
    left, kept = (InitiativeFactory(accepted=True, published=True) for _plan in range(2))
    for initiative in (left, kept):
        workflow.confirm_involvement(
            InvolvementFactory(initiative=initiative, unconfirmed=True, email="bas@voorbeeld.example")
        )
    digest.unsubscribe(Subscription.objects.filter(topic_id=str(left.pk)))

    for initiative in (left, kept):
        news(initiative)

    assert [item.subscription.topic_id for item in DigestItem.objects.all()] == [str(kept.pk)]


def test_signing_up_again_brings_the_news_back():
    initiative = InitiativeFactory(accepted=True, published=True)
    involvement = InvolvementFactory(initiative=initiative, unconfirmed=True)
    workflow.confirm_involvement(involvement)
    digest.unsubscribe(Subscription.objects.all())
    workflow.stop_involvement(involvement)
    involvement.refresh_from_db()
    workflow.confirm_involvement(involvement)

    news(initiative)

    assert DigestItem.objects.count() == 1


def test_who_stops_hears_no_more_not_even_what_was_waiting():
    initiative = InitiativeFactory(accepted=True, published=True)
    involvement = InvolvementFactory(initiative=initiative, unconfirmed=True)
    workflow.confirm_involvement(involvement)
    news(initiative)

    workflow.stop_involvement(involvement)

    assert not Subscription.objects.active().exists()
    assert not DigestItem.objects.exists()


def test_who_stops_one_of_two_ways_keeps_the_news():
    initiative = InitiativeFactory(accepted=True, published=True)
    joins = InvolvementFactory(initiative=initiative, unconfirmed=True, email="bas@voorbeeld.example")
    supports = InvolvementFactory(initiative=initiative, unconfirmed=True, supports=True, email="bas@voorbeeld.example")
    for involvement in (joins, supports):
        workflow.confirm_involvement(involvement)

    workflow.stop_involvement(joins)
    news(initiative)
    assert DigestItem.objects.count() == 1

    workflow.stop_involvement(supports)
    assert not Subscription.objects.active().exists()


def test_stopping_with_one_plan_keeps_the_news_of_another():
    left, kept = (InitiativeFactory(accepted=True, published=True) for _plan in range(2))
    involvements = [
        InvolvementFactory(initiative=initiative, unconfirmed=True, email="bas@voorbeeld.example")
        for initiative in (left, kept)
    ]
    for involvement in involvements:
        workflow.confirm_involvement(involvement)

    workflow.stop_involvement(involvements[0])

    assert Subscription.objects.active().get().topic_id == str(kept.pk)


def test_signing_up_again_after_stopping_brings_the_news_back():
    initiative = InitiativeFactory(accepted=True, published=True)
    involvement = InvolvementFactory(initiative=initiative, unconfirmed=True)
    workflow.confirm_involvement(involvement)
    workflow.stop_involvement(involvement)
    workflow.confirm_involvement(involvement)

    assert Subscription.objects.active().get().email == involvement.email


def test_news_comes_as_often_as_was_asked_when_signing_up(client):
    initiative = InitiativeFactory(published=True)
    address = f"/initiatieven/{initiative.reference}/volgen/"
    typed = {"email": "anna@voorbeeld.example", "frequency": "weekly", "opened": signing.dumps(0, salt=SALT)}

    client.post(address, typed)
    before = digest.frequencies_of("anna@voorbeeld.example")
    workflow.confirm_involvement(initiative.involvements.get())

    assert (before, digest.frequencies_of("anna@voorbeeld.example")) == (set(), {"weekly"})


def test_who_does_not_choose_hears_of_it_the_same_day(client):
    initiative = InitiativeFactory(published=True)
    typed = {"email": "anna@voorbeeld.example", "opened": signing.dumps(0, salt=SALT)}

    client.post(f"/initiatieven/{initiative.reference}/volgen/", typed)
    workflow.confirm_involvement(initiative.involvements.get())

    assert digest.frequencies_of("anna@voorbeeld.example") == {"daily"}
