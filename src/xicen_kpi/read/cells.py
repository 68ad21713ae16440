"""The raw cells of a column, and what they have been read as: cells repeat, so each different one is read once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Repeated:
    """Cells by their few different values.

    Attributes:
        codes: For each cell the place of its value; -1, which is the last, for a cell that is not there.
        values: The different values, the empty one last.
    """

    codes: NDArray[Any]
    values: list[Any]

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, place: int) -> Any:  # noqa: ANN401 -- a cell may hold anything
        return self.values[self.codes[place]]

    @property
    def used(self) -> list[Any]:
        """The values that occur."""
        return self.values if (self.codes < 0).any() else self.values[:-1]


@dataclass(frozen=True, slots=True)
class Short:
    """Cells as their bytes, none of them longer than 23, so that they are matched without being made texts.

    Attributes:
        cells: The bytes of each, filled up with zeros to three words of eight.
        texts: Makes texts of some of them.
    """

    cells: NDArray[np.bytes_]
    texts: Callable[[Sequence[bytes]], list[str]]

    def __len__(self) -> int:
        return len(self.cells)

    def __getitem__(self, place: int) -> str:
        return self.texts([self.cells[place]])[0]

    @property
    def are_cut(self) -> bool:
        """Whether some of them were longer."""
        return bool(self.cells.view(np.uint8).reshape(len(self), -1)[:, -1].any())


Cells: TypeAlias = Sequence[Any] | NDArray[Any] | Repeated | Short


@dataclass(slots=True)
class Memory:
    """What the cells of a column read as, in all blocks of a table.

    Attributes:
        known: Cell to what it reads as.
        has_none: Whether any of them reads as nothing.
        changes_nothing: Whether every one of them reads as itself.
    """

    known: dict[Any, Any] = field(default_factory=dict)
    has_none: bool = False
    changes_nothing: bool = True

    def learn(self, cells: Cells, read: Callable[[Any], Any]) -> None:
        """Reads the cells that are not yet known."""
        for cell in set(_listed(cells)).difference(self.known):
            value = self.known[cell] = read(cell)
            if value is None:
                self.has_none = True
            if value is not cell:
                self.changes_nothing = False

    def recalled(self, cells: Cells) -> NDArray[Any]:
        """What each cell reads as; the very cells where that is no different."""
        return cells if self.changes_nothing and isinstance(cells, np.ndarray) else self.recall(cells)

    def recall(self, cells: Cells, dtype: str = "object") -> NDArray[Any]:
        """What each cell reads as."""
        known = self.known
        if isinstance(cells, Repeated):
            own: NDArray[Any] = as_array([known[value] for value in cells.used], dtype)[cells.codes]
            return own
        return as_array([known[cell] for cell in _listed(cells)], dtype)


def unfolded(cells: Cells) -> list[Any]:
    """All cells one by one."""
    if isinstance(cells, Repeated):
        return [cells.values[code] for code in cells.codes]
    if isinstance(cells, Short):
        return cells.texts(cells.cells.tolist())
    return cells.tolist() if isinstance(cells, np.ndarray) else list(cells)


def as_array(values: list[Any], dtype: str = "object") -> NDArray[Any]:
    """The values as an array; sequences among them are left whole."""
    if dtype != "object":
        return np.array(values, dtype=dtype)
    found = np.empty(len(values), dtype=object)
    found[:] = values
    return found


def _listed(cells: Cells) -> Sequence[Any]:
    if isinstance(cells, Repeated):
        return cells.used
    if isinstance(cells, Short):
        return unfolded(cells)
    return cells.tolist() if isinstance(cells, np.ndarray) else cells
