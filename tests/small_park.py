"""A park of five enterprises, small enough to reckon by hand, and its report in June 2026.

| | town | industry | a month of 2025 | a month of 2026 | |
|---|---|---|---|---|---|
| A | 金泽镇 | 3973 | 4 | 5 | the largest |
| B | 金泽镇 | 2710 | 3 | 3.3 | |
| C | 练塘镇 | 2710 | 2 | 2 | has not reported June 2026 |
| D | 练塘镇 | 6513 | – | 0.5 | came in 2026; says it made 0.4 a month before |
| E | 朱家角镇 | 3511 | 1 | – | left at the end of March 2026 |

Research: A 0.8 of 4 and then 0.9 of 5; B 0.1 of 3 and then 0.2 of 3.3; the others none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from small_plans import FIRMS, OUTPUT, assessed, indicator, plan_of, source
from tables import CODES, write_drop

if TYPE_CHECKING:
    from pathlib import Path

    from xicen_kpi.report.assessment import Assessment

A, B, C, D, E = (CODES[letter] for letter in "ABCDE")

LIST = """
代码 | 企业名称 | 镇       | 行业 | 入园       | 离园
A    | 甲公司   | 金泽镇   | 3973 | 2020-01-01 |
B    | 乙公司   | 金泽镇   | 2710 | 2020-01-01 |
C    | 丙公司   | 练塘镇   | 2710 | 2020-01-01 |
D    | 丁公司   | 练塘镇   | 6513 | 2026-01-01 |
E    | 戊公司   | 朱家角镇 | 3511 | 2020-01-01 | 2026-03-31
"""

Firm = tuple[str, float, float | None, float]
"""Code, a month, the month of last year that the form states, research a month."""

LAST: tuple[Firm, ...] = (("A", 4, None, 0.8), ("B", 3, None, 0.1), ("C", 2, None, 0), ("E", 1, None, 0))
NOW: tuple[Firm, ...] = (("A", 5, 4, 0.9), ("B", 3.3, 3, 0.2), ("C", 2, 2, 0), ("D", 0.5, 0.4, 0))


def _rows(firms: tuple[Firm, ...], year: int, to: int) -> list[str]:
    return [
        f"{code} | {year}-{month:02d} | {each * month} | {'' if last is None else last * month} | {research * month}"
        for code, each, last, research in firms
        for month in range(2, to + 1)
        if not (code == "C" and (year, month) == (2026, 6))
    ]


def files() -> dict[str, str]:
    """The exports of the park: its list and the form of two years and a half."""
    head = "代码 | 报告期 | 累计产值 | 上年累计产值 | 研发"
    rows = [*_rows(LAST, 2024, 12), *_rows(LAST, 2025, 12), *_rows(NOW, 2026, 6)]
    return {"名录.csv": LIST, "产值.csv": "\n".join([head, *rows])}


LISTED = source(FIRMS, columns={"name": {"header": "企业名称"}, "town": {"header": "镇"}})
NAMED = {key: column for key, column in LISTED["columns"].items() if key not in {"kind", "tags"}}
FORM = source(
    OUTPUT,
    link="firms",
    columns={"research": {"header": "研发", "type": "number", "unit": "亿元", "counts": "year_to_date"}},
)
IN_PARK = {"in_park": True}
RATIO = {
    "ratio": {"of": {"sum": "output.research", "where": IN_PARK}, "to": {"sum": "output.output", "where": IN_PARK}}
}
CHIPS = {"chips": {"name": {"zh": "集成电路", "en": "chips"}, "basis": "x", "whole": ["3973"], "part": ["6513"]}}
PLAN = plan_of(
    {
        "total": indicator(
            measure={"sum": "output.output", "where": IN_PARK}, target={"at_least": 150, "by": "2026-12"}
        ),
        "share": indicator(measure=RATIO, unit="%", target={"at_least": 9, "by": "2026-12"}),
        "rest": indicator(measure={**RATIO, "except_largest": 1}, unit="%", target=None),
        "chips": indicator(
            measure={"sum": "output.output", "where": {**IN_PARK, "group": "chips"}},
            target={"at_least": 63, "by": "2026-12"},
        ),
        "members": indicator(measure={"count": "firms", "where": IN_PARK}, unit="家", target=None),
    },
    {"firms": {**LISTED, "columns": NAMED}, "output": FORM},
    groups=CHIPS,
)


def park(folder: Path, as_of: str = "2026-06", **changes: str) -> Assessment:
    """The park's report, some of its files replaced."""
    return assessed(PLAN, write_drop(folder / "park", {**files(), **changes}), as_of)
