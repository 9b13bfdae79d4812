import os
import sys

import pytest

from wbw_portal import launch


@pytest.fixture
def launcher():
    launcher = launch.Launcher(dict(os.environ))
    yield launcher
    launcher.stop()


def end_by_itself(launcher, name):
    launcher._start(name, [sys.executable, "-c", "raise SystemExit(1)"])
    launcher._read(name)
    launcher.processes[name].wait()
    assert launcher.ended() == name
    return launcher.processes[name]


def test_a_worker_that_ran_well_and_ended_is_started_again(launcher, monkeypatch):
    monkeypatch.setattr(launch, "STEADY_SECONDS", 0)
    first = end_by_itself(launcher, "worker")

    assert launcher.restarted("worker")

    assert launcher.processes["worker"] is not first
    assert launcher.processes["worker"].args == first.args


@pytest.mark.parametrize(("name", "steady"), [("worker", 60), ("web", 0)])
def test_a_worker_that_cannot_start_and_the_web_server_are_not(launcher, monkeypatch, name, steady):
    monkeypatch.setattr(launch, "STEADY_SECONDS", steady)
    first = end_by_itself(launcher, name)

    assert not launcher.restarted(name)

    assert launcher.processes == {name: first}
