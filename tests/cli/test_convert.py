"""`convert`: the copy gives the same report; it is whole or not there; where it may be put; what it says."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from xicen_kpi.cli import convert_command
from xicen_kpi.cli.entry import main
from xicen_kpi.read import convert as converting

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Cli = Callable[..., subprocess.CompletedProcess[bytes]]


def converted(cli: Cli, targets: Path, data: Path, folder: Path, *more: str) -> str:
    done = cli("convert", data, "-t", targets, "-o", folder, *more)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def test_the_report_of_the_copy_is_the_report_of_the_exports(
    cli: Cli, targets: Path, sample_data: Path, tmp_path: Path
) -> None:
    said = converted(cli, targets, sample_data, tmp_path / "kept", "--lang", "zh")
    assert "内部资料" in said
    assert "b203_output" in said or "B203" in said
    for command in (("report", "--format", "json"), ("check", "--format", "json"), ("explain", "industrial_output")):
        before = cli(*command, sample_data, "-t", targets)
        after = cli(*command, tmp_path / "kept", "-t", targets)
        assert (before.returncode, before.stdout) == (after.returncode, after.stdout)


def test_the_copy_is_as_open_as_the_exports(cli: Cli, targets: Path, sample_data: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(sample_data, data)
    data.chmod(0o750)
    converted(cli, targets, data, tmp_path / "kept")
    assert (tmp_path / "kept").stat().st_mode & 0o777 == 0o750


@pytest.mark.parametrize("place", ["data", "data/copy", "."])
def test_never_into_the_exports_nor_around_them(
    cli: Cli, targets: Path, sample_data: Path, tmp_path: Path, place: str
) -> None:
    shutil.copytree(sample_data, tmp_path / "data")
    before = sorted(tmp_path.rglob("*"))
    done = cli("convert", tmp_path / "data", "-t", targets, "-o", tmp_path / place)
    assert done.returncode == 2
    assert "convert-into-data" in done.stderr.decode()
    assert sorted(tmp_path.rglob("*")) == before


def test_a_folder_that_holds_anything_is_left_alone(cli: Cli, targets: Path, sample_data: Path, tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "x").write_text("mine", encoding="utf-8")
    done = cli("convert", sample_data, "-t", targets, "-o", tmp_path / "kept")
    assert done.returncode == 2
    assert "convert-folder-in-use" in done.stderr.decode()
    (tmp_path / "kept" / "x").unlink()
    converted(cli, targets, sample_data, tmp_path / "kept")


def test_without_an_output_it_is_a_usage_error(cli: Cli, targets: Path, sample_data: Path) -> None:
    assert cli("convert", sample_data, "-t", targets).returncode == 2


def test_without_pyarrow_the_command_that_installs_it(
    targets: Path,
    sample_data: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(convert_command, "find_spec", lambda _: None)
    assert main(["convert", str(sample_data), "-t", str(targets), "-o", str(tmp_path / "kept")]) == 2
    assert "pip install 'xicen-kpi[parquet]'" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_nothing_to_read_is_4_and_leaves_nothing(cli: Cli, targets: Path, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    done = cli("convert", tmp_path / "data", "-t", targets, "-o", tmp_path / "kept")
    assert done.returncode == 4
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_a_place_that_cannot_be_written_is_5(cli: Cli, targets: Path, sample_data: Path, tmp_path: Path) -> None:
    done = cli("convert", sample_data, "-t", targets, "-o", tmp_path / "none" / "kept")
    assert done.returncode == 5
    assert "output-failed" in done.stderr.decode()


def test_a_full_disk_leaves_nothing(
    targets: Path, sample_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = converting.to_arrow, []

    def full(*given: object) -> object:
        calls.append(1)
        if len(calls) > 2:
            raise OSError(28, "No space left on device")
        return real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(converting, "to_arrow", full)
    assert main(["convert", str(sample_data), "-t", str(targets), "-o", str(tmp_path / "kept")]) == 5
    assert list(tmp_path.iterdir()) == []


def test_findings_at_or_above_fail_on_are_1(cli: Cli, targets: Path, sample_data: Path, tmp_path: Path) -> None:
    shutil.copytree(sample_data, tmp_path / "data")
    next((tmp_path / "data").glob("B203*")).write_bytes(b"PK\x03\x04 broken")
    arguments = ("convert", tmp_path / "data", "-t", targets, "--fail-on", "error", "-o")
    done = cli(*arguments, tmp_path / "kept")
    assert done.returncode == 1
    assert "file-broken" in done.stderr.decode()
    assert cli(*arguments, tmp_path / "quiet", "-q").stderr == b""


def test_an_interrupt_leaves_nothing_behind_and_is_130(targets: Path, tmp_path: Path) -> None:
    data, out = tmp_path / "data", tmp_path / "out"
    data.mkdir()
    out.mkdir()
    rows = "".join(f"91310118YL00000129,2026-10,{n}.5\n" for n in range(1_500_000))
    (data / "B203_2026年.csv").write_text(
        "统一社会信用代码,报告期,工业总产值;本年-1—本月;千元\n" + rows, encoding="utf-8"
    )
    words = [sys.executable, "-m", "xicen_kpi", "convert", str(data), "-t", str(targets), "-o", str(out / "kept")]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=dict(os.environ))
    try:
        until = time.monotonic() + 60
        while not any(out.rglob("*.parquet")) and time.monotonic() < until:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 130
        assert process.stdout is not None
        assert process.stdout.read() == b""
    finally:
        process.kill()
        process.communicate()
    assert list(out.iterdir()) == []
