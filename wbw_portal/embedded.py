"""PostgreSQL and Redis from Python packages, where nothing is installed: development, tests and the demonstration.

One keeper process per data folder holds the two servers. Who uses them holds a shared lock on `users.lock`; the keeper
waits for the exclusive lock on it, which it gets when the last user has ended (in whatever way), and stops the servers.
Nobody needs to count or to clean up. The keeper itself is in keeper.py. Both import only the standard library.
"""

import fcntl
import hashlib
import os
import pwd
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, urlsplit

REPOSITORY = Path(__file__).resolve().parent.parent

_held: list[int] = []  # the shared lock of this process, once it uses the servers


class EmbeddedError(Exception):
    """The servers cannot run here; the message says what to do."""


# --- Addresses: known without starting anything ----------------------------------------------------------------------


def data_dir() -> Path:
    """Where this installation keeps its data: PORTAL_DATA, or var/ in the project."""
    return Path(os.environ.get("PORTAL_DATA") or REPOSITORY / "var").absolute()


def socket_dir() -> Path:
    """A short folder name: the path of a socket may have about 100 characters."""
    return Path(tempfile.gettempdir()) / _own_name("portal")


def database_url() -> str:
    """The address of the embedded PostgreSQL."""
    return f"postgres://portal@{quote(str(socket_dir()), safe='')}/portal"


def redis_url() -> str:
    """The address of the embedded Redis."""
    return f"unix://{socket_dir()}/redis.sock?db=0"


def redis_database(url: str, number: int) -> str:
    """The same Redis, another of its numbered databases."""
    parts = urlsplit(url)
    if parts.scheme == "unix":
        return f"unix://{parts.path}?db={number}"
    return parts._replace(path=f"/{number}").geturl()


def celery_url(url: str) -> str:
    """The same Redis in Celery's notation for a broker."""
    parts = urlsplit(url)
    if parts.scheme != "unix":
        return url
    return f"redis+socket://{parts.path}?virtual_host={parts.query.removeprefix('db=') or 0}"


def servers_given() -> bool:
    """Whether the environment names other servers than ours."""
    return bool(os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"))


# --- Using the servers -----------------------------------------------------------------------------------------------


def ensure_running(*, durable: bool = True) -> None:
    """Start the servers unless they run or others are configured; they stay until this process ends.

    Without `durable` they are faster and may lose everything when the machine stops: for tests.

    Raises:
        EmbeddedError: they cannot start here.
    """
    if servers_given() or _held:
        return
    folder = server_dir()
    _make_folder(folder)
    _held.append(lock(folder / "users.lock", fcntl.LOCK_SH))
    starting = lock(folder / "starting.lock", fcntl.LOCK_EX)  # held by a keeper until its servers answer
    try:
        keeper = try_lock(folder / "keeper.lock")
        if keeper is None and not both_answer(folder, socket_dir()):
            keeper = lock(folder / "keeper.lock", fcntl.LOCK_EX)  # it was told to stop, and is doing so
        if keeper is not None:
            try:
                _start_keeper(folder, durable, starting, keeper)
            finally:
                os.close(keeper)
    except BaseException:
        release()
        raise
    finally:
        os.close(starting)


def release(wait: float = 0) -> bool:
    """Stop using the servers; they stop when nobody does. Waits up to so many seconds and tells whether they have."""
    if not _held:
        return True
    os.close(_held.pop())
    return poll(lambda: not running(), wait)


def running() -> bool:
    """Whether a keeper holds servers for this data folder."""
    folder = server_dir()
    if not (folder / "keeper.lock").exists():
        return False
    keeper = try_lock(folder / "keeper.lock")
    if keeper is not None:
        os.close(keeper)
    return keeper is None


def erase() -> None:
    """Delete the servers' data.

    Raises:
        EmbeddedError: someone uses them.
    """
    if running():
        raise EmbeddedError("The portal is running on this data. Stop it first (Ctrl-C in its window).")
    for folder in {data_dir(), server_dir()}:
        if folder.exists():
            shutil.rmtree(folder)


def _start_keeper(folder: Path, durable: bool, starting: int, keeper: int) -> None:
    """Start a detached keeper and wait until it says that both servers answer."""
    durability = "durable" if durable else "fast"
    process = subprocess.Popen(
        [sys.executable, "-m", "wbw_portal.keeper", folder, socket_dir(), durability, str(starting), str(keeper)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        pass_fds=(starting, keeper),
        cwd=REPOSITORY,
        start_new_session=True,
        text=True,
    )
    assert process.stdout
    answer = process.stdout.read()
    process.stdout.close()
    process.returncode = 0  # detached: it outlives us, so Python need not warn about it
    if answer.strip() != "ready":
        raise EmbeddedError(answer.strip() or "The process that holds PostgreSQL and Redis ended at once.")


# --- Folders ---------------------------------------------------------------------------------------------------------


def server_dir() -> Path:
    """Where the servers keep their data: the data folder, or as root one that an ordinary user can enter.

    PostgreSQL refuses to run as root, so root's servers run as `nobody`, who cannot enter /root, for one.
    """
    if os.geteuid() == 0 and not open_to_all(data_dir()):
        return Path("/var/tmp") / _own_name("portal-data")  # noqa: S108 the name is ours, and so must its owner be
    return data_dir()


def _own_name(prefix: str) -> str:
    digest = hashlib.sha256(str(data_dir()).encode()).hexdigest()[:10]
    return f"{prefix}-{os.geteuid()}-{digest}"


def open_to_all(path: Path) -> bool:
    """Whether every user can come here; what does not exist yet will be made so."""
    return all(not folder.exists() or folder.stat().st_mode & stat.S_IXOTH for folder in [path, *path.parents])


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except PermissionError:
        raise EmbeddedError(f"{folder} cannot be made. Set PORTAL_DATA to a folder where you may write.") from None
    if folder.lstat().st_uid != os.geteuid():
        owner = pwd.getpwuid(folder.lstat().st_uid).pw_name
        raise EmbeddedError(f"{folder} belongs to {owner}. Set PORTAL_DATA to a folder of your own.")


def lock(path: Path, kind: int) -> int:
    """Lock a file until the descriptor is closed, by us and by each process that inherited it."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, kind)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def try_lock(path: Path) -> int | None:
    """Lock a file exclusively, or give None when it is taken."""
    try:
        return lock(path, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return None


# --- Do they answer? -------------------------------------------------------------------------------------------------


def both_answer(folder: Path, sockets: Path) -> bool:
    """Whether both servers take questions."""
    return _postgres_answers(folder, sockets) and _redis_answers(sockets / "redis.sock")


def _postgres_answers(folder: Path, sockets: Path) -> bool:
    """PostgreSQL writes its state in the eighth line of its pid file; a crash leaves an old file without a server."""
    try:
        lines = (folder / "postgres/postmaster.pid").read_text().splitlines()
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(str(sockets / ".s.PGSQL.5432"))
    except OSError:
        return False
    return len(lines) > 7 and lines[7].strip() == "ready"


def _redis_answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(2)
        try:
            client.connect(str(path))
            client.sendall(b"PING\r\n")
            return client.recv(16).startswith(b"+PONG")
        except OSError:
            return False


def poll(condition: Callable[[], bool], patience: float) -> bool:
    """Wait for a condition, and tell whether it was met in time."""
    deadline = time.monotonic() + patience
    while not (met := condition()) and time.monotonic() < deadline:
        time.sleep(0.02)
    return met


if __name__ == "__main__":
    try:
        erase()
    except EmbeddedError as error:
        sys.exit(str(error))
    print(f"The data in {data_dir()} are gone. `make run` starts afresh.")
