"""Which months of a large source keep their enterprises; of the others only totals are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from xicen_kpi.engine.question import Ask

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from xicen_kpi.engine.question import Question

BACK = (0, 1, 2, 12)
"""A figure is looked at beside its month before (two before in February) and the same month a year before."""


@dataclass(frozen=True)
class Detail:
    """What is kept.

    Attributes:
        months: Months whose enterprises are kept, as ordinals; None for every month.
        every: Questions for which all months are kept.
        small: Whether chunks of a few rows let the other months go as well.
    """

    months: frozenset[int] | None = None
    every: frozenset[Question] = frozenset()
    small: bool = False

    @classmethod
    def around(cls, months: Iterable[int], every: Iterable[Question] = (), more: Iterable[int] = ()) -> Detail:
        """What figures at some months need; `more` are months that are looked at by themselves."""
        return cls(frozenset(more).union(month - back for month in months for back in BACK), frozenset(every))

    def lets_go(self, question: Question) -> bool:
        """Whether totals do for a question in other months: for a sum by enterprise, not for what a ledger holds."""
        return (
            self.months is not None and question.ask is Ask.SUM and len(question.by) == 1 and question not in self.every
        )

    def keeps(self, months: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which rows keep their enterprise."""
        if self.months is None:
            return np.ones(len(months), dtype=np.bool_)
        low, high = int(months.min(initial=0)), int(months.max(initial=0))
        table = np.zeros(high - low + 1, dtype=np.bool_)
        table[[month - low for month in self.months if low <= month <= high]] = True
        return table[months - low]


ALL = Detail()
