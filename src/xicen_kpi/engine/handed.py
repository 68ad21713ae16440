"""A source read by our own reader and handed to another engine, which adds up."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from xicen_kpi.engine.detail import ALL
from xicen_kpi.engine.fold import Fold
from xicen_kpi.engine.lazy import Lazy
from xicen_kpi.engine.repeats import PIECE
from xicen_kpi.engine.scanned import Scanned
from xicen_kpi.errors import Location
from xicen_kpi.read.direct import direct_files
from xicen_kpi.read.table import PERIOD
from xicen_kpi.read.unit_watch import UnitWatch
from xicen_kpi.words.findings import finding

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from xicen_kpi.engine.backend import Backend
    from xicen_kpi.engine.breakdown import Breakdown
    from xicen_kpi.engine.detail import Detail
    from xicen_kpi.engine.lazy import Entries
    from xicen_kpi.engine.question import Question
    from xicen_kpi.read.stream import Stream


@dataclass
class Handed(Fold):
    """Reads, dates and takes each key once, as every fold does; what is left is kept, and asked at the end.

    Attributes:
        backend: What adds up; None, pandas, only until one is given.
    """

    backend: Backend | None = None
    _frames: list[pd.DataFrame] = field(default_factory=list)

    def read(self, stream: Stream) -> None:
        """Leaves large plain files to the engine; everything else, and files that turn out not to be plain, is read."""
        wanted = frozenset(column for one in self.questions for column in one.columns) & self.source.columns.keys()
        files = direct_files(stream, wanted) if self.backend is not None else None
        if (
            files is None
            or self.backend is None
            or not self._scan(self.backend, Scanned(self.source, files, wanted), stream)
        ):
            super().read(stream)

    def _scan(self, backend: Backend, scanned: Scanned, stream: Stream) -> bool:
        """Asks the engine; whether its figures can be believed."""
        try:
            lazy = Lazy(backend, self.source, self.questions, self.register, self.book, self._kept(is_large=True))
            asked, looks = lazy.ask(scanned.table(backend), scanned.looks)
        except backend.errors as error:
            return self._declined(scanned, stream, type(error).__name__)
        doubt = scanned.doubt(looks)
        if doubt is not None:
            return self._declined(scanned, stream, doubt)
        watch = UnitWatch(self.source)
        for number, file in enumerate(scanned.files):
            months, rows = scanned.months_of_file(number, looks)
            file.reader.passed_by(rows)
            watch.look_at(file.sample, file.headers, file.reader.trail)
            stream.provenance.append(file.reader.trail)
            stream.findings += file.reader.findings
            self.note(file.name, months, file.reader.absent)
        stream.findings += watch.findings()
        self._gather(lazy.entries(asked))
        return True

    def _declined(self, scanned: Scanned, stream: Stream, reason: str) -> bool:
        where = Location(file=scanned.files[0].name)
        stream.findings.append(finding("engine-read-here", where, reason=reason))
        return False

    def take(self, frame: pd.DataFrame, months: NDArray[np.int64], places: NDArray[np.int64] | None) -> None:  # noqa: ARG002 -- the engine looks enterprises up by code
        """Keeps the columns that are asked for."""
        wanted = {self.source.enterprise}.union(*(question.columns for question in self.questions))
        self._frames.append(frame[[name for name in frame.columns if name in wanted]].assign(**{PERIOD: months}))

    def finish(self) -> dict[Question, Breakdown]:
        """The answers, by question."""
        if self.backend is not None and self._frames:
            table = self.backend.table(pd.concat(self._frames, ignore_index=True))
            is_large = any(len(frame) >= PIECE for frame in self._frames)
            lazy = Lazy(
                self.backend, self.source, self.questions, self.register, self.book, self._kept(is_large=is_large)
            )
            self._gather(lazy.entries(lazy.ask(table)[0]))
        return super().finish()

    def _gather(self, entries: Entries) -> None:
        for question, (slices, merged) in entries.items():
            self._slices[question] += slices
            self._merged[question] += merged

    def _kept(self, *, is_large: bool) -> Detail:
        """Which months keep their keys: those of `detail` in a large source, else all."""
        return self.detail if is_large else ALL
