"""Every exit code of the README's table, as a caller sees it."""

from __future__ import annotations

import gc
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, NoReturn

import pytest

from xicen_kpi.cli import main, report_command
from xicen_kpi.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    Cli = Callable[..., subprocess.CompletedProcess[bytes]]


BROKEN_PLAN = """\
plan:
  title: 行动方案
  document: 青府发〔2025〕1号
  issuer: 区政府
  issued: 2025-13-17
  period: {start: 2025-01, end: 2026-12}
  period: {start: 2025-01, end: 2026-12}
sources:
  output:
    title: 产值
    files: ["产值*"]
    frequency: monthly
    key: [uscc, period]
    columns:
      uscc: {header: 代码, type: uscc}
      period: {header: 报告期, type: month}
      output: {header: 累计产值, type: numbr, unit: 亿元, counts: year_to_date}
indicators:
  it:
    name: 产值
    cite: {section: 一, quote: 达100亿元}
    commitment: [G1.1]
    mesure: {sum: output.output}
    measure: {sum: output.outptu}
    unit: 亿元吨
    target: {at_least: 100, by: 2026-12}
"""
"""Five mistakes: a month that does not exist, a key twice, a type, a key and a column misspelt; and an odd unit."""


@pytest.fixture
def asked(targets: Path, sample_data: Path) -> tuple[str | Path, ...]:
    return ("report", sample_data, "-t", targets)


def test_done_is_0(cli: Cli, asked: tuple[str | Path, ...]) -> None:
    done = cli(*asked)
    assert done.returncode == int(ExitCode.OK) == 0
    assert done.stderr == b""


@pytest.mark.parametrize(("severity", "code"), [("never", 0), ("error", 0), ("warning", 1), ("note", 1)])
def test_findings_at_or_above_fail_on_are_1(cli: Cli, asked: tuple[str | Path, ...], severity: str, code: int) -> None:
    """The sample has one warning (an enterprise entered twice) and one note, and no error."""
    done = cli(*asked, "--fail-on", severity)
    assert done.returncode == code
    assert done.stdout == cli(*asked).stdout, "the report is written all the same"


@pytest.mark.parametrize(
    ("arguments", "slug"),
    [
        (("report", "-t", "nowhere.yaml"), "plan-not-found"),
        (("report", "nowhere", "-t", "{targets}"), "data-not-found"),
        (("report", "-t", "{targets}", "--as-of", "2026-13"), "option-invalid"),
        (("report", "-t", "{targets}", "--lang", "fr"), "option-invalid"),
        (("report", "-t", "{targets}", "--audience", "me"), "option-invalid"),
        (("report", "-t", "{targets}", "--fail-on", "fatal"), "option-invalid"),
        (("report", "-t", "{targets}", "--format", "pdf"), "format-unknown"),
        (("report", "-t", "{targets}", "-o", "report.pdf"), "format-unknown"),
        (("explain", "industrial_outptu", "-t", "{targets}"), "indicator-unknown"),
        (("explain", "industrial_output", "-t", "{targets}", "--audience", "public"), "internal-only"),
        (("targets", "-t", "{targets}", "--plan-text", "nowhere.txt"), "plan-text-unreadable"),
        (("report", "--no-such-option"), "usage"),
        (("reprot",), "usage"),
        (("explain",), "usage"),
        ((), ""),
    ],
)
def test_wrong_usage_is_2(cli: Cli, targets: Path, arguments: Sequence[str | Path], slug: str) -> None:
    done = cli(*(str(word).format(targets=targets) for word in arguments))
    assert done.returncode == int(ExitCode.USAGE) == 2
    assert done.stdout == b""
    assert (f"[{slug}]" if slug else "Usage:") in done.stderr.decode()


def test_a_plan_that_is_not_valid_is_3_and_every_mistake_is_told_with_its_place(cli: Cli, tmp_path: Path) -> None:
    plan = tmp_path / "targets.yaml"
    plan.write_text(BROKEN_PLAN, encoding="utf-8")
    (tmp_path / "data").mkdir()
    done = cli("report", "data", "--lang", "en")
    assert done.returncode == int(ExitCode.PLAN_INVALID) == 3
    assert done.stdout == b""
    told = done.stderr.decode()
    lines = {number + 1: line for number, line in enumerate(BROKEN_PLAN.splitlines())}
    for mistake in ("2025-13-17", "end: 2026-12}", "numbr", "mesure", "outptu"):
        line = max(number for number, text in lines.items() if mistake in text)
        assert f"targets.yaml:{line}:" in told, mistake
    assert told.count("\n  fix: ") == told.count("error: ") >= 5, "each with what to do"


def test_nothing_to_read_is_4(cli: Cli, targets: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    for content, told in ((None, b"[no-data-files]"), ("not a table", b"[no-data-read]")):
        if content:
            (empty / "B204-1_2026年.csv").write_text(content, encoding="utf-8")
        done = cli("report", empty, "-t", targets)
        assert done.returncode == int(ExitCode.NO_DATA) == 4
        assert done.stdout == b""
        assert told in done.stderr


def test_an_output_that_cannot_be_written_is_5(cli: Cli, asked: tuple[str | Path, ...], tmp_path: Path) -> None:
    for place in (tmp_path / "nowhere" / "report.txt", tmp_path):
        done = cli(*asked, "--format", "text", "-o", place)
        assert done.returncode == int(ExitCode.OUTPUT_FAILED) == 5
        assert done.stdout == b""
        assert b"[output-failed]" in done.stderr


@pytest.fixture
def broken_tool(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def fail(_: object) -> NoReturn:
        message = "the 42nd bolt"
        raise RuntimeError(message)

    thresholds = gc.get_threshold()
    monkeypatch.setattr(report_command, "assessed", fail)
    monkeypatch.setenv("LANG", "C")
    yield
    gc.set_threshold(*thresholds)


@pytest.mark.usefixtures("broken_tool")
def test_a_defect_is_70_and_says_so_in_a_line(
    asked: tuple[str | Path, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(word) for word in asked]) == int(ExitCode.DEFECT) == 70
    told = capsys.readouterr()
    assert told.out == ""
    assert "a defect of xicen-kpi: RuntimeError: the 42nd bolt [defect]" in told.err
    assert "Traceback" not in told.err
    assert len(told.err.splitlines()) == 2


@pytest.mark.usefixtures("broken_tool")
def test_a_defect_shows_its_traceback_with_debug(
    asked: tuple[str | Path, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*(str(word) for word in asked), "--debug"]) == 70
    told = capsys.readouterr().err
    assert "Traceback (most recent call last)" in told
    assert "raise RuntimeError(message)" in told


def test_an_interrupt_while_it_writes_is_130(asked: tuple[str | Path, ...]) -> None:
    """JSON is longer than a pipe is wide: after the first byte the program waits for its reader."""
    command = [sys.executable, "-m", "xicen_kpi", *map(str, asked), "--format", "json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.read(1) == b"{"
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == int(ExitCode.INTERRUPTED) == 130
        assert b"Traceback" not in process.stderr.read()


def test_an_interrupt_while_it_works_is_130(asked: tuple[str | Path, ...]) -> None:
    code = (
        "import signal, sys\n"
        "from xicen_kpi.cli import main, report_command\n"
        "report_command.assessed = lambda request: signal.raise_signal(signal.SIGINT)\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    done = subprocess.run([sys.executable, "-c", code, *map(str, asked)], capture_output=True, check=False, timeout=60)
    assert done.returncode == 130
    assert done.stdout == b""
    assert b"Traceback" not in done.stderr
