"""`--engine`: the same report with every engine, nothing on stderr, and what happens without the extra."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import pytest

from xicen_kpi.cli.entry import main
from xicen_kpi.errors import ExitCode

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Cli = Callable[..., subprocess.CompletedProcess[bytes]]


def differences(one: Any, other: Any, path: str = "") -> Iterator[str]:
    """Where two reports say something else; sums may be added in another order."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        for key in one:
            yield from differences(one[key], other[key], f"{path}.{key}")
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for place, (left, right) in enumerate(zip(one, other, strict=True)):
            yield from differences(left, right, f"{path}[{place}]")
    elif isinstance(one, float) and isinstance(other, float):
        if not math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9):
            yield f"{path}: {one} {other}"
    elif one != other:
        yield f"{path}: {one} {other}"


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_the_sample_gives_the_same_report_with_every_engine(
    cli: Cli, targets: Path, sample_data: Path, engine: str
) -> None:
    arguments = ("report", sample_data, "-t", targets, "--format", "json", "--engine")
    expected, found = cli(*arguments, "pandas"), cli(*arguments, engine)
    # cron sends mail for anything on stderr; DuckDB speaks there of leaks when Python ends in the usual way
    assert (found.returncode, found.stderr) == (0, b"")
    assert list(differences(json.loads(found.stdout), json.loads(expected.stdout))) == []


def test_an_engine_that_is_not_installed_is_named_with_its_extra(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], targets: Path, sample_data: Path
) -> None:
    monkeypatch.setattr("xicen_kpi.cli.engines.find_spec", lambda _: None)
    arguments = ["report", str(sample_data), "-t", str(targets), "--engine", "pyspark", "--lang", "en"]
    assert main(arguments) == ExitCode.USAGE
    assert "pip install 'xicen-kpi[spark]'" in capsys.readouterr().err


def test_an_engine_that_does_not_start_says_why(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], targets: Path, sample_data: Path
) -> None:
    def no_java(_: str) -> None:
        message = "[JAVA_GATEWAY_EXITED] Java gateway process exited\nbefore sending its port number."
        raise RuntimeError(message)

    monkeypatch.setattr("xicen_kpi.cli.engines._opened", no_java)
    arguments = ["report", str(sample_data), "-t", str(targets), "--engine", "pyspark", "--lang", "en"]
    assert main(arguments) == ExitCode.USAGE
    error = capsys.readouterr().err
    assert "JAVA_GATEWAY_EXITED" in error
    assert "port number" not in error


def test_an_engine_that_nobody_knows_is_a_usage_error(cli: Cli, sample_data: Path) -> None:
    found = cli("report", sample_data, "--engine", "excel")
    assert found.returncode == ExitCode.USAGE
    assert b"duckdb" in found.stderr
