"""Pieces made in a thread of its own while the ones before them are used."""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Generator

Piece = TypeVar("Piece")


def ahead(pieces: Generator[Piece], number: int = 2) -> Generator[Piece]:
    """The same pieces in the same order, up to so many of them made beforehand.

    An error comes in the place of its piece. Whoever stops early waits for the piece that is being made; nothing is
    left behind, and no thread ever waits for somebody to take what it has made.
    """
    end = object()
    maker = ThreadPoolExecutor(max_workers=1)
    coming = deque(maker.submit(next, pieces, end) for _ in range(number))
    try:
        while (piece := coming.popleft().result()) is not end:
            coming.append(maker.submit(next, pieces, end))
            yield piece  # type: ignore[misc] # mypy does not tell the end by its identity
            del piece  # not held while the next one is waited for
    finally:
        maker.shutdown(cancel_futures=True)
        pieces.close()
