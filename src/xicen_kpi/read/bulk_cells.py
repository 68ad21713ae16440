"""The columns of a piece of a large text, as the parser hands them on, as cells."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from xicen_kpi.read.blocks import Parse
from xicen_kpi.read.cells import Cells, Repeated, Short, as_array
from xicen_kpi.read.spellings import Spellings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_FEW = 0.5
"""Share of different texts in a piece up to which they are handed on by their different values."""


class TooLongError(ValueError):
    """A column that was to be cut to short cells holds a longer one.

    Attributes:
        place: The column.
    """

    def __init__(self, place: int) -> None:
        super().__init__(place)
        self.place = place


@dataclass(slots=True)
class _Different:
    """The different texts of a column, each with the number under which it is known."""

    spellings: Spellings = field(default_factory=Spellings)
    texts: list[str] = field(default_factory=list)

    def fold(self, cells: Short) -> Repeated:
        """The cells by their different texts."""
        return Repeated(self.spellings.numbers(cells, self._numbers), [*self.texts, ""])

    def _numbers(self, cells: Short) -> range:
        self.texts += cells.texts(cells.cells.tolist())
        return range(len(self.texts) - len(cells), len(self.texts))


@dataclass(slots=True)
class BulkCells:
    """Makes cells of what the parser hands on.

    Attributes:
        encoding: Of the text.
        as_bytes: Whether the text is cut into cells before it is decoded.
        has_broken: Whether a cell could not be decoded.
    """

    encoding: str
    as_bytes: bool
    has_broken: bool = False
    _different: dict[int, _Different] = field(default_factory=lambda: defaultdict(_Different))

    def dtype(self, how: Parse) -> str:
        """The parser's name for what it is to make of a column; texts yet to be decoded are none of its categories."""
        return Parse.CODE.value if self.as_bytes and how is Parse.REPEATED else how.value

    def of(self, place: int, column: pd.Series, how: Parse) -> Cells:
        """Numbers and texts as they are, a repeated text by its different values; a record too short has none (NaN).

        Raises:
            TooLongError: A cell is too long for short cells.
            ValueError: A number is infinite.
        """
        if isinstance(column.dtype, pd.CategoricalDtype):
            return Repeated(column.cat.codes.to_numpy(), [*column.cat.categories, ""])
        values = column.to_numpy(copy=False)
        if values.dtype.kind == "f" and np.isinf(values).any():
            message = "inf is a word, not a number"
            raise ValueError(message)
        if self.dtype(how) == Parse.CODE.value:
            short = Short(values.astype(Parse.CODE.value, copy=False), self._texts)  # pandas 2 has them as objects
            if short.are_cut:
                raise TooLongError(place)
            return short if how is Parse.CODE else self._different[place].fold(short)
        return self._decoded(values) if self.as_bytes and values.dtype.kind == "O" else values

    def _decoded(self, values: NDArray[Any]) -> Cells:
        """Cells of a text that was cut as bytes, which the parser hands on as stand-ins for what is no ASCII."""
        cells = values.tolist()
        places = dict.fromkeys(cells, -1)
        different = [cell for cell in places if isinstance(cell, str)]
        if all(map(str.isascii, different)):
            return values
        places |= {cell: place for place, cell in enumerate(different)}
        found = np.fromiter(map(places.__getitem__, cells), dtype=np.int32, count=len(cells))
        texts = [*self._texts([cell.encode("utf-8", "surrogateescape") for cell in different]), ""]
        return Repeated(found, texts) if len(different) < _FEW * len(cells) else as_array(texts)[found]

    def _texts(self, cells: Sequence[bytes]) -> list[str]:
        """The cells decoded, in one go if nothing is broken; no cell of the parser holds a NUL."""
        try:
            return b"\0".join(cells).decode(self.encoding).split("\0") if cells else []
        except UnicodeDecodeError:
            self.has_broken = True
            return [cell.decode(self.encoding, "replace") for cell in cells]
