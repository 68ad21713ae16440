"""The plan listed: how each promise is followed, and why one is not. Needs no data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from small_plans import indicator, plan_of

from xicen_kpi.report.roster import roster_of

if TYPE_CHECKING:
    from xicen_kpi.plan.load import LoadedPlan

CITE = {"section": "二、(一)统筹", "quote": "成立领导小组"}


def promise(**given: Any) -> dict[str, Any]:
    return {"kind": "milestone", "cite": CITE, **given}


def test_every_commitment_of_the_plan_is_listed_once(loaded: LoadedPlan) -> None:
    found = roster_of(loaded.plan)
    ids = [one.id for one in found.entries]
    assert len(ids) == len(set(ids)) == 138
    assert sum(found.counts.values()) == 138
    assert (ids[0], ids[-1]) == ("G0.1", "S2.6"), "goals, tasks, safeguards"
    assert ids.index("T2.1") < ids.index("T10.1")


def test_a_promise_that_an_indicator_measures_beside_the_ledger() -> None:
    plan = plan_of({"it": indicator(commitment=["G1.1", "T1.1"])}, commitments={"T1.1": promise()})
    goal, task = roster_of(plan).entries
    assert (goal.kind, goal.how, goal.indicators) == ("quantitative", "measured", ("it",))
    assert goal.quote == "每年达100亿元"
    assert (task.kind, task.how, task.indicators) == ("milestone", "measured", ("it",))
    assert task.quote == "成立领导小组", "its own words, not the indicator's"


def test_the_headline_indicator_speaks_for_a_goal_of_several() -> None:
    plan = plan_of(
        {
            "part": indicator(headline=False, cite={"section": "别处", "quote": "每年达100亿元的一部分"}),
            "whole": indicator(),
        }
    )
    (goal,) = roster_of(plan).entries
    assert goal.indicators == ("part", "whole")
    assert goal.section == "一、主要目标"


def test_why_it_is_not_followed_or_what_would_show_it() -> None:
    plan = plan_of(
        commitments={
            "T1.1": promise(not_tracked={"zh": "没有口径", "en": "no statistic"}),
            "T1.2": promise(evidence={"zh": "文件", "en": "a document"}),
            "T1.3": promise(),
        }
    )
    told = {one.id: (one.how, one.why.en if one.why else None) for one in roster_of(plan).entries}
    assert told["T1.1"] == ("not_tracked", "no statistic")
    assert told["T1.2"] == ("followed", "a document")
    assert told["T1.3"] == ("followed", None)
