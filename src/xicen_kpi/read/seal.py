"""What only the last byte of a text can tell, worked out beside the reading; and the text as bytes for the parser."""

from __future__ import annotations

import codecs
import hashlib
from typing import IO, TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_STEP = 2**18


class Seal(NamedTuple):
    """What only the last byte of a file can tell.

    Attributes:
        sha256: Sum of all bytes.
        broken_at: The first byte that is not of the encoding.
    """

    sha256: str
    broken_at: int | None


def seal_of(path: Path, encoding: str = "utf-8") -> Seal:
    """Looks at every byte of a file."""
    digest, decoder = hashlib.sha256(), codecs.getincrementaldecoder(encoding)()
    broken_at: int | None = None
    with path.open("rb") as handle:
        at = 0
        while block := handle.read(_STEP):
            digest.update(block)
            begun = len(decoder.getstate()[0])
            try:
                if broken_at is None:
                    decoder.decode(block)
            except UnicodeDecodeError as error:
                broken_at = at - begun + error.start
            at += len(block)
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
