"""What every test stands on: real servers, strict templates, and nothing left over from the test before."""

import gc
import os
import shutil
from collections.abc import Iterator
from functools import cache
from itertools import count
from pathlib import Path

import hypothesis
import pytest
import pytest_django
from django.conf import settings as django_settings
from django.core.cache import caches
from django.db import connection
from django.template import engines
from django.test import TransactionTestCase

from tests.strict_templates import Undefined
from wbw_portal import embedded
from wbw_portal.management.commands.prepare import compile_translations

# The first has no windows or menus, and starts a page three times as fast.
CHROMIUM = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
MAC_CHROMIUM = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
HOW_TO_GET_CHROMIUM = (
    "Chromium was not found. Debian: apt install chromium-headless-shell; Ubuntu: snap install chromium; "
    "macOS: Google Chrome; or set PORTAL_CHROMIUM to the program."
)

_cache_prefixes = (f"{os.getpid()}.{number}." for number in count())


def pytest_configure(config: pytest.Config) -> None:
    """Start PostgreSQL and Redis, or use those that another run on this machine started."""
    hypothesis.settings.register_profile("portal", derandomize=True, deadline=None)
    hypothesis.settings.load_profile("portal")
    # Playwright keeps an event loop in the thread of the test; our code there is as synchronous as ever.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    if not hasattr(config, "workerinput"):
        try:
            embedded.ensure_running(durable=False)
        except embedded.EmbeddedError as error:
            raise pytest.UsageError(str(error)) from error
        compile_translations()
        # WhiteNoise warns when there is none; tests take static files from the sources.
        django_settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests last: who runs the suite reads about mistakes in the workflow before those on its pages.

    Among both the long files come first, so that all processes finish at about the same time.
    """
    lengths = {path: path.stat().st_size for path in {item.path for item in items}}
    items.sort(key=lambda item: ("browser" in item.path.parts, -lengths[item.path]))


def pytest_collection_finish() -> None:
    """Four thousand tests and all of the portal stay until the end: looking for garbage among them takes time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker) -> Iterator[None]:
    """The database of this process; whoever is still in it at the end is sent away, or it could not be removed.

    While Playwright's event loop runs, Django has other connections; with several processes a file without a browser
    can come last all the same.
    """
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(autouse=True, scope="session")
def strict_templates() -> None:
    """A template of ours that prints an unknown variable fails the test."""
    engines["django"].engine.string_if_invalid = Undefined()


# What a migrated database holds before anybody used it.
FROM_MIGRATIONS = {
    "django_migrations",
    "django_content_type",
    "auth_permission",
    "auth_group",
    "auth_group_permissions",
}


@pytest.fixture(autouse=True, scope="session")
def quick_cleaning() -> None:
    """After a test that committed, empty the tables row by row and past the triggers that keep rows.

    Django empties them with TRUNCATE and makes all permissions anew, which takes longer than most of these tests.
    """

    @cache
    def statements() -> str:
        tables = set(connection.introspection.django_table_names(only_existing=True, include_views=False))
        deletes = [f'DELETE FROM "{table}"' for table in sorted(tables - FROM_MIGRATIONS)]
        return ";".join(["SET session_replication_role = replica", *deletes, "SET session_replication_role = DEFAULT"])

    def clean(case: TransactionTestCase) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statements())

    TransactionTestCase._fixture_teardown = clean


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """Each test has its own part of the cache; the server is shared, so nothing is flushed."""
    prefix = django_settings.CACHES["default"].setdefault("OWN_PREFIX", caches["default"].key_prefix)
    prefix += next(_cache_prefixes)
    caches.settings["default"]["KEY_PREFIX"] = caches["default"].key_prefix = prefix


@pytest.fixture(autouse=True)
def empty_media(settings, tmp_path_factory) -> None:
    """Files that a test stores go to a folder of its own."""
    settings.MEDIA_ROOT = tmp_path_factory.getbasetemp() / "media" / next(_cache_prefixes)


@pytest.fixture
def after_commit(django_capture_on_commit_callbacks):
    """`with after_commit(): ...` runs what waits for the commit, as outside a test."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def chromium() -> str | None:
    """The browser of this machine."""
    given = os.environ.get("PORTAL_CHROMIUM")
    found = given or next(filter(None, map(shutil.which, CHROMIUM)), None)
    return found or (str(MAC_CHROMIUM) if MAC_CHROMIUM.exists() else None)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """The machine's own Chromium; without one the test is skipped, and on CI it fails."""
    path = chromium()
    if path is None:
        stop = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        stop(HOW_TO_GET_CHROMIUM)
    switches = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    return {"executable_path": path, "args": [*switches.split(), "--disable-component-update", "--disable-sync"]}
