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
    """One part of the portal; what is wrong and what to do about it, in words, unless delivery says that itself."""

    name: str
    label: str
    well: bool
    what: str = ""
    advice: str = ""


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
    reachable = all(check.well for check in found if check.name == "database")
    own = [delivery.Problem(check.what, check.advice) for check in found if check.what]
    problems = [*own, *(delivery.problems() if reachable else [])]
    context = {
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
                False,
                _("De database antwoordt niet. Niemand kan iets opslaan."),
                _("Bel de beheerder: PostgreSQL moet draaien en DATABASE_URL moet kloppen."),
            )
        ]
    return [*in_database, _redis()]


def _database() -> Check:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return Check("database", _("Database"), True)


def _migrations() -> Check:
    executor = MigrationExecutor(connection)
    label = _("Indeling van de database")
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return Check("migrations", label, True)
    return Check(
        "migrations",
        label,
        False,
        _("De database past niet bij deze versie van het portaal."),
        _("Bel de beheerder: de opdracht “manage.py prepare” is na de laatste installatie niet gedaan."),
    )


def _worker() -> Check:
    return Check("worker", _("Berichten versturen"), delivery.snapshot().worker_is_alive)


def _outbox() -> Check:
    return Check("outbox", _("Wachtende berichten"), delivery.snapshot().oldest_waiting_age <= delivery.TOO_LONG)


def _redis() -> Check:
    label = _("Wachtrij en geheugen")
    patience = {"socket_timeout": REDIS_PATIENCE, "socket_connect_timeout": REDIS_PATIENCE}
    try:
        with redis.from_url(settings.REDIS_URL, **patience) as client:
            client.ping()
    except redis.RedisError:
        return Check(
            "redis",
            label,
            False,
            _("Redis antwoordt niet. Het portaal werkt, maar langzamer, en berichten gaan later uit."),
            _("Bel de beheerder: Redis moet draaien en REDIS_URL moet kloppen."),
        )
    return Check("redis", label, True)
