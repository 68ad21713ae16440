"""All that the rules look at: the tables of a drop, the enterprise lists, and the figures made from them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from xicen_kpi.analysis.compile import every_month, questions, sums_of
from xicen_kpi.analysis.observe import Observer
from xicen_kpi.checks.form import Part
from xicen_kpi.checks.held import HeldDrop
from xicen_kpi.checks.memory import give_back
from xicen_kpi.checks.names import Names
from xicen_kpi.checks.rows import BAND, Store
from xicen_kpi.checks.table import band_of, nothing_of
from xicen_kpi.checks.whole import Codes, Whole
from xicen_kpi.engine.detail import Detail
from xicen_kpi.engine.repeats import Repeats, is_whole
from xicen_kpi.engine.run import answer
from xicen_kpi.plan.period import Month
from xicen_kpi.plan.source import Frequency
from xicen_kpi.read.book import NO_CODE, CodeBook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from xicen_kpi.checks.table import Table
    from xicen_kpi.engine.register import Register
    from xicen_kpi.errors import Finding
    from xicen_kpi.plan.model import Plan
    from xicen_kpi.read.drop import Drop
    from xicen_kpi.read.stream import Chunk
    from xicen_kpi.read.table import Provenance

DATED = frozenset({Frequency.MONTHLY, Frequency.QUARTERLY, Frequency.ANNUAL})
"""How the rows of a statistical form lie in time; lists and ledgers have dates of their own."""


@dataclass
class Gathered:
    """A drop as it was read.

    Attributes:
        plan: The plan.
        drop: The folder.
        codes: The enterprises.
        wholes: The sources that could be read, by id.
        empty: Sheets that have a header and no row, by source id.
        findings: What reading had to say.
        as_of: Month ordinal that the check is made for.
    """

    plan: Plan
    drop: Drop
    codes: Codes
    wholes: dict[str, Whole] = field(default_factory=dict)
    empty: dict[str, list[Provenance]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    as_of: int = 0

    @cached_property
    def held(self) -> HeldDrop:
        """The drop again, answered from memory."""
        return HeldDrop.of(self.drop, self.wholes)

    @cached_property
    def observer(self) -> Observer:
        """Reads the plan's figures off the same rows."""
        # A finding moves what is made of sums; other figures are only held against known values.
        wanted = [one for one in self.plan.indicators.values() if sums_of(one.measure) or one.expected]
        asked = [one for item in wanted for one in questions(self.plan, item.measure)]
        months = sorted({month for whole in self.wholes.values() for month in whole.held} | {self.as_of})
        texts = {name for question in asked for name in question.columns}
        texts.update(name for rule in self.plan.checks.rules.values() for name in rule.where.columns)
        held = HeldDrop.of(self.drop, self.wholes, dict.fromkeys(self.wholes, frozenset(texts)))
        every = {one for item in wanted for one in every_month(self.plan, item.measure)}
        answers = answer(self.plan, held, asked, months, Detail(frozenset(), frozenset(every), small=True))
        self.let_go()
        return Observer(self.plan, answers)

    @cached_property
    def names(self) -> Names:
        """Enterprise names by code."""
        return Names(self.wholes)

    @property
    def together(self) -> Material:
        """No row, but all that is known of the sources as wholes."""
        return self._material(nothing_of)

    def of_band(self, number: int) -> Material:
        """All rows of some enterprises."""
        return self._material(partial(band_of, number=number))

    def let_go(self) -> None:
        """After a pass over rows that are too many to be looked at together."""
        if self.codes.bands > 1:
            self.codes.book.rest()
            give_back()

    def _material(self, cut: Callable[[Whole], Table]) -> Material:
        return Material(self, {name: cut(whole) for name, whole in self.wholes.items()})


@dataclass
class Material:
    """What is checked at a time: some enterprises in all sources, or the sources as wholes without their rows.

    Attributes:
        gathered: All of the drop.
        tables: Rows of the sources that could be read, by id.
    """

    gathered: Gathered
    tables: dict[str, Table]

    @property
    def plan(self) -> Plan:
        """The plan."""
        return self.gathered.plan

    @property
    def as_of(self) -> int:
        """Month ordinal that the check is made for."""
        return self.gathered.as_of

    @property
    def observer(self) -> Observer:
        """Reads the plan's figures off the same rows."""
        return self.gathered.observer

    @property
    def registers(self) -> Mapping[str, Register]:
        """The enterprise lists with dated membership, by id."""
        return self.observer.answers.registers

    @property
    def dated(self) -> list[Table]:
        """Tables of statistical forms that have rows, one or several to an enterprise."""
        return [table for table in self.tables.values() if table.source.frequency in DATED and table.whole.size]

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


def gather(plan: Plan, drop: Drop, as_of: Month | None = None, band: int = BAND, jobs: int = 1) -> Gathered:
    """Reads every source of a drop once.

    Args:
        plan: What is declared.
        drop: The folder.
        as_of: Month to check for; None for the month that most forms have reached.
        band: How many enterprises are looked at at a time; it changes no finding.
        jobs: How many processes look at them; nor does that.
    """
    gathered = Gathered(plan, drop, Codes(CodeBook(), band, jobs), findings=list(drop.findings))
    for source_id in plan.sources:
        _read(gathered, source_id)
    gathered.let_go()
    gathered.findings = [_placed(gathered, one) for one in gathered.findings]
    gathered.as_of = (as_of or reached(gathered.wholes.values()) or plan.plan.period.end).ordinal
    return gathered


def reached(tables: Iterable[Whole]) -> Month | None:
    """The month that most monthly forms have reached, the later of equals; without any, the latest of the others."""
    forms = [one for one in tables if one.source.frequency in DATED and one.latest is not None]
    monthly = [one for one in forms if one.source.frequency is Frequency.MONTHLY] or forms
    ends = Counter(one.latest for one in monthly if one.latest is not None)
    return Month.of_ordinal(max(ends, key=lambda month: (ends[month], month))) if ends else None


def _read(gathered: Gathered, source_id: str) -> None:
    source, book = gathered.plan.sources[source_id], gathered.codes.book
    stream = gathered.drop.stream(source_id, book)
    repeats = Repeats(source, book)
    store = Store(source.enterprise, gathered.codes.band)
    parts: list[Part] = []
    # Each sheet in as many pieces as it is read in, of which only the rows that count are kept.
    for _, pieces in groupby(stream.chunks(), key=lambda _: len(stream.provenance)):
        start, trail = store.size, stream.provenance[-1]
        last = [_kept(store, piece, repeats) for piece in pieces][-1]
        parts.append(Part(trail, start, store.size, last.revised, last.absent))
    store.close()
    empty = [trail for trail in stream.provenance if not trail.rows_used]
    if empty:
        gathered.empty[source_id] = empty
    gathered.findings += [*stream.findings, *repeats.findings()]
    if parts:
        gathered.wholes[source_id] = Whole(source_id, source, tuple(parts), store, gathered.codes, repeats.superseded)


class _Sheet(NamedTuple):
    """Of a piece of a sheet, what is to be known of the sheet."""

    revised: bool
    absent: frozenset[str]


def _kept(store: Store, piece: Chunk, repeats: Repeats) -> _Sheet:
    """Keeps the rows of a piece that count."""
    own = repeats.enterprises(piece)
    rows = repeats.positions(piece, own)
    places = np.full(len(rows), NO_CODE, np.int32) if own is None else own[rows].astype(np.int32)
    store.add(piece.frame if is_whole(rows, len(piece.frame)) else piece.frame.iloc[rows], places)
    return _Sheet(piece.revised, piece.absent)


def _placed(gathered: Gathered, found: Finding) -> Finding:
    """The same finding with the sheet's name, where its file has only one sheet."""
    if found.where.sheet is not None or found.where.file is None:
        return found
    sheets = {
        part.trail.sheet
        for whole in gathered.wholes.values()
        for part in whole.parts
        if part.trail.path == found.where.file
    }
    if len(sheets) != 1:
        return found
    return replace(found, where=found.where._replace(sheet=next(iter(sheets))))
