import uuid
from datetime import timedelta

import pytest
import time_machine
from django import forms
from django.db import transaction
from django.utils import timezone

from shared.ui.forms import PortalForm
from shared.ui.models import SubmittedOnce
from shared.ui.once import OnceToken
from shared.ui.spam import SpamTrap
from shared.ui.tasks import sweep_submitted


class Once(OnceToken, PortalForm):
    name = forms.CharField()


class Guarded(SpamTrap, PortalForm):
    name = forms.CharField()


def sent_once(token: uuid.UUID) -> Once:
    form = Once({"name": "Anna", "once": str(token)})
    assert form.is_valid()
    return form


@pytest.mark.django_db
def test_a_form_that_is_sent_twice_does_its_work_once_and_leads_to_the_same_place():
    token, done = uuid.uuid4(), []

    first, second = (
        sent_once(token).once.perform(lambda: done.append("work") or f"/klaar/{len(done)}/") for _ in range(2)
    )

    assert (first, second, done) == ("/klaar/1/", "/klaar/1/", ["work"])


@pytest.mark.django_db
def test_work_that_fails_may_be_sent_again():
    token = uuid.uuid4()

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        sent_once(token).once.perform(lambda: str(1 / 0))

    assert sent_once(token).once.perform(lambda: "/klaar/") == "/klaar/"


@pytest.mark.django_db(transaction=True)
def test_a_token_that_is_claimed_outside_a_transaction_is_a_mistake():
    with pytest.raises(RuntimeError):
        sent_once(uuid.uuid4()).once.claim()


@pytest.mark.django_db
def test_old_tokens_are_forgotten():
    with time_machine.travel(timezone.now() - timedelta(days=31)):
        SubmittedOnce.objects.create(token=uuid.uuid4())
    recent = SubmittedOnce.objects.create(token=uuid.uuid4())

    sweep_submitted()

    assert list(SubmittedOnce.objects.all()) == [recent]


def open_form() -> str:
    return str(Guarded()["opened"].value())


def test_a_person_never_notices_the_traps():
    now = timezone.now()
    with time_machine.travel(now - timedelta(seconds=30)):
        opened = open_form()

    assert Guarded({"name": "Anna", "homepage": "", "opened": opened}).is_valid()


@pytest.mark.parametrize("answers", [{"homepage": "https://spam.example"}, {"opened": ""}, {"opened": "verzonnen"}])
def test_a_robot_is_asked_to_send_again_and_loses_nothing(answers):
    with time_machine.travel(timezone.now() - timedelta(seconds=30)):
        opened = open_form()

    form = Guarded({"name": "Anna", "homepage": "", "opened": opened} | answers)

    assert [item.text for item in form.error_items] == [
        "Verstuur het formulier nog een keer. Alles wat u heeft ingevuld staat er nog."
    ]
    assert form["name"].value() == "Anna"
    assert form["homepage"].value() == ""


def test_who_has_something_to_correct_hears_only_that():
    form = Guarded({"name": "", "homepage": "", "opened": open_form()})

    assert [item.href for item in form.error_items] == ["#id_name"]


def test_who_is_too_fast_gets_through_the_second_time():
    data = {"name": "Anna", "homepage": "", "opened": open_form()}
    first = Guarded(data)

    assert not first.is_valid()
    with time_machine.travel(timezone.now() + timedelta(seconds=10)):
        assert Guarded({**data, "opened": first["opened"].value()}).is_valid()
