"""Advice on an application: links of before still lead to the question, and a binding answer binds."""

import uuid

import pytest
from django.urls import reverse

from ambassadors.routing import Adviser
from ambassadors.workflow import advice
from shared import links
from subsidies.models import Application
from subsidies.views.advice import ADVICE
from tests.factories.accounts import AmbassadorFactory
from tests.factories.ambassadors import AdviceRequestFactory
from tests.factories.subsidies import ApplicationFactory

pytestmark = pytest.mark.django_db

SECRET = "Een bankje bij de Waal"


@pytest.fixture
def request_of_before():
    case = ApplicationFactory(in_review=True, what=SECRET)
    return AdviceRequestFactory(subject=case, by_email=True, former_key=uuid.uuid4())


def old_link(request) -> str:
    return reverse("subsidies:advice", args=[links.sign(ADVICE, advice=str(request.former_key))])


def test_a_link_of_before_leads_to_the_question_and_takes_the_answer(client, request_of_before):
    found = client.get(old_link(request_of_before), follow=True)
    assert SECRET in found.content.decode()

    client.post(found.redirect_chain[-1][0], {"verdict": "no_objection", "text": ""})

    request_of_before.refresh_from_db()
    assert request_of_before.status == "answered"


def test_a_link_of_before_ends_with_a_hand_over(client, request_of_before):
    user = AmbassadorFactory()
    to = Adviser(department=user.role_assignments.get().department, user=user)
    owner = Application.objects.get(pk=request_of_before.subject_id).owner
    advice.hand_over(request_of_before, to=to, note="Naar Groen.", by=owner)

    page = client.get(old_link(request_of_before), follow=True).content.decode()

    assert "Een collega geeft dit advies nu" in page
    assert SECRET not in page


@pytest.mark.parametrize(
    "token", ["onzin", links.sign("subsidies.case", advice=str(uuid.UUID(int=1)))], ids=["nonsense", "other page"]
)
def test_a_link_that_is_not_ours_leads_nowhere(client, token):
    assert client.get(reverse("subsidies:advice", args=[token])).status_code == 404
