"""Monthly amounts of every enterprise in whole 千元, scaled so that the park's totals come out."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from make import targets
from make.frame import SEED, Enterprise, Month
from make.trades import INDUSTRY, SERVICE

Flows = dict[Month, int]
Book = dict[str, Flows]  # by enterprise code
Weight = Callable[[Enterprise], float]
Monthly = dict[Month, float]


@dataclass(frozen=True, slots=True)
class Books:
    """Everything that the forms report: flows of the month by enterprise, 千元."""

    output: Book
    revenue: Book
    research: Book
    sales: Book
    surveyed: dict[int, dict[str, int]]


def one(_: Enterprise) -> float:
    """The weight of an enterprise that counts in full."""
    return 1.0


def total(book: Book, among: Iterable[Enterprise], weight: Weight = one) -> Monthly:
    """Weighted sum by month over the enterprises whose rows last to the end of the year on file."""
    found: dict[Month, list[float]] = {month: [] for month in targets.MONTHS}
    for firm in among:
        for month, value in book.get(firm.uscc, {}).items():
            if firm.lasts(month[0]):
                found[month].append(weight(firm) * value)
    return {month: math.fsum(values) for month, values in found.items()}


def rest(whole: Monthly, *parts: Monthly) -> Monthly:
    """What is left of a total month by month."""
    return {month: whole[month] - math.fsum(part[month] for part in parts) for month in whole}


class Maker:
    """Makes and scales the books; holds the random source, so that the order of calls fixes every number."""

    def __init__(self, firms: list[Enterprise]) -> None:
        self.firms = firms
        self.rng = random.Random(SEED + 1)

    def of(self, *segments: str) -> list[Enterprise]:
        """The enterprises of these segments."""
        return [firm for firm in self.firms if firm.segment in segments]

    def wobble(self, width: float) -> float:
        """A factor around one."""
        return 1 + width * (2 * self.rng.random() - 1)

    def scaled(self, raw: dict[str, Monthly], among: list[Enterprise], aim: Monthly, weight: Weight = one) -> Book:
        """Whole amounts whose weighted sum in every month is the aim, within rounding."""
        sums: dict[Month, list[float]] = {month: [] for month in targets.MONTHS}
        for firm in among:
            for month, value in raw[firm.uscc].items():
                if firm.lasts(month[0]):
                    sums[month].append(weight(firm) * value)
        factor = {month: aim[month] / math.fsum(values) for month, values in sums.items()}
        return {f.uscc: {m: round(value * factor[m]) for m, value in raw[f.uscc].items()} for f in among}

    def by_size(self, among: list[Enterprise], aim: Monthly, weight: Weight = one) -> Book:
        """Amounts by size of enterprise, its growth and the season."""
        raw: dict[str, Monthly] = {}
        for firm in among:
            grown = {2024: 1.0, 2025: firm.growth, 2026: firm.growth * firm.growth}
            raw[firm.uscc] = {
                month: firm.size * grown[month[0]] * targets.SEASON[month] * self.wobble(0.12)
                for month in targets.MONTHS
                if firm.reports(month)
            }
        return self.scaled(raw, among, aim, weight)

    def following(self, book: Book, among: list[Enterprise], aim: Monthly) -> Book:
        """Amounts that follow those of another book closely."""
        raw = {f.uscc: {m: value * self.wobble(0.03) for m, value in book[f.uscc].items()} for f in among}
        return self.scaled(raw, among, aim)

    def output(self) -> Book:
        """工业总产值 of all industrial enterprises."""
        chip, bio = self.of("industry_chip_ai"), self.of("industry_bio")
        book = self.by_size(chip, targets.spread(targets.LEADING_OUTPUT_CHIP_AI), lambda f: f.leading_weight)
        book |= self.by_size(bio, targets.spread(targets.LEADING_OUTPUT_BIO), lambda f: f.leading_weight)
        book |= self.by_size(self.of("industry_it"), targets.spread(targets.OTHER_IT_OUTPUT))
        book |= self.by_size(self.of("industry_composite"), targets.spread(targets.COMPOSITE_OUTPUT))
        left = rest(targets.spread(targets.OUTPUT), total(book, self.firms))
        return book | self.by_size(self.of("industry_other"), left)

    def industrial_revenue(self, output: Book) -> Book:
        """营业收入 of industry: in every segment the park's ratio of revenue to output."""
        revenue, whole = targets.spread(targets.INDUSTRY_REVENUE), targets.spread(targets.OUTPUT)
        book: Book = {}
        for segment in dict.fromkeys(firm.segment for firm in self.firms if firm.form == INDUSTRY):
            among = self.of(segment)
            sums = total(output, among)
            book |= self.following(output, among, {m: sums[m] * revenue[m] / whole[m] for m in sums})
        return book

    def service_revenue(self, industry: Book) -> Book:
        """营业收入 of services: the IT firms take what is left of IT, the others what is left of the sector."""
        book = self.by_size(self.of("flagship"), targets.spread(targets.FLAGSHIP_REVENUE))
        leading = (("service_chip_ai", targets.LEADING_SERVICE_CHIP_AI), ("service_bio", targets.LEADING_SERVICE_BIO))
        for segment, aim in leading:
            book |= self.by_size(self.of(segment), targets.spread(aim), lambda f: f.leading_weight)
        counted = total(industry | book, self.firms, lambda f: f.it_weight)
        left = rest(targets.spread(targets.IT_REVENUE), counted)
        book |= self.by_size(self.of("service_it"), left, lambda f: f.it_weight)
        left = rest(targets.spread(targets.SERVICE_REVENUE), total(book, self.firms))
        return book | self.by_size(self.of("service_other"), left)

    def research(self, revenue: Book) -> Book:
        """研发费用: the flagship's own, the rest by intensity."""
        among = [f for f in self.firms if f.form in {INDUSTRY, SERVICE} and f.segment != "flagship"]
        raw = {
            f.uscc: {m: value * f.research * self.wobble(0.2) for m, value in revenue[f.uscc].items()} for f in among
        }
        own = targets.spread(targets.FLAGSHIP_RESEARCH)
        book = self.scaled(raw, among, rest(targets.spread(targets.RESEARCH), own))
        return book | self.by_size(self.of("flagship"), own)

    def surveyed(self, research: Book) -> dict[int, dict[str, int]]:
        """研究开发费用合计 of form 107-2 by year: a little more than the expense in the accounts."""
        found: dict[int, dict[str, int]] = {}
        for year, whole in targets.SURVEYED_RESEARCH.items():
            own = round(targets.FLAGSHIP_SURVEYED[year] * targets.THOUSANDS)
            raw = {
                firm.uscc: sum(v for m, v in research[firm.uscc].items() if m[0] == year) * self.wobble(0.15)
                for firm in self.firms
                if firm.uscc in research and firm.segment != "flagship" and firm.reports((year, 12))
            }
            factor = (whole * targets.THOUSANDS - own) / math.fsum(raw.values())
            found[year] = {code: round(value * factor) for code, value in raw.items()}
            found[year] |= {firm.uscc: own for firm in self.of("flagship")}
        return found

    def sales(self) -> Book:
        """商品销售额 of the wholesalers."""
        book = self.by_size(self.of("wholesale_bio"), targets.spread(targets.BIO_WHOLESALE))
        return book | self.by_size(self.of("wholesale_other"), targets.spread(targets.OTHER_WHOLESALE))


def make_books(firms: list[Enterprise]) -> Books:
    """The books of the whole park."""
    maker = Maker(firms)
    output = maker.output()
    industry = maker.industrial_revenue(output)
    revenue = industry | maker.service_revenue(industry)
    research = maker.research(revenue)
    return Books(output, revenue, research, maker.sales(), maker.surveyed(research))


def year_before(book: Book, firms: list[Enterprise]) -> Book:
    """The same book with an invented 2023, which only the 上年 columns of 2024 show."""
    rng = random.Random(SEED + 2)
    found: Book = {}
    for firm in firms:
        flows = dict(book.get(firm.uscc, {}))
        for month in [m for m in flows if m[0] == 2024]:
            flows[2023, month[1]] = round(flows[month] / (1.0 + 0.08 * rng.random()))
        found[firm.uscc] = flows
    return found


def to_date(flows: Flows, month: Month) -> int | None:
    """1—本月: the year's flows to this month, nothing where the month has no row."""
    if month not in flows:
        return None
    return sum(value for (year, number), value in flows.items() if year == month[0] and number <= month[1])
