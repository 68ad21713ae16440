"""Rows that are there twice: each key counts once, and what gives way is counted and said."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from xicen_kpi.engine.register import places_of
from xicen_kpi.errors import Location
from xicen_kpi.plan.source import CellType, Frequency
from xicen_kpi.read.book import NO_CODE, Book
from xicen_kpi.read.spellings import GOLDEN
from xicen_kpi.read.table import PERIOD, ROW
from xicen_kpi.words.findings import finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xicen_kpi.errors import Finding
    from xicen_kpi.plan.source import Source
    from xicen_kpi.read.stream import Chunk

PIECE = 50_000
"""Rows from which a chunk is a piece of a large file."""

_MOST = 20
"""Findings of one kind in one file; the rest is counted."""
_ROOM = 64
"""How many times as many places as rows a table of places may have."""

_Some: TypeAlias = "NDArray[np.bool_] | slice"
"""Some of the rows, or all of them."""
_ALL = slice(None)

_Rows = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.uint32]]
"""Months, places and marks."""


@dataclass
class Seen:
    """The keys of one file by month and place, each with a mark of its first row's content; 0 where there is none."""

    marks: dict[int, NDArray[np.uint32]] = field(default_factory=dict)

    def look(self, months: NDArray[np.int64], places: NDArray[np.int64]) -> NDArray[np.uint32]:
        """The marks that stand there."""
        found = np.zeros(len(places), dtype=np.uint32)
        for month, rows in _by_month(months):
            own = self.marks.get(month)
            if own is not None:
                at = places[rows]
                found[rows] = own.take(at, mode="clip") * (at < len(own))
        return found

    def put(self, months: NDArray[np.int64], places: NDArray[np.int64], marks: NDArray[np.uint32]) -> None:
        """Sets marks at places that have none."""
        size = int(places.max(initial=-1)) + 1
        for month, rows in _by_month(months):
            own = self.marks.get(month, np.zeros(0, dtype=np.uint32))
            if len(own) < size:
                own = np.concatenate([own, np.zeros(max(size, 2 * len(own)) - len(own), dtype=np.uint32)])
                self.marks[month] = own
            own[places[rows]] = marks[rows]


@dataclass
class Repeats:
    """Which rows of a source have been there before; fed chunk by chunk, in the order in which files prevail.

    A row whose key stands in an earlier file gives way to that file (`superseded`). Within a file the first row of a
    key counts, in a ledger the entry with the earliest date, however the rows are sorted; another one is a
    `repeated_row` where it is the same in every column, else a `duplicate_key`. Of a file read in pieces only months,
    days and numbers are compared, not texts.

    Attributes:
        source: The declaration that names the key.
        book: Where enterprise codes have their places.
        superseded: Per file, how many rows give way, by reason.
    """

    source: Source
    book: Book = field(default_factory=Book)
    superseded: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    _seen: dict[str, Seen] = field(default_factory=dict)
    _in_pieces: set[str] = field(default_factory=set)
    _keys: dict[Any, int] = field(default_factory=dict)
    _overlaps: Counter[tuple[str, str]] = field(default_factory=Counter)
    _differing: dict[str, list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))
    _revised: set[str] = field(default_factory=set)

    def first_of(self, chunk: Chunk) -> tuple[pd.DataFrame, NDArray[np.int64] | None]:
        """The rows of a chunk that have not been there before, and the place in the book of each one's enterprise."""
        places = self.enterprises(chunk)
        kept = self.positions(chunk, places)
        if is_whole(kept, len(chunk.frame)):
            return chunk.frame, places
        return chunk.frame.iloc[kept], None if places is None else places[kept]

    def enterprises(self, chunk: Chunk) -> NDArray[np.int64] | None:
        """Each row's place in the book; None where the source names no enterprises."""
        if self.source.enterprise is None:
            return None
        if chunk.places is not None:
            return np.maximum(chunk.places, NO_CODE)
        return places_of(chunk.frame[self.source.enterprise], self.book)

    def positions(self, chunk: Chunk, enterprises: NDArray[np.int64] | None) -> NDArray[np.int64]:
        """The same by position.

        Args:
            chunk: The chunk.
            enterprises: Each row's place in the book, if the source names enterprises.
        """
        frame = chunk.frame
        if chunk.once:
            return np.arange(len(frame), dtype=np.int64)
        keys = self._key_columns(frame)
        order = self._by_date(frame)
        if not keys or not len(frame):
            return order
        if chunk.revised:
            self._revised.add(chunk.file)
        if chunk.file not in self._seen and len(frame) >= PIECE:
            self._in_pieces.add(chunk.file)
        seen = self._seen.setdefault(chunk.file, Seen())
        places = self._places(frame, keys, enterprises)
        months = frame[PERIOD].to_numpy(dtype=np.int64) if PERIOD in keys else np.zeros(len(frame), dtype=np.int64)
        marks = _marks(frame, texts=chunk.file not in self._in_pieces)
        if self.source.dated is not None:
            places, months, marks = places[order], months[order], marks[order]
        fresh = self._not_in_other_files(chunk.file, months, places)
        order, places, months, marks = order[fresh], places[fresh], months[fresh], marks[fresh]
        first = self._not_in_this_file(chunk, order, keys, (months, places, marks), seen)
        seen.put(months[first], places[first], marks[first])
        return order[first]

    def findings(self) -> Iterator[Finding]:
        """What gave way, file by file; complete after the last chunk."""
        for (file, other), count in self._overlaps.items():
            slug = "rows-revised" if other in self._revised else "rows-in-two-files"
            yield finding(slug, Location(file=file), count=count, other=other)
        slug = "duplicate-entry" if self.source.frequency is Frequency.LEDGER else "duplicate-key"
        header = self.source.columns[self.source.key[0]].header[0]
        for file, rows in self._differing.items():
            for row, key in rows[:_MOST]:
                yield finding(slug, Location(file=file, row=row, field=header), key=key)
            if len(rows) > _MOST:
                yield finding("more-of-the-same", Location(file=file), more=len(rows) - _MOST, what=slug)
        for file, reasons in self.superseded.items():
            if reasons["repeated_row"]:
                yield finding("repeated-rows", Location(file=file), count=reasons["repeated_row"])

    def _key_columns(self, frame: pd.DataFrame) -> list[str]:
        """The declared key; a form's row is always one of its period, whether the plan says so or not."""
        months = self.source.columns_by_type.get(CellType.MONTH, [])
        names = [PERIOD if name in months else name for name in self.source.key]
        dated = self.source.frequency not in (Frequency.LIST, Frequency.LEDGER)
        wanted = dict.fromkeys([*names, PERIOD] if dated else names)
        return [name for name in wanted if name in frame.columns or name == self.source.enterprise] if names else []

    def _by_date(self, frame: pd.DataFrame) -> NDArray[np.int64]:
        if self.source.dated is None:
            return np.arange(len(frame), dtype=np.int64)
        return frame[self.source.dated].reset_index(drop=True).sort_values(kind="stable").index.to_numpy(dtype=np.int64)

    def _places(self, frame: pd.DataFrame, keys: list[str], enterprises: NDArray[np.int64] | None) -> NDArray[np.int64]:
        """A number for each key, its month apart; an enterprise's is its place in the book, one behind for no code."""
        names = [name for name in keys if name != PERIOD]
        if enterprises is not None and names == [self.source.enterprise]:
            return enterprises + 1
        columns = [
            frame[name].astype(object).where(frame[name].notna(), None).tolist()
            if enterprises is None or name != self.source.enterprise
            else enterprises.tolist()
            for name in names
        ]
        known = self._keys
        keys_of_rows = (known.setdefault(key, len(known)) for key in zip(*columns, strict=True))
        return np.fromiter(keys_of_rows, dtype=np.int64, count=len(frame))

    def _not_in_other_files(self, file: str, months: NDArray[np.int64], places: NDArray[np.int64]) -> _Some:
        if len(self._seen) == 1:
            return _ALL
        fresh: NDArray[np.bool_] = np.ones(len(places), dtype=np.bool_)
        for other, seen in self._seen.items():
            if other == file:
                continue
            again = (seen.look(months, places) > 0) & fresh
            fresh &= ~again
            if again.any():
                self.superseded[file]["superseded"] += int(again.sum())
                self._overlaps[file, other] += int(again.sum())
        return fresh

    def _not_in_this_file(
        self, chunk: Chunk, order: NDArray[np.int64], keys: list[str], rows: _Rows, seen: Seen
    ) -> _Some:
        months, places, marks = rows
        before = seen.look(months, places)
        first = _first(months, places)
        again = (before > 0) | (first != np.arange(len(first)))
        if not again.any():
            return _ALL
        origin = np.where(before > 0, before, marks[first])
        same = again & (origin == marks)
        self._note(chunk, order[again & ~same], keys, int(same.sum()))
        return np.asarray(~again, dtype=np.bool_)

    def _note(self, chunk: Chunk, differing: NDArray[np.int64], keys: list[str], same: int) -> None:
        counts = Counter({"repeated_row": same, "duplicate_key": len(differing)})
        self.superseded[chunk.file] += +counts
        rows = chunk.frame.iloc[differing]
        if self.source.enterprise not in chunk.frame and chunk.places is not None:
            codes = [self.book.codes[place] if place >= 0 else "" for place in chunk.places[differing].tolist()]
            rows = rows.assign(**{str(self.source.enterprise): codes})
        named = [name for name in keys if name != PERIOD]
        for row in rows.to_dict("records"):
            self._differing[chunk.file].append((int(row[ROW]), " ".join(_told(row[name]) for name in named)))


def is_whole(positions: NDArray[np.int64], size: int) -> bool:
    """Whether the positions are those of all rows in their order."""
    return len(positions) == size and bool(np.all(positions[1:] > positions[:-1]))


def different_months(months: NDArray[np.int64]) -> list[int]:
    """The months that occur, oldest first."""
    if not len(months):
        return []
    low = int(months.min())
    return (np.flatnonzero(np.bincount(months - low)) + low).tolist() if (months != low).any() else [low]


def _by_month(months: NDArray[np.int64]) -> Iterator[tuple[int, NDArray[np.int64] | slice]]:
    """Each month and its rows; all of them at once where there is one month."""
    if not len(months) or (months[0] == months).all():
        if len(months):
            yield int(months[0]), slice(None)
        return
    order = np.argsort(months, kind="stable")
    own, starts = np.unique(months[order], return_index=True)
    yield from zip(own.tolist(), np.split(order, starts[1:]), strict=True)


def _first(months: NDArray[np.int64], places: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each row the position of the first one with the same month and place."""
    if not len(places):
        return places
    if (months[0] == months).all() and (places[1:] > places[:-1]).all():
        return np.arange(len(places), dtype=np.int64)
    own = np.arange(len(places), dtype=np.int32)
    low = int(months.min())
    span = int(months.max()) - low + 1
    keys = places * span + (months - low) if span > 1 else places
    size = int(keys.max()) + 1
    if size <= _ROOM * len(keys):
        last = np.empty(size, dtype=np.int32)
        last[keys[::-1]] = own[::-1]  # where an index comes twice the last assignment stays: that of the first row
        return last[keys].astype(np.int64)
    _, first, which = np.unique(keys, return_index=True, return_inverse=True)
    return np.asarray(first[which], dtype=np.int64)


def _marks(frame: pd.DataFrame, *, texts: bool) -> NDArray[np.uint32]:
    """A number for each row's content, never 0; texts count only where they are asked for."""
    mixed = np.zeros(len(frame), dtype=np.uint64)
    for name, column in frame.items():
        is_text = column.dtype.kind == "O"
        if name == ROW or (is_text and not texts):
            continue
        cells = column.to_numpy(copy=False)
        if is_text:
            told = (0 if cell is None or cell != cell else hash(cell) for cell in cells)  # noqa: PLR0124 -- NaN
            bits = np.fromiter(told, np.int64, len(cells)).view(np.uint64)
        else:
            own = cells.astype("float64" if cells.dtype.kind == "f" else "int64", copy=False)
            bits = np.ascontiguousarray(own).view(np.uint64)
        mixed ^= bits
        mixed *= GOLDEN
        mixed ^= mixed >> np.uint64(29)
    return (mixed >> np.uint64(32)).astype(np.uint32) | np.uint32(1)


def _told(cell: Any) -> str:  # noqa: ANN401 -- a key is a code, a word, a number or a date
    if isinstance(cell, pd.Timestamp):
        return cell.date().isoformat()
    return "" if pd.isna(cell) else str(cell)
