"""Why a ratio moved: its numerator against its denominator, its groups against their weights, and who holds it up."""

from __future__ import annotations

import math
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from xicen_kpi.analysis.identity import require_identity
from xicen_kpi.analysis.reasons import Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Sides = tuple[float, float]
"""(numerator, denominator) of one unit or group."""


class RatioChange(NamedTuple):
    """The change of a ratio as the work of its two sides. All are fractions (times 100: 百分点).

    Attributes:
        before: Ratio then.
        after: Ratio now.
        numerator: What the change of the numerator did.
        denominator: What the change of the denominator did.
    """

    before: float
    after: float
    numerator: float
    denominator: float


class Weights(StrEnum):
    """How the change of a ratio is split between and within groups."""

    RELATIVE = "relative"
    """Midpoint weights, groups compared with the average: positive where weight moved to a better group."""
    MIDPOINT = "midpoint"
    """Midpoint weights (Kitagawa 1955), no residual; a group's own between term has no meaning of its own."""
    THREE_TERM = "three_term"
    """Weights of the first period, with an interaction (Fabricant)."""


class GroupEffect(NamedTuple):
    """What one group did to a ratio.

    Attributes:
        key: The group.
        within: Its own ratio changed.
        between: Its weight in the denominator changed.
        interaction: Both together; 0 except with three terms.
    """

    key: str
    within: float
    between: float
    interaction: float = 0.0


class MixChange(NamedTuple):
    """The change of a ratio as the work of its groups; all are fractions.

    Attributes:
        before: Ratio then.
        after: Ratio now.
        groups: One effect a group, in order of key.
    """

    before: float
    after: float
    groups: tuple[GroupEffect, ...]

    @property
    def within(self) -> float:
        """The groups' own ratios."""
        return math.fsum(group.within for group in self.groups)

    @property
    def between(self) -> float:
        """The shift of weight among groups."""
        return math.fsum(group.between for group in self.groups)

    @property
    def interaction(self) -> float:
        """Both together; 0 except with three terms."""
        return math.fsum(group.interaction for group in self.groups)


class Influence(NamedTuple):
    """What a ratio would be without one unit.

    Attributes:
        key: The unit.
        without: The ratio of all others.
        effect: Ratio of all - ratio without it.
    """

    key: str
    without: float | Reason
    effect: float | Reason


class Sensitivity(NamedTuple):
    """What one more per cent does to a ratio, in percentage points.

    Attributes:
        numerator_pp: Of 1 % more numerator; the elasticity is +1.
        denominator_pp: Of 1 % more denominator; the elasticity is about -1.
    """

    numerator_pp: float
    denominator_pp: float


def ratio_change(base: Sides, now: Sides) -> RatioChange | Reason:
    """Split the change of a ratio into the effects of its numerator and its denominator, exactly.

    numerator: (n1 - n0) * (1/d0 + 1/d1) / 2; denominator: (n0 + n1) / 2 * (1/d1 - 1/d0). Midpoint weights, so
    nothing is left over and the order of the two periods does not matter.

    Returns:
        The effects, or ``denominator_is_zero``.
    """
    (n0, d0), (n1, d1) = base, now
    if d0 == 0 or d1 == 0:
        return Reason.DENOMINATOR_IS_ZERO
    numerator = (n1 - n0) * (1 / d0 + 1 / d1) / 2
    denominator = (n0 + n1) / 2 * (1 / d1 - 1 / d0)
    before, after = n0 / d0, n1 / d1
    scale = max(abs(before), abs(after), abs(n0 / d1), abs(n1 / d0))
    require_identity("numerator and denominator of a ratio", (numerator, denominator), after - before, scale)
    return RatioChange(before, after, numerator, denominator)


def mix_change(
    base: Mapping[str, Sides], now: Mapping[str, Sides], weights: Weights = Weights.RELATIVE
) -> MixChange | Reason:
    """Split the change of a ratio into what groups did themselves and what the shift of weight among them did.

    With w the group's share of the denominator, r its ratio, R the ratio of all, a bar for the mean of the periods:
    within = mean(w) * (r1 - r0), between = (w1 - w0) * mean(r) (midpoint) or (w1 - w0) * (mean(r) - mean(R))
    (relative, the same sum since the weights' changes add up to 0). A group that is there in one period only, or
    has no denominator in one, is compared at the ratio it has; what a numerator without a denominator adds is
    within. Source: Kitagawa (1955).

    Args:
        base: Group to (numerator, denominator) then.
        now: The same, now.
        weights: Which of the three splits.

    Returns:
        The effects, or ``denominator_is_zero``.
    """
    before, after = _ratio(base.values()), _ratio(now.values())
    if isinstance(before, Reason) or isinstance(after, Reason):
        return Reason.DENOMINATOR_IS_ZERO
    totals = _total(base.values())[1], _total(now.values())[1]
    average = (before + after) / 2 if weights is Weights.RELATIVE else 0.0
    nothing = (0.0, 0.0)
    groups = tuple(
        _group_effect(key, (base.get(key, nothing), now.get(key, nothing)), totals, weights, average)
        for key in sorted(base.keys() | now.keys())
    )
    effects = [term for group in groups for term in (group.within, group.between, group.interaction)]
    require_identity("groups of a ratio", effects, after - before, max(abs(before), abs(after)))
    return MixChange(before, after, groups)


def influence(units: Mapping[str, Sides]) -> tuple[Influence, ...]:
    """What a ratio would be without each unit, the strongest influence first.

    Units whose absence leaves no denominator come last, with ``denominator_is_zero``.
    """
    numerator, denominator = _total(units.values())
    found = []
    for key, (own_numerator, own_denominator) in units.items():
        rest = denominator - own_denominator
        others = (numerator - own_numerator) / rest if rest and len(units) > 1 else Reason.DENOMINATOR_IS_ZERO
        if isinstance(others, Reason) or denominator == 0:
            found.append(Influence(key, others, Reason.DENOMINATOR_IS_ZERO))
        else:
            found.append(Influence(key, others, numerator / denominator - others))
    return tuple(sorted(found, key=_strongest_first))


def sensitivity(numerator: float, denominator: float) -> Sensitivity | Reason:
    """How far one per cent more of either side moves a ratio; ``denominator_is_zero`` where there is none."""
    if denominator == 0:
        return Reason.DENOMINATOR_IS_ZERO
    ratio = numerator / denominator
    return Sensitivity(100 * (1.01 * ratio - ratio), 100 * (ratio / 1.01 - ratio))


def _group_effect(
    key: str, sides: tuple[Sides, Sides], totals: tuple[float, float], weights: Weights, average: float
) -> GroupEffect:
    (n0, d0), (n1, d1) = sides
    r0 = n0 / d0 if d0 else n1 / d1 if d1 else 0.0
    r1 = n1 / d1 if d1 else r0
    moved = d1 / totals[1] - d0 / totals[0]
    change = n1 / totals[1] - n0 / totals[0]
    if weights is Weights.THREE_TERM:
        within, between = d0 / totals[0] * (r1 - r0), moved * r0
        return GroupEffect(key, within, between, change - within - between)
    return GroupEffect(key, change - moved * (r0 + r1) / 2, moved * ((r0 + r1) / 2 - average))


def _total(sides: Iterable[Sides]) -> Sides:
    pairs = tuple(sides)
    return math.fsum(numerator for numerator, _ in pairs), math.fsum(denominator for _, denominator in pairs)


def _ratio(sides: Iterable[Sides]) -> float | Reason:
    numerator, denominator = _total(sides)
    return numerator / denominator if denominator else Reason.DENOMINATOR_IS_ZERO


def _strongest_first(found: Influence) -> tuple[float, str]:
    return (1.0 if isinstance(found.effect, Reason) else -abs(found.effect), found.key)
