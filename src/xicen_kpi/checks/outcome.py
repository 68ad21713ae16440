"""What comes of one rule, some enterprises at a time: the largest findings of each place, so many at most, a result.

Which enterprises are looked at together moves nothing: rows compete by their size over all of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from xicen_kpi.checks.model import Outcome, Ranked, RuleResult
from xicen_kpi.errors import Location
from xicen_kpi.words.findings import finding

if TYPE_CHECKING:
    from collections.abc import Callable

    from xicen_kpi.checks.material import Material
    from xicen_kpi.checks.model import Doubts, Suspicion
    from xicen_kpi.errors import Finding

    Told = Callable[[Suspicion], Finding]

MOST = 1000
"""Findings of one rule in one place; what is beyond them is counted."""


class _Told(NamedTuple):
    """A row that was told.

    Attributes:
        order: Its size, negative, and what decides between equals: the least comes first.
        file: Its file.
        finding: What was told; None of the first one that is beyond the limit.
    """

    order: tuple[float, int]
    file: str
    finding: Finding | None


@dataclass
class _Largest:
    """The largest of the rows that look wrong in one place, and how many there are."""

    count: int = 0
    slug: str = ""
    kept: list[_Told] = field(default_factory=list)

    def add(self, ranked: Ranked, told: Told) -> None:
        """Takes the rows of some enterprises."""
        self.slug = ranked.slug
        self.count += len(ranked.rows)
        size = -np.nan_to_num(np.abs(ranked.size))
        first = np.lexsort((ranked.ties, size))[: MOST + 1]
        new = zip(size[first].tolist(), ranked.ties[first].tolist(), ranked.rows[first].tolist(), strict=True)
        table = ranked.table
        merged = sorted(
            [*((one.order, one) for one in self.kept), *(((by, tie), row) for by, tie, row in new)],
            key=lambda pair: pair[0],
        )
        self.kept = [
            one
            if isinstance(one, _Told)
            else _Told(order, table.part(one).trail.path, told(ranked.tell(one)) if place < MOST else None)
            for place, (order, one) in enumerate(merged[: MOST + 1])
        ]

    def join(self, other: _Largest) -> None:
        """Takes what was found among other enterprises."""
        self.count += other.count
        self.kept = sorted([*self.kept, *other.kept], key=lambda one: one.order)[: MOST + 1]

    def findings(self) -> list[Finding]:
        """What is told, the largest first."""
        found = [one.finding for one in self.kept[:MOST] if one.finding is not None]
        if self.count > MOST:
            where = Location(self.kept[MOST].file)
            found.append(finding("more-of-the-same", where, more=self.count - MOST, what=self.slug))
        return found


@dataclass
class State:
    """What a rule has found so far, apart from the rule, so that it can be found in another process.

    Attributes:
        computed: Whether there was a place where it applies.
        found: What it has to say, by place and turn.
        broken: The defect that ended it.
    """

    computed: bool = False
    found: dict[tuple[int, int], _Largest | Finding] = field(default_factory=dict)
    broken: Finding | None = None

    def take(self, at: tuple[int, int], doubt: Suspicion | Ranked, told: Told) -> None:
        """Takes what it says of one place."""
        if not isinstance(doubt, Ranked):
            self.found[at] = told(doubt)
            return
        largest = self.found.setdefault(at, _Largest())
        if isinstance(largest, _Largest):
            largest.add(doubt, told)

    def join(self, other: State) -> None:
        """Takes what was found among other enterprises."""
        self.computed |= other.computed
        self.broken = self.broken or other.broken
        for at, new in other.found.items():
            own = self.found.setdefault(at, new)
            if own is not new and isinstance(own, _Largest) and isinstance(new, _Largest):
                own.join(new)


@dataclass
class Running:
    """A rule on its way through a drop.

    Attributes:
        name: Its slug, or the name of a rule of the user's own.
        places: What it has to say of the places where it applies; none means that it cannot be computed.
        needs: Why it cannot be computed then.
        state: What has come of it so far.
    """

    name: str
    places: Callable[[Material], list[Doubts]]
    needs: str
    state: State = field(default_factory=State)

    def look(self, material: Material, told: Told) -> None:
        """Looks at some enterprises, or at the whole. A defect inside the rule is told, and the other rules go on."""
        if self.state.broken is not None:
            return
        try:
            for place, doubts in enumerate(self.places(material)):
                self.state.computed = True
                for turn, doubt in enumerate(doubts):
                    self.state.take((place, turn), doubt, told)
        except Exception as error:  # noqa: BLE001 -- a broken rule is a finding; the others still count
            self.state.broken = finding("rule-broken", None, broken=self.name, error=f"{type(error).__name__}: {error}")

    def result(self) -> RuleResult:
        """What came of it."""
        state = self.state
        if state.broken is not None:
            return RuleResult(self.name, Outcome.NOT_COMPUTED, (state.broken,), "rule_broken")
        if not state.computed:
            return RuleResult(self.name, Outcome.NOT_COMPUTED, (), self.needs)
        parts = [one.findings() if isinstance(one, _Largest) else [one] for _, one in sorted(state.found.items())]
        found = tuple(one for part in parts for one in part)
        return RuleResult(self.name, Outcome.FAILED if found else Outcome.PASSED, found)
