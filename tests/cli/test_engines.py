"""`--engine`: the same report with every engine, nothing on stderr, and what happens without the extra."""

from __future__ import annotations

import json
import math
import shutil
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest

from xicen_kpi.cli.entry import main
from xicen_kpi.cli.surroundings import data_place
from xicen_kpi.errors import ExitCode, UsageError

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


def printed(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> Any:
    assert main([*map(str, arguments), "--format", "json"]) == ExitCode.OK
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_the_sample_gives_the_same_report_with_every_engine(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], targets: Path, sample_data: Path, engine: str
) -> None:
    pytest.importorskip(engine, reason=f"needs the extra `{engine}`")
    brought = pytest.importorskip("xicen_kpi.engine.brought").Brought
    monkeypatch.setattr("xicen_kpi.read.files.LARGE", 0)
    arguments = ("report", sample_data, "-t", targets, "--engine")
    with mock.patch.object(brought, "doubt", autospec=True, side_effect=brought.doubt) as asked:
        found = printed(capsys, *arguments, engine)
    assert asked.call_count == 1  # one of the sources is in plain files, which the engine reads
    assert list(differences(found, printed(capsys, *arguments, "pandas"))) == []


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory, sample_data: Path) -> Path:
    """The sample with one form of so many enterprises that an engine reads it."""
    folder = tmp_path_factory.mktemp("grown")
    for file in sample_data.glob("[!E]*.*"):
        shutil.copy(file, folder)
    header, *rows = (sample_data / "E204_2026年.csv").read_text(encoding="utf-8-sig").splitlines()
    more = [f"9131{number:05d}{row[9:]}" for number in range(220) for row in rows]
    (folder / "E204_2026年.csv").write_text("\n".join([header, *more, ""]), encoding="utf-8")
    return folder


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_a_large_file_gives_the_same_report_and_nothing_on_stderr(
    cli: Cli, targets: Path, grown: Path, engine: str
) -> None:
    pytest.importorskip(engine, reason=f"needs the extra `{engine}`")
    arguments = ("report", grown, "-t", targets, "--format", "json", "--engine")
    expected, found = cli(*arguments, "pandas"), cli(*arguments, engine)
    # cron sends mail for anything on stderr; DuckDB speaks there of leaks when Python ends in the usual way
    assert (found.returncode, found.stderr) == (expected.returncode, b"")
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

    pytest.importorskip("narwhals", reason="needs the extra `polars`, `duckdb` or `spark`")
    monkeypatch.setattr("xicen_kpi.cli.engines.find_spec", lambda _: True)
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


# -- addresses


@pytest.mark.parametrize(
    "words",
    ["report {}", "summary {} --engine polars", "explain x {} --engine duckdb", "check {}", "convert {} -o new"],
)
def test_an_address_is_left_to_spark(capsys: pytest.CaptureFixture[str], targets: Path, words: str) -> None:
    arguments = [*words.format("s3a://bucket/drop").split(), "-t", str(targets), "--lang", "en"]
    assert main(arguments) == ExitCode.USAGE
    assert "s3a://bucket/drop: error: only --engine pyspark reads from an address" in capsys.readouterr().err


@pytest.mark.parametrize(
    "address",
    [
        "s3a://AKIA:hidden@bucket/drop",
        "s3a://AKIA:hid/den@bucket/drop",
        "hdfs://me:hidden@host:8020/drop",
        "abfss://drop@account.dfs.core.windows.net/a?sig=hidden",
        "gs://bucket/drop#hidden",
    ],
)
@pytest.mark.parametrize("engine", ["pandas", "pyspark"])
def test_an_address_with_a_secret_is_refused_and_not_printed(
    capsys: pytest.CaptureFixture[str], targets: Path, address: str, engine: str
) -> None:
    arguments = ["report", address, "-t", str(targets), "--lang", "en", "--engine", engine, "--debug"]
    assert main(arguments) == ExitCode.USAGE
    error = capsys.readouterr().err
    assert error.startswith(f"{address.partition(':')[0]}://…: error: an address must not hold a password")
    assert "hid" not in error


@pytest.mark.parametrize(
    "address",
    [
        "s3a://bucket/drop",
        "hdfs://host:8020/user/a@b/drop",
        "hdfs:///drop",
        "abfss://drop@account.dfs.core.windows.net/2026年",
        "gs://bucket",
    ],
)
def test_an_address_is_handed_to_spark_as_it_was_given(targets: Path, address: str) -> None:
    assert data_place(address, targets, None, "pyspark") == address
    assert data_place(None, targets, address, "pyspark") == address


def test_an_address_on_this_machine_is_a_folder_for_every_engine(tmp_path: Path, targets: Path) -> None:
    folder = tmp_path / "产 %41"
    folder.mkdir()
    assert data_place(f"file://{folder}", targets, None) == folder
    assert data_place(None, targets, f"file://{folder}") == folder
    with pytest.raises(UsageError, match="data-not-found"):
        data_place(f"file://{folder}/none", targets, None)
    with pytest.raises(UsageError, match="address-needs-spark"):
        data_place(f"file://host{folder}", targets, None)
