"""How many enterprises are looked at at a time moves no finding, and what is packed comes back bit for bit."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from xicen_kpi.checks import outcome, rows
from xicen_kpi.checks.model import Ranked, Suspicion
from xicen_kpi.checks.outcome import Running
from xicen_kpi.checks.packing import packed
from xicen_kpi.checks.rows import Store
from xicen_kpi.checks.run import check_drop
from xicen_kpi.errors import Location
from xicen_kpi.read.drop import open_drop
from xicen_kpi.read.table import PERIOD, ROW
from xicen_kpi.words.findings import finding

DROPS = Path(__file__).parents[1] / "drops"
FOLDERS = sorted(path.relative_to(DROPS).as_posix() for path in DROPS.glob("*/*") if path.is_dir())
SIZES = ((1, 1), (2, 2), (7, 1))
"""Enterprises of a band, and how many processes look at bands."""


def told(report: Any) -> Any:
    return (report.as_of, report.results, report.findings, report.waived, report.known, dict(report.enterprises))


@pytest.mark.parametrize("name", FOLDERS)
def test_no_finding_hangs_on_who_is_looked_at_together(name: Any, plan_for: Any) -> None:
    folder, overlay = DROPS / name, DROPS / f"{name}.yaml"
    one = plan_for(folder, yaml.safe_load(overlay.read_text(encoding="utf-8")) if overlay.exists() else None)
    whole = told(check_drop(one, open_drop(folder, one.sources)))
    for size, jobs in SIZES:
        assert told(check_drop(one, open_drop(folder, one.sources), band=size, jobs=jobs)) == whole


def test_nor_in_the_sample(loaded: Any, sample_data: Any) -> None:
    reports = [
        check_drop(loaded.plan, open_drop(sample_data, loaded.plan.sources), band=size, jobs=jobs)
        for size, jobs in ((10**6, 1), (5, 1), (20, 3))
    ]
    assert told(reports[0]) == told(reports[1]) == told(reports[2])


# -- the largest findings


def _suspicion(row: int) -> Suspicion:
    return Suspicion(finding("swing", Location("B203.csv", row=row)))


def _ranked(numbers: list[int], sizes: list[float]) -> Ranked:
    table: Any = SimpleNamespace(part=lambda _: SimpleNamespace(trail=SimpleNamespace(path="B203.csv")))
    chosen = np.array(numbers, dtype=np.int64)
    size = np.array([sizes[number] for number in numbers], dtype=np.float64)
    return Ranked(table, "swing", chosen, size, chosen, _suspicion)


@settings(deadline=None, max_examples=200)
@given(st.lists(st.tuples(st.sampled_from([-3.0, 0.0, 1.0, 2.0, float("nan")]), st.integers(0, 3)), max_size=14))
def test_the_largest_of_all_are_told_whichever_come_first(cases: Any) -> None:
    sizes = [size for size, _ in cases]
    by_band = [[number for number, (_, own) in enumerate(cases) if own == band] for band in range(4)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(outcome, "MOST", 4)
        running = Running("swing", lambda band: [iter([_ranked(band, sizes)])], "needs.any")  # type: ignore[arg-type, return-value, list-item]
        for band in by_band:
            running.look(band, lambda suspicion: suspicion.finding)  # type: ignore[arg-type]
        found = running.result().findings
    order = sorted(range(len(sizes)), key=lambda number: (-np.nan_to_num(abs(sizes[number])), number))
    assert [one.where.row for one in found[:4]] == order[:4]
    assert [one.parameters["more"] for one in found[4:]] == ([len(sizes) - 4] if len(sizes) > 4 else [])


@settings(deadline=None, max_examples=100)
@given(st.lists(st.tuples(st.sampled_from([0.0, 1.0, 2.0]), st.integers(0, 3)), max_size=14), st.integers(1, 4))
def test_nor_whichever_process_finds_them(cases: Any, jobs: Any) -> None:
    sizes = [size for size, _ in cases]
    by_band = [[number for number, (_, own) in enumerate(cases) if own == band] for band in range(4)]

    def found(shares: Any) -> Any:
        runs = []
        for share in shares:
            running = Running("swing", lambda band: [iter([_ranked(band, sizes)])], "needs.any")  # type: ignore[arg-type, return-value, list-item]
            for band in share:
                running.look(band, lambda suspicion: suspicion.finding)
            runs.append(running)
        for other in runs[1:]:
            runs[0].state.join(other.state)
        return runs[0].result()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(outcome, "MOST", 3)
        assert found([by_band[first::jobs] for first in range(jobs)]) == found([by_band])


def test_a_rule_that_breaks_in_one_band_is_told_once() -> None:
    def places(band: Any) -> Any:
        return [iter([_suspicion(band)])] if band < 2 else [1 / 0]

    running = Running("swing", places, "needs.any")
    for band in range(4):
        running.look(band, lambda suspicion: suspicion.finding)  # type: ignore[arg-type]
    assert [one.slug for one in running.result().findings] == ["rule-broken"]


# -- packing

AMOUNTS = st.one_of(
    st.integers(-(10**12), 10**12).map(float),
    st.decimals(-(10**6), 10**6, places=2).map(float),
    st.floats(allow_nan=False),
    st.sampled_from([float("nan"), -0.0, 0.0, 2147483647.0, -2147483648.0, 0.1 + 0.2, 5e-324]),
)
COLUMNS = st.one_of(
    st.lists(AMOUNTS).map(lambda cells: np.array(cells, dtype=np.float64)),
    st.lists(st.decimals(-(10**6), 10**6, places=2).map(float) | st.just(float("nan"))).map(
        lambda cells: np.array(cells, dtype=np.float64)
    ),
    st.lists(st.integers(-(2**63), 2**63 - 1)).map(lambda cells: np.array(cells, dtype=np.int64)),
    st.lists(st.integers(24_000, 24_400)).map(lambda cells: np.array(cells, dtype=np.int64)),
    st.lists(st.integers(0, 40_000) | st.none()).map(
        lambda cells: np.array([np.datetime64("NaT" if one is None else one, "D") for one in cells], dtype="M8[ns]")
    ),
    st.lists(st.integers(0, 10**17)).map(lambda cells: np.array(cells, dtype=np.int64).view("M8[ns]")),
    st.lists(st.text() | st.none()).map(lambda cells: np.array([*cells, None], dtype=object)[:-1]),
)


@settings(deadline=None, max_examples=400)
@given(COLUMNS)
@example(np.array([f"第{number}号\udc80" for number in range(1_200)] + [None], dtype=object))
@example(np.array([7.25] * 9))
def test_a_column_comes_back_bit_for_bit(cells: Any) -> None:
    column = packed(cells)
    for chosen in (slice(None), slice(1, 3), np.arange(len(cells))[::-2]):
        back, own = column.unpacked(chosen), cells[chosen]
        assert back.dtype == own.dtype
        if own.dtype == object:
            assert back.tolist() == own.tolist()
        else:
            assert back.tobytes() == np.ascontiguousarray(own).tobytes()


def test_what_a_national_form_holds_takes_a_few_bytes() -> None:
    cells = {name: packed(one).cells for name, one in _form(60_000).items()}
    held = {name: 0 if one.strides == (0,) else one.itemsize for name, one in cells.items()}
    assert held == {PERIOD: 0, "output": 4, "rnd": 2, "kind": 1}


def _form(size: int) -> dict[str, Any]:
    numbers = np.arange(size)
    return {
        PERIOD: np.full(size, 24_300),
        "output": numbers * 1_000.0,
        "rnd": numbers % 300 / 100,
        "kind": np.array(["法人单位", "产业活动单位", None], dtype=object)[numbers % 3],
    }


# -- rows

ROWS = st.lists(st.tuples(st.integers(-1, 12), st.integers(0, 3), st.sampled_from(["甲", "乙", None])), max_size=40)


@settings(deadline=None, max_examples=100)
@given(ROWS, st.integers(1, 5), st.integers(1, 9), st.integers(1, 9))
def test_rows_come_back_by_band_by_month_and_by_enterprise(cases: Any, band: Any, block: Any, piece: Any) -> None:
    places = np.array([case[0] for case in cases], dtype=np.int32)
    frame = pd.DataFrame(
        {
            "amount": np.arange(len(cases)) / 4,
            "kind": pd.Series([case[2] for case in cases], dtype=object),
            PERIOD: np.array([case[1] for case in cases], dtype=np.int64) - 1,
            ROW: np.arange(len(cases), dtype=np.int64) * 2 + 3,
        }
    )
    store = Store("code", band)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rows, "_BLOCK", block)
        for start in range(0, max(len(cases), 1), piece):
            store.add(frame.iloc[start : start + piece], places[start : start + piece])
        store.close()

    def same(found: Any, chosen: Any) -> None:
        stand = np.flatnonzero(chosen)
        assert found.positions.tolist() == stand.tolist()
        assert found.ids.tolist() == places[stand].tolist()
        pd.testing.assert_frame_equal(found.frame, frame.iloc[stand].reset_index(drop=True))

    months = frame[PERIOD].to_numpy()
    same(store.of_enterprise(-1), places == -1)
    for number in range(13):
        same(store.of_band(number), np.maximum(places, 0) // band == number)
        same(store.of_enterprise(number), places == number)
    same(store.at([0, 2]), np.isin(months, [0, 2]))
    same(store.whole(list(frame.columns)), np.ones(len(cases), dtype=np.bool_))
    assert dict(store.held) == {month: int((months == month).sum()) for month in set(months.tolist()) if month >= 0}
    assert store.first == {month: int((months == month).argmax()) for month in store.held}
    for position, row in enumerate(frame[ROW].tolist()):
        assert store.find(row, 0, len(cases)) == (position, places[position])
        assert store.find(row, position + 1, len(cases)) is None
