"""Months written as 2019.1: January, or October that has lost its zero; the other cells of the column decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xicen_kpi.plan.period import Month
from xicen_kpi.read.patterns import Pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_DOTTED = Pattern(r"((?:19|20|21)\d{2})\.(\d{1,2})\Z")
_SAMPLE = 50


def doubtful_months(cells: NDArray[Any] | Sequence[object]) -> dict[int, tuple[Month, ...]]:
    """Places of cells such as 2019.1 with what they may mean: October where 2019.01 stands elsewhere, else both."""
    if not are_dotted_months(cells):
        return {}
    texts = [_dotted_text(cell) for cell in cells]
    written = {text for text in texts if text}
    found: dict[int, tuple[Month, ...]] = {}
    for place, text in enumerate(texts):
        if text and text.endswith(".1"):
            year = int(text[:4])
            january, october = Month(year, 1), Month(year, 10)
            if f"{year}.01" in written:
                found[place] = (october,)
            elif any(f"{other}.01" in written for other in range(year - 3, year + 4)) or f"{year}.10" not in written:
                found[place] = (january, october)
    return found


def are_dotted_months(cells: NDArray[Any] | Sequence[object]) -> bool:
    """Whether a column holds months such as 2019.01, as text: 2019.10 and 2019.1 would be one number."""
    sample = [cell for cell in list(cells[:_SAMPLE]) if isinstance(cell, str) and cell.strip()]
    months = [int(found[2]) for cell in sample if (found := _DOTTED.match(cell.strip()))]
    return len(months) >= 2 and len(months) >= 0.9 * len(sample) and all(1 <= month <= 12 for month in months)


def _dotted_text(cell: object) -> str | None:
    return cell.strip() if isinstance(cell, str) and _DOTTED.match(cell.strip()) else None
