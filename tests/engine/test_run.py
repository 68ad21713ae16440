"""A whole drop answered: every source once, the enterprise list first, one broken file harming nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from small_plans import FIRMS, OUTPUT, plan_of, source
from tables import CODES

from xicen_kpi.engine.question import Ask, Question, Rows
from xicen_kpi.engine.run import Answers, answer
from xicen_kpi.plan.measure import Where
from xicen_kpi.plan.period import Month
from xicen_kpi.read.drop import open_drop

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    MakeDrop = Callable[[Mapping[str, str]], Path]

A, B = CODES["A"], CODES["B"]
PLAN = plan_of(
    sources={
        "firms": FIRMS,
        "output": source(OUTPUT, link="firms"),
        "other": source(OUTPUT, files="别的*", link="firms"),
    }
)
IN_PARK = Rows.of(Where.model_validate({"in_park": True}))
OWN = Question("output", Ask.SUM, "output", IN_PARK, ("uscc",))
OTHER = Question("other", Ask.SUM, "output", IN_PARK)
MEMBERS = Question("firms", Ask.COUNT)

LIST = """
    代码 | 类别 | 行业 | 标签 | 入园       | 离园
    A    | 工业 | 3973 |      | 2020-01-01 |
    B    | 工业 | 3973 |      | 2026-03-15 |
"""
FORM = """
    代码 | 报告期  | 累计产值 | 上年累计产值
    A    | 2026-02 | 1        | 1
    B    | 2026-02 | 2        | 2
    B    | 2026-03 | 4        | 4
    合计 |         | 7        | 7
"""


def at(month: str) -> int:
    return Month.parse(month).ordinal


def answered(folder: Path, *questions: Question, months: Sequence[str] = ()) -> Answers:
    return answer(PLAN, open_drop(folder, PLAN.sources), questions, [at(month) for month in months])


def test_rows_are_linked_to_the_list_and_everything_is_accounted_for(make_drop: MakeDrop) -> None:
    folder = make_drop({"名录.xlsx": LIST, "产值.csv": FORM})
    found = answered(folder, OWN, OWN, MEMBERS, months=["2026-02", "2026-03"])
    assert list(found.breakdowns) == [OWN, MEMBERS]
    assert [found.breakdowns[OWN].at(at(month), B).value for month in ("2026-02", "2026-03")] == [None, 4]
    assert [found.breakdowns[MEMBERS].at(at(month)).value for month in ("2026-02", "2026-03")] == [1, 2]
    held = found.held["output"]
    assert held.periods == (at("2026-02"), at("2026-03"))
    assert [(one.path, one.rows_read, one.rows_used, dict(one.set_aside)) for one in held.provenance] == [
        ("产值.csv", 4, 3, {"total_row": 1})
    ]
    assert found.members("firms", at("2026-02")) == {A}
    assert found.members("nobody", at("2026-02")) == frozenset()
    assert found.registers["firms"].codes == {A, B}


def test_codes_are_texts_where_a_condition_looks_at_them(make_drop: MakeDrop) -> None:
    only = Rows.of(Where.model_validate({"uscc": B}))
    folder = make_drop({"名录.xlsx": LIST, "产值.csv": FORM})
    found = answered(folder, Question("output", Ask.SUM, "output", only), Question("firms", Ask.COUNT, rows=only))
    assert [one.at(at("2026-03")).value for one in found.breakdowns.values()] == [4, None]
    asked = answered(folder, Question("firms", Ask.COUNT, rows=only), months=["2026-02", "2026-03"])
    assert [one.total(at("2026-03")).value for one in asked.breakdowns.values()] == [1]


def test_the_list_is_read_once(make_drop: MakeDrop) -> None:
    folder = make_drop({"名录.csv": LIST, "产值.csv": FORM, "别的.csv": FORM})
    found = answered(folder, OWN, OTHER, MEMBERS, months=["2026-02"])
    assert set(found.held) == {"firms", "output", "other"}
    assert [one.rows_used for one in found.held["firms"].provenance] == [2]
    assert found.breakdowns[OWN].at(at("2026-02"), A) == found.breakdowns[OTHER].at(at("2026-02"))


def test_a_source_without_files_is_not_held_and_the_others_are(make_drop: MakeDrop) -> None:
    found = answered(make_drop({"名录.csv": LIST, "产值.csv": FORM}), OWN, OTHER)
    assert set(found.held) == {"firms", "output"}
    assert found.breakdowns[OTHER].months() == []
    assert [(one.slug, one.parameters["source"]) for one in found.findings] == [("file-missing", "other")]


def test_without_the_list_nobody_is_in_the_park(make_drop: MakeDrop) -> None:
    found = answered(make_drop({"产值.csv": FORM}), OWN, MEMBERS, months=["2026-02"])
    assert "firms" not in found.held
    assert found.breakdowns[OWN].months() == []
    assert found.breakdowns[MEMBERS].months() == []


def test_the_first_file_in_the_declared_order_prevails_over_a_whole_drop(make_drop: MakeDrop) -> None:
    files = {
        "名录.csv": LIST,
        "产值.csv": FORM,
        "产值_修订.csv": "代码 | 报告期 | 累计产值 | 上年累计产值\nA | 2026-02 | 10 | 1",
    }
    found = answered(make_drop(files), OWN)
    assert found.breakdowns[OWN].at(at("2026-02"), A).value == 10
    assert found.held["output"].superseded == {"产值.csv": {"superseded": 1}}
    assert "rows-revised" in [one.slug for one in found.findings]
