"""A folder at an address gives the report of the folder: over HTTP, the driver and the workers read from it."""

from __future__ import annotations

import json
import os
from contextlib import nullcontext
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import mock

import pandas as pd
import pytest
from small_plans import FIRMS, OUTPUT, plan_of, source
from tables import CODES, write_drop
from webhdfs import served

from xicen_kpi.cli.entry import main
from xicen_kpi.engine.fold import Fold
from xicen_kpi.engine.question import Ask, Question, Rows
from xicen_kpi.engine.run import answer
from xicen_kpi.errors import ExitCode
from xicen_kpi.plan.measure import Where
from xicen_kpi.plan.period import Month
from xicen_kpi.read.drop import open_drop

if TYPE_CHECKING:
    from collections.abc import Iterator

handed = pytest.importorskip("xicen_kpi.engine.handed", reason="needs the extra `spark`")
spark_folder = pytest.importorskip("xicen_kpi.engine.spark_folder", reason="needs the extra `spark`")

PLAN = plan_of(sources={"firms": FIRMS, "output": source(OUTPUT, link="firms")})
IN_PARK = Rows.of(Where.model_validate({"in_park": True}))
QUESTIONS = (Question("output", Ask.SUM, "output", IN_PARK, ("uscc",)), Question("output", Ask.DISTINCT, "uscc"))
HEADER = "代码,报告期,累计产值（亿元）,上年累计产值"
ROWS = [("A", "2026-02", 1.5), ("B", "2026-02", 2.0), ("C", "2026-02", 4.0), ("A", "2026-03", 8.0)]


def pipes() -> int:
    """How many pipes are open, where the system tells."""
    descriptors = Path("/proc/self/fd")
    return sum("pipe" in str(one.readlink()) for one in descriptors.glob("[0-9]*") if one.is_symlink())


@pytest.fixture
def folder(spark: Any, tmp_path: Path) -> Iterator[Any]:
    """A folder of a store that holds what the test's own folder holds."""
    with served(tmp_path) as address:
        yield spark_folder.SparkFolder(spark._session, address)  # no slash behind it: a bucket as a whole


def test_bytes_are_those_of_the_file_wherever_they_are_sought(
    folder: Any, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = b"".join(sha256(bytes([n % 256, n // 256])).digest() for n in range(9375))
    path = tmp_path / "2026 年" / "产%E5值,1.csv"
    path.parent.mkdir()
    path.write_bytes(data)
    (file,) = folder.files()
    assert (file.below.as_posix(), file.size) == ("2026 年/产%E5值,1.csv", 300_000)
    assert file.read_bytes() == data
    own = tmp_path_factory.mktemp("own")
    monkeypatch.setattr("tempfile.tempdir", str(own))
    before = pipes()
    with file.open("rb") as handle:
        assert handle.seek(-4, os.SEEK_END) == 299_996
        assert (handle.read(), handle.read()) == (data[-4:], b"")
        for at in (0, 70_000, 5, 299_999):
            handle.seek(at)
            assert handle.tell() == at
            assert handle.read(100_000) == data[at : at + 100_000]
            assert list(own.iterdir()) == [], "the pipe has no name while it is read"
    assert pipes() == before


def test_a_file_that_ends_too_early_says_why(spark: Any, tmp_path: Path) -> None:
    (tmp_path / "T.csv").write_bytes(b"x" * 300_000)
    with served(tmp_path, cut=100_000) as address:
        (file,) = spark_folder.SparkFolder(spark._session, f"{address}/").files()
        with pytest.raises(OSError, match="store-unreadable") as raised:
            file.read_bytes()
    assert raised.value.findings[0].where.file == "T.csv"
    assert "EOF" in raised.value.findings[0].parameters["reason"]


@pytest.mark.parametrize("kind", ["csv", "parquet", "dirty"])
def test_an_address_gives_the_answers_of_the_folder(
    spark: Any, folder: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """Small, the list is read by the driver; large and plain, the form is Spark's, unless a cell is no number."""
    monkeypatch.setattr("xicen_kpi.read.files.LARGE", 0)
    monkeypatch.setattr("xicen_kpi.read.bulk._HEAD", 150)  # the last row is not in it
    write_drop(tmp_path, {"名录.xlsx": "代码 | 类别 | 入园\nA | 工业 | 2020-01-01\nC | 工业 | 2020-01-01"})
    rows = [(CODES[name], month, amount) for name, month, amount in ROWS]
    if kind == "parquet":
        pd.DataFrame(rows, columns=["代码", "报告期", "累计产值"]).to_parquet(tmp_path / "产值.parquet")
    else:
        dirty = f"{CODES['B']},2026-03,三千,1" if kind == "dirty" else ""
        lines = [HEADER, *(f"{code},{month},{amount},1" for code, month, amount in rows), dirty]
        (tmp_path / "产值.csv").write_text("\n".join(lines), encoding="utf-8")
    expected = answer(PLAN, open_drop(tmp_path, PLAN.sources), QUESTIONS, kernel=Fold)
    kernel = partial(handed.Handed, backend=spark)
    with mock.patch.object(Fold, "read", autospec=True, side_effect=Fold.read) as read_here:
        found = answer(PLAN, open_drop(folder, PLAN.sources), QUESTIONS, kernel=kernel)
    assert read_here.called == (kind == "dirty")
    assert found.held == expected.held
    for question, one in expected.breakdowns.items():
        assert [found.breakdowns[question].within(month) for month in one.months()] == [
            one.within(month) for month in one.months()
        ]
    assert found.breakdowns[QUESTIONS[0]].total(Month(2026, 2).ordinal).value == 5.5
    notes = [one.slug for one in found.findings if one not in expected.findings]
    assert notes == (["engine-read-here"] if kind == "dirty" else [])


@pytest.fixture
def _open_already(spark: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The session of the tests instead of one of its own, and it stays open."""
    stays = mock.Mock(wraps=spark, errors=spark.errors, close=lambda: None)
    monkeypatch.setattr("xicen_kpi.cli.engines._opened", lambda _: stays)


@pytest.mark.usefixtures("_open_already")
def test_the_report_of_an_address_is_the_report_of_the_folder(
    targets: Path, sample_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All of the sample is small: the driver reads it from the store."""

    def printed(place: object, *more: str) -> Any:
        arguments = ["report", str(place), "-t", str(targets), "--format", "json", *more]
        assert main(arguments) == ExitCode.OK
        return json.loads(capsys.readouterr().out)

    with served(sample_data.parent) as address:
        found = printed(f"{address}/{sample_data.name}", "--engine", "pyspark")
    assert found == printed(sample_data)


@pytest.mark.usefixtures("_open_already")
@pytest.mark.parametrize(
    ("address", "code", "said"),
    [
        ("{}/none", ExitCode.USAGE, "no such data folder"),
        ("{}/T.csv", ExitCode.USAGE, "no such data folder"),
        ("nosuch://bucket/drop", ExitCode.NO_DATA, 'No FileSystem for scheme "nosuch"'),
        ("webhdfs://127.0.0.1:1/drop", ExitCode.NO_DATA, "Connection refused"),
    ],
)
def test_an_address_that_leads_to_no_folder_says_why(
    targets: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], address: str, code: ExitCode, said: str
) -> None:
    (tmp_path / "T.csv").write_bytes(b"x")
    with served(tmp_path) if "{" in address else nullcontext("") as front:
        place = address.format(front)
        arguments = ["report", place, "-t", str(targets), "--engine", "pyspark", "--lang", "en"]
        assert main(arguments) == code
    error = capsys.readouterr().err
    assert said in error
    assert place in error
