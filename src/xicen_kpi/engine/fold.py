"""The pandas kernel: folds over the chunks of one source and answers all questions to it in one pass."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from xicen_kpi.engine.filters import Linked
from xicen_kpi.engine.question import Ask, Breakdown, Key, Question, Tally
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
class _Partial:
    """What one question has gathered so far, by key."""

    values: dict[Key, float] = field(default_factory=lambda: defaultdict(float))
    rows: Counter[Key] = field(default_factory=Counter)
    missing: Counter[Key] = field(default_factory=Counter)
    seen: dict[Key, set[object]] = field(default_factory=lambda: defaultdict(set))


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
    absent: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    _partials: dict[Question, _Partial] = field(default_factory=dict)
    _hashes: dict[str, NDArray[np.uint64]] = field(default_factory=dict)
    _revised: set[str] = field(default_factory=set)

    def add(self, chunk: Chunk) -> None:
        """Folds one chunk in."""
        frame = self._dated(self.once(chunk))
        months = frame[PERIOD].to_numpy(dtype=np.int64)
        present = {int(month) for month in np.unique(months)}
        self.periods.update(present)
        for column in chunk.absent:
            self.absent[column].update(present)
        self._ask(Linked(frame, self._rows_of(frame, months), self.register))

    def finish(self) -> dict[Question, Breakdown]:
        """The answers. A sum over rows without any value has no value; a count of no rows is 0 where asked."""
        return {question: self._answer(question) for question in self.questions}

    def _answer(self, question: Question) -> Breakdown:
        partial = self._partials.get(question, _Partial())
        cells: dict[Key, Tally] = {}
        for key in partial.rows.keys() | partial.missing.keys():
            rows, missing = partial.rows[key], partial.missing[key]
            value: float | None
            match question.ask:
                case Ask.DISTINCT:
                    value = float(len(partial.seen[key]))
                case Ask.COUNT:
                    value = float(rows)
                case Ask.LATEST:
                    value = partial.values[key] if len(partial.seen[key]) == 1 else None
                case Ask.SUM:
                    value = partial.values[key] if rows else None
            cells[key] = Tally(value, rows, missing)
        return Breakdown(question, dict(sorted(cells.items(), key=lambda cell: tuple(map(str, cell[0])))))

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
        for row in frame.loc[again & ~same].to_dict("records")[:20]:
            where = Location(file=chunk.file, row=int(row["_row"]), field="、".join(self.source.key))
            key = " ".join(str(row[name]) for name in keys if name != PERIOD)
            self.findings.append(finding("duplicate-key", where, key=key))
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
        whole = self.register
        for month in self.months:
            member = (whole.first <= month) & (month <= whole.last)
            own = whole.frame.loc[member].assign(**{PERIOD: month})
            rows = np.arange(len(own), dtype=np.int64)
            self._ask(Linked(own, rows, Register(whole.source, own, whole.groups)))

    # -- answers

    def _ask(self, linked: Linked) -> None:
        for question in self.questions:
            partial = self._partials.setdefault(question, _Partial())
            mask = linked.counting(question.rows)
            weight = linked.weight(question.rows, question.rule)
            if weight is not None:
                mask = mask & (weight > 0)
            if not mask.any():
                continue
            columns = [linked.column(name)[mask] for name in question.by]
            codes, keys = _combine(columns, int(mask.sum()))
            self._gather(question, partial, linked, mask, weight, codes, keys)

    def _gather(  # noqa: PLR0913 -- the state of one question in one chunk
        self,
        question: Question,
        partial: _Partial,
        linked: Linked,
        mask: NDArray[np.bool_],
        weight: NDArray[np.float64] | None,
        codes: NDArray[np.int64],
        keys: list[Key],
    ) -> None:
        if question.ask is Ask.COUNT or question.column is None:
            _count(partial.rows, codes, keys)
            return
        cells = linked.column(question.column)[mask]
        present = cells.notna().to_numpy()
        _count(partial.rows, codes[present], keys)
        _count(partial.missing, codes[~present], keys)
        if question.ask is Ask.SUM:
            amounts = cells.to_numpy(dtype=np.float64, na_value=0.0)
            amounts = amounts if weight is None else amounts * weight[mask]
            sums = np.bincount(codes, weights=np.where(present, amounts, 0.0), minlength=len(keys))
            for place in np.unique(codes[present]):
                partial.values[keys[place]] += float(sums[place])
            return
        for place, cell in zip(codes[present], cells[present], strict=True):
            partial.seen[keys[place]].add(cell)
            if question.ask is Ask.LATEST:
                partial.values[keys[place]] = float(cell)


def _combine(columns: Sequence[pd.Series], length: int) -> tuple[NDArray[np.int64], list[Key]]:
    """One number for each combination of keys, and the keys that the numbers stand for; a missing key is ''."""
    codes = np.zeros(length, dtype=np.int64)
    keys: list[Key] = [()]
    for column in columns:
        own, values = pd.factorize(column, use_na_sentinel=True)
        labels = [value.item() if isinstance(value, np.generic) else value for value in values]
        if (own < 0).any():
            own = np.where(own < 0, len(labels), own)
            labels.append("")
        both = codes * len(labels) + own
        used, codes = np.unique(both, return_inverse=True)
        keys = [(*keys[place // len(labels)], labels[place % len(labels)]) for place in used.tolist()]
    return codes, keys


def _count(counter: Counter[Key], codes: NDArray[np.int64], keys: list[Key]) -> None:
    places, counts = np.unique(codes, return_counts=True)
    for place, count in zip(places.tolist(), counts.tolist(), strict=True):
        counter[keys[place]] += count


def fold(state: Fold, chunks: Iterable[Chunk]) -> Fold:
    """Adds every chunk and returns the same fold, ready to finish."""
    for chunk in chunks:
        state.add(chunk)
    return state
