"""Checks across a plan: units are known, and what is added, divided or compared measures the same thing."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from xicen_kpi.plan.measure import (
    CountDistinctMeasure,
    CountMeasure,
    DoneMeasure,
    FirstOfMeasure,
    LatestMeasure,
    RatioMeasure,
    SumMeasure,
    TotalMeasure,
)
from xicen_kpi.plan.review import source_of
from xicen_kpi.plan.shape import known
from xicen_kpi.plan.source import CellType
from xicen_kpi.plan.units import known_units, normal_unit, same_kind

if TYPE_CHECKING:
    from xicen_kpi.plan.measure import Measure
    from xicen_kpi.plan.review import Review
    from xicen_kpi.plan.yaml_tree import Path


class Pure(Enum):
    """A result that has no unit of a column: how many, or what part of the whole."""

    COUNT = "count"
    SHARE = "share"


Dimension = str | Pure | None
"""The unit of a measure's result; None where it cannot be told."""

_COUNT_UNITS = ("家", "个", "人")


def check_units(review: Review) -> None:
    """Units of columns and indicators, and what the measures make of them."""
    for source_id, source in review.plan.sources.items():
        for name, column in source.columns.items():
            if column.type is CellType.NUMBER and column.unit is not None:
                _check_unit(review, column.unit, ("sources", source_id, "columns", name, "unit"))
    for indicator_id, indicator in review.plan.indicators.items():
        path: Path = ("indicators", indicator_id)
        if not _check_unit(review, indicator.unit, (*path, "unit")):
            continue
        _check_measure(review, indicator.measure, indicator.unit, (*path, "measure"))


def _check_unit(review: Review, unit: str, path: Path) -> bool:
    if unit in known_units():
        return True
    name = normal_unit(unit) or unit
    review.report("unit-undefined", path, unit=unit, **known(name, known_units()))
    return False


def _check_measure(review: Review, measure: Measure, unit: str, path: Path) -> None:
    """A measure gives the unit asked for, and so does each of its parts."""
    match measure:
        case FirstOfMeasure():
            for place, part in enumerate(measure.first_of):
                _check_measure(review, part, unit, (*path, "first_of", place))
        case TotalMeasure():
            for place, part in enumerate(measure.total):
                _check_measure(review, part, unit, (*path, "total", place))
        case RatioMeasure():
            of, to = (dimension(review, part) for part in (measure.ratio.of, measure.ratio.to))
            if of is not None and to is not None and not _alike(of, to):
                review.report_key("ratio-of-unlike-units", (*path, "ratio"), of=_name(of), to=_name(to))
            elif not same_kind(unit, "%"):
                review.report_key("unit-not-measured", (*path, "ratio"), unit=unit, measured="%")
        case _:
            found = dimension(review, measure)
            if found is not None and not _gives(found, unit):
                key = source_of(measure)[0]
                review.report("unit-not-measured", (*path, key), unit=unit, measured=_name(found))


def dimension(review: Review, measure: Measure) -> Dimension:
    """The unit of what a measure gives; None where a part of it is unknown, which is reported elsewhere."""
    match measure:
        case CountMeasure() | CountDistinctMeasure() | DoneMeasure():
            return Pure.COUNT
        case SumMeasure() | LatestMeasure():
            _, source_id, name = source_of(measure)
            source = review.plan.sources.get(source_id)
            column = source.columns.get(name) if source else None
            unit = column.unit if column and column.type is CellType.NUMBER else None
            return unit if unit in known_units() else None
        case RatioMeasure():
            return Pure.SHARE
        case TotalMeasure():
            return _common(review, measure.total)
        case FirstOfMeasure():
            return _common(review, measure.first_of)


def _common(review: Review, parts: tuple[Measure, ...]) -> Dimension:
    """The unit of the first part, if all others can be converted to it."""
    found = [dimension(review, part) for part in parts]
    first = found[0]
    return first if all(one is not None and first is not None and _alike(first, one) for one in found) else None


def _alike(one: str | Pure, other: str | Pure) -> bool:
    if isinstance(one, Pure) and isinstance(other, Pure):
        return one is other
    if isinstance(one, Pure):
        return isinstance(other, str) and _gives(one, other)
    return _gives(other, one)


def _gives(found: str | Pure, unit: str) -> bool:
    if found is Pure.COUNT:
        return any(same_kind(unit, one) for one in _COUNT_UNITS)
    return same_kind(unit, "%" if found is Pure.SHARE else str(found))


def _name(found: str | Pure) -> str:
    return {Pure.COUNT: "家", Pure.SHARE: "%"}[found] if isinstance(found, Pure) else found
