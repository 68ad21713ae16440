"""Which figures must not leave the house: too few units, dominance, p%, and the second figure that betrays a first.

The statistics law protects also aggregates from which one unit can be inferred. No numeric rule is prescribed; the
defaults are the usual ones of statistical disclosure control (Hundepool et al., Statistical Disclosure Control, 2012).
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from xicen_kpi.engine.amounts import side_by_side
from xicen_kpi.engine.apart import Sizes

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from xicen_kpi.engine.apart import Values


class Suppression(StrEnum):
    """Why a figure is withheld."""

    TOO_FEW_UNITS = "too_few_units"
    DOMINANCE = "dominance"
    P_PERCENT = "p_percent"
    SECONDARY = "secondary"


class DisclosureRules(NamedTuple):
    """When a sum over units is unsafe.

    Attributes:
        minimum_units: Fewer units than this are too few.
        dominance: (n, k): unsafe where the n largest units hold more than k per cent.
        p_percent: Unsafe where what is left after the two largest units is less than p per cent of the largest:
            the second largest could estimate the largest too closely.
    """

    minimum_units: int = 3
    dominance: tuple[tuple[int, float], ...] = ((1, 70.0), (2, 85.0))
    p_percent: float = 10.0


DEFAULT_RULES = DisclosureRules()


class SecondarySuppression(NamedTuple):
    """What else must be hidden so that hidden cells cannot be computed from their published total.

    Attributes:
        cells: Further cells to hide, in the order they were chosen.
        hide_total: Hiding every cell is not enough: the total itself is unsafe.
    """

    cells: tuple[str, ...]
    hide_total: bool


def unsafe(contributions: Values | Sizes, rules: DisclosureRules = DEFAULT_RULES) -> Suppression | None:
    """Why a sum of these units' values must not be published, or None where it may.

    Negative values count with their size. A sum over no unit at all is safe: there is nobody to protect.

    Args:
        contributions: One value a unit, zeros included.
        rules: The thresholds.
    """
    sizes = contributions if isinstance(contributions, Sizes) else Sizes.of(contributions)
    if not len(sizes):
        return None
    if len(sizes) < rules.minimum_units:
        return Suppression.TOO_FEW_UNITS
    if any(100 * sizes.largest(number) > share * sizes.total for number, share in rules.dominance):
        return Suppression.DOMINANCE
    if 100 * sizes.without(2) < rules.p_percent * sizes.largest(1):
        return Suppression.P_PERCENT
    return None


def unsafe_ratio(
    numerators: Values, denominators: Values, rules: DisclosureRules = DEFAULT_RULES
) -> Suppression | None:
    """Why a ratio (or a growth) must not be published: either side is unsafe; a known side discloses the other."""
    return unsafe(numerators, rules) or unsafe(denominators, rules)


def unsafe_difference(
    first: Mapping[str, float], second: Mapping[str, float], rules: DisclosureRules = DEFAULT_RULES
) -> Suppression | None:
    """Why two published sums must not stand side by side: their difference belongs to too few units.

    Two months' cumulative figures, or the same figure before and after an enterprise came. Units that are the same
    in both take no part in the difference.

    Args:
        first: Unit to value in one figure.
        second: Unit to value in the other.
        rules: The thresholds.
    """
    then, now = side_by_side(first, second)
    every = then.who | now.who
    changes = now.filled(every).minus(then.filled(every))
    return unsafe(changes.known[changes.known != 0], rules)


def secondary_suppression(
    cells: Mapping[str, Values], hidden: Collection[str], rules: DisclosureRules = DEFAULT_RULES
) -> SecondarySuppression:
    """Choose what else to hide where cells add up to a published total.

    One hidden cell is the total less the others; several hidden cells are known in sum. So cells are added until
    two at least are hidden and their sum is itself safe. At each step the cell with the smallest value is taken
    that makes the sum safe, or, where none does, the smallest: the least information is lost. Cells of value 0 hide
    nothing and are not taken. This protects one addition; where a cell stands in several (industry by town), repeat
    for each until nothing is added.

    Args:
        cells: Cell to its units' values.
        hidden: Cells that are hidden already.
        rules: The thresholds.
    """
    sizes = {key: Sizes.of(values) for key, values in cells.items()}
    pool = sum((sizes[key] for key in hidden), Sizes())
    chosen: list[str] = []
    candidates = sorted((sizes[key].total, key) for key in cells if key not in hidden)
    left = [key for value, key in candidates if value > 0]
    while hidden and (len(hidden) + len(chosen) < 2 or unsafe(pool, rules)):
        if not left:
            return SecondarySuppression(tuple(chosen), hide_total=True)
        best = next((key for key in left if not unsafe(pool + sizes[key], rules)), left[0])
        left.remove(best)
        chosen.append(best)
        pool += sizes[best]
    return SecondarySuppression(tuple(chosen), hide_total=False)
