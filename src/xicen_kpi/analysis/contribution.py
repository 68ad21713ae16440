"""Who moved a sum: 拉动 in percentage points and 贡献率, by unit or by group of units."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from xicen_kpi.analysis.comparison import TOLERANCE
from xicen_kpi.analysis.identity import require_identity
from xicen_kpi.analysis.reasons import Reason

if TYPE_CHECKING:
    from collections.abc import Mapping


class Presence(StrEnum):
    """Whether a unit is there in both periods."""

    CONTINUING = "continuing"
    ENTRANT = "entrant"
    EXIT = "exit"


@dataclass(frozen=True, slots=True)
class Contribution:
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


@dataclass(frozen=True, slots=True)
class SumChange:
    """The change of a sum, taken apart.

    Attributes:
        base: Sum then.
        now: Sum now.
        items: Every unit, the largest change (either way) first, then by key.
        continuing: Change of the units in both periods.
        entrants: What entered.
        exits: What left, a positive amount: now - base = continuing + entrants - exits.
    """

    base: float
    now: float
    items: tuple[Contribution, ...]
    continuing: float
    entrants: float
    exits: float

    @property
    def change(self) -> float:
        """The sum now less the sum then, in its unit."""
        return self.now - self.base

    @property
    def growth(self) -> float | Reason:
        """Growth of the sum, a fraction; the pulls add up to 100 times it."""
        return self.now / self.base - 1 if self.base > 0 else Reason.BASE_NOT_POSITIVE


def contributions(base: Mapping[str, float], now: Mapping[str, float]) -> SumChange:
    """Take the change of a sum apart by unit.

    pull_i = 100 * (now_i - base_i) / sum(base); share_i = (now_i - base_i) / (sum(now) - sum(base)).
    A pull does not exist on a base that is not positive, a share not where the sum has not changed.

    Args:
        base: Unit to value then.
        now: Unit to value now, same measure and unit.

    Raises:
        IdentityError: A defect: the parts do not add up.
    """
    total, total_now = math.fsum(base.values()), math.fsum(now.values())
    changes = {key: now.get(key, 0.0) - base.get(key, 0.0) for key in base.keys() | now.keys()}
    scale = max(map(abs, (*base.values(), *now.values())), default=0.0)
    change = math.fsum(changes.values())
    require_identity("contributions to a sum", changes.values(), total_now - total, scale)
    unchanged = abs(change) <= TOLERANCE * scale
    items = [
        Contribution(
            key,
            base.get(key, 0.0),
            now.get(key, 0.0),
            delta,
            100 * delta / total if total > 0 else Reason.BASE_NOT_POSITIVE,
            Reason.TOTAL_UNCHANGED if unchanged else delta / change,
            _presence(key, base, now),
        )
        for key, delta in changes.items()
    ]
    items.sort(key=lambda item: (-abs(item.change), item.key))
    sums = (math.fsum(item.change for item in items if item.presence is presence) for presence in Presence)
    continuing, entrants, exits = sums
    return SumChange(total, total_now, tuple(items), continuing, entrants, -exits)


def grouped(values: Mapping[str, float], group_of: Mapping[str, str], other: str) -> dict[str, float]:
    """Add units up by group (industry, town), so that groups can be taken apart as units are.

    Args:
        values: Unit to value.
        group_of: Unit to group.
        other: The group of units that have none; nothing is dropped.
    """
    members: dict[str, list[float]] = {}
    for key, value in values.items():
        members.setdefault(group_of.get(key, other), []).append(value)
    return {group: math.fsum(amounts) for group, amounts in members.items()}


def _presence(key: str, base: Mapping[str, float], now: Mapping[str, float]) -> Presence:
    if key not in base:
        return Presence.ENTRANT
    return Presence.CONTINUING if key in now else Presence.EXIT
