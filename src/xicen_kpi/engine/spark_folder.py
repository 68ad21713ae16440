"""A folder at an address, listed and read by Spark's own means: its connectors, its settings, its keys.

Bytes come from Spark's Java process through a pipe that has lost its name before anything is in it: a file passes
through the driver as fast as the store hands it out, and is left neither on a disk nor in memory. The bytes that py4j
itself hands over are put together one by one in Python, at a thirtieth of the speed.
"""

from __future__ import annotations

import io
import os
import tempfile
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from posixpath import relpath
from threading import Thread
from typing import TYPE_CHECKING, Any

from py4j.protocol import Py4JError, Py4JJavaError

from xicen_kpi.errors import Location, UsageError
from xicen_kpi.read.stored import StoredFile, StoreError
from xicen_kpi.words.findings import finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _typeshed import WriteableBuffer
    from pyspark.sql import SparkSession

_PIECE = 2**16
_LONGEST = 200


class SparkFolder:
    """See `StoredFolder`.

    Attributes:
        address: Where it lies, as Spark takes it.
    """

    def __init__(self, session: SparkSession, address: str) -> None:
        # Spark gives its Java and its settings no public name; these two it has had from the beginning.
        context: Any = session.sparkContext
        self.java, self._settings = context._jvm, context._jsc.hadoopConfiguration()  # noqa: SLF001
        # Without a path Hadoop would look for the user's own folder there.
        self.address = address if "/" in address.partition("://")[2] else f"{address}/"

    @property
    def name(self) -> str:
        """See `StoredFolder`."""
        return PurePosixPath(self.address).name

    def files(self) -> Iterator[StoredFile]:
        """See `StoredFolder`."""
        with told(Location(file=self.address)):
            path, system = self._of(self.address)
            if not system.exists(path) or not system.getFileStatus(path).isDirectory():
                raise UsageError([finding("data-not-found", Location(file=self.address))])
            root = system.makeQualified(path).toUri().getPath()
            listed = system.listFiles(path, True)  # noqa: FBT003 -- Java knows no names: all the way down
            while listed.hasNext():
                one = listed.next()
                place = one.getPath()
                below = PurePosixPath(relpath(place.toUri().getPath(), root))
                yield StoredFile(below, one.getLen(), place.toString(), self)

    def opened(self, file: StoredFile) -> io.RawIOBase:
        """See `StoredFolder`."""
        return _Piped(self, file)

    def stream(self, address: str, at: int) -> Any:  # noqa: ANN401 -- an object of Java
        """The bytes of a file from a place on, in Java."""
        path, system = self._of(address)
        stream = system.open(path)
        stream.seek(at)
        return stream

    def _of(self, address: str) -> tuple[Any, Any]:
        path = self.java.org.apache.hadoop.fs.Path(address)
        return path, path.getFileSystem(self._settings)


class _Piped(io.RawIOBase):
    """The bytes of a file. Seeking starts another pipe at the next reading."""

    def __init__(self, folder: SparkFolder, file: StoredFile) -> None:
        self._folder, self._file, self._at = folder, file, 0
        self._end: int | None = None
        self._copier = _Copier()

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def tell(self) -> int:
        """The place of the next byte."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Goes to another place."""
        at = offset + (0, self._at, self._file.size)[whence]
        if at != self._at:
            self._leave()
            self._at = at
        return at

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Reads what is there, up to the size of the buffer.

        Raises:
            StoreError: The file ends before it should, or cannot be read at all.
        """
        if self._at >= self._file.size:
            return 0
        with told(self._where):
            end = self._begun() if self._end is None else self._end
        count = os.readv(end, [buffer])
        if not count:
            self._copier.join()
            raise StoreError(self._where, self._copier.reason)
        self._at += count
        return count

    def close(self) -> None:
        """Lets go of the pipe; the other end of it notices."""
        self._leave()
        super().close()

    @property
    def _where(self) -> Location:
        return Location(file=self._file.below.as_posix())

    def _begun(self) -> int:
        java = self._folder.java
        stream = self._folder.stream(self._file.address, self._at)
        with tempfile.TemporaryDirectory() as own:
            pipe = Path(own) / "pipe"
            os.mkfifo(pipe, 0o600)
            self._end = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)  # else it would wait for the other end
            other_end = java.java.io.FileOutputStream(str(pipe))
        os.set_blocking(self._end, True)
        self._copier = _Copier(java, stream, other_end)
        self._copier.start()
        return self._end

    def _leave(self) -> None:
        if self._end is not None:
            os.close(self._end)
            self._end = None


class _Copier(Thread):
    """Has Java fill the pipe until the file or the other end of the pipe is closed.

    Attributes:
        reason: Why it stopped.
    """

    def __init__(self, *work: Any) -> None:  # noqa: ANN401 -- objects of Java
        super().__init__(daemon=True)
        self._work, self.reason = work, "EOF"

    def run(self) -> None:
        """Copies."""
        java, stream, end = self._work
        try:
            java.org.apache.hadoop.io.IOUtils.copyBytes(stream, end, _PIECE, True)  # noqa: FBT003 -- and closes both
        except Py4JError as error:
            self.reason = _reason(error)


@contextmanager
def told(where: Location) -> Iterator[None]:
    """What Java throws as an error of ours.

    Raises:
        StoreError: Java has thrown something.
    """
    try:
        yield
    except Py4JError as error:
        raise StoreError(where, _reason(error)) from error


def _reason(error: Py4JError) -> str:
    said = error.java_exception.toString() if isinstance(error, Py4JJavaError) else str(error)
    return str(said).partition("\n")[0][:_LONGEST]
