"""Watching the portal: by machines, and by staff."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from shared.notifications import health as delivery
from tests.factories.accounts import ManagerFactory
from tests.sign_in import sign_in
from wbw_portal import health


@pytest.fixture
def worker_alive():
    delivery.note_heartbeat(timezone.now())


def test_the_process_is_alive_without_asking_the_database(client):
    response = client.get("/gezond/")

    assert response.status_code == 200
    assert response.json() == {"status": "ok"}


@pytest.mark.django_db
def test_everything_works(client, worker_alive):
    response = client.get("/gereed/")

    assert response.json() == {"status": "ok", "failing": []}
    assert response.status_code == 200


@pytest.mark.django_db
def test_a_worker_that_is_silent_is_named(client):
    delivery.note_heartbeat(timezone.now() - timedelta(hours=1))

    response = client.get("/gereed/")

    assert response.status_code == 503
    assert response.json() == {"status": "failing", "failing": ["worker"]}


@pytest.mark.django_db
def test_redis_that_is_away_is_named_without_its_address(client, worker_alive, settings):
    settings.REDIS_URL = "redis://:secret@localhost:1/0"

    response = client.get("/gereed/")

    assert response.json()["failing"] == ["redis"]
    assert "secret" not in response.text


@pytest.mark.django_db
def test_a_migration_that_was_forgotten_is_named(client, worker_alive):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")

    assert client.get("/gereed/").json()["failing"] == ["migrations"]


@pytest.mark.django_db
def test_a_database_that_refuses_is_named(worker_alive):
    with connection.execute_wrapper(_refuse):
        found = health.checks()

    assert [check.name for check in found if not check.well] == ["database"]


@pytest.mark.django_db
def test_the_page_for_staff_is_closed_to_others(client):
    response = client.get("/beheer/gezondheid/")

    assert response.status_code == 302
    assert response["Location"].startswith("/inloggen/")


def _refuse(*_: object) -> None:
    raise OperationalError("away")


@pytest.mark.django_db
def test_staff_read_once_per_problem_what_is_wrong_and_what_to_do(client, settings):
    settings.REDIS_URL = "redis://localhost:1/0"
    sign_in(client, ManagerFactory())

    page = client.get("/beheer/gezondheid/").content.decode()

    assert page.count("Bel de beheerder") == 2
    assert "Redis moet draaien" in page
    assert "de worker of de klok" in page
    assert "Wachten op verzending" in page


@pytest.mark.django_db
def test_staff_read_that_all_is_well(client, worker_alive):
    sign_in(client, ManagerFactory())

    assert "U hoeft niets te doen" in client.get("/beheer/gezondheid/").content.decode()
