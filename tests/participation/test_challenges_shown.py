"""Where a challenge is shown, the day it was decided on, and a list that stays quick."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from participation.challenges import workflow
from participation.challenges.enums import Status
from shared.lifecycle import WorkflowError
from shared.terms.calendar import today
from tests.factories.accounts import ManagerFactory
from tests.factories.challenges import ChallengeFactory
from tests.factories.initiatives import InitiativeFactory
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db


def test_the_page_of_a_plan_shows_its_public_challenges_in_one_query(client):
    plan = InitiativeFactory(published=True)
    shown = ChallengeFactory(initiative=plan, running=True, published=True)
    hidden = ChallengeFactory(initiative=plan, running=True)
    elsewhere = ChallengeFactory(running=True, published=True)

    with CaptureQueriesContext(connection) as queries:
        page = client.get(plan.get_absolute_url()).content.decode()

    assert f'<a href="{shown.get_absolute_url()}">{shown.title}</a>: {shown.public_status}' in page
    assert hidden.title not in page
    assert elsewhere.title not in page
    assert sum("challenges_challenge" in query["sql"] for query in queries) == 1


@pytest.mark.parametrize(("days", "words"), [(1, "vandaag of een eerdere dag"), (-8, "kwam binnen op")])
def test_a_decision_is_of_a_day_between_the_request_and_today(client, days, words):
    challenge = ChallengeFactory(proposed=True, received_on=today() - timedelta(days=7))
    coordinator, day = challenge.owner, today() + timedelta(days=days)
    answers = {"outcome": Status.ACCEPTED, "reasons": "Een goed plan.", "decided_by": "het college"}

    with pytest.raises(WorkflowError, match=words):
        workflow.decide(challenge, **answers, decided_on=day, by=coordinator)
    sign_in(client, coordinator)
    typed_in = answers | {"decided_on_0": day.day, "decided_on_1": day.month, "decided_on_2": day.year}
    address = reverse("admin:challenges_challenge_step", args=[challenge.pk, "besluit"])
    page = client.post(address, typed_in | {"version": challenge.version, "_send": "1"}).content.decode()

    assert words in page
    assert "Een goed plan." in page


def test_the_list_takes_as_many_queries_for_thirty_challenges_as_for_three(client):
    sign_in(client, ManagerFactory())

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get(reverse("admin:challenges_challenge_changelist"))
        return len(found)

    ChallengeFactory.create_batch(3, talk=True)
    queries()
    few = queries()
    ChallengeFactory.create_batch(27, talk=True)

    assert queries() == few
