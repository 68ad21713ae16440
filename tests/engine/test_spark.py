"""Spark gives the answers of pandas: one session on this machine, a few rows with all that engines differ in."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest
from tables import CODES

from xicen_kpi.engine.question import Ask, GroupRule, Question, Rows
from xicen_kpi.plan.measure import Where

if TYPE_CHECKING:
    from xicen_kpi.engine.backend import Backend

lazy_drops = pytest.importorskip("lazy_drops", reason="needs the extra `polars`, `duckdb` or `spark`")

MONTHS = lazy_drops.MONTHS
A, B, C = CODES["A"], CODES["B"], CODES["C"]
LIST = [
    (A, "甲", "C3973", None, "2025-10-31", "2025-12-31"),
    (A, "乙", "3911", "软件(60%);集成电路", "2026-01-15", None),
    (B, None, "3562", None, "2025-10-31", None),
    (None, "甲", None, None, None, None),
]
ROWS = [
    (A, MONTHS[0], 1.5, None, 300.0, "甲"),
    (A, MONTHS[1], None, 2.0, None, None),
    (A, MONTHS[3], -4.0, 0.0, 7.0, "是"),
    (B, MONTHS[3], 0.1, 0.2, 299.0, "甲"),
    (C, MONTHS[3], 0.2, None, 300.0, "乙"),
    (A, MONTHS[4], 100.0, 0.0, 7.0, "否"),
    (B, MONTHS[4], 3.0, 1.0, 1.0, "1"),
]


def rows(**conditions: Any) -> Rows:
    return Rows.of(Where.model_validate(conditions))


FILTERS = (
    Rows(),
    rows(in_park=True),
    rows(in_park=False, staff={"at_least": 300}),
    rows(group=["chips", "it"]),
    rows(any_of=[{"group": "it"}, {"kind_of_unit": True, "staff": {"at_most": 7}}]),
    rows(industry={"missing": True}, kind_of_unit={"in": ["甲", "乙"]}),
)
QUESTIONS = [
    *(Question("output", Ask.SUM, "output", one, ("uscc",), GroupRule.UPPER) for one in FILTERS),
    *(Question("output", Ask.DISTINCT, "uscc", one) for one in FILTERS[:3]),
    Question("output", Ask.COUNT, None, FILTERS[4]),
    Question("output", Ask.LATEST, "staff", rows(in_park=True)),
    Question("output", Ask.LATEST, "output"),
]


def test_spark_on_this_machine_works_with_the_python_that_runs_the_program(spark: Any) -> None:
    """The `python3` of the PATH may be of another version: then Spark's workers would refuse the rows of the list."""
    workers = spark._session.sparkContext.parallelize([0]).map(lambda _: sys.executable).collect()
    assert workers == [sys.executable]


def test_spark_gives_the_answers_of_pandas(spark: Backend) -> None:
    drawn = (LIST, ROWS, 2)
    lazy_drops.assert_same(
        lazy_drops.answered(QUESTIONS, drawn, spark), lazy_drops.answered(QUESTIONS, drawn, None), lambda *_: True
    )
