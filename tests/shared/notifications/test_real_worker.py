"""Worker killed half-way, queue away: nothing is lost and nothing is sent twice. Everything here is real."""

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone

from shared.notifications import outbox, tasks
from shared.notifications.enums import MessageStatus
from shared.notifications.models import OutboxMessage
from shared.notifications.querysets import ANSWER_WITHIN
from tests.factories.notifications import letter
from tests.shared.notifications.real_worker import Redis, Worker, own_queue, wait_until
from tests.shared.notifications.smtp_server import smtp_server

pytestmark = pytest.mark.django_db(transaction=True)

# Fifty messages whose process is killed in the midst of sending: five processes at a time, ten times.
PROCESSES = 5
TIMES = 10
# Where the mail server keeps silent while they are killed; at none of these has it got the message.
BEFORE_THE_TEXT = ("greeting", "recipient", "data", "recipient", "data")


@pytest.fixture(scope="module")
def mail_server():
    with smtp_server() as server:
        yield server


@pytest.fixture(scope="module")
def queue():
    folder = Path(tempfile.mkdtemp(prefix="portal-"))
    server = Redis(folder)
    server.start()
    with own_queue(server.url):
        yield server
    server.stop()
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def worker(django_db_setup, queue, mail_server):
    worker = Worker(queue.url, mail_server.url, PROCESSES)
    worker.start()
    yield worker
    worker.kill()


@pytest.fixture(autouse=True)
def clean(mail_server):
    mail_server.accepted.clear()
    mail_server.pauses.clear()


def write(number: object) -> OutboxMessage:
    """What a workflow step does."""
    with transaction.atomic():
        to = outbox.Recipient("Anna", f"anna{number}@voorbeeld.example")
        return outbox.enqueue(letter(), to=to, key=f"round:{number}", category="initiatives")


def status(message: OutboxMessage) -> str:
    return OutboxMessage.objects.get(pk=message.pk).status


def all_are(wanted: str, messages: list[OutboxMessage]) -> bool:
    return OutboxMessage.objects.filter(pk__in=[m.pk for m in messages], status=wanted).count() == len(messages)


def are_free(messages: list[OutboxMessage]) -> bool:
    """Whether the database let go of the rows that the killed processes held."""
    with transaction.atomic():
        numbers = [message.pk for message in messages]
        return len(OutboxMessage.objects.select_for_update(skip_locked=True).filter(pk__in=numbers)) == len(numbers)


def sweep_until(condition, what: str) -> None:
    """Let the clock's task run, as it does every few minutes, until it is so."""
    tasks.sweep.delay()
    wait_until(condition, what)


def test_a_letter_leaves_right_after_the_step_is_saved(worker, mail_server):
    message = write(0)

    wait_until(lambda: all_are(MessageStatus.SENT, [message]), "the message is sent")

    assert mail_server.numbers() == [message.message_id]


def test_processes_killed_between_commit_and_send_lose_nothing_and_send_nothing_twice(worker, mail_server):
    written = []
    for time in range(TIMES):
        pauses = mail_server.pause_at(*BEFORE_THE_TEXT)
        messages = [write(f"{time}.{number}") for number in range(PROCESSES)]
        assert all(pause.reached.wait(30) for pause in pauses)
        worker.kill_children()
        for pause in pauses:
            pause.released.set()
        wait_until(lambda messages=messages: are_free(messages), "the database noticed")
        sweep_until(lambda messages=messages: all_are(MessageStatus.SENT, messages), "the messages are sent")
        written += messages

    assert sorted(mail_server.numbers()) == sorted(message.message_id for message in written)


def test_a_whole_worker_killed_and_started_again_loses_nothing_and_sends_nothing_twice(worker, mail_server):
    [pause] = mail_server.pause_at("recipient")
    held = write("held")
    assert pause.reached.wait(30)
    worker.kill()
    pause.released.set()
    waiting = [write(number) for number in range(3)]
    wait_until(lambda: are_free([held]), "the database noticed")

    worker.start()
    sweep_until(lambda: all_are(MessageStatus.SENT, [held, *waiting]), "all are sent")

    assert sorted(mail_server.numbers()) == sorted(message.message_id for message in [held, *waiting])


def test_processes_killed_after_the_text_send_nothing_twice_and_ask_a_person(worker, mail_server):
    pauses = mail_server.pause_at(*["answer"] * PROCESSES)
    written = [write(number) for number in range(PROCESSES)]
    assert all(pause.reached.wait(30) for pause in pauses)
    worker.kill_children()
    for pause in pauses:
        pause.released.set()
    OutboxMessage.objects.update(last_attempt_at=timezone.now() - ANSWER_WITHIN - timedelta(seconds=1))

    sweep_until(lambda: all_are(MessageStatus.FAILED, written), "staff are told")

    assert sorted(mail_server.numbers()) == sorted(message.message_id for message in written)


def test_without_a_queue_nothing_is_lost_and_nothing_is_sent_twice(worker, queue, mail_server):
    [pause] = mail_server.pause_at("recipient")
    held = write("held")
    assert pause.reached.wait(30)
    queue.stop()
    pause.released.set()
    # Whoever keeps it running sees that it failed, and starts it again; it waits for the queue.
    assert worker.ended() == 1
    worker.start()
    messages = [write(number) for number in range(PROCESSES * TIMES)]
    assert mail_server.numbers() == [held.message_id]

    queue.start()
    sweep_until(lambda: all_are(MessageStatus.SENT, messages), "all are sent")

    assert sorted(mail_server.numbers()) == sorted(message.message_id for message in [held, *messages])


def test_a_step_that_is_undone_sends_nothing(worker, mail_server):
    with transaction.atomic():
        undone = outbox.enqueue(letter(), to=outbox.Recipient("A", "a@b.example"), key="undone", category="x")
        transaction.set_rollback(True)
    kept = write(1)

    wait_until(lambda: all_are(MessageStatus.SENT, [kept]), "the message is sent")

    assert undone.message_id not in mail_server.numbers()
    assert not OutboxMessage.objects.filter(key="undone").exists()
