"""What a rule is and what comes of it: passed, failed or not computed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from xicen_kpi.checks.material import Material
    from xicen_kpi.checks.table import Table
    from xicen_kpi.errors import Finding
    from xicen_kpi.plan.model import Indicator
    from xicen_kpi.read.table import Provenance


class Outcome(StrEnum):
    """What came of a rule."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_COMPUTED = "not_computed"


@dataclass(frozen=True, slots=True)
class Stake:
    """What a column's amounts would change by if a finding is true.

    Attributes:
        table: The rows of the source among which they stand.
        column: Its number column.
        rows: Positions of the rows in the table: they say which figures the amounts count in.
        change: What each amount would change by. [unit of the column]
        period: Month ordinal that the change belongs to; None for the rows' own.
    """

    table: Table
    column: str
    rows: NDArray[np.int64]
    change: NDArray[np.float64]
    period: int | None = None


@dataclass(frozen=True, slots=True)
class Concern:
    """An enterprise whose place is in doubt: all its amounts may count where they do not, or the reverse.

    Attributes:
        code: The enterprise.
        groups_only: Only figures of industry groups are in doubt.
    """

    code: str
    groups_only: bool = False


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A finding before its effect on the figures is known.

    Attributes:
        finding: What to tell.
        at_stake: What would change if it is true.
    """

    finding: Finding
    at_stake: Sequence[Stake | Concern] = ()


@dataclass(frozen=True, slots=True)
class Ranked:
    """Rows of a table that look wrong, of which the largest are told.

    Attributes:
        table: Their table.
        slug: The rule.
        rows: Positions of the rows.
        size: How large each is, in any one unit.
        ties: Which of several of one size comes first: the one with the least.
        tell: Makes the suspicion of a row.
    """

    table: Table
    slug: str
    rows: NDArray[np.int64]
    size: NDArray[np.float64]
    ties: NDArray[np.int64]
    tell: Callable[[int], Suspicion]


Doubts: TypeAlias = "Iterator[Suspicion | Ranked]"
"""What a rule has to say of one place."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as data.

    Attributes:
        slug: Its name; severity and words stand under it in `words`.
        scope: The places where it applies; none means that it cannot be computed.
        check: What is wrong in one place.
        needs: What must be there for it to be computed, as a key of the words.
        whole: Whether it looks at a drop as a whole, once; else at some enterprises at a time, each with all its rows
            in all sources. The places are as many, in the same order, whichever enterprises they are.
    """

    slug: str
    scope: Callable[[Material], Sequence[Any]]
    check: Callable[[Material, Any], Doubts]
    needs: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class RuleResult:
    """What came of one rule.

    Attributes:
        rule: Its slug, or the name of a rule of the user's own.
        outcome: Passed, failed or not computed.
        findings: What is wrong.
        reason: Why it could not be computed.
    """

    rule: str
    outcome: Outcome
    findings: tuple[Finding, ...] = ()
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Waived:
    """A finding that somebody has answered for.

    Attributes:
        finding: The finding.
        by: Who.
        reason: Why.
    """

    finding: Finding
    by: str
    reason: str


@dataclass(frozen=True)
class CheckReport:
    """What a check has found.

    Attributes:
        as_of: Month it was made for.
        results: Every rule and what came of it.
        findings: What is to be told, worst first, then by effect on the figures.
        waived: What somebody has answered for.
        known: How many findings stand in the baseline and are not told again.
        indicators: Indicators that findings may touch, by id.
        enterprises: Code to name, for messages that may name them.
        sheets: Trails of the sheets read, by path below the data folder and sheet.
    """

    as_of: str
    results: tuple[RuleResult, ...]
    findings: tuple[Finding, ...]
    waived: tuple[Waived, ...] = ()
    known: int = 0
    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    enterprises: Mapping[str, str] = field(default_factory=dict)
    sheets: Mapping[tuple[str, str | None], Provenance] = field(default_factory=dict)

    @property
    def outcomes(self) -> dict[str, int]:
        """How many rules came to each outcome."""
        found = Counter(one.outcome for one in self.results)
        return {outcome.value: found[outcome] for outcome in Outcome}
