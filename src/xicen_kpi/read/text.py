"""Text files: line ends and delimiter by evidence."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from xicen_kpi.read.patterns import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

_DELIMITERS = (",", "\t", ";", "|", "，")
RUNS_OF_TABS = "\t+"
"""The delimiter of a file that fills up its columns with tabs."""
_PAIRS = "||"
_BLANKS = ("  +", " +")
"""Delimiters of a print-out: at least two blanks, or one."""
_EVEN, _NUMERIC = 0.8, 0.8
"""Share of the lines of a print-out that have the same number of fields, and of numbers in one of its columns."""
_THOUSANDS = Pattern(r"(?<![\d.])\d{1,3}(?:,\d{3})+(?!\d)")
_NO_DELIMITER = "\x1f"
_HEAD_RECORDS, _HEAD = 80, 200_000
_LONGEST_CELL = 2**27
_LEAST_SHARE = 0.3
"""Share of the records that must have the same number of fields before a character counts as a delimiter."""


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
        sparse = (delimiter for delimiter in _DELIMITERS if _cuts_header_alone(head, delimiter))
        return next(sparse, None) or next((one for one in _BLANKS if _is_printed(head, one)), _NO_DELIMITER)
    if best == "|" and head.count("|") == 2 * head.count(_PAIRS):
        return _PAIRS
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


def _is_printed(head: str, delimiter: str) -> bool:
    """Whether nearly all lines have the same number of fields, one of them a number."""
    lines = [row for row in islice(_records(head, delimiter), _HEAD_RECORDS) if any(map(str.strip, row))]
    width, times = Counter(map(len, lines)).most_common(1)[0] if lines else (1, 0)
    rows = [row for row in lines if len(row) == width]
    if width < 2 or len(lines) < 3 or times < _EVEN * len(lines):
        return False
    return any(sum(row[j][-1:].isdigit() for row in rows) >= _NUMERIC * len(rows) for j in range(1, width))


def unwrapped(text: str) -> str:
    """The text of a file whose every line is one field in quotation marks, as if it were a table of one column."""
    if not text.startswith('"') or find_delimiter(text) != _NO_DELIMITER:
        return text
    lines = [row[0] for row in _records(text, _NO_DELIMITER) if row]
    inner = "\n".join(lines)
    return inner if find_delimiter(inner) != _NO_DELIMITER and not any("\n" in line for line in lines) else text


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
    elif delimiter == _PAIRS:
        text, delimiter = text.replace(_PAIRS, "|"), "|"
    elif delimiter in _BLANKS:
        text, delimiter = re.sub(delimiter, "\t", re.sub("(?m)^[ \u3000]+|[ \u3000]+$", "", text)), "\t"
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
