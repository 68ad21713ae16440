"""Files at an address, in an object store or on a cluster: what the reader asks of a path, asked of a store."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol, TypeAlias

from xicen_kpi.errors import DataError
from xicen_kpi.words.findings import finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xicen_kpi.errors import Location

_PART = 2**16
"""Bytes that are asked for at a time."""


class StoreError(DataError, OSError):
    """A store does not answer, or stops answering in the middle of a file."""

    def __init__(self, where: Location, reason: str) -> None:
        super().__init__([finding("store-unreadable", where, reason=reason)])
        self.strerror = reason


class StoredFolder(Protocol):
    """What lies at an address."""

    @property
    def name(self) -> str:
        """The last part of the address."""
        ...

    def files(self) -> Iterator[StoredFile]:
        """All files below it, in any order.

        Raises:
            UsageError: There is no such folder.
            StoreError: They cannot be listed.
        """
        ...

    def opened(self, file: StoredFile) -> io.RawIOBase:
        """The bytes of a file from the first; another place can be sought.

        Raises:
            StoreError: It cannot be read; now, or when it is read.
        """
        ...


class Size(NamedTuple):
    """How many bytes a file has, under the name that it has for a file on this machine."""

    st_size: int


@dataclass(frozen=True, slots=True, order=True)
class StoredFile:
    """A file of a store, by the names under which a path answers the same.

    Attributes:
        below: Its path below the address.
        size: Its bytes.
        address: Under which the store knows it.
        folder: Opens it.
    """

    below: PurePosixPath
    size: int
    address: str
    folder: StoredFolder = field(compare=False, repr=False)

    def __str__(self) -> str:
        return self.address

    @property
    def name(self) -> str:
        """Its own name."""
        return self.below.name

    @property
    def suffix(self) -> str:
        """The end of its name, from the last dot."""
        return self.below.suffix

    def open(self, mode: Literal["rb"], buffering: int = _PART) -> io.BufferedReader:  # noqa: ARG002 -- as a path has it
        """Its bytes, fetched as they are read; nothing of it is kept."""
        return io.BufferedReader(self.folder.opened(self), max(buffering, _PART))

    def read_bytes(self) -> bytes:
        """All of it."""
        with self.open("rb") as handle:
            return handle.read()

    def stat(self) -> Size:
        """Its size."""
        return Size(self.size)

    def is_file(self) -> bool:
        """It was listed as one."""
        return True


DataFile: TypeAlias = Path | StoredFile
"""A file on this machine or in a store."""
