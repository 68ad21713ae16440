"""The cells of a sheet as they stand in the file, and why a file was refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Rows = list[list[Any]]
Merge = tuple[tuple[int, int], tuple[int, int]]
"""First and last cell of a merged range, rows and columns from 0."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one sheet, row 1 of the sheet first.

    Attributes:
        rows: Cells as the file has them; rows may differ in length.
        sheet: Name of the sheet.
        merged: Ranges of merged cells; only their first cell holds anything.
        before: Lines of text that stand above the table outside of it, as in a web page.
        numbers: Row numbers as a spreadsheet shows them, where rows were put together from elsewhere.
        units: Column to the unit that the file states for it outside of all cells.
        shown: Column to %, 万 or 亿 where its numbers are shown so and are something else.
    """

    rows: Rows
    sheet: str | None = None
    merged: Sequence[Merge] = ()
    before: tuple[str, ...] = ()
    numbers: tuple[int, ...] | None = None
    units: Mapping[int, str] = field(default_factory=dict)
    shown: Mapping[int, str] = field(default_factory=dict)

    def spread(self, first: int, last: int) -> dict[int, dict[int, str]]:
        """Texts merged downwards within some rows: column to row to text. Amounts are not repeated."""
        found: dict[int, dict[int, str]] = {}
        for (top, left), (bottom, right) in self.merged:
            if first <= top < bottom < last and left == right and left < len(self.rows[top]):
                text = self.rows[top][left]
                if isinstance(text, str) and text:
                    found.setdefault(left, {}).update(dict.fromkeys(range(top + 1, bottom + 1), text))
        return found

    def number(self, place: int) -> int:
        """The row as a spreadsheet numbers it."""
        return place + 1 if self.numbers is None else self.numbers[place]


class Refusal(StrEnum):
    """Why a file was not read; the value is the slug of its message."""

    BROKEN = "file-broken"
    PASSWORD = "file-password"  # noqa: S105 -- the name of a fault
    BOMB = "file-bomb"
    TOO_MANY_CELLS = "file-too-many-cells"
    TOO_LARGE = "file-too-large"
    NO_TABLE = "file-no-table"
    NO_FILE = "file-no-file"
    FOREIGN = "file-foreign"
    ENCODING = "file-encoding"
    ENCRYPTED = "file-encrypted"
    NO_PYARROW = "parquet-extra-missing"


class RefusedError(ValueError):
    """The file cannot be read. Caught where files are loaded and turned into a finding."""

    def __init__(self, refusal: Refusal, detail: str = "") -> None:
        self.refusal, self.detail = refusal, detail
        super().__init__(f"{refusal.value} {detail}".strip())
