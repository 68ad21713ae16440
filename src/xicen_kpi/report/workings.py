"""The rows behind each figure, enterprise by enterprise, so that a colleague can recompute it. Internal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xicen_kpi.plan.units import factor
from xicen_kpi.report.behind import look_behind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xicen_kpi.report.assessment import Assessment
    from xicen_kpi.report.behind import Behind
    from xicen_kpi.report.case import Case


@dataclass(frozen=True, slots=True)
class WorkingLine:
    """One enterprise behind a figure.

    Attributes:
        code: 统一社会信用代码.
        name: Name on the list.
        town: Town on the list.
        division: 行业大类, two digits.
        of: Its amount, or its part of the numerator; None where it has none. [unit of the working]
        to: Its part of the denominator. [to_unit of the working]
        before: Its amount in the same months of last year's own files. [unit of the working]
    """

    code: str
    name: str
    town: str
    division: str
    of: float | None
    to: float | None
    before: float | None


@dataclass(frozen=True, slots=True)
class Working:
    """How a figure is made: sum(of) * factor, or sum(of) / sum(to) * factor.

    Attributes:
        unit: Unit of the amounts, or of the numerator's.
        to_unit: Unit of the denominator's; None for a sum.
        factor: What brings the result to the indicator's unit.
        lines: The enterprises, the largest first.
    """

    unit: str
    to_unit: str | None
    factor: float
    lines: tuple[WorkingLine, ...]


def workings_of(found: Assessment) -> Mapping[str, Working]:
    """The working of each indicator made of enterprises' amounts; none for the public."""
    if found.report.audience == "public":
        return {}
    behind = {name: look_behind(case) for name, case in found.cases.items()}
    return {name: _working(found.cases[name], back) for name, back in behind.items() if back is not None}


def _working(case: Case, back: Behind) -> Working:
    to = back.to
    of, below = dict(back.of.now.amounts.items()), dict(to.now.amounts.items()) if to else {}
    before = dict(back.of.last.items())
    codes = of.keys() | below.keys() | before.keys()
    scale = factor(back.of.now.unit, case.indicator.unit) if to is None else factor("1", case.indicator.unit)
    if to is not None:
        scale *= factor(back.of.now.unit, to.now.unit)
    lines = [_line(back, code, (of.get(code), below.get(code), before.get(code))) for code in codes]
    lines.sort(key=lambda one: (-(one.of or 0.0), -(one.to or 0.0), one.code))
    return Working(back.of.now.unit, None if to is None else to.now.unit, scale, tuple(lines))


def _line(back: Behind, code: str, amounts: tuple[float | None, float | None, float | None]) -> WorkingLine:
    who = back.profiles.get(code)
    if who is None:
        return WorkingLine(code, "", "", "", *amounts)
    return WorkingLine(code, who.name, who.town, who.division, *amounts)
