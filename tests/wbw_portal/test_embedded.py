"""The embedded servers, with a data folder of their own so that nobody's tests notice."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from wbw_portal import embedded, keeper

USER = """
import sys
from wbw_portal import embedded
embedded.ensure_running(durable=False)
print("using", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def own_data(monkeypatch, tmp_path_factory):
    """A data folder that everyone may enter; pytest's own are private."""
    folder = Path(f"/var/tmp/portal-test-{os.getpid()}-{time.monotonic_ns()}")
    for name in ("DATABASE_URL", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PORTAL_DATA", str(folder))
    monkeypatch.setattr(embedded, "_held", [])
    yield folder
    assert embedded.poll(lambda: not embedded.running(), 20)
    embedded.erase()


@pytest.fixture
def start_user():
    """Start processes that use the servers; each ends when its input is closed."""
    users = []

    def start():
        user = subprocess.Popen([sys.executable, "-c", USER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        users.append(user)
        return user

    yield start
    for user in users:
        user.communicate()


def end(user):
    user.communicate()
    return user.wait(20)


def ready(user):
    assert user.stdout.readline() == "using\n"


def test_addresses_are_known_without_starting_anything(own_data):
    assert embedded.database_url().startswith("postgres://portal@%2F")
    assert not own_data.exists()


@pytest.mark.parametrize(
    ("url", "cache", "broker"),
    [
        ("unix:///tmp/r.sock?db=0", "unix:///tmp/r.sock?db=1", "redis+socket:///tmp/r.sock?virtual_host=0"),
        ("redis://:secret@cache:6379/0", "redis://:secret@cache:6379/1", "redis://:secret@cache:6379/0"),
    ],
)
def test_one_redis_address_serves_cache_and_queue(url, cache, broker):
    assert embedded.redis_database(url, 1) == cache
    assert embedded.celery_url(url) == broker


def test_servers_given_in_the_environment_are_used(own_data, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere/portal")
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere/0")

    embedded.ensure_running()

    assert not own_data.exists()


def test_the_servers_stay_until_the_last_user_ends(own_data, start_user):
    first, second = start_user(), start_user()
    ready(first)
    ready(second)

    assert end(first) == 0
    assert embedded.running()
    with psycopg.connect(embedded.database_url()) as connection:
        assert connection.execute("select current_database()").fetchone() == ("portal",)

    assert end(second) == 0
    assert embedded.poll(lambda: not embedded.running(), 20)
    assert not embedded.socket_dir().exists()


def test_a_killed_user_keeps_nothing_running(own_data, start_user):
    user = start_user()
    ready(user)

    user.kill()
    user.wait()

    assert embedded.poll(lambda: not embedded.running(), 20)


def test_data_survive_and_a_late_user_finds_servers_that_are_stopping_or_gone(own_data, start_user):
    user = start_user()
    ready(user)
    with psycopg.connect(embedded.database_url()) as connection:
        connection.execute("create table kept (id int)")

    user.terminate()
    ready(start_user())

    with psycopg.connect(embedded.database_url()) as connection:
        assert connection.execute("select count(*) from kept").fetchone() == (0,)


def test_servers_die_with_a_killed_keeper_and_start_again(own_data, start_user):
    ready(start_user())
    postmaster = int((own_data / "postgres/postmaster.pid").read_text().splitlines()[0])
    if sys.platform != "linux":
        pytest.skip("only Linux tells a process that its parent died")

    os.kill(int(Path(f"/proc/{postmaster}/stat").read_text().split()[3]), signal.SIGKILL)
    ready(start_user())

    assert int((own_data / "postgres/postmaster.pid").read_text().splitlines()[0]) != postmaster


def test_data_of_running_servers_are_not_erased(own_data, start_user):
    ready(start_user())

    with pytest.raises(embedded.EmbeddedError, match="Stop it first"):
        embedded.erase()


def test_what_went_wrong_is_told(own_data, monkeypatch):
    monkeypatch.setenv("PORTAL_PG_BIN", "/nowhere")

    with pytest.raises(embedded.EmbeddedError, match="PORTAL_PG_BIN"):
        embedded.ensure_running()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts the servers as someone else")
def test_root_finds_a_place_that_the_servers_can_enter(own_data, start_user, monkeypatch, tmp_path):
    tmp_path.chmod(0o700)
    monkeypatch.setenv("PORTAL_DATA", str(tmp_path / "var"))

    ready(start_user())

    assert embedded.server_dir().parent == Path("/var/tmp")
    assert not (tmp_path / "var").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts the servers as someone else")
def test_programs_in_a_private_folder_are_copied(own_data, tmp_path):
    package = tmp_path / "site-packages/package"
    (package / "bin").mkdir(parents=True)
    (package / "bin/program").write_text("program")
    (tmp_path / "site-packages/package.libs").mkdir()
    tmp_path.chmod(0o700)

    program = keeper.reachable(package / "bin/program", own_data, 1)

    assert program == own_data / "programs/package/bin/program"
    assert program.read_text() == "program"
    assert (own_data / "programs/package.libs").is_dir()
