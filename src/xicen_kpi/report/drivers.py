"""Why a figure moved: by town and by industry, who came and who left, and the two sides of a ratio."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from xicen_kpi.analysis.comparable import comparable_growth
from xicen_kpi.analysis.contribution import SumChange, contributions, grouped
from xicen_kpi.analysis.ratio_effects import mix_change, ratio_change
from xicen_kpi.analysis.reasons import Reason
from xicen_kpi.plan.units import factor
from xicen_kpi.report.model import Contribution, DriversSection

if TYPE_CHECKING:
    from xicen_kpi.analysis.ratio_effects import Sides
    from xicen_kpi.engine.amounts import Amounts
    from xicen_kpi.engine.groups import Groups
    from xicen_kpi.report.behind import Behind
    from xicen_kpi.report.case import Case, Reasons

Dimension = Literal["town", "industry"]

NO_DRIVERS = DriversSection(
    numerator_pp=None,
    denominator_pp=None,
    within_pp=None,
    between_pp=None,
    continuing=None,
    entrants=None,
    exits=None,
    entered_pp=None,
    left_pp=None,
    restated_pp=None,
)


def group_contributions(case: Case, back: Behind | None, reasons: Reasons) -> tuple[Contribution, ...]:
    """What each town and each industry adds to a sum and to its growth on last year's own files."""
    if back is None or back.to is not None:
        reasons.given["contributions"] = "not_a_sum_of_enterprises"
        return ()
    scale = factor(back.of.now.unit, case.indicator.unit)
    found: list[Contribution] = []
    for dimension, group_of in _dimensions(back).items():
        now = grouped(back.of.now.amounts, group_of, "")
        then = grouped(back.of.last, group_of, "")
        change = contributions(then, now)
        found += [
            Contribution(
                dimension=dimension,
                group=one.key,
                value=one.now * scale,
                previous=one.base * scale if back.of.last else None,
                change_pp=None if isinstance(one.pull_pp, Reason) else one.pull_pp,
            )
            for one in sorted(change.items, key=lambda item: (-item.now, item.key))
        ]
    return tuple(found)


def _dimensions(back: Behind) -> dict[Dimension, Groups]:
    return {"town": back.profiles.towns, "industry": back.profiles.divisions}


def enterprise_change(back: Behind) -> SumChange | None:
    """The change of a sum, enterprise by enterprise; internal."""
    return None if back.of.before is None else contributions(back.of.before.amounts, back.of.now.amounts)


def drivers_of(case: Case, back: Behind | None, reasons: Reasons) -> DriversSection:
    """Effects behind the change on last year's own files."""
    if back is None or back.of.before is None:
        reasons.given["drivers"] = "no_last_year" if back else "not_from_enterprises"
        return NO_DRIVERS
    return _of_ratio(back) if back.to is not None else _of_sum(case, back)


def _of_sum(case: Case, back: Behind) -> DriversSection:
    change = enterprise_change(back)
    if change is None:
        return NO_DRIVERS
    scale = factor(back.of.now.unit, case.indicator.unit)
    entered = left = restated = None
    if back.of.stated is not None and back.of.before is not None:
        both = comparable_growth(back.of.now.total, back.of.stated.amounts, back.of.before.amounts)
        if not isinstance(both, Reason):
            entered, left, restated = both.entered_pp, both.left_pp, both.restated_pp
    return DriversSection(
        numerator_pp=None,
        denominator_pp=None,
        within_pp=None,
        between_pp=None,
        continuing=change.continuing * scale,
        entrants=change.entrants * scale,
        exits=change.exits * scale,
        entered_pp=entered,
        left_pp=left,
        restated_pp=restated,
    )


def _of_ratio(back: Behind) -> DriversSection:
    if back.to is None or back.to.before is None or back.of.before is None:
        return NO_DRIVERS
    sides = ratio_change((back.of.before.total, back.to.before.total), (back.of.now.total, back.to.now.total))
    mix = mix_change(
        _by_division(back, back.of.before.amounts, back.to.before.amounts),
        _by_division(back, back.of.now.amounts, back.to.now.amounts),
    )
    if isinstance(sides, Reason) or isinstance(mix, Reason):
        return NO_DRIVERS
    scale = factor(back.of.now.unit, back.to.now.unit) * 100
    return DriversSection(
        numerator_pp=sides.numerator * scale,
        denominator_pp=sides.denominator * scale,
        within_pp=mix.within * scale,
        between_pp=mix.between * scale,
        continuing=None,
        entrants=None,
        exits=None,
        entered_pp=None,
        left_pp=None,
        restated_pp=None,
    )


def _by_division(back: Behind, numerators: Amounts, denominators: Amounts) -> dict[str, Sides]:
    of, to = (grouped(side, back.profiles.divisions, "") for side in (numerators, denominators))
    return {key: (of.get(key, 0.0), to.get(key, 0.0)) for key in of.keys() | to.keys()}
