"""People come: confirmed, waiting, moving up, signing off; and never more of them than there are places."""

from datetime import datetime, timedelta
from functools import partial

import pytest
import vobject
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from participation.moments import letters, workflow
from participation.moments.enums import SignUpStatus
from participation.moments.models import Moment, SignUp
from shared.lifecycle import WorkflowError
from shared.notifications.models import OutboxMessage
from shared.terms.calendar import AMSTERDAM
from tests.at_once import at_once
from tests.factories.accounts import CoordinatorFactory, ProjectLeadFactory
from tests.factories.moments import MomentFactory, SignUpFactory

pytestmark = pytest.mark.django_db


def letters_to(email: str) -> list[str]:
    return list(OutboxMessage.objects.filter(recipient_email=email).order_by("pk").values_list("subject", flat=True))


def test_with_an_address_there_is_a_place_only_after_the_link_was_opened():
    moment = MomentFactory(announced=True, capacity=1)

    sign_up = workflow.ask(moment, name="Anna", email="anna@voorbeeld.example")
    assert (sign_up.status, Moment.objects.get().places_taken) == (SignUpStatus.ASKED, 0)
    sign_up = workflow.confirm(workflow.confirm(sign_up))

    assert (sign_up.status, Moment.objects.get().places_taken) == (SignUpStatus.PLACED, 1)
    assert letters_to("anna@voorbeeld.example") == [
        f"Bevestig uw aanmelding voor “{moment.title}”",
        f"U heeft een plek: {moment.title}",
    ]


def test_with_only_a_phone_number_the_place_is_there_at_once_and_nothing_is_printed():
    moment = MomentFactory(announced=True)

    sign_up = workflow.ask(moment, name="Anna", phone="+31612345678")

    assert sign_up.has_place
    assert not OutboxMessage.objects.exists()


def test_the_letter_brings_the_date_for_the_calendar():
    moment = MomentFactory(announced=True)

    workflow.confirm(workflow.ask(moment, name="Anna", email="anna@voorbeeld.example"))

    attached = OutboxMessage.objects.get(subject__startswith="U heeft een plek").attachments.get()
    event = vobject.readOne(bytes(attached.content).decode()).vevent
    assert event.dtstart.value == moment.starts_at.replace(microsecond=0)
    assert event.location.value == "De Ridderhof"


@pytest.mark.parametrize(
    ("language", "days", "words"),
    [
        ("nl", 0, "zaterdag 12 december 2026, 14:00 tot 16:00 uur"),
        ("nl", 7, "zaterdag 12 december tot en met zaterdag 19 december 2026"),
        ("en", 0, "Saturday 12 December 2026, 14:00 to 16:00"),
    ],
)
def test_the_letter_says_when_it_is_in_the_words_of_the_website_and_the_language_of_the_reader(language, days, words):
    begins = datetime(2026, 12, 12, 14, tzinfo=AMSTERDAM)
    ends = begins + timedelta(days=days, hours=2)
    moment = MomentFactory(announced=True, starts_at=begins, ends_at=ends)

    letter = letters.placed(SignUpFactory(moment=moment, language=language))

    assert f": {words}\n" in letter.text


def test_of_a_full_moment_letters_speak_of_the_waiting_list_and_of_no_place(client):
    full = MomentFactory(announced=True, capacity=1)
    SignUpFactory(moment=full)

    confirm = letters.confirm_sign_up(SignUpFactory(moment=full, waiting=True))
    off = letters.signed_off(SignUpFactory(moment=full, status=SignUpStatus.CANCELLED, waiting_since=timezone.now()))

    assert "Pas dan staat u op de wachtlijst." in confirm.text
    assert "U staat niet meer op de wachtlijst." in off.text
    asked = client.get(reverse("moments:asked", args=[full.pk, "e-mail"])).content.decode()
    assert "Pas dan staat u op de wachtlijst." in asked


def test_who_signs_off_makes_room_for_who_waited_longest():
    moment = MomentFactory(announced=True, capacity=1)
    anna = SignUpFactory(moment=moment)
    bas = SignUpFactory(moment=moment, waiting=True, waiting_since=timezone.now() - timedelta(hours=2))
    carla = SignUpFactory(moment=moment, waiting=True, waiting_since=timezone.now() - timedelta(hours=1))

    workflow.sign_off(anna)
    workflow.sign_off(anna)

    statuses = dict(SignUp.objects.values_list("pk", "status"))
    assert statuses == {
        anna.pk: SignUpStatus.CANCELLED,
        bas.pk: SignUpStatus.PLACED,
        carla.pk: SignUpStatus.WAITING,
    }
    assert letters_to(bas.email) == [f"Er is een plek voor u: {moment.title}"]
    assert letters_to(carla.email) == []
    assert letters_to(anna.email) == [f"U bent afgemeld voor {moment.title}"]


def test_who_moves_up_without_an_address_is_called_by_the_project():
    moment = MomentFactory(announced=True, capacity=1)
    placed = SignUpFactory(moment=moment)
    SignUpFactory(moment=moment, waiting=True, email="", phone="+31612345678", name="Bas Buurman")

    workflow.sign_off(placed)

    assert letters_to(moment.project.lead.email) == ["Bel Bas Buurman: geen e-mailadres"]


def test_whoever_signs_up_while_others_wait_does_not_jump_the_queue():
    moment = MomentFactory(announced=True, capacity=2)
    SignUpFactory(moment=moment)
    SignUpFactory(moment=moment, waiting=True)

    latest = workflow.ask(moment, name="Dirk", phone="+31612345678")

    assert latest.status == SignUpStatus.WAITING


def test_more_places_fill_from_the_waiting_list():
    moment = MomentFactory(announced=True, capacity=1)
    SignUpFactory(moment=moment)
    waiting = [SignUpFactory(moment=moment, waiting=True) for _number in range(3)]
    details = details_of(moment, capacity=3)

    workflow.change(moment, details, by=moment.project.lead)

    placed = set(SignUp.objects.placed().values_list("pk", flat=True))
    assert {waiting[0].pk, waiting[1].pk} <= placed
    assert waiting[2].pk not in placed


def test_there_cannot_be_fewer_places_than_people_who_have_one():
    moment = MomentFactory(announced=True, capacity=3)
    SignUpFactory(moment=moment)
    SignUpFactory(moment=moment)

    with pytest.raises(WorkflowError, match="2 mensen"):
        workflow.change(moment, details_of(moment, capacity=1), by=moment.project.lead)


def test_asking_again_sends_another_letter_and_makes_no_second_sign_up():
    moment = MomentFactory(announced=True)
    sign_up = SignUpFactory(moment=moment, email="anna@voorbeeld.example")

    again = workflow.ask(moment, name="Iemand anders", email="ANNA@voorbeeld.example")

    assert (again.pk, SignUp.objects.get().name) == (sign_up.pk, "Bas Buurman")
    assert letters_to("anna@voorbeeld.example") == [f"U heeft een plek: {moment.title}"]


@pytest.mark.parametrize(
    ("traits", "reason"),
    [
        pytest.param({}, "niet aanmelden", id="not announced yet"),
        pytest.param({"cancelled": True}, "gaat niet door", id="cancelled"),
        pytest.param({"announced": True, "over": True}, "niet meer aanmelden", id="past"),
        pytest.param({"announced": True, "takes_sign_ups": False}, "niet nodig", id="open to all"),
    ],
)
def test_nobody_signs_up_when_that_is_not_possible(traits, reason):
    moment = MomentFactory(**traits)

    with pytest.raises(WorkflowError, match=reason):
        workflow.ask(moment, name="Anna", phone="+31612345678")

    assert not SignUp.objects.exists()


def test_a_colleague_signs_up_who_calls_only_for_projects_of_their_own():
    moment = MomentFactory(announced=True)

    sign_up = workflow.enter(moment, name="Anna", phone="+31612345678", by=moment.project.lead)
    with pytest.raises(WorkflowError, match="niet aan dit project"):
        workflow.enter(moment, name="Bas", phone="+31612345679", by=ProjectLeadFactory())

    assert (sign_up.has_place, sign_up.entered_by) == (True, moment.project.lead)


def test_a_change_of_the_hour_is_told_with_a_newer_date_for_the_calendar():
    moment = MomentFactory(announced=True)
    placed, waiting = SignUpFactory(moment=moment), SignUpFactory(moment=moment, waiting=True)
    later = moment.starts_at + timedelta(hours=1)

    workflow.change(moment, details_of(moment, starts_at=later, capacity=1), by=moment.project.lead)

    assert letters_to(placed.email) == letters_to(waiting.email) == [f"Let op, gewijzigd: {moment.title}"]
    message = OutboxMessage.objects.filter(recipient_email=placed.email).get()
    event = vobject.readOne(bytes(message.attachments.get().content).decode()).vevent
    assert int(event.sequence.value) == moment.version + 1


def test_who_signed_up_hears_that_it_does_not_take_place():
    moment = MomentFactory(announced=True)
    placed = SignUpFactory(moment=moment)
    SignUpFactory(moment=moment, asked=True, email="nietbevestigd@voorbeeld.example")

    workflow.cancel(moment, reason="De zaal is dicht.", by=moment.project.lead)

    message = OutboxMessage.objects.get()
    assert message.recipient_email == placed.email
    assert "De zaal is dicht." in message.text
    assert b"STATUS:CANCELLED" in bytes(message.attachments.get().content)


def test_a_reminder_goes_out_once_and_only_to_who_has_a_place():
    moment = MomentFactory(announced=True, starts_at=timezone.now() + timedelta(hours=30))
    placed = SignUpFactory(moment=moment)
    SignUpFactory(moment=moment, waiting=True)

    sent = [workflow.remind(one, timezone.now()) for _time in range(2) for one in SignUp.objects.all()]

    assert sum(sent) == 1
    assert len(letters_to(placed.email)) == 1


def test_what_nobody_confirmed_is_forgotten():
    old = SignUpFactory(asked=True, asked_at=timezone.now() - timedelta(hours=49))
    new = SignUpFactory(asked=True)

    workflow.forget_unconfirmed(timezone.now())

    assert set(SignUp.objects.values_list("pk", flat=True)) == {new.pk}
    assert old.pk != new.pk


def test_the_database_refuses_more_people_than_places():
    moment = MomentFactory(announced=True, capacity=1)

    with pytest.raises(IntegrityError), transaction.atomic():
        Moment.objects.filter(pk=moment.pk).update(places_taken=2)


def test_attendance_is_recorded_with_who_came_without_signing_up():
    moment = MomentFactory(held=True)
    came, stayed_away = SignUpFactory(moment=moment), SignUpFactory(moment=moment)

    workflow.record_attendance(moment, present=[came.pk], others=4, by=CoordinatorFactory())

    assert Moment.objects.get().attended == 5
    assert dict(SignUp.objects.values_list("pk", "was_there")) == {came.pk: True, stayed_away.pk: False}


@pytest.mark.django_db(transaction=True)
def test_fifty_people_at_once_fill_exactly_the_places():
    moment = MomentFactory(announced=True, capacity=20)
    people = [SignUpFactory(moment=moment, asked=True) for _number in range(50)]

    results = at_once(*[partial(workflow.confirm, person) for person in people])

    assert results == ["done"] * 50
    assert SignUp.objects.placed().count() == Moment.objects.get().places_taken == 20
    assert SignUp.objects.waiting().count() == 30


def details_of(moment: Moment, **changes):
    values = {name: getattr(moment, name) for name in workflow.Details.__dataclass_fields__}
    return workflow.Details(**values | changes)
