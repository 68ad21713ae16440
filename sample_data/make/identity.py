"""Codes and names of enterprises that do not exist."""

from __future__ import annotations

USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"

# Registration offices: mostly Qingpu. The part says where a firm is registered, not where it works.
REGISTRATION_OFFICES = ("310118",) * 9 + ("310115",)


def organisation_check(body: str) -> str:
    """Check character of an organisation code of eight characters (GB 11714)."""
    total = sum(int(char, 36) * weight for char, weight in zip(body, ORGANISATION_WEIGHTS, strict=True))
    return {10: "X", 11: "0"}.get(11 - total % 11, str(11 - total % 11))


def uscc_check(first_seventeen: str) -> str:
    """Check character of a unified social credit code (GB 32100-2015)."""
    total = sum(USCC_ALPHABET.index(char) * weight for char, weight in zip(first_seventeen, USCC_WEIGHTS, strict=True))
    return USCC_ALPHABET[(31 - total % 31) % 31]


def sample_uscc(number: int) -> str:
    """The code of the sample enterprise with this running number: valid in both checks, `YL` marks it as a sample."""
    body = f"YL{number:06d}"
    office = REGISTRATION_OFFICES[number % len(REGISTRATION_OFFICES)]
    code = f"91{office}{body}{organisation_check(body)}"
    return code + uscc_check(code)


def sample_name(trade: str, number: int) -> str:
    """A name that no enterprise bears: 样例, a sexagenary number, the trade."""
    return f"西岑样例{STEMS[number % 10]}{BRANCHES[number % 12]}{trade}有限公司"
