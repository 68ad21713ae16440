"""A folder of exports matched to the plan's sources."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from fnmatch import translate
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from xicen_kpi.errors import Finding, Location
from xicen_kpi.read.dates import find_span
from xicen_kpi.read.folder import DATA, PACKED, below, listed, original, shown_name, walk
from xicen_kpi.read.loaded import LARGE, Loaded
from xicen_kpi.read.meanwhile import opened_meanwhile
from xicen_kpi.words.checks_bilingual import Both
from xicen_kpi.words.findings import finding

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping, Sequence

    from xicen_kpi.plan.source import Source
    from xicen_kpi.read.book import CodeBook
    from xicen_kpi.read.meanwhile import Meanwhile
    from xicen_kpi.read.stored import DataFile, StoredFolder
    from xicen_kpi.read.stream import Stream

_NAMED = 3
"""File names that a message shows."""


@dataclass(slots=True)
class Drop:
    """The files of a folder, by source.

    Attributes:
        folder: The folder; of one at an address its name alone.
        sources: The plan's sources.
        files: By source, its files in order of precedence: where two hold the same key, the first prevails.
        unmatched: Data files that no source asks for.
        findings: Sources without files, links that lead outside.
        told: Is told how many more bytes have been read, now and then.
        small: Whether chunks may be parts of large tables however few their rows are.
    """

    folder: Path
    sources: Mapping[str, Source]
    files: dict[str, tuple[DataFile, ...]]
    unmatched: tuple[DataFile, ...]
    findings: list[Finding]
    told: Callable[[int], object] | None = None
    small: bool = False
    _left: dict[DataFile, int] = field(default_factory=dict)
    _held: dict[DataFile, Loaded] = field(default_factory=dict)
    _meanwhile: Meanwhile | None = None

    def open_meanwhile(self, asked: Container[str]) -> None:
        """Has the files of some sources opened by a second process while this one imports pandas."""
        wanted = [path for source_id, paths in self.files.items() if source_id in asked for path in paths]
        here = [path for path in wanted if isinstance(path, Path)]
        self._meanwhile = opened_meanwhile({path: shown_name(path.relative_to(self.folder)) for path in here})

    def stream(self, source_id: str, book: CodeBook | None = None) -> Stream:
        """The tables of one source, to be read once; with a book, enterprises have their places there."""
        from xicen_kpi.read.stream import Stream

        own = self.book() if book is None else book
        return Stream(source_id, self.sources[source_id], self._loads(source_id), book=own, told=self.told)

    def book(self) -> CodeBook:
        """A book for one reading of the drop."""
        from xicen_kpi.read.book import CodeBook

        return CodeBook()

    def newest(self, source_id: str) -> int | None:
        """The latest month that a source's first file seems to hold, where that is a large one: a guess."""
        from xicen_kpi.read.stream import Stream

        path = next(iter(self.files[source_id]), None)
        if path is None or (path.stat().st_size < LARGE and path.suffix.lower() not in PACKED):
            return None
        self._held[path] = loaded = self._opened(path)
        return Stream(source_id, self.sources[source_id], ()).newest(loaded)

    def _loads(self, source_id: str) -> Iterator[tuple[Loaded, bool]]:
        marks = _patterns(self.sources[source_id].revised)
        for path in self.files[source_id]:
            _, named = original(below(path, self.folder), self.sources)
            yield self._load(path), _matches(_normal(named.name), marks)

    def _load(self, path: DataFile) -> Loaded:
        """Reads a file; one that feeds several sources is held until the last of them has had it."""
        loaded = self._opened(path)
        self._left[path] = self._left.get(path, 1) - 1
        if self._left[path] > 0:
            self._held[path] = loaded
        return loaded

    def _opened(self, path: DataFile) -> Loaded:
        come = self._held.pop(path, None)
        if come is None and self._meanwhile is not None and isinstance(path, Path):
            come = self._meanwhile.take(path)
        if come is not None:
            return come
        from xicen_kpi.read.files import load

        return load(path, shown_name(below(path, self.folder)))


def open_drop(folder: Path | StoredFolder, sources: Mapping[str, Source], asked: Container[str] | None = None) -> Drop:
    """Matches the files below a folder to the sources whose globs they fit; reads none of them yet.

    Names compare without regard to case and width. A glob without a slash fits a file's name in any folder below.

    Args:
        folder: The folder, or what lies at an address.
        sources: The plan's sources.
        asked: Those that something asks for; the others may be missing. All of them, if None.

    Raises:
        UsageError: There is no folder at the address.
        StoreError: The store does not answer.
    """
    findings: list[Finding] = []
    paths: Sequence[DataFile]
    if isinstance(folder, Path):
        paths = sorted(walk(folder, folder.resolve(), findings))
    else:
        paths, folder = sorted(listed(folder, findings)), Path(folder.name)
    files: dict[str, tuple[DataFile, ...]] = {}
    own: dict[str | None, list[_Named]] = {}
    for path in paths:
        source_of, named = original(below(path, folder), sources)
        own.setdefault(source_of, []).append(_Named(path, named, _normal(named.as_posix())))
    for source_id, source in sources.items():
        files[source_id] = _ordered(source, own.get(source_id, []) + own.get(None, []))
    findings += _missing(folder, paths, files, sources, asked)
    left = Counter(path for found in files.values() for path in found)
    unmatched = tuple(path for path in paths if path not in left and path.suffix.lower() in DATA)
    return Drop(folder, sources, files, unmatched, findings, _left=left)


def _missing(
    folder: Path,
    paths: Sequence[DataFile],
    files: Mapping[str, tuple[DataFile, ...]],
    sources: Mapping[str, Source],
    asked: Container[str] | None,
) -> Iterator[Finding]:
    """Which sources have no file; where none has one, that once."""
    if files and not any(files.values()):
        names = [shown_name(below(path, folder)) for path in paths if path.suffix.lower() in DATA]
        where = Location(file=shown_name(Path(folder.name)))
        if names:
            yield finding("no-file-fits", where, count=len(names), files=names[:_NAMED])
        else:
            yield finding("no-data-files", where)
        return
    for source_id, source in sources.items():
        if not files[source_id]:
            slug = "file-missing" if asked is None or source_id in asked else "file-not-needed"
            title = Both(source.title.zh, source.title.en)
            yield finding(slug, source=source_id, title=title, globs=source.files)


def name_fits(name: str, source: Source) -> bool:
    """Whether a file's name or path fits one of the source's globs."""
    normal = _normal(name)
    return _matches(normal, _patterns(source.files)) or _matches(normal.rpartition("/")[2], _patterns(source.files))


class _Named(NamedTuple):
    """A file, with the path below the folder by which it goes, and how that compares."""

    path: DataFile
    named: PurePosixPath
    normal: str


def _ordered(source: Source, files: Sequence[_Named]) -> tuple[DataFile, ...]:
    """The source's files: revisions first, then by later glob, then by newer period in the name, then by name."""
    globs, marks = _patterns(source.files), _patterns(source.revised)
    ranked = []
    for path, named, name in files:
        fits = [i for i, glob in enumerate(globs) if glob.match(name) or glob.match(name.rpartition("/")[2])]
        if fits:
            span = find_span(named.name) or find_span(named.parent.as_posix())
            newest = span.end.ordinal if span else -1
            revised = _matches(_normal(named.name), marks)
            ranked.append(((not revised, -max(fits), -newest, name), path))
    return tuple(path for _, path in sorted(ranked, key=lambda pair: pair[0]))


def _patterns(globs: Sequence[str]) -> list[re.Pattern[str]]:
    return [_pattern(glob) for glob in globs]


@lru_cache(maxsize=1_000)
def _pattern(glob: str) -> re.Pattern[str]:
    return re.compile(translate(_normal(glob)), re.DOTALL)


def _matches(name: str, patterns: Sequence[re.Pattern[str]]) -> bool:
    return any(pattern.match(name) for pattern in patterns)


def _normal(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()
