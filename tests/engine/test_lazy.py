"""polars and DuckDB give the answers of pandas: on random rows, lists and questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from unittest import mock

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lazy_drops import FIRST, answered, assert_same, drops, questions

from xicen_kpi.engine.detail import Detail
from xicen_kpi.engine.on_polars import Polars

if TYPE_CHECKING:
    from xicen_kpi.engine.backend import Backend
    from xicen_kpi.engine.question import Question


MANY = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}


@settings(max_examples=150, **MANY)
@given(drawn=drops, asked=st.lists(questions(), min_size=1, max_size=6))
def test_polars_gives_the_answers_of_pandas(drawn: tuple[Any, ...], asked: list[Question]) -> None:
    assert_same(answered(asked, drawn, Polars()), answered(asked, drawn, None), lambda *_: True)


@settings(max_examples=20, **MANY)  # planning a query of DuckDB takes it longer than answering it
@given(drawn=drops, asked=st.lists(questions(), min_size=1, max_size=4))
def test_duckdb_gives_the_answers_of_pandas(duckdb: Backend, drawn: tuple[Any, ...], asked: list[Question]) -> None:
    assert_same(answered(asked, drawn, duckdb), answered(asked, drawn, None), lambda *_: True)


@settings(max_examples=30, **MANY)
@given(drawn=drops, asked=st.lists(questions(), min_size=2, max_size=6))
def test_of_a_large_form_only_totals_of_other_months_are_kept(drawn: tuple[Any, ...], asked: list[Question]) -> None:
    detail = Detail(frozenset({FIRST + 1, FIRST + 2}), frozenset(asked[:1]))
    with mock.patch("xicen_kpi.engine.fold.PIECE", 0):
        found = answered(asked, drawn, Polars(), detail)
    assert_same(
        found,
        answered(asked, drawn, None),
        lambda question, month: not detail.lets_go(question) or month in detail.months,
    )
    limited = [one for one in found if detail.lets_go(one)]
    assert all(found[one].keyless.isdisjoint(detail.months) for one in limited)
    assert all(set(found[one].months()) - detail.months <= found[one].keyless for one in limited)
