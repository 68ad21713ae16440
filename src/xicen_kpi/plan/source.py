"""What a plan says of its data: sources, their columns, and industry groups."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any

from pydantic import BeforeValidator, StrictBool, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from xicen_kpi.plan.values import Declared, Text


def _listed(value: Any) -> Any:  # noqa: ANN401 -- raw YAML may be anything
    return [value] if isinstance(value, str) else value


Names = Annotated[
    tuple[str, ...],
    BeforeValidator(_listed),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
"""One name or a list of names."""


class Frequency(StrEnum):
    """How the rows of a source lie in time."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    ANNUAL = "annual"
    LIST = "list"
    """A register of enterprises with dated membership."""
    LEDGER = "ledger"
    """Entries with a date of their own, complete up to the file's 截至日期."""


class CellType(StrEnum):
    """What the cells of a column are."""

    USCC = "uscc"
    """统一社会信用代码: 18 characters, kept as text."""
    CODE = "code"
    """Any other code: text, leading zeros kept."""
    INDUSTRY = "industry"
    """行业代码 of GB/T 4754-2017: text of four digits, a leading letter or zero kept."""
    TEXT = "text"
    NUMBER = "number"
    MONTH = "month"
    """报告期: a month, or a year in an annual source."""
    DATE = "date"
    TAGS = "tags"
    """Labels separated by ; 、 or /, each with an optional share in brackets: 新一代信息技术(60%)."""


class Counts(StrEnum):
    """What a number covers."""

    YEAR_TO_DATE = "year_to_date"
    """1—本月: cumulative from January."""
    PERIOD = "period"
    """本月、本季、本年: a flow of the period alone."""
    LEVEL = "level"
    """A state at the end of the period."""


class Column(Declared):
    """One column of a source, found by any of its headers."""

    header: Names
    """Header or headers; white space, width, brackets and dashes make no difference."""
    type: CellType = CellType.TEXT
    """What the cells are."""
    unit: str | None = None
    """Unit in which the tool keeps the numbers; what the file says of its own unit is converted to it."""
    counts: Counts | None = None
    """What a number covers in time."""
    last_year: str | None = None
    """The column of the same form with 上年同期, the last year's value of the same units: the base of 同比."""
    optional: StrictBool = False
    """A file without this column is not a finding."""

    @model_validator(mode="after")
    def _number_has_unit(self) -> Column:
        if self.type is CellType.NUMBER and self.unit is None:
            raise PydanticCustomError("unit-missing", "a number column needs a unit")
        return self


class Membership(Declared):
    """From when to when a row of a list holds; an empty cell is open."""

    start: str
    """Column with the first day."""
    end: str
    """Column with the last day."""


class Source(Declared):
    """A statistical form, list or ledger: which files, which columns, how it lies in time."""

    title: Text
    """Name of the form, with its number."""
    files: Names
    """Globs below the data folder, upper and lower case alike; a later one prevails over an earlier one."""
    frequency: Frequency
    """How the rows lie in time."""
    key: Names
    """Columns that together name a row."""
    columns: dict[str, Column]
    """Columns by the name the plan uses."""
    sheet: str | None = None
    """Sheet of a workbook; else every sheet that has the headers."""
    link: str | None = None
    """The list that each row's enterprise is looked up in, by its uscc column."""
    valid: Membership | None = None
    """Membership columns of a list."""
    dated: str | None = None
    """Date column of a ledger."""
    no_january: StrictBool = False
    """1月免报: the first observation of a year covers 1—2月."""
    revised: Names = ("*修订*", "*revised*", "*更正*", "*核定*")
    """File names that mark a revision; it prevails over the original, and that is said."""

    @cached_property
    def columns_by_type(self) -> dict[CellType, list[str]]:
        """Column names of each type, in the order of declaration."""
        found: dict[CellType, list[str]] = {}
        for name, column in self.columns.items():
            found.setdefault(column.type, []).append(name)
        return found

    @cached_property
    def enterprise(self) -> str | None:
        """The column that names a row's enterprise, the first of its codes; None where rows name none."""
        return next(iter(self.columns_by_type.get(CellType.USCC, [])), None)

    @cached_property
    def one_a_period(self) -> bool:
        """Whether an enterprise has one row in a period at most: no other column stands in the key."""
        months = self.columns_by_type.get(CellType.MONTH, [])
        return self.enterprise in self.key and len(months) < 2 and {*self.key} <= {self.enterprise, *months}


class Group(Declared):
    """An industry group: tags on the enterprise list first, industry codes (GB/T 4754-2017) where a firm has no tag."""

    name: Text
    basis: Text
    """Where the code list comes from."""
    official: StrictBool = False
    """Whether a statistical authority has published this list."""
    tags: Names = ()
    """Other spellings of the tag; the Chinese name always counts."""
    whole: tuple[str, ...] = ()
    """Four-digit classes that lie wholly inside."""
    part: tuple[str, ...] = ()
    """Starred classes: partly inside, counted only in the upper bound."""

    @property
    def labels(self) -> frozenset[str]:
        """Every tag that names the group."""
        return frozenset({self.name.zh, *self.tags})


ID_PATTERN = r"^[a-z][a-z0-9_]*$"

SourceId = Annotated[str, WithJsonSchema({"type": "string", "pattern": ID_PATTERN})]
"""Lower-case ASCII with underscores; never changes. Held by `validate`, so that a bad name hides nothing else."""
