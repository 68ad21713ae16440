"""Reasons in place of numbers."""

from __future__ import annotations

import pytest

from xicen_kpi.analysis.reasons import Reason, known


def test_an_answer_is_handed_on() -> None:
    assert known(0.5) == 0.5


def test_a_reason_is_no_answer() -> None:
    with pytest.raises(TypeError, match="no number here: target_is_zero"):
        known(Reason.TARGET_IS_ZERO)


def test_codes_are_what_their_names_say() -> None:
    assert [reason.value for reason in Reason] == [reason.name.lower() for reason in Reason]
