"""Text files: encoding, line ends and delimiter by evidence."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from itertools import islice
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
_DELIMITERS = (",", "\t", ";", "|", "，")
RUNS_OF_TABS = "\t+"
"""The delimiter of a file that fills up its columns with tabs."""
_THOUSANDS = re.compile(r"(?<![\d.])\d{1,3}(?:,\d{3})+(?!\d)")
_NO_DELIMITER = "\x1f"
_HEAD_RECORDS, _HEAD = 80, 200_000
_TASTE = 20_000
_LONGEST_CELL = 2**27
_LEAST_SHARE = 0.3
"""Share of the records that must have the same number of fields before a character counts as a delimiter."""
_COMMON = 0.7
"""Share of Chinese characters of a true GB18030 text that the 6763 common ones of GB 2312 make up, at least."""


class Decoded(NamedTuple):
    """A text and the encoding it came in.

    Attributes:
        text: The whole text.
        encoding: Python's name of the encoding.
        cut: Whether the last character is cut off, as in a file that was not written to its end.
        doubtful: Whether it is GB18030 only because anything is: most of its characters are rare ones.
    """

    text: str
    encoding: str
    cut: bool = False
    doubtful: bool = False


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
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if error.start < len(data) - 4 or error.reason not in {"unexpected end of data", "truncated data"}:
            return None
        return Decoded(data[: error.start].decode(encoding), encoding, cut=True) if error.start else None
    return Decoded(text, encoding, doubtful=encoding == "gb18030" and _is_rare(text))


def _is_rare(text: str) -> bool:
    chinese = "".join(re.findall("[\u4e00-\u9fff]+", text[:_TASTE]))
    return len(chinese) >= 8 and len(chinese.encode("gb2312", "ignore")) < 2 * _COMMON * len(chinese)


def normal_lines(text: str) -> str:
    r"""The text with line ends that count once each: \r\r\n, which some programs write, is one."""
    if "\r" not in text:
        return text
    return text.replace("\r\r\n", "\n").replace("\r\n", "\n").replace("\r", "\n")


def find_delimiter(text: str) -> str:
    """The character that cuts the lines into the same number of fields again and again."""
    head = text[:_HEAD]
    found = {delimiter: _evidence(head, delimiter) for delimiter in _DELIMITERS}
    best = max(_DELIMITERS, key=lambda delimiter: found[delimiter])
    if best == "," and (other := _beside_thousands(head, found)):
        best = other
    if not found[best]:
        return next((delimiter for delimiter in _DELIMITERS if _cuts_header_alone(head, delimiter)), _NO_DELIMITER)
    if best == "\t" and "\t\t" in head and _evidence(head, RUNS_OF_TABS, even=True) > _evidence(head, "\t", even=True):
        return RUNS_OF_TABS
    return best


def _beside_thousands(head: str, found: dict[str, float]) -> str | None:
    """The delimiter that explains the text better if commas within numbers such as 1,234,567 are none."""
    others = [delimiter for delimiter in _DELIMITERS if delimiter != "," and found[delimiter]]
    if not others:
        return None
    bare = _THOUSANDS.sub(lambda number: number[0].replace(",", ""), head)
    best = max(others, key=lambda delimiter: found[delimiter])
    return best if found[best] > _evidence(bare, ",") else None


def _cuts_header_alone(head: str, delimiter: str) -> bool:
    """Whether the first record is the widest, and some others hold the delimiter: a list with little in it."""
    widths = [len(row) for row in islice(_records(head, delimiter), _HEAD_RECORDS) if any(map(str.strip, row))]
    return len(widths) > 2 and widths[0] > 1 and max(widths) == widths[0] and sum(width > 1 for width in widths) > 2


def _evidence(head: str, delimiter: str, *, even: bool = False) -> float:
    """How often the most frequent number of fields occurs, weighed by that number unless told otherwise."""
    records = [row for row in islice(_records(head, delimiter), _HEAD_RECORDS) if any(map(str.strip, row))]
    widths = Counter(map(len, records))
    widths.pop(1, None)
    if not widths:
        return 0.0
    width, times = max(widths.items(), key=lambda item: item[0] * item[1])
    if times < _LEAST_SHARE * len(records):
        return 0.0
    return float(times) if even else times * (width - 1) ** 0.5


def read_records(text: str, delimiter: str) -> list[list[str]]:
    """All records of a delimited text; a record may run over several lines inside quotation marks.

    Raises:
        csv.Error: A cell is longer than any honest cell.
    """
    return list(_records(text, delimiter))


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(_LONGEST_CELL)
    if delimiter == RUNS_OF_TABS:
        text, delimiter = re.sub("\t+", "\t", text), "\t"
        text = text.replace("\t\n", "\n")
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
