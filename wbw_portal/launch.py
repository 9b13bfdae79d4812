"""`make run`: prepare, start the web server, the worker and the clock, show what they write, stop them together."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from wbw_portal import assets, embedded
from wbw_portal.steps import StepFailed, step

REPOSITORY = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PR_SET_PDEATHSIG = 1
GRACE_SECONDS = 20
START_SECONDS = 90
# A worker or clock that ran for so long and ended is started again: a worker that loses Redis ends. One that does not
# get so far has something wrong with it.
STEADY_SECONDS = 10


class Stopped(Exception):
    """Someone pressed Ctrl-C or asked us to end."""


class Launcher:
    """The processes that make up a running portal. Each ends with the others, and with us, however we end."""

    def __init__(self, env: dict[str, str]) -> None:
        self.env = env
        self.libc = ctypes.CDLL(None) if sys.platform == "linux" else None
        self.processes: dict[str, subprocess.Popen[str]] = {}
        self.readers: list[threading.Thread] = []
        self.started: dict[str, float] = {}

    def start_web(self) -> None:
        """Start what people look at; it has the machine for itself until it answers."""
        self._start("web", [BIN / "gunicorn"])

    def start_tasks(self) -> None:
        """Start the worker and the clock."""
        celery = [BIN / "celery", "-A", "wbw_portal"]
        self._start("worker", [*celery, "worker", "--without-gossip", "--without-mingle", "-c", "2"])
        self._start("clock", [*celery, "beat", "--pidfile=", "-s", embedded.data_dir() / "clock"])

    def read(self) -> None:
        """Show what they write, from now on and what waits already."""
        for name in self.processes:
            self._read(name)

    def _read(self, name: str) -> None:
        reader = threading.Thread(target=_show, args=(name, self.processes[name]), daemon=True)
        reader.start()
        self.readers.append(reader)

    def _start(self, name: str, command: list[str | Path]) -> None:
        self.started[name] = time.monotonic()
        self.processes[name] = subprocess.Popen(
            command,
            cwd=REPOSITORY,
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            process_group=0,
            preexec_fn=self._end_with_us,  # noqa: PLW1509 it needs nothing that a thread may hold
        )

    def _end_with_us(self) -> None:
        if self.libc:
            self.libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)

    def ended(self) -> str:
        """The name of a process that has ended, or nothing."""
        return next((name for name, process in self.processes.items() if process.poll() is not None), "")

    def restarted(self, name: str) -> bool:
        """Start what ended again, if it can be missed for a moment and ran well before; whether it was started."""
        if name == "web" or time.monotonic() - self.started[name] < STEADY_SECONDS:
            return False
        self._start(name, self.processes[name].args)
        self._read(name)
        return True

    def stop(self) -> None:
        """Ask all to end, wait, and end what does not."""
        for process in self.processes.values():
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + GRACE_SECONDS
        for process in self.processes.values():
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        if not self.readers:
            self.read()
        for reader in self.readers:
            reader.join(2)


def main() -> None:
    """Run until Ctrl-C."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    port = os.environ.get("PORT") or "8000"
    env = os.environ | {
        "PORT": port,
        "PORTAL_DEMO": os.environ.get("PORTAL_DEMO", "1"),
        "PORTAL_URL": os.environ.get("PORTAL_URL", f"http://localhost:{port}"),
        "LOG_LEVEL": os.environ.get("LOG_LEVEL", "WARNING"),
        "PYTHONUNBUFFERED": "1",
    }
    launcher = Launcher(env)
    try:
        prepare(env)
        serve(launcher, port)
    except Stopped:
        print("\nStopping …", flush=True)
    except (StepFailed, embedded.EmbeddedError) as error:
        sys.exit(f"\n{error}")
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        launcher.stop()
        if not embedded.release(wait=10):
            print("PostgreSQL and Redis stay up: another program on this machine uses them.")


def prepare(env: dict[str, str]) -> None:
    """Everything that must be there before the first page."""
    assets.main()
    if not embedded.servers_given():
        with step("PostgreSQL and Redis"):
            embedded.ensure_running()
    embedded.data_dir().mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "manage.py", "prepare"]
    if subprocess.run(command, cwd=REPOSITORY, env=env, check=False).returncode:
        raise StepFailed("The portal could not be prepared; the reason is above.")


def serve(launcher: Launcher, port: str) -> None:
    """Start, say where the portal is, and wait.

    Raises:
        StepFailed: one of the processes ended by itself.
    """
    with step("Web server"):
        launcher.start_web()
        _wait(lambda: bool(launcher.ended()) or _answers(port), START_SECONDS)
        if launcher.ended():
            raise StepFailed("The web server did not start. What it wrote is above.")
    launcher.start_tasks()
    launcher.read()
    print(f"\n  The portal:       http://localhost:{port}/")
    if launcher.env["PORTAL_DEMO"] == "1":
        print(f"  Demo people:      http://localhost:{port}/demo/   (sign in as each of them; read all mail)")
    print("  Stop with Ctrl-C. The data stay; `make reset` deletes them.\n", flush=True)
    while not (ended := launcher.ended()) or launcher.restarted(ended):
        time.sleep(0.5)
    raise StepFailed(f"The {ended} process ended; the others were stopped too. Its last lines are above.")


def _answers(port: str) -> bool:
    try:
        with urllib.request.urlopen(f"http://localhost:{port}/gezond/", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def _wait(condition: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise StepFailed(f"The portal did not answer within {seconds:.0f} seconds. What it wrote is above.")
        time.sleep(0.1)


def _show(name: str, process: subprocess.Popen[str]) -> None:
    with process.stdout:
        for line in process.stdout:
            print(f"{name:<6} | {line}", end="", flush=True)


def _stop(_number: int, _frame: object) -> None:
    raise Stopped


if __name__ == "__main__":
    main()
