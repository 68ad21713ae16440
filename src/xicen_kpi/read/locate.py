"""Where the header of a sheet is, given the columns that a plan looks for; and which column is which."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, NamedTuple

from xicen_kpi.read.headers import Header, normal_name, read_header
from xicen_kpi.read.joined import joined_names

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xicen_kpi.plan.source import Column
    from xicen_kpi.read.grid import Grid

_DEEPEST, _HIGHEST = 25, 4
"""Rows in which a header may begin, and how many rows it may have."""


class Located(NamedTuple):
    """A header that was found.

    Attributes:
        first: Its first row, from 0.
        height: Its number of rows.
        headers: One for each column of the sheet; None where there is no text.
        places: Plan column to column of the sheet.
        twice: Plan columns that several headers of the sheet answer to.
    """

    first: int
    height: int
    headers: tuple[Header | None, ...]
    places: Mapping[str, int]
    twice: tuple[str, ...] = ()

    @property
    def body(self) -> int:
        """First row below the header, from 0."""
        return self.first + self.height

    @property
    def texts(self) -> dict[str, str]:
        """Plan column to the header's text."""
        return {name: header.text for name, at in self.places.items() if (header := self.headers[at])}


def wanted_names(columns: Mapping[str, Column]) -> dict[str, str]:
    """Normal header name to plan column, for every name a header of the plan may go by."""
    names: dict[str, str] = {}
    for column, declared in columns.items():
        for text in declared.header:
            for name in read_header(text).names:
                names.setdefault(name, column)
    return names


def locate_header(grid: Grid, wanted: Mapping[str, str]) -> Located | None:
    """The rows whose joined texts name the most columns of the plan: as few and as high up as possible."""
    best: Located | None = None
    target = len(set(wanted.values()))
    for first in range(min(_DEEPEST, len(grid.rows))):
        for height in range(1, min(_HIGHEST, len(grid.rows) - first) + 1):
            if best is not None and len(best.places) == target and height >= best.height:
                break  # all of them, in as few rows: it cannot get better
            found = _match(_single_names(grid, first, height), wanted, first, height)
            if found.places and (best is None or _better(found, best)):
                best = found
        if best is not None and 2 * len(best.places) >= target and first >= best.body - 1:
            break
    return best


def _single_names(grid: Grid, first: int, height: int) -> list[str]:
    """The joined names; empty for columns that share a merged cell in the last row, for they need a row below."""
    names = joined_names(grid, first, height)
    last = first + height - 1
    for (top, left), (bottom, right) in grid.merged:
        if top <= last <= bottom and left < right:
            names[left : right + 1] = [""] * len(names[left : right + 1])
    return names


def _better(one: Located, other: Located) -> bool:
    return (len(one.places), -one.height) > (len(other.places), -other.height)


def _match(texts: Sequence[str], wanted: Mapping[str, str], first: int, height: int) -> Located:
    headers = tuple(read_header(text) if text and not text.endswith((":", "：")) else None for text in texts)
    places: dict[str, int] = {}
    twice: list[str] = []
    for rank in range(max((len(header.names) for header in headers if header), default=0)):
        taken = set(places)
        for place, header in enumerate(headers):
            name = header.names[rank] if header and rank < len(header.names) else None
            column = wanted.get(name) if name else None
            if column is None or column in taken or place in places.values():
                continue
            if column in places:
                twice.append(column)
            else:
                places[column] = place
    return Located(first, height, headers, places, tuple(twice))


def nearest_header(column: Column, headers: Sequence[Header | None]) -> str | None:
    """The file's header that is spelt most like one of the plan's; None if none is near."""
    texts = {header.names[0]: header.text for header in headers if header and header.names}
    for wanted in map(normal_name, column.header):
        near = difflib.get_close_matches(wanted, texts, n=1, cutoff=0.6)
        near = near or [name for name in texts if len(wanted) > 2 and wanted in name]
        if near:
            return texts[near[0]]
    return None
