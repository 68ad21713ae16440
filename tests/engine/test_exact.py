"""Sums of arrays round as `math.fsum` does."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xicen_kpi.engine.exact import exact_sum, exact_sums

NUMBERS = st.lists(st.floats(allow_nan=False, allow_infinity=False, width=64), max_size=40)
MANY = 100
"""How often they are repeated, so that there are many."""


def total(numbers: list[float]) -> float | None:
    """By `math.fsum`; None where the sum is too large for a float."""
    try:
        return math.fsum(numbers)
    except OverflowError:
        return None


@given(NUMBERS)
def test_a_sum_is_the_one_of_fsum(numbers: list[float]) -> None:
    numbers = [*numbers, 0.1] * MANY
    wanted = total(numbers)
    if wanted is None:
        with pytest.raises(OverflowError):
            exact_sum(np.array(numbers))
    else:
        assert exact_sum(np.array(numbers)) == wanted


@given(st.lists(st.tuples(st.integers(0, 3), st.floats(-1e305, 1e305)), max_size=40))
def test_sums_of_groups_are_those_of_fsum(pairs: list[tuple[int, float]]) -> None:
    groups, values = (
        np.array([one for one, _ in pairs], dtype=np.int64),
        np.array([one for _, one in pairs], dtype=float),
    )
    assert exact_sums(values, groups, 4) == [math.fsum(v for g, v in pairs if g == group) for group in range(4)]


def test_a_large_array_of_very_different_amounts() -> None:
    random = np.random.default_rng(7)
    values = random.lognormal(8, 6, 100_000) * random.choice([-1.0, 1.0], 100_000)
    values[:2] = 1e22, -1e22
    groups = random.integers(0, 90, len(values))
    assert exact_sum(values) == math.fsum(values.tolist())
    assert exact_sum(values[::-1]) == math.fsum(values.tolist())
    assert exact_sums(values, groups, 90) == [math.fsum(values[groups == one].tolist()) for one in range(90)]
