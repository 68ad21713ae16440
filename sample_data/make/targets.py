"""What the sample data adds up to, in 亿元, and how a year spreads over its months."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from make.frame import Month

# (1–10, whole year) for 2024 and 2025, 1–10 for 2026. The park's totals first, then the parts that were chosen to fit.
Amounts = dict[int, tuple[float, float | None]]
OUTPUT: Amounts = {2024: (129.0, 157.3), 2025: (132.9, 162.1), 2026: (137.2, None)}
INDUSTRY_REVENUE: Amounts = {2024: (131.3, 160.1), 2025: (135.2, 164.9), 2026: (139.6, None)}
SERVICE_REVENUE: Amounts = {2024: (282.9, 345.9), 2025: (304.6, 372.4), 2026: (328.1, None)}
IT_REVENUE: Amounts = {2024: (202.5, 247.4), 2025: (213.3, 260.6), 2026: (225.0, None)}
RESEARCH: Amounts = {2024: (50.7, 61.9), 2025: (46.8, 57.2), 2026: (45.4, None)}
BIO_WHOLESALE: Amounts = {2024: (132.8, 160.0), 2025: (142.8, 172.0), 2026: (153.0, None)}
SURVEYED_RESEARCH = {2024: 65.3, 2025: 60.2}

FLAGSHIP_REVENUE: Amounts = {2024: (144.7, 177.0), 2025: (157.0, 192.0), 2026: (168.8, None)}
FLAGSHIP_RESEARCH: Amounts = {2024: (42.5, 51.8), 2025: (38.2, 46.6), 2026: (36.3, None)}
FLAGSHIP_SURVEYED = {2024: 54.6, 2025: 49.0}

# Leading industries: output 52.0 / 54.6 / 47.3, services without the flagship 31.0 / 36.4 / 36.2.
LEADING_OUTPUT_CHIP_AI: Amounts = {2024: (19.7, 24.0), 2025: (19.9, 24.3), 2026: (20.2, None)}
LEADING_OUTPUT_BIO: Amounts = {2024: (23.0, 28.0), 2025: (24.9, 30.3), 2026: (27.1, None)}
LEADING_SERVICE_CHIP_AI: Amounts = {2024: (15.1, 18.5), 2025: (15.6, 19.0), 2026: (16.8, None)}
LEADING_SERVICE_BIO: Amounts = {2024: (10.3, 12.5), 2025: (14.2, 17.4), 2026: (19.4, None)}
OTHER_IT_OUTPUT: Amounts = {2024: (9.8, 12.0), 2025: (9.2, 11.2), 2026: (8.4, None)}
COMPOSITE_OUTPUT: Amounts = {2024: (32.0, 39.0), 2025: (34.0, 41.5), 2026: (36.3, None)}
OTHER_WHOLESALE: Amounts = {2024: (11.6, 14.0), 2025: (11.9, 14.3), 2026: (12.2, None)}

THOUSANDS = 100_000  # 千元 in 亿元
# January is not reported: February's row holds both months. Shares of a year of which 82 % falls into 1–10.
FIRST_TEN = (0.140, 0.083, 0.081, 0.084, 0.094, 0.080, 0.081, 0.090, 0.087)
LAST_TWO = (0.085, 0.095)
MONTHS: tuple[Month, ...] = tuple((y, m) for y in (2024, 2025, 2026) for m in range(2, 11 if y == 2026 else 13))
SEASON = {month: (FIRST_TEN + LAST_TWO)[month[1] - 2] for month in MONTHS}


def spread(amounts: Amounts) -> dict[Month, float]:
    """Monthly flows in 千元 that add up to the amounts given in 亿元."""
    flows: dict[Month, float] = {}
    for year, (first_ten, whole) in amounts.items():
        for number, share in enumerate(FIRST_TEN, start=2):
            flows[year, number] = first_ten * THOUSANDS * share / 0.82
        if whole is not None:
            for number, share in enumerate(LAST_TWO, start=11):
                flows[year, number] = (whole - first_ten) * THOUSANDS * share / 0.18
    return flows
