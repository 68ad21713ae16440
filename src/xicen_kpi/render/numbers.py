"""Numbers as people read them: rounded once, here, on the decimal digits.

A target that is not met never prints as 100 %, an amount that is not zero never prints as 0.
"""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Context, Decimal
from typing import Literal

Rule = Literal["half_up", "gbt8170"]

_MODES = {"half_up": ROUND_HALF_UP, "gbt8170": ROUND_HALF_EVEN}
_EXACT = Context(prec=400)
"""Digits enough for any float: the usual 28 end in an error at a number that nobody meant to type."""

_MOST = 12
"""Decimals after which an amount counts as zero: far below one 元 in 亿元."""

ABSENT = "–"
"""What stands where there is no number."""


def rounded(value: float | str | Decimal, interval: str = "1", rule: Rule = "half_up") -> Decimal:
    """Rounds once, from the full value, to a multiple of the interval.

    half_up is 四舍五入; gbt8170 rounds an exact half to the even multiple (GB/T 8170-2008). A float is taken by its
    shortest decimal form, so that 0.285 is the number a reader sees and not the binary fraction below it.

    Args:
        value: The unrounded value.
        interval: The rounding interval, such as 0.1, 1 or 100.
        rule: Which way an exact half goes.
    """
    step = Decimal(interval)
    steps = _EXACT.divide(Decimal(str(value)), step).quantize(Decimal(1), _MODES[rule], _EXACT)
    return _EXACT.multiply(steps, step)


def fixed(value: float | Decimal, decimals: int, rule: Rule = "half_up") -> str:
    """A number with so many decimals and thousands separators; a true minus sign."""
    shown = rounded(value, f"1e-{decimals}", rule)
    return f"{abs(shown):,.{decimals}f}" if shown >= 0 else f"−{abs(shown):,.{decimals}f}"


def amount(value: float | Decimal | None, decimals: int, rule: Rule = "half_up") -> str:
    """An amount; with more decimals where it would otherwise print as 0 without being it."""
    if value is None:
        return ABSENT
    for places in range(decimals, _MOST):
        text = fixed(value, places, rule)
        if value == 0 or text.strip("−0.,"):
            return text
    return fixed(0.0, decimals, rule)


def amount_beside(value: float | None, target: float | None, decimals: int, rule: Rule = "half_up") -> str:
    """An amount that stands beside its target: one digit more and another while rounding would show the target itself.

    8.96 against 9 prints as 8.96, not as 9.0: what is not met must not look met.
    """
    if value is None or target is None or value == target:
        return amount(value, decimals, rule)
    for places in range(decimals, _MOST):
        text = amount(value, places, rule)
        if rounded(value, f"1e-{places}", rule) != Decimal(str(target)):
            return text
    return amount(value, decimals, rule)


def as_declared(value: float | None) -> str:
    """A number as the plan wrote it: 170, not 170.0."""
    return ABSENT if value is None else f"{value:,.12g}".replace("-", "−")


def percent(fraction: float | None, rule: Rule = "half_up", *, met: bool = True) -> str:
    """A fraction as a percentage with one decimal; not 100.0 while the target is not met.

    Args:
        fraction: 1.0 is 100 %.
        rule: Which way an exact half goes.
        met: Whether the target that it measures is met.
    """
    if fraction is None:
        return ABSENT
    exact = hundredfold(fraction)
    text = fixed(exact, 1, rule)
    if not met and fraction != 1 and text == "100.0":
        text = str(exact.quantize(Decimal("0.1"), ROUND_DOWN if fraction < 1 else ROUND_UP, _EXACT))
    return f"{text}%"


def hundredfold(fraction: float) -> Decimal:
    """A fraction in per cent, on the decimal digits: 0.5685 is 56.85, not 56.849999999999994."""
    return _EXACT.multiply(Decimal(str(fraction)), Decimal(100))


def less(value: float, other: float) -> Decimal:
    """The difference of two figures, on the decimal digits."""
    return _EXACT.subtract(Decimal(str(value)), Decimal(str(other)))


def signed(value: float | Decimal | None, decimals: int = 1, rule: Rule = "half_up", *, unit: str = "") -> str:
    """A change with its sign; a change that rounds to nothing has none."""
    if value is None:
        return ABSENT
    text = fixed(value, decimals, rule)
    flat = not text.strip("−0.,")
    sign = "" if flat or text.startswith("−") else "+"
    return f"{sign}{text.lstrip('−') if flat else text}{unit}"


def is_flat(value: float | Decimal, decimals: int = 1, rule: Rule = "half_up") -> bool:
    """Whether a change rounds to nothing: 持平."""
    return rounded(value, f"1e-{decimals}", rule) == 0
