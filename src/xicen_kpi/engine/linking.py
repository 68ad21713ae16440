"""The enterprise list joined to a lazy frame: each row's enterprise by its place, and how the list treats it then.

Of the list only a number is joined for each of its rows: rows of which every question says the same share one, so that
half a million enterprises come to a few dozen kinds.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np
import pandas as pd

from xicen_kpi.engine.filters import met_on_list
from xicen_kpi.engine.question import Test
from xicen_kpi.engine.register import FOREVER, in_turn
from xicen_kpi.read.cells import as_array
from xicen_kpi.read.table import PERIOD
from xicen_kpi.read.whole import framed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from xicen_kpi.engine.backend import Backend, Table
    from xicen_kpi.engine.question import GroupRule, Question, Rows
    from xicen_kpi.engine.register import Register
    from xicen_kpi.plan.source import Source

PLACE, WHO = "_place", "_who"
"""Columns of the place in the book, null for a code that is not on the list, and of the kind of enterprise."""
_LISTED, _FIRST, _LAST = "_listed", "_first", "_last"
_WHOLE = 18
"""Characters of a code in full."""


@dataclass(frozen=True)
class Linking:
    """The list on its way to the rows of a source.

    Attributes:
        register: The list; None where nothing is known of any enterprise.
        source: The declaration of the source.
        code: Its column of enterprise codes.
        questions: What is asked of the rows.
    """

    register: Register | None
    source: Source
    code: str
    questions: Sequence[Question]

    @cached_property
    def examples(self) -> NDArray[np.int64]:
        """For each kind of enterprise a row of the list that is of it; the last kind is nobody, and its row -1."""
        return np.append(np.unique(self._kinds, return_index=True)[1], -1).astype(np.int64)

    def joined(self, table: Table, backend: Backend) -> Table:
        """The table with the places, and with the kinds that hold in the months of the rows."""
        who: nw.Expr = nw.lit(len(self.examples) - 1)
        if self.register is None or not len(self._generations):
            return table.with_columns(**{PLACE: nw.lit(None).cast(nw.Int64), WHO: who})
        part = backend.table(self._part(self.register))
        table = table.join(part, left_on=self.code, right_on=_LISTED, how="left")
        for number in reversed(range(len(self._generations))):
            first, last = nw.col(f"{_FIRST}{number}"), nw.col(f"{_LAST}{number}")
            holds = (first <= nw.col(PERIOD)) & (nw.col(PERIOD) <= last)
            who = nw.when(holds.fill_null(value=False)).then(nw.col(f"{WHO}{number}")).otherwise(who)
        return table.with_columns(**{WHO: who})

    def _part(self, register: Register) -> pd.DataFrame:
        """A row for each code in full, with the spans in which the rows of the list hold, the prevailing one first."""
        places = register.places[self._generations[0]]
        listed = [register.book.codes[place] for place in places.tolist()]
        whole = np.fromiter(map(len, listed), dtype=np.int64, count=len(listed)) == _WHOLE
        codes, places = as_array(listed)[whole], places[whole]
        columns: dict[str, NDArray[Any]] = {_LISTED: codes, PLACE: places.astype(np.int32)}
        for number, rows in enumerate(self._generations):
            at = np.full(len(register.book.codes), -1, dtype=np.int64)
            at[register.places[rows]] = rows
            row = at[places]
            of = {_FIRST: (register.first, FOREVER), _LAST: (register.last, -1), WHO: (self._kinds, 0)}
            for name, (by_row, nowhere) in of.items():
                columns[f"{name}{number}"] = np.where(row >= 0, by_row[row], nowhere).astype(np.int32)
        return framed(columns, pd.RangeIndex(len(codes)))

    @cached_property
    def _generations(self) -> list[NDArray[np.int64]]:
        """Rows of the list in parts in which no code stands twice, its earlier row in the earlier part."""
        return [] if self.register is None else in_turn(self.register.places)

    @cached_property
    def _kinds(self) -> NDArray[np.int64]:
        """The kind of each row of the list."""
        if self.register is None:
            return np.empty(0, dtype=np.int64)
        found = np.zeros(len(self.register.frame), dtype=np.int64)
        for fact in dict.fromkeys(fact for one in self.questions for fact in self._facts(one, one.rows)):
            told = met_on_list(self.register, fact)[:-1] if isinstance(fact, Test) else self.register.weights(*fact)
            which = pd.factorize(told)[0]
            found = pd.factorize(found * (int(which.max(initial=0)) + 1) + which)[0]
        return found

    def _facts(self, question: Question, rows: Rows) -> Iterator[Test | tuple[tuple[str, ...], GroupRule]]:
        """What a question wants to know of the rows of the list: conditions met, and shares in groups."""
        if rows.groups:
            yield rows.groups, question.rule
        yield from (test for test in rows.tests if test.column not in self.source.columns)
        for part in rows.any_of:
            yield from self._facts(question, part)
