"""Two people at once, fifty times: exactly one of them gets it done, and the other hears so."""

import re
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse

from initiatives import workflow
from initiatives.enums import Status
from initiatives.models import Initiative
from shared.audit.models import Event
from shared.notifications.models import OutboxMessage
from tests.at_once import at_once
from tests.factories.accounts import CoordinatorFactory, UserFactory
from tests.factories.initiatives import InitiativeFactory

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 50


def test_two_coordinators_who_decide_at_once_send_one_letter():
    wijk = InitiativeFactory().wijk
    first, second = CoordinatorFactory(wijk=wijk), CoordinatorFactory(wijk=wijk)
    for _round in range(ROUNDS):
        initiative = InitiativeFactory(in_review=True, wijk=wijk)
        seen = initiative.version

        results = at_once(
            lambda plan=initiative, seen=seen: workflow.accept(plan, text="Ja.", by=first, version=seen),
            lambda plan=initiative, seen=seen: workflow.decline(
                plan, reason="Nee.", alternative="Elders.", by=second, version=seen
            ),
        )

        assert sorted(results) == ["done", "refused"]
        assert OutboxMessage.objects.filter(about_id=str(initiative.pk)).count() == 1
        assert Event.objects.about(initiative).count() == 1


def test_a_double_click_on_the_confirmation_link_brings_the_plan_in_once():
    for _round in range(ROUNDS):
        initiative = InitiativeFactory(unconfirmed=True)

        at_once(*[lambda plan=initiative: workflow.confirm_address(plan, email=plan.email)] * 2)

        assert Initiative.objects.get(pk=initiative.pk).status == Status.RECEIVED
        assert Event.objects.about(initiative).count() == 1


def test_withdrawing_twice_at_once_says_once_that_it_is_done_and_once_that_it_was():
    anna = UserFactory()
    for _round in range(10):
        initiative = InitiativeFactory(initiator=anna, email=anna.email)
        clients, pages = [Client(), Client()], []
        for client in clients:
            client.force_login(anna)

        at_once(*[partial(withdraw, client, initiative, pages) for client in clients])

        assert sorted(pages) == ["Uw idee is ingetrokken.", "Uw idee was al ingetrokken."]
        assert Event.objects.about(initiative).filter(action="initiatives.withdrawn").count() == 1


def withdraw(client: Client, initiative: Initiative, pages: list[str]) -> None:
    """Press the button, and note what the page says then."""
    address = reverse("initiatives:withdraw", args=[initiative.reference])
    page = client.post(address, {"reason": "", "version": initiative.version}, follow=True).content.decode()
    pages += re.findall(r"Uw idee (?:is|was al) ingetrokken\.", page)


def test_numbers_given_out_at_once_are_all_different():
    drafts = [InitiativeFactory.build() for _number in range(4)]
    theme_and_buurt = InitiativeFactory()
    plan = workflow.Plan(title="Moestuin", what="Een tuin.", theme=theme_and_buurt.theme, wijk=theme_and_buurt.wijk)

    at_once(
        *[
            lambda name=draft.name: workflow.submit(plan, workflow.Initiator(name=name, phone="0781234567"))
            for draft in drafts
        ]
    )

    references = Initiative.objects.exclude(pk=theme_and_buurt.pk).values_list("reference", flat=True)
    assert len(set(references)) == len(drafts)
