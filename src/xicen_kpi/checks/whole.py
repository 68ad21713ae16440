"""One source of a drop: all its rows, packed, and what is to be known of them together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from xicen_kpi.checks.form import Form

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from xicen_kpi.checks.form import Part
    from xicen_kpi.checks.rows import Store
    from xicen_kpi.read.book import CodeBook

_ENOUGH = 0.5
"""A period with fewer than this share of the usual number of rows does not make the latest: too early, or a slip."""


@dataclass
class Codes:
    """The enterprises of a drop, once all of it has been read.

    Attributes:
        book: Their codes by place.
        band: How many of them are looked at together.
        jobs: How many processes look at bands at the same time.
    """

    book: CodeBook
    band: int
    jobs: int = 1

    @property
    def bands(self) -> int:
        """How many bands they make, one at least."""
        return max(-(-len(self.book.codes) // self.band), 1)


@dataclass
class Whole(Form):
    """The rows of a source that count, files in order of precedence, each key once.

    Attributes:
        store: The rows.
        codes: Their enterprises.
        superseded: Per file, rows that gave way to another, by reason.
    """

    store: Store
    codes: Codes
    superseded: Mapping[str, Counter[str]]

    @property
    def size(self) -> int:
        """How many rows there are."""
        return self.store.size

    @cached_property
    def held(self) -> dict[int, int]:
        """Rows by month ordinal, oldest first."""
        return dict(sorted(self.store.held.items()))

    @cached_property
    def latest(self) -> int | None:
        """Latest month ordinal that has a fair number of rows: one row with a mistyped date is not a new period."""
        if not self.held:
            return None
        usual = float(np.median(list(self.held.values())))
        return max(month for month, rows in self.held.items() if rows >= _ENOUGH * usual)

    def first_part(self, month: int) -> Part:
        """The sheet with the first row of a month that is held."""
        return self.part(self.store.first[month])

    def total(self, name: str, month: int) -> float:
        """The sum of a number column in one month."""
        return self.once(("total", name, month), lambda: float(np.nansum(self._amounts(name, month))))

    def any_above_zero(self, name: str, month: int) -> bool:
        """Whether a number column has anything above 0 in one month."""
        return self.once(("above", name, month), lambda: bool((self._amounts(name, month) > 0).any()))

    def _amounts(self, name: str, month: int) -> NDArray[np.float64]:
        found: NDArray[np.float64] = self.store.at((month,), [name]).frame[name].to_numpy(dtype=np.float64)
        return found

    def filled(self, name: str) -> bool:
        """Whether any row has a text in a column."""
        if name == self.code_column:
            return self.store.named
        return any(len(block.columns[name].different) for block in self.store.blocks)

    def distinct(self, name: str) -> tuple[NDArray[Any], NDArray[np.int64], NDArray[np.int64]]:
        """Every different text of a column in the order of their first rows, the positions of these, and how many."""
        numbers: dict[Any, int] = {}
        first = np.zeros(0, dtype=np.int64)
        counts = np.zeros(0, dtype=np.int64)
        for texts, which, positions in self._different(name):
            of = texts if name == self.code_column else [numbers.setdefault(text, len(numbers)) for text in texts]
            own = np.asarray(of, dtype=np.int64)[which]
            size = max(len(counts), int(own.max(initial=-1)) + 1)
            counts = np.pad(counts, (0, size - len(counts))) + np.bincount(own, minlength=size)
            first = np.pad(first, (0, size - len(first)))
            first[own[::-1]] = positions[::-1]
        there = np.flatnonzero(counts)
        order = there[np.argsort(first[there], kind="stable")]
        texts = self.codes.book.texts(order) if name == self.code_column else np.array([*numbers], dtype=object)[order]
        return texts, first[order], counts[order]

    def _different(self, name: str) -> Iterator[tuple[Any, NDArray[np.int64], NDArray[np.int64]]]:
        """Block by block, the last first: what there is, which of it rows have, and where they stand, in order."""
        for block in reversed(self.store.blocks):
            rows = block.sorted(np.arange(len(block.ids)))
            positions = block.start + np.arange(len(rows))
            if name == self.code_column:
                own = block.places(self.store.band, rows).astype(np.int64)
                known = own >= 0
                yield np.arange(len(self.codes.book.codes)), own[known], positions[known]
            else:
                which = block.columns[name].cells[rows].astype(np.int64)
                yield block.columns[name].different, which[which >= 0], positions[which >= 0]
