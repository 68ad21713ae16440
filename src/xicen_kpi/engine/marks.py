"""One number for all that decides which questions count a row: so few different ones that rows add up by it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import narwhals as nw
import numpy as np
import pandas as pd

from xicen_kpi.engine.conditions import met, tests_of
from xicen_kpi.engine.filters import Marked
from xicen_kpi.engine.linking import WHO, Linking
from xicen_kpi.read.direct import MONTHS
from xicen_kpi.read.table import PERIOD
from xicen_kpi.read.whole import framed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from xicen_kpi.engine.backend import Columns
    from xicen_kpi.engine.question import Question, Test
    from xicen_kpi.plan.source import Source

FILE, MARK = "_file", "_mark"
_LARGEST = 1 << 62


class Read(NamedTuple):
    """What marks say.

    Attributes:
        files: Number of the file.
        months: Ordinal of the month.
        linked: The rows beside the list, their amounts, and the conditions that they meet.
    """

    files: NDArray[np.int64]
    months: NDArray[np.int64]
    linked: Marked


def _told_apart(marks: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64] | slice]:
    """The marks, and where each row finds its own: for many rows every number that there may be, once."""
    low, high = (int(marks.min()), int(marks.max())) if len(marks) else (0, 0)
    return (np.arange(low, high + 1), marks - low) if high - low < len(marks) else (marks, slice(None))


@dataclass(frozen=True)
class Marks:
    """The marks of the rows of one source.

    Attributes:
        source: The declaration of the source.
        questions: What is asked.
        link: The enterprise list.
    """

    source: Source
    questions: Sequence[Question]
    link: Linking

    def fit(self, files: int) -> bool:
        """Whether a number has room for so many files."""
        return files * len(MONTHS) * len(self.link.examples) << len(self._tests) < _LARGEST

    @property
    def expression(self) -> nw.Expr:
        """The mark of a row; null where its month is."""
        mark = (nw.col(FILE) * len(MONTHS) + nw.col(PERIOD) - MONTHS[0]) * len(self.link.examples) + nw.col(WHO)
        mark = mark * (1 << len(self._tests))
        for bit, test in enumerate(self._tests):
            mark = mark + nw.when(met(self.source, test)).then(nw.lit(1 << bit)).otherwise(nw.lit(0))
        return mark.cast(nw.Int64)

    def read(self, columns: Columns, amounts: Sequence[str]) -> Read:
        """What the marks of some rows say.

        Args:
            columns: The marks, and what there is beside them.
            amounts: Names of columns with amounts.
        """
        marks, at = _told_apart(columns[MARK].astype(np.int64))
        bits = {test: (marks >> bit & 1).astype(np.bool_)[at] for bit, test in enumerate(self._tests)}
        rest, who = np.divmod(marks >> len(self._tests), len(self.link.examples))
        files, months = np.divmod(rest, len(MONTHS))
        frame = framed({name: columns[name] for name in amounts}, pd.RangeIndex(len(columns[MARK])))
        linked = Marked(frame, self.link.examples[who][at], self.link.register, met=bits)
        return Read(files[at], (months + MONTHS[0])[at], linked)

    @cached_property
    def _tests(self) -> tuple[Test, ...]:
        return tests_of(self.source, self.questions)
