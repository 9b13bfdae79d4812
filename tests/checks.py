"""`make test`: every check, each with its time, then the whole suite. All of them run; any failure fails."""

import os
import subprocess
import sys
import tomllib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from tests import messages
from wbw_portal import assets, embedded
from wbw_portal.steps import StepFailed, run, step

REPOSITORY = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
# Each process has a database, and some a browser and a Celery worker, of their own.
MOST_AT_ONCE = 4
# Migrated once, while the other checks run; each process of the tests copies it.
TEMPLATE = os.environ.get("TEST_DATABASE_NAME", "test_portal") + "_template"
FROM_NOTHING = "Migrations from nothing"


def checks() -> dict[str, Callable[[], object]]:
    """What must hold before the tests are worth their time."""
    return {
        "Types (mypy)": lambda: _tool("mypy"),
        FROM_NOTHING: _template_database,
        "Python style (ruff check)": lambda: _tool("ruff", "check", "."),
        "Python layout (ruff format)": lambda: _tool("ruff", "format", "--check", "."),
        "Templates (djlint)": lambda: _tool("djlint", "--lint", "--quiet", "templates"),
        "Who may import whom (import-linter)": lambda: _tool("lint-imports"),
        "English translation": _translations,
        "Migrations": lambda: _manage("makemigrations", "--check", "--dry-run"),
        "Django's own checks": lambda: _manage("check", "--fail-level", "WARNING"),
        "Dependencies known to docs/dependencies.md": _dependencies,
    }


def main() -> None:
    """Run everything; the last lines are pytest's."""
    try:
        assets.main()
    except StepFailed as failure:
        sys.exit(f"\n{failure}")
    # The checks ask Django questions that need a database, and the tests use the same servers.
    os.environ["PORTAL_DATA"] = os.environ.get("PORTAL_TEST_DATA", str(REPOSITORY / "var-test"))
    os.environ["PORTAL_DEMO"] = "1"
    embedded.ensure_running(durable=False)
    # The types take as long as all others together.
    with ThreadPoolExecutor(max_workers=2) as pool:
        failures = [title for title in pool.map(_failed, *zip(*checks().items(), strict=True)) if title]
    if failures:
        print(f"\nNot right yet: {', '.join(failures)}. The tests follow all the same.\n", flush=True)
    del os.environ["PORTAL_DEMO"]
    if FROM_NOTHING not in failures:
        os.environ["TEST_DATABASE_TEMPLATE"] = TEMPLATE
    # A file's tests stay together: they share a browser, a worker or a server. The order is that of conftest.py.
    at_once = ["-n", str(min(os.cpu_count() or 1, MOST_AT_ONCE)), "--dist", "loadfile", "--no-loadscope-reorder"]
    command = [sys.executable, "-m", "pytest", *at_once, *sys.argv[1:]]
    tests = subprocess.run(command, cwd=REPOSITORY, check=False).returncode
    sys.exit(tests or bool(failures))


def _failed(title: str, check: Callable[[], object]) -> str:
    """Run a check; its title when it fails, with why on the screen."""
    try:
        with step(title):
            check()
    except StepFailed as failure:
        print(failure, flush=True)
        return title
    return ""


def _tool(name: str, *arguments: str) -> None:
    run([BIN / name, *arguments], cwd=REPOSITORY)


def _manage(*arguments: str) -> None:
    run([sys.executable, "manage.py", *arguments], cwd=REPOSITORY)


def _template_database() -> None:
    """Make the database that those of the tests are copies of."""
    server = urlsplit(os.environ.get("DATABASE_URL") or embedded.database_url())
    with psycopg.connect(server.geturl(), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {TEMPLATE}")
        connection.execute(f"CREATE DATABASE {TEMPLATE}")
    environment = {**os.environ, "DATABASE_URL": server._replace(path=f"/{TEMPLATE}").geturl()}
    run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], cwd=REPOSITORY, env=environment)


def _translations() -> None:
    if found := messages.problems():
        raise StepFailed("\n".join([*found[:30], f"{len(found)} in all. `make messages` adds what is new."]))


def _dependencies() -> None:
    """Each direct dependency has its reason in the documents."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]
    reasons = (REPOSITORY / "docs/dependencies.md").read_text().lower()
    wanted = [*project["dependencies"], *(row for rows in project["optional-dependencies"].values() for row in rows)]
    names = {row.split("~")[0].split(";")[0].split("[")[0].strip().lower() for row in wanted}
    if missing := sorted(name for name in names if f"`{name}`" not in reasons):
        raise StepFailed(f"docs/dependencies.md does not say why these are here: {', '.join(missing)}")


if __name__ == "__main__":
    main()
