"""LMDI and shift-share."""

from __future__ import annotations

import json
from math import e, log, prod
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xicen_kpi.analysis.decomposition import Shift, factor_effects, logarithmic_mean, shift_share
from xicen_kpi.analysis.reasons import Reason, known

FILE = Path(__file__).parents[1] / "vectors/own_decomposition.json"
VECTORS = {vector["id"]: vector for vector in json.loads(FILE.read_text("utf-8"))["vectors"]}


def test_vector_lmdi() -> None:
    inputs, expected = VECTORS["lmdi-additive"]["inputs"], VECTORS["lmdi-additive"]["expected"]
    found = factor_effects(inputs["base"], inputs["now"])
    assert found == pytest.approx([expected[name] for name in ("activity", "structure", "intensity")], rel=1e-9)
    assert sum(found) == pytest.approx(expected["V1"] - expected["V0"], rel=1e-9)
    assert sum(found) == pytest.approx(expected["total"], rel=1e-9)


def test_vector_shift_share() -> None:
    inputs, expected = VECTORS["shift-share"]["inputs"], VECTORS["shift-share"]["expected"]
    names = ("region_base", "region_now", "ref_base", "ref_now")
    found = known(shift_share(*(inputs[name] for name in names)))
    for key, item in expected["items"].items():
        shift = found[key]
        assert (shift.reference, shift.mix, shift.competitive) == pytest.approx(
            (item["national"], item["mix"], item["competitive"]), rel=1e-9
        )
    everything = sum(shift.reference + shift.mix + shift.competitive for shift in found.values())
    assert everything == pytest.approx(expected["total"], rel=1e-9)


def test_the_logarithmic_mean() -> None:
    assert logarithmic_mean(e, 1) == pytest.approx(e - 1)
    assert logarithmic_mean(5, 5) == 5
    assert logarithmic_mean(5, 0) == logarithmic_mean(0, 5) == logarithmic_mean(0, 0) == 0
    assert logarithmic_mean(1 + 1e-12, 1) == pytest.approx(1 + 0.5e-12, rel=1e-15)
    with pytest.raises(ValueError, match="not negative"):
        logarithmic_mean(-1, 2)


def test_a_factor_that_comes_from_nothing_takes_the_whole_change() -> None:
    assert factor_effects([(0, 3)], [(4, 5)]) == pytest.approx((4 * 5, 0))
    assert factor_effects([(4, 5)], [(0, 3)]) == pytest.approx((-4 * 5, 0))
    assert factor_effects([(0, 0)], [(4, 5)]) == pytest.approx((10, 10))
    assert factor_effects([(0, 5)], [(4, 0)]) == pytest.approx((0, 0))
    # The limits: a factor of 1e-300 in place of 0 comes near them, from one side.
    tiny = factor_effects([(1e-300, 3)], [(4, 5)])
    assert tiny == pytest.approx((20, 0), abs=0.1)


def test_units_must_match_and_not_be_negative() -> None:
    with pytest.raises(ValueError, match="match"):
        factor_effects([(1, 2)], [(1, 2, 3)])
    with pytest.raises(ValueError, match="negative"):
        factor_effects([(1, 2)], [(1, -2)])
    with pytest.raises(ValueError, match="longer"):
        factor_effects([(1, 2)], [(1, 2), (3, 4)])


def test_no_units_no_effects() -> None:
    assert factor_effects([], []) == ()


def test_shift_share_of_new_and_unknown_industries() -> None:
    found = known(shift_share({"X": 100}, {"X": 120, "N": 30}, {"X": 1000, "N": 500}, {"X": 1150, "N": 600}))
    assert found["N"] == Shift(0, 0, 30)
    assert shift_share({"X": 100}, {"X": 120}, {"Y": 1000}, {"Y": 1100}) is Reason.BASE_NOT_POSITIVE


factors = st.lists(st.floats(0.01, 100), min_size=3, max_size=3)
units = st.lists(st.tuples(factors, factors), min_size=1, max_size=6)


@given(units)
def test_effects_add_up_and_reverse(pairs: list[tuple[list[float], list[float]]]) -> None:
    base, now = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    there, back = factor_effects(base, now), factor_effects(now, base)
    change = sum(map(prod, now)) - sum(map(prod, base))
    scale = max(sum(map(prod, now)), sum(map(prod, base)))
    assert sum(there) == pytest.approx(change, abs=1e-9 * scale)
    assert back == pytest.approx([-effect for effect in there], rel=1e-6, abs=1e-9 * scale)


@given(factors, factors)
def test_one_unit_follows_the_formula(base: list[float], now: list[float]) -> None:
    mean = logarithmic_mean(prod(now), prod(base))
    expected = [mean * log(later / then) for then, later in zip(base, now, strict=True)]
    assert factor_effects([base], [now]) == pytest.approx(expected, rel=1e-6, abs=1e-9 * max(prod(base), prod(now)))


@given(st.floats(1e-3, 1e6), st.floats(1e-3, 1e6))
def test_the_logarithmic_mean_lies_between_its_numbers(first: float, second: float) -> None:
    mean = logarithmic_mean(first, second)
    assert min(first, second) * (1 - 1e-9) <= mean <= max(first, second) * (1 + 1e-9)
    assert mean == pytest.approx(logarithmic_mean(second, first), rel=1e-9)
