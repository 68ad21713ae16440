"""Parquet files: the same rows as a CSV of the same table, whatever types they are stored in."""

from __future__ import annotations

import sys
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from exports.plans import A, B, C, frame_of, slugs, source, stream_of

from xicen_kpi.read import files as loading
from xicen_kpi.read import open_drop, parquet, parquet_table, read_export
from xicen_kpi.read.inspection import inspect_file

if TYPE_CHECKING:
    from pathlib import Path

    from xicen_kpi.read import Stream

pa = pytest.importorskip("pyarrow", reason="Parquet needs the extra `parquet`")
pq = pytest.importorskip("pyarrow.parquet", reason="Parquet needs the extra `parquet`")

OUTPUT = "工业总产值;本年-1—本月"
OCTOBER = 2026 * 12 + 9
COLUMNS: dict[str, Any] = {
    "uscc": {"header": "统一社会信用代码", "type": "uscc"},
    "period": {"header": "报告期", "type": "month"},
    "name": {"header": "单位详细名称"},
    "industry": {"header": "行业代码", "type": "industry"},
    "joined": {"header": "入库日期", "type": "date"},
    "output": {"header": OUTPUT, "type": "number", "unit": "千元", "counts": "year_to_date"},
}


def table(**changes: Any) -> pa.Table:
    """Three enterprises in October 2026, with some columns replaced or added."""
    return pa.table(
        {
            "统一社会信用代码": [A, B, C],
            "报告期": ["2026-10"] * 3,
            OUTPUT: [1.5, None, 3.0],
            **changes,
        }
    )


def written(folder: Path, own: pa.Table, name: str = "T.parquet", **how: Any) -> Stream:
    pq.write_table(own, folder / name, **how)
    return stream_of(folder)


def test_a_plain_file_with_its_trail(tmp_path: Path) -> None:
    stream = written(tmp_path, table())
    frame = frame_of(stream)
    assert frame["uscc"].tolist() == [A, B, C]
    assert frame["period"].tolist() == [OCTOBER] * 3
    np.testing.assert_array_equal(frame["output"], [1.5, np.nan, 3.0])
    assert frame["_row"].tolist() == [2, 3, 4]
    (trail,) = stream.provenance
    assert (trail.kind, trail.rows_read, trail.rows_used, trail.data_rows) == ("parquet", 3, 3, (2, 4))
    assert trail.sha256 == sha256((tmp_path / "T.parquet").read_bytes()).hexdigest()
    assert trail.units[OUTPUT] == ("千元", "declared")
    assert slugs(stream) == []


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string()])
@pytest.mark.parametrize(
    ("cells", "codes", "told"),
    [
        ([A, B, C], [A, B, C], []),
        ([A.lower(), B, C], [A.upper(), B, C], []),
        ([A, A[8:17], C], [A, A[8:17], C], []),
        ([A, f" {B}", C], [A, B, C], []),
        ([A, f"{B[:17]}\0", C], [A, C], ["code-length"]),
        ([A, "代码不详甲乙", C], [A, C], ["code-length"]),
        (["代码不详甲乙"] * 3, [], ["code-length"] * 3),
        ([A, None, C], [A, C], []),
        ([A, B, "9.13E+17"], [A, B], ["code-scientific"]),
    ],
)
def test_codes_of_one_length_and_of_several(
    tmp_path: Path, cells: list[str], codes: list[str], told: list[str], kind: pa.DataType
) -> None:
    stream = written(tmp_path, table(统一社会信用代码=pa.array(cells, kind)))
    assert frame_of(stream)["uscc"].tolist() == codes
    assert slugs(stream) == told


def test_the_suffix_is_not_asked(tmp_path: Path) -> None:
    stream = written(tmp_path, table(), "T.csv")
    assert frame_of(stream)["uscc"].tolist() == [A, B, C]


@pytest.mark.parametrize(
    "months",
    [
        pa.array([202610] * 3),
        pa.array([202610.0] * 3),
        pa.array([Decimal("202610.00")] * 3),
        pa.array(["2026年10月"] * 3),
        pa.array(["2026-10"] * 3).dictionary_encode(),
        pa.array([date(2026, 10, 1)] * 3),
        pa.array([date(2026, 10, 31)] * 3, pa.date64()),
        pa.array([pd.Timestamp(2026, 10, 1)] * 3, pa.timestamp("ms")),
        pa.array([pd.Timestamp(2026, 10, 31, 23, 59)] * 3, pa.timestamp("ns")),
        pa.array(["2026-10"] * 3, pa.large_string()),
        pa.array([b"2026-10"] * 3),
    ],
    ids=str,
)
def test_months_of_every_type(tmp_path: Path, months: pa.Array) -> None:
    stream = written(tmp_path, table(报告期=months))
    assert frame_of(stream)["period"].tolist() == [OCTOBER] * 3
    assert slugs(stream) == []


@pytest.mark.parametrize("zone", ["UTC", "Asia/Shanghai", "Europe/Berlin"])
def test_a_point_in_time_is_a_day_in_beijing(tmp_path: Path, zone: str) -> None:
    """Midnight of 1 October there is 16:00 of 30 September in UTC, which is how Spark writes it."""
    october = pd.to_datetime(["2026-09-30 16:00"] * 3).tz_localize("UTC")
    stream = written(tmp_path, table(报告期=pa.array(october, pa.timestamp("us", tz=zone))))
    assert frame_of(stream)["period"].tolist() == [OCTOBER] * 3


def test_int96_is_a_point_in_time(tmp_path: Path) -> None:
    instants = pa.array([pd.Timestamp(2026, 9, 30, 16)] * 3, pa.timestamp("us"))
    stream = written(tmp_path, table(报告期=instants), use_deprecated_int96_timestamps=True)
    assert frame_of(stream)["period"].tolist() == [OCTOBER] * 3


@pytest.mark.parametrize(
    ("amounts", "values"),
    [
        (pa.array([1, None, 3]), [1, np.nan, 3]),
        (pa.array([1, None, 3], pa.uint8()), [1, np.nan, 3]),
        (pa.array([1.5, float("nan"), None], pa.float32()), [1.5, np.nan, np.nan]),
        (pa.array([Decimal("-12.34"), None, Decimal("0.07")]), [-12.34, np.nan, 0.07]),
        (pa.array([Decimal("12345678901234567890.12")] * 3, pa.decimal128(38, 2)), [12345678901234567890.12] * 3),
        (pa.array([Decimal("0.1"), None, Decimal("2.5")], pa.decimal256(60, 3)), [0.1, np.nan, 2.5]),
        (pa.array(["1,234.5", "", "—"]), [1234.5, np.nan, np.nan]),
        (pa.array(["3.606亿", None, "12"]).dictionary_encode(), [360600, np.nan, 12]),
        (pa.nulls(3), [np.nan] * 3),
    ],
    ids=str,
)
def test_amounts_of_every_type(tmp_path: Path, amounts: pa.Array, values: list[float]) -> None:
    stream = written(tmp_path, table(**{OUTPUT: amounts}))
    np.testing.assert_array_equal(frame_of(stream)["output"], values)
    assert slugs(stream) == []


def test_a_decimal_is_what_its_digits_say(tmp_path: Path) -> None:
    """Arrow's own conversion is off by the last bit in some of these."""
    digits = [f"{n * 7919 % 10**9}.{n * 104729 % 10**6:06d}" for n in range(1, 20_001)]
    amounts = pa.array(map(Decimal, digits), pa.decimal128(18, 6))
    columns = {"统一社会信用代码": [A] * 20_000, "报告期": ["2026-10"] * 20_000, OUTPUT: amounts}
    stream = written(tmp_path, pa.table(columns).slice(3, 15_000))
    assert frame_of(stream)["output"].tolist() == list(map(float, digits[3:15_003]))


def test_an_infinite_amount_is_no_amount(tmp_path: Path) -> None:
    stream = written(tmp_path, table(**{OUTPUT: [1.0, float("inf"), 3.0]}))
    np.testing.assert_array_equal(frame_of(stream)["output"], [1.0, np.nan, 3.0])
    assert [(one.slug, one.where.row, one.parameters["raw"]) for one in stream.findings] == [
        ("unreadable-cell", 3, "inf")
    ]


def test_codes_stay_whole_whatever_they_are_stored_as(tmp_path: Path) -> None:
    """A whole number keeps all its digits; what has gone through a float has lost them."""
    digits = 911101087000000017
    whole = written(tmp_path, table(统一社会信用代码=pa.array([digits, None, digits + 1]), **{OUTPUT: [1, 2, 3]}))
    assert frame_of(whole)["uscc"].tolist() == [str(digits), str(digits + 1)]
    assert whole.provenance[0].set_aside == {"no_key": 1}
    rounded = written(tmp_path, table(统一社会信用代码=pa.array([float(digits)] * 3)))
    assert frame_of(rounded).empty
    assert set(slugs(rounded)) == {"code-scientific"}


def test_the_other_columns_of_a_plan(tmp_path: Path) -> None:
    own = table(
        单位详细名称=pa.array(["甲（上海）", None, "乙"]).dictionary_encode(),
        行业代码=pa.array([3974, 3975, None]),
        入库日期=pa.array([date(2024, 5, 6), None, date(9999, 12, 31)]),
    )
    pq.write_table(own, tmp_path / "T.parquet")
    frame = frame_of(stream_of(tmp_path, columns=COLUMNS))
    assert frame["name"].tolist() == ["甲(上海)", None, "乙"]
    assert frame["industry"].tolist() == ["3974", "3975", None]
    assert [None if pd.isna(day) else day.isoformat() for day in frame["joined"]] == ["2024-05-06T00:00:00", None, None]


def test_booleans_and_decimals_as_words(tmp_path: Path) -> None:
    own = table(单位详细名称=[True, None, False], 行业代码=pa.array([Decimal("3974.00"), None, Decimal(1000)]))
    pq.write_table(own, tmp_path / "T.parquet")
    frame = frame_of(stream_of(tmp_path, columns=COLUMNS | {"joined": {"header": "无", "optional": True}}))
    assert frame["name"].tolist() == ["True", None, "False"]
    assert frame["industry"].tolist() == ["3974", None, "1000"]


def test_names_in_bytes_of_another_encoding(tmp_path: Path) -> None:
    names = pa.array(["甲公司".encode("gb18030"), None, "乙公司".encode("gb18030")])
    pq.write_table(table(单位详细名称=names), tmp_path / "T.parquet")
    columns = {name: COLUMNS[name] for name in ("uscc", "period", "name", "output")}
    assert frame_of(stream_of(tmp_path, columns=columns))["name"].tolist() == ["甲公司", None, "乙公司"]


def test_texts_that_lie_about_their_encoding_are_said(tmp_path: Path) -> None:
    names = pa.array([b"\xff\xff", b"\x81", b"x"])
    pq.write_table(table(单位详细名称=names), tmp_path / "T.parquet")
    columns = {name: COLUMNS[name] for name in ("uscc", "period", "name", "output")}
    stream = stream_of(tmp_path, columns=columns)
    assert frame_of(stream)["name"].tolist() == [None] * 3
    assert [(one.slug, one.where.field) for one in stream.findings] == [("column-type", "单位详细名称")]


@pytest.mark.parametrize(
    "cells",
    [
        pa.array([[1.0], None, []]),
        pa.array([{"千元": 1.0}] * 3),
        pa.array([True] * 3),
        pa.array([date(2026, 1, 1)] * 3),
    ],
    ids=str,
)
def test_a_type_that_is_no_amount_is_said_once(tmp_path: Path, cells: pa.Array) -> None:
    stream = written(tmp_path, table(**{OUTPUT: cells}))
    assert frame_of(stream)["output"].isna().all()
    (told,) = stream.findings
    assert (told.slug, told.where.field, told.parameters["type"]) == (
        "column-type",
        OUTPUT,
        str(pq.read_schema(tmp_path / "T.parquet").field(OUTPUT).type),
    )


def test_columns_that_nobody_asks_for_may_be_anything(tmp_path: Path) -> None:
    stream = written(tmp_path, table(嵌套=pa.array([{"a": [1]}] * 3), 时长=pa.array([1, 2, 3], pa.duration("s"))))
    assert len(frame_of(stream)) == 3
    assert slugs(stream) == []


@pytest.mark.parametrize("compression", ["none", "snappy", "zstd", "gzip", "brotli", "lz4"])
def test_every_compression(tmp_path: Path, compression: str) -> None:
    assert len(frame_of(written(tmp_path, table(), compression=compression))) == 3


def test_units_from_the_name_of_the_column_its_field_and_the_file(tmp_path: Path) -> None:
    own = table().rename_columns(["统一社会信用代码", "报告期", f"{OUTPUT};万元"])
    stream = written(tmp_path, own)
    assert frame_of(stream)["output"].tolist()[0] == 15.0
    assert list(stream.provenance[0].units.values()) == [("万元", "header")]
    field = pa.field(OUTPUT, pa.float64(), metadata={"unit": "亿元"})
    stream = written(tmp_path, table().cast(pa.schema([*list(table().schema)[:2], field])))
    assert frame_of(stream)["output"].tolist()[0] == 150_000.0
    assert list(stream.provenance[0].units.values()) == [("亿元", "metadata")]
    stream = written(tmp_path, table().replace_schema_metadata({"单位": "元", "title": "工业产销 2026年10月"}))
    assert frame_of(stream)["output"].tolist()[0] == 0.0015
    assert list(stream.provenance[0].units.values()) == [("元", "cell")]
    assert stream.provenance[0].title == "工业产销 2026年10月\n单位：元"


def test_the_period_of_a_folder_of_parts(tmp_path: Path) -> None:
    """As Spark leaves it: one folder a table, one folder a month, parts, a mark of success and sums that are hidden."""
    folder = tmp_path / "T.parquet" / "month=202610"
    folder.mkdir(parents=True)
    for number, code in enumerate((A, B)):
        own = table().drop_columns("报告期").filter(pa.compute.equal(table()["统一社会信用代码"], code))
        pq.write_table(own, folder / f"part-{number:05d}.snappy.parquet")
    (tmp_path / "T.parquet" / "_SUCCESS").touch()
    (folder / ".part-00000.crc").write_bytes(b"crc")
    stream = stream_of(tmp_path)
    rows = [row for chunk in stream.chunks() for row in chunk.frame[["uscc", "period"]].itertuples(index=False)]
    assert rows == [(A, OCTOBER), (B, OCTOBER)]
    assert slugs(stream) == []


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "_PIECE", 7)


@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize("group", [5, 7, 100])
def test_totals_and_rows_without_a_code_in_any_run(tmp_path: Path, group: int) -> None:
    codes = [A, B, C] * 10
    codes[3] = codes[20] = codes[29] = None
    names = ["某公司"] * 30
    names[3], names[29] = "小计", "合计"
    own = {"统一社会信用代码": codes, "报告期": ["2026-10"] * 30, "名称": names, OUTPUT: list(map(float, range(30)))}
    stream = written(tmp_path, pa.table(own), row_group_size=group)
    chunks = [chunk.frame for chunk in stream.chunks()]
    assert len(chunks) == 5
    assert pd.concat(chunks)["_row"].tolist() == [n + 2 for n in range(30) if n not in {3, 20, 29}]
    assert stream.provenance[0].set_aside == {"sub_total": 1, "no_key": 1, "total_row": 1}
    assert [(one.slug, one.where.row) for one in stream.findings] == [("row-without-key", 22)]


def test_only_the_columns_of_the_plan_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []
    real = pq.ParquetFile.iter_batches

    def watched(self: pq.ParquetFile, *given: Any, columns: list[str]) -> Any:
        asked.append(columns)
        return real(self, *given, columns=columns)

    monkeypatch.setattr(pq.ParquetFile, "iter_batches", watched)
    assert len(frame_of(written(tmp_path, table(别的=["x"] * 3, 还有=[1, 2, 3])))) == 3
    assert asked == [["统一社会信用代码", "报告期", OUTPUT]]


@pytest.mark.usefixtures("small_pieces")
def test_a_file_that_breaks_off_is_used_up_to_there_and_the_rest_is_said(tmp_path: Path) -> None:
    own = pa.table({"统一社会信用代码": [A, B, C] * 7, "报告期": ["2026-10"] * 21, OUTPUT: [1.0] * 21})
    pq.write_table(own, tmp_path / "T.parquet", row_group_size=7, compression="zstd", write_page_checksum=True)
    group = pq.read_metadata(tmp_path / "T.parquet").row_group(1)
    data = bytearray((tmp_path / "T.parquet").read_bytes())
    at = group.column(0).dictionary_page_offset
    data[at + 12 : at + 40] = bytes(28)
    (tmp_path / "T.parquet").write_bytes(data)
    stream = stream_of(tmp_path)
    assert sum(len(chunk.frame) for chunk in stream.chunks()) == 7
    (trail,) = stream.provenance
    assert (trail.rows_read, trail.rows_used, trail.set_aside) == (21, 7, {"unreadable": 14})
    assert [(one.slug, one.where.row) for one in stream.findings] == [("rows-unreadable", 9)]
    (whole,) = read_export(tmp_path / "T.parquet")
    assert (whole.provenance.rows_read, whole.provenance.rows_used) == (21, 7)
    assert "rows-unreadable" in [one.slug for one in whole.findings]


@pytest.mark.parametrize("cut", [4, 5, 8, 200, -1, -4, -20])
def test_a_file_that_is_cut_off_is_a_finding(tmp_path: Path, cut: int) -> None:
    pq.write_table(table(), tmp_path / "T.parquet")
    (tmp_path / "T.parquet").write_bytes((tmp_path / "T.parquet").read_bytes()[:cut])
    stream = stream_of(tmp_path)
    assert list(stream.chunks()) == []
    assert slugs(stream) == ["file-broken"]


def test_bytes_that_are_wrong_anywhere_never_end_in_a_traceback(tmp_path: Path) -> None:
    pq.write_table(table(), tmp_path / "good.parquet")
    good, random = (tmp_path / "good.parquet").read_bytes(), np.random.default_rng(20261010)
    for _ in range(150):
        data = bytearray(good)
        for at in random.integers(4, len(data), 3):
            data[at] = random.integers(256)
        (tmp_path / "T.parquet").write_bytes(data)
        stream = stream_of(tmp_path)
        rows = sum(len(chunk.frame) for chunk in stream.chunks())
        for trail in stream.provenance:
            assert trail.rows_read == trail.rows_used + sum(trail.set_aside.values())
            assert trail.rows_used == rows
        for one in read_export(tmp_path / "T.parquet"):
            assert len(one.data) == one.provenance.rows_used


def test_an_encrypted_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "T.parquet").write_bytes(b"PARE" + bytes(100) + b"PARE")
    stream = stream_of(tmp_path)
    assert list(stream.chunks()) == []
    assert slugs(stream) == ["file-encrypted"]


def test_more_rows_than_the_bytes_can_hold_are_a_bomb(tmp_path: Path) -> None:
    pq.write_table(pa.table({OUTPUT: np.zeros(20_000_000)}), tmp_path / "T.parquet", compression="zstd")
    assert (tmp_path / "T.parquet").stat().st_size < 100_000
    stream = stream_of(tmp_path)
    assert list(stream.chunks()) == []
    assert slugs(stream) == ["file-bomb"]


def test_without_pyarrow_the_other_files_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pq.write_table(table(), tmp_path / "T1.parquet")
    (tmp_path / "T2.csv").write_text(f"统一社会信用代码,报告期,{OUTPUT}\n{A},2026-10,1.5\n", encoding="utf-8")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setattr(parquet, "find_spec", lambda _: None)
    stream = stream_of(tmp_path)
    assert frame_of(stream)["uscc"].tolist() == [A]
    assert slugs(stream) == ["parquet-extra-missing"]


def test_a_file_that_feeds_two_sources_is_read_for_both(tmp_path: Path) -> None:
    pq.write_table(table(), tmp_path / "T.parquet")
    drop = open_drop(tmp_path, {"one": source(), "two": source()})
    for name in ("one", "two"):
        (chunk,) = drop.stream(name).chunks()
        assert len(chunk.frame) == 3


def test_columns_of_one_name_and_no_rows(tmp_path: Path) -> None:
    twice = pa.Table.from_arrays(
        [*table().columns, pa.chunked_array([[7.0, 8.0, 9.0]])], names=[*table().column_names, OUTPUT]
    )
    stream = written(tmp_path, twice)
    assert frame_of(stream)["output"].tolist()[0] == 1.5
    assert slugs(stream) == ["column-twice"]
    stream = written(tmp_path, table().slice(0, 0))
    assert sum(len(chunk.frame) for chunk in stream.chunks()) == 0
    assert stream.provenance[0].rows_read == 0


# -- without a plan


def mixed() -> pa.Table:
    return pa.table(
        {
            "单位名称": pa.array(["甲", "乙", "合计"]).dictionary_encode(),
            "机构代码": [7, 8, None],
            "流水号": pa.array([911101087000000017, 911101087000000018, None]),
            "营业收入;万元": [Decimal("1.5"), None, Decimal("1.5")],
            "人数": ["1,200", "—", "1200"],
            "成立日期": [date(2020, 1, 2), None, None],
            "高新": [True, False, None],
            "明细": [[1], [], None],
        }
    )


@pytest.mark.parametrize("large", [False, True])
def test_read_export_types_by_schema_and_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, large: bool) -> None:
    if large:
        monkeypatch.setattr(parquet_table, "_SMALL", 1)
    pq.write_table(mixed(), tmp_path / "a.parquet")
    (one,) = read_export(tmp_path / "a.parquet")
    data = one.data
    assert data["机构代码"].dropna().tolist() == ["7", "8"]
    assert data["流水号"].dropna().tolist() == ["911101087000000017", "911101087000000018"]
    assert data["单位名称"].tolist() == ["甲", "乙", "合计"]
    np.testing.assert_array_equal(data["营业收入;万元"], [1.5, np.nan, 1.5])
    np.testing.assert_array_equal(data["人数"], [1200, np.nan, 1200])
    assert data["成立日期"].dt.date.tolist()[0] == date(2020, 1, 2)
    assert data["高新"].tolist()[:2] == [True, False]
    assert one.provenance.units["营业收入;万元"] == ("万元", "header")
    assert [(told.slug, told.where.field) for told in one.findings] == [("column-type", "明细")]
    assert dict(one.marks) == ({} if large else {4: "total"})
    assert (one.provenance.rows_read, one.provenance.rows_used) == (3, 3)
    assert one.provenance.sha256 == sha256((tmp_path / "a.parquet").read_bytes()).hexdigest()


def test_inspect_matches_it_to_the_plan(tmp_path: Path) -> None:
    pq.write_table(table(), tmp_path / "T.parquet")
    found = inspect_file(tmp_path / "T.parquet", {"t": source()})
    assert found.fits[0].feeds
    assert found.fits[0].found["output"] == OUTPUT
    pq.write_table(pa.table({"甲": [1]}), tmp_path / "x.parquet")
    assert inspect_file(tmp_path / "x.parquet", {"t": source()}).fits == ()


def test_a_file_without_rows_or_columns(tmp_path: Path) -> None:
    pq.write_table(pa.table({}), tmp_path / "a.parquet")
    (one,) = read_export(tmp_path / "a.parquet")
    assert one.provenance.rows_read == 0
    pq.write_table(table().slice(0, 0), tmp_path / "b.parquet")
    (one,) = read_export(tmp_path / "b.parquet")
    assert list(one.data.columns) == table().column_names


def test_a_parquet_file_is_never_read_into_memory_as_a_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pq.write_table(table(), tmp_path / "T.parquet")
    monkeypatch.setattr(type(tmp_path), "read_bytes", lambda _: pytest.fail("read as a whole"))
    assert loading.load(tmp_path / "T.parquet", "T.parquet").kind == "parquet"


@pytest.mark.parametrize("months", [["2026-02", "2026-10"], [202602, 202610], [date(2026, 2, 1), date(2026, 10, 31)]])
def test_the_newest_month_is_known_before_anything_is_read(tmp_path: Path, months: list[Any]) -> None:
    pq.write_table(table(报告期=[months[0], months[1], months[0]]), tmp_path / "T.parquet", row_group_size=1)
    assert open_drop(tmp_path, {"t": source()}).newest("t") == OCTOBER
    pq.write_table(table(), tmp_path / "T.parquet", write_statistics=False)
    assert open_drop(tmp_path, {"t": source()}).newest("t") is None
