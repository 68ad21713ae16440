"""What only the last byte of a text can tell, worked out beside the reading; and the text as bytes for the parser."""

from __future__ import annotations

import codecs
import hashlib
from typing import IO, TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xicen_kpi.read.stored import DataFile

_STEP, _PART = 2**20, 2**15
"""Bytes that are read at a time, and of them decoded at a time: more would take fresh memory for each part's text."""


class Seal(NamedTuple):
    """What only the last byte of a file can tell.

    Attributes:
        sha256: Sum of all bytes.
        broken_at: The first byte that is not of the encoding.
    """

    sha256: str
    broken_at: int | None


def seal_of(path: DataFile, encoding: str = "utf-8") -> Seal:
    """Looks at every byte of a file."""
    digest, decoder = hashlib.sha256(), codecs.getincrementaldecoder(encoding)()
    broken_at: int | None = None
    at, room = 0, memoryview(bytearray(_STEP))
    with path.open("rb", buffering=0) as handle:
        while size := handle.readinto(room):
            digest.update(room[:size])
            for start in range(0, size, _PART) if broken_at is None else ():
                begun = len(decoder.getstate()[0])
                try:
                    decoder.decode(bytes(room[start : min(start + _PART, size)]))
                except UnicodeDecodeError as error:
                    broken_at = at + start - begun + error.start
                    break
            at += size
    if broken_at is None and (begun := len(decoder.getstate()[0])):
        broken_at = at - begun
    return Seal(digest.hexdigest(), broken_at)


class AsBytes:
    """A file that is no file to pandas, which would decode a file and encode all of it again for its own parser."""

    def __init__(self, handle: IO[bytes]) -> None:
        self._handle = handle

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        return self._handle.read(size)

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._handle)
