"""Large files: rows are brought together as they come, and nothing in the report is different for it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reports import ROOT

from xicen_kpi.engine import fold, repeats
from xicen_kpi.engine.breakdown import Breakdown, Slice
from xicen_kpi.engine.detail import ALL, Detail
from xicen_kpi.engine.merge import counted_apart, merged
from xicen_kpi.engine.question import Ask, Question
from xicen_kpi.plan.load import load_plan
from xicen_kpi.plan.period import Month
from xicen_kpi.read.drop import Drop, open_drop
from xicen_kpi.render.json_ import json_text
from xicen_kpi.report.assessment import Asked, Look, assess
from xicen_kpi.report.explanation import explain

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS = st.lists(
    st.tuples(st.integers(24300, 24303), st.one_of(st.just(math.nan), st.floats(-1e12, 1e12))), min_size=1, max_size=40
)


@given(ROWS, st.integers(1, 39))
def test_rows_brought_together_come_to_the_same(rows: list[tuple[int, float]], cut: int) -> None:
    months = np.array([month for month, _ in rows], dtype=np.int16)
    cells = np.array([cell for _, cell in rows])
    for ask in (Ask.SUM, Ask.DISTINCT, Ask.COUNT):
        question = Question("output", ask, None if ask is Ask.COUNT else "output")
        own = None if ask is Ask.COUNT else cells
        parts = [
            Slice(months[part], (), None if own is None else own[part])
            for part in (slice(None, cut), slice(cut, None))
            if len(months[part])
        ]
        plain = Breakdown(question, (Slice(months, (), own),))
        once = [one for part in parts for one in merged(ask, [part])]
        for entries in (once, merged(ask, once)):
            brought = Breakdown(question, merged=tuple(entries))
            assert brought.months() == plain.months()
            for month in plain.months():
                assert brought.total(month) == plain.total(month)


PAIRS = st.lists(st.tuples(st.integers(24300, 24303), st.integers(0, 9)), min_size=1, max_size=30, unique=True)
"""Months and enterprises, each enterprise once a month; 0 stands for a row without a code."""


@given(PAIRS, st.integers(1, 29), st.booleans())
def test_enterprises_that_are_there_once_a_month_are_counted_and_not_kept(
    pairs: list[tuple[int, int]], cut: int, mixed: bool
) -> None:
    months = np.array([month for month, _ in pairs], dtype=np.int16)
    places = np.array([place - 1 for _, place in pairs], dtype=np.int32)
    question = Question("output", Ask.DISTINCT, "uscc")
    plain = Breakdown(question, (Slice(months, (), places),))
    first, rest = (Slice(months[part], (), places[part]) for part in (slice(None, cut), slice(cut, None)))
    parts = [*([first] if mixed else counted_apart(first)), *(counted_apart(rest) if len(rest.months) else ())]
    counted = Breakdown(question, merged=tuple(parts))
    for month in plain.months():
        assert counted.total(month) == plain.total(month)
        assert counted.at(month) == plain.at(month) == counted.within(month)[()]


def test_only_the_months_that_are_looked_at_keep_their_enterprises() -> None:
    detail = Detail.around([Month.parse("2026-03").ordinal])
    months = [Month.parse(f"{year}-{month:02d}").ordinal for year in (2025, 2026) for month in range(1, 13)]
    kept = [str(Month.of_ordinal(m)) for m in np.array(months)[detail.keeps(np.array(months))].tolist()]
    assert kept == ["2025-03", "2026-01", "2026-02", "2026-03"]
    assert ALL.keeps(np.array(months)).all()


@pytest.fixture
def everything_is_large(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(fold, "PIECE", 1)
    monkeypatch.setattr(repeats, "PIECE", 1)
    return


@pytest.mark.usefixtures("everything_is_large")
@pytest.mark.parametrize("audience", ["internal", "public"])
@pytest.mark.parametrize("as_of", ["2026-10", "2025-06"])
def test_a_large_drop_gives_the_same_report(
    as_of: str, audience: Literal["internal", "public"], monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = load_plan(ROOT / "targets.yaml")

    def report(look: Look) -> str:
        drop = open_drop(ROOT / "sample_data", loaded.plan.sources)
        asked = Asked(Month.parse(as_of), audience, look=look)
        return json_text(assess(loaded.plan, drop, asked, sha256=loaded.sha256, findings=loaded.findings).report)

    folded = report(Look.FIGURES)
    monkeypatch.setattr(fold, "PIECE", 50_000)
    monkeypatch.setattr(repeats, "PIECE", 50_000)
    assert folded == report(Look.EVERY)


@pytest.mark.usefixtures("everything_is_large")
@pytest.mark.parametrize("as_of", ["2026-10", "2025-06"])
def test_a_large_drop_gives_the_same_trail_of_every_figure(as_of: str, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = load_plan(ROOT / "targets.yaml")

    def trails(look: Look) -> list[str]:
        asked = Asked(Month.parse(as_of), look=look)
        found = assess(loaded.plan, open_drop(ROOT / "sample_data", loaded.plan.sources), asked, sha256="0" * 64)
        kept = [one.keyless for one in found.observer.answers.breakdowns.values() if one.question.by]
        assert any(kept) == (look is Look.TRAIL)
        return [json_text(explain(found, name, with_errors=True)) for name in found.cases]

    folded = trails(Look.TRAIL)
    monkeypatch.setattr(fold, "PIECE", 50_000)
    monkeypatch.setattr(repeats, "PIECE", 50_000)
    assert folded == trails(Look.EVERY)


@pytest.mark.usefixtures("everything_is_large")
def test_a_drop_is_read_again_where_other_months_were_expected(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = load_plan(ROOT / "targets.yaml")
    read: list[str] = []
    stream = Drop.stream
    monkeypatch.setattr(Drop, "newest", lambda _, __: Month.parse("2024-06").ordinal)
    monkeypatch.setattr(Drop, "stream", lambda drop, name, book=None: (read.append(name), stream(drop, name, book))[1])
    assess(loaded.plan, open_drop(ROOT / "sample_data", loaded.plan.sources), Asked(look=Look.FIGURES), sha256="0" * 64)
    assert read.count("output") == 2
