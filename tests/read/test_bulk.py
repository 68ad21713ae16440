"""Large texts in pieces: the same tables as record by record, whatever is in the way."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from exports.plans import A, B, C, stream_of

from xicen_kpi.read import bulk, read_export
from xicen_kpi.read import files as loading

if TYPE_CHECKING:
    from pathlib import Path

    from xicen_kpi.read import Stream

HEADER = "统一社会信用代码,单位详细名称,报告期,工业总产值;本年-1—本月,计量单位\n"
ENDING = "合计,,,123,千元\n单位负责人：甲,填表人：乙\n\n"


NAMED = {
    "uscc": {"header": "统一社会信用代码", "type": "uscc"},
    "name": {"header": "单位详细名称"},
    "period": {"header": "报告期", "type": "month"},
    "output": {"header": "工业总产值;本年-1—本月", "type": "number", "unit": "千元"},
}


def lines(count: int, ending: str = ENDING, odd: dict[int, str] | None = None) -> str:
    body = [
        (odd or {}).get(n, f"{(A, B, C)[n % 3]},第{n}公司,2026年{n % 9 + 2}月,{n}.5,{'千元' if n % 2 else '万元'}\n")
        for n in range(count)
    ]
    return HEADER + "".join(body) + ending


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts count as large from two kilobytes on, and come in pieces of fifty records."""
    monkeypatch.setattr(loading, "LARGE", 2**11)
    monkeypatch.setattr(bulk, "_PIECE", 50)
    monkeypatch.setattr(bulk, "_HEAD", 1500)
    monkeypatch.setattr(bulk, "_SPOT", 200)
    monkeypatch.setattr(bulk, "_TAIL", 500)


def read_whole(stream: Stream) -> pd.DataFrame:
    frames = [chunk.frame for chunk in stream.chunks()]
    return pd.concat(frames, ignore_index=True)


def same_both_ways(folder: Path, monkeypatch: pytest.MonkeyPatch, **changes: Any) -> tuple[Stream, Stream]:
    """The stream of a folder in pieces and record by record, after comparing all rows."""
    pieces = stream_of(folder, **changes)
    left = read_whole(pieces)
    assert pieces.provenance[0].rows_used == len(left)
    monkeypatch.setattr(loading, "LARGE", 2**40)
    records = stream_of(folder, **changes)
    right = read_whole(records)
    pd.testing.assert_frame_equal(left, right, check_dtype=False)
    for trail in (pieces.provenance[0], records.provenance[0]):
        assert trail.rows_read == trail.rows_used + sum(trail.set_aside.values())
    assert pieces.provenance[0] == records.provenance[0]
    return pieces, records


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.usefixtures("small_pieces")
def test_pieces_and_records_read_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str, newline: str
) -> None:
    (tmp_path / "T.csv").write_bytes(lines(400).replace("\n", newline).encode(encoding))
    pieces, _ = same_both_ways(tmp_path, monkeypatch)
    assert pieces.provenance[0].set_aside == {"total_row": 1, "footer": 1}
    assert pieces.findings == []


@pytest.mark.parametrize(
    "odd",
    [
        {120: f'{A},"甲,\n乙",2026年3月,"1,234.5",千元\n'},
        {120: f"{A},x,2026年3月,—,千元\n", 121: f"{A},x,2026年3月,３.５,千元\n"},
        {250: f"{A},x,2026年3月,57756/0,千元\n"},
        {250: f"{A},x,2026年3月,1,千元,多一列\n"},
        {250: f"{A}\n", 251: "\n", 252: ",,,,\n"},
        {250: "9.13E+17,x,2026年3月,1,千元\n", 251: ",无代码,2026年3月,1,千元\n", 252: f"{A},x,某月,1,千元\n"},
        {250: f"{A},x,2026年3月,inf,千元\n"},
        {250: HEADER},
        dict.fromkeys(range(10, 400, 30), f"{A},x,2026年3月,57756/0,千元\n"),
    ],
)
@pytest.mark.usefixtures("small_pieces")
def test_what_is_in_the_way_in_the_middle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, odd: dict[int, str]) -> None:
    (tmp_path / "T.csv").write_bytes(lines(400, odd=odd).encode("utf-8"))
    pieces, records = same_both_ways(tmp_path, monkeypatch)
    assert {(f.slug, f.where.row) for f in pieces.findings} == {(f.slug, f.where.row) for f in records.findings}


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize(
    "code",
    [
        A.lower(),
        f"  {A} ",
        f'"{A}"',
        f"{A}{' ' * 9}",
        A.translate({ord(char): ord(char) + 0xFEE0 for char in A}),
        A[8:17],
        f"{A[8:16]}-{A[16]}",
        "代码不详",
        "代码不详，待市场监管部门核实后补报",
        "",
    ],
)
@pytest.mark.usefixtures("small_pieces")
def test_a_code_that_is_written_in_another_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str, code: str
) -> None:
    odd = dict.fromkeys([*range(120, 130), 260, 390], f"{code},x,2026年3月,7,千元\n")
    (tmp_path / "T.csv").write_bytes(lines(400, odd=odd).encode(encoding))
    pieces, records = same_both_ways(tmp_path, monkeypatch)
    told = [[(f.slug, f.where.row, f.parameters.get("raw")) for f in one.findings] for one in (pieces, records)]
    assert sorted(told[0], key=str) == sorted(told[1], key=str)


@pytest.mark.parametrize("delimiter", [",", "|", "\t"])
@pytest.mark.usefixtures("small_pieces")
def test_characters_of_gb18030_that_look_like_something_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, delimiter: str
) -> None:
    """联通 is UTF-8 too, 俊 (bf a1) and 𠀀 (95 32 82 36) hold digits, 杴 (96 7c) and 唡 (86 7c) a vertical bar."""
    names = ["联通", "𠀀㐀有限公司", "杴唡厂", '"甲\n乙"', "ASCII", ""]
    odd = {n: f"{A},{names[n % 6]},2026年{n % 9 + 2}月,{'—' if n % 5 else n},千元\n" for n in range(100, 300)}
    text = lines(400, odd=odd).replace(",", delimiter)
    (tmp_path / "T.csv").write_bytes(text.encode("gb18030"))
    names_read = set(read_whole(stream_of(tmp_path, columns=NAMED))["name"])
    assert {"联通", "𠀀㐀有限公司", "杴唡厂", "甲\n乙", "ASCII", None} <= names_read
    pieces, _ = same_both_ways(tmp_path, monkeypatch, columns=NAMED)
    assert pieces.findings == []


@pytest.mark.usefixtures("small_pieces")
def test_a_column_that_is_there_twice_costs_no_rows(tmp_path: Path) -> None:
    rows = "".join(f"{(A, B, C)[n % 3]},2026年10月,{n}.5,{n}.25\n" for n in range(400))
    (tmp_path / "T.csv").write_text(
        f"统一社会信用代码,报告期,工业总产值;本年-1—本月,工业总产值;本年-1—本月\n{rows}", encoding="utf-8"
    )
    stream = stream_of(tmp_path)
    assert read_whole(stream)["output"].tolist() == [n + 0.5 for n in range(400)]
    assert [found.slug for found in stream.findings] == ["column-twice"]


@pytest.mark.usefixtures("small_pieces")
def test_the_first_chinese_character_far_down_still_decides(tmp_path: Path) -> None:
    rows = "".join(f"{A},2026-10,{n},x\n" for n in range(400)) + f"{B},2026-10,7,乙公司\n"
    (tmp_path / "T.csv").write_bytes(f"sid,month,qc02,name\n{rows}".encode("gb18030"))
    columns = {
        "uscc": {"header": "sid", "type": "uscc"},
        "period": {"header": "month", "type": "month"},
        "name": {"header": "name"},
        "output": {"header": "qc02", "type": "number", "unit": "千元"},
    }
    stream = stream_of(tmp_path, columns=columns)
    frame = read_whole(stream)
    assert frame["name"].tolist()[-1] == "乙公司"
    assert stream.provenance[0].encoding == "gb18030"


@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_bytes_of_another_encoding_in_the_middle_are_an_error_with_their_place(tmp_path: Path, encoding: str) -> None:
    data = bytearray(lines(400).encode(encoding))
    at = data.index("第300公司".encode(encoding))
    data[at : at + 2] = b"\xff\xff"
    (tmp_path / "T.csv").write_bytes(data)
    stream = stream_of(tmp_path, columns=NAMED)
    assert len(read_whole(stream)) == 400
    assert [(found.slug, found.parameters["at"]) for found in stream.findings] == [("encoding-broken", at)]


@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_large_text_without_a_plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str) -> None:
    text = "代码,名称,数额,占比\n" + "".join(f"{n:06d},第{n}公司,{n}.5,{n}\n" for n in range(400))
    text += "数据来源：某局,,,\n\n"
    (tmp_path / "a.csv").write_bytes(text.encode(encoding))
    (pieces,) = read_export(tmp_path / "a.csv")
    data = pieces.data
    assert len(list(pieces.chunks())) > 1
    monkeypatch.setattr(loading, "LARGE", 2**40)
    (records,) = read_export(tmp_path / "a.csv")
    pd.testing.assert_frame_equal(data, records.data, check_dtype=False)
    assert data["代码"].iloc[7] == "000007"
    assert data.index.tolist() == list(range(2, 402))
    assert pieces.provenance == records.provenance
    assert pieces.provenance.set_aside == {"note": 1}


@pytest.mark.usefixtures("small_pieces")
def test_a_large_text_that_is_no_plain_list_is_read_record_by_record(tmp_path: Path) -> None:
    text = "表一\n名称,数额\n" + "".join(f"第{n}公司,{n}\n" for n in range(300))
    text += "\n表二\n部门,人数\n" + "".join(f"第{n}部,{n}\n" for n in range(5))
    (tmp_path / "a.csv").write_bytes(text.encode())
    tables = read_export(tmp_path / "a.csv")
    assert [len(table.data) for table in tables] == [300, 5]


@pytest.mark.usefixtures("small_pieces")
def test_a_word_among_the_numbers_of_a_large_text(tmp_path: Path) -> None:
    rows = [f"第{n}公司,{n}\n" for n in range(400)]
    rows[200], rows[201] = "第200公司,57756/0\n", "第201公司,—\n"
    (tmp_path / "a.csv").write_bytes(("名称,数额\n" + "".join(rows)).encode())
    (table,) = read_export(tmp_path / "a.csv")
    values = table.data["数额"].tolist()
    assert math.isnan(values[200])
    assert math.isnan(values[201])
    assert values[399] == 399
    assert [(found.slug, found.where.row) for found in table.findings] == [("unreadable-cell", 202)]
