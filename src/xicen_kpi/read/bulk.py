"""Large delimited texts: read in pieces by pandas' C parser, and record by record only where that gives up.

A text whose first Chinese characters are UTF-8 is read as such while its remaining bytes are still being checked; if
one of them is not UTF-8, that is an error of the file and told when the last piece is out. A text that begins in ASCII
alone is checked to its end before anything is read.

A text in GB18030 does not pass through the codec: no byte of its characters is a comma, a quotation mark or a line end,
so it is cut into cells as it stands, and only the different texts among the cells are decoded.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import IO, TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from xicen_kpi.read.blocks import Ending, GridBlock, Parse, TextBlock
from xicen_kpi.read.cells import Repeated
from xicen_kpi.read.encoding import decode
from xicen_kpi.read.grid import Grid, Rows
from xicen_kpi.read.html import looks_like_html
from xicen_kpi.read.text import find_delimiter, normal_lines, read_records
from xicen_kpi.read.xmlsheet import looks_like_xml_sheet
from xicen_kpi.words.findings import finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from xicen_kpi.errors import Location
    from xicen_kpi.read.blocks import Block
    from xicen_kpi.read.cells import Cells

LARGE = 4 * 2**20
"""Bytes from which a text is read in pieces."""
_STEP = 2**18
_HEAD = 2**16
_PIECE = 2**16
"""Records of a piece."""
_SPOTS, _SPOT, _TAIL = 8, 2**14, 2**16
"""How many places in the text are looked at before its columns are typed, how many bytes there, and at the end."""
_PATIENCE = 4
"""Pieces with words among their numbers after which no more numbers are expected of the parser."""
_MARKS = ["", "-", "--", "—", "——", "…", "……"]
"""Marks of absence that the C parser may pass over without a second look."""


class Seal(NamedTuple):
    """What only the last byte of a file can tell.

    Attributes:
        sha256: Sum of all bytes.
        broken_at: The first byte that is not UTF-8.
    """

    sha256: str
    broken_at: int | None


@dataclass(slots=True)
class BulkText:
    """A large text of one encoding from its first byte to its last.

    Attributes:
        path: The file.
        encoding: In which it is.
        seal: Sum and soundness of all bytes, worked out beside the reading.
        delimiter: One character of ASCII.
        head: Its first records.
        expected: About how many records it has.
        has_broken_cells: Whether a cell of a text in GB18030 could not be decoded.
    """

    path: Path
    encoding: str
    seal: Future[Seal]
    delimiter: str
    head: Grid
    expected: int = 0
    has_broken_cells: bool = False

    @property
    def is_cut_as_bytes(self) -> bool:
        """Whether it is cut into cells before it is decoded; `|` may be a byte of a character of GB18030."""
        return self.encoding == "gb18030" and self.delimiter != "|"

    def opened(self) -> IO[bytes]:
        """The text from its beginning, without a byte order mark."""
        handle: IO[bytes] = self.path.open("rb")
        if handle.read(3) != codecs.BOM_UTF8:
            handle.seek(0)
        return handle

    def broken_at(self) -> int | None:
        """The first byte that is not of the encoding; known when the text has been read to its end.

        Of a text that is cut as bytes only the cells that are asked for have been looked at.
        """
        if self.encoding != "gb18030":
            return self.seal.result().broken_at
        return None if self.is_cut_as_bytes and not self.has_broken_cells else _seal(self.path, self.encoding).broken_at

    def ending(self, where: Location) -> Ending:
        """Sum of all bytes, and where they were broken; known when the text has been read to its end."""
        broken_at = self.broken_at()
        told = [] if broken_at is None else [finding("encoding-broken", where, encoding=self.encoding, at=broken_at)]
        return Ending(self.seal.result().sha256, told)

    def records(self) -> Iterator[list[str]]:
        """The records one by one."""
        with self.opened() as handle, io.TextIOWrapper(handle, self.encoding, "replace", newline="") as text:
            yield from csv.reader(text, delimiter=self.delimiter)

    def fetch(self, numbers: Sequence[int]) -> dict[int, Sequence[str]]:
        """Whole records by their number, from 0."""
        wanted, first, last = set(numbers), min(numbers), max(numbers)
        found: Iterator[list[str]] = islice(self.records(), first, last + 1)
        if last - first < _PIECE:
            with suppress(ValueError), self.opened() as handle:
                width = max(map(len, self.head.rows))
                names = [str(place) for place in range(width)]
                near = pd.read_csv(
                    handle,
                    sep=self.delimiter,
                    header=None,
                    names=names,
                    index_col=False,
                    dtype="object",
                    keep_default_na=False,
                    skip_blank_lines=False,
                    skiprows=first,
                    nrows=last - first + 1,
                    encoding=self.encoding,
                    encoding_errors="replace",
                )
                found = iter(near.fillna("").to_numpy().tolist())
        return {number: record for number, record in enumerate(found, first) if number in wanted}

    def samples(self) -> tuple[list[list[str]], list[list[str]]]:
        """Records from the middle of the text, wherever a line begins, and its last ones."""
        with self.path.open("rb") as handle:
            size = handle.seek(0, io.SEEK_END)
            width = max(map(len, self.head.rows))
            middle = [self._records_at(handle, size * n // _SPOTS, _SPOT)[1:-1] for n in range(1, _SPOTS)]
            last = self._records_at(handle, max(size - _TAIL, 0), _TAIL)[1:]
        return [record for spot in middle for record in spot if len(record) == width], last

    def ends(self, place: int) -> list[object]:
        """Cells of a column in the first and the last records."""
        return [row[place] for row in (*self.head.rows[1:], *self.samples()[1]) if place < len(row)]

    def _records_at(self, handle: IO[bytes], at: int, size: int) -> list[list[str]]:
        handle.seek(at)
        text = normal_lines(handle.read(size).decode(self.encoding, "replace"))
        return read_records(text, self.delimiter)

    def whole(self) -> Grid:
        """All records as a grid."""
        return Grid(list(self.records()))

    def blocks(self, first: int, width: int, places: Mapping[int, Parse]) -> Iterator[Block]:
        """Pieces of the text from a record on.

        Args:
            first: The record after the header, from 0.
            width: Columns of the text.
            places: Columns that are wanted, and what the parser is to make of them.
        """
        done, odd_pieces = first, 0
        as_texts = {place: Parse.TEXT if how is Parse.NUMBER else how for place, how in places.items()}
        while True:
            as_found = odd_pieces >= _PATIENCE
            try:
                for block in self._parsed(done, width, as_texts if as_found else places):
                    yield block
                    done += block.size
            except pd.errors.EmptyDataError:
                return
            except ValueError:  # a word among numbers, a record that is too long
                piece = self._odd_piece(done, width, as_texts)
                yield piece
                done, odd_pieces = done + piece.size, odd_pieces + 1
                if piece.size == _PIECE:
                    continue
            return

    def _odd_piece(self, first: int, width: int, places: Mapping[int, Parse]) -> Block:
        """The next piece as texts; all the rest, record by record, if the parser cannot do even that."""
        try:
            return next(self._parsed(first, width, places))
        except ValueError:
            rows: Rows = list(islice(self.records(), first, None))
            return GridBlock(Grid(rows, numbers=tuple(range(first + 1, first + 1 + len(rows)))), 0, len(rows))

    def _parsed(self, first: int, width: int, places: Mapping[int, Parse]) -> Iterator[TextBlock]:
        with self.opened() as handle:
            skipped = self._pass_over(handle, first)
            marks: list[Any] = [mark.encode(self.encoding) if self.is_cut_as_bytes else mark for mark in _MARKS]
            reader = pd.read_csv(
                handle,
                sep=self.delimiter,
                header=None,
                names=[str(place) for place in range(width)],
                index_col=False,
                usecols=[str(place) for place in places],
                dtype={str(place): self._dtype(how) for place, how in places.items()},
                keep_default_na=False,
                na_values={str(place): marks for place, how in places.items() if how is Parse.NUMBER},
                skip_blank_lines=False,
                skiprows=first - skipped,
                chunksize=_PIECE,
                low_memory=False,
                encoding="utf-8" if self.is_cut_as_bytes else self.encoding,
                encoding_errors="surrogateescape" if self.is_cut_as_bytes else "replace",
            )
            with reader:
                for frame in reader:
                    cells = {place: self._cells_of(frame[str(place)]) for place in places}
                    yield TextBlock(first, len(frame), cells, self.fetch)
                    first += len(frame)

    def _pass_over(self, handle: IO[bytes], first: int) -> int:
        """Reads on to a record near the beginning, which costs less than having the parser skip to it."""
        lines = (line.decode(self.encoding, "replace") for line in iter(handle.readline, b""))
        if (
            first <= len(self.head.rows)
            and len(list(islice(csv.reader(lines, delimiter=self.delimiter), first))) == first
        ):
            return first
        return 0

    def _dtype(self, how: Parse) -> str:
        """The parser's name for what it is to make of a column; texts yet to be decoded are none of its categories."""
        return Parse.TEXT.value if self.is_cut_as_bytes and how is Parse.REPEATED else how.value

    def _cells_of(self, column: pd.Series) -> Cells:
        """Numbers and texts as they are, a repeated text by its different values; a record too short has none (NaN)."""
        if isinstance(column.dtype, pd.CategoricalDtype):
            return Repeated(column.cat.codes.to_numpy(), [*column.cat.categories, ""])
        values = column.to_numpy(copy=False)
        if values.dtype.kind == "f" and np.isinf(values).any():
            message = "inf is a word, not a number"
            raise ValueError(message)
        return self._decoded(values) if self.is_cut_as_bytes and values.dtype.kind == "O" else values

    def _decoded(self, values: NDArray[Any]) -> Cells:
        """Cells of a text that was cut as bytes, which the parser hands on as stand-ins for what is no ASCII."""
        cells = values.tolist()
        places = dict.fromkeys(cells, -1)
        different = [cell for cell in places if isinstance(cell, str)]
        if all(map(str.isascii, different)):
            return values
        places |= {cell: place for place, cell in enumerate(different)}
        found = np.fromiter(map(places.__getitem__, cells), dtype=np.int32, count=len(cells))
        return Repeated(found, [*self._decoded_texts(different), ""])

    def _decoded_texts(self, cells: Sequence[str]) -> list[str]:
        """The texts behind the stand-ins, decoded in one go if nothing is broken; no cell of the parser holds a NUL."""
        try:
            return _bytes_of("\0".join(cells)).decode(self.encoding).split("\0")
        except UnicodeDecodeError:
            self.has_broken_cells = True
            return [_bytes_of(cell).decode(self.encoding, "replace") for cell in cells]


def _bytes_of(cell: str) -> bytes:
    return cell.encode("utf-8", "surrogateescape")


def large_text(path: Path) -> BulkText | None:
    """The file as a large text; None where it is something else or of a shape that the parser does not know."""
    with path.open("rb") as handle:
        head = handle.read(_HEAD)
    decoded = decode(head[: head.rfind(b"\n") + 1] or head)
    if decoded is None or decoded.encoding not in {"utf-8", "utf-8-sig", "gb18030"} or "\0" in decoded.text:
        return None
    if looks_like_html(decoded.text) or looks_like_xml_sheet(decoded.text) or "\r\r\n" in decoded.text:
        return None
    if "\n" not in decoded.text:
        return None
    text = normal_lines(decoded.text)
    delimiter = find_delimiter(text)
    if len(delimiter) > 1 or not delimiter.isascii() or (not delimiter.isprintable() and delimiter != "\t"):
        return None
    records = read_records(text[: text.rfind("\n") + 1], delimiter)
    beside = ThreadPoolExecutor(max_workers=1)
    seal = beside.submit(_seal, path)
    beside.shutdown(wait=False)
    is_utf8 = decoded.encoding != "gb18030" and (not decoded.text.isascii() or seal.result().broken_at is None)
    encoding = decoded.encoding if is_utf8 else "gb18030"
    expected = int(1.02 * len(records) * path.stat().st_size / head.rfind(b"\n"))
    return BulkText(path, encoding, seal, delimiter, Grid(list(records)), expected)


def _seal(path: Path, encoding: str = "utf-8") -> Seal:
    """Looks at every byte of a file."""
    digest, decoder = hashlib.sha256(), codecs.getincrementaldecoder(encoding)()
    broken_at: int | None = None
    with path.open("rb") as handle:
        at = 0
        while block := handle.read(_STEP):
            digest.update(block)
            begun = len(decoder.getstate()[0])
            try:
                if broken_at is None:
                    decoder.decode(block)
            except UnicodeDecodeError as error:
                broken_at = at - begun + error.start
            at += len(block)
    if broken_at is None and (begun := len(decoder.getstate()[0])):
        broken_at = at - begun
    return Seal(digest.hexdigest(), broken_at)
