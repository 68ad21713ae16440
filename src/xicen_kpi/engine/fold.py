"""The pandas kernel: folds over the chunks of one source and answers all questions to it in one pass."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from xicen_kpi.engine.breakdown import Breakdown, Slice
from xicen_kpi.engine.filters import Linked, label_columns
from xicen_kpi.engine.question import Ask, Question
from xicen_kpi.engine.register import Register, month_ordinals
from xicen_kpi.engine.repeats import PERIOD, Repeats
from xicen_kpi.plan.source import CellType, Frequency

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from xicen_kpi.errors import Finding
    from xicen_kpi.plan.source import Source
    from xicen_kpi.read.stream import Chunk


@dataclass
class Fold:
    """Start, add every chunk, finish.

    Attributes:
        source_id: Id of the source.
        source: Its declaration.
        questions: What is asked of it.
        register: The enterprise list that its rows are linked to.
        months: Months for which a list is asked who is a member.
        repeats: Rows that another file or an earlier row prevails over.
        periods: Months that the source has rows for, as ordinals.
        latest: Per file, its latest month.
        absent: Columns that some file lacks, with the months of that file.
    """

    source_id: str
    source: Source
    questions: Sequence[Question]
    register: Register | None = None
    months: Sequence[int] = ()
    repeats: Repeats = field(init=False)
    periods: set[int] = field(default_factory=set)
    latest: dict[str, int] = field(default_factory=dict)
    absent: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    _slices: dict[Question, list[Slice]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self.repeats = Repeats(self.source)

    def add(self, chunk: Chunk) -> None:
        """Folds one chunk in."""
        frame = self._dated(self.once(chunk))
        months = frame[PERIOD].to_numpy(dtype=np.int64)
        present = {int(month) for month in np.unique(months)}
        self.periods.update(present)
        if self.source.frequency is not Frequency.LEDGER and present:
            self.latest[chunk.file] = max(*present, self.latest.get(chunk.file, 0))
        for column in chunk.absent:
            self.absent[column].update(present)
        linked = Linked(frame, self._rows_of(frame, months), self.register, label_columns(self.source))
        self._ask(linked, months)

    def finish(self) -> dict[Question, Breakdown]:
        """The answers, by question."""
        return {question: Breakdown(question, tuple(self._slices[question])) for question in self.questions}

    def once(self, chunk: Chunk) -> pd.DataFrame:
        """Each key once: the file that comes first in the declared order prevails, and that is counted and said."""
        return self.repeats.first_of(chunk)

    @property
    def findings(self) -> list[Finding]:
        """What was found wrong on the way; complete after the last chunk."""
        return list(self.repeats.findings())

    # -- time and membership

    def _dated(self, frame: pd.DataFrame) -> pd.DataFrame:
        """A ledger's entries stand in the month of their date; entries without a date do not count."""
        if self.source.frequency is not Frequency.LEDGER:
            return frame
        if self.source.dated is None:
            return frame.assign(**{PERIOD: 0})
        return frame.assign(**{PERIOD: month_ordinals(frame[self.source.dated])})

    def _rows_of(self, frame: pd.DataFrame, months: NDArray[np.int64]) -> NDArray[np.int64]:
        names = self.source.columns_by_type.get(CellType.USCC, [])
        if self.register is None or not names:
            return np.full(len(frame), -1, dtype=np.int64)
        return self.register.rows_of(frame[names[0]], months)

    def add_register(self) -> None:
        """Asks the list itself who is a member in each of the months."""
        if self.register is None:
            return
        frame, first, last = self.register.frame, self.register.first, self.register.last
        rows = np.arange(len(frame), dtype=np.int64)
        linked = Linked(frame, rows, self.register, label_columns(self.source))
        self.periods.update(self.months)
        for month in self.months:
            member = (first <= month) & (month <= last)
            self._ask(linked, np.full(len(frame), month, dtype=np.int64), member)

    # -- answers

    def _ask(self, linked: Linked, months: NDArray[np.int64], among: NDArray[np.bool_] | None = None) -> None:
        """Notes the rows that count for each question, among some of the rows."""
        for question in self.questions:
            mask = linked.counting(question.rows)
            mask = mask if among is None else mask & among
            weight = linked.weight(question.rows, question.rule)
            if weight is not None:
                mask = mask & (weight > 0)
            if mask.any():
                keys = tuple(linked.objects(name)[mask] for name in question.by)
                cells = _cells(question, linked, mask, weight)
                self._slices[question].append(Slice(months[mask], keys, cells))


def _cells(
    question: Question, linked: Linked, mask: NDArray[np.bool_], weight: NDArray[np.float64] | None
) -> NDArray[Any] | None:
    if question.ask is Ask.COUNT or question.column is None:
        return None
    if question.ask is Ask.DISTINCT:
        return linked.objects(question.column)[mask]
    amounts = linked.amounts(question.column)[mask]
    return amounts if weight is None else amounts * weight[mask]


def folded(state: Fold, chunks: Iterable[Chunk]) -> Fold:
    """Adds every chunk and returns the same fold, ready to finish."""
    for chunk in chunks:
        state.add(chunk)
    return state
