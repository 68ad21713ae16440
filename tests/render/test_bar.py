"""The bar of completion with its mark."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from xicen_kpi.render.bar import MARK, drawn_bar


@pytest.mark.parametrize(
    ("done", "due", "drawn"),
    [
        (0.0, None, "········"),
        (0.5, None, "████····"),
        (1.0, None, "████████"),
        (1.7, None, "████████"),
        (-0.2, None, "········"),
        (9 / 16, None, "████▌···"),
        # full only when it is, empty only when there is nothing
        (0.9999, None, "███████▉"),
        (0.0001, None, "▏·······"),
        # the mark stands in the cell where the elapsed share ends
        (0.5, 0.0, "│███····"),
        (0.5, 0.25, "██│█····"),
        (0.25, 0.75, "██····│·"),
        (0.5, 1.0, "████···│"),
        (None, 0.5, "        "),
    ],
)
def test_bars_of_eight_cells(done: float | None, due: float | None, drawn: str) -> None:
    assert drawn_bar(done, due, 8) == drawn.replace("│", MARK)


@given(done=st.none() | st.floats(-2, 3), due=st.none() | st.floats(0, 1), width=st.integers(1, 40))
@settings(max_examples=300, deadline=None)
def test_a_bar_is_as_wide_as_it_was_asked_for(done: float | None, due: float | None, width: int) -> None:
    drawn = drawn_bar(done, due, width)
    assert len(drawn) == cell_len(drawn) == width
    assert (MARK in drawn) == (done is not None and due is not None)
