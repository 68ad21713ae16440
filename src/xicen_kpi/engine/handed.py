"""Large plain files left to another engine; everything else is read and added up as ever."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xicen_kpi.engine.fold import Fold
from xicen_kpi.engine.lazy import Lazy, is_askable
from xicen_kpi.engine.scanned import Scanned
from xicen_kpi.errors import Location
from xicen_kpi.read.direct import direct_files
from xicen_kpi.read.unit_watch import UnitWatch
from xicen_kpi.words.findings import finding

if TYPE_CHECKING:
    from xicen_kpi.engine.backend import Backend
    from xicen_kpi.engine.brought import Brought
    from xicen_kpi.read.stream import Stream


@dataclass
class Handed(Fold):
    """Leaves large plain files to an engine, and takes from it what it has brought together.

    Attributes:
        backend: The engine; None, pandas alone, only until one is given.
    """

    backend: Backend | None = None

    def read(self, stream: Stream) -> None:
        """Leaves a source to the engine, or reads it: what is not plain, and what turns out not to be."""
        if self.backend is None or not self._is_scanned(self.backend, stream):
            super().read(stream)

    def _is_scanned(self, backend: Backend, stream: Stream) -> bool:
        """Asks the engine; whether its figures can be believed."""
        wanted = frozenset(column for one in self.questions for column in one.columns) & self.source.columns.keys()
        files = direct_files(stream, wanted) if is_askable(self.source, self.questions) else None
        if files is None:
            return False
        scanned = Scanned(self.source, files, wanted)
        lazy = Lazy(backend, scanned, self.questions, self.register, self.book, self.detail)
        if not lazy.marks.fit(len(files)):
            return False
        try:
            brought = lazy.brought()
        except backend.errors as error:
            return self._declined(scanned, stream, type(error).__name__)
        doubt = brought.doubt()
        if doubt is not None:
            return self._declined(scanned, stream, doubt)
        self._believe(scanned, brought, stream)
        return True

    def _believe(self, scanned: Scanned, brought: Brought, stream: Stream) -> None:
        watch = UnitWatch(self.source)
        for number, file in enumerate(scanned.files):
            months, rows = brought.of_file(number)
            file.reader.passed_by(rows)
            watch.look_at(file.sample, file.headers, file.reader.trail)
            stream.provenance.append(file.reader.trail)
            stream.findings += file.reader.findings
            self.note(file.name, months, file.reader.absent)
        stream.findings += watch.findings()
        single, places = brought.rows()
        self._ask(single.linked, single.months, places)
        for question in self.questions:
            self._merged[question] += brought.slices(question)

    def _declined(self, scanned: Scanned, stream: Stream, reason: str) -> bool:
        where = Location(file=scanned.files[0].name)
        stream.findings.append(finding("engine-read-here", where, reason=reason))
        return False
