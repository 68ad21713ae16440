"""What `convert` keeps: the same chunks, trails and findings as reading the exports gave."""

from __future__ import annotations

import json
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from exports.plans import A, B, C, source

from xicen_kpi.plan.load import load_plan
from xicen_kpi.read import bulk, open_drop, read_export
from xicen_kpi.read import files as loading
from xicen_kpi.read.convert import Conversion
from xicen_kpi.read.converted import KEY, column_names
from xicen_kpi.read.folder import CONVERTED, original

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from xicen_kpi.plan.source import Source
    from xicen_kpi.read import Chunk, Stream

pa = pytest.importorskip("pyarrow", reason="what `convert` keeps is Parquet, which needs the extra `parquet`")
pq = pytest.importorskip("pyarrow.parquet", reason="what `convert` keeps is Parquet, which needs the extra `parquet`")

OUTPUT = "工业总产值;本年-1—本月"


def convert(data: Path, folder: Path, sources: Mapping[str, Source]) -> Path:
    folder.mkdir()
    list(Conversion(open_drop(data, sources), folder, []).files())
    return folder


def enterprises(stream: Stream, chunk: Chunk) -> list[Any] | None:
    return None if chunk.places is None else stream.book.texts(chunk.places).tolist()


def same(left: Stream, right: Stream) -> None:
    """Every chunk, trail and finding, the bytes of numbers included."""
    first, second = list(left.chunks()), list(right.chunks())
    for one, other in zip(first, second, strict=True):
        pd.testing.assert_frame_equal(one.frame, other.frame, check_exact=True)
        assert one._replace(frame=None, places=None) == other._replace(frame=None, places=None)
        assert enterprises(left, one) == enterprises(right, other)
    assert left.provenance == right.provenance
    assert [(one.slug, one.where, one.severity) for one in left.findings] == [
        (one.slug, one.where, one.severity) for one in right.findings
    ]
    assert [{k: str(v) for k, v in one.parameters.items()} for one in left.findings] == [
        {k: str(v) for k, v in one.parameters.items()} for one in right.findings
    ]


def test_the_sample_comes_back_chunk_by_chunk(sample_data: Path, targets: Path, tmp_path: Path) -> None:
    sources = load_plan(targets).plan.sources
    folder = convert(sample_data, tmp_path / "kept", sources)
    before, after = open_drop(sample_data, sources), open_drop(folder, sources)
    assert after.findings == before.findings
    assert after.unmatched == ()
    for source_id in sources:
        same(before.stream(source_id), after.stream(source_id))


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A revision, a large text with odd cells, a month in a name, a broken file, one of another form, an empty one."""
    monkeypatch.setattr(loading, "LARGE", 2**11)
    monkeypatch.setattr(bulk, "_PIECE", 50)
    data = tmp_path / "data"
    (data / "旧").mkdir(parents=True)
    rows = "".join(f"{(A, B, C)[n % 3]},2026年{n % 9 + 2}月,{n}.5\n" for n in range(170))
    odd = f"{A},2026年3月,57756/0\n9.13E+17,2026年3月,1\n,合计,3\n,,\n"
    (data / "T_2026年9月.csv").write_bytes(f"统一社会信用代码,报告期,{OUTPUT};万元\n{rows}{odd}".encode("gb18030"))
    (data / "T_2026年9月_修订.csv").write_text(f"统一社会信用代码,报告期,{OUTPUT}\n{A},2026-09,7\n", encoding="utf-8")
    (data / "旧" / "T_2025年12月.csv").write_text(
        f"单位：亿元\n统一社会信用代码,{OUTPUT}\n{A},0.07\n", encoding="utf-8"
    )
    (data / "T_空.csv").write_text(f"统一社会信用代码,报告期,{OUTPUT}\n", encoding="utf-8")
    (data / "T_坏.xlsx").write_bytes(b"PK\x03\x04 broken")
    (data / "T_无.csv").write_text("甲,乙\n1,2\n", encoding="utf-8")
    return data


def test_what_is_wrong_with_the_exports_is_kept_too(office: Path, tmp_path: Path) -> None:
    sources = {"t": source(), "lists": source(files=["无此"])}
    folder = convert(office, tmp_path / "kept", sources)
    before, after = open_drop(office, sources), open_drop(folder, sources)
    assert [path.name for path in after.files["t"]] == [path.name + CONVERTED for path in before.files["t"]]
    left = before.stream("t")
    same(left, after.stream("t"))
    assert {"unreadable-cell", "code-scientific", "file-broken", "header-not-found"} <= {f.slug for f in left.findings}
    assert any(chunk.revised for chunk in open_drop(folder, sources).stream("t").chunks())


def test_a_copy_of_a_copy_is_the_same(office: Path, tmp_path: Path) -> None:
    sources = {"t": source()}
    first = convert(office, tmp_path / "one", sources)
    second = convert(first, tmp_path / "two", sources)
    assert sorted(p.relative_to(first) for p in first.rglob("*")) == sorted(
        p.relative_to(second) for p in second.rglob("*")
    )
    same(open_drop(first, sources).stream("t"), open_drop(second, sources).stream("t"))


def test_any_other_program_reads_it_by_its_names(office: Path, tmp_path: Path) -> None:
    sources = {"t": source()}
    path = convert(office, tmp_path / "kept", sources) / "t" / f"T_2026年9月.csv{CONVERTED}"
    rows = pq.read_table(path)
    assert rows.column_names == ["统一社会信用代码", f"{OUTPUT};千元", "报告期", "_row"]
    assert rows.schema.types == [pa.string(), pa.float64(), pa.string(), pa.int64()]
    assert rows.slice(1, 1).to_pylist() == [
        {"统一社会信用代码": B, f"{OUTPUT};千元": 15.0, "报告期": "2026-03", "_row": 3}
    ]
    (table,) = read_export(path)
    assert table.provenance.units[f"{OUTPUT};千元"].unit == "千元"
    told = json.loads(pq.read_metadata(path).metadata[KEY.encode()])
    trail = told["tables"][0]["trail"]
    assert (told["file"], trail["encoding"], trail["rows_used"]) == ("T_2026年9月.csv", "gb18030", 171)
    assert trail["set_aside"] == {"invalid_code": 1, "total_row": 1}
    assert len(trail["sha256"]) == 64


@pytest.mark.parametrize(
    "change",
    [
        {"columns": {"output": {"header": OUTPUT, "type": "number", "unit": "亿元"}}},
        {"key": ["uscc"]},
        {"frequency": "annual"},
        {"sheet": "甲"},
    ],
)
def test_a_copy_made_with_another_declaration_is_refused(office: Path, tmp_path: Path, change: dict[str, Any]) -> None:
    folder = convert(office, tmp_path / "kept", {"t": source()})
    if "columns" in change:
        uscc, period = {"header": "统一社会信用代码", "type": "uscc"}, {"header": "报告期", "type": "month"}
        change = {"columns": {"uscc": uscc, "period": period, **change["columns"]}}
    stream = open_drop(folder, {"t": source(**change)}).stream("t")
    assert list(stream.chunks()) == []
    assert {one.slug for one in stream.findings} == {"converted-stale"}
    words = open_drop(folder, {"t": source(title="别的名称", revised=["*改*"])}).stream("t")
    assert sum(len(chunk.frame) for chunk in words.chunks()) > 0


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"format": 1}', '{"format": 2}', "null", '{"format": 1, "declaration": null, "tables": 3}'],
)
def test_metadata_that_say_nothing_of_use_are_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "t").mkdir()
    own = pa.table({"统一社会信用代码": [A]}).replace_schema_metadata({KEY: text})
    pq.write_table(own, tmp_path / "t" / f"T.csv{CONVERTED}")
    stream = open_drop(tmp_path, {"t": source()}).stream("t")
    assert list(stream.chunks()) == []
    assert [one.slug for one in stream.findings] == ["converted-stale"]


def test_a_name_in_the_metadata_leads_nowhere(office: Path, tmp_path: Path) -> None:
    path = convert(office, tmp_path / "kept", {"t": source()}) / "t" / f"T_2026年9月.csv{CONVERTED}"
    own = pq.read_table(path)
    text = pq.read_metadata(path).metadata[KEY.encode()].decode().replace("T_2026年9月.csv", "../../secret")
    with pq.ParquetWriter(path, own.schema.remove_metadata()) as writer:
        for start in range(0, len(own), 50):
            writer.write_table(own.slice(start, 50))
        writer.add_key_value_metadata({KEY: text})
    stream = open_drop(tmp_path / "kept", {"t": source()}).stream("t")
    list(stream.chunks())
    assert not [trail.path for trail in stream.provenance if "secret" in trail.path]
    assert not [one.where.file for one in stream.findings if "secret" in str(one.where.file)]


def test_a_copy_that_breaks_off_is_said(office: Path, tmp_path: Path) -> None:
    path = convert(office, tmp_path / "kept", {"t": source()}) / "t" / f"T_2026年9月.csv{CONVERTED}"
    data = bytearray(path.read_bytes())
    at = pq.read_metadata(path).row_group(2).column(0).dictionary_page_offset
    data[at + 12 : at + 40] = bytes(28)
    path.write_bytes(data)
    stream = open_drop(tmp_path / "kept", {"t": source()}).stream("t")
    list(stream.chunks())
    trail = next(one for one in stream.provenance if one.path == "T_2026年9月.csv")
    assert trail.rows_used == 100
    assert trail.rows_read == trail.rows_used + sum(trail.set_aside.values())
    assert "rows-unreadable" in {one.slug for one in stream.findings}


def test_one_export_that_feeds_two_sources_is_kept_for_each(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "T.csv").write_text(f"统一社会信用代码,报告期,{OUTPUT}\n{A},2026-09,7\n", encoding="utf-8")
    sources = {"one": source(), "two": source(key=["uscc"])}
    folder = convert(data, tmp_path / "kept", sources)
    before, after = open_drop(data, sources), open_drop(folder, sources)
    for source_id in sources:
        assert len(after.files[source_id]) == 1
        same(before.stream(source_id), after.stream(source_id))


def test_names_in_the_copy_never_collide() -> None:
    columns = {
        "uscc": {"header": "代码", "type": "uscc"},
        "output": {"header": "产值;千元", "type": "number", "unit": "千元"},
        "again": {"header": "产值;万元", "type": "number", "unit": "千元"},
        "month": {"header": "报告期"},
    }
    names = column_names(source(columns=columns, key=["uscc"]))
    assert list(names.values()) == ["代码", "产值;千元", "again", "报告期", "period", "_row"]


@pytest.mark.parametrize(
    ("path", "found"),
    [
        (f"t/a/B.xlsx{CONVERTED}", ("t", "a/B.xlsx")),
        (f"B.xlsx{CONVERTED}", (None, f"B.xlsx{CONVERTED}")),
        (f"x/B.xlsx{CONVERTED}", (None, f"x/B.xlsx{CONVERTED}")),
        ("t/B.parquet", (None, "t/B.parquet")),
    ],
)
def test_which_export_a_copy_was_made_from(path: str, found: tuple[str | None, str]) -> None:
    assert original(PurePosixPath(path), {"t"}) == (found[0], PurePosixPath(found[1]))
