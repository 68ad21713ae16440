"""The statistical forms as the platform exports them: B204-1, B203, F203, E204 and 107-2."""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from make.flows import Book, Books, Flows, to_date, year_before
from make.targets import MONTHS
from make.trades import INDUSTRY, SERVICE, WHOLESALE
from make.workbook import Cell, Sheet, workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from make.frame import Enterprise, Month

THIS_YEAR, LAST_YEAR = "本年-1—本月", "上年-1—本月"
YEARS = (2024, 2025, 2026)
REVISED = (2025, 12)
# The factor on December 2025 in the first edition of the file, by place in the list of reporters.
FIRST_EDITION_ERRORS = {20: 2.9, 75: 0.4}
RESEARCH_UNITS = {2024: 38, 2025: 44}


@dataclass(frozen=True, slots=True)
class FinanceForm:
    """Layout of a monthly finance form: title, its columns, how a month is written, who files it."""

    code: str
    title: str
    filed_by: str
    columns: tuple[tuple[str, tuple[str, ...]], ...]
    month: Callable[[Month], str]
    values: Callable[[Ratios, int, int], list[int]]


@dataclass(frozen=True, slots=True)
class Ratios:
    """What an enterprise spends per unit of revenue; constant over a year, so that its accounts never run back."""

    cost: float
    tax: float
    selling: float
    management: float
    finance: float
    wages: float


def month_before(month: Month) -> Month:
    """The same month of last year."""
    return month[0] - 1, month[1]


def reporters(firms: Iterable[Enterprise], form: str, year: int) -> Iterator[tuple[Month, Enterprise]]:
    """Rows of a monthly form: month by month, every enterprise that reports."""
    listed = [firm for firm in firms if firm.form == form]
    for month in MONTHS:
        if month[0] == year:
            yield from ((month, firm) for firm in listed if firm.reports(month))


def flow_of(flows: Flows, month: Month) -> int | None:
    """The month's own value; February's row covers two months and leaves the cell empty."""
    return None if month[1] == 2 else flows.get(month)


def blank(value: int | None) -> str:
    """A number for a CSV cell."""
    return "" if value is None else str(value)


def write_output(folder: Path, firms: list[Enterprise], books: Books) -> None:
    """B204-1: GB18030, Windows line ends; December 2025 first with two errors, then revised."""
    book = year_before(books.output, firms)
    sales = {firm.uscc: 0.95 + 0.04 * random.Random(firm.uscc).random() for firm in firms}
    first_edition = _first_edition(book, firms)
    for year in YEARS:
        rows = reporters(firms, INDUSTRY, year)
        _write_output_file(folder / f"B204-1_{year}年.csv", (first_edition if year == 2025 else book, sales), rows)
    rows = (row for row in reporters(firms, INDUSTRY, REVISED[0]) if row[0] == REVISED)
    _write_output_file(folder / "B204-1_2025年12月_修订.csv", (book, sales), rows)


def _first_edition(book: Book, firms: list[Enterprise]) -> Book:
    listed = [firm for firm in firms if firm.form == INDUSTRY]
    wrong = dict(book)
    for place, factor in FIRST_EDITION_ERRORS.items():
        code = listed[place].uscc
        wrong[code] = book[code] | {REVISED: round(book[code][REVISED] * factor)}
    return wrong


def _write_output_file(
    path: Path, source: tuple[Book, dict[str, float]], rows: Iterable[tuple[Month, Enterprise]]
) -> None:
    book, sold = source
    amounts = ("本年-本月", THIS_YEAR, "上年-本月", LAST_YEAR)
    header = ["统一社会信用代码", "单位详细名称", "报告期", *(f"工业总产值;{part}" for part in amounts)]
    header += [f"工业销售产值;{THIS_YEAR}", f"出口交货值;{THIS_YEAR}", "计量单位"]
    with path.open("w", encoding="gb18030", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(header)
        for month, firm in rows:
            flows, before = book[firm.uscc], month_before(month)
            done = to_date(flows, month) or 0
            sales = round(done * sold[firm.uscc])
            exports = round(sales * 0.3) if firm.code in {"3921", "3961", "3973", "3584", "2929"} else 0
            values = (flow_of(flows, month), done, flow_of(flows, before), to_date(flows, before))
            period = f"{month[0]}年{month[1]}月"
            writer.writerow([firm.uscc, firm.name, period, *map(blank, values), sales, exports, "千元"])


def write_wholesale(folder: Path, firms: list[Enterprise], books: Books) -> None:
    """E204: UTF-8 with a byte order mark, the unit inside the header."""
    book = year_before(books.sales, firms)
    header = [f"商品销售额;{part};千元" for part in ("本年-本月", THIS_YEAR, LAST_YEAR)]
    for year in YEARS:
        with (folder / f"E204_{year}年.csv").open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, lineterminator="\r\n")
            writer.writerow(["统一社会信用代码", "单位详细名称", "报告期", *header])
            for month, firm in reporters(firms, WHOLESALE, year):
                flows = book[firm.uscc]
                values = (flow_of(flows, month), to_date(flows, month), to_date(flows, month_before(month)))
                writer.writerow([firm.uscc, firm.name, f"{month[0]}-{month[1]:02d}", *map(blank, values)])


def _industry_accounts(ratios: Ratios, revenue: int, research: int) -> list[int]:
    parts = (ratios.cost, ratios.tax, ratios.selling, ratios.management)
    spent = [round(revenue * part) for part in parts]
    finance = round(revenue * ratios.finance)
    profit = revenue - sum(spent) - research - finance
    # Other income and non-operating items: a few thousandths, so that the identity holds nearly, as in real accounts.
    return [*spent, research, finance, profit + round(profit * 0.004), profit + round(profit * 0.007)]


def _service_accounts(ratios: Ratios, revenue: int, research: int) -> list[int]:
    return [round(revenue * ratios.cost), research, round(revenue * ratios.wages)]


def _single(*names: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((name, (THIS_YEAR,)) for name in names)


KEYS: tuple[tuple[str, tuple[str, ...]], ...] = (("统一社会信用代码", ()), ("单位详细名称", ()), ("报告期", ()))
BOTH = (THIS_YEAR, LAST_YEAR)
FINANCE_FORMS = (
    FinanceForm(
        "B203",
        "财务状况（B203表）",
        INDUSTRY,
        (
            *KEYS,
            ("营业收入(301)", BOTH),
            *_single("营业成本(307)", "税金及附加(309)", "销售费用(312)", "管理费用(313)"),
            ("研发费用(331)", BOTH),
            *_single("财务费用(317)", "营业利润(323)", "利润总额(327)"),
        ),
        lambda month: f"{month[0]}-{month[1]:02d}",
        _industry_accounts,
    ),
    FinanceForm(
        "F203",
        "财务状况（F203表）",
        SERVICE,
        (*KEYS, ("营业收入", BOTH), *_single("营业成本"), ("研发费用", BOTH), *_single("应付职工薪酬")),
        lambda month: f"{month[0]}{month[1]:02d}",
        _service_accounts,
    ),
)


def _ratios(firm: Enterprise, year: int) -> Ratios:
    rng = random.Random(f"{firm.uscc}{year}")
    if firm.segment == "flagship":
        return Ratios(0.52, 0.006, 0.03, 0.05, 0.002, 0.24)
    draw = [rng.random() for _ in range(6)]
    return Ratios(
        cost=0.72 + 0.08 * draw[0],
        tax=0.004 + 0.004 * draw[1],
        selling=0.015 + 0.03 * draw[2],
        management=0.03 + 0.03 * draw[3],
        finance=0.002 + 0.008 * draw[4],
        wages=0.08 + 0.15 * draw[5],
    )


def write_finance(folder: Path, firms: list[Enterprise], books: Books) -> None:
    """B203 and F203: a title, the unit at the right, a header of two rows with merged cells."""
    revenue, research = year_before(books.revenue, firms), year_before(books.research, firms)
    for form in FINANCE_FORMS:
        for year in YEARS:
            with workbook(folder / f"{form.code}_{year}年.xlsx") as file:
                sheet = Sheet(file, form.code)
                width = sum(max(1, len(below)) for _, below in form.columns)
                sheet.title(f"{form.title} {year}年", width)
                sheet.line([None] * (width - 1) + ["计量单位：千元"])
                sheet.two_row_header(form.columns)
                for month, firm in reporters(firms, form.filed_by, year):
                    sheet.line(_finance_row(form, firm, month, (revenue[firm.uscc], research[firm.uscc])))


def _finance_row(form: FinanceForm, firm: Enterprise, month: Month, flows: tuple[Flows, Flows]) -> list[Cell]:
    earned, spent = (to_date(book, month) or 0 for book in flows)
    earned_before, spent_before = (to_date(book, month_before(month)) for book in flows)
    values: list[Cell] = [*form.values(_ratios(firm, month[0]), earned, spent)]
    research = 4 if form.code == "B203" else 1
    values.insert(research + 1, spent_before)
    return [firm.uscc, firm.name, form.month(month), earned, earned_before, *values]


def write_research(folder: Path, firms: list[Enterprise], books: Books) -> None:
    """107-2: one header row in which every column has another unit; the year stands in title and file name only."""
    for year, surveyed in books.surveyed.items():
        with workbook(folder / f"107-2_{year}年.xlsx") as file:
            sheet = Sheet(file, "107-2")
            sheet.title(f"企业研究开发活动及相关情况（107-2表）{year}年", 5)
            sheet.line(["单位：千元、人、个"])
            header = [f"{name};本年" for name in ("研究开发费用合计", "研究开发人员合计", "期末机构数")]
            sheet.line(["统一社会信用代码", "单位详细名称", *header])
            units = _research_units(firms, books, year)
            for firm in firms:
                if firm.uscc in surveyed:
                    spent = surveyed[firm.uscc]
                    sheet.line([firm.uscc, firm.name, spent, round(spent / 420), units.get(firm.uscc, 0)])


def _research_units(firms: list[Enterprise], books: Books, year: int) -> dict[str, int]:
    """期末机构数: the industrial enterprises that spend most on R&D have one, and so has every second IT service."""
    spent = books.surveyed[2024]
    ranked = sorted((f for f in firms if f.form == INDUSTRY), key=lambda f: (-spent[f.uscc], f.uscc))
    units = {firm.uscc: 1 + (spent[firm.uscc] > 12_000) for firm in ranked[: RESEARCH_UNITS[year]]}
    services = [f for f in firms if f.form == SERVICE and f.it_weight and books.surveyed[year].get(f.uscc)]
    return units | {firm.uscc: 1 for firm in services[::2]} | {services[0].uscc: 6}
