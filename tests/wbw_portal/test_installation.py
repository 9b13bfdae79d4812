"""What an operator relies on: the environment, the checks of Django, the timetable, the documents."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from wbw_portal.celery import app, timetable

MANAGE = [sys.executable, str(settings.BASE_DIR / "manage.py")]
PRODUCTION = {
    "SECRET_KEY": "k3Jw-8sd9fK2lqP0aZx7Vn5Bc1Mt6Yu4Rg_Ho2Ei9DjSwQpLfXb",
    "PORTAL_URL": "https://wijken.example.nl",
    "DATABASE_URL": "postgres://nobody@localhost:1/none",
    "REDIS_URL": "redis://localhost:1/0",
    "PORTAL_TRUSTED_PROXIES": "1",
}
OF_THE_MACHINE = {"PATH", "HOME", "LANG", "TMPDIR"}


def manage(*arguments, **environment):
    own = {name: value for name, value in os.environ.items() if name in OF_THE_MACHINE}
    return subprocess.run([*MANAGE, *arguments], env=own | environment, capture_output=True, text=True, check=False)


def test_django_finds_nothing_to_remark_on_a_production_installation():
    done = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)

    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.parametrize("name", ["SECRET_KEY", "PORTAL_URL"])
def test_what_is_missing_is_named(name):
    done = manage("check", **{key: value for key, value in PRODUCTION.items() if key != name})

    assert done.returncode != 0
    assert f"Set the environment variable {name}" in done.stderr


def test_the_demonstration_does_not_exist_on_a_production_installation():
    code = "from django.conf import settings; from django.urls import resolve; print(settings.DEMO); resolve('/demo/')"

    done = manage("shell", "-v", "0", "-c", code, **PRODUCTION)

    assert done.stdout.startswith("False")
    assert "Resolver404" in done.stderr


def test_every_variable_is_in_the_documents():
    sources = [*(settings.BASE_DIR / "wbw_portal").glob("*.py"), settings.BASE_DIR / "gunicorn.conf.py"]
    pattern = re.compile(r"""(?:env|flag|environ\.get)\(\s*"([A-Z_]+)\"""")
    read = {name for path in sources for name in pattern.findall(path.read_text())}
    documents = (Path(settings.BASE_DIR) / "docs/operations.md").read_text()
    # Set by pytest and by everyone's shell.
    read -= {"PYTEST_XDIST_WORKER", "PATH", "HTTPS_PROXY"}

    assert {name for name in read if f"`{name}`" not in documents} == set()


def test_every_row_of_the_timetable_is_a_task_with_a_time():
    rows = timetable()

    assert rows
    app.loader.import_default_modules()
    assert {row["task"] for row in rows.values()} <= set(app.tasks)


def test_the_lock_names_no_address():
    for lock in (settings.BASE_DIR / "requirements").glob("*.txt"):
        assert "://" not in lock.read_text()
