"""The structure of GB/T 4754-2017, and the classes whose number means something else in the edition of 2011."""

from __future__ import annotations

_SECTIONS = (
    ("A", 1, 5),
    ("B", 6, 12),
    ("C", 13, 43),
    ("D", 44, 46),
    ("E", 47, 50),
    ("F", 51, 52),
    ("G", 53, 60),
    ("H", 61, 62),
    ("I", 63, 65),
    ("J", 66, 69),
    ("K", 70, 70),
    ("L", 71, 72),
    ("M", 73, 75),
    ("N", 76, 79),
    ("O", 80, 82),
    ("P", 83, 83),
    ("Q", 84, 85),
    ("R", 86, 90),
    ("S", 91, 96),
    ("T", 97, 97),
)
"""Section, first and last division."""

CHANGED_MEANING = frozenset(
    """
    0169 0511 0512 0513 0519 0521 0522 0523 0529 1110 1120 1190 1363 1372 1439 1789 2032 2033 2034 2439 2442
    2443 2643 2644 2645 2664 2665 2666 2681 2928 2929 3032 3033 3034 3071 3072 3073 3079 3130 3140 3333 3391
    3392 3425 3432 3444 3451 3452 3467 3513 3514 3524 3562 3586 3620 3630 3640 3650 3660 3711 3712 3713 3714
    3735 3742 3743 3761 3762 3770 3791 3819 3832 3833 3856 3861 3932 3961 3962 3963 3969 3971 3972 4019 4023
    4120 4412 4413 4414 4415 5113 5135 5137 5145 5153 5172 5173 5174 5175 5176 5177 5178 5182 5235 5236 5237
    5238 5244 5251 5252 5261 5262 5263 5264 5272 5291 5292 5293 5294 5295 5296 5297 5332 5442 5511 5810 6520
    6540 6550 6591 6631 6632 6640 6812 6840 6860 7040 7112 7113 7114 7119 7121 7122 7123 7129 7213 7219 7221
    7222 7229 7231 7232 7239 7271 7272 7279 7281 7282 7289 7291 7292 7293 7294 7296 7462 7482 7483 7491 7492
    7511 7520 7590 7711 7712 7713 7910 7920 7930 7940 7990 8111 8221 8222 8321 8322 8350 8411 8412 8413 8414
    8415 8421 8521 8522 8529 8610 8710 8720 8740 8750 8760 8770 8810 8820 8890 8911 8912 8919 8930 9210 9411
    9412 9413 9419
    """.split()  # noqa: SIM905 -- a table of codes reads better than a list
)
"""Four-digit classes that stand in both editions and mean different things: 6520 is 信息系统集成服务 in 2011."""


def section_of(digits: str) -> str | None:
    """Section (门类) of a four-digit class by its division; None where there is no such division or group."""
    division = int(digits[:2])
    if digits[2:] == "00" and digits != "9700":  # the only class that is its whole division
        return None
    return next((name for name, first, last in _SECTIONS if first <= division <= last), None)
