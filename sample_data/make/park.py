"""What the park office keeps itself: the enterprise list, its monthly sheet, the torch export."""

from __future__ import annotations

import csv
import random
from datetime import date
from typing import TYPE_CHECKING

from make.flows import Books, Flows, to_date
from make.frame import SEED, Enterprise
from make.trades import INDUSTRY, SMALL
from make.workbook import Cell, Sheet, workbook

if TYPE_CHECKING:
    from pathlib import Path

AS_OF = "截至日期：2026年10月31日"
LAST = (2026, 10)
LIST_HEADER = (
    *("序号", "统一社会信用代码", "单位详细名称", "所在镇", "区划代码", "行业代码(GB/T4754-2017)", "报表类别"),
    *("主要集群", "产业标签", "企业称号", "开业时间", "入园日期", "离园日期"),
)
MONTHLY_HEADER = (
    *("序号", "统一社会信用代码", "企业详细名称", "乡镇", "所属产业"),
    *("本月;工业总产值;万元", "1-本月;工业总产值;万元", "上年同期;1-本月;工业总产值;万元"),
    *("行业大类", "是否为重点监测企业"),
)
WATCHED_FROM = 200_000  # 千元 of output since the start of the year
FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")
TEXT_ROWS, FULL_WIDTH_ROW = {4, 17, 58}, 31
TORCH_TOTAL, TORCH_SMALL, TORCH_DEVIATING, TORCH_FACTOR = 120, 18, 11, 1.12
FIELDS = {
    "39": "电子信息",
    "35": "先进制造",
    "27": "生物医药",
    "29": "新材料",
    "26": "新材料",
    "65": "电子信息",
    "64": "电子信息",
    "73": "生物医药",
}


def write_list(folder: Path, firms: list[Enterprise]) -> None:
    """园区名录: every enterprise that is or was in the park since 2024, with its dates."""
    with workbook(folder / "园区名录.xlsx") as file:
        sheet = Sheet(file, "园区名录")
        sheet.title("张江高新区西岑园企业名录（样例数据）", 13)
        sheet.line([AS_OF])
        sheet.line(LIST_HEADER)
        for number, firm in enumerate(firms, start=1):
            what: list[Cell] = [firm.town, firm.division, firm.code, firm.form]
            marks: list[Cell] = [mark or None for mark in (firm.cluster, firm.tags, firm.titles)]
            sheet.line([number, firm.uscc, firm.name, *what, *marks, firm.opened, firm.joined, firm.left])
        Sheet(file, "Sheet2")


def write_monthly_sheet(folder: Path, firms: list[Enterprise], books: Books) -> None:
    """园区工业月报: 万元, some numbers as text, a 合计 row and footers."""
    listed = [firm for firm in firms if firm.form == INDUSTRY and firm.reports(LAST)]
    amounts = [_amounts(books.output[firm.uscc]) for firm in listed]
    with workbook(folder / "园区工业月报_2026年10月.xlsx") as file:
        sheet = Sheet(file, "月报")
        sheet.title("西岑园规模以上工业企业月报（2026年10月）", 10)
        sheet.line(MONTHLY_HEADER)
        for number, (firm, values) in enumerate(zip(listed, amounts, strict=True), start=1):
            cells = _as_typed(number, values)
            industry, watched = firm.cluster or "其他", "是" if values[1] > WATCHED_FROM else "否"
            sheet.line([number, firm.uscc, firm.name, firm.town, industry, *cells, firm.code[:2], watched])
        sums = [sum(column) / 10 for column in zip(*amounts, strict=True)]
        sheet.line(["合计", None, None, None, None, *sums])
        sheet.line(["单位负责人：样例甲  统计负责人：样例乙  填表人：样例丙  报出日期：2026年11月6日"])
        sheet.line(["注：本表为样例数据；3家企业尚未报送，未列入。"])


def _amounts(flows: Flows) -> tuple[int, int, int]:
    return flows[LAST], to_date(flows, LAST) or 0, to_date(flows, (LAST[0] - 1, LAST[1])) or 0


def _as_typed(number: int, values: tuple[int, int, int]) -> list[Cell]:
    """千元 to 万元; in a few rows as the clerk typed it: text with separators, or in full-width digits."""
    if number in TEXT_ROWS:
        return [f"{value / 10:,.1f}" for value in values]
    if number == FULL_WIDTH_ROW:
        return [f"{value / 10:.1f}".translate(FULL_WIDTH) for value in values]
    return [value / 10 for value in values]


def write_torch(folder: Path, firms: list[Enterprise], books: Books) -> None:
    """GQ-002: lower-case codes, 千元; one enterprise reports 12 % more revenue than in its accounts."""
    rng = random.Random(SEED + 3)
    recognised = [f for f in firms if f.titles and f.reports((2025, 12)) and f.uscc in books.revenue]
    small = [f for f in firms if f.form == SMALL and f.joined < date(2025, 12, 31)][:TORCH_SMALL]
    with (folder / "GQ-002_2025.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["sid", "name", "qb16v", "qc02", "qc05_0", "qc06", "qc236", "qd01"])
        for number, firm in enumerate([*recognised[: TORCH_TOTAL - TORCH_SMALL], *small]):
            output, revenue, research = _torch_amounts(firm, books, rng)
            if number == TORCH_DEVIATING:
                revenue = round(revenue * TORCH_FACTOR)
            technical = round(revenue * (0.04 if firm.form == INDUSTRY else 0.45))
            field = FIELDS.get(firm.code[:2], "高技术服务" if firm.code >= "5000" else "先进制造")
            staff = 5 + round(revenue / 1300)
            writer.writerow([firm.uscc, firm.name, field, output, revenue, technical, research, staff])


def _torch_amounts(firm: Enterprise, books: Books, rng: random.Random) -> tuple[int, int, int]:
    if firm.uscc not in books.revenue:
        revenue = 1500 + int(15_000 * rng.random())
        return 0, revenue, round(revenue * 0.08)
    output, revenue, research = (
        to_date(book.get(firm.uscc, {}), (2025, 12)) or 0 for book in (books.output, books.revenue, books.research)
    )
    return output, revenue, research
