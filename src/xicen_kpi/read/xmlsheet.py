"""Workbooks in the XML of 2003 (SpreadsheetML), which some systems hand out under the name .xls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.parsers.expat import ExpatError, ParserCreate

from xicen_kpi.read.grid import Grid, Refusal, RefusedError

if TYPE_CHECKING:
    from xicen_kpi.read.grid import Merge, Rows

_NAMESPACE = "urn:schemas-microsoft-com:office:spreadsheet"
_MOST_CELLS = 5_000_000


def looks_like_xml_sheet(text: str) -> bool:
    """Whether a text is a workbook in the XML of 2003."""
    head = text[:4000]
    return head.lstrip().startswith("<?xml") and _NAMESPACE in head


def xml_grids(text: str) -> list[Grid]:
    """The sheets of the workbook that hold anything. Nothing outside the file is fetched, no entity is expanded.

    Raises:
        RefusedError: It is broken, declares entities, or is too large.
    """
    reader = _Reader()
    try:
        reader.parser.Parse(text.encode("utf-8"), True)  # noqa: FBT003 -- expat takes it by position only
    except ExpatError as error:
        raise RefusedError(Refusal.BROKEN, str(error)) from error
    return [grid for grid in reader.grids if grid.rows]


class _Reader:
    """Follows the elements Worksheet, Row, Cell and Data."""

    def __init__(self) -> None:
        self.parser = ParserCreate("utf-8", "}")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.grids: list[Grid] = []
        self.rows: Rows = []
        self.merged: list[Merge] = []
        self.row, self.column, self.cells = -1, -1, 0
        self.kind = "String"
        self.data: list[str] = []
        self.at = (0, 0)
        self.inside = False

    def _refuse(self, *_: object) -> None:
        raise RefusedError(Refusal.BROKEN, "DOCTYPE")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        known = {key.rpartition("}")[2]: value for key, value in attributes.items()}
        element = name.rpartition("}")[2]
        if element == "Worksheet":
            self.rows, self.merged, self.row = [], [], -1
            self.grids.append(Grid(self.rows, known.get("Name"), self.merged))
        elif element == "Row":
            self.row, self.column = _place(known, self.row), -1
        elif element == "Cell":
            self._open_cell(known)
        elif element == "Data":
            self.kind, self.data, self.inside = known.get("Type", "String"), [], True

    def _open_cell(self, known: dict[str, str]) -> None:
        self.column = _place(known, self.column)
        down, across = _number(known.get("MergeDown")), _number(known.get("MergeAcross"))
        self.cells += 1 + max(0, self.row - len(self.rows)) + across
        if self.cells > _MOST_CELLS or self.column > 16_383:
            raise RefusedError(Refusal.TOO_MANY_CELLS)
        if down or across:
            last = (self.row + down, self.column + across)
            self.merged.append(((self.row, self.column), last))
        self.at = (self.row, self.column)
        self.column += across

    def _end(self, name: str) -> None:
        if name.rpartition("}")[2] == "Data" and self.inside:
            self.inside = False
            row, column = self.at
            self.rows += [[] for _ in range(row + 1 - len(self.rows))]
            cells = self.rows[row]
            cells += [""] * (column + 1 - len(cells))
            cells[column] = _value(self.kind, "".join(self.data))

    def _text(self, data: str) -> None:
        if self.inside:
            self.data.append(data)


def _place(known: dict[str, str], last: int) -> int:
    return _number(known.get("Index")) - 1 if "Index" in known else last + 1


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else 0


def _value(kind: str, data: str) -> Any:  # noqa: ANN401 -- a cell may hold anything
    if kind == "Number":
        try:
            return float(data)
        except ValueError:
            return data
    return data[:10] if kind == "DateTime" else data
