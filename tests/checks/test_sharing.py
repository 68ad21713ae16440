"""Work on bands in several processes: the same comes of it, and nothing is left behind."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from typing import Any

import pytest

from xicen_kpi.checks import sharing
from xicen_kpi.checks.sharing import shared

forks = pytest.mark.skipif(not sharing.CAN_SHARE, reason="this system cannot copy a process")


@pytest.mark.parametrize("jobs", [1, 2, 3, 9])
@pytest.mark.parametrize("number", [0, 1, 2, 7])
def test_every_band_is_worked_on_once(number: Any, jobs: Any) -> None:
    found = shared(number, jobs, lambda bands: [band * band for band in bands])
    assert sorted(one for share in found for one in share) == [band * band for band in range(number)]


@forks
def test_as_many_processes_as_asked_for_work_and_are_gone() -> None:
    found = shared(6, 3, lambda _: os.getpid())
    assert len(set(found)) == 3
    assert os.getpid() in found
    assert multiprocessing.active_children() == []


def test_where_no_process_can_be_copied_all_is_done_in_one(monkeypatch: Any) -> None:
    monkeypatch.setattr(sharing, "CAN_SHARE", False)
    assert shared(5, 3, lambda bands: (os.getpid(), list(bands))) == [(os.getpid(), [0, 1, 2, 3, 4])]


@forks
def test_a_process_that_dies_costs_time_and_no_result() -> None:
    own = os.getpid()

    def work(bands: Any) -> Any:
        if os.getpid() != own:
            os.kill(os.getpid(), signal.SIGKILL)
        return list(bands)

    assert shared(5, 2, work) == [[0, 2, 4], [1, 3]]


@forks
def test_what_goes_wrong_in_a_process_goes_wrong_here(capfd: Any) -> None:
    def work(bands: Any) -> Any:
        return [1 / (band - 1) for band in bands]

    with pytest.raises(ZeroDivisionError):
        shared(4, 2, work)
    assert capfd.readouterr() == ("", "")
    assert multiprocessing.active_children() == []


@forks
def test_an_interrupt_leaves_no_process(tmp_path: Any) -> None:
    told = tmp_path / "pids"
    script = f"""
import os, time
from pathlib import Path
from xicen_kpi.checks.sharing import shared

def work(bands):
    with open({str(told)!r}, "a") as file:
        file.write(f"{{os.getpid()}}\\n")
    time.sleep(60)

try:
    shared(3, 3, work)
except KeyboardInterrupt:
    print("stopped", flush=True)
"""
    running = subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    while not told.exists() or len(told.read_text().split()) < 3:
        assert running.poll() is None
        time.sleep(0.02)
    os.killpg(running.pid, signal.SIGINT)
    assert running.communicate(timeout=30) == (b"stopped\n", b"")
    for pid in map(int, told.read_text().split()):
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
