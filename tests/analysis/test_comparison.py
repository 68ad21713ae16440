"""Thresholds: equality meets, within the tolerance."""

from __future__ import annotations

import pytest

from xicen_kpi.analysis.comparison import Direction, difference, meets, same


@pytest.mark.parametrize(
    ("value", "target", "direction", "met"),
    [
        (170, 170, 1, True),
        (170 - 1e-12, 170, 1, True),
        (170 - 1e-6, 170, 1, False),
        (0.1 + 0.2, 0.3, 1, True),
        (0.1 + 0.2, 0.3, -1, True),
        (100 + 1e-6, 100, -1, False),
        (99, 100, -1, True),
        (0, 0, 1, True),
        (-1e-12, 0, 1, True),
        (-1e-6, 0, 1, False),
        (-5, -3, 1, False),
        (-5, -3, -1, True),
    ],
)
def test_meets(value: float, target: float, direction: Direction, met: bool) -> None:
    assert meets(value, target, direction) is met


@pytest.mark.parametrize(("left", "right", "apart"), [(20, 19.85, 0.15), (0.8, 0.85, -0.05), (0.3, 0.1, 0.2)])
def test_a_difference_is_that_of_the_digits_that_are_read(left: float, right: float, apart: float) -> None:
    assert left - right != apart
    assert difference(left, right) == apart


def test_the_tolerance_is_relative_to_large_amounts() -> None:
    assert same(17_000_000_000.0, 17_000_000_001.0)
    assert not same(17_000_000_000.0, 17_000_000_100.0)
