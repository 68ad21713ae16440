"""Checks across a plan: what is promised agrees with the plan's words, its period and its list of commitments."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from xicen_kpi.plan.measure import SumMeasure, TotalMeasure
from xicen_kpi.plan.model import Audience, Over
from xicen_kpi.plan.numerals import numbers_in
from xicen_kpi.plan.period import Month
from xicen_kpi.plan.shape import known
from xicen_kpi.plan.units import factor, same_kind
from xicen_kpi.plan.wording import plain

if TYPE_CHECKING:
    from xicen_kpi.plan.model import Commitment, Indicator, Target
    from xicen_kpi.plan.review import Review
    from xicen_kpi.plan.yaml_tree import Path

_ID = re.compile(r"([A-Z])([0-9]+)\.([0-9]+)\Z")


def check_promises(review: Review) -> None:
    """Targets, baselines and commitments."""
    carried = _carried(review)
    for indicator_id, indicator in review.plan.indicators.items():
        path: Path = ("indicators", indicator_id)
        if indicator.target is not None:
            _check_target(review, indicator, indicator.target, path)
        _check_ids(review, indicator, carried, path)
        if getattr(indicator.measure, "except_largest", 0) and indicator.audience is Audience.PUBLIC:
            review.report_key("largest-disclosed", path, name=indicator_id)
    for commitment_id, commitment in review.plan.commitments.items():
        _check_commitment(review, commitment, ("commitments", commitment_id))
    _check_gaps(review, carried)


def _check_target(review: Review, indicator: Indicator, target: Target, path: Path) -> None:
    here: Path = (*path, "target")
    _check_due(review, target.by, (*here, "by"))
    for month in target.milestones:
        if not Month.parse(month) < target.by:
            review.report("milestone-not-before-target", (*here, "milestones", month), month=month, by=str(target.by))
    if target.over is Over.PLAN and isinstance(indicator.measure, SumMeasure | TotalMeasure):
        review.report("flow-over-plan", (*here, "over"), name=indicator.name.zh)
    baseline = indicator.baseline
    if baseline is not None and baseline.end >= target.by:
        review.report("baseline-after-target", (*path, "baseline", "period"), baseline=str(baseline.period))
    if baseline is None and target.value is None and review.sound(*here):
        review.report_key("direction-without-baseline", here, direction=target.comparison)
    if target.value is not None and not promised(indicator.cite.quote, target.value, indicator.unit):
        shown = {"value": f"{target.value:g}", "quote": indicator.cite.quote}
        if review.sound(*path, "cite") and review.sound(*path, "unit"):
            review.report("target-not-in-quote", (*here, target.comparison), **shown)


def promised(quote: str, value: float, unit: str) -> bool:
    """Whether a quote holds a number, as it is or in a unit that converts to the given one."""
    for found in numbers_in(quote):
        if math.isclose(found.value, value):
            return True
        if found.unit and same_kind(found.unit, unit) and math.isclose(found.value * factor(found.unit, unit), value):
            return True
    return False


def _check_due(review: Review, month: Month, path: Path) -> None:
    span = review.plan.plan.period.span
    if not span.holds(month) and review.sound("plan", "period"):
        review.report("due-outside-plan", path, month=str(month), period=str(span))


def _check_commitment(review: Review, commitment: Commitment, path: Path) -> None:
    if commitment.due is not None:
        _check_due(review, commitment.due, (*path, "due"))
    _check_items(review, commitment, path)
    period = review.plan.plan.period
    for place, year in enumerate(commitment.yearly):
        if not period.start.year <= year <= period.end.year and review.sound("plan", "period"):
            review.report("due-outside-plan", (*path, "yearly", place), month=str(year), period=str(period.span))


def _check_items(review: Review, commitment: Commitment, path: Path) -> None:
    for place, item in enumerate(commitment.items):
        if plain(item) not in plain(commitment.cite.quote) and review.sound(*path, "cite"):
            review.report("item-not-in-quote", (*path, "items", place), item=item, quote=commitment.cite.quote)
    if commitment.items and commitment.total != len(commitment.items):
        review.report("total-not-items", (*path, "total"), total=commitment.total, items=len(commitment.items))


# -- commitments


def _carried(review: Review) -> list[str]:
    """Ids that an indicator with a number to reach carries itself, without an entry in the list of commitments."""
    carriers = [
        indicator
        for name, indicator in review.plan.indicators.items()
        if (indicator.target and indicator.target.value is not None) or not review.sound("indicators", name, "target")
    ]
    return [name for indicator in carriers for name in indicator.commitment if _ID.match(name)]


def _check_ids(review: Review, indicator: Indicator, carried: list[str], path: Path) -> None:
    """Every id that an indicator names is listed, or carried by an indicator with a number."""
    there = [*review.declared("commitments"), *carried]
    for place, name in enumerate(indicator.commitment):
        if name not in there:
            review.report("commitment-unknown", (*path, "commitment", place), name=name, **known(name, there))


def _check_gaps(review: Review, carried: list[str]) -> None:
    """Numbers within a section run on, and so do the sections: a gap is a commitment that was forgotten."""
    if not review.plan.commitments:
        return
    numbers: dict[tuple[str, int], set[int]] = {}
    for name in (*review.declared("commitments"), *carried):
        if matched := _ID.match(name):
            numbers.setdefault((matched[1], int(matched[2])), set()).add(int(matched[3]))
    for (letter, section), found in numbers.items():
        missing = [f"{letter}{section}.{n}" for n in range(min(found), max(found)) if n not in found]
        missing += [f"{letter}{section}.1"] if min(found) > 1 else []
        earlier = (letter, section - 1) in numbers or section <= 1
        missing += [] if earlier else [f"{letter}{section - 1}"]
        if missing:
            review.report_key("commitment-gap", ("commitments",), missing=missing[:10], count=len(missing))
