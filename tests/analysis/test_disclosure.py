"""Statistical disclosure control."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xicen_kpi.analysis.disclosure import (
    DisclosureRules,
    SecondarySuppression,
    Suppression,
    secondary_suppression,
    unsafe,
    unsafe_difference,
    unsafe_ratio,
)

NO_RULE = DisclosureRules(minimum_units=0, dominance=(), p_percent=0.0)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ([], None),
        ([1], "too_few_units"),
        ([1, 1], "too_few_units"),
        ([0, 0], "too_few_units"),
        ([0, 0, 0], None),
        ([1, 1, 1], None),
        ([70, 15, 15], None),  # 70 % exactly is not more than 70 %; two hold 85 % exactly
        ([71, 15, 14], "dominance"),
        ([50, 36, 14], "dominance"),  # two hold 86 %
        ([50, 34, 16], None),
        ([-71, 15, 14], "dominance"),
        ([100, 0, 0], "dominance"),
    ],
)
def test_a_sum_over_units(values: list[float], reason: str | None) -> None:
    assert unsafe(values) == reason


@pytest.mark.parametrize(("third", "reason"), [(10.0, None), (9.9, "p_percent"), (0.0, "p_percent")])
def test_the_p_percent_rule(third: float, reason: str | None) -> None:
    # The second largest unit knows the largest to 10 % when all others are together below a tenth of it.
    rules = DisclosureRules(dominance=())
    assert unsafe([100.0, 90.0, third], rules) == reason


def test_rules_can_be_set() -> None:
    assert unsafe([1.0], NO_RULE) is None
    assert unsafe([1, 1, 1, 1], DisclosureRules(minimum_units=5)) is Suppression.TOO_FEW_UNITS
    assert unsafe([60, 20, 20], DisclosureRules(dominance=((1, 50.0),))) is Suppression.DOMINANCE


def test_a_ratio_needs_both_sides_safe() -> None:
    safe, dominated = [30, 30, 40], [90, 5, 5]
    assert unsafe_ratio(safe, safe) is None
    assert unsafe_ratio(dominated, safe) is Suppression.DOMINANCE
    assert unsafe_ratio(safe, dominated) is Suppression.DOMINANCE


def test_two_figures_whose_difference_is_one_enterprise() -> None:
    before = {"a": 30.0, "b": 30.0, "c": 40.0}
    assert unsafe_difference(before, {**before, "new": 25.0}) is Suppression.TOO_FEW_UNITS
    assert unsafe_difference(before, before) is None
    assert unsafe_difference(before, {key: value + 10 for key, value in before.items()}) is None
    assert unsafe_difference(before, {"b": 30.0, "c": 40.0}) is Suppression.TOO_FEW_UNITS


CELLS = {
    "alone": [12.0],
    "small": [5.0, 5.0, 5.0],
    "middle": [20.0, 20.0, 20.0],
    "large": [90.0, 80.0, 70.0],
    "empty": [0.0, 0.0, 0.0],
}


def test_a_hidden_cell_takes_a_second_with_it() -> None:
    # 12 with 5 + 5 + 5: the largest holds 12/27, the two largest 17/27; the smallest cell that is safe is enough.
    assert secondary_suppression(CELLS, ["alone"]) == SecondarySuppression(("small",), hide_total=False)


def test_the_second_cell_must_make_the_sum_safe() -> None:
    cells = {**CELLS, "alone": [45.0]}  # 45 of 60 is dominated, 45 of 105 is not
    assert secondary_suppression(cells, ["alone"]) == SecondarySuppression(("middle",), hide_total=False)


def test_two_lonely_cells_know_each_other() -> None:
    cells = {"a": [10.0], "b": [12.0], "c": [8.0, 8.0, 8.0], "d": [50.0, 50.0, 50.0]}
    assert secondary_suppression(cells, ["a", "b"]).cells == ("c",)


def test_hidden_cells_that_protect_each_other_need_no_more() -> None:
    cells = {"a": [10.0, 9.0], "b": [12.0, 8.0], "c": [5.0, 5.0, 5.0]}
    assert secondary_suppression(cells, ["a", "b"]) == SecondarySuppression((), hide_total=False)


def test_where_one_cell_is_not_enough_more_are_hidden() -> None:
    cells = {"a": [100.0], "b": [30.0, 30.0], "c": [35.0, 35.0], "d": [200.0] * 9}
    # 100 of 160 with the two largest 130/160 = 81 % would do, so does b alone.
    assert secondary_suppression(cells, ["a"]).cells == ("b",)
    cells = {"a": [100.0], "b": [4.0, 4.0], "c": [7.0, 7.0], "d": [12.0, 12.0]}
    # With d alone a holds 100/124, with d and b 100/132, ... all of them are 46: 100/146 = 68 %, two hold 112/146.
    assert secondary_suppression(cells, ["a"]) == SecondarySuppression(("b", "c", "d"), hide_total=False)


def test_where_nothing_is_enough_the_total_is_hidden() -> None:
    assert secondary_suppression({"a": [100.0], "b": [1.0, 1.0]}, ["a"]) == SecondarySuppression(("b",), True)
    assert secondary_suppression({"a": [100.0]}, ["a"]) == SecondarySuppression((), True)
    assert secondary_suppression({"a": [100.0], "zero": [0.0] * 5}, ["a"]) == SecondarySuppression((), True)


def test_nothing_hidden_nothing_more() -> None:
    assert secondary_suppression(CELLS, []) == SecondarySuppression((), hide_total=False)


amounts = st.lists(st.floats(0, 1e6), max_size=8)


@given(st.lists(st.floats(0.001, 1e6), max_size=8), st.integers(-9, 9))
def test_safety_does_not_depend_on_order_or_unit(values: list[float], power: int) -> None:
    assert unsafe(values) == unsafe(list(reversed(values)))
    assert unsafe(values) == unsafe([value * 2**power for value in values])  # powers of two: no rounding at the limit


@given(st.dictionaries(st.sampled_from("abcdef"), amounts, min_size=1), st.data())
def test_what_is_hidden_cannot_be_computed(cells: dict[str, list[float]], data: st.DataObject) -> None:
    hidden = data.draw(st.sets(st.sampled_from(sorted(cells)), min_size=1))
    found = secondary_suppression(cells, hidden)
    everything = hidden | set(found.cells)
    assert not hidden & set(found.cells)
    if not found.hide_total:
        assert len(everything) >= 2
        assert unsafe([value for key in everything for value in cells[key]]) is None


@given(
    values=st.lists(st.floats(-1e6, 1e6).map(lambda value: round(value, 2)), max_size=12),
    copies=st.sampled_from((1, 200)),
    dominance=st.lists(st.tuples(st.integers(1, 4), st.sampled_from((30.0, 70.0, 85.0))), max_size=2),
    p_percent=st.sampled_from((0.0, 10.0, 60.0)),
)
def test_the_rules_are_what_they_are_called(
    values: list[float], copies: int, dominance: list[tuple[int, float]], p_percent: float
) -> None:
    values, rules = values * copies, DisclosureRules(3, tuple(dominance), p_percent)
    sizes = sorted(map(abs, values), reverse=True)
    reason = None
    if sizes and 100 * math.fsum(sizes[2:]) < p_percent * sizes[0]:
        reason = Suppression.P_PERCENT
    if any(100 * math.fsum(sizes[:most]) > share * math.fsum(sizes) for most, share in dominance):
        reason = Suppression.DOMINANCE
    if 0 < len(sizes) < 3:
        reason = Suppression.TOO_FEW_UNITS
    assert unsafe(values, rules) == reason
