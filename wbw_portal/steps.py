"""Steps with their progress and time, for whoever waits at a terminal."""

import contextlib
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path


class StepFailed(Exception):
    """A step that did not work; the message says what to do."""


@contextlib.contextmanager
def step(title: str) -> Iterator[None]:
    """Show a line while something runs, counting seconds on a terminal, and its time when it is done.

    Steps that run at the same time, in threads of their own, show only their last line.
    """
    started, done = time.monotonic(), threading.Event()
    counts = sys.stdout.isatty() and threading.current_thread() is threading.main_thread()

    def show(sign: str, end: str) -> None:
        start = "\r" if counts else ""
        print(f"{start}{sign} {title:<58} {time.monotonic() - started:6.1f} s", end=end, flush=True)

    def tick() -> None:
        while not done.wait(0.5):
            show("…", "")

    ticker = threading.Thread(target=tick, daemon=True)
    if counts:
        show("…", "")
        ticker.start()
    sign = "✗"
    try:
        yield
        sign = "✓"
    finally:
        done.set()
        if ticker.is_alive():
            ticker.join()
        show(sign, "\n")


def run(command: Sequence[str | Path], *, env: Mapping[str, str] | None = None, cwd: Path | None = None) -> str:
    """Run a program, keep what it writes, and show that only when it fails.

    Raises:
        StepFailed: it failed; with what it wrote.
    """
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=env,
        cwd=cwd,
        check=False,
    )
    words = done.stdout.decode(errors="replace")
    if done.returncode:
        raise StepFailed(f"{' '.join(map(str, command[:3]))} … failed:\n{words[-3000:]}")
    return words
