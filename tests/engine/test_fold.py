"""The pandas kernel over chunks: sums, counts, ledgers, lists, and that neither cuts nor order make a difference."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from chunks import chunk_of, folded
from hypothesis import given, settings
from hypothesis import strategies as st
from small_plans import FIRMS, OUTPUT, source
from tables import CODES

from xicen_kpi.engine.detail import Detail
from xicen_kpi.engine.fold import Fold
from xicen_kpi.engine.question import NOTHING, Ask, GroupRule, Question, Rows, Tally
from xicen_kpi.engine.register import Register
from xicen_kpi.plan.measure import Where
from xicen_kpi.plan.period import Month
from xicen_kpi.plan.source import Group, Source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xicen_kpi.engine.breakdown import Breakdown
    from xicen_kpi.read.stream import Chunk

A, B, C = CODES["A"], CODES["B"], CODES["C"]
FORM = Source.model_validate(OUTPUT)
BY_FIRM = Question("output", Ask.SUM, "output", by=("uscc",))
GROUPS = {"chips": Group.model_validate({"name": "集成电路", "basis": "x", "whole": ["3973"]})}


def at(month: str) -> int:
    return Month.parse(month).ordinal


def firms(text: str) -> Register:
    declared = Source.model_validate(FIRMS)
    return Register(declared, chunk_of(declared, text).frame, GROUPS)


def where(**conditions: Any) -> Rows:
    return Rows.of(Where.model_validate(conditions))


def asked(question: Question, *chunks: Chunk, register: Register | None = None, form: Source = FORM) -> Breakdown:
    return folded(Fold("output", form, (question,), register), chunks).finish()[question]


def sums(found: Breakdown, month: str) -> dict[str, float | None]:
    return {key[0]: tally.value for key, tally in found.within(at(month)).items()}


# -- what is answered


def test_a_sum_says_how_many_rows_had_a_value() -> None:
    found = asked(
        Question("output", Ask.SUM, "output"),
        chunk_of(FORM, "uscc | period | output\nA | 2026-02 | 1.5\nB | 2026-02 | 2\nC | 2026-02 |\nA | 2026-03 |"),
    )
    assert found.at(at("2026-02")) == Tally(1.5 + 2, rows=2, missing=1)
    assert found.at(at("2026-03")) == Tally(None, rows=0, missing=1), "no value at all is no sum, not 0"
    assert found.at(at("2026-04")) == NOTHING
    assert found.months() == [at("2026-02"), at("2026-03")]


def test_a_sum_by_enterprise() -> None:
    found = asked(BY_FIRM, chunk_of(FORM, "uscc | period | output\nA | 2026-02 | 1\nB | 2026-02 | -2\nA | 2026-03 | 5"))
    assert sums(found, "2026-02") == {A: 1, B: -2}
    assert sums(found, "2026-03") == {A: 5}
    assert found.at(at("2026-02"), C) == NOTHING


def test_a_month_by_place_is_the_same_as_by_code() -> None:
    """Rows without a code stand together, under an empty one."""
    key = source(OUTPUT, key=["uscc", "period", "line"], columns={"line": {"header": "产品"}})
    form = Source.model_validate(key)
    chunks = [
        chunk_of(form, "uscc | period | output | line\nA | 2026-02 | 0.1 | x\nB | 2026-02 | | x\n | 2026-02 | 3 | x"),
        chunk_of(
            form, "uscc | period | output | line\nA | 2026-02 | 0.2 | y\nA | 2026-03 | 9 | x\nC | 2026-02 | 5 | x"
        ),
        chunk_of(
            form,
            "uscc | period | output | line\nA | 2026-02 | 0.3 | z\nA | 2026-02 | | w\n | 2026-02 | 4 | y\n"
            "B | 2026-02 | | v",
        ),
    ]
    found = asked(BY_FIRM, *chunks, form=form)
    dense, within = found.dense(at("2026-02")), found.within(at("2026-02"))
    assert dense.amounts == {A: math.fsum((0.1, 0.2, 0.3)), C: 5.0, "": 7.0}
    assert dense.amounts == {key[0]: tally.value for key, tally in within.items() if tally.value is not None}
    for (code,), tally in within.items():
        place = found.book[code]
        assert (dense.rows[place], dense.missing[place]) == (tally.rows, tally.missing)
    assert found.dense(at("2026-04")).amounts == {}


def test_a_count_counts_rows_and_distinct_counts_values() -> None:
    form = Source.model_validate(source(OUTPUT, key=["uscc", "period", "town"], columns={"town": {"header": "镇"}}))
    chunk = chunk_of(
        form,
        """
        uscc | period  | output | town
        A    | 2026-02 |        | 金泽
        B    | 2026-02 | 1      | 练塘
        C    | 2026-02 | 1      | 金泽
        D    | 2026-02 | 1      |
        """,
    )
    count = asked(Question("output", Ask.COUNT), chunk, form=form)
    assert count.at(at("2026-02")) == Tally(4, rows=4, missing=0)
    towns = asked(Question("output", Ask.DISTINCT, "town"), chunk, form=form)
    assert towns.at(at("2026-02")) == Tally(2, rows=3, missing=1)


def test_the_latest_value_of_a_month_must_be_one() -> None:
    level = Source.model_validate(source(OUTPUT, frequency="monthly", no_january=False))
    question = Question("output", Ask.LATEST, "output")
    text = "uscc | period | output\nA | 2026-02 | 7\nB | 2026-02 | 7\nA | 2026-03 | 7\nB | 2026-03 | 8\nA | 2026-04 |"
    found = asked(question, chunk_of(level, text), form=level)
    assert found.at(at("2026-02")) == Tally(7, rows=2, missing=0)
    assert found.at(at("2026-03")) == Tally(None, rows=2, missing=0)
    assert found.at(at("2026-04")) == Tally(None, rows=0, missing=1)


def test_a_filter_applies_to_sum_and_breakdown() -> None:
    chunk = chunk_of(FORM, "uscc | period | output\nA | 2026-02 | 1\nB | 2026-02 | 2\nC | 2026-02 |")
    found = asked(BY_FIRM._replace(rows=where(output={"at_least": 2})), chunk)
    assert sums(found, "2026-02") == {B: 2}


# -- the enterprise list beside the rows


LIST = """
    uscc | kind | industry | tags          | joined     | left
    A    | 工业 | 2710     | 集成电路(40%) | 2020-01-01 |
    B    | 工业 | 3973     |               | 2026-03-15 |
    C    | 服务 | 3973     | 人工智能      | 2020-01-01 | 2026-02-28
"""
THREE = """
    uscc | period  | output
    A    | 2026-02 | 10
    B    | 2026-02 | 20
    C    | 2026-02 | 40
    A    | 2026-03 | 1
    B    | 2026-03 | 2
    C    | 2026-03 | 4
    D    | 2026-03 | 8
"""


def test_only_members_of_the_month_are_in_the_park() -> None:
    found = asked(BY_FIRM._replace(rows=where(in_park=True)), chunk_of(FORM, THREE), register=firms(LIST))
    assert sums(found, "2026-02") == {A: 10, C: 40}
    assert sums(found, "2026-03") == {A: 1, B: 2}
    outside = asked(BY_FIRM._replace(rows=where(in_park=False)), chunk_of(FORM, THREE), register=firms(LIST))
    assert sums(outside, "2026-03") == {C: 4, CODES["D"]: 8}


def test_a_condition_on_the_list_holds_for_members_alone() -> None:
    found = asked(BY_FIRM._replace(rows=where(kind="工业")), chunk_of(FORM, THREE), register=firms(LIST))
    assert sums(found, "2026-02") == {A: 10}
    assert sums(found, "2026-03") == {A: 1, B: 2}
    unknown = asked(BY_FIRM._replace(rows=where(kind={"missing": True})), chunk_of(FORM, THREE), register=firms(LIST))
    assert sums(unknown, "2026-02") == {B: 20}


@pytest.mark.parametrize(
    ("rule", "expected"), [(GroupRule.MIDDLE, 1 * 0.4 + 2), (GroupRule.LOWER, 2), (GroupRule.UPPER, 1 * 0.4 + 2)]
)
def test_a_group_weighs_the_amounts(rule: GroupRule, expected: float) -> None:
    question = Question("output", Ask.SUM, "output", where(group="chips"), rule=rule)
    found = asked(question, chunk_of(FORM, THREE), register=firms(LIST))
    assert found.at(at("2026-03")).value == pytest.approx(expected)


def test_a_group_among_alternatives_weighs_what_it_alone_lets_in() -> None:
    either = where(in_park=True, any_of=[{"group": "chips"}, {"kind": "服务"}])
    found = asked(BY_FIRM._replace(rows=either), chunk_of(FORM, THREE), register=firms(LIST))
    assert sums(found, "2026-02") == {A: 10 * 0.4, C: 40}, "C is in no group, but a service"
    assert sums(found, "2026-03") == {A: 1 * 0.4, B: 2}
    both = where(any_of=[{"group": "chips"}, {"kind": "工业"}])
    whole = asked(BY_FIRM._replace(rows=both), chunk_of(FORM, THREE), register=firms(LIST))
    assert sums(whole, "2026-03") == {A: 1, B: 2}, "the largest share of the alternatives that hold"


def test_a_count_in_a_group_counts_whole_enterprises() -> None:
    question = Question("output", Ask.COUNT, rows=where(group="chips"))
    found = asked(question, chunk_of(FORM, THREE), register=firms(LIST))
    assert found.at(at("2026-03")) == Tally(2, rows=2, missing=0)


def test_a_list_is_asked_for_its_members_month_by_month() -> None:
    register = firms(LIST)
    chips, all_members = where(group="chips"), where(in_park=True)
    questions = [Question("firms", Ask.COUNT, rows=rows) for rows in (all_members, chips, where(kind="服务"))]
    state = Fold("firms", register.source, questions, register, [at("2026-02"), at("2026-03")])
    state.add_register()
    found = state.finish()
    counts = [[found[one].at(at(month)).value for one in questions] for month in ("2026-02", "2026-03")]
    assert counts == [[2, 1, 1], [2, 2, None]]


# -- ledgers


LEDGER = Source.model_validate(
    {
        "title": "台账",
        "files": "*",
        "frequency": "ledger",
        "key": "name",
        "dated": "day",
        "columns": {"name": {"header": "名称"}, "day": {"header": "日期", "type": "date"}},
    }
)


def test_ledger_entries_stand_in_the_month_of_their_date() -> None:
    question = Question("ledger", Ask.COUNT, by=("name",))
    text = "name | day\na | 2025-01-31\nb | 2025-02-01\nc |"
    found = asked(question, chunk_of(LEDGER, text), form=LEDGER)
    assert set(found.within(at("2025-01"))) == {("a",)}
    assert set(found.within(at("2025-02"))) == {("b",)}
    assert set(found.within(0)) == {("c",)}, "an entry without a date stands in no month"


def test_a_ledger_without_a_date_column_is_one_list() -> None:
    undated = LEDGER.model_copy(update={"dated": None})
    found = asked(Question("ledger", Ask.COUNT), chunk_of(undated, "name | day\na | 2025-01-31\nb |"), form=undated)
    assert found.at(0).value == 2


def test_a_large_ledger_keeps_every_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xicen_kpi.engine.fold.PIECE", 1)
    question = Question("ledger", Ask.COUNT, by=("name",))
    state = Fold("ledger", LEDGER, (question,), detail=Detail(frozenset({at("2025-02")})))
    found = folded(state, [chunk_of(LEDGER, "name | day\na | 2025-01-31\nb | 2025-02-01")]).finish()[question]
    assert set(found.within(at("2025-01"))) == {("a",)}


# -- cuts and order make no difference


def cut(chunk: Chunk, *places: int) -> list[Chunk]:
    edges = [0, *sorted(places), len(chunk.frame)]
    return [chunk._replace(frame=chunk.frame.iloc[start:end].reset_index(drop=True)) for start, end in pairwise(edges)]


def everything(found: Breakdown) -> dict[int, dict[tuple[Any, ...], Tally]]:
    return {month: found.within(month) for month in found.months()}


TENTHS = "uscc | period | output\n" + "\n".join(
    f"{'ABCDEF'[i % 6]} | 2026-{2 + i // 6:02d} | {(-1) ** i * 0.1 * 10 ** (i % 9)}" for i in range(48)
)


@given(order=st.permutations(range(48)), places=st.lists(st.integers(0, 48), max_size=4))
@settings(max_examples=60, deadline=None)
def test_neither_order_nor_cuts_move_the_last_digit(order: Sequence[int], places: list[int]) -> None:
    chunk = chunk_of(FORM, TENTHS)
    shuffled = chunk._replace(frame=chunk.frame.iloc[list(order)].reset_index(drop=True))
    for question in (BY_FIRM, Question("output", Ask.SUM, "output"), Question("output", Ask.DISTINCT, "uscc")):
        assert everything(asked(question, *cut(shuffled, *places))) == everything(asked(question, chunk))


def test_rows_may_come_from_any_number_of_files() -> None:
    rows = TENTHS.splitlines()[1:]
    rows = rows[::-2] + rows[::2]
    head = TENTHS.splitlines()[0]
    parts = [chunk_of(FORM, "\n".join([head, *rows[i::5]]), f"{i}.csv") for i in range(5)]
    assert everything(asked(BY_FIRM, *parts)) == everything(asked(BY_FIRM, chunk_of(FORM, TENTHS)))


# -- what the source holds


def test_the_fold_knows_which_months_and_columns_it_has_seen() -> None:
    state = Fold("output", FORM, (BY_FIRM,))
    state.add(chunk_of(FORM, "uscc | period | output | output_last\nA | 2025-11 | 1 | 1\nA | 2025-12 | 2 | 2", "a.csv"))
    state.add(chunk_of(FORM, "uscc | period | output\nA | 2026-02 | 3", "b.csv"))
    assert state.periods == {at("2025-11"), at("2025-12"), at("2026-02")}
    assert state.latest == {"a.csv": at("2025-12"), "b.csv": at("2026-02")}
    assert dict(state.absent) == {"output_last": {at("2026-02")}}


def test_an_empty_chunk_holds_nothing() -> None:
    chunk = chunk_of(FORM, "uscc | period | output\nA | 2026-02 | 1")
    state = Fold("output", FORM, (BY_FIRM,))
    state.add(chunk._replace(frame=chunk.frame.iloc[:0]))
    assert state.periods == set()
    assert state.finish()[BY_FIRM].months() == []
