"""Units of the forms and the plan, and exact conversion between them: declared and converted, never assumed."""

from __future__ import annotations

import unicodedata
from fractions import Fraction
from functools import lru_cache

_FAMILIES: dict[str, dict[str, Fraction]] = {
    "money": {
        "元": Fraction(1),
        "百元": Fraction(100),
        "千元": Fraction(1_000),
        "万元": Fraction(10_000),
        "十万元": Fraction(100_000),
        "百万元": Fraction(1_000_000),
        "千万元": Fraction(10_000_000),
        "亿元": Fraction(100_000_000),
    },
    "enterprises": {"家": Fraction(1), "户": Fraction(1)},
    "pieces": {"个": Fraction(1), "件": Fraction(1), "项": Fraction(1), "篇": Fraction(1)},
    "people": {"人": Fraction(1), "万人": Fraction(10_000)},
    "effort": {"人月": Fraction(1)},
    "share": {"%": Fraction(1, 100), "‰": Fraction(1, 1000), "1": Fraction(1)},
    "power": {"千瓦时": Fraction(1), "万千瓦时": Fraction(10_000), "亿千瓦时": Fraction(100_000_000)},
    "area": {"平方米": Fraction(1), "万平方米": Fraction(10_000), "平方公里": Fraction(1_000_000)},
    "mass": {"千克": Fraction(1), "吨": Fraction(1_000), "万吨": Fraction(10_000_000)},
}

_COUNTED = frozenset({"enterprises", "pieces", "people"})
"""What is counted one by one."""
_FAMILY_OF = {unit: family for family, units in _FAMILIES.items() for unit in units}
_SPELLINGS = {
    "人民币元": "元",
    "千元人民币": "千元",
    "万元人民币": "万元",
    "亿元人民币": "亿元",
    "百分比": "%",
    "pct": "%",
}


def known_units() -> tuple[str, ...]:
    """Every unit that can be declared, in the order of the table."""
    return tuple(_FAMILY_OF)


def normal_unit(text: str) -> str | None:
    """The unit that a piece of text names, whatever its width and spaces; None when it names none."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    plain = _SPELLINGS.get(plain, plain)
    return plain if plain in _FAMILY_OF else None


def same_kind(one: str, other: str) -> bool:
    """Whether amounts in the two units may be added after conversion."""
    return one == other or (one in _FAMILY_OF and _FAMILY_OF[one] == _FAMILY_OF.get(other))


def is_counted(unit: str) -> bool:
    """Whether the unit is one thing: 家, 个, 人, not 万人."""
    return _FAMILY_OF.get(unit) in _COUNTED and _FAMILIES[_FAMILY_OF[unit]][unit] == 1


@lru_cache(maxsize=1_000)
def factor(source: str, target: str) -> float:
    """What an amount in `source` is multiplied by to stand in `target`, in target per source.

    The ratio is exact before it becomes a float: 千元 to 亿元 is 1/100000.

    Raises:
        ValueError: The two units measure different things.
    """
    if source == target:
        return 1.0
    if not same_kind(source, target):
        message = f"cannot convert {source} to {target}"
        raise ValueError(message)
    units = _FAMILIES[_FAMILY_OF[source]]
    return float(units[source] / units[target])


def scale_between(source: str, target: str) -> float | None:
    """From one unit to another; None where they measure different things."""
    return factor(source, target) if same_kind(source, target) else None
