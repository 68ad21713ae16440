"""A unit that the numbers contradict: the same enterprises ten, a thousand or ten thousand times as large elsewhere."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from xicen_kpi.errors import Finding, Location
from xicen_kpi.plan.source import CellType, Counts
from xicen_kpi.read.table import PERIOD
from xicen_kpi.words.findings import finding

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from xicen_kpi.plan.source import Source
    from xicen_kpi.read.table import Provenance

LOOKED_AT = 120
"""Rows of a table that are looked at."""
_LEAST = 5
"""Enterprises that two tables must share."""
_POWERS, _WIDTH = (1, 3, 4), 0.2
"""A median ratio this near to 10, 1000 or 10000 (in powers of ten) is a unit, not growth."""
_CERTAINTY = ("metadata", "header", "row", "cell", "value", "title", "sheet", "file_name", "declared")


class _Amounts(NamedTuple):
    """What a few enterprises have in one column of one table, by the month for cumulative amounts."""

    trail: Provenance
    header: str
    by_code: dict[str, float]

    @property
    def doubt(self) -> int:
        """How indirect the unit is."""
        unit = self.trail.units.get(self.header)
        return _CERTAINTY.index(unit.unit_from) if unit else len(_CERTAINTY)


@dataclass(slots=True)
class UnitWatch:
    """Compares the tables of one source with one another.

    Attributes:
        source: The source.
    """

    source: Source
    _seen: dict[str, list[_Amounts]] = field(default_factory=dict)

    def look_at(
        self, frame: pd.DataFrame, headers: Mapping[str, str], trail: Provenance, codes: Sequence[str] | None = None
    ) -> None:
        """Notes the amounts of a table's first rows.

        Args:
            frame: The rows.
            headers: The table's headers, by column of the plan.
            trail: Its trail.
            codes: The codes of the first rows' enterprises, where the frame does not hold them.
        """
        if self.source.enterprise is None or frame.empty:
            return

        def first(name: str) -> NDArray[Any]:
            return frame[name].to_numpy()[:LOOKED_AT]

        names = first(self.source.enterprise).tolist() if codes is None else codes
        months = (first(PERIOD) % 12 + 1).tolist() if PERIOD in frame else [1] * len(names)
        for name in self.source.columns_by_type.get(CellType.NUMBER, []):
            header = headers.get(name)
            if header is None:
                continue
            share = self.source.columns[name].counts is Counts.YEAR_TO_DATE
            amounts = {
                code: value / (month if share else 1)
                for code, month, value in zip(names, months, first(name).tolist(), strict=True)
                if value > 0
            }
            self._seen.setdefault(name, []).append(_Amounts(trail, header, amounts))

    def findings(self) -> list[Finding]:
        """Tables that are out of line with the other tables of the source."""
        told: list[Finding] = []
        for tables in self._seen.values():
            ratios = [(table, self._ratio(table, tables)) for table in tables]
            odd = [(table, ratio) for table, ratio in ratios if ratio is not None]
            if len(odd) == len(tables) == 2:
                odd = [max(odd, key=lambda pair: (pair[0].doubt, pair[1]))]
            for table, ratio in odd:
                unit = table.trail.units.get(table.header)
                where = Location(table.trail.path, sheet=table.trail.sheet, field=table.header)
                told.append(finding("unit-contradicted", where, times=f"{ratio:g}", unit=unit.unit if unit else ""))
        return told

    @staticmethod
    def _ratio(table: _Amounts, tables: list[_Amounts]) -> float | None:
        """How many times as large a table is as the others, if that is the ratio of two units."""
        others = [other.by_code for other in tables if other is not table]
        ratios = [
            math.log10(value / _median(elsewhere))
            for code, value in table.by_code.items()
            if (elsewhere := [other[code] for other in others if code in other])
        ]
        if len(ratios) < _LEAST:
            return None
        middle = _median(ratios)
        near = next((power for power in _POWERS if abs(abs(middle) - power) <= _WIDTH), None)
        return None if near is None else 10.0 ** math.copysign(near, middle)


def _median(values: list[float]) -> float:
    """As `statistics.median`, without its questions after the kind of number: it is asked for every enterprise."""
    values.sort()
    half = len(values) // 2
    return values[half] if len(values) % 2 else (values[half - 1] + values[half]) / 2
