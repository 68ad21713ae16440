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
import io
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass, field
from itertools import islice
from typing import IO, TYPE_CHECKING, Any

import pandas as pd

from xicen_kpi.read.beforehand import ahead
from xicen_kpi.read.blocks import Ending, GridBlock, Parse, TextBlock
from xicen_kpi.read.bulk_cells import BulkCells, TooLongError
from xicen_kpi.read.encoding import decode
from xicen_kpi.read.grid import Grid, Rows
from xicen_kpi.read.html import looks_like_html
from xicen_kpi.read.seal import AsBytes, Seal, seal_of
from xicen_kpi.read.spellings import WIDTH
from xicen_kpi.read.text import find_delimiter, normal_lines, read_records
from xicen_kpi.read.xmlsheet import looks_like_xml_sheet
from xicen_kpi.words.findings import finding

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping, Sequence

    from xicen_kpi.errors import Location
    from xicen_kpi.read.blocks import Block
    from xicen_kpi.read.stored import DataFile

_HEAD = 2**16
_PIECE = 2**16
"""Records of a piece."""
_SPOTS, _SPOT, _TAIL = 8, 2**14, 2**16
"""How many places in the text are looked at before its columns are typed, how many bytes there, and at the end."""
_PATIENCE = 4
"""Pieces with words among their numbers after which no more numbers are expected of the parser."""
_MARKS = ["", "-", "--", "—", "——", "…", "……"]
"""Marks of absence that the C parser may pass over without a second look."""


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
        cells: Makes cells of what the parser hands on.
    """

    path: DataFile
    encoding: str
    seal: Future[Seal]
    delimiter: str
    head: Grid
    expected: int = 0
    cells: BulkCells = field(init=False)

    def __post_init__(self) -> None:
        self.cells = BulkCells(self.encoding, self.is_cut_as_bytes)

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
        return (
            None if self.is_cut_as_bytes and not self.cells.has_broken else seal_of(self.path, self.encoding).broken_at
        )

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
        as_texts = dict.fromkeys(places, Parse.TEXT)
        hows = {place: how if self._is_fit(place, how) else Parse.TEXT for place, how in places.items()}
        while True:
            parsed = self._parsed(done, width, as_texts if odd_pieces >= _PATIENCE else hows)
            try:
                with closing(ahead(parsed)) as pieces:
                    for block in pieces:
                        yield block
                        done += block.size
            except pd.errors.EmptyDataError:
                return
            except TooLongError as error:
                hows[error.place] = Parse.TEXT
                continue
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

    def _parsed(self, first: int, width: int, places: Mapping[int, Parse]) -> Generator[TextBlock]:
        with self.opened() as handle:
            skipped = self._pass_over(handle, first)
            marks: list[Any] = [mark.encode(self.encoding) if self.is_cut_as_bytes else mark for mark in _MARKS]
            is_recoded = self.encoding == "gb18030" and not self.is_cut_as_bytes
            text: Any = handle if is_recoded else AsBytes(handle)
            reader = pd.read_csv(
                text,
                sep=self.delimiter,
                header=None,
                names=[str(place) for place in range(width)],
                index_col=False,
                usecols=[str(place) for place in places],
                dtype={str(place): self.cells.dtype(how) for place, how in places.items()},
                keep_default_na=False,
                na_values={str(place): marks for place, how in places.items() if how is Parse.NUMBER},
                skip_blank_lines=False,
                skiprows=first - skipped,
                chunksize=_PIECE,
                low_memory=False,
                encoding=self.encoding if is_recoded else "utf-8",
                encoding_errors="surrogateescape" if self.is_cut_as_bytes else "replace",
            )
            with reader:
                for frame in reader:
                    cells = {place: self.cells.of(place, frame[str(place)], how) for place, how in places.items()}
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

    def _is_fit(self, place: int, how: Parse) -> bool:
        """Whether the first cells of a column are short enough for what it is wanted as."""
        if how is not Parse.REPEATED or not self.is_cut_as_bytes:
            return True
        return all(len(row[place].encode(self.encoding)) < WIDTH for row in self.head.rows if place < len(row))


def large_text(path: DataFile) -> BulkText | None:
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
    seal = beside.submit(seal_of, path)
    beside.shutdown(wait=False)
    is_utf8 = decoded.encoding != "gb18030" and (not decoded.text.isascii() or seal.result().broken_at is None)
    encoding = decoded.encoding if is_utf8 else "gb18030"
    expected = int(1.02 * len(records) * path.stat().st_size / head.rfind(b"\n"))
    return BulkText(path, encoding, seal, delimiter, Grid(list(records)), expected)
