"""A drop of small files of every shape the platform and the park office give, through `open_drop`."""

from __future__ import annotations

import math
from datetime import date
from typing import TYPE_CHECKING

import pytest
from exports.plans import A, B, C, frame_of, slugs, source, stream_of
from exports.writers import Sheet, write_xlsx

from xicen_kpi.plan.period import Month

if TYPE_CHECKING:
    from pathlib import Path

EMPTY = Sheet([], "Sheet2")


def test_gb18030_csv_with_a_unit_for_each_row(tmp_path: Path) -> None:
    text = (
        "统一社会信用代码,单位详细名称,报告期,工业总产值;本年-本月,工业总产值;本年-1—本月,计量单位\r\n"
        f"{A},甲公司,2026年2月,,11855,千元\r\n{B},乙公司,2026年2月,,1991.5,万元\r\n"
    )
    (tmp_path / "T_2026年.csv").write_bytes(text.encode("gb18030"))
    stream = stream_of(tmp_path)
    frame = frame_of(stream)
    assert frame["output"].tolist() == [11855, 1991.5 * 10]
    assert frame["period"].tolist() == [Month(2026, 2).ordinal] * 2
    assert frame["_row"].tolist() == [2, 3]
    (trail,) = stream.provenance
    assert (trail.encoding, trail.delimiter, trail.header_rows) == ("gb18030", ",", (1, 1))
    assert trail.units["工业总产值;本年-1—本月"] == ("千元、万元", "row")
    assert stream.findings == []


def test_two_merged_header_rows_below_title_and_unit(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["财务状况 2026年", "", "", "", ""],
        ["", "", "", "", "计量单位：元"],
        ["统一社会信用代码", "报告期", "工业总产值(01)", "", "备注"],
        ["", "", "本年-1—本月", "上年-1—本月", ""],
        [A, "202610", 11855000, 1, ""],
        ["合计", "", 11855000, 1, ""],
        ["单位负责人：某某  填表人：某某", "", "", "", ""],
    ]
    merges = [(0, 0, 0, 4), (2, 0, 3, 0), (2, 1, 3, 1), (2, 2, 2, 3)]
    write_xlsx(tmp_path / "T.xlsx", Sheet(rows, merges=merges), EMPTY)
    stream = stream_of(tmp_path)
    frame = frame_of(stream)
    assert frame["output"].tolist() == [11855000 / 1000]
    assert frame["period"].tolist() == [Month(2026, 10).ordinal]
    (trail,) = stream.provenance
    assert trail.header_rows == (3, 4)
    assert trail.units["工业总产值(01);本年-1—本月"] == ("元", "cell")
    assert dict(trail.set_aside) == {"total_row": 1, "footer": 1}
    assert trail.rows_read == trail.rows_used + sum(trail.set_aside.values()) == 3


def test_period_from_the_title_and_several_units_in_one_cell(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["研究开发情况（107-2表）2025年"],
        ["单位：千元、人"],
        ["统一社会信用代码", "费用;本年", "人员;本年"],
        [A, 5, 7],
    ]
    write_xlsx(tmp_path / "T.xlsx", Sheet(rows), EMPTY)
    columns = {
        "uscc": {"header": "统一社会信用代码", "type": "uscc"},
        "cost": {"header": "费用;本年", "type": "number", "unit": "万元"},
        "staff": {"header": "人员;本年", "type": "number", "unit": "人"},
    }
    stream = stream_of(tmp_path, frequency="annual", columns=columns, key=["uscc"])
    frame = frame_of(stream)
    assert (frame["cost"].tolist(), frame["staff"].tolist()) == ([5 / 10], [7])
    assert frame["period"].tolist() == [Month(2025, 12).ordinal]
    assert stream.provenance[0].period_from == "title"


def test_lower_case_codes_and_the_period_in_the_file_name(tmp_path: Path) -> None:
    (tmp_path / "T_202610.csv").write_text(f"sid,qc02\n{A},12\n", encoding="utf-8")
    columns = {
        "uscc": {"header": "sid", "type": "uscc"},
        "output": {"header": "qc02", "type": "number", "unit": "千元"},
    }
    stream = stream_of(tmp_path, columns=columns, key=["uscc"])
    assert frame_of(stream)["period"].tolist() == [Month(2026, 10).ordinal]
    assert stream.provenance[0].period_from == "file_name"


def test_thousands_separators_full_width_and_unit_in_the_header(tmp_path: Path) -> None:
    header = "统一社会信用代码,报告期,1-本月;工业总产值;万元\n"
    body = f'{A},2026-10,"28,427.3"\n{B},２０２６-１０,１２３．５\n{C},2026/10,—\n'
    (tmp_path / "T.csv").write_text(header + body, encoding="utf-8-sig")
    columns = dict(source().model_dump()["columns"])
    columns["output"]["header"] = ["1-本月;工业总产值"]
    stream = stream_of(tmp_path, columns=columns)
    values = frame_of(stream)["output"].tolist()
    assert values[:2] == [284273, 1235]
    assert math.isnan(values[2])
    assert stream.provenance[0].units["1-本月;工业总产值;万元"] == ("万元", "header")
    assert stream.findings == []


def test_a_ledger_is_complete_up_to_its_own_day(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["平台台账"],
        ["截至日期：2026年10月31日"],
        ["序号", "平台名称", "设立日期"],
        [1, "某 平台", date(2025, 5, 20)],
        [2, "另一平台", ""],
    ]
    write_xlsx(tmp_path / "T.xlsx", Sheet(rows), EMPTY)
    columns = {"name": {"header": "平台名称"}, "day": {"header": "设立日期", "type": "date"}}
    stream = stream_of(tmp_path, frequency="ledger", key=["name"], columns=columns, dated="day")
    frame = frame_of(stream)
    assert "period" not in frame
    assert frame["name"].tolist() == ["某 平台", "另一平台"]
    assert frame["day"].dt.date.tolist()[0] == date(2025, 5, 20)
    assert frame["day"].isna().tolist() == [False, True]
    assert stream.provenance[0].snapshot == date(2026, 10, 31)


def test_cumulative_and_monthly_columns_are_not_mixed_up(tmp_path: Path) -> None:
    (tmp_path / "T.csv").write_text(f"统一社会信用代码,报告期,工业总产值;本年-本月\n{A},2026-10,5\n", encoding="utf-8")
    stream = stream_of(tmp_path)
    (chunk,) = stream.chunks()
    assert chunk.absent == {"output"}
    assert chunk.frame["output"].isna().all()
    (found,) = stream.findings
    assert found.slug == "column-missing-near"
    assert found.parameters["near"] == "工业总产值;本年-本月"


def test_what_cannot_be_read_is_said_with_its_place(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["统一社会信用代码", "报告期", "工业总产值;本年-1—本月"],
        [A, "2026-10", "57756/0"],
        [913101180000001290, "2026-10", 5],
        ["9.13101E+17", "2026-10", 5],
        ["", "2026-10", 5],
        [B, "某月", 5],
        ["123", "2026-10", 6],
        [C, "2026-10", 7],
    ]
    write_xlsx(tmp_path / "T.xlsx", Sheet(rows), EMPTY)
    stream = stream_of(tmp_path)
    assert frame_of(stream)["uscc"].tolist() == [A, C]
    told = {(found.slug, found.where.row) for found in stream.findings}
    assert told == {
        ("unreadable-cell", 2),
        ("code-scientific", 3),
        ("code-scientific", 4),
        ("row-without-key", 5),
        ("unreadable-cell", 6),
        ("no-period", 6),
        ("code-length", 7),
    }
    (trail,) = stream.provenance
    assert dict(trail.set_aside) == {"invalid_code": 3, "no_key": 1, "no_period": 1}
    assert trail.rows_read == trail.rows_used + sum(trail.set_aside.values()) == 7


def test_findings_of_one_kind_are_capped_and_the_rest_is_counted(tmp_path: Path) -> None:
    rows = "".join(f"{A},2026-10,nonsense{number}\n" for number in range(25))
    (tmp_path / "T.csv").write_text(f"统一社会信用代码,报告期,工业总产值;本年-1—本月\n{rows}", encoding="utf-8")
    stream = stream_of(tmp_path)
    assert frame_of(stream)["output"].isna().all()
    assert slugs(stream) == ["unreadable-cell"] * 20 + ["more-of-the-same"]
    assert stream.findings[-1].parameters["more"] == 5


def test_a_unit_of_another_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "T.csv").write_text(
        f"统一社会信用代码,报告期,工业总产值;本年-1—本月(人)\n{A},2026-10,5\n", encoding="utf-8"
    )
    stream = stream_of(tmp_path)
    assert frame_of(stream)["output"].isna().all()
    assert slugs(stream) == ["unit-mismatch"]


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 no zip", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 no ole", b"%PDF-1.7", b"\xff\xfe\x00"]
)
def test_a_broken_file_does_not_stop_the_others(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "T1.csv").write_bytes(content)
    (tmp_path / "T2.csv").write_text(
        f"统一社会信用代码,报告期,工业总产值;本年-1—本月\n{A},2026-10,5\n", encoding="utf-8"
    )
    stream = stream_of(tmp_path)
    assert frame_of(stream)["output"].tolist() == [5]
    assert len(stream.findings) == 1
