"""What happens to an unattended run: no locale, a full disk, a folder that cannot be written, a run that is killed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from reports import ROOT

if TYPE_CHECKING:
    from reports import Cli

FULL = Path("/dev/full")


@pytest.mark.parametrize("command", [("report",), ("summary",), ("report", "--format", "markdown")])
def test_the_same_bytes_without_a_locale_in_a_pipe_and_in_a_file(
    cli: Cli, targets: Path, sample_data: Path, tmp_path: Path, command: Any
) -> None:
    given = (*command, sample_data, "-t", targets)
    bare = cli(*given, env={"LANG": "C", "LC_ALL": "C"})
    assert bare.returncode == 0
    assert bare.stdout == cli(*given, env={"LANG": "zh_CN.UTF-8"}).stdout
    if command[0] == "summary":
        cli(*given, "-o", tmp_path / "out.txt", env={"LC_ALL": "C"})
        assert (tmp_path / "out.txt").read_bytes() == bare.stdout


@pytest.mark.skipif(not FULL.exists(), reason="no /dev/full on this system")
def test_a_full_disk_behind_stdout_is_told(targets: Path, sample_data: Path) -> None:
    command = [sys.executable, "-m", "xicen_kpi", "summary", str(sample_data), "-t", str(targets)]
    with FULL.open("wb") as full:
        around = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, env=around, timeout=120, check=False)
    assert done.returncode == 5
    assert b"[output-failed]" in done.stderr


def test_a_file_that_cannot_be_replaced_stays(cli: Cli, targets: Path, sample_data: Path, tmp_path: Path) -> None:
    output = tmp_path / "report.html"
    output.mkdir()  # a folder of that name cannot be replaced by a file
    done = cli("report", sample_data, "-t", targets, "-o", output)
    assert done.returncode == 5
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"], "nothing half-written is left"


def test_a_killed_run_leaves_what_was_there(targets: Path, sample_data: Path, tmp_path: Path) -> None:
    output = tmp_path / "report.html"
    output.write_text("of yesterday", encoding="utf-8")
    command = [sys.executable, "-m", "xicen_kpi", "report", str(sample_data), "-t", str(targets), "-o", str(output)]
    around = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    job = subprocess.Popen(command, env=around, stderr=subprocess.DEVNULL)
    time.sleep(0.3)
    job.send_signal(signal.SIGKILL)
    job.wait(60)
    told = output.read_text(encoding="utf-8")
    assert told == "of yesterday" or told.rstrip().endswith("</html>"), "old or whole, never in between"


def test_a_brief_that_cannot_be_kept_is_still_said(cli: Cli, targets: Path, tmp_path: Path) -> None:
    shutil.copy(targets, tmp_path / "targets.yaml")
    (tmp_path / "history").write_text("in the way", encoding="utf-8")
    state = tmp_path / "state.json"
    done = cli("summary", ROOT / "sample_data", "--record", "--if-changed", state, cwd=tmp_path)
    assert done.returncode == 5
    assert done.stdout, "the news goes out"
    assert not state.exists(), "and goes out again until it could be recorded"
