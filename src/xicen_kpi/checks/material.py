"""All that the rules look at: the tables of a drop, the enterprise lists, and the figures made from them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain, groupby
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from xicen_kpi.analysis.compile import questions
from xicen_kpi.analysis.observe import Observer
from xicen_kpi.checks.held import HeldDrop
from xicen_kpi.checks.table import Part, Table
from xicen_kpi.engine.repeats import Repeats, is_whole
from xicen_kpi.engine.run import answer
from xicen_kpi.plan.period import Month
from xicen_kpi.plan.source import Frequency
from xicen_kpi.read.book import NO_CODE, CodeBook
from xicen_kpi.read.whole import whole_frame

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from xicen_kpi.engine.register import Register
    from xicen_kpi.errors import Finding
    from xicen_kpi.plan.model import Plan
    from xicen_kpi.read.drop import Drop
    from xicen_kpi.read.stream import Chunk
    from xicen_kpi.read.table import Provenance

DATED = frozenset({Frequency.MONTHLY, Frequency.QUARTERLY, Frequency.ANNUAL})
"""How the rows of a statistical form lie in time; lists and ledgers have dates of their own."""


@dataclass
class Material:
    """What is checked.

    Attributes:
        plan: The plan.
        drop: The folder.
        tables: The sources that could be read, by id.
        empty: Sheets that have a header and no row, by source id.
        findings: What reading had to say.
        as_of: Month ordinal that the check is made for.
    """

    plan: Plan
    drop: Drop
    tables: dict[str, Table]
    empty: dict[str, list[Provenance]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    as_of: int = 0

    @cached_property
    def observer(self) -> Observer:
        """Reads the plan's figures off the same tables."""
        asked = [one for item in self.plan.indicators.values() for one in questions(self.plan, item.measure)]
        months = sorted({month for table in self.tables.values() for month in table.held} | {self.as_of})
        return Observer(self.plan, answer(self.plan, HeldDrop.of(self.drop, self.tables), asked, months))

    @cached_property
    def registers(self) -> dict[str, Register]:
        """The enterprise lists with dated membership, by id."""
        return dict(self.observer.answers.registers)

    @property
    def dated(self) -> list[Table]:
        """Tables of statistical forms that have rows, one or several to an enterprise."""
        return [table for table in self.tables.values() if table.source.frequency in DATED and len(table.frame)]

    @property
    def forms(self) -> list[Table]:
        """Those with one row to an enterprise and period: there alone has a row one before it or in another form."""
        return [table for table in self.dated if not table.itemised]

    @property
    def monthly(self) -> list[Table]:
        """Forms of each month."""
        return [table for table in self.forms if table.source.frequency is Frequency.MONTHLY]

    @property
    def annual(self) -> list[Table]:
        """Forms of each year."""
        return [table for table in self.forms if table.source.frequency is Frequency.ANNUAL]

    @cached_property
    def names(self) -> dict[str, str]:
        """Enterprise names by code, the list's own before those in the forms."""
        found: dict[str, str] = {}
        for table in sorted(self.tables.values(), key=lambda one: one.source.frequency is not Frequency.LIST):
            if table.code_column is not None and table.name_column is not None:
                pairs = table.frame[[table.code_column, table.name_column]].dropna().drop_duplicates(table.code_column)
                for code, name in pairs.itertuples(index=False):
                    found.setdefault(str(code), str(name))
        return found


def gather(plan: Plan, drop: Drop, as_of: Month | None = None) -> Material:
    """Reads every source of a drop once.

    Args:
        plan: What is declared.
        drop: The folder.
        as_of: Month to check for; None for the month that most forms have reached.
    """
    material = Material(plan, drop, {}, findings=list(drop.findings))
    for source_id in plan.sources:
        _read(material, source_id)
    material.findings = [_placed(material, one) for one in material.findings]
    material.as_of = (as_of or reached(material.tables.values()) or plan.plan.period.end).ordinal
    return material


def reached(tables: Iterable[Table]) -> Month | None:
    """The month that most monthly forms have reached, the later of equals; without any, the latest of the others."""
    forms = [one for one in tables if one.source.frequency in DATED and one.latest is not None]
    monthly = [one for one in forms if one.source.frequency is Frequency.MONTHLY] or forms
    ends = Counter(one.latest for one in monthly if one.latest is not None)
    return Month.of_ordinal(max(ends, key=lambda month: (ends[month], month))) if ends else None


def _read(material: Material, source_id: str) -> None:
    source = material.plan.sources[source_id]
    book = CodeBook()
    stream = material.drop.stream(source_id, book)
    repeats = Repeats(source, book)
    sheets: list[Sheet] = []
    parts: list[Part] = []
    start = 0
    # Each sheet in as many pieces as it is read in, of which only the rows that count are kept.
    for _, pieces in groupby(stream.chunks(), key=lambda _: len(stream.provenance)):
        trail = stream.provenance[-1]
        sheet = _sheet(pieces, repeats)
        parts.append(Part(trail, start, start + len(sheet.frame), sheet.revised, sheet.absent))
        sheets.append(sheet)
        start += len(sheet.frame)
    empty = [trail for trail in stream.provenance if not trail.rows_used]
    if empty:
        material.empty[source_id] = empty
    material.findings += [*stream.findings, *repeats.findings()]
    if sheets:
        places = sheets[0].places if len(sheets) == 1 else np.concatenate([sheet.places for sheet in sheets])
        frame = _joined([sheet.frame for sheet in sheets])
        material.tables[source_id] = Table(source_id, source, frame, tuple(parts), places, book)


class Sheet(NamedTuple):
    """The rows of a sheet that count, and each row's enterprise by its place in the book, -1 for none."""

    frame: pd.DataFrame
    places: NDArray[np.int32]
    revised: bool
    absent: frozenset[str]


def _sheet(pieces: Iterable[Chunk], repeats: Repeats) -> Sheet:
    some = iter(pieces)
    first = next(some)
    places: list[NDArray[np.int32]] = []

    def kept(piece: Chunk) -> pd.DataFrame:
        own = repeats.enterprises(piece)
        rows = repeats.positions(piece, own)
        places.append(np.full(len(rows), NO_CODE, np.int32) if own is None else own[rows].astype(np.int32))
        return piece.frame if is_whole(rows, len(piece.frame)) else piece.frame.iloc[rows]

    frame = whole_frame(kept(piece) for piece in chain([first], some))
    return Sheet(frame, np.concatenate(places), first.revised, first.absent)


def _joined(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    filled = [frame for frame in frames if len(frame)] or list(frames[:1])
    if len(filled) == 1:
        return filled[0].reset_index(drop=True)
    return pd.concat(filled, ignore_index=True)


def _placed(material: Material, found: Finding) -> Finding:
    """The same finding with the sheet's name, where its file has only one sheet."""
    if found.where.sheet is not None or found.where.file is None:
        return found
    sheets = {
        part.trail.sheet
        for table in material.tables.values()
        for part in table.parts
        if part.trail.path == found.where.file
    }
    if len(sheets) != 1:
        return found
    return replace(found, where=found.where._replace(sheet=next(iter(sheets))))
