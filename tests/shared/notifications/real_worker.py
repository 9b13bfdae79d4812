"""A real Redis and a real Celery worker of the test's own, in processes that can be killed."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import redis
from django.conf import settings
from django.db import connection

from wbw_portal.celery import app
from wbw_portal.embedded import celery_url
from wbw_portal.keeper import redis_program

PATIENCE = 60
NEXT_LOOK = threading.Event()  # never set: only a pause between two looks


def wait_until(condition: Callable[[], object], what: str) -> None:
    """Look until it is so; fail when it takes too long."""
    until = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < until, f"waited {PATIENCE} s until {what}"
        NEXT_LOOK.wait(0.01)


class Redis:
    """A Redis server on a socket in this folder; what it held is gone when it stops."""

    def __init__(self, folder: Path) -> None:
        self.socket = folder / "redis.sock"
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"unix://{self.socket}?db=0"

    def start(self) -> None:
        command = [redis_program(), "--port", "0", "--unixsocket", self.socket, "--save", "", "--daemonize", "no"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=self.socket.parent)
        wait_until(self._answers, "Redis answers")

    def stop(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()
        self.socket.unlink(missing_ok=True)

    def _answers(self) -> bool:
        try:
            with redis.Redis(unix_socket_path=str(self.socket)) as client:
                return client.ping()
        except redis.ConnectionError:
            return False


class Worker:
    """A Celery worker with some child processes, on the test's database, queue and mail server."""

    def __init__(self, redis_url: str, mail_url: str, size: int) -> None:
        self.size = size
        database = connection.settings_dict
        host, name = quote(database["HOST"], safe=""), database["NAME"]
        port = f":{database['PORT']}" if database["PORT"] else ""
        secret = f":{quote(database['PASSWORD'], safe='')}" if database["PASSWORD"] else ""
        self.environment = os.environ | {
            "DATABASE_URL": f"postgres://{quote(database['USER'])}{secret}@{host}{port}/{name}",
            "REDIS_URL": redis_url,
            "EMAIL_URL": mail_url,
            "SECRET_KEY": settings.SECRET_KEY,
            "PORTAL_URL": settings.PORTAL_URL,
            "PORTAL_DEMO": "",
            "DATABASE_POOL": "2",
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        options = [
            "--without-gossip",
            "--without-mingle",
            "--without-heartbeat",
            "-c",
            str(self.size),
            "--loglevel",
            "ERROR",
        ]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "wbw_portal", "worker", *options],
            env=self.environment,
            cwd=settings.BASE_DIR,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        wait_until(lambda: len(self.children()) == self.size, "the worker has its child processes")

    def ended(self) -> int:
        """The exit code, once it has ended by itself."""
        assert self.process
        return self.process.wait(PATIENCE)

    def children(self) -> list[int]:
        """The processes that do the tasks."""
        listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True)
        pairs = (map(int, line.split()) for line in listed.stdout.splitlines())
        return [pid for pid, parent in pairs if self.process and parent == self.process.pid]

    def kill_children(self) -> None:
        """End the processes that do the tasks as the kernel does when memory runs out; the worker makes new ones."""
        children = self.children()
        for child in children:
            os.kill(child, signal.SIGKILL)
        wait_until(lambda: not set(children) & set(self.children()), "the children are gone")

    def kill(self) -> None:
        """End the worker and its children, as when the machine loses power."""
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None


@contextmanager
def own_queue(url: str) -> Iterator[None]:
    """Let this process publish its tasks to this Redis, instead of doing them itself as other tests do."""
    before = {name: app.conf[name] for name in ("broker_url", "task_always_eager")}
    try:
        _configure(broker_url=celery_url(url), task_always_eager=False)
        yield
    finally:
        _configure(**before)


def _configure(**values: object) -> None:
    app.conf.update(values)
    app._after_fork()  # forget the connections to the queue of before
