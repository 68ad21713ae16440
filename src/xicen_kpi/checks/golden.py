"""核对值: known values of an indicator that the plan declares, so that a definition cannot drift unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from xicen_kpi.analysis.observation import Observation
from xicen_kpi.checks.model import Rule, Suspicion
from xicen_kpi.errors import Location
from xicen_kpi.plan.period import Span
from xicen_kpi.words.checks_bilingual import Both
from xicen_kpi.words.findings import finding

if TYPE_CHECKING:
    from xicen_kpi.checks.material import Material
    from xicen_kpi.checks.model import Doubts


class Known(NamedTuple):
    """A known value."""

    indicator: str
    period: str
    value: float


def known_values(material: Material) -> list[Known]:
    """Every 核对值 of the plan."""
    return [
        Known(name, period, float(value))
        for name, indicator in material.plan.indicators.items()
        for period, value in indicator.expected.items()
    ]


def differs(material: Material, known: Known) -> Doubts:
    """The computed value against the known one, to the last decimal that the indicator shows."""
    indicator = material.plan.indicators[known.indicator]
    seen = material.observer.at(indicator, Span.parse(known.period).end)
    where = Location(field=f"indicators.{known.indicator}.expected.{known.period}")
    about = {"indicator": Both(indicator.name.zh, indicator.name.en), "period": known.period}
    about |= {"expected": f"{known.value:,.10g}", "unit": indicator.unit}
    if not isinstance(seen, Observation):
        yield Suspicion(finding("golden-figure-missing", where, **about))
    elif abs(seen.value - known.value) > 0.5 * 10.0**-indicator.decimals * (1 + 1e-9):
        about |= {"value": f"{seen.value:,.10g}", "difference": f"{seen.value - known.value:+,.4g}"}
        yield Suspicion(finding("golden-figure-differs", where, **about))


RULES = (Rule("golden-figure-differs", known_values, differs, "golden", whole=True),)
