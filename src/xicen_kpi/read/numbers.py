"""Numbers as people write them, and the marks they put where there is none."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from xicen_kpi.plan.units import factor, normal_unit, same_kind
from xicen_kpi.read.patterns import Pattern

if TYPE_CHECKING:
    from collections.abc import Sequence


class Missing(StrEnum):
    """Why a cell holds no number."""

    BLANK = "blank"
    NONE = "none"
    """A dash: no such amount."""
    TOO_SMALL = "too_small"
    """… : less than the last digit shown."""
    SUPPRESSED = "suppressed"
    """* or x: kept back."""
    NOT_AVAILABLE = "not_available"
    """NULL, N/A, 不详 and the like."""
    ERROR = "error"
    """A formula that failed."""


class Amount(NamedTuple):
    """A number and the unit that stands with it in the same cell (%, 亿, 万元), if any."""

    value: float
    unit: str | None


_DASHES = Pattern(r"[-‐‑‒–—―−﹣－─一]+\Z")
_DOTS = Pattern(r"(\.{2,}|…+|⋯+)\Z")
_WORDS = {
    **dict.fromkeys(("*", "**", "***", "x", "×", "保密", "涉密"), Missing.SUPPRESSED),
    **dict.fromkeys(
        (
            "null",
            "none",
            "nan",
            "na",
            "n/a",
            "#n/a",
            "nil",
            "不详",
            "不适用",
            "暂无",
            "暂缺",
            "缺",
            "缺失",
            "未报",
            "未填报",
            "无",
            "无数据",
        ),
        Missing.NOT_AVAILABLE,
    ),
    **dict.fromkeys(("/", "\\", "//", "_", "--"), Missing.NONE),
    **dict.fromkeys(
        ("#div/0!", "#value!", "#ref!", "#name?", "#null!", "#num!", "#getting_data", "#spill!"), Missing.ERROR
    ),
}

_NUMBER = Pattern(
    r"(?P<open>\()?(?P<sign>[+△-]?)[¥$]?(?P<whole>\d{1,3}(?:,\d{3})+|\d+)?(?P<fraction>\.\d*)?(?P<power>e[+-]?\d{1,3})?"
    r"(?P<shut>\))?(?P<unit>.*)\Z",
    re.IGNORECASE,
)
TRIANGLE = "△"
"""A minus in accounts; said where it is read."""
_DECIMAL_COMMA = Pattern(r"[+-]?(?:\d+|\d{1,3}(?:\.\d{3})+),(?:\d{1,2}|\d{4,})")
"""A comma that can part no thousands: 1234,5 and 1.234,56, not 1,234."""
_POINTED = Pattern(r"\d[.,]\d")
_APART = Pattern(r"\d\s+\d")
_GROUPED = Pattern(r"\D*\d{1,3}(?:\s\d{3})+(?:\.\d*)?\D*")
MAGNITUDES = {"百": 1e2, "千": 1e3, "万": 1e4, "十万": 1e5, "百万": 1e6, "千万": 1e7, "亿": 1e8, "万亿": 1e12}
_BASES = ("元", "人", "千瓦时", "平方米", "吨")


def plain(text: str) -> str:
    """The text in half width without white space of any kind, and without the marks that keep it a text in Excel."""
    half = "".join(unicodedata.normalize("NFKC", text).split()).replace("\u200b", "").replace("\ufeff", "")
    if half.startswith('="') and half.endswith('"'):
        half = half[2:-1]
    return half.removeprefix("'").replace("−", "-")


def missing_kind(text: str) -> Missing | None:
    """What a mark without a number stands for; None if the text is no such mark."""
    half = plain(text)
    if not half:
        return Missing.BLANK
    if _DASHES.match(half):
        return Missing.NONE
    if _DOTS.match(half):
        return Missing.TOO_SMALL
    return _WORDS.get(half.casefold())


def read_amount(text: str) -> Amount | None:
    """The number that a piece of text holds; None if it holds none, or none that is certain.

    Understood: full width, spaces, thousands separators in groups of three, brackets or △ for a negative (▲ is one in
    Japanese accounts and a rise in Chinese charts, hence nothing), a currency sign, powers of ten, and a unit behind
    the number (6.68%, 3.606亿, 1,000(万元人民币)).
    """
    found = None if _is_torn(text) else _NUMBER.match(plain(text))
    if found is None or not (found["whole"] or (found["fraction"] or ".") != "."):
        return None
    unit = _unit_behind(found["unit"])
    if unit is None or bool(found["open"]) != bool(found["shut"]):
        return None
    value = float((found["whole"] or "0").replace(",", "") + (found["fraction"] or "") + (found["power"] or ""))
    negative = (bool(found["sign"].strip("+"))) + bool(found["open"])
    if negative > 1 or value == float("inf"):
        return None
    return Amount(-value if negative else value, unit or None)


def with_points(cells: Sequence[object]) -> tuple[list[object], int] | None:
    """A column that writes its decimals with a comma, written with a point, and the place of the first such cell.

    None for any other column: most of what it holds must be such amounts, and no text in it may have a point for
    decimals or a comma between thousands.
    """
    least = max(sum(cell is not None and cell != "" for cell in cells), 1) / 2
    if sum(cell.__class__ is str and ("," in cell or "，" in cell) for cell in cells) < least:  # soon told, most often
        return None
    plains = [plain(cell) if isinstance(cell, str) else "" for cell in cells]
    places = [place for place, text in enumerate(plains) if _DECIMAL_COMMA.fullmatch(text)]
    if len(places) < least:
        return None
    pointed = list(cells)
    for place in places:
        pointed[place] = plains[place].replace(".", "").replace(",", ".")
        plains[place] = ""
    return None if any(map(_POINTED.search, plains)) else (pointed, places[0])


def _is_torn(text: str) -> bool:
    """Whether digits stand apart otherwise than in groups of three: 12 34 may be two numbers."""
    return _APART.search(text) is not None and _GROUPED.fullmatch(text) is None


def _unit_behind(text: str) -> str | None:
    """The unit that follows a number: empty for none, None if what follows is no unit."""
    bare = text.removeprefix("(").removesuffix(")")
    if bare in {"", "元"} or bare in MAGNITUDES:
        return bare
    return normal_unit(bare) or normal_unit(bare.removesuffix("人民币"))


def scale_to(unit: str, declared: str) -> float | None:
    """What a number with this unit in its own cell is multiplied by to stand in the declared unit; None if it cannot.

    A bare magnitude takes the base of the declared unit: 3.606亿 in a money column is 亿元, 1.2万 beside 人 is 万人.
    """
    known = normal_unit(whole_unit(unit, declared))
    if known and same_kind(known, declared):
        return factor(known, declared)
    return MAGNITUDES.get(unit) if not same_kind(declared, "元") else None


def whole_unit(unit: str, declared: str) -> str:
    """A bare magnitude with the base of the declared unit: 亿 is 亿元 beside 千元; any other unit as it is."""
    if unit in MAGNITUDES:
        for base in _BASES:
            named = normal_unit(unit + base)
            if named and same_kind(named, declared):
                return named
    return unit
