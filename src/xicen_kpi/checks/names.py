"""Names of enterprises by code, looked up when a finding needs one: half a million of them are not put into a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from xicen_kpi.checks.table import columns_of, enterprise_of
from xicen_kpi.plan.source import Frequency

if TYPE_CHECKING:
    from xicen_kpi.checks.table import Table
    from xicen_kpi.checks.whole import Whole


@dataclass
class Names(Mapping[str, str]):
    """Enterprise names by code, the list's own before those in the forms.

    Attributes:
        wholes: The sources of the drop.
    """

    wholes: Mapping[str, Whole]

    def __getitem__(self, code: str) -> str:
        """The name of an enterprise.

        Raises:
            KeyError: No source names it.
        """
        if "_all" in self.__dict__:
            return self._all[code]
        for whole in self._named:
            place = whole.codes.book.get(code, -1)
            if place >= 0:
                table = enterprise_of(whole, place)
                rows = sorted(table.of_enterprise(code).tolist())
                names = table.frame[str(table.name_column)].iloc[rows].dropna()
                if len(names):
                    return str(names.iloc[0])
        raise KeyError(code)

    def __iter__(self) -> Iterator[str]:
        """All codes that have a name."""
        return iter(self._all)

    def __len__(self) -> int:
        """How many have one."""
        return len(self._all)

    @property
    def _named(self) -> list[Whole]:
        wholes = [one for one in self.wholes.values() if one.code_column is not None and one.name_column is not None]
        return sorted(wholes, key=lambda one: one.source.frequency is not Frequency.LIST)

    @cached_property
    def _all(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for whole in self._named:
            table = columns_of(whole, str(whole.name_column))
            for code, name in _first(table, str(whole.name_column)):
                found.setdefault(str(code), str(name))
        return found


def _first(table: Table, column: str) -> Iterator[tuple[object, object]]:
    """Each code with the first name that its rows give."""
    code = str(table.code_column)
    return table.frame[[code, column]].dropna().drop_duplicates(code).itertuples(index=False)
