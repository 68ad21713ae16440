"""The rows below a header: data, marked where they are totals; the rest set aside with its reason."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from xicen_kpi.read.kinds import BLANK, DATE, NUMBER, TEXT, filled, is_empty, kind_of, reads_like_title
from xicen_kpi.read.patterns import Pattern
from xicen_kpi.read.rows import is_blank, is_continuation, remark, total_mark, trimmed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xicen_kpi.read.grid import Grid, Rows
    from xicen_kpi.read.layout import Layout

_SAMPLE = 300
_UNIT_LINE = Pattern(r"[(（]?(?:计量|金额|货币)?单位|[(（]?unit", re.IGNORECASE)
_BLANKS = " \u3000\xa0\t\u2002\u2003"


@dataclass(slots=True)
class Body:
    """What became of each row below a header; rows from 0.

    Attributes:
        end: The row after the last one that belongs to the table.
        reasons: Row to the reason why it is no data.
        marks: Row to total, sub_total, of_which or heading, for data rows that are not like the others.
        levels: Row to the depth of its label's indent; empty where nothing is indented.
    """

    end: int
    reasons: dict[int, str] = field(default_factory=dict)
    marks: dict[int, str] = field(default_factory=dict)
    levels: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Reader:
    """Looks at the rows once and keeps what the rules below ask for."""

    grid: Grid
    layout: Layout
    first: int
    last: int
    label: int = 0
    fills: list[int] = field(default_factory=list)
    labels: list[Any] = field(default_factory=list)
    numeric: list[int] = field(default_factory=list)
    typical: int = 1

    @property
    def rows(self) -> Rows:
        return self.grid.rows

    def __post_init__(self) -> None:
        body = self.rows[self.first : self.last]
        self.fills = [len(row) - row.count("") for row in body]
        sample = body[:_SAMPLE]
        width = len(self.layout.names)
        kinds = [[kind_of(row[j]) if j < len(row) else BLANK for j in range(width)] for row in sample]
        held = [sum(row[j] != BLANK for row in kinds) for j in range(width)]
        self.label = next((j for j in range(min(4, width)) if held[j] * 2 >= len(sample)), 0)
        self.labels = [row[self.label] if self.label < len(row) else "" for row in body]
        merged = self.grid.spread(self.first, self.last) if self.grid.merged else {}
        for place, text in merged.get(self.label, {}).items():
            self.labels[place - self.first] = self.labels[place - self.first] or text
        counts = [Counter(row[j] for row in kinds) for j in range(width)]
        named = range(width) if not self.layout.header else [j for j in range(width) if self.layout.names[j]]
        self.numeric = [j for j in named if counts[j][NUMBER] > counts[j][TEXT] and j != self.label]
        some = sorted(fill for fill in self.fills[:_SAMPLE] if fill)
        self.typical = some[len(some) // 2] if some else 1

    def has_number(self, place: int) -> bool:
        row = self.rows[place]
        return any(j < len(row) and kind_of(row[j]) == NUMBER for j in self.numeric)

    def only_text(self, place: int) -> str | None:
        """The text of a row that holds a single cell."""
        texts = [cell for cell in self.rows[place] if not is_empty(cell)]
        return str(texts[0]) if len(texts) == 1 else None


def read_body(grid: Grid, layout: Layout) -> Body:
    """Sorts the rows below a header."""
    rows = grid.rows
    first, last = layout.body.start, trimmed(rows, layout.body.start)
    if first >= last:
        return Body(last)
    reader = _Reader(grid, layout, first, last)
    body = Body(last)
    _repeated_headers(reader, body)
    _next_table(reader, body)
    _below_the_data(reader, body)
    _rows_between(reader, body)
    _levels_and_marks(reader, body)
    body.reasons = {place: reason for place, reason in body.reasons.items() if place < body.end}
    return body


def _repeated_headers(reader: _Reader, body: Body) -> None:
    """Header rows that stand again further down, with the lines that announce them."""
    if not reader.layout.header:
        return
    header = reader.rows[reader.layout.header.start : reader.layout.body.start]
    kinds = [kind_of(cell) for cell in header[0]]
    key = next((kinds.index(kind) for kind in (TEXT, DATE, NUMBER) if kind in kinds), None)
    if key is None:
        return
    name, rows = header[0][key], reader.rows[reader.first : reader.last]
    for place in [reader.first + n for n, row in enumerate(rows) if key < len(row) and row[key] == name]:
        if _alike(reader.rows[place], header[0]) >= 0.6:
            if len(reader.layout.names) > 1 and _is_titled_anew(reader, place - 1):
                body.end = _start_of_title(reader, place)
                return
            for offset, own in enumerate(header):
                if place + offset < reader.last and _alike(reader.rows[place + offset], own) >= 0.5:
                    body.reasons[place + offset] = "repeated_header"
            if len(reader.layout.names) > 1:
                _announcement(reader, body, place - 1)


def _is_titled_anew(reader: _Reader, place: int) -> bool:
    """Whether, below an empty line, a title stands that is not the first one again and announces no further page."""
    texts: list[str] = []
    while place > reader.first and _may_be_title(reader, place):
        if reader.fills[place - reader.first] == 0:
            break
        texts.append(reader.only_text(place) or "")
        place -= 1
    first = {_letters(cell) for row in reader.layout.title for cell in reader.rows[row] if isinstance(cell, str)}
    new = {_letters(text) for text in texts if not remark(text) and not _UNIT_LINE.match(text)} - {"", *first}
    return bool(new) and reader.fills[place - reader.first] == 0 and not any(map(is_continuation, texts))


def _letters(text: str) -> str:
    """A title without its numbers and marks."""
    return "".join(filter(str.isalpha, text))


def _announcement(reader: _Reader, body: Body, place: int) -> None:
    while place >= reader.first and reader.fills[place - reader.first] <= 1:
        if reader.fills[place - reader.first] == 0:
            body.reasons[place] = "blank"
        elif place not in body.reasons:
            body.reasons[place] = "repeated_title"
        place -= 1


def _alike(row: Sequence[object], other: Sequence[object]) -> float:
    """Share of the cells of a header row that stand in the same place in another row."""
    places = [j for j, cell in enumerate(other) if not is_empty(cell)]
    same = sum(j < len(row) and str(row[j]).strip() == str(other[j]).strip() for j in places)
    return same / max(len(places), 1)


def _next_table(reader: _Reader, body: Body) -> None:
    """Ends the table where, after an empty line or a line of text, a row of names stands above other columns."""
    fills = reader.fills
    after_gap = [n for n in range(1, len(fills)) if fills[n] > 1 >= fills[n - 1]]
    for place in [reader.first + n for n in after_gap]:
        if place not in body.reasons and (_heads_numbers(reader, place) or _heads_other_kinds(reader, place)):
            body.end = _start_of_title(reader, place)
            return


def _heads_numbers(reader: _Reader, place: int) -> bool:
    """Whether texts stand where the table has numbers, with numbers below them again."""
    row = reader.rows[place]
    held = [j for j in reader.numeric if j < len(row) and not is_empty(row[j])]
    texts = [str(row[j]) for j in held if kind_of(row[j]) == TEXT]
    if len(texts) < min(2, len(reader.numeric)) or len(texts) < 0.6 * len(held) or len(set(texts)) < len(texts):
        return False
    return bool(texts) and any(reader.has_number(later) for later in range(place + 1, min(place + 6, reader.last)))


def _heads_other_kinds(reader: _Reader, place: int) -> bool:
    """Whether, below an empty line and a line of title, texts stand over numbers where the table has texts."""
    before = place - 1 - reader.first
    while before > 0 and reader.fills[before] == 1:
        before -= 1
    if before in {0, place - 1 - reader.first} or reader.fills[before] or place + 1 >= reader.last:
        return False
    row, below = reader.rows[place], reader.rows[place + 1]
    own = [j for j, cell in enumerate(row) if not is_empty(cell)]
    if any(kind_of(row[j]) != TEXT for j in own) or len({str(row[j]) for j in own}) < len(own):
        return False
    numbers = [j for j in own if j < len(below) and kind_of(below[j]) == NUMBER]
    return bool(numbers) and 2 * len(numbers) >= len(own) - 1 and not set(numbers) <= set(reader.numeric)


def _start_of_title(reader: _Reader, place: int) -> int:
    """The first of the lines of text right above a header that belong to it."""
    while place > reader.first and _may_be_title(reader, place - 1):
        if remark(reader.only_text(place - 1) or ""):
            break
        place -= 1
    return place


def _may_be_title(reader: _Reader, place: int) -> bool:
    return reader.fills[place - reader.first] == 1 or reads_like_title(reader.rows[place])


def _below_the_data(reader: _Reader, body: Body) -> None:
    """Notes, sources and signatures under the last row of data, and stray cells there."""
    body.end = trimmed(reader.rows[: body.end], reader.first)
    lone = len(reader.layout.names) == 1
    last = body.end
    while last > reader.first and not _is_full(reader, last - 1, lone=lone):
        last -= 1
    ended = False
    dense = bool(reader.layout.header) and _labelled(reader, last) >= 0.9
    for place in range(last, body.end):
        row = reader.rows[place]
        if is_blank(row):
            body.reasons[place] = "blank"
            continue
        said = next((found for cell in row if isinstance(cell, str) and (found := remark(cell))), None)
        label = reader.labels[place - reader.first]
        if said or ended or is_continuation(str(label)):
            body.reasons[place] = said or "footer"
            ended = ended or said is not None
        elif is_empty(label) and dense:
            body.reasons[place] = "stray"
        elif kind_of(label) == NUMBER and not lone:
            body.reasons[place] = "footer"


def _is_full(reader: _Reader, place: int, *, lone: bool) -> bool:
    """Whether a row is data beyond doubt: a label and something beside it, and no remark."""
    row, label = reader.rows[place], reader.labels[place - reader.first]
    if is_empty(label):
        return reader.fills[place - reader.first] * 2 > reader.typical and reader.fills[place - reader.first] > 1
    if isinstance(label, str) and remark(label) and not reader.has_number(place):
        return False
    return lone or (filled(row) > 1)


def _labelled(reader: _Reader, last: int) -> float:
    labels = reader.labels[: max(last - reader.first, 1)]
    return 1 - labels.count("") / len(labels)


def _rows_between(reader: _Reader, body: Body) -> None:
    """Empty rows, remarks and headings among the data. Without a header nothing says that an empty record is none."""
    if not reader.layout.header:
        return
    width, headings = len(reader.layout.names), list[int]()
    banners = {top for (top, left), (last, right) in reader.grid.merged if top == last and 2 * (right - left) > width}
    for place in range(reader.first, body.end):
        fill = reader.fills[place - reader.first]
        label = reader.labels[place - reader.first]
        if place in body.reasons or (fill > 1 and label != "" and 2 * fill > reader.typical):
            continue
        reason = "group" if place in banners else _reason_between(reader, place, label, fill)
        if reason == "heading":
            headings.append(place)
        elif reason == "group":
            body.reasons[place] = "heading"
        elif reason:
            body.reasons[place] = reason
    if 2 * len(headings) <= len(reader.fills):  # ... else it is a list in which little is filled in
        body.marks |= dict.fromkeys(headings, "heading")


def _reason_between(reader: _Reader, place: int, label: object, fill: int) -> str | None:
    """What a sparse row among the data is: blank, a remark, a heading; None for data with little in it."""
    if fill == 0 or is_blank(reader.rows[place]):
        return "blank"
    if len(reader.layout.names) == 1:
        return None
    if is_empty(label):
        return "note" if reader.numeric and not reader.has_number(place) else None
    if not isinstance(label, str):
        return None
    said = remark(label) or ("repeated_title" if fill == 1 and is_continuation(label) else None)
    if said and not reader.has_number(place):
        return said
    return "heading" if fill == 1 else None


def _levels_and_marks(reader: _Reader, body: Body) -> None:
    """Indents of labels; totals by their words, and by what is indented below them."""
    texts = {label for label in reader.labels if label.__class__ is str}
    known = {text: mark for text in texts if (mark := total_mark(text))}
    indented = any(text[:1] in _BLANKS for text in texts if text)
    if not known and not indented:
        return
    used = [place for place in range(reader.first, body.end) if place not in body.reasons]
    labels = {place: reader.labels[place - reader.first] for place in used}
    body.marks |= {place: known[label] for place, label in labels.items() if label in known}
    if indented:
        _levels(reader, body, used, {place: _indent(label) for place, label in labels.items()})


def _levels(reader: _Reader, body: Body, used: list[int], levels: dict[int, int]) -> None:
    """Headings and sub-totals: rows with deeper indented rows below them."""
    if len(set(levels.values())) < 2:
        return
    body.levels = levels
    for place, below in pairwise(used):
        if levels[below] <= levels[place]:
            continue
        sparse = reader.fills[place - reader.first] * 2 <= reader.typical
        if sparse and reader.layout.header and reader.numeric and not reader.has_number(place):
            body.reasons[place] = "heading"
            body.marks.pop(place, None)
            del body.levels[place]
        else:
            body.marks.setdefault(place, "sub_total")


def _indent(label: object) -> int:
    return len(label) - len(label.lstrip(_BLANKS)) if isinstance(label, str) else 0
