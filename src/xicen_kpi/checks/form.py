"""What is known of a source without looking at its rows: its columns by what they are, its sheets and their headers."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from xicen_kpi.checks.items import BALANCES, Role, roles, text_column
from xicen_kpi.plan.source import CellType
from xicen_kpi.read.headers import read_header

if TYPE_CHECKING:
    from collections.abc import Callable

    from xicen_kpi.plan.source import Source
    from xicen_kpi.read.table import Provenance


Kept = TypeVar("Kept")


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one sheet of one file.

    Attributes:
        trail: Where they came from.
        start: The position of their first.
        stop: The position after their last.
        revised: Whether the file is a revision.
        absent: Columns of the plan that the sheet has not.
    """

    trail: Provenance
    start: int
    stop: int
    revised: bool
    absent: frozenset[str]


@dataclass
class Form:
    """A source as its files have it.

    Attributes:
        source_id: Id of the source.
        source: Its declaration.
        parts: The sheets that its rows come from, in order of precedence.
    """

    source_id: str
    source: Source
    parts: tuple[Part, ...]
    _kept: dict[tuple[object, ...], Any] = field(default_factory=dict, init=False)

    def once(self, key: tuple[object, ...], make: Callable[[], Kept]) -> Kept:
        """What several rules need of these rows and is made only once.

        Args:
            key: Its name and what it is made for.
            make: Makes it.
        """
        if key not in self._kept:
            self._kept[key] = make()
        found: Kept = self._kept[key]
        return found

    # -- columns

    @cached_property
    def roles(self) -> dict[Role, str]:
        """Columns by what they are, those that no file has left out."""
        return {role: name for role, name in roles(self.source).items() if self.has(name)}

    def has(self, name: str) -> bool:
        """Whether some file has the column."""
        return name in self.source.columns and any(name not in part.absent for part in self.parts)

    def item(self, item: str, *, to_date: bool = True, last_year: bool = False) -> str | None:
        """The column of an item; None where there is none."""
        return self.roles.get(Role(item, to_date, last_year))

    def is_balance(self, name: str) -> bool:
        """Whether a column is a profit or another balance, which may fall and be negative."""
        return any(role.item in BALANCES for role, own in self.roles.items() if own == name)

    def header(self, name: str) -> str:
        """What the plan calls the column in the user's words."""
        return self.source.columns[name].header[0]

    def unit(self, name: str) -> str:
        """Unit of a number column."""
        return self.source.columns[name].unit or ""

    @property
    def code_column(self) -> str | None:
        """The column that names the enterprise."""
        return self.source.enterprise

    @property
    def itemised(self) -> bool:
        """Whether an enterprise has several rows in a period, such as its research projects (107-1)."""
        beyond = {*self.source.columns_by_type.get(CellType.MONTH, []), self.code_column}
        return self.code_column in self.source.key and not set(self.source.key) <= beyond

    @cached_property
    def name_column(self) -> str | None:
        """The column with the enterprise's name."""
        return text_column(self.source, "name")

    # -- sheets

    def part(self, row: int) -> Part:
        """The sheet that a row comes from."""
        return next(part for part in self.parts if part.start <= row < part.stop)

    def shown_header(self, part: Part, column: str) -> str:
        """The header as the file writes it; the plan's where the file has not got it."""
        if column in part.absent or column not in self.source.columns:
            return self.header(column) if column in self.source.columns else column
        wanted = {name for header in self.source.columns[column].header for name in known_as(header)}
        return next((text for text in part.trail.columns if wanted & set(known_as(text))), self.header(column))


def known_as(header: str) -> tuple[str, ...]:
    """Normal names of a header."""
    return read_header(header).names
