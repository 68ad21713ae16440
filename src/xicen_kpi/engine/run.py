"""Answers all questions to a drop: every source once, the enterprise lists first."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from xicen_kpi.engine.detail import ALL, Detail
from xicen_kpi.engine.fold import Fold
from xicen_kpi.engine.register import Register
from xicen_kpi.plan.source import Frequency
from xicen_kpi.read.book import Book, CodeBook
from xicen_kpi.read.whole import stacked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from xicen_kpi.engine.breakdown import Breakdown
    from xicen_kpi.engine.question import Question
    from xicen_kpi.errors import Finding
    from xicen_kpi.plan.model import Plan
    from xicen_kpi.read.drop import Drop
    from xicen_kpi.read.stream import Stream
    from xicen_kpi.read.table import Provenance

    Kernel: TypeAlias = Callable[..., Fold]
    """What makes a fold of a source: `Fold` itself, which is pandas, or one that hands the rows to another engine."""

ALWAYS = 0
"""Stands for every month where a list lacks a column."""


@dataclass(frozen=True)
class Held:
    """What a source holds, apart from the answers.

    Attributes:
        periods: Months with rows, as ordinals, oldest first.
        absent: Columns that some file lacks, with the months of that file.
        provenance: The files read.
        superseded: Per file, rows that another row prevails over, by reason.
        latest: Per file, its latest month, as an ordinal.
    """

    periods: tuple[int, ...]
    absent: Mapping[str, frozenset[int]]
    provenance: tuple[Provenance, ...]
    superseded: Mapping[str, Mapping[str, int]]
    latest: Mapping[str, int] = field(default_factory=dict)

    @property
    def snapshot(self) -> int | None:
        """Latest 截至日期 of its files as a month ordinal; None where no file says one."""
        days = [one.snapshot for one in self.provenance if one.snapshot is not None]
        return max((day.year * 12 + day.month - 1 for day in days), default=None)


@dataclass(frozen=True)
class Answers:
    """All answers to a drop.

    Attributes:
        breakdowns: Answer by question.
        held: What each source holds, by id; a source without any readable file is not here.
        findings: What was wrong with the files and their rows.
        registers: The enterprise lists, by id.
        book: Where enterprise codes have their places.
    """

    breakdowns: Mapping[Question, Breakdown]
    held: Mapping[str, Held]
    findings: tuple[Finding, ...] = ()
    registers: Mapping[str, Register] = field(default_factory=dict)
    book: Book = field(default_factory=Book)

    def lacks(self, detail: Detail) -> bool:
        """Whether enterprises of a month that is wanted were brought together to a total."""
        keyed = (one for one in self.breakdowns.values() if one.question.by and one.keyless)
        return any(
            one.question in detail.every or detail.months is None or one.keyless & detail.months for one in keyed
        )

    def members(self, list_id: str, month: int) -> frozenset[str]:
        """Codes of the enterprises that are members in a month, given as an ordinal; none where there is no list."""
        register = self.registers.get(list_id)
        return frozenset() if register is None else register.members(month)


@dataclass
class _Run:
    plan: Plan
    drop: Drop
    months: Sequence[int]
    detail: Detail
    kernel: Kernel = Fold
    tested: frozenset[str] = frozenset()
    book: CodeBook = field(default_factory=CodeBook)
    breakdowns: dict[Question, Breakdown] = field(default_factory=dict)
    held: dict[str, Held] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    registers: dict[str, Register | None] = field(default_factory=dict)

    def source(self, source_id: str, questions: Sequence[Question]) -> None:
        """Reads one source and keeps its answers."""
        source = self.plan.sources[source_id]
        listed = source.frequency is Frequency.LIST
        register = self.register(source_id if listed else source.link)
        stream = self._stream(source_id)
        state = (Fold if listed else self.kernel)(
            source_id, source, questions, register, self.months, self.book, self.detail
        )
        if listed and register is not None:
            state.add_register()
        elif not listed:
            state.read(stream)
            self.keep(source_id, state, stream)
        self.breakdowns |= state.finish()

    def _stream(self, source_id: str) -> Stream:
        """A source on its way, its codes as texts only where a condition looks at them."""
        stream = self.drop.stream(source_id, self.book)
        stream.lean = self.plan.sources[source_id].enterprise not in self.tested
        return stream

    def register(self, list_id: str | None) -> Register | None:
        """The enterprise list, read once; None where there is none or it cannot be read."""
        if list_id is None:
            return None
        if list_id not in self.registers:
            self.registers[list_id] = self._read_register(list_id)
        return self.registers[list_id]

    def _read_register(self, list_id: str) -> Register | None:
        source = self.plan.sources[list_id]
        stream = self._stream(list_id)
        state = Fold(list_id, source, (), book=self.book)
        frames, places = [], []
        for chunk in stream.chunks():
            frame, own = state.once(chunk)
            frames.append(frame)
            places.append(own)
            state.absent.update({column: {ALWAYS} for column in chunk.absent})
        self.keep(list_id, state, stream)
        if not frames:
            return None
        named = [own for own in places if own is not None]
        found = np.concatenate(named) if len(named) == len(frames) else None
        return Register(source, stacked(frames), self.plan.groups, self.book, found)

    def keep(self, source_id: str, state: Fold, stream: Stream) -> None:
        """Notes what a source holds once its last chunk is out."""
        files = tuple(stream.provenance)
        self.findings += [*stream.findings, *state.findings]
        if files:
            absent = {column: frozenset(months) for column, months in state.absent.items()}
            superseded = {
                file: Counter(reasons) for file, reasons in {**stream.superseded, **state.repeats.superseded}.items()
            }
            self.held[source_id] = Held(tuple(sorted(state.periods)), absent, files, superseded, dict(state.latest))


def answer(
    plan: Plan,
    drop: Drop,
    questions: Iterable[Question],
    months: Sequence[int] = (),
    detail: Detail = ALL,
    kernel: Kernel = Fold,
) -> Answers:
    """Answers every question, reading each source once, and every list that a source is linked to.

    Args:
        plan: The plan that declares the sources.
        drop: The folder of exports.
        questions: What is asked; equal questions are answered once.
        months: Month ordinals for which lists are asked who is a member.
        detail: Which months of large sources keep their enterprises.
        kernel: What adds up the rows of forms and ledgers.
    """
    asked = dict.fromkeys(questions)
    tested = frozenset(column for question in asked for column in question.rows.columns)
    run = _Run(plan, drop, months, detail, kernel, tested, drop.book())
    by_source: dict[str, list[Question]] = {}
    for question in asked:
        by_source.setdefault(question.source, []).append(question)
    for source_id, own in by_source.items():
        run.source(source_id, own)
    for source in plan.sources.values():
        run.register(source.link)
    registers = {name: register for name, register in run.registers.items() if register is not None}
    return Answers(run.breakdowns, run.held, (*drop.findings, *run.findings), registers, run.book)
