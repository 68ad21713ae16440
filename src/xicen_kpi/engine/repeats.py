"""Rows that are there twice: each key counts once, and what gives way is counted and said."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from xicen_kpi.errors import Location
from xicen_kpi.plan.source import CellType, Frequency
from xicen_kpi.words.findings import finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from xicen_kpi.errors import Finding
    from xicen_kpi.plan.source import Source
    from xicen_kpi.read.stream import Chunk

PERIOD = "period"
"""Name of the month column in every chunk that has one."""

_MOST = 20
"""Findings of one kind in one file; the rest is counted."""


@dataclass
class Repeats:
    """Which rows of a source have been there before; fed chunk by chunk, in the order in which files prevail.

    A row whose key stands in an earlier file gives way to that file (`superseded`). Within a file the first row of a
    key counts, in a ledger the entry with the earliest date, however the rows are sorted; another one is a
    `repeated_row` where it is the same in every column, else a `duplicate_key`.

    Attributes:
        source: The declaration that names the key.
        superseded: Per file, how many rows give way, by reason.
    """

    source: Source
    superseded: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    _keys: dict[str, list[NDArray[np.uint64]]] = field(default_factory=lambda: defaultdict(list))
    _rows: dict[str, list[NDArray[np.uint64]]] = field(default_factory=lambda: defaultdict(list))
    _held: dict[str, pd.DataFrame] = field(default_factory=dict)
    _overlaps: Counter[tuple[str, str]] = field(default_factory=Counter)
    _differing: dict[str, list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))
    _revised: set[str] = field(default_factory=set)

    def first_of(self, chunk: Chunk) -> pd.DataFrame:
        """The rows of a chunk that have not been there before."""
        keys = self._key_columns(chunk.frame)
        if not keys:
            return chunk.frame
        if chunk.revised:
            self._revised.add(chunk.file)
        frame = self._by_date(chunk.frame)
        hashes = _hashed(frame[keys])
        fresh = self._not_in_other_files(chunk.file, hashes)
        frame, hashes = frame[fresh], hashes[fresh]
        kept = self._not_in_this_file(chunk.file, frame, keys, hashes)
        return frame if kept.all() else frame[kept]

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
        return [name for name in wanted if name in frame.columns] if names else []

    def _by_date(self, frame: pd.DataFrame) -> pd.DataFrame:
        dated = self.source.dated
        return frame if dated is None else frame.sort_values(dated, kind="stable")

    def _not_in_other_files(self, file: str, hashes: NDArray[np.uint64]) -> NDArray[np.bool_]:
        fresh = np.ones(len(hashes), dtype=np.bool_)
        for other, known in self._keys.items():
            if other == file:
                continue
            again = _among(hashes, known) & fresh
            fresh &= ~again
            if again.any():
                self.superseded[file]["superseded"] += int(again.sum())
                self._overlaps[file, other] += int(again.sum())
        return fresh

    def _not_in_this_file(
        self, file: str, frame: pd.DataFrame, keys: list[str], hashes: NDArray[np.uint64]
    ) -> NDArray[np.bool_]:
        again = _seen_before(hashes, self._keys[file])
        self._keys[file].append(hashes[~again])
        if again.any() or self._rows[file] or file in self._held:
            rows = self._hashed_rows(file, frame)
            same = again & _seen_before(rows, self._rows[file])
            self._note(file, frame[again & ~same], keys, int(same.sum()))
            self._rows[file].append(rows)
        else:
            self._held[file] = frame
        return ~again

    def _hashed_rows(self, file: str, frame: pd.DataFrame) -> NDArray[np.uint64]:
        """Hashes of whole rows; most files come in one chunk without a repeated key and never need them."""
        held = self._held.pop(file, None)
        if held is not None:
            self._rows[file].append(_hashed(held.drop(columns="_row")))
        return _hashed(frame.drop(columns="_row"))

    def _note(self, file: str, differing: pd.DataFrame, keys: list[str], same: int) -> None:
        counts = Counter({"repeated_row": same, "duplicate_key": len(differing)})
        self.superseded[file] += +counts
        named = [name for name in keys if name != PERIOD]
        for row in differing.to_dict("records"):
            self._differing[file].append((int(row["_row"]), " ".join(_told(row[name]) for name in named)))


def _hashed(frame: pd.DataFrame) -> NDArray[np.uint64]:
    return np.asarray(pd.util.hash_pandas_object(frame, index=False), dtype=np.uint64)


def _seen_before(hashes: NDArray[np.uint64], earlier: list[NDArray[np.uint64]]) -> NDArray[np.bool_]:
    """Which of the hashes stand earlier in the same array, or in one of the earlier arrays."""
    within = pd.Series(hashes).duplicated().to_numpy()
    return within | _among(hashes, earlier) if earlier else within


def _among(hashes: NDArray[np.uint64], known: list[NDArray[np.uint64]]) -> NDArray[np.bool_]:
    """Which of the hashes are known. By a hash table: numpy sorts, and takes seconds for a million."""
    return np.asarray(pd.Series(hashes).isin(np.concatenate(known)), dtype=np.bool_)


def _told(cell: Any) -> str:  # noqa: ANN401 -- a key is a code, a word, a number or a date
    if isinstance(cell, pd.Timestamp):
        return cell.date().isoformat()
    return "" if pd.isna(cell) else str(cell)
