"""Rows, enterprise lists and questions for tests of every engine, and how their answers are compared."""

from __future__ import annotations

from contextlib import nullcontext
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from unittest import mock

import pandas as pd
import pytest
from hypothesis import strategies as st
from small_plans import FIRMS, OUTPUT, source
from tables import CODES, csv_bytes

from xicen_kpi.engine.detail import ALL, Detail
from xicen_kpi.engine.fold import Fold
from xicen_kpi.engine.handed import Handed
from xicen_kpi.engine.question import Ask, GroupRule, Question, Rows
from xicen_kpi.engine.register import Register
from xicen_kpi.plan.measure import Where
from xicen_kpi.plan.period import Month
from xicen_kpi.plan.source import Group, Source
from xicen_kpi.read.book import CodeBook
from xicen_kpi.read.drop import open_drop

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from xicen_kpi.engine.backend import Backend
    from xicen_kpi.engine.breakdown import Breakdown
    from xicen_kpi.engine.question import Tally
    from xicen_kpi.read.book import Book

FORM = Source.model_validate(
    source(
        OUTPUT,
        columns={
            "staff": {"header": "人数", "type": "number", "unit": "人"},
            "kind_of_unit": {"header": "单位类型"},
        },
    )
)
HEADER = ["代码", "报告期", "累计产值（亿元）", "上年累计产值（亿元）", "人数", "单位类型"]
LIST = Source.model_validate(FIRMS)
GROUPS = {
    "chips": Group.model_validate({"name": "集成电路", "basis": "x", "whole": ["3973"], "part": ["3562"]}),
    "it": Group.model_validate({"name": "信息技术", "basis": "x", "whole": ["3911"], "tags": ["软件"]}),
}
FIRST = Month(2025, 11).ordinal
MONTHS = range(FIRST, FIRST + 5)
DAYS = ("2025-10-31", "2025-11-01", "2025-12-31", "2026-01-15", "2026-03-31", None)
"""Around the months asked about, and around their ends."""


# -- what is drawn

NUMBERS = st.one_of(st.none(), st.just(0.0), st.floats(-1e6, 1e6, allow_subnormal=False))
CODE = st.sampled_from([*CODES.values(), None])
WORDS = st.sampled_from(["甲", "乙", "是", "否", "1", "Y", None])
DAY = st.sampled_from(DAYS)
TAGS = st.sampled_from(["集成电路", "软件(60%);集成电路(40%)", "信息技术、软件(0.5)", "其他", None])

form_rows = st.tuples(
    st.sampled_from(sorted(CODES.values())), st.sampled_from(MONTHS), NUMBERS, NUMBERS, NUMBERS, WORDS
)
list_rows = st.tuples(CODE, WORDS, st.sampled_from(["C3973", "3562", "3911", None]), TAGS, DAY, DAY)


def write_form(path: Path, rows: Sequence[tuple[Any, ...]]) -> None:
    """A plain file, as an engine reads it."""
    cells = [[row[0], str(Month.of_ordinal(row[1])), *row[2:]] for row in rows]
    path.write_bytes(csv_bytes([HEADER, *cells]))


def register_of(rows: Sequence[tuple[Any, ...]], book: Book) -> Register:
    code, kind, industry, tags, joined, left = zip(*rows, strict=True) if rows else [()] * 6
    texts = {"uscc": code, "kind": kind, "industry": industry, "tags": tags}
    days = {"joined": joined, "left": left}
    columns = {name: pd.Series(cells, dtype=object) for name, cells in texts.items()}
    columns |= {
        name: pd.to_datetime(pd.Series(cells, dtype=object)).astype("datetime64[ns]") for name, cells in days.items()
    }
    return Register(LIST, pd.DataFrame(columns), GROUPS, book)


number_test = st.fixed_dictionaries(
    {},
    optional={
        "at_least": st.integers(-5, 5),
        "at_most": st.integers(-5, 5),
        "in": st.lists(st.integers(-1, 1), min_size=1),
        "missing": st.booleans(),
    },
).filter(bool)
word_test = st.fixed_dictionaries(
    {},
    optional={
        "equals": st.sampled_from(["甲", True, False, 1]),
        "in": st.lists(st.sampled_from(["甲", "乙", True]), min_size=1),
        "at_least": st.just("乙"),
        "missing": st.booleans(),
    },
).filter(bool)
day_test = st.fixed_dictionaries(
    {},
    optional={
        "at_least": st.sampled_from(DAYS[:-1]),
        "at_most": st.sampled_from(DAYS[:-1]),
        "equals": st.sampled_from(DAYS[:-1]),
        "missing": st.booleans(),
    },
).filter(bool)
tag_test = st.fixed_dictionaries(
    {}, optional={"equals": st.sampled_from(["软件", "其他"]), "missing": st.booleans()}
).filter(bool)
parts: dict[str, st.SearchStrategy[Any]] = {
    "in_park": st.booleans(),
    "group": st.lists(st.sampled_from(sorted(GROUPS)), min_size=1, unique=True),
    "staff": number_test,
    "output": number_test,
    "kind_of_unit": word_test,
    "kind": word_test,
    "industry": st.fixed_dictionaries({"in": st.just(["C3973", "3911"])}),
    "tags": tag_test,
    "joined": day_test,
}
wheres = st.recursive(
    st.fixed_dictionaries({}, optional=parts),
    lambda inner: st.fixed_dictionaries(
        {"any_of": st.lists(inner.filter(bool), min_size=1, max_size=2)}, optional=parts
    ),
    max_leaves=3,
)


@st.composite
def questions(draw: Callable[[Any], Any]) -> Question:
    ask = draw(st.sampled_from(Ask))
    columns = {
        Ask.COUNT: st.none(),
        Ask.SUM: st.sampled_from(["output", "staff"]),
        Ask.LATEST: st.sampled_from(["output", "staff"]),
        Ask.DISTINCT: st.just("uscc"),
    }
    by = draw(st.sampled_from([(), ("uscc",)]))
    return Question(
        "output",
        ask,
        draw(columns[ask]),
        Rows.of(Where.model_validate(draw(wheres))),
        by,
        draw(st.sampled_from(GroupRule)),
    )


forms = st.lists(form_rows, min_size=1, max_size=30, unique_by=lambda row: row[:2])
drops = st.tuples(st.lists(list_rows, max_size=8), forms, st.integers(0, 30))
"""A list, a form, and how many of its rows stand in a second file."""


# -- what is compared


def answered(
    asked: Sequence[Question], drawn: tuple[Any, ...], backend: Backend | None, detail: Detail = ALL
) -> dict[Question, Breakdown]:
    firms, rows, later = drawn
    with TemporaryDirectory() as name, mock.patch("xicen_kpi.read.files.LARGE", 0):
        for number, part in enumerate((rows[later:], rows[:later])):
            if part:
                write_form(Path(name) / f"产值_{number}.csv", part)
        book = CodeBook()
        stream = open_drop(Path(name), {"output": FORM}).stream("output", book)
        state = (Fold if backend is None else partial(Handed, backend=backend))(
            "output", FORM, tuple(dict.fromkeys(asked)), register_of(firms, book), (), book, detail
        )
        with nullcontext() if backend is None else mock.patch.object(Fold, "read", side_effect=AssertionError):
            state.read(stream)  # an engine leaves nothing to the reader
        assert stream.findings == []
        return state.finish()


def equal(one: Tally, other: Tally) -> bool:
    if one[1:] != other[1:] or one.value is None or other.value is None:
        return one == other
    return one.value == pytest.approx(other.value, rel=1e-9, abs=1e-6)  # sums of some 1e6 may cancel


def assert_same(
    found: dict[Question, Breakdown], expected: dict[Question, Breakdown], keyed: Callable[[Question, int], bool]
) -> None:
    assert found.keys() == expected.keys()
    for question, answer in expected.items():
        other = found[question]
        assert other.months() == answer.months(), question
        for month in answer.months():
            assert equal(other.total(month), answer.total(month)), question
            if keyed(question, month):
                own = answer.within(month)
                assert other.within(month).keys() == own.keys(), question
                assert all(equal(other.within(month)[key], tally) for key, tally in own.items()), question
