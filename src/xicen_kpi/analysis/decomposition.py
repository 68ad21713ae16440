"""Decompositions of a change into factors (LMDI) and against a reference area (shift-share)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xicen_kpi.analysis.identity import require_identity
from xicen_kpi.analysis.reasons import Reason

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Shift:
    """The change of one industry of an area, against a reference area; in the unit of the values.

    Attributes:
        reference: What it would have gained growing as the whole reference area did.
        mix: What it gained because its industry grew faster there than the whole.
        competitive: What it gained by growing faster than its industry did there.
    """

    reference: float
    mix: float
    competitive: float


def logarithmic_mean(first: float, second: float) -> float:
    """L(a, b) = (a - b) / (ln a - ln b), L(a, a) = a, and 0 where one of them is 0 (its limit).

    Raises:
        ValueError: A number is negative.
    """
    if first < 0 or second < 0:
        message = "a logarithmic mean needs numbers that are not negative"
        raise ValueError(message)
    if first == 0 or second == 0:
        return 0.0
    lower, upper = sorted((first, second))
    if lower == upper:
        return lower
    # Close to each other ln a - ln b loses its digits, and their difference does not.
    logarithm = math.log1p((upper - lower) / lower) if upper < 2 * lower else math.log(upper / lower)
    return (upper - lower) / logarithm


def factor_effects(base: Sequence[Sequence[float]], now: Sequence[Sequence[float]]) -> tuple[float, ...]:
    """Split the change of a sum of products into the effects of its factors: additive LMDI-I.

    V = sum over units of x1 * x2 * ...; effect of factor i = sum of L(V1, V0) * ln(x_i1 / x_i0). Exact, and the same
    backwards. Where a unit's product is 0 in one period its whole change belongs to the factors that are 0 then (in
    equal parts): the analytical limits, not a small number in place of 0.
    Source: Ang (2004); zeros: Ang and Liu (2007).

    Args:
        base: One sequence of factors a unit, the same factors in the same order everywhere.
        now: The same units, now.

    Raises:
        ValueError: A factor is negative, or the units do not match.
        IdentityError: A defect: the effects do not add up.
    """
    terms = [_unit_effects(then, later) for then, later in zip(base, now, strict=True)]
    effects = tuple(math.fsum(column) for column in zip(*terms, strict=True))
    total, total_now = (math.fsum(map(math.prod, values)) for values in (base, now))
    require_identity("factors of a product", effects, total_now - total, max(abs(total), abs(total_now)))
    return effects


def shift_share(
    base: Mapping[str, float],
    now: Mapping[str, float],
    reference_base: Mapping[str, float],
    reference_now: Mapping[str, float],
) -> dict[str, Shift] | Reason:
    """Compare an area's industries with a reference area: growth of the whole, of the industry, and of its own.

    With G the growth of the reference area and g_i that of its industry i: reference = base_i * G,
    mix = base_i * (g_i - G), competitive = now_i - base_i * (1 + g_i). Classic shift-share (Dunn 1960).

    Args:
        base: Industry to value of the area then.
        now: The same, now.
        reference_base: Industry to value of the reference area then.
        reference_now: The same, now.

    Returns:
        One shift an industry, or ``base_not_positive`` where an industry has no value in the reference area to
        compare with.
    """
    industries = sorted(base.keys() | now.keys())
    if any(reference_base.get(key, 0.0) <= 0 for key in industries):
        return Reason.BASE_NOT_POSITIVE
    whole = math.fsum(reference_now.values()) / math.fsum(reference_base.values()) - 1
    shifts = {}
    for key in industries:
        then, later = base.get(key, 0.0), now.get(key, 0.0)
        own = reference_now.get(key, 0.0) / reference_base[key] - 1
        shifts[key] = Shift(then * whole, then * (own - whole), later - then * (1 + own))
        parts = (shifts[key].reference, shifts[key].mix, shifts[key].competitive)
        require_identity("shift-share", parts, later - then, max(abs(then), abs(later)))
    return shifts


def _unit_effects(base: Sequence[float], now: Sequence[float]) -> list[float]:
    if min(*base, *now) < 0 or len(base) != len(now):
        message = "factors must match and not be negative"
        raise ValueError(message)
    total, total_now = math.prod(base), math.prod(now)
    if total > 0 and total_now > 0:
        mean = logarithmic_mean(total_now, total)
        return [mean * math.log(later / then) for then, later in zip(base, now, strict=True)]
    zero_in = base if total == 0 else now
    zeros = sum(value == 0 for value in zero_in) or 1
    return [(total_now - total) / zeros if value == 0 else 0.0 for value in zero_in]
