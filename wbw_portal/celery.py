"""The task queue: where tasks are found, when the clock calls them, and the request id that travels with them."""

import os
from importlib import import_module
from importlib.util import find_spec
from logging.config import dictConfig
from typing import Any

from celery import Celery, signals
from django.apps import apps
from django.conf import settings

from shared.audit.request import request_id

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wbw_portal.settings")

app = Celery("wbw_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


def timetable() -> dict[str, dict[str, Any]]:
    """Gather each app's `TIMETABLE` from its tasks.py: the name of a row -> (task, when).

    Raises:
        ValueError: two apps use the same name for a row.
    """
    rows: dict[str, dict[str, Any]] = {}
    for config in apps.get_app_configs():
        if find_spec(f"{config.name}.tasks") is None:
            continue
        own = getattr(import_module(f"{config.name}.tasks"), "TIMETABLE", {})
        if taken := rows.keys() & own.keys():
            raise ValueError(f"Two rows of the timetable are called {', '.join(sorted(taken))}.")
        rows |= {name: {"task": task.name, "schedule": when} for name, (task, when) in own.items()}
    return rows


@signals.import_modules.connect
def _set_timetable(**_: Any) -> None:
    app.conf.beat_schedule = timetable()


@signals.setup_logging.connect
def _set_logging(**_: Any) -> None:
    dictConfig(settings.LOGGING)


@signals.before_task_publish.connect
def _send_request_id(headers: dict[str, Any], **_: Any) -> None:
    headers["request_id"] = request_id.get()


@signals.task_prerun.connect
def _take_request_id(task: Any, task_id: str, **_: Any) -> None:
    if not task.request.is_eager:
        request_id.set(task.request.get("request_id") or task_id)
