"""The trail of one figure: definition, formula, files, enterprises, and what would change it. Internal."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xicen_kpi.analysis.accuracy import backtest, mean_absolute_error
from xicen_kpi.analysis.observation import Observation
from xicen_kpi.analysis.ratio_effects import influence
from xicen_kpi.analysis.reasons import Reason
from xicen_kpi.analysis.steps import EnterpriseYear, costliest_shortfalls
from xicen_kpi.plan.model import Kind
from xicen_kpi.plan.units import factor
from xicen_kpi.report.behind import look_behind
from xicen_kpi.report.formula import formula_of
from xicen_kpi.report.watch import Watched, watch_list

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xicen_kpi.plan.model import OpenDecision
    from xicen_kpi.report.assessment import Assessment
    from xicen_kpi.report.behind import Behind, Side
    from xicen_kpi.report.case import Case
    from xicen_kpi.report.formula import Part
    from xicen_kpi.report.model import IndicatorReport
    from xicen_kpi.report.sources import SourceFile

TOP = 10
"""How many enterprises are named."""


@dataclass(frozen=True, slots=True)
class Enterprise:
    """One enterprise behind a figure; amounts in the unit of the explanation.

    Attributes:
        code: 统一社会信用代码.
        name: Name on the list.
        town: Town on the list.
        value: Amount now; None where it has not reported.
        share: Share of the whole, a fraction.
        previous: Amount in the same month of last year.
        pull_pp: What it adds to the growth of the whole, in percentage points.
    """

    code: str
    name: str
    town: str
    value: float | None
    share: float | None
    previous: float | None
    pull_pp: float | None


@dataclass(frozen=True, slots=True)
class Shortfall:
    """An enterprise whose own projected shortfall costs the whole most."""

    code: str
    name: str
    wanted: float
    projected: float
    amount: float


@dataclass(frozen=True, slots=True)
class MonthError:
    """How wrong year-end projections made at one month would have been; fractions, None without history."""

    month: int
    ours: float | None
    linear: float | None
    full_yoy: float | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything about one figure.

    Attributes:
        indicator: Its section of the report.
        parts: The formula's questions.
        amounts_unit: Unit of the enterprises' amounts.
        files: Files that it comes from.
        contributors: The largest enterprises.
        missing: Enterprises that have not reported (催报名单), the largest of last year first.
        shortfalls: Enterprises whose own shortfall costs most.
        watched: Enterprises near the 规上 threshold.
        without_largest: A ratio without its strongest enterprise, in the indicator's unit.
        largest_effect_pp: What that enterprise does to the ratio, in percentage points.
        decisions: Readings that would change the figure.
        errors: Back-test of the projection by month; of a ratio's numerator.
    """

    indicator: IndicatorReport
    parts: tuple[Part, ...]
    amounts_unit: str
    files: tuple[SourceFile, ...]
    contributors: tuple[Enterprise, ...]
    missing: tuple[Enterprise, ...]
    shortfalls: tuple[Shortfall, ...]
    watched: tuple[Watched, ...]
    without_largest: float | None
    largest_effect_pp: float | None
    decisions: tuple[OpenDecision, ...]
    errors: tuple[MonthError, ...]


def explain(found: Assessment, indicator_id: str, *, with_errors: bool = False) -> Explanation:
    """The trail of one indicator.

    Args:
        found: The assessment that holds it.
        indicator_id: Which one.
        with_errors: Whether to back-test the projection on the park's own history.

    Raises:
        KeyError: The assessment has no such indicator.
    """
    case = found.cases[indicator_id]
    section = next(one for one in found.report.indicators if one.id == indicator_id)
    back = look_behind(case)
    amounts_unit = "亿元" if back is not None and _is_money(back) else case.indicator.unit
    strongest = _strongest(case, back)
    return Explanation(
        indicator=section,
        parts=formula_of(case),
        amounts_unit=amounts_unit,
        files=_files(case, found),
        contributors=() if back is None else _largest(back.of, back, amounts_unit),
        missing=() if back is None else _missing(back, amounts_unit),
        shortfalls=() if back is None else _shortfalls(case, back, amounts_unit),
        watched=watch_list(case),
        without_largest=None if strongest is None else strongest[0],
        largest_effect_pp=None if strongest is None else strongest[1],
        decisions=case.indicator.decisions,
        errors=_errors(case) if with_errors else (),
    )


def _is_money(back: Behind) -> bool:
    return back.of.now.unit.endswith("元")


def _files(case: Case, found: Assessment) -> tuple[SourceFile, ...]:
    asked = {step.source for step in case.seen.trail} if isinstance(case.seen, Observation) else set()
    lists = {case.plan.sources[name].link for name in asked}
    return tuple(one for one in found.report.generated_from if one.source in asked or one.source in lists)


def _largest(side: Side, back: Behind, unit: str) -> tuple[Enterprise, ...]:
    scale = factor(side.now.unit, unit)
    before = side.last
    base = side.before.total if side.before else 0.0
    order = sorted(side.now.amounts.items(), key=lambda one: (-one[1], one[0]))[:TOP]
    return tuple(
        _enterprise(
            back,
            code,
            amount * scale,
            amount / side.now.total if side.now.total else None,
            before[code] * scale if code in before else None,
            100 * (amount - before.get(code, 0.0)) / base if base > 0 else None,
        )
        for code, amount in order
    )


def _enterprise(
    back: Behind, code: str, value: float | None, share: float | None, previous: float | None, pull: float | None
) -> Enterprise:
    who = back.profiles.get(code)
    return Enterprise(code, who.name if who else "", who.town if who else "", value, share, previous, pull)


def _missing(back: Behind, unit: str) -> tuple[Enterprise, ...]:
    side = back.frame
    scale = factor(side.now.unit, unit)
    last = side.last
    total = side.before.total if side.before else 0.0
    found = [
        _enterprise(
            back,
            code,
            None,
            last[code] / total if code in last and total else None,
            last[code] * scale if code in last else None,
            None,
        )
        for code in back.missing
    ]
    return tuple(sorted(found, key=lambda one: (-(one.previous or 0.0), one.code)))


def _shortfalls(case: Case, back: Behind, unit: str) -> tuple[Shortfall, ...]:
    """For a flow in its target's year: who is projected to stay furthest below its part of the target."""
    if case.kind is not Kind.FLOW or not case.in_target_year or case.target is None or back.of.before is None:
        return ()
    whole = case.observer.shares(back.of.measure, case.month.plus(-12).year_end)
    amounts: Mapping[str, float] = getattr(whole, "amounts", {})
    years = [
        EnterpriseYear(code, amount, back.of.before.amounts.get(code), amounts.get(code))
        for code, amount in back.of.now.amounts.items()
    ]
    # What is asked of those who have reported: the part of the target that last year fell to them, the missing counted.
    own, missing = (
        math.fsum(amounts.get(code, 0.0) for code in codes) for codes in (back.of.now.amounts, back.missing)
    )
    part = own / (own + missing) if own + missing > 0 else 1.0
    goal = case.target * part * factor(case.indicator.unit, back.of.now.unit)
    found = costliest_shortfalls(years, case.month.month, goal, limit=5)
    if isinstance(found, Reason):
        return ()
    scale = factor(back.of.now.unit, unit)
    return tuple(
        Shortfall(
            one.key,
            back.profiles[one.key].name if one.key in back.profiles else "",
            one.wanted * scale,
            one.projected * scale,
            one.amount * scale,
        )
        for one in found
    )


def _strongest(case: Case, back: Behind | None) -> tuple[float, float] | None:
    """A ratio without its strongest enterprise, and what that enterprise does to it in percentage points."""
    if back is None or back.to is None:
        return None
    scale = factor(back.of.now.unit, back.to.now.unit)
    units = {code: (back.of.now.amounts.get(code, 0.0) * scale, amount) for code, amount in back.to.now.amounts.items()}
    first = next(iter(influence(units)), None)
    if first is None or isinstance(first.without, Reason) or isinstance(first.effect, Reason):
        return None
    return first.without * factor("1", case.indicator.unit), first.effect * 100


def _errors(case: Case) -> tuple[MonthError, ...]:
    def mean(errors: tuple[float, ...]) -> float | None:
        found = mean_absolute_error(errors)
        return None if isinstance(found, Reason) else found

    years = case.past_numerator.years if case.kind is Kind.RATIO else case.past.years
    return tuple(
        MonthError(one.month, mean(one.ours), mean(one.linear), mean(one.full_yoy))
        for one in backtest(years)
        if one.ours
    )
