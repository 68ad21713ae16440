"""Contributions to the change of a sum."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xicen_kpi.analysis.contribution import Presence, SumChange, contributions, grouped
from xicen_kpi.analysis.reasons import Reason, known

FOLDER = Path(__file__).parents[1] / "vectors"
VECTORS = {
    vector["id"]: vector for vector in json.loads((FOLDER / "own_decomposition.json").read_text("utf-8"))["vectors"]
}
ENTRANTS_EXITS = {
    vector["id"]: vector for vector in json.loads((FOLDER / "own_partial_reporting.json").read_text("utf-8"))["vectors"]
}["entrants-exits"]

units = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=2), st.floats(0, 1e6), max_size=12)


def as_vector(found: SumChange) -> dict[str, Any]:
    def number(value: float | Reason, factor: float = 1) -> float | None:
        return None if isinstance(value, Reason) else value * factor

    return {
        item.key: {
            "delta": item.change,
            "pull_pp": number(item.pull_pp),
            "share_pct": number(item.share, 100),
            "kind": item.presence.value,
        }
        for item in found.items
    }


@pytest.mark.parametrize("name", ["sum-contrib", "sum-contrib-zero-change"])
def test_vectors(name: str) -> None:
    inputs, expected = VECTORS[name]["inputs"], VECTORS[name]["expected"]
    found = contributions(inputs["base"], inputs["now"])
    assert 100 * known(found.growth) == pytest.approx(expected["total_growth_pct"], rel=1e-9, abs=1e-9)
    items = as_vector(found)
    assert items.keys() == expected["items"].keys()
    for key, item in expected["items"].items():
        for field, value in item.items():
            exact = value is None or isinstance(value, str)
            assert items[key][field] == (value if exact else pytest.approx(value, rel=1e-9)), (key, field)


def test_vector_growth_share() -> None:
    inputs = VECTORS["growth-share"]["inputs"]
    base, unit = inputs["base"], inputs["unit"]
    found = contributions(base, {**base, unit: base[unit] * (1 + inputs["growth"])})
    assert found.items[0].pull_pp == pytest.approx(VECTORS["growth-share"]["expected"]["pull_pp"], rel=1e-9)


def test_vector_entrants_and_exits() -> None:
    inputs, expected = ENTRANTS_EXITS["inputs"], ENTRANTS_EXITS["expected"]
    found = contributions(inputs["prev"], inputs["cur"])
    assert found.growth == pytest.approx(expected["nominal_growth"], rel=1e-9)
    assert (found.continuing, found.entrants, found.exits) == (10, expected["entrants"], expected["exits"])
    assert found.change == 10 + 30 - 50


def test_published_figures_of_one_industry() -> None:
    # 2,556 to 3,433 of 4,888 to 6,341: 17.9 points, 60.4 % of the change.
    found = contributions({"it": 2556, "rest": 4888 - 2556}, {"it": 3433, "rest": 6341 - 3433})
    assert found.items[0].key == "it"
    assert round(known(found.items[0].pull_pp), 1) == 17.9
    assert round(100 * known(found.items[0].share), 1) == 60.4


def test_the_largest_change_comes_first_whatever_its_sign() -> None:
    found = contributions({"a": 10, "b": 50, "c": 10}, {"a": 12, "b": 20, "c": 12})
    assert [item.key for item in found.items] == ["b", "a", "c"]


def test_presence() -> None:
    found = {item.key: item.presence for item in contributions({"a": 1, "b": 0}, {"b": 2, "c": 3}).items}
    assert found == {"a": Presence.EXIT, "b": Presence.CONTINUING, "c": Presence.ENTRANT}


def test_what_does_not_exist_has_a_reason() -> None:
    from_nothing = contributions({}, {"a": 5})
    assert from_nothing.growth is Reason.BASE_NOT_POSITIVE
    assert from_nothing.items[0].pull_pp is Reason.BASE_NOT_POSITIVE
    assert from_nothing.items[0].share == 1
    assert contributions({}, {}).items == ()
    swapped = contributions({"a": 0.1 + 0.2, "b": 1}, {"a": 1, "b": 0.3})
    assert {item.share for item in swapped.items} == {Reason.TOTAL_UNCHANGED}


def test_groups_drop_nothing() -> None:
    values = {"a": 1.0, "b": 2.0, "c": 4.0}
    assert grouped(values, {"a": "金泽", "b": "金泽"}, "—") == {"金泽": 1 + 2, "—": 4}


@given(units, units)
def test_pulls_add_up_to_growth_and_shares_to_one(base: dict[str, float], now: dict[str, float]) -> None:
    found = contributions(base, now)
    scale = max([*base.values(), *now.values(), 1.0])
    assert found.continuing + found.entrants - found.exits == pytest.approx(found.change, abs=1e-9 * scale)
    if sum(base.values()) > 1:
        pulls = sum(known(item.pull_pp) for item in found.items)
        assert pulls == pytest.approx(100 * known(found.growth), rel=1e-6, abs=1e-6)
    shares = [item.share for item in found.items if not isinstance(item.share, Reason)]
    if shares and abs(found.change) > 1e-3 * scale:
        assert sum(shares) == pytest.approx(1)


@given(units, units, st.floats(0.001, 1000))
def test_pulls_do_not_depend_on_the_unit_and_order(
    base: dict[str, float], now: dict[str, float], factor: float
) -> None:
    plain = contributions(base, now)
    other = contributions(
        {key: base[key] * factor for key in reversed(base)}, {key: now[key] * factor for key in reversed(now)}
    )
    pulls = {item.key: item.pull_pp for item in other.items}
    for item in plain.items:
        if not isinstance(item.pull_pp, Reason) and sum(base.values()) > 1e-3:
            assert pulls[item.key] == pytest.approx(item.pull_pp, rel=1e-6, abs=1e-6)


@given(units, units, st.floats(0.01, 0.99))
def test_a_unit_split_in_two_moves_the_sum_as_before(
    base: dict[str, float], now: dict[str, float], part: float
) -> None:
    def split(values: dict[str, float]) -> dict[str, float]:
        return {f"{key}{half}": value * share for key, value in values.items() for half, share in
                (("1", part), ("2", 1 - part))}  # fmt: skip

    halves = contributions(split(base), split(now))
    rejoined = {item.key: 0.0 for item in contributions(base, now).items}
    for item in halves.items:
        rejoined[item.key[:-1]] += item.change
    scale = max([*base.values(), *now.values(), 1.0])
    for whole in contributions(base, now).items:
        assert rejoined[whole.key] == pytest.approx(whole.change, abs=1e-9 * scale)


@given(units, units)
def test_groups_contribute_what_their_units_do(base: dict[str, float], now: dict[str, float]) -> None:
    group_of = {key: key[0] for key in base.keys() | now.keys()}
    by_group = contributions(grouped(base, group_of, "?"), grouped(now, group_of, "?"))
    for group in by_group.items:
        members = [item.change for item in contributions(base, now).items if group_of[item.key] == group.key]
        assert group.change == pytest.approx(sum(members), abs=1e-6)
