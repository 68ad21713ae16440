"""A source read by our own reader and handed to another engine, which adds up."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from xicen_kpi.engine.detail import ALL
from xicen_kpi.engine.fold import Fold
from xicen_kpi.engine.lazy import Lazy
from xicen_kpi.engine.repeats import PERIOD, PIECE
from xicen_kpi.plan.source import Frequency

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from xicen_kpi.engine.backend import Backend
    from xicen_kpi.engine.breakdown import Breakdown
    from xicen_kpi.engine.detail import Detail
    from xicen_kpi.engine.question import Question


@dataclass
class Handed(Fold):
    """Reads, dates and takes each key once, as every fold does; what is left is kept, and asked at the end.

    Attributes:
        backend: What adds up; None, pandas, only until one is given.
    """

    backend: Backend | None = None
    _frames: list[pd.DataFrame] = field(default_factory=list)

    def take(self, frame: pd.DataFrame, months: NDArray[np.int64], places: NDArray[np.int64] | None) -> None:  # noqa: ARG002 -- the engine looks enterprises up by code
        """Keeps the columns that are asked for."""
        wanted = {self.enterprise}.union(*(question.columns for question in self.questions))
        self._frames.append(frame[[name for name in frame.columns if name in wanted]].assign(**{PERIOD: months}))

    def finish(self) -> dict[Question, Breakdown]:
        """The answers, by question."""
        if self.backend is not None and self._frames:
            table = self.backend.table(pd.concat(self._frames, ignore_index=True))
            lazy = Lazy(self.backend, self.source, self.questions, self.register, self.book, self._kept)
            for question, (slices, merged) in lazy.answers(table).items():
                self._slices[question] += slices
                self._merged[question] += merged
        return super().finish()

    @property
    def _kept(self) -> Detail:
        """Which months keep their keys: those of `detail` in a large form, else all."""
        is_large = any(len(frame) >= PIECE for frame in self._frames)
        return self.detail if is_large and self.source.frequency is not Frequency.LEDGER else ALL
