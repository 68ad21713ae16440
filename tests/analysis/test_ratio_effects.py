"""Why a ratio moved."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xicen_kpi.analysis.ratio_effects import Sides, Weights, influence, mix_change, ratio_change, sensitivity
from xicen_kpi.analysis.reasons import Reason, known

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = Path(__file__).parents[1] / "vectors/own_decomposition.json"
VECTORS = {vector["id"]: vector for vector in json.loads(FILE.read_text("utf-8"))["vectors"]}

sides = st.tuples(st.floats(0, 1e4), st.floats(1, 1e5))
groups = st.dictionaries(st.sampled_from("abcdef"), sides, min_size=1)


def test_vector_numerator_and_denominator() -> None:
    inputs, expected = VECTORS["ratio-num-den"]["inputs"], VECTORS["ratio-num-den"]["expected"]
    found = known(ratio_change((inputs["n0"], inputs["d0"]), (inputs["n1"], inputs["d1"])))
    assert {
        "R0": found.before, "R1": found.after, "numerator": found.numerator, "denominator": found.denominator,
    } == pytest.approx(expected, rel=1e-9)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "weights"),
    [
        ("ratio-kitagawa", Weights.MIDPOINT),
        ("ratio-three-term", Weights.THREE_TERM),
        ("ratio-relative-between", Weights.RELATIVE),
    ],
)
def test_vectors_of_groups(name: str, weights: Weights) -> None:
    inputs, expected = VECTORS[name]["inputs"], VECTORS[name]["expected"]
    found = known(mix_change(inputs["base"], inputs["now"], weights))
    assert (found.before, found.after) == pytest.approx((expected["R0"], expected["R1"]), rel=1e-9)
    assert found.after - found.before == pytest.approx(expected["change"], rel=1e-9)
    for group in found.groups:
        terms = expected["groups"][group.key]
        assert (group.within, group.between) == pytest.approx((terms["within"], terms["between"]), rel=1e-9)
        assert group.interaction == pytest.approx(terms.get("interaction", 0), rel=1e-9, abs=1e-12)
    sums = (found.within, found.between, found.interaction)
    assert sums == pytest.approx([expected[term] for term in ("within", "between", "interaction")], rel=1e-9, abs=1e-12)


def test_the_relative_split_is_the_default() -> None:
    inputs = VECTORS["ratio-relative-between"]["inputs"]
    assert mix_change(inputs["base"], inputs["now"]) == mix_change(inputs["base"], inputs["now"], Weights.RELATIVE)


def test_vector_elasticity() -> None:
    inputs, expected = VECTORS["elasticity"]["inputs"], VECTORS["elasticity"]["expected"]
    found = known(sensitivity(inputs["num"], inputs["den"]))
    assert found.numerator_pp == pytest.approx(expected["d_ratio_pp_per_1pct_num"], rel=1e-9)
    assert found.denominator_pp == pytest.approx(expected["d_ratio_pp_per_1pct_den"], rel=1e-9)
    ratio_pp = 100 * inputs["num"] / inputs["den"]
    assert found.numerator_pp / ratio_pp / 0.01 == pytest.approx(expected["elasticity_num"])
    assert found.denominator_pp / ratio_pp / 0.01 == pytest.approx(expected["elasticity_den_local"], rel=0.02)


def test_no_denominator_no_effect() -> None:
    assert ratio_change((1, 0), (1, 2)) is Reason.DENOMINATOR_IS_ZERO
    assert ratio_change((1, 2), (1, 0)) is Reason.DENOMINATOR_IS_ZERO
    assert mix_change({"a": (1, 0)}, {"a": (1, 2)}) is Reason.DENOMINATOR_IS_ZERO
    assert mix_change({}, {"a": (1, 2)}) is Reason.DENOMINATOR_IS_ZERO
    assert sensitivity(1, 0) is Reason.DENOMINATOR_IS_ZERO


def test_a_group_that_enters_at_its_own_ratio_moves_weight_only() -> None:
    found = known(mix_change({"a": (10, 100)}, {"a": (10, 100), "b": (30, 100)}))
    # a: weight 1 to 1/2 at 0.10; b: weight 0 to 1/2 at 0.30; the mean of 0.10 and 0.20 is 0.15.
    within_and_between = [(group.within, group.between) for group in found.groups]
    assert within_and_between[0] == pytest.approx((0, -0.5 * (0.10 - 0.15)), abs=1e-12)
    assert within_and_between[1] == pytest.approx((0, 0.5 * (0.30 - 0.15)), abs=1e-12)


@pytest.mark.parametrize("weights", Weights)
def test_a_research_centre_without_revenue_counts_as_within(weights: Weights) -> None:
    found = known(mix_change({"maker": (5, 100), "centre": (2, 0)}, {"maker": (5, 100), "centre": (4, 0)}, weights))
    centre = found.groups[0]
    assert centre.key == "centre"
    assert centre.within + centre.interaction == pytest.approx(4 / 100 - 2 / 100)
    assert centre.between == 0


def test_the_largest_unit_holds_the_ratio_up() -> None:
    # The park's research ratio, 2026 to October: 45.4 of 467.7, of which the largest enterprise 36.3 of 168.8.
    rest = {str(number): ((45.4 - 36.3) / 9, (467.7 - 168.8) / 9) for number in range(9)}
    first, second, *_ = influence({**rest, "largest": (36.3, 168.8)})
    assert first.key == "largest"
    assert known(first.without) == pytest.approx((45.4 - 36.3) / (467.7 - 168.8))
    assert round(100 * known(first.without), 1) == 3.0
    assert known(first.effect) == pytest.approx(45.4 / 467.7 - 9.1 / 298.9)
    assert known(second.effect) < 0  # without one of the others the ratio would be higher


def test_influence_without_a_rest() -> None:
    only = influence({"a": (1, 2)})[0]
    assert (only.without, only.effect) == (Reason.DENOMINATOR_IS_ZERO, Reason.DENOMINATOR_IS_ZERO)
    first, last = influence({"a": (1, 2), "b": (1, 0)})
    assert (first.key, first.without, last.key, last.without) == ("b", 0.5, "a", Reason.DENOMINATOR_IS_ZERO)
    offset = influence({"a": (1, 2), "b": (1, -2)})
    assert {found.effect for found in offset} == {Reason.DENOMINATOR_IS_ZERO}
    assert influence({}) == ()


@given(sides, sides, st.floats(0.001, 1000))
def test_the_two_sides_add_up_and_reverse(base: Sides, now: Sides, factor: float) -> None:
    there, back = known(ratio_change(base, now)), known(ratio_change(now, base))
    scale = max(there.before, there.after, now[0] / base[1], base[0] / now[1], 1e-6)
    assert there.numerator + there.denominator == pytest.approx(there.after - there.before, abs=1e-9 * scale)
    assert back.numerator == pytest.approx(-there.numerator, abs=1e-9 * scale)
    scaled = known(ratio_change((base[0] * factor, base[1] * factor), (now[0] * factor, now[1] * factor)))
    assert scaled.numerator == pytest.approx(there.numerator, rel=1e-6, abs=1e-9 * scale)


@given(groups, groups, st.sampled_from(Weights))
def test_groups_add_up(base: Mapping[str, Sides], now: Mapping[str, Sides], weights: Weights) -> None:
    found = known(mix_change(base, now, weights))
    change = found.after - found.before
    scale = max(found.before, found.after, 1.0) * 1e5
    assert found.within + found.between + found.interaction == pytest.approx(change, abs=1e-12 * scale)
    relative = known(mix_change(base, now, Weights.RELATIVE))
    midpoint = known(mix_change(base, now, Weights.MIDPOINT))
    assert relative.between == pytest.approx(midpoint.between, abs=1e-12 * scale)


@given(st.lists(st.tuples(sides, sides), min_size=1, max_size=6))
def test_groups_of_both_periods_follow_kitagawas_formula(pairs: list[tuple[Sides, Sides]]) -> None:
    base = {str(number): pair[0] for number, pair in enumerate(pairs)}
    now = {str(number): pair[1] for number, pair in enumerate(pairs)}
    totals = sum(d for _, d in base.values()), sum(d for _, d in now.values())
    found = known(mix_change(base, now, Weights.MIDPOINT))
    for group in found.groups:
        (n0, d0), (n1, d1) = base[group.key], now[group.key]
        w0, w1, r0, r1 = d0 / totals[0], d1 / totals[1], n0 / d0, n1 / d1
        assert group.within == pytest.approx((w0 + w1) / 2 * (r1 - r0), rel=1e-6, abs=1e-7)
        assert group.between == pytest.approx((w1 - w0) * (r0 + r1) / 2, rel=1e-6, abs=1e-7)


@given(groups, groups, st.floats(0.01, 0.99))
def test_a_group_split_into_equal_ratios_changes_neither_sum(
    base: Mapping[str, Sides], now: Mapping[str, Sides], part: float
) -> None:
    def split(values: Mapping[str, Sides]) -> dict[str, Sides]:
        return {
            f"{key}{half}": (n * share, d * share)
            for key, (n, d) in values.items()
            for half, share in (("1", part), ("2", 1 - part))
        }

    whole, halves = known(mix_change(base, now)), known(mix_change(split(base), split(now)))
    scale = max(whole.before, whole.after, 1.0)
    assert halves.within == pytest.approx(whole.within, rel=1e-6, abs=1e-7 * scale)
    assert halves.between == pytest.approx(whole.between, rel=1e-6, abs=1e-7 * scale)
