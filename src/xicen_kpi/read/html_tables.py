"""The tables of a web page, merged cells kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from xicen_kpi.read.grid import Grid, Refusal, RefusedError

if TYPE_CHECKING:
    from xicen_kpi.read.grid import Merge, Rows

_BLOCKS = frozenset({"p", "div", "h1", "h2", "h3", "h4", "h5", "li", "caption", "center", "title", "body", "html"})
_SILENT = frozenset({"script", "style", "head"})
_MOST_CELLS, _WIDEST = 5_000_000, 2_000


def tables_of(text: str) -> list[Grid]:
    """The tables of a page; text around them, and tables of one cell, stand before the next one.

    Raises:
        RefusedError: One is too large.
    """
    parser = _Tables()
    parser.feed(text)
    parser.close()
    parser.flush()
    return parser.grids


@dataclass(slots=True)
class _Table:
    """A table being read."""

    rows: Rows = field(default_factory=list)
    merged: list[Merge] = field(default_factory=list)
    taken: dict[tuple[int, int], None] = field(default_factory=dict)
    cell: list[str] | None = None
    at: tuple[int, int] = (0, 0)

    def open_row(self) -> None:
        self.close_cell()
        self.rows.append([])

    def open_cell(self, down: int, across: int) -> None:
        self.close_cell()
        if not self.rows:
            self.rows.append([])
        row, column = len(self.rows) - 1, len(self.rows[-1])
        while (row, column) in self.taken:
            self.rows[row].append("")
            column += 1
        self.at, self.cell = (row, column), []
        if (len(self.taken) + down * across) > _MOST_CELLS:
            raise RefusedError(Refusal.TOO_MANY_CELLS)
        if down > 1 or across > 1:
            self.merged.append(((row, column), (row + down - 1, column + across - 1)))
            self.taken |= dict.fromkeys((i, j) for i in range(row, row + down) for j in range(column, column + across))
        self.rows[row] += [""] * across

    def close_cell(self) -> None:
        if self.cell is not None:
            row, column = self.at
            self.rows[row][column] = "".join(self.cell).strip(" \t\r\n")
            self.cell = None

    @property
    def text(self) -> list[str]:
        """The cells that hold anything."""
        return [cell for row in self.rows for cell in row if cell.strip()]


class _Tables(HTMLParser):
    """Collects the tables of a page; a table inside a table is read on its own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.grids: list[Grid] = []
        self.open: list[_Table] = []
        self.lines: list[str] = []
        self.text: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent += 1
        elif tag == "table":
            self.flush()
            self.open.append(_Table())
        elif tag == "br":
            self.handle_data("\n")
        elif self.open and tag == "tr":
            self.open[-1].open_row()
        elif self.open and tag in {"td", "th"}:
            known = dict(attrs)
            self.open[-1].open_cell(_span(known.get("rowspan")), _span(known.get("colspan")))
        elif tag in _BLOCKS and not self.open:
            self.flush()

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag == "table" and self.open:
            self._close_table(self.open.pop())
        elif tag in {"td", "th", "tr"} and self.open:
            self.open[-1].close_cell()
        elif tag in _BLOCKS and not self.open:
            self.flush()

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1].cell is not None:
            self.open[-1].cell.append(data)
        elif not self.open and not self.silent:
            self.text.append(data)

    def flush(self) -> None:
        """Ends a line of the text outside tables; at the end of the page, the tables left open too."""
        line = " ".join("".join(self.text).split())
        self.text.clear()
        if line:
            self.lines.append(line)

    def close(self) -> None:
        super().close()
        while self.open:
            self._close_table(self.open.pop())

    def _close_table(self, table: _Table) -> None:
        table.close_cell()
        if len(table.text) <= 1 or max(map(len, table.rows), default=0) < 1:
            self.lines += table.text
            return
        self.grids.append(Grid(table.rows, None, tuple(table.merged), tuple(self.lines)))
        self.lines = []


def _span(value: str | None) -> int:
    digits = (value or "").strip()
    return min(max(int(digits), 1), _WIDEST) if digits.isascii() and digits.isdigit() and len(digits) < 9 else 1
