"""Pieces made beforehand: the same ones, in the same order, and nothing left behind."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from xicen_kpi.read.beforehand import ahead

if TYPE_CHECKING:
    from collections.abc import Generator


def pieces(made: list[int], last: int, closed: list[bool]) -> Generator[int]:
    try:
        for number in range(last):
            made.append(number)
            yield number
        message = "broken"
        raise ValueError(message)
    finally:
        closed.append(True)


def test_an_error_comes_in_the_place_of_its_piece() -> None:
    seen, closed = list[int](), list[bool]()
    with pytest.raises(ValueError, match="broken"):
        seen.extend(ahead(pieces([], 5, closed)))
    assert (seen, closed) == ([0, 1, 2, 3, 4], [True])


def test_whoever_stops_early_leaves_no_thread_and_no_open_file() -> None:
    before, made, closed = threading.active_count(), list[int](), list[bool]()
    some = ahead(pieces(made, 100, closed), number=2)
    assert next(some) == 0
    some.close()
    assert len(made) <= 4
    assert closed == [True]
    assert threading.active_count() == before
