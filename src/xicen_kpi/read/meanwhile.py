"""The small files of a drop, opened by a second process while this one imports what adds them up.

Importing pandas takes twice as long as opening the workbooks of a park, and threads gain nothing: both hold the
interpreter's lock. So a child is forked before pandas is there, and sends the cells back through a pipe. Whatever goes
wrong on the way: a file that has not come is opened here, as if there were no child.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, BinaryIO
from weakref import finalize

from xicen_kpi.read.folder import PACKED
from xicen_kpi.read.loaded import LARGE, Loaded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_MOST = 16 * 2**20
"""Bytes of all files together: beside what takes seconds to read, a start does not matter."""
_PIPE = 2**20
"""Bytes that the child may send before anyone asks, where the system lets a pipe be so wide."""


class Meanwhile:
    """Files on their way from a child, by its number, through a pipe."""

    def __init__(self, pipe: BinaryIO, child: int) -> None:
        self._pipe = pipe
        self._come: dict[Path, Loaded] = {}
        self._end = finalize(self, _end, pipe, child, os.getpid())

    def take(self, path: Path) -> Loaded | None:
        """A file, once; None if it does not come."""
        while path not in self._come and self._end.alive:
            try:
                where, self._come[where] = pickle.load(self._pipe)  # noqa: S301 -- written by a process of our own
            except Exception:  # noqa: BLE001 -- the end; of a child that died, perhaps in the middle of a file
                self._end()
        return self._come.pop(path, None)


def opened_meanwhile(names: Mapping[Path, str]) -> Meanwhile | None:
    """Has files opened, the small ones of those that are named.

    None where nothing is gained: numpy is there (and may have threads, which no child inherits), no second core, or
    much to read.
    """
    if "numpy" in sys.modules or sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2:
        return None
    try:
        sizes = {path: path.stat().st_size for path in names if path.suffix.lower() not in PACKED}
        # The smallest first: lists and ledgers are asked before forms.
        small = [path for path in sorted(sizes, key=sizes.__getitem__) if sizes[path] < LARGE]
        if not small or sum(sizes.values()) > _MOST:
            return None
        return _forked([(path, names[path]) for path in small])
    except OSError:
        return None


def _forked(files: Iterable[tuple[Path, str]]) -> Meanwhile:
    out, into = os.pipe()
    pipe = os.fdopen(out, "rb")
    # Ctrl-C is the parent's to deal with; its end of the pipe gone, the child goes too.
    heeded = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        child = os.fork()
        if child == 0:
            try:
                pipe.close()
                _open_all(files, into)
            finally:  # at once: nothing that the parent has begun goes on here, neither its output nor its errors
                os._exit(0)
    except OSError:
        pipe.close()
        raise
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, heeded)
        os.close(into)
    return Meanwhile(pipe, child)


def _open_all(files: Iterable[tuple[Path, str]], into: int) -> None:
    """Opens the files and sends them; what does not fit into the pipe waits until all are opened."""
    import fcntl

    from xicen_kpi.read.files import load

    with suppress(OSError):
        fcntl.fcntl(into, fcntl.F_SETPIPE_SZ, _PIPE)
    room = fcntl.fcntl(into, fcntl.F_GETPIPE_SZ) // 2
    waiting: list[bytes] = []
    with os.fdopen(into, "wb") as pipe:
        for path, name in files:
            loaded = load(path, name)
            if loaded.bulk is None:
                waiting.append(pickle.dumps((path, loaded), pickle.HIGHEST_PROTOCOL))
                room -= len(waiting[-1])
            if room > 0:
                pipe.writelines(waiting)
                pipe.flush()
                waiting.clear()
        pipe.writelines(waiting)


def _end(pipe: BinaryIO, child: int, parent: int) -> None:
    """Lets the child go, whether it is done or not, and waits until it is gone; a copy of the parent lets it be."""
    pipe.close()
    if os.getpid() != parent:
        return
    with suppress(OSError):
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
