"""What was observed: a value with its trail, or the reason why there is none. No number without a trail."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xicen_kpi.plan.period import Month, Span
    from xicen_kpi.plan.values import Text


class Step(NamedTuple):
    """One question that went into a value.

    Attributes:
        source: Id of the source that was asked.
        column: Column that was added up or counted; None for a count of rows.
        value: The answer. [unit]
        unit: Its unit.
        rows: Rows that count and have a value.
        missing: Rows that count and have none.
        role: Where it stands in the formula: of, to, part 1, …; empty for a plain sum.
    """

    source: str
    column: str | None
    value: float
    unit: str
    rows: int
    missing: int
    role: str = ""


class Observation(NamedTuple):
    """A value at the end of a month.

    Attributes:
        value: The value. [unit]
        unit: Unit of the indicator.
        period: Months that it covers.
        trail: The steps that made it, never empty.
        label: Which way of measuring was used, where the plan offers several.
        basis: Number of that way, from 0; values of different bases are never compared.
        proxy: Whether that way stands in for a definition that is not available yet.
        numerator: Numerator of a ratio. [numerator_unit]
        denominator: Denominator of a ratio. [numerator_unit]
        numerator_unit: Unit of both sides of a ratio.
    """

    value: float
    unit: str
    period: Span
    trail: tuple[Step, ...]
    label: Text | None = None
    basis: int = 0
    proxy: bool = False
    numerator: float | None = None
    denominator: float | None = None
    numerator_unit: str | None = None

    @property
    def month(self) -> Month:
        """The month at whose end it holds."""
        return self.period.end


class NotObserved(NamedTuple):
    """Not computed, and why: a result, not an absence.

    Attributes:
        reason: Reason code, as in the JSON report.
        detail: Names that the reason is about, such as the source that is missing.
    """

    reason: str
    detail: Mapping[str, str]
