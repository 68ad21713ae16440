"""Comparable beside nominal growth."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from xicen_kpi.analysis.comparable import comparable_growth
from xicen_kpi.analysis.reasons import Reason, known


def test_by_hand() -> None:
    # Published last year: a 100, b 50. This year's forms state a 102 (corrected) and n 28 (new to the frame).
    found = known(comparable_growth(143.0, {"a": 102, "n": 28}, {"a": 100, "b": 50}))
    assert found.nominal == pytest.approx(143 / 150 - 1)
    assert found.comparable == pytest.approx(143 / 130 - 1)
    weight = 100 * 143 / (150 * 130)
    assert (found.entered_pp, found.left_pp, found.restated_pp) == pytest.approx(
        (weight * 28, -weight * 50, weight * 2)
    )
    assert found.difference_pp == pytest.approx(100 * (143 / 150 - 143 / 130))


def test_the_same_frame_has_one_growth() -> None:
    found = known(comparable_growth(110.0, {"a": 60, "b": 40}, {"b": 40, "a": 60}))
    assert found.nominal == found.comparable == pytest.approx(0.10)
    assert (found.entered_pp, found.left_pp, found.restated_pp) == (0, 0, 0)


@pytest.mark.parametrize(("stated", "published"), [({}, {"a": 1.0}), ({"a": 1.0}, {}), ({"a": -1.0}, {"a": 1.0})])
def test_no_growth_without_a_base(stated: dict[str, float], published: dict[str, float]) -> None:
    assert comparable_growth(1.0, stated, published) is Reason.BASE_NOT_POSITIVE


frames = st.dictionaries(st.sampled_from("abcdefgh"), st.floats(0, 1e5), min_size=1)


@given(st.floats(0, 1e6), frames, frames, st.floats(0.001, 1000))
def test_the_difference_is_explained_whole(
    now: float, stated: dict[str, float], published: dict[str, float], factor: float
) -> None:
    assume(sum(stated.values()) > 1)
    assume(sum(published.values()) > 1)
    found = known(comparable_growth(now, stated, published))
    scale = 100 * max(now / sum(stated.values()), now / sum(published.values()), 1)
    explained = found.entered_pp + found.left_pp + found.restated_pp
    assert explained == pytest.approx(found.difference_pp, abs=1e-9 * scale)
    scaled = known(
        comparable_growth(
            now * factor,
            {key: value * factor for key, value in stated.items()},
            {key: value * factor for key, value in published.items()},
        )
    )
    assert scaled.entered_pp == pytest.approx(found.entered_pp, rel=1e-6, abs=1e-9 * scale)
