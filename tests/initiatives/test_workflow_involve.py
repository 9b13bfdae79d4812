"""Neighbours around a plan: what they hear, and how they stop hearing it."""

import pytest

from initiatives import workflow
from initiatives.models import Initiative
from shared.notifications import digest
from shared.notifications.models import DigestItem, Subscription
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
