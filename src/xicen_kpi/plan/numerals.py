"""Numbers in Chinese running text: 170, 1,200, 50%, 二十, 百分之五十, 10万."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from xicen_kpi.plan.units import known_units

_DIGITS = {
    char: value
    for value, chars in enumerate(("零〇", "一", "二两", "三", "四", "五", "六", "七", "八", "九"))
    for char in chars
}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}
_UNITS = "|".join(sorted(map(re.escape, known_units()), key=len, reverse=True))
_ARABIC = re.compile(rf"(?<![\d.])(\d{{1,3}}(?:,\d{{3}})+|\d+)(\.\d+)?\s*(?:({_UNITS})|([万亿]))?")
_CHINESE = re.compile(rf"(百分之)?([零〇一二两三四五六七八九十百千万亿]+)(?:点([零〇一二三四五六七八九]+))?({_UNITS})?")


class Amount(NamedTuple):
    """A number as the text gives it, and the unit that follows it, if any."""

    value: float
    unit: str | None


def numbers_in(text: str) -> list[Amount]:
    """Every number in a text, in Arabic digits of any width or in Chinese numerals.

    A word such as 三大 counts too: whoever looks for a number decides whether it is the one.
    """
    plain = unicodedata.normalize("NFKC", text)
    found = []
    for whole, decimals, unit, myriad in _ARABIC.findall(plain):
        value = float(whole.replace(",", "") + decimals) * _MYRIADS.get(myriad, 1)
        found.append(Amount(value, unit or None))
    for percent, whole, decimals, unit in _CHINESE.findall(plain):
        number = chinese_number(whole)
        if number is not None:
            number += float("0." + "".join(str(_DIGITS[char]) for char in decimals)) if decimals else 0
            found.append(Amount(number, "%" if percent else unit or None))
    return found


def chinese_number(text: str) -> float | None:
    """The value of a Chinese numeral: 二十 is 20, 一百七十 is 170, 二〇二六 is 2026; None where it is none."""
    if not text or text[0] in _MYRIADS:
        return None
    if all(char in _DIGITS for char in text):
        return float("".join(str(_DIGITS[char]) for char in text))
    total = section = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _TENS:
            section += (digit or 1) * _TENS[char]
            digit = 0
        elif char == "万":
            total, section, digit = total + (section + digit) * _MYRIADS[char], 0, 0
        else:
            total, section, digit = (total + section + digit) * _MYRIADS[char], 0, 0
    return float(total + section + digit)
