"""What one row of a form holds: items by their columns, and wholes with their parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from xicen_kpi.checks.material import Material
    from xicen_kpi.checks.table import Table


@dataclass(frozen=True, slots=True)
class Whole:
    """An item and its parts in a table, by column."""

    table: Table
    whole: str
    parts: tuple[str, ...]


def wholes(pairs: Sequence[tuple[str, tuple[str, ...]]]) -> Callable[[Material], list[Whole]]:
    """A scope: every table with an item and all parts of it, for each of the pairs."""

    def scope(material: Material) -> list[Whole]:
        found = []
        for table in material.forms:
            for whole, parts in pairs:
                column, columns = table.item(whole), [table.item(part) for part in parts]
                if column is not None and None not in columns:
                    found.append(Whole(table, column, tuple(str(name) for name in columns)))
        return found

    return scope


def sum_of(table: Table, columns: Sequence[str]) -> NDArray[np.float64]:
    """Sum of some columns; NaN where all are missing, a single missing one counts as 0."""
    values = np.stack([table.amounts(name) for name in columns])
    return np.where(np.isnan(values).all(axis=0), np.nan, np.nansum(values, axis=0))


@dataclass(frozen=True, slots=True)
class Items:
    """The columns of some items in a table."""

    table: Table
    columns: dict[str, str]

    def amounts(self, item: str) -> NDArray[np.float64]:
        """Amounts of an item, 0 where the table has not got the column."""
        name = self.columns.get(item)
        return np.zeros(len(self.table.frame)) if name is None else self.table.amounts(name)


def having(material: Material, needed: Sequence[str], optional: Sequence[str] = ()) -> list[Items]:
    """Every table that has all the needed items, with those of the optional ones that it has."""
    found = []
    for table in material.forms:
        columns = {item: name for item in (*needed, *optional) if (name := table.item(item)) is not None}
        if set(needed) <= set(columns):
            found.append(Items(table, columns))
    return found
