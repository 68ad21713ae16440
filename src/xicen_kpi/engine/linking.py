"""The enterprise list joined to a lazy frame: what it says of each row's enterprise in the row's month."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np
import pandas as pd

from xicen_kpi.read.table import PERIOD

if TYPE_CHECKING:
    from collections.abc import Hashable

    from numpy.typing import NDArray

    from xicen_kpi.engine.backend import Backend, Table
    from xicen_kpi.engine.register import Register

MEMBER = "_member"
_CODE, _FIRST, _LAST = "_code", "_first", "_last"


@dataclass
class Linking:
    """Facts of the list on their way to the rows of a source.

    Attributes:
        register: The list; None, or one without rows, where nothing is known of any enterprise.
        code: The source's column of enterprise codes; None where it names none.
    """

    register: Register | None
    code: str | None
    _facts: dict[Hashable, tuple[pd.Series, bool | float | None]] = field(default_factory=dict)

    @property
    def is_there(self) -> bool:
        """Whether any row can find its enterprise."""
        return self.code is not None and self.register is not None and len(self.register.frame) > 0

    @property
    def member(self) -> nw.Expr:
        """Whether a row's enterprise is a member in its month."""
        return nw.col(MEMBER) if self.is_there else nw.lit(value=False)

    def fact(self, name: Hashable, by_row: pd.Series | NDArray[Any], *, nowhere: bool | float | None) -> nw.Expr:
        """What the list says of each row's enterprise.

        Args:
            name: Tells the fact from others.
            by_row: The fact for each row of the list.
            nowhere: What holds for an enterprise that is not on the list.
        """
        if not self.is_there:
            return nw.lit(nowhere)
        self._facts.setdefault(name, (pd.Series(by_row), nowhere))
        return nw.col(f"_fact{list(self._facts).index(name)}")

    def joined(self, table: Table, backend: Backend) -> Table:
        """The table with the facts, and whether each row's enterprise is a member."""
        if not self.is_there or self.register is None:
            return table
        parts = _generations(self.register)
        for number, rows in enumerate(parts):
            part = backend.table(self._part(self.register, rows, number))
            table = table.join(part, left_on=self.code, right_on=f"{_CODE}{number}", how="left")
        holds = [_holds(number) for number in range(len(parts))]
        facts = {
            f"_fact{place}": _first_of(place, holds, nowhere=nowhere)
            for place, (_, nowhere) in enumerate(self._facts.values())
        }
        return table.with_columns(**{MEMBER: nw.any_horizontal(*holds, ignore_nulls=False), **facts})

    def _part(self, register: Register, rows: NDArray[np.int64], number: int) -> pd.DataFrame:
        own = {_CODE: register.frame[register.code_column], _FIRST: register.first, _LAST: register.last}
        own |= {f"_fact{place}_": by_row for place, (by_row, _) in enumerate(self._facts.values())}
        return pd.DataFrame({f"{name}{number}": pd.Series(by_row).iloc[rows].array for name, by_row in own.items()})


def _first_of(place: int, holds: list[nw.Expr], *, nowhere: bool | float | None) -> nw.Expr:
    """A fact from the first row of the list that holds."""
    found: nw.Expr = nw.lit(nowhere)
    for number in reversed(range(len(holds))):
        found = nw.when(holds[number]).then(nw.col(f"_fact{place}_{number}")).otherwise(found)
    return found


def _holds(number: int) -> nw.Expr:
    first, last = nw.col(f"{_FIRST}{number}"), nw.col(f"{_LAST}{number}")
    return ((first <= nw.col(PERIOD)) & (nw.col(PERIOD) <= last)).fill_null(value=False)


def _generations(register: Register) -> list[NDArray[np.int64]]:
    """Rows of the list in parts, so that no code stands twice in one; the earlier row of a code in the earlier part."""
    codes = register.frame[register.code_column]
    named = np.flatnonzero(codes.notna().to_numpy())
    turn = codes.iloc[named].groupby(codes.iloc[named]).cumcount().to_numpy()
    return [named[turn == number] for number in range(int(turn.max(initial=0)) + 1)]
