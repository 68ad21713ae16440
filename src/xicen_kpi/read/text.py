"""Text files: encoding, line ends and delimiter by evidence over the whole file."""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_DELIMITERS = (",", "\t", ";", "|")
_HEAD = 60
_LONGEST_CELL = 16 * 2**20


class Decoded(NamedTuple):
    """A text and the encoding it came in."""

    text: str
    encoding: str


def decode(data: bytes) -> Decoded | None:
    """The text of a file: by its byte order mark, else strict UTF-8, else GB18030; None if it is none of them.

    The whole file decides, never a sample: one Chinese name at the end of an ASCII file is enough to tell.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _try(data, encoding)
    return _try(data, "utf-8") or _try(data, "gb18030")


def _try(data: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        return None


def normal_lines(text: str) -> str:
    r"""The text with line ends that count once each: \r\r\n, which some programs write, is one."""
    return text.replace("\r\r\n", "\n").replace("\r\n", "\n").replace("\r", "\n")


def find_delimiter(text: str) -> str:
    """The character that cuts the lines into the same number of fields again and again."""
    head = text[:200_000]

    def evidence(delimiter: str) -> tuple[float, int]:
        widths = Counter(len(row) for row, _ in zip(_records(head, delimiter), range(_HEAD), strict=False) if row)
        widths.pop(1, None)
        if not widths:
            return (0.0, 0)
        width, times = max(widths.items(), key=lambda item: item[0] * item[1])
        return (times * (width - 1) ** 0.5, width)

    return max(_DELIMITERS, key=evidence)


def read_records(text: str, delimiter: str) -> list[list[str]]:
    """All records of a delimited text; a record may run over several lines inside quotation marks.

    Raises:
        csv.Error: A cell is longer than any honest cell.
    """
    return list(_records(text, delimiter))


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(_LONGEST_CELL)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
