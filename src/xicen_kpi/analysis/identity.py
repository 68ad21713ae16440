"""A decomposition must add up to what it decomposes; one that does not is a defect of the program."""

from __future__ import annotations

import math
import sys
from typing import TYPE_CHECKING

from xicen_kpi.analysis.comparison import TOLERANCE

if TYPE_CHECKING:
    from collections.abc import Iterable


NO_PRECISION = sys.float_info.min / sys.float_info.epsilon
"""About 1e-292: numbers below it have no relative precision left."""


class IdentityError(ArithmeticError):
    """The parts of a decomposition do not add up: a defect, never a fault of the data."""


def require_identity(name: str, parts: Iterable[float], whole: float, scale: float = 0.0) -> None:
    """Check that parts add up to their whole, to 1e-9 of the largest number that takes part.

    Args:
        name: What is decomposed, for the message.
        parts: The terms.
        whole: What they must add up to.
        scale: Size of the numbers that the terms are differences of, where those are larger than the terms.

    Raises:
        IdentityError: They do not.
    """
    terms = tuple(parts)
    residual = math.fsum(terms) - whole
    largest = max(abs(whole), abs(scale), *map(abs, terms), 0.0)
    if not abs(residual) <= max(TOLERANCE * largest, NO_PRECISION):
        message = f"{name}: the parts differ from the whole by {residual!r} (largest number {largest!r})"
        raise IdentityError(message)
