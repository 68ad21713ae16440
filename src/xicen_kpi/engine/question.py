"""Questions to a source, and what a missing cell, an empty sum and a zero denominator mean.

Four things can be asked of the rows that count: how many, what sum, how many different, which latest; by keys too.
- A missing cell never matches a condition, except `missing`.
- A sum says how many rows it is made of and how many had no value; with no value at all there is no sum, not 0.
- A group gives each row a weight, its enterprise's share in the group, between 0 and 1.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from xicen_kpi.plan.measure import Condition, Scalar, Where

Key = tuple[Any, ...]
"""Values of the columns that an answer is broken down by beside the month: text, number or date; '' where missing."""


class Ask(StrEnum):
    """What is asked of the rows that count."""

    COUNT = "count"
    SUM = "sum"
    DISTINCT = "distinct"
    LATEST = "latest"


class GroupRule(StrEnum):
    """How a firm without a tag is placed in an industry group by its code."""

    LOWER = "lower"
    """What tags and whole classes agree on: the smaller share; a firm without any tag by whole classes."""
    MIDDLE = "middle"
    """Tags first; a firm without any tag by whole classes. The working value."""
    UPPER = "upper"
    """Tagged, or in any class on the list, whole or part."""


class Test(NamedTuple):
    """One condition on one column; hashable, so that equal conditions are worked out once."""

    column: str
    equals: Scalar | None = None
    one_of: tuple[Scalar, ...] | None = None
    at_least: Scalar | None = None
    at_most: Scalar | None = None
    missing: bool | None = None

    @classmethod
    def of(cls, column: str, condition: Condition) -> Test:
        """From the plan's form of a condition."""
        low, high = condition.between or (condition.at_least, condition.at_most)
        return cls(column, condition.equals, condition.in_, low, high, condition.missing)


class Rows(NamedTuple):
    """Which rows count: all parts must hold."""

    in_park: bool | None = None
    groups: tuple[str, ...] = ()
    tests: tuple[Test, ...] = ()
    any_of: tuple[Rows, ...] = ()

    @property
    def names_group(self) -> bool:
        """Whether it asks for an industry group anywhere."""
        return bool(self.groups) or any(part.names_group for part in self.any_of)

    @property
    def columns(self) -> frozenset[str]:
        """Columns that it looks at."""
        return frozenset(test.column for test in self.tests).union(*(part.columns for part in self.any_of))

    @classmethod
    def of(cls, where: Where) -> Rows:
        """From the plan's form of a filter."""
        return cls(
            where.in_park,
            tuple(sorted(where.group)),
            tuple(Test.of(column, condition) for column, condition in sorted(where.columns.items())),
            tuple(cls.of(part) for part in where.any_of),
        )


class Question(NamedTuple):
    """One question to one source.

    Attributes:
        source: Id of the source.
        ask: What is asked.
        column: Column that is added, counted distinctly or looked at; None for a plain count.
        rows: Which rows count.
        by: Columns that the answer is broken down by, beside the month.
        rule: How groups are read from codes.
    """

    source: str
    ask: Ask
    column: str | None = None
    rows: Rows = Rows()
    by: tuple[str, ...] = ()
    rule: GroupRule = GroupRule.MIDDLE

    @property
    def counted(self) -> tuple[Rows, GroupRule | None]:
        """What decides which rows count, and with what weight: the rule only where a group is named."""
        return self.rows, self.rule if self.rows.names_group else None

    @property
    def columns(self) -> frozenset[str]:
        """Columns that it needs, of the source or of the linked list."""
        return self.rows.columns.union(self.by, [] if self.column is None else [self.column])


class Tally(NamedTuple):
    """The answer for one key.

    Attributes:
        value: Sum, count or latest value; None where rows count but none of them has a value.
        rows: Rows that count and have a value.
        missing: Rows that count and have none.
    """

    value: float | None
    rows: int
    missing: int


NOTHING = Tally(None, 0, 0)
"""No row counts."""
