"""What an OpenDocument spreadsheet spans and merges, found before its cells are laid out in memory."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING
from xml.parsers.expat import ExpatError, ParserCreate

from xicen_kpi.read.grid import Refusal, RefusedError

if TYPE_CHECKING:
    import zipfile

    from xicen_kpi.read.grid import Merge

CONTENT = "content.xml"
_KIND = b"application/vnd.oasis.opendocument.spreadsheet"
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_VALUE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0}value-type"
_PIECE = 2**20


def spans_of(package: zipfile.ZipFile, most: int) -> dict[str, list[Merge]]:
    """The merged ranges of each sheet. A cell or row may say that it is repeated, so that a few bytes are a million.

    Args:
        package: The file.
        most: How many cells the rectangle of a sheet may have.

    Raises:
        RefusedError: It is another document, has a password, is broken, declares entities or spans too many cells.
    """
    names = package.namelist()
    if "mimetype" not in names or not package.read("mimetype").startswith(_KIND):
        raise RefusedError(Refusal.FOREIGN, "ODF")
    if "META-INF/manifest.xml" in names and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise RefusedError(Refusal.PASSWORD)
    scan = _Scan(most)
    try:
        with package.open(CONTENT) as stream:
            scan.read(stream)
    except ExpatError as error:
        raise RefusedError(Refusal.BROKEN, str(error)) from error
    return scan.merged


class _Scan:
    """Follows the elements table, table-row and table-cell, whose places are those that are said to be repeated."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.merged: dict[str, list[Merge]] = {}
        self.ranges: list[Merge] = []
        self.row = self.column = self.repeated = self.wide = 0
        self.inside = False
        self.parser = ParserCreate(None, "}")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._refuse

    def read(self, stream: IO[bytes]) -> None:
        """The whole of a content.xml."""
        while piece := stream.read(_PIECE):
            self.parser.Parse(piece, False)  # noqa: FBT003 -- expat takes it by position only
        self.parser.Parse(b"", True)  # noqa: FBT003 -- as above

    def _refuse(self, *_: object) -> None:
        raise RefusedError(Refusal.BROKEN, "DOCTYPE")

    def _start(self, name: str, known: dict[str, str]) -> None:
        if name == _TABLE + "table":
            self.row = self.wide = 0
            self.ranges = self.merged.setdefault(known.get(_TABLE + "name", ""), [])
        elif name == _TABLE + "table-row":
            self.column, self.repeated, self.inside = 0, _number(known, "number-rows-repeated"), True
        elif self.inside and name in (_TABLE + "table-cell", _TABLE + "covered-table-cell"):
            self._cell(known)

    def _cell(self, known: dict[str, str]) -> None:
        down, across = _number(known, "number-rows-spanned"), _number(known, "number-columns-spanned")
        if down > 1 or across > 1:
            self.ranges.append(((self.row, self.column), (self.row + down - 1, self.column + across - 1)))
        self.column += _number(known, "number-columns-repeated")
        if _VALUE in known:
            self.wide = max(self.wide, self.column)
            if self.wide * (self.row + self.repeated) > self.most:
                raise RefusedError(Refusal.TOO_MANY_CELLS, f"{self.row + self.repeated} x {self.wide}")

    def _end(self, name: str) -> None:
        if name == _TABLE + "table-row":
            self.row, self.inside = self.row + self.repeated, False


def _number(known: dict[str, str], name: str) -> int:
    text = known.get(_TABLE + name, "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 1
