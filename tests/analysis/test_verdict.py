"""Verdicts: cuts in order, and the weakest of several."""

from __future__ import annotations

from itertools import pairwise, permutations

import pytest

from xicen_kpi.analysis.reasons import Reason
from xicen_kpi.analysis.verdict import Cuts, Flag, Status, Verdict, not_assessable, worst


@pytest.mark.parametrize(
    "wrong",
    [
        {"flow_on_track": 0.9},
        {"flow_ahead": 0.99},
        {"level_on_track": 0.5},
        {"level_at_risk": -0.1},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_cuts_out_of_order_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="must fall"):
        Cuts(**wrong)


def test_not_assessable_carries_its_reason() -> None:
    assert not_assessable(Reason.JANUARY_EXEMPT) == Verdict(Status.NOT_ASSESSABLE, Reason.JANUARY_EXEMPT)


ORDER = ["missed", "lapsed", "deteriorating", "off_track", "at_risk", "not_assessable", "on_track", "achieved"]


@pytest.mark.parametrize(("weaker", "better"), list(pairwise(ORDER)))
def test_the_weakest_verdict_wins_in_any_order(weaker: str, better: str) -> None:
    pair = [Verdict(Status(weaker), Reason.NO_CHANGE), Verdict(Status(better), Reason.TARGET_MET)]
    for verdicts in permutations(pair):
        assert worst(verdicts).status == weaker
        assert worst(verdicts).reason is Reason.NO_CHANGE


def test_every_status_has_its_place() -> None:
    assert sorted(ORDER) == sorted(Status)


def test_the_flags_of_all_are_kept() -> None:
    verdicts = [
        Verdict(Status.ACHIEVED, Reason.TARGET_MET, flags=(Flag.ADVERSE_TREND,)),
        Verdict(Status.AT_RISK, Reason.PROJECTION_SHORT, 0.97, flags=(Flag.BELOW_LAST_YEAR,)),
    ]
    found = worst(verdicts)
    assert (found.status, found.score) == (Status.AT_RISK, 0.97)
    assert found.flags == (Flag.BELOW_LAST_YEAR, Flag.ADVERSE_TREND)


def test_the_weakest_of_none_is_an_error() -> None:
    with pytest.raises(ValueError, match="empty"):
        worst([])
