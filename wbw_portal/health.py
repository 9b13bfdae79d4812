"""Is the portal well? For the machine that watches it, and in plain words for staff."""

from dataclasses import dataclass
from http import HTTPStatus

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from shared.notifications import health as delivery

REDIS_PATIENCE = 2


@dataclass(frozen=True)
class Check:
    """One part of the portal; `what` is wrong and `advice` says what to do about it: both empty when it is well."""

    name: str
    label: str
    what: str = ""
    advice: str = ""

    @property
    def well(self) -> bool:
        """Whether there is nothing to do."""
        return not self.what


@never_cache
@login_not_required
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """The process answers; whoever watches restarts it when this fails. Asks nobody else anything."""
    return JsonResponse({"status": "ok"})


@never_cache
@login_not_required
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Everything works; names what does not, and no more than that."""
    failing = [check.name for check in checks() if not check.well]
    status = HTTPStatus.SERVICE_UNAVAILABLE if failing else HTTPStatus.OK
    return JsonResponse({"status": "failing" if failing else "ok", "failing": failing}, status=status)


@never_cache
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What is wrong and what to do, for staff."""
    found = checks()
    reachable = not any(check.name == "database" and not check.well for check in found)
    problems = delivery.problems() if reachable else []
    context = {
        "checks": found,
        "problems": problems,
        "all_well": all(check.well for check in found) and not problems,
        "parts": [_row(check.label, _("werkt") if check.well else _("werkt niet")) for check in found],
        "outbox": _outbox_rows(delivery.snapshot()) if reachable else [],
    }
    return render(request, "portal/health.html", context)


def _outbox_rows(state: delivery.Snapshot) -> list[dict[str, str]]:
    seen_at = state.worker_seen_at
    return [
        _row(_("Wachten op verzending"), str(state.waiting)),
        _row(_("Niet verstuurd"), str(state.failed)),
        _row(_("Nog te printen"), str(state.to_print)),
        _row(
            _("Laatste levensteken"), date_format(localtime(seen_at), "DATETIME_FORMAT") if seen_at else _("nog geen")
        ),
    ]


def _row(label: str, value: str) -> dict[str, str]:
    return {"label": label, "value": value, "url": ""}


def checks() -> list[Check]:
    """Every part, in the order in which one depends on the other. Without a database the rest cannot be known."""
    try:
        in_database = [_database(), _migrations(), _worker(), _outbox()]
    except DatabaseError:
        in_database = [
            Check(
                "database",
                _("Database"),
                _("De database antwoordt niet. Niemand kan iets opslaan."),
                _("Bel de beheerder: PostgreSQL moet draaien en DATABASE_URL moet kloppen."),
            )
        ]
    return [*in_database, _redis()]


def _database() -> Check:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return Check("database", _("Database"))


def _migrations() -> Check:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _check(
        "migrations",
        _("Indeling van de database"),
        bool(waiting),
        (
            _("De database past niet bij deze versie van het portaal."),
            _("Bel de beheerder: de opdracht “manage.py prepare” is na de laatste installatie niet gedaan."),
        ),
    )


def _worker() -> Check:
    return _check(
        "worker",
        _("Berichten versturen"),
        not delivery.snapshot().worker_is_alive,
        (
            _("Er gaan geen berichten uit: het onderdeel dat ze verstuurt staat stil. Er gaat niets verloren."),
            _("Bel de beheerder: de worker en de klok (beat) moeten draaien."),
        ),
    )


def _outbox() -> Check:
    return _check(
        "outbox",
        _("Wachtende berichten"),
        delivery.snapshot().oldest_waiting_age > delivery.TOO_LONG,
        (
            _("E-mail blijft te lang liggen."),
            _("Vraag de beheerder of de mailserver bereikbaar is. Het portaal probeert het zelf opnieuw."),
        ),
    )


def _redis() -> Check:
    try:
        with redis.from_url(
            settings.REDIS_URL, socket_timeout=REDIS_PATIENCE, socket_connect_timeout=REDIS_PATIENCE
        ) as client:
            client.ping()
        answers = True
    except redis.RedisError:
        answers = False
    return _check(
        "redis",
        _("Wachtrij en geheugen"),
        not answers,
        (
            _("Redis antwoordt niet. Het portaal werkt, maar langzamer, en berichten gaan later uit."),
            _("Bel de beheerder: Redis moet draaien en REDIS_URL moet kloppen."),
        ),
    )


def _check(name: str, label: str, wrong: bool, words: tuple[str, str]) -> Check:
    return Check(name, label, *words) if wrong else Check(name, label)
