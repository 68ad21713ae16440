"""The park's figures recomputed from the raw sample files: the csv module, a bare Excel reader and plain arithmetic.

Nothing of xicen_kpi is imported here: what the tool says about the sample data is compared with this file.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from openpyxl import load_workbook

DATA = Path(__file__).parents[2] / "sample_data"
THOUSANDS_IN_A_HUNDRED_MILLION = 100_000
LEADING = ("集成电路", "生物医药", "人工智能")
# Classes without a star in category 1 of the strategic emerging industries classification of 2018.
WHOLE_IT = {
    *("3911", "3915", "3832", "3961", "3963", "3973", "3974", "3976", "3983"),
    *("6410", "6421", "6432", "6433", "6434", "6439", "6440", "6520", "8121"),
}

Month = tuple[int, int]
Line = tuple[object, ...]
Values = dict[str, int]


@dataclass(frozen=True, slots=True)
class Firm:
    """One line of the enterprise list."""

    form: str
    code: str
    shares: dict[str, float]
    joined: date
    left: date | None

    def member(self, month: Month) -> bool:
        """Inside the dates of membership, whole months."""
        after = (self.joined.year, self.joined.month) <= month
        return after and (self.left is None or month <= (self.left.year, self.left.month))

    def in_it(self) -> float:
        """Share in next-generation IT."""
        if self.shares:
            return self.shares.get("新一代信息技术", 0.0)
        return 1.0 if self.code in WHOLE_IT else 0.0

    def in_leading(self) -> float:
        """Share in the three leading industries, once."""
        return min(1.0, sum(self.shares.get(name, 0.0) for name in LEADING))


def excel(name: str) -> list[Line]:
    """All rows of the first sheet."""
    book = load_workbook(DATA / name, read_only=True, data_only=True)
    rows = [tuple(row) for row in book.worksheets[0].iter_rows(values_only=True)]
    book.close()
    return rows


def lines(name: str, encoding: str) -> list[list[str]]:
    """All rows of a CSV file."""
    with (DATA / name).open(encoding=encoding, newline="") as file:
        return list(csv.reader(file))


def month_of(text: str) -> Month:
    """2026年10月, 2026-10 or 202610."""
    digits = re.findall(r"\d+", text)
    if len(digits) == 1:
        return int(text[:4]), int(text[4:])
    return int(digits[0]), int(digits[1])


def shares_of(tags: str) -> dict[str, float]:
    """`新一代信息技术(60%);人工智能` as shares; no bracket is the whole enterprise."""
    found = {}
    for tag in tags.split(";"):
        match = re.fullmatch(r"([^（()）]+)(?:[（(](\d+)%[)）])?", tag)
        if match:
            found[match[1]] = int(match[2]) / 100 if match[2] else 1.0
    return found


def day(cell: object) -> date | None:
    """The date of an Excel cell."""
    return None if cell is None else date.fromisoformat(str(cell)[:10])


@cache
def firms() -> dict[str, Firm]:
    """The enterprise list by code."""
    found = {}
    for row in excel("园区名录.xlsx")[3:]:
        joined = day(row[11])
        assert joined
        found[str(row[1])] = Firm(str(row[6]), str(row[5]), shares_of(str(row[8] or "")), joined, day(row[12]))
    return found


@cache
def finance(form: str, year: int) -> dict[tuple[str, Month], Values]:
    """B203 or F203: revenue and R&D since the start of the year, by enterprise and month."""
    place = {"B203": 9, "F203": 6}[form]
    rows = excel(f"{form}_{year}年.xlsx")[4:]
    return {(str(r[0]), month_of(str(r[2]))): {"revenue": int(str(r[3])), "research": int(str(r[place]))} for r in rows}


@cache
def output(year: int) -> dict[tuple[str, Month], Values]:
    """B204-1: output since the start of the year; revised rows stand in for the first edition."""
    names = [f"B204-1_{year}年.csv"] + (["B204-1_2025年12月_修订.csv"] if year == 2025 else [])
    rows = [row for name in names for row in lines(name, "gb18030")[1:]]
    return {(row[0], month_of(row[2])): {"output": int(row[4])} for row in rows}


@cache
def sales(year: int) -> dict[tuple[str, Month], Values]:
    """E204: sales since the start of the year."""
    rows = lines(f"E204_{year}年.csv", "utf-8-sig")[1:]
    return {(row[0], month_of(row[2])): {"sales": int(row[4])} for row in rows}


@cache
def survey(year: int) -> dict[str, tuple[int, int]]:
    """107-2: R&D expenditure and number of R&D units."""
    return {str(row[0]): (int(str(row[2])), int(str(row[4]))) for row in excel(f"107-2_{year}年.xlsx")[3:]}


def park(rows: dict[tuple[str, Month], Values], what: str, month: Month, weight: str = "") -> float:
    """Sum over the members of the park in 亿元, each enterprise times its share."""
    total = 0.0
    for (code, at), values in rows.items():
        firm = firms()[code]
        if at == month and firm.member(month):
            total += values[what] * (getattr(firm, weight)() if weight else 1.0)
    return total / THOUSANDS_IN_A_HUNDRED_MILLION


def industrial_output(month: Month) -> float:
    """工业总产值 of industry above designated size."""
    return park(output(month[0]), "output", month)


def revenue(month: Month, weight: str = "") -> tuple[float, float]:
    """营业收入 of industry and of services."""
    industry, services = (park(finance(form, month[0]), "revenue", month, weight) for form in ("B203", "F203"))
    return industry, services


def research(month: Month) -> float:
    """研发费用 of industry and services."""
    return sum(park(finance(form, month[0]), "research", month) for form in ("B203", "F203"))


def surveyed_research(year: int) -> float:
    """研究开发费用合计 of the members in December."""
    spent = (amount for code, (amount, _) in survey(year).items() if firms()[code].member((year, 12)))
    return sum(spent) / THOUSANDS_IN_A_HUNDRED_MILLION


def leading(month: Month) -> tuple[float, float, float]:
    """The three leading industries: output of industry, revenue of services, sales of wholesale."""
    return (
        park(output(month[0]), "output", month, "in_leading"),
        park(finance("F203", month[0]), "revenue", month, "in_leading"),
        park(sales(month[0]), "sales", month, "in_leading"),
    )


def within_plan(cell: object, month: Month) -> bool:
    """A date in the plan's window and not later than the month."""
    found = day(cell)
    return found is not None and date(2025, 1, 1) <= found and (found.year, found.month) <= month


def platforms(month: Month) -> int:
    """Platforms and scenarios in the park, set up within the plan, for the leading chain."""
    rows = excel("创新平台台账.xlsx")[3:]
    return sum(r[5] == "新一代信息技术" and r[7] == "是" and within_plan(r[6], month) for r in rows)


def new_enterprises(month: Month) -> int:
    """New enterprises, each code once, without those moved within the district."""
    rows = excel("新增企业台账.xlsx")[3:]
    return len({r[1] for r in rows if r[6] == "否" and within_plan(r[5], month)})


def talent_services(month: Month) -> int:
    """Services that are on line."""
    rows = excel("人才服务台账.xlsx")[3:]
    return len({r[1] for r in rows if r[4] == "已上线" and within_plan(r[3], month)})


def headline(as_of: str) -> dict[str, float]:
    """The seven headline indicators at a month such as `2026-10`, in their own units."""
    month = month_of(as_of)
    earned = sum(revenue(month))
    annual = month[1] == 12 and (DATA / f"107-2_{month[0]}年.xlsx").exists()
    return {
        "innovation_platforms": platforms(month),
        "new_enterprises": new_enterprises(month),
        "industrial_output": industrial_output(month),
        "three_leading_industries_scale": sum(leading(month)),
        "next_gen_it_revenue_share": 100 * sum(revenue(month, "in_it")) / earned,
        "rnd_intensity": 100 * (surveyed_research(month[0]) if annual else research(month)) / earned,
        "talent_services": talent_services(month),
    }
