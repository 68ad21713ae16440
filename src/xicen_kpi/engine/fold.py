"""The pandas kernel: folds over the chunks of one source and answers all questions to it in one pass."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from pandas.api.types import is_datetime64_any_dtype

from xicen_kpi.engine.breakdown import Breakdown, Slice
from xicen_kpi.engine.filters import Linked
from xicen_kpi.engine.question import Ask, Question
from xicen_kpi.engine.register import Register, month_ordinals
from xicen_kpi.errors import Location
from xicen_kpi.plan.source import CellType, Frequency
from xicen_kpi.words.findings import finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from xicen_kpi.errors import Finding
    from xicen_kpi.plan.source import Source
    from xicen_kpi.read.stream import Chunk

PERIOD = "period"


@dataclass
class Fold:
    """Start, add every chunk, finish.

    Attributes:
        source_id: Id of the source.
        source: Its declaration.
        questions: What is asked of it.
        register: The enterprise list that its rows are linked to.
        months: Months for which a list is asked who is a member.
        findings: What was found wrong on the way.
        superseded: Per file, how many rows another file or an earlier row prevails over, by reason.
        periods: Months that the source has rows for, as ordinals.
    """

    source_id: str
    source: Source
    questions: Sequence[Question]
    register: Register | None = None
    months: Sequence[int] = ()
    findings: list[Finding] = field(default_factory=list)
    superseded: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    periods: set[int] = field(default_factory=set)
    latest: dict[str, int] = field(default_factory=dict)
    absent: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    _slices: dict[Question, list[Slice]] = field(default_factory=lambda: defaultdict(list))
    _hashes: dict[str, NDArray[np.uint64]] = field(default_factory=dict)
    _revised: set[str] = field(default_factory=set)

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
        self._ask(Linked(frame, self._rows_of(frame, months), self.register), months)

    def finish(self) -> dict[Question, Breakdown]:
        """The answers, by question."""
        return {question: Breakdown(question, tuple(self._slices[question])) for question in self.questions}

    # -- rows that are there twice

    def once(self, chunk: Chunk) -> pd.DataFrame:
        """Each key once: the file that comes first in the declared order prevails, and that is counted and said."""
        frame = self._within_file(chunk)
        keys = [PERIOD if self._is_period(name) else name for name in self.source.key]
        keys = [name for name in keys if name in frame.columns]
        if not keys:
            return frame
        hashes = pd.util.hash_pandas_object(frame[keys], index=False).to_numpy(dtype=np.uint64)
        keep = np.ones(len(frame), dtype=np.bool_)
        for file, known in self._hashes.items():
            again = np.isin(hashes, known) & keep
            keep &= ~again
            self._say_overlap(chunk.file, file, int(again.sum()))
        own = self._hashes.get(chunk.file)
        fresh = hashes[keep]
        self._hashes[chunk.file] = fresh if own is None else np.concatenate([own, fresh])
        if chunk.revised:
            self._revised.add(chunk.file)
        return frame if keep.all() else frame[keep]

    def _within_file(self, chunk: Chunk) -> pd.DataFrame:
        frame = chunk.frame
        keys = [PERIOD if self._is_period(name) else name for name in self.source.key]
        keys = [name for name in keys if name in frame.columns]
        again = frame.duplicated(keys).to_numpy() if keys else np.zeros(len(frame), dtype=np.bool_)
        if not again.any():
            return frame
        same = frame.drop(columns="_row").duplicated().to_numpy()
        self.superseded[chunk.file]["repeated_row"] += int((again & same).sum())
        self.superseded[chunk.file]["duplicate_key"] += int((again & ~same).sum())
        slug = "duplicate-entry" if self.source.frequency is Frequency.LEDGER else "duplicate-key"
        for row in frame.loc[again & ~same].to_dict("records")[:20]:
            header = self.source.columns[self.source.key[0]].header[0]
            where = Location(file=chunk.file, row=int(row["_row"]), field=header)
            key = " ".join(str(row[name]) for name in keys if name != PERIOD)
            self.findings.append(finding(slug, where, key=key))
        if (again & same).any():
            count = int((again & same).sum())
            self.findings.append(finding("repeated-rows", Location(file=chunk.file), count=count))
        return frame[~again]

    def _say_overlap(self, file: str, other: str, count: int) -> None:
        if not count or file == other:
            return
        self.superseded[file]["superseded"] += count
        slug = "rows-revised" if other in self._revised else "rows-in-two-files"
        self.findings.append(finding(slug, Location(file=file), count=count, other=other))

    def _is_period(self, name: str) -> bool:
        column = self.source.columns.get(name)
        return column is not None and column.type is CellType.MONTH

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
        linked = Linked(frame, np.arange(len(frame), dtype=np.int64), self.register)
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
                keys = tuple(_keys(linked.column(name)[mask]) for name in question.by)
                cells = _cells(question, linked, mask, weight)
                self._slices[question].append(Slice(months[mask], keys, cells))


def _keys(column: pd.Series) -> NDArray[Any]:
    """Keys as plain objects: dates without a time, '' where missing."""
    if is_datetime64_any_dtype(column):
        column = column.dt.date
    return column.astype("object").where(column.notna(), "").to_numpy()


def _cells(
    question: Question, linked: Linked, mask: NDArray[np.bool_], weight: NDArray[np.float64] | None
) -> NDArray[Any] | None:
    if question.ask is Ask.COUNT or question.column is None:
        return None
    column = linked.column(question.column)[mask]
    if question.ask is Ask.DISTINCT:
        return column.astype("object").where(column.notna(), None).to_numpy()
    amounts = column.to_numpy(dtype=np.float64, na_value=np.nan)
    return amounts if weight is None else amounts * weight[mask]


def folded(state: Fold, chunks: Iterable[Chunk]) -> Fold:
    """Adds every chunk and returns the same fold, ready to finish."""
    for chunk in chunks:
        state.add(chunk)
    return state
