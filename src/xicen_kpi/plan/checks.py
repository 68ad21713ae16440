"""Rules of the user's own, and waivers: what targets.yaml may declare under `checks:`. Never code."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import Field, StrictFloat, StrictInt, model_validator
from pydantic_core import PydanticCustomError

from xicen_kpi.errors import Severity
from xicen_kpi.plan.measure import Where
from xicen_kpi.plan.values import Day, Declared, Text

Bound = StrictInt | StrictFloat | str
"""A number, or the name of another number column of the same source."""


class OwnRule(Declared):
    """A comparison that every row of a source must pass, in the closed vocabulary of the filters.

    A row in which one of the compared cells is missing is not checked.
    """

    source: str
    """The source whose rows are checked."""
    column: str
    """The number column that is compared."""
    at_least: Bound | None = None
    """No less than a number or another column."""
    at_most: Bound | None = None
    """No more than a number or another column."""
    equals: Bound | None = None
    """Equal to a number or another column."""
    times: StrictInt | StrictFloat = 1
    """What the other side is multiplied by: at_most: revenue, times: 0.5."""
    tolerance: Annotated[StrictInt | StrictFloat, Field(ge=0)] = 0
    """How far off it may be, as a share of the other side."""
    where: Where = Where.model_construct()
    """Only these rows."""
    severity: Severity = Severity.WARNING
    """error, warning or note."""
    message: Text
    """What is wrong, for the person who can mend it."""
    hint: Text | None = None
    """What to do."""

    @model_validator(mode="after")
    def _compares(self) -> OwnRule:
        if not self.bounds:
            raise PydanticCustomError("own-rule-without-bound", "no at_least, at_most or equals")
        return self

    @property
    def bounds(self) -> dict[str, float | str]:
        """What the column is compared with, by comparison."""
        given = {name: getattr(self, name) for name in ("at_least", "at_most", "equals")}
        return {name: value for name, value in given.items() if value is not None}

    @property
    def columns(self) -> tuple[str, ...]:
        """Number columns that it names."""
        return (self.column, *(bound for bound in self.bounds.values() if isinstance(bound, str)))


class Waiver(Declared):
    """A finding that somebody answers for, until a day."""

    rule: str
    """Slug of the rule, or name of a rule of your own."""
    enterprise: str | None = None
    """Code of the enterprise; None for findings about a file."""
    period: str | None = None
    """Month such as 2026-10, or a year; None for every period."""
    reason: str = Field(min_length=1)
    """Why it is right as it stands."""
    who: str = Field(min_length=1)
    """Who answers for it."""
    until: Day
    """Last day on which it holds."""

    @model_validator(mode="after")
    def _period(self) -> Waiver:
        if self.period is not None and not re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2]))?", self.period):
            raise PydanticCustomError("period-malformed", "neither a year nor a month")
        return self

    def covers(self, rule: str, enterprise: str | None, period: str | None) -> bool:
        """Whether it is about this finding."""
        if rule != self.rule or (self.enterprise is not None and enterprise != self.enterprise):
            return False
        return self.period is None or (period or "").startswith(self.period)


RuleName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$")]
"""Name of a rule of your own: lower case, digits, - and _."""


class Checks(Declared):
    """What `check` does beside the rules it brings along."""

    rules: dict[RuleName, OwnRule] = Field(default_factory=dict)
    """Rules of your own, by name."""
    waivers: tuple[Waiver, ...] = ()
    """Findings that somebody answers for."""
