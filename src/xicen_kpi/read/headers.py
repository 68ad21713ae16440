"""Header names: what makes no difference between two spellings, and the unit and code that a header carries."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from xicen_kpi.read.patterns import Pattern
from xicen_kpi.read.unit_names import named_unit

_NOISE = str.maketrans(
    "", "", ";:()[]{}<>〈〉《》「」『』【】〔〕〖〗" + "-‐‑‒–—―−﹣－─~～〜" + "\u200b\ufeff\u00ad" + "\"'“”‘’"
)
_BRACKETED = Pattern(r"\(([^()]*)\)")
_CODE = Pattern(r"\(\d{1,4}(?:-\d{1,2})?\)")
_STANDARD = Pattern(r"\(GB/?T?[\d.-]+\)", re.IGNORECASE)
_SAME_PERIOD = Pattern("上年同期(?=1?本月)")
_NUMBERING = Pattern(
    r"^(?:[一二三四五六七八九十]+、|\d{1,2}[.、](?!\d)|\([一二三四五六七八九十\d]{1,2}\)|[①-⑳]|其中:|[#*])+(?=.)"
)
_QUALIFIED = Pattern(r"\((?:当年价格|现价|本年贷方累计发生额|股东权益|股本)\)")
_SHEET_OF = Pattern(r"^\[[^\]]*\](?=.)")


class Header(NamedTuple):
    """A header as the file has it, and what it says.

    Attributes:
        text: As in the file, header rows joined with semicolons.
        names: Normal forms under which it may be known: most specific first.
        unit: The unit it carries.
    """

    text: str
    names: tuple[str, ...]
    unit: str | None


def half_width(text: str) -> str:
    """The text in half width and without white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


@lru_cache(maxsize=20_000)
def normal_name(text: str) -> str:
    """A header without white space, brackets, dashes and separators, in half width and lower case.

    上年同期;1—本月 of the forms is 上年-1—本月 of the exports.
    """
    return _SAME_PERIOD.sub("上年", half_width(text).translate(_NOISE).casefold())


@lru_cache(maxsize=20_000)
def read_header(text: str) -> Header:
    """What a header says: its names with and without unit, indicator code and table number, and its unit."""
    half = half_width(text)
    bare, unit = _without_unit(half)
    coded = _STANDARD.sub("", _CODE.sub("", bare))
    plain = _NUMBERING.sub("", _SHEET_OF.sub("", coded))
    forms = [half, bare, coded, plain, _QUALIFIED.sub("", plain)]
    forms += [form.removesuffix(";本年") for form in forms]
    return Header(text, tuple(dict.fromkeys(name for name in map(normal_name, forms) if name)), unit)


def without_unit(text: str) -> str:
    """A header in half width without the unit that it carries."""
    return _without_unit(half_width(text))[0]


def _without_unit(half: str) -> tuple[str, str | None]:
    """The header without the unit token it carries, and the unit."""
    for found in _BRACKETED.finditer(half):
        unit = named_unit(found[1])
        if unit and unit != "1":
            return half[: found.start()] + half[found.end() :], unit
    for mark in ";/":
        parts = half.split(mark)
        for place in range(len(parts) - 1, 0, -1):
            unit = named_unit(parts[place])
            if unit and unit != "1":
                return mark.join(parts[:place] + parts[place + 1 :]), unit
    return half, None
