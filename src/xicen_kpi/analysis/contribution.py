"""Who moved a sum: 拉动 in percentage points and 贡献率, by unit or by group of units."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from xicen_kpi.analysis.comparison import TOLERANCE
from xicen_kpi.analysis.identity import require_identity
from xicen_kpi.analysis.reasons import Reason
from xicen_kpi.engine.amounts import Amounts, side_by_side
from xicen_kpi.engine.groups import Groups

if TYPE_CHECKING:
    from collections.abc import Mapping


class Presence(StrEnum):
    """Whether a unit is there in both periods."""

    CONTINUING = "continuing"
    ENTRANT = "entrant"
    EXIT = "exit"


class Contribution(NamedTuple):
    """What one unit or group adds to the change of a sum.

    Attributes:
        key: The unit or group.
        base: Its value then, 0 for an entrant.
        now: Its value now, 0 for an exit.
        change: now - base.
        pull_pp: 拉动, 100 * change / sum of all then, percentage points of the growth of the sum.
        share: 贡献率, change / change of the sum, a fraction; below 0 or above 1 where units move against each other.
        presence: Continuing, entrant or exit.
    """

    key: str
    base: float
    now: float
    change: float
    pull_pp: float | Reason
    share: float | Reason
    presence: Presence


@dataclass(frozen=True)
class SumChange:
    """The change of a sum, taken apart.

    Attributes:
        before: The units' values then.
        after: The units' values now.
        continuing: Change of the units in both periods.
        entrants: What entered.
        exits: What left, a positive amount: now - base = continuing + entrants - exits.
    """

    before: Amounts
    after: Amounts
    continuing: float
    entrants: float
    exits: float

    @property
    def base(self) -> float:
        """Sum then."""
        return self.before.total

    @property
    def now(self) -> float:
        """Sum now."""
        return self.after.total

    @property
    def change(self) -> float:
        """The sum now less the sum then, in its unit."""
        return self.now - self.base

    @property
    def growth(self) -> float | Reason:
        """Growth of the sum, a fraction; the pulls add up to 100 times it."""
        return self.now / self.base - 1 if self.base > 0 else Reason.BASE_NOT_POSITIVE

    @cached_property
    def items(self) -> tuple[Contribution, ...]:
        """Every unit, the largest change (either way) first, then by key; made when they are asked for.

        pull_i = 100 * (now_i - base_i) / sum(base); share_i = (now_i - base_i) / (sum(now) - sum(base)).
        A pull does not exist on a base that is not positive, a share not where the sum has not changed.
        """
        changes = _changes(self.before, self.after)
        unchanged = abs(changes.total) <= TOLERANCE * max(self.before.size, self.after.size)
        items = [
            Contribution(
                key,
                self.before.get(key, 0.0),
                self.after.get(key, 0.0),
                delta,
                100 * delta / self.base if self.base > 0 else Reason.BASE_NOT_POSITIVE,
                Reason.TOTAL_UNCHANGED if unchanged else delta / changes.total,
                _presence(key, self.before, self.after),
            )
            for key, delta in changes.items()
        ]
        return tuple(sorted(items, key=lambda item: (-abs(item.change), item.key)))


def contributions(base: Mapping[str, float], now: Mapping[str, float]) -> SumChange:
    """Take the change of a sum apart by unit.

    Args:
        base: Unit to value then.
        now: Unit to value now, same measure and unit.

    Raises:
        IdentityError: A defect: the parts do not add up.
    """
    before, after = side_by_side(base, now)
    continuing = after.minus(before).total
    entrants = after.among(after.who - before.who).total
    exits = before.among(before.who - after.who).total
    found = SumChange(before, after, continuing, entrants, exits)
    require_identity(
        "contributions to a sum", (continuing, entrants, -exits), found.change, max(before.size, after.size)
    )
    return found


def grouped(values: Mapping[str, float], group_of: Mapping[str, str], other: str) -> dict[str, float]:
    """Add units up by group (industry, town), so that groups can be taken apart as units are.

    Args:
        values: Unit to value.
        group_of: Unit to group.
        other: The group of units that have none; nothing is dropped.
    """
    own = Amounts.of(values)
    return Groups.of(group_of, own.book).sums(own, other)


def _changes(before: Amounts, after: Amounts) -> Amounts:
    """What each unit's value changed by; a unit that is not there has 0."""
    every = before.who | after.who
    return after.filled(every).minus(before.filled(every))


def _presence(key: str, base: Mapping[str, float], now: Mapping[str, float]) -> Presence:
    if key not in base:
        return Presence.ENTRANT
    return Presence.CONTINUING if key in now else Presence.EXIT
