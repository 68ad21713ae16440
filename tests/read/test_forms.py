"""The shapes of an enterprise's own forms, and lists that belong to one enterprise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from exports.plans import A, B, frame_of, stream_of
from exports.writers import Sheet, write_xls, write_xlsx

from xicen_kpi.plan.period import Month
from xicen_kpi.read.forms import find_enterprise

if TYPE_CHECKING:
    from pathlib import Path

NUMBER = {"type": "number", "unit": "千元"}
USCC = {"header": "统一社会信用代码", "type": "uscc"}


def form_b204(code: str, output: float) -> Sheet:
    """工业产销总值 of one enterprise, with its boxes, letters, dashes and signatures."""
    rows: list[list[Any]] = [
        ["工业产销总值及主要产品产量", "", "", "", "", "", ""],
        ["", "", "", "", "", "表    号：", "Ｂ204-1表"],
        ["统一社会信用代码：", *code[:6]],
        ["", *code[6:12]],
        ["", *code[12:]],
        ["单位详细名称：西岑样例甲子有限公司", "", "20 26 年 10 月", "", "", "文    号：", "国统字(2024)85号"],
        ["指标名称", "计量单位", "代码", "本年", "", "上年同期", ""],
        ["", "", "", "本月", "1—本月", "本月", "1—本月"],
        ["甲", "乙", "丙", 1, 2, 3, 4],
        ["一、工业总产值(当年价格)", "千元", "01", output / 10, output, 5, 50],
        ["二、工业销售产值(当年价格)", "千元", "03", 9, 90, 4, 40],
        ["    其中：出口交货值", "千元", "04", "—", 3, "—", 2],
        ["三、企业用电量", "万千瓦时", "05", 7, 70, 6, 60],
        ["单位负责人：甲  统计负责人：乙  填表人：丙  报出日期：2026年11月6日", "", "", "", "", "", ""],
        ["说明：1.统计范围：辖区内规模以上工业法人单位。", "", "", "", "", "", ""],
    ]
    return Sheet(rows, merges=[(0, 0, 0, 6), (6, 3, 6, 4), (6, 5, 6, 6), (6, 0, 7, 0), (6, 1, 7, 1), (6, 2, 7, 2)])


def test_a_folder_of_forms_is_a_list_of_enterprises(tmp_path: Path) -> None:
    write_xls(tmp_path / "T 甲.xls", form_b204(A, 123.5))
    write_xlsx(tmp_path / "T 乙.xlsx", form_b204(B, 77))
    columns = {
        "uscc": USCC,
        "output": {"header": "工业总产值;本年-1—本月", "counts": "year_to_date", **NUMBER},
        "month": {"header": "工业总产值;本年-本月", "counts": "period", **NUMBER},
        "before": {"header": "工业总产值;上年-1—本月", "counts": "year_to_date", **NUMBER},
        "exports": {"header": "出口交货值;本年-本月", "counts": "period", **NUMBER},
        "power": {"header": "企业用电量;本年-1—本月", "type": "number", "unit": "千瓦时"},
    }
    stream = stream_of(tmp_path, columns=columns, key=["uscc"])
    frames = [chunk.frame for chunk in stream.chunks()]
    assert sorted((frame["uscc"].item(), frame["output"].item()) for frame in frames) == [(A, 123.5), (B, 77)]
    for frame in frames:
        assert frame["period"].item() == Month(2026, 10).ordinal
        assert (frame["before"].item(), frame["power"].item()) == (50, 70 * 10_000)
        assert frame["exports"].isna().item()
    assert stream.findings == []
    assert {trail.period_from for trail in stream.provenance} == {"title"}


def form_107_2(code: str) -> Sheet:
    """企业研究开发活动及相关情况: two panels side by side."""
    heads = ["指标名称", "计量单位", "代码", "本年"]
    rows: list[list[Any]] = [
        ["企业研究开发活动及相关情况", *[""] * 8],
        [f"统一社会信用代码：{code}", *[""] * 8],
        ["2025年", *[""] * 8],
        [*heads, "", *heads],
        ["甲", "乙", "丙", 1, "", "甲", "乙", "丙", 1],
        ["研究开发人员合计", "人", 1, 118, "", "期末机构数", "个", 22, 2],
        ["  其中：女性", "人", 3, 40, "", "机构研究开发人员", "人", 23, 80],
        ["研究开发费用合计", "千元", 7, 9794, "", "期末有效发明专利数", "件", 32, 12],
        ["单位负责人：甲", "", "填表人：乙", *[""] * 6],
    ]
    return Sheet(rows)


def test_the_two_panels_of_107_2(tmp_path: Path) -> None:
    write_xlsx(tmp_path / "T.xlsx", form_107_2(A))
    columns = {
        "uscc": USCC,
        "cost": {"header": "研究开发费用合计;本年", "type": "number", "unit": "万元"},
        "staff": {"header": "研究开发人员合计;本年", "type": "number", "unit": "人"},
        "units": {"header": "期末机构数", "type": "number", "unit": "个"},
        "patents": {"header": ["有效发明专利", "期末有效发明专利数;本年"], "type": "number", "unit": "件"},
    }
    frame = frame_of(stream_of(tmp_path, columns=columns, key=["uscc"], frequency="annual"))
    row = {name: frame[name].item() for name in columns}
    assert row == {"uscc": A, "cost": 9794 / 10, "staff": 118, "units": 2, "patents": 12}
    assert frame["period"].item() == Month(2025, 12).ordinal


def test_the_projects_of_one_enterprise_get_its_code(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["企业研发项目情况", "", "", ""],
        [f"统一社会信用代码：{A}", "单位详细名称：某公司", "", "2025年"],
        ["序号", "项目名称", "项目经费支出(千元)", "其中：政府资金"],
        ["甲", "乙", 1, 2],
        [1, "某芯片", 500, 0],
        [2, "某软件", 300, 20],
        ["单位负责人：甲", "统计负责人：乙", "", ""],
    ]
    write_xlsx(tmp_path / "T.xlsx", Sheet(rows))
    columns = {"uscc": USCC, "project": {"header": "项目名称"}, "cost": {"header": "项目经费支出", **NUMBER}}
    stream = stream_of(tmp_path, columns=columns, key=["uscc", "project"], frequency="annual")
    frame = frame_of(stream)
    assert frame["uscc"].tolist() == [A, A]
    assert frame["cost"].tolist() == [500, 300]
    assert frame["_row"].tolist() == [5, 6]


def test_whose_form_it_is() -> None:
    boxes = "统一社会信用代码 " + " ".join(A) + "\n单位详细名称：某公司"
    assert find_enterprise(boxes) == (A, "某公司")
    assert find_enterprise("组织机构代码：12345678-9 单位名称:某公司") == ("123456789", "某公司")
    assert find_enterprise("统一社会信用代码 单位名称") is None
