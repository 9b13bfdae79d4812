"""Many residents at once: everybody a number of their own, and a double press one application."""

from functools import partial

import pytest
from django.test import Client

from shared.notifications.models import OutboxMessage
from subsidies.models import Application, CaseMessage
from subsidies.workflow.apply import Answers, submit
from tests.at_once import at_once
from tests.factories.subsidies import ApplicationFactory, SchemeVersionFactory
from tests.factories.wijken import BuurtFactory
from tests.subsidies.test_case_page import url
from tests.subsidies.typed import fill_in, send

pytestmark = pytest.mark.django_db(transaction=True)


def test_twenty_applications_at_once_have_twenty_numbers():
    BuurtFactory()
    version = SchemeVersionFactory()
    anna = Answers(name="Anna Bewoner", what="Een feest", postcode="3342 AC", house_number="12")

    results = at_once(*[partial(submit, anna, version=version)] * 20)

    assert results == ["done"] * 20
    assert len(set(Application.objects.values_list("reference", flat=True))) == 20


def test_two_presses_at_once_send_one_application():
    BuurtFactory()
    version = SchemeVersionFactory()
    for number in range(5):
        client = Client()
        fill_in(client, version, email=f"anna{number}@voorbeeld.example")
        other = Client()
        other.cookies = client.cookies.copy()

        at_once(
            *[
                partial(send, who, version, once=f"1111111{number}-1111-4111-8111-111111111111")
                for who in (client, other)
            ]
        )

        assert Application.objects.filter(email=f"anna{number}@voorbeeld.example").count() == 1
        assert OutboxMessage.objects.filter(recipient_email=f"anna{number}@voorbeeld.example").count() == 1


def test_withdrawing_twice_at_once_is_one_withdrawal():
    for _round in range(5):
        application = ApplicationFactory()
        clients = [Client(), Client()]
        for client in clients:
            client.force_login(application.applicant)

        at_once(*[partial(client.post, url(application, "case_message", "intrekken")) for client in clients])

        assert CaseMessage.objects.filter(application=application).count() == 1
