"""polars and DuckDB give the answers of pandas: on random rows, lists and questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xicen_kpi.engine.detail import Detail

if TYPE_CHECKING:
    from xicen_kpi.engine.backend import Backend
    from xicen_kpi.engine.question import Question

lazy_drops = pytest.importorskip("lazy_drops", reason="needs the extra `polars`, `duckdb` or `spark`")

MANY = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}


@settings(max_examples=150, **MANY)
@given(drawn=lazy_drops.drops, asked=st.lists(lazy_drops.questions(), min_size=1, max_size=6))
def test_polars_gives_the_answers_of_pandas(polars: Backend, drawn: tuple[Any, ...], asked: list[Question]) -> None:
    lazy_drops.assert_same(
        lazy_drops.answered(asked, drawn, polars), lazy_drops.answered(asked, drawn, None), lambda *_: True
    )


@settings(max_examples=20, **MANY)  # planning a query of DuckDB takes it longer than answering it
@given(drawn=lazy_drops.drops, asked=st.lists(lazy_drops.questions(), min_size=1, max_size=4))
def test_duckdb_gives_the_answers_of_pandas(duckdb: Backend, drawn: tuple[Any, ...], asked: list[Question]) -> None:
    lazy_drops.assert_same(
        lazy_drops.answered(asked, drawn, duckdb), lazy_drops.answered(asked, drawn, None), lambda *_: True
    )


@settings(max_examples=30, **MANY)
@given(drawn=lazy_drops.drops, asked=st.lists(lazy_drops.questions(), min_size=2, max_size=6))
def test_of_a_large_form_only_totals_of_other_months_are_kept(
    polars: Backend, drawn: tuple[Any, ...], asked: list[Question]
) -> None:
    detail = Detail(frozenset({lazy_drops.FIRST + 1, lazy_drops.FIRST + 2}), frozenset(asked[:1]))
    with mock.patch("xicen_kpi.engine.fold.PIECE", 0):
        found = lazy_drops.answered(asked, drawn, polars, detail)
    lazy_drops.assert_same(
        found,
        lazy_drops.answered(asked, drawn, None),
        lambda question, month: not detail.lets_go(question) or month in detail.months,
    )
    limited = [one for one in found if detail.lets_go(one)]
    assert all(found[one].keyless.isdisjoint(detail.months) for one in limited)
    assert all(set(found[one].months()) - detail.months <= found[one].keyless for one in limited)
