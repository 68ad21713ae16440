"""Conditions on columns of a source as expressions over a lazy frame, meaning what `filters` means over pandas."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from xicen_kpi.engine.filters import words
from xicen_kpi.plan.source import CellType

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xicen_kpi.engine.question import Question, Rows, Test
    from xicen_kpi.plan.measure import Scalar
    from xicen_kpi.plan.source import Source


def tests_of(source: Source, questions: Sequence[Question]) -> tuple[Test, ...]:
    """The conditions on columns of a source, each once."""
    found = (test for question in questions for test in _tests(question.rows))
    return tuple(dict.fromkeys(test for test in found if test.column in source.columns))


def met(source: Source, test: Test) -> nw.Expr:
    """Which rows meet a condition on a column of numbers or of texts; never null."""
    cell, is_number = nw.col(test.column), source.columns[test.column].type is CellType.NUMBER
    parts = [nw.lit(value=True)]
    if test.missing is not None:
        parts.append(cell.is_null() if test.missing else ~cell.is_null())
    if test.equals is not None:
        parts.append(_is_among(cell, (test.equals,), is_number=is_number))
    if test.one_of is not None:
        parts.append(_is_among(cell, test.one_of, is_number=is_number))
    if test.at_least is not None:
        parts.append(cell >= nw.lit(_bound(test.at_least, is_number=is_number)))
    if test.at_most is not None:
        parts.append(cell <= nw.lit(_bound(test.at_most, is_number=is_number)))
    return nw.all_horizontal(*parts, ignore_nulls=False).fill_null(value=False)


def _tests(rows: Rows) -> Iterator[Test]:
    yield from rows.tests
    for part in rows.any_of:
        yield from _tests(part)


def _is_among(cell: nw.Expr, values: tuple[Scalar, ...], *, is_number: bool) -> nw.Expr:
    return cell.is_in([float(one) for one in values] if is_number else sorted(words(values)))


def _bound(value: Scalar, *, is_number: bool) -> float | str:
    return float(value) if is_number else str(value)
