"""The one place that decides whether a number meets a threshold, and how far apart two numbers are."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Literal

TOLERANCE = 1e-9
"""Relative and absolute slack of every threshold, so that a sum of decimals is not failed by its last binary digit."""

Direction = Literal[1, -1]
"""+1: more is wanted (a floor). -1: less is wanted (a ceiling)."""


def meets(value: float, target: float, direction: Direction = 1) -> bool:
    """Whether ``value`` meets ``target`` in the wanted direction. Equality meets.

    Args:
        value: Unrounded, in the unit of the target.
        target: The threshold.
        direction: +1 for "at least", -1 for "at most".
    """
    return direction * (value - target) >= 0 or same(value, target)


def same(left: float, right: float) -> bool:
    """Whether two numbers are equal within the tolerance of thresholds."""
    return math.isclose(left, right, rel_tol=TOLERANCE, abs_tol=TOLERANCE)


def difference(left: float, right: float) -> float:
    """``left`` less ``right`` on the decimal digits: 20 - 19.85 is 0.15, which rounds to 0.2, not 0.1499999."""
    return float(Decimal(str(left)) - Decimal(str(right)))
