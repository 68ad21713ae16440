"""The tool against a slow oracle in plain Python, written from the definitions (docs/method.md), on random small parks.

The oracle knows lists and dicts, no frames; it reads no file and imports nothing of the package.
"""

from __future__ import annotations

import calendar
import math
import tempfile
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from small_plans import FIRMS, OUTPUT, Declaration, assessed, indicator, plan_of, source
from tables import CODES, csv_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

    from xicen_kpi.report.model import IndicatorReport

Month = tuple[int, int]

LAST: Month = (2026, 10)
DUE: Month = (2026, 12)
BASELINE: Month = (2024, 12)
PLAN_START: Month = (2025, 1)
KINDS = ("工业", "服务")
TAGS = ("", "", "集成电路", "集成电路(35%)", "人工智能", "集成电路(60%);人工智能(70%)")
CODES_OF_INDUSTRY = ("3973", "2710", "6513")
THOUSANDS = 100_000


def plus(month: Month, by: int) -> Month:
    number = month[0] * 12 + month[1] - 1 + by
    return number // 12, number % 12 + 1


def between(first: Month, last: Month) -> int:
    """Months from one to the other."""
    return (last[0] - first[0]) * 12 + last[1] - first[1]


# -- a random park


@dataclass
class Stay:
    """One line of the enterprise list."""

    firm: str
    kind: str
    industry: str
    tags: str
    joined: date | None
    left: date | None

    def holds(self, month: Month) -> bool:
        """Entered by the end of the month, and there on its last day."""
        end = date(*month, calendar.monthrange(*month)[1])
        return (self.joined is None or self.joined <= end) and (self.left is None or end <= self.left)

    def share(self, groups: set[str]) -> float:
        """Tags first; a firm without any tag by its class."""
        if not self.tags:
            return 1.0 if self.industry == "3973" and "集成电路" in groups else 0.0
        found = {}
        for tag in self.tags.split(";"):
            name, _, rest = tag.partition("(")
            found[name] = float(rest.rstrip("%)")) / 100 if rest else 1.0
        return min(1.0, sum(found.get(name, 0.0) for name in groups))

    def least_in_chips(self) -> float:
        """What tag and whole class agree on; without a tag what the class says."""
        return min(self.share({"集成电路"}), float(self.industry == "3973"))

    def most_in_chips(self) -> float:
        """What the tag or any class of the group says, whichever is more."""
        return max(self.share({"集成电路"}), float(self.industry in ("3973", "6513")))


@dataclass
class Park:
    """Enterprises, their rows (output and research, this year's and last year's), and a ledger."""

    stays: list[Stay]
    rows: dict[tuple[str, Month], dict[str, int | None]]
    ledger: list[tuple[str, date | None, bool]]
    months: set[Month] = field(default_factory=set)

    def stay(self, firm: str, month: Month) -> Stay | None:
        return next((one for one in self.stays if one.firm == firm and one.holds(month)), None)


def a_day(random: Random, first: int, last: int) -> date:
    year = random.randint(first, last)
    month = random.randint(1, 12)
    return date(year, month, random.choice((1, 15, calendar.monthrange(year, month)[1])))


def a_park(seed: int) -> Park:
    random = Random(seed)  # noqa: S311 -- a repeatable draw
    stays = []
    for firm in random.sample(sorted(CODES), random.randint(2, 5)):
        joined = random.choice((None, a_day(random, 2023, 2026)))
        left = random.choice((None, None, a_day(random, 2025, 2026)))
        if left is not None and joined is not None and left < joined:
            left = None
        stays.append(a_stay(random, firm, joined, left))
        if left is not None and random.random() < 0.5:
            stays.append(a_stay(random, firm, date.fromordinal(left.toordinal() + 1), None))
    rows = {}
    gaps = random.choice((0.0, 0.0, 0.1))
    for firm in sorted({one.firm for one in stays}):
        for year in (2023, 2024, 2025, 2026)[random.randint(0, 2) :]:
            level = random.choice((0, random.randint(1, 400)))
            for month in range(2, 13):
                if (year, month) <= LAST and random.random() >= gaps:
                    rows[firm, (year, month)] = cells(random, level * month)
    ledger = [
        (random.choice("abcdefgh"), random.choice((None, a_day(random, 2024, 2026))), random.random() < 0.7)
        for _ in range(random.randint(0, 12))
    ]
    return Park(stays, rows, ledger, {month for _, month in rows})


def a_stay(random: Random, firm: str, joined: date | None, left: date | None) -> Stay:
    return Stay(firm, random.choice(KINDS), random.choice(CODES_OF_INDUSTRY), random.choice(TAGS), joined, left)


def cells(random: Random, around: int) -> dict[str, int | None]:
    def cell(mean: int, empty: float) -> int | None:
        return None if random.random() < empty else random.randint(mean * 9 // 10, mean * 11 // 10) * 1000

    return {
        "output": cell(around, 0.05),
        "output_last": cell(around, 0.5),
        "research": cell(around // 10, 0.05),
    }


# -- the same park as files


def write(park: Park, folder: Path, pieces: int = 1) -> None:
    stays = [["代码", "类别", "行业", "标签", "入园", "离园"]]
    for one in park.stays:
        days = [day.isoformat() if day else "" for day in (one.joined, one.left)]
        stays.append([CODES[one.firm], one.kind, one.industry, one.tags, *days])
    (folder / "名录.csv").write_bytes(csv_bytes(stays))
    header = ["代码", "报告期", "累计产值", "上年累计产值", "研发"]
    rows: list[list[Any]] = []
    for (firm, (year, month)), own in park.rows.items():
        rows.append([CODES[firm], f"{year}-{month:02d}", own["output"], own["output_last"], own["research"]])
    for piece in range(pieces):
        (folder / f"产值{piece}.csv").write_bytes(csv_bytes([header, *rows[piece::pieces]]))
    entries = [["名称", "日期", "在园"]]
    for name, day, inside in park.ledger:
        entries.append([name, day.isoformat() if day else "", "是" if inside else "否"])
    (folder / "台账.csv").write_bytes(csv_bytes(entries))


THOUSAND: Declaration = {"type": "number", "unit": "千元", "counts": "year_to_date"}
FORM = source(
    OUTPUT,
    link="firms",
    columns={
        "output": {**THOUSAND, "header": "累计产值", "last_year": "output_last"},
        "output_last": {**THOUSAND, "header": "上年累计产值"},
        "research": {**THOUSAND, "header": "研发"},
    },
)
LEDGER: Declaration = {
    "title": "台账",
    "files": "台账*",
    "frequency": "ledger",
    "key": "name",
    "dated": "day",
    "columns": {
        "name": {"header": "名称"},
        "day": {"header": "日期", "type": "date"},
        "inside": {"header": "在园"},
    },
}
GROUPS = {
    "chips": {"name": "集成电路", "basis": "x", "whole": ["3973"], "part": ["6513"]},
    "robots": {"name": "人工智能", "basis": "x"},
}
IN_PARK = {"in_park": True}
INDUSTRY = {"in_park": True, "kind": "工业"}
LEADING = {"in_park": True, "group": ["chips", "robots"]}
CHIPS = {"in_park": True, "group": "chips"}


def sum_of(where: Declaration, column: str = "output") -> Declaration:
    return {"sum": f"output.{column}", "where": where}


def declared(target: float, base: float) -> dict[str, Declaration]:
    """The indicators of the park; targets and baselines scaled alike."""
    by = {"by": "2026-12"}
    since = {"period": "2024-12", "source": "名录"}
    share = {"unit": "%", "target": {"at_least": 100 * target, **by}, "baseline": {"value": 100 * base, **since}}
    return {
        "flow": indicator(measure=sum_of(INDUSTRY), target={"at_least": 5 * target, **by}),
        "ceiling": indicator(measure=sum_of(IN_PARK), target={"at_most": 10 * target, **by}),
        "weighted": indicator(measure=sum_of(LEADING), target={"at_least": 5 * target, **by}),
        "share": indicator(measure={"ratio": {"of": sum_of(CHIPS), "to": sum_of(IN_PARK)}}, **share),
        "intensity": indicator(measure={"ratio": {"of": sum_of(IN_PARK, "research"), "to": sum_of(IN_PARK)}}, **share),
        "entries": indicator(
            measure={"done": "ledger", "where": {"inside": True}},
            unit="个",
            target={"at_least": round(8 * target) + 1, "over": "plan", **by},
        ),
        "members": indicator(
            measure={"count": "firms", "where": {"kind": "工业"}},
            unit="家",
            target={"at_least": round(6 * target) + 1, **by},
            baseline={"value": round(4 * base), **since},
        ),
    }


# -- the oracle


@dataclass
class Answer:
    """What the definitions say; None where there is nothing."""

    status: str = "not_assessable"
    value: float | None = None
    end: Month | None = None
    gap: float | None = None
    completion: float | None = None
    linear: float | None = None
    seasonal: float | None = None
    per_month: float | None = None
    required_growth: float | None = None
    numerator: float | None = None
    growth: float | None = None
    final_growth: float | None = None
    change_pp: float | None = None
    projection: float | None = None


def by_firm(park: Park, month: Month, column: str, weight: Callable[[Stay], float]) -> dict[str, float]:
    """Amount of each member of the month that has one, times its share, in 千元."""
    amounts = {}
    for (firm, at), own in park.rows.items():
        stay, amount = park.stay(firm, month), own[column]
        if at == month and stay is not None and amount is not None and weight(stay) > 0:
            amounts[firm] = amount * weight(stay)
    return amounts


def a_sum(park: Park, month: Month, column: str, weight: Callable[[Stay], float]) -> float | None:
    """Sum over the members of the month, in 亿元; None where no row that counts has a value."""
    amounts = by_firm(park, month, column, weight)
    return math.fsum(amounts.values()) / THOUSANDS if amounts else None


def too_few(park: Park, month: Month, weight: Callable[[Stay], float]) -> bool:
    """Whether less than half of last year's value has reported: of members that did a month ago, or do now."""
    now, last = by_firm(park, month, "output", weight), by_firm(park, plus(month, -12), "output", weight)
    back = plus(month, -1 if month[1] > 2 else -2)
    earlier = {firm for firm in by_firm(park, back, "output", weight) if park.stay(firm, month)}
    due = sum(last.get(firm, 0) for firm in earlier | now.keys())
    return due > 0 and sum(last.get(firm, 0) for firm in now) / due < 0.5


def one_if(kind: str) -> Callable[[Stay], float]:
    return lambda stay: 1.0 if stay.kind == kind else 0.0


def share_in(*groups: str) -> Callable[[Stay], float]:
    return lambda stay: stay.share(set(groups))


def whole(_: Stay) -> float:
    return 1.0


def latest(value_at: Callable[[Month], float | None], as_of: Month) -> Month | None:
    """The month asked about, or the last before it that has a value; January is not answered."""
    if as_of[1] == 1:
        return None
    return next((plus(as_of, -back) for back in range(36) if value_at(plus(as_of, -back)) is not None), None)


def years_before(value_at: Callable[[Month], float | None], year: int) -> list[list[float]]:
    """Complete years right before a year, as twelve increments, oldest first."""
    found: list[list[float]] = []
    for earlier in range(year - 1, year - 7, -1):
        cumulative = [value_at((earlier, month)) for month in range(2, 13)]
        if any(one is None for one in cumulative):
            break
        known = [0.0, 0.0, *(one or 0.0 for one in cumulative)]
        found.insert(0, [later - sooner for sooner, later in pairwise(known)])
    return found


def season(history: list[list[float]], month: int) -> float | None:
    usable = [year for year in history[-3:] if sum(year) > 1e-9 * max(map(abs, year))]
    return sum(sum(year[:month]) / sum(year) for year in usable) / len(usable) if usable else None


def projected(ytd: float, month: int, history: list[list[float]]) -> float | None:
    """Mean of damped year-on-year and seasonal share; one year: the first; none: twelve such months from March on."""
    if month == 12:
        return ytd
    usable = [year for year in history if sum(year) > 1e-9 * max(map(abs, year))]
    if usable and sum(usable[-1][:month]) > 1e-9 * max(map(abs, usable[-1])):
        last = usable[-1]
        damped = ytd + sum(last[month:]) * math.sqrt(ytd / sum(last[:month]))
        share = season(usable, month) if len(usable) > 1 else None
        return (damped + ytd / share) / 2 if share else damped
    return 12 * ytd / month if month >= 3 else None


def same(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)


def met(value: float, target: float, direction: int) -> bool:
    return direction * (value - target) >= 0 or same(value, target)


def cut(score: float, upper: float, lower: float) -> str:
    if score >= upper - 1e-9:
        return "on_track"
    return "at_risk" if score >= lower - 1e-9 else "off_track"


def flow(park: Park, as_of: Month, target: float, direction: int, weight: Callable[[Stay], float]) -> Answer:
    def value_at(month: Month) -> float | None:
        return a_sum(park, month, "output", weight)

    end = latest(value_at, as_of)
    if end is None:
        return Answer()
    value, (year, month) = value_at(end) or 0.0, end
    stated, final = a_sum(park, end, "output_last", weight), value_at(plus(end, -12))
    base = final if stated is None else stated
    found = Answer(value=value, end=end, growth=grown(value, base), final_growth=grown(value, final))
    if year == 2026 or month == 12:
        found.gap, found.completion = direction * (target - value), value / target
    if year < 2026 or between(end, as_of) > 2 or too_few(park, end, weight):
        return found
    history = years_before(value_at, year)
    found.linear, found.seasonal = month / 12, season(history, month)
    found.projection = projected(value, month, history)
    found.per_month = max(target - value, 0) / (12 - month)
    if history and sum(history[-1][month:]) > 0:
        found.required_growth = max(target - value, 0) / sum(history[-1][month:]) - 1
    if direction == 1 and met(value, target, 1):
        found.status = "achieved"
    elif direction == -1 and not met(value, target, -1):
        found.status = "missed"
    elif found.projection is not None:
        found.status = cut(1 + direction * (found.projection / target - 1), 1.0, 0.95)
    return found


def grown(value: float, base: float | None) -> float | None:
    return value / base - 1 if base is not None and base > 0 else None


def level(found: Answer, as_of: Month, target: float, base: float, *, may_fall: bool) -> Answer:
    """State and gap of something that is read off at a date, since a baseline at the end of 2024."""
    value, end = found.value, found.end
    if value is None or end is None:
        return found
    found.gap, found.completion = target - value, value / target
    if end < PLAN_START or between(end, as_of) > 2:
        return found
    if met(value, target, 1):
        found.status = "on_track" if may_fall else "achieved"
    elif end >= DUE:
        found.status = "missed"
    elif met(base, target, 1):
        found.status = "lapsed"
    else:
        progress = (value - base) / (target - base)
        rate = progress / (between(BASELINE, end) / between(BASELINE, DUE))
        found.status = cut(rate, 0.95, 0.60) if rate >= -1e-9 else "deteriorating"
    if not may_fall and not met(base, target, 1):
        found.projection = value + (value - base) / between(BASELINE, end) * between(end, DUE)
    return found


def ratio(park: Park, as_of: Month, target: float, base: float, of: tuple[str, Callable[[Stay], float]]) -> Answer:
    def side(which: str, weight: Callable[[Stay], float]) -> Callable[[Month], float | None]:
        return lambda month: a_sum(park, month, which, weight)

    top, bottom = side(*of), side("output", whole)

    def value_at(month: Month) -> float | None:
        over, under = top(month), bottom(month)
        return None if over is None or not under else 100 * over / under

    end = latest(value_at, as_of)
    if end is None:
        return Answer()
    value, few = value_at(end) or 0.0, too_few(park, end, whole)
    found = Answer(value=value, end=end, gap=target - value, completion=value / target)
    if not few:
        found = level(found, as_of, target, base, may_fall=True)
    before = value_at(plus(end, -12))
    if of[0] == "output":
        stated = (a_sum(park, end, "output_last", of[1]), a_sum(park, end, "output_last", whole))
        if stated[0] is not None and stated[1]:
            before = 100 * stated[0] / stated[1]
    found.change_pp = None if before is None else value - before
    if end >= PLAN_START and between(end, as_of) <= 2 and not few:
        found.numerator = max(target / 100 * (bottom(end) or 0) - (top(end) or 0), 0)
        if end[0] == 2026:
            found.projection = both_sides(value_at, top, bottom, end)
    return found


def both_sides(
    value_at: Callable[[Month], float | None],
    top: Callable[[Month], float | None],
    bottom: Callable[[Month], float | None],
    end: Month,
) -> float | None:
    """Each side over the years in which the ratio itself is whole, then divided."""

    def where_ratio(side: Callable[[Month], float | None]) -> Callable[[Month], float | None]:
        return lambda month: None if value_at(month) is None else side(month)

    ends = [projected(side(end) or 0.0, end[1], years_before(where_ratio(side), end[0])) for side in (top, bottom)]
    return None if ends[0] is None or not ends[1] else 100 * ends[0] / ends[1]


def entries(park: Park, as_of: Month, target: float) -> Answer:
    first: dict[str, tuple[date | None, bool]] = {}
    for name, day, inside in sorted(park.ledger, key=lambda entry: entry[1] or date.max):
        first.setdefault(name, (day, inside))
    names = [
        name
        for name, (day, inside) in first.items()
        if inside and day is not None and PLAN_START <= (day.year, day.month) <= as_of
    ]
    found = level(Answer(value=float(len(names)), end=as_of), as_of, target, 0.0, may_fall=False)
    if as_of >= PLAN_START:
        found.linear = between(BASELINE, as_of) / 24
        found.per_month = max(target - len(names), 0) / between(as_of, DUE) if as_of < DUE else None
    return found


def members(park: Park, as_of: Month, target: float, base: float) -> Answer:
    def count(month: Month) -> int:
        return sum(one.kind == "工业" and one.holds(month) for one in park.stays)

    found = level(Answer(value=float(count(as_of)), end=as_of), as_of, target, base, may_fall=False)
    found.growth = found.final_growth = grown(count(as_of), count(plus(as_of, -12)))
    if as_of >= PLAN_START:
        found.per_month = max(target - count(as_of), 0) / between(as_of, DUE) if as_of < DUE else None
    return found


def oracle(park: Park, as_of: Month, plan: dict[str, Declaration]) -> dict[str, Answer]:
    goal = {name: float(one["target"].get("at_least", one["target"].get("at_most"))) for name, one in plan.items()}
    base = {name: float(one["baseline"]["value"]) for name, one in plan.items() if "baseline" in one}
    return {
        "flow": flow(park, as_of, goal["flow"], 1, one_if("工业")),
        "ceiling": flow(park, as_of, goal["ceiling"], -1, whole),
        "weighted": flow(park, as_of, goal["weighted"], 1, share_in("集成电路", "人工智能")),
        "share": ratio(park, as_of, goal["share"], base["share"], ("output", share_in("集成电路"))),
        "intensity": ratio(park, as_of, goal["intensity"], base["intensity"], ("research", whole)),
        "entries": entries(park, as_of, goal["entries"]),
        "members": members(park, as_of, goal["members"], base["members"]),
    }


# -- the two side by side


def said(one: IndicatorReport) -> Answer:
    end = None if one.period is None else tuple(map(int, one.period.end.split("-")))
    return Answer(
        one.status,
        one.value,
        end,  # type: ignore[arg-type]
        one.gap,
        one.completion,
        one.elapsed.linear,
        one.elapsed.seasonal,
        one.required.per_month,
        one.required.growth,
        one.required.numerator,
        one.growth,
        one.previous.final_growth,
        one.change_pp,
        one.projection.value,
    )


MONTHS = [plus((2024, 6), step) for step in range(between((2024, 6), LAST) + 3)]


SEEDS = st.integers(0, 2**32 - 1)
AS_OF = st.one_of(st.sampled_from(MONTHS), st.sampled_from(MONTHS[-12:]))


def report_of(park: Park, plan: dict[str, Declaration], as_of: Month, pieces: int = 1) -> dict[str, IndicatorReport]:
    with tempfile.TemporaryDirectory() as folder:
        write(park, Path(folder), pieces)
        sources = {"firms": FIRMS, "output": FORM, "ledger": LEDGER}
        found = assessed(plan_of(plan, sources, groups=GROUPS), Path(folder), f"{as_of[0]}-{as_of[1]:02d}")
    return {one.id: one for one in found.report.indicators}


@given(
    seed=SEEDS,
    as_of=AS_OF,
    target=st.sampled_from((0.05, 0.3, 0.5, 0.8, 1.0, 1.1, 2.0)),
    base=st.sampled_from((0.0, 0.04, 0.3, 0.5, 0.9)),
)
@example(seed=3978, as_of=(2026, 2), target=0.05, base=0.0)  # a year whose months cancel each other but for rounding
@settings(max_examples=60, deadline=None)
def test_the_tool_agrees_with_the_definitions(seed: int, as_of: Month, target: float, base: float) -> None:
    park, plan = a_park(seed), declared(target, base)
    expected = oracle(park, as_of, plan)
    for name, one in report_of(park, plan, as_of).items():
        ours, theirs = vars(said(one)), vars(expected[name])
        for key, value in theirs.items():
            if isinstance(value, float):
                assert ours[key] == pytest.approx(value, rel=1e-9, abs=1e-9), f"{name}: {key}"
            else:
                assert ours[key] == value, f"{name}: {key}"


@given(seed=SEEDS, as_of=AS_OF)
@settings(max_examples=20, deadline=None)
def test_a_group_lies_between_what_each_enterprise_is_at_least_and_at_most(seed: int, as_of: Month) -> None:
    park = a_park(seed)
    one = report_of(park, declared(0.5, 0.3), as_of)["share"]
    if one.value is None or one.period is None:
        return
    year, month = map(int, one.period.end.split("-"))
    at, all_of_it = (year, month), a_sum(park, (year, month), "output", whole) or math.nan
    low, high = (
        100 * (a_sum(park, at, "output", weight) or 0.0) / all_of_it
        for weight in (Stay.least_in_chips, Stay.most_in_chips)
    )
    assert (one.bounds.low, one.bounds.high) == (pytest.approx(low), pytest.approx(high))
    assert low <= one.value * (1 + 1e-9)
    assert one.value <= high * (1 + 1e-9)


# -- what must not matter, and what must matter in proportion


@given(seed=SEEDS, as_of=AS_OF, pieces=st.integers(2, 5))
@settings(max_examples=15, deadline=None)
def test_neither_files_nor_order_matter(seed: int, as_of: Month, pieces: int) -> None:
    park, plan = a_park(seed), declared(0.5, 0.3)
    backwards = Park(park.stays, dict(reversed(park.rows.items())), park.ledger)
    whole = report_of(park, plan, as_of)
    assert report_of(park, plan, as_of, pieces) == whole
    assert report_of(backwards, plan, as_of) == whole


@given(seed=SEEDS, as_of=AS_OF)
@settings(max_examples=15, deadline=None)
def test_who_is_not_on_the_list_does_not_matter(seed: int, as_of: Month) -> None:
    park, plan = a_park(seed), declared(0.5, 0.3)
    listed = {one.firm for one in park.stays}
    huge: dict[str, int | None] = {"output": 10**9, "output_last": 10**9, "research": 10**9}
    strangers = {(firm, LAST): huge for firm in {*CODES} - listed}
    if LAST in park.months:
        crowded = Park(park.stays, park.rows | strangers, park.ledger)
        assert report_of(crowded, plan, as_of) == report_of(park, plan, as_of)


@given(seed=SEEDS, as_of=AS_OF)
@settings(max_examples=15, deadline=None)
def test_eight_times_the_amounts_is_eight_times_the_flows_and_the_same_ratios(seed: int, as_of: Month) -> None:
    park, plan = a_park(seed), declared(0.5, 0.3)
    grown_park = Park(
        park.stays,
        {
            key: {name: None if amount is None else 8 * amount for name, amount in own.items()}
            for key, own in park.rows.items()
        },
        park.ledger,
    )
    grown_plan = {name: {**one, "target": dict(one["target"])} for name, one in plan.items()}
    for name in ("flow", "ceiling", "weighted"):
        for key in {"at_least", "at_most"} & grown_plan[name]["target"].keys():
            grown_plan[name]["target"][key] *= 8
    small, large = report_of(park, plan, as_of), report_of(grown_park, grown_plan, as_of)
    for name, one in small.items():
        other = large[name]
        times = 8 if one.kind == "flow" else 1
        assert (other.status, other.growth, other.completion) == (one.status, one.growth, one.completion)
        for ours, theirs in (
            (one.value, other.value),
            (one.gap, other.gap),
            (one.projection.value, other.projection.value),
        ):
            assert theirs == (None if ours is None else pytest.approx(times * ours, rel=1e-12)), name
