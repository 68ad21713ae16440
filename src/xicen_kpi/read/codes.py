"""Codes of units: 统一社会信用代码 (GB 32100-2015), 组织机构代码 (GB 11714), 注册号. Codes are text."""

from __future__ import annotations

from enum import StrEnum

from xicen_kpi.read.numbers import plain
from xicen_kpi.read.patterns import Pattern

USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The 31 characters of a 统一社会信用代码: no I, O, S, V, Z."""

USCC_WEIGHTS = tuple(pow(3, power, 31) for power in range(17))
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_SCIENTIFIC = Pattern(r"\d(\.\d+)?[Ee]\+?\d{1,3}\Z")
_MODERN = Pattern("[0-9A-Z]{18}")
_EXACT = 10**15


class CodeFault(StrEnum):
    """Why a cell is not the code of a unit; the value is the slug of its message."""

    SCIENTIFIC = "code-scientific"
    """A spreadsheet has turned it into a number: its last digits are lost for good."""
    LENGTH = "code-length"
    """Neither 18, 15 nor 9 characters."""


def organisation_check(body: str) -> str:
    """Check character of the first eight characters of a 组织机构代码 (GB 11714)."""
    total = sum(int(char, 36) * weight for char, weight in zip(body, ORGANISATION_WEIGHTS, strict=True))
    return {10: "X", 11: "0"}.get(11 - total % 11, str(11 - total % 11))


def uscc_check(body: str) -> str:
    """Check character of the first seventeen characters of a 统一社会信用代码 (GB 32100-2015)."""
    total = sum(USCC_ALPHABET.index(char) * weight for char, weight in zip(body, USCC_WEIGHTS, strict=True))
    return USCC_ALPHABET[(31 - total % 31) % 31]


def is_uscc(code: str) -> bool:
    """Whether the code has 18 allowed characters and its own check character is right."""
    return len(code) == 18 and set(code) <= set(USCC_ALPHABET) and uscc_check(code[:17]) == code[17]


def holds_organisation_code(code: str) -> bool:
    """Whether characters 9 to 17 are a 组织机构代码 with a right check character of its own."""
    inner = code[8:17]
    return len(inner) == 9 and inner.isalnum() and inner.isascii() and organisation_check(inner[:8]) == inner[8].upper()


def code_text(cell: object) -> str | CodeFault | None:
    """The code in a cell as text, leading zeros kept; None for an empty cell.

    A whole number is taken for its digits, unless it is so large that a spreadsheet has rounded it.
    """
    if cell is None or cell == "" or cell != cell:  # noqa: PLR0124 -- NaN is the only value unequal to itself
        return None
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if abs(cell) >= _EXACT:
            return CodeFault.SCIENTIFIC
        return str(int(cell)) if cell == int(cell) else str(cell)
    text = plain(str(cell))
    return CodeFault.SCIENTIFIC if _SCIENTIFIC.match(text) else text or None


def uscc_text(cell: object) -> str | CodeFault | None:
    """The unit's code in upper case, or why it is none. Old codes of 15 and 9 characters are taken as they are."""
    if isinstance(cell, str) and _MODERN.fullmatch(cell):
        return cell
    code = code_text(cell)
    if code is None or isinstance(code, CodeFault):
        return code
    code = code.upper()
    if len(code) == 10 and code[8] == "-":
        code = code.replace("-", "")
    return code if len(code) in {18, 15, 9} and code.isascii() and code.isalnum() else CodeFault.LENGTH
