"""Files opened by a second process are what they are when this one opens them, and nothing of it is left over."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from xicen_kpi.read.meanwhile import opened_meanwhile

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only there is a child forked")

PROGRAM = """
import os, signal, sys, time
from pathlib import Path
from xicen_kpi.read.files import load
from xicen_kpi.read.meanwhile import opened_meanwhile

os.sched_getaffinity = lambda process: set(range(cores))
fork, children = os.fork, []
os.fork = lambda: children.append(fork()) or children[-1]
before = os.listdir("/proc/self/fd")
names = {path: path.name for path in Path(sys.argv[1]).iterdir()}
coming = opened_meanwhile(names)
"""
CLEAN = """
assert os.listdir("/proc/self/fd") == before
try:
    os.waitpid(-1, os.WNOHANG)
    print("a child is left")
except ChildProcessError:
    print("clean")
"""
ALL_COME = """
for path, name in names.items():
    assert coming.take(path) == load(path, name), name
assert coming.take(Path("other.csv")) is None
assert "numpy" not in sys.modules
"""
DIES = """
os.kill(children[0], signal.SIGKILL)
for path, name in names.items():
    found = coming.take(path)
    assert found is None or found == load(path, name), name
assert coming.take(Path("other.csv")) is None
"""
INTERRUPTED = DIES.replace("SIGKILL", "SIGINT")  # as Ctrl-C does
LET_GO = "coming = None\n"
NONE = "assert coming is None\n"


def run(program: str, folder: Path, cores: int = 2) -> str:
    text = f"cores = {cores}\n{PROGRAM}{program}{CLEAN}"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", text, folder], capture_output=True, check=False, timeout=60
    )
    return done.stdout.decode() + done.stderr.decode()


@pytest.mark.parametrize("program", [ALL_COME, DIES, INTERRUPTED, LET_GO])
def test_files_come_or_do_not_and_no_process_is_left(program: str, tmp_path: Path, sample_data: Path) -> None:
    for path in sample_data.glob("*.*s[vx]*"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04nothing")
    (tmp_path / "empty.csv").write_bytes(b"")
    assert run(program, tmp_path) == "clean\n"


def test_none_is_forked_without_a_second_core(sample_data: Path) -> None:
    assert run(NONE, sample_data, cores=1) == "clean\n"


def test_none_is_forked_where_numpy_may_have_threads(sample_data: Path) -> None:
    assert "numpy" in sys.modules
    assert opened_meanwhile({path: path.name for path in sample_data.glob("*.csv")}) is None


def test_nor_for_what_takes_long_to_read(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.csv").write_bytes(b"x" * (2**22 - 1))
    assert run(NONE, tmp_path) == "clean\n"
