"""A file that has been opened: its grids of raw cells, and what was in the way of reading it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xicen_kpi.errors import Finding
    from xicen_kpi.read.blocks import Bulk
    from xicen_kpi.read.grid import Grid

LARGE = 4 * 2**20
"""Bytes from which a text is read in pieces."""


@dataclass(slots=True)
class Loaded:
    """A file as grids.

    Attributes:
        name: Path as shown to the user.
        kind: What it is by content: csv (any delimited text), xlsx, xls, ods, html, xml, parquet.
        sha256: Of its bytes; of a file that is read in pieces it is known only when that has been read.
        grids: Sheets or tables that hold anything.
        encoding: Of a text file.
        delimiter: Of a text file.
        findings: Why it could not be read, or not wholly.
        bulk: A file that is read in pieces, of which the only grid holds no more than its first rows.
        size: Bytes of the file.
    """

    name: str
    kind: str = "unknown"
    sha256: str = ""
    grids: list[Grid] = field(default_factory=list)
    encoding: str | None = None
    delimiter: str | None = None
    findings: list[Finding] = field(default_factory=list)
    bulk: Bulk | None = None
    size: int = 0
