"""Enterprise codes by number: a place for each, so that rows are matched by number and not by text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from xicen_kpi.read.cells import as_array
from xicen_kpi.read.codes import CodeFault, uscc_text
from xicen_kpi.read.spellings import Spellings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from numpy.typing import NDArray

    from xicen_kpi.read.cells import Short

_MANY = 10_000
"""Codes from which they are looked up by their hashes."""
_SOME = 1_000
"""Texts that are looked for one by one before all codes are entered by their texts."""

_IN_CODES = np.isin(np.arange(256), np.frombuffer(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", dtype=np.uint8))
"""Which bytes may stand in a code of 18."""

NO_CODE, FAULTY = -1, -2
"""Places of an empty cell, and of a cell that should hold a code and does not."""


class Book(dict[str, int]):
    """Every code of a drop and its place, in the order of first appearance; a new code takes the next place.

    Attributes:
        codes: The codes by place.
    """

    def __init__(self) -> None:
        super().__init__()
        self.codes: list[str] = []
        self._index: pd.Index[Any] | None = None  # made with the first many codes, not for a book of a few

    def __missing__(self, code: str) -> int:
        """A place for a code that is new."""
        place = self[code] = len(self.codes)
        self.codes.append(code)
        return place

    def places(self, codes: Iterable[str], count: int) -> NDArray[np.int64]:
        """The place of each of so many codes.

        Many are looked up by their hashes, which lie side by side, where the texts are all over the memory: four times
        as fast among half a million. Two codes of one hash of 64 bits are not to be expected among any number of them.
        """
        if count < _MANY:
            return np.fromiter(map(self.__getitem__, codes), dtype=np.int64, count=count)
        listed = codes if isinstance(codes, np.ndarray) else as_array(list(codes))
        if self._index is None:
            self._index = _hashes(self.codes)
        places = self._index.get_indexer(_hashes(listed)).astype(np.int64)
        rest = np.flatnonzero(places < 0)
        if len(rest):
            places[rest] = np.fromiter(map(self.__getitem__, listed[rest]), dtype=np.int64, count=len(rest))
        if len(rest) > count // 8 and len(self.codes) > len(self._index):
            self._index = _hashes(self.codes)
        return places

    def nobody(self) -> int:
        """The place of rows without a code, which count together, under an empty one."""
        place = self.get("", NO_CODE)
        if place < 0:
            place = self[""] = len(self.codes)
            self.codes.append("")
        return place


def _hashes(codes: Collection[str]) -> pd.Index[Any]:
    return pd.Index(np.fromiter(map(hash, codes), dtype=np.int64, count=len(codes)).astype(np.int64))


class CodeBook(Book):
    """A book that reads cells as they stand in a file: each spelling of a code has the code's place.

    Attributes:
        respelt: Whether any cell was not the code itself, letter by letter.
        faults: What is wrong with a cell that is no code.
    """

    def __init__(self) -> None:
        super().__init__()
        self.respelt = False
        self.faults: dict[Any, CodeFault] = {}
        self._spellings = Spellings()
        self._texts = as_array([None])
        self._unlisted: list[range] = []
        self._asked = 0

    def __missing__(self, cell: Any) -> int:  # noqa: ANN401 -- a cell may hold anything
        """The place of a cell that has not been seen: its code's, a new one's, or why it has none."""
        if self._unlisted and (known := self.get(cell)) is not None:
            return int(known)
        code = uscc_text(cell)
        if isinstance(code, str) and code == cell:
            return super().__missing__(code)
        self.respelt = True
        place = NO_CODE
        if isinstance(code, CodeFault):
            self.faults[cell], place = code, FAULTY
        elif code is not None:
            place = self.get(code, -1)
            place = super().__missing__(code) if place < 0 else place
        self[cell] = place
        return place

    def places_of(self, cells: Short) -> NDArray[np.int64]:
        """The place of each of many cells."""
        return self._spellings.numbers(cells, self._places_of_new)

    def _places_of_new(self, cells: Short) -> Sequence[int]:
        """The place of each of some different cells: at once, where all of them are codes and new."""
        codes = _modern_codes(cells.cells)
        if codes is None or (self and not self.keys().isdisjoint(codes)):
            return [self[cell] for cell in cells.texts(cells.cells.tolist())]
        places = range(len(self.codes), len(self.codes) + len(codes))
        self.codes += codes
        self._unlisted.append(places)
        return places

    def get(self, cell: Any, otherwise: Any = None) -> Any:  # noqa: ANN401 -- as of any dictionary
        """The place of a cell that has been seen; a few of them are looked for among the spellings."""
        place = super().get(cell)
        if place is not None or not self._unlisted or not isinstance(cell, str):
            return otherwise if place is None else place
        self._asked += 1
        if self._asked > _SOME:
            self._list()
            return super().get(cell, otherwise)
        place = self._spellings.number(cell)
        return otherwise if place is None else place

    def _list(self) -> None:
        """Enters the codes that have been met by their bytes alone, which takes its time for half a million."""
        for places in self._unlisted:
            self.update(zip(self.codes[places.start : places.stop], places, strict=True))
        self._unlisted.clear()

    def texts(self, places: NDArray[np.signedinteger[Any]]) -> NDArray[Any]:
        """The codes at places; None where there is none."""
        if len(self._texts) <= len(self.codes) and len(places) < _MANY:
            return as_array([self.codes[place] if place >= 0 else None for place in places.tolist()])
        if len(self._texts) <= len(self.codes):
            self._texts = as_array([*self.codes, None])
        found: NDArray[Any] = self._texts[np.maximum(places, NO_CODE)]
        return found

    def rest(self) -> None:
        """Lets go of what many cells are looked up with: all have been read, and if not, it is made again."""
        self._list()
        self._index, self._spellings = None, Spellings()


def _modern_codes(cells: NDArray[np.bytes_]) -> list[str] | None:
    """Cells of more than 18 bytes as texts, if all of them are codes as `uscc_text` gives them, letter by letter."""
    letters = cells.view(np.uint8).reshape(len(cells), -1)
    if letters[:, 18:].any() or not _IN_CODES.take(letters[:, :18]).all():
        return None
    return letters[:, :19].tobytes().decode("ascii").split("\0")[:-1]
