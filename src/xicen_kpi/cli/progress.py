"""A bar on stderr for reading that takes longer than a second: bytes read of all bytes, at a terminal alone."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.progress import Progress, TaskID

    from xicen_kpi.read.drop import Drop

_PATIENCE, _EVERY = 1.0, 0.1
"""Seconds before a bar is shown, and between two looks at it."""


@contextmanager
def watched(*drops: Drop, quiet: bool) -> Iterator[None]:
    """Shows how far the reading of a drop is, or of several; the bar is gone when it ends, however it ends."""
    if quiet or not sys.stderr.isatty():
        yield
        return
    bar = _Bar(sum(path.stat().st_size for drop in drops for files in drop.files.values() for path in files))
    for drop in drops:
        drop.told = bar.advance
    try:
        yield
    finally:
        bar.close()


@dataclass(slots=True)
class _Bar:
    total: int
    done: int = 0
    begun: float = field(default_factory=time.monotonic)
    seen: float = 0.0
    shown: Progress | None = None
    task: TaskID | None = None

    def advance(self, count: int) -> None:
        self.done += count
        now = time.monotonic()
        if now - self.begun < _PATIENCE or now - self.seen < _EVERY:
            return
        self.seen = now
        if self.shown is None:
            self._show()
        if self.shown is not None and self.task is not None:
            self.shown.update(self.task, completed=min(self.done, self.total), refresh=True)

    def _show(self) -> None:
        # rich's bars are loaded for those who wait anyway.
        from rich.console import Console
        from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn

        columns = (BarColumn(), DownloadColumn(), TimeRemainingColumn())
        self.shown = Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False)
        self.shown.start()
        self.task = self.shown.add_task("", total=self.total)

    def close(self) -> None:
        if self.shown is not None:
            self.shown.stop()
