"""Which rows below a header are no data: totals, notes, footers, repeated headers, blank lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from xicen_kpi.read.headers import half_width, normal_name

if TYPE_CHECKING:
    from collections.abc import Sequence

_TOTAL = re.compile(r"(?:[\w、]{0,12})?(?:合计|总计|共计|总和)(?:\([^)]*\))?[:：]?\Z")
_SUB_TOTAL = re.compile(r"(?:[\w、]{0,12})?小计(?:\([^)]*\))?[:：]?\Z|其中[:：]?")
_FOOTER = re.compile(
    r"(?:单位)?(?:负责人|主管|领导)|统计负责人|填[报表]人|制表|审核|复核|联系(?:人|电话)|报出日期|填报日期|打印|导出|第?\d+页|共\d+页|\(?盖章"
)
_NOTE = re.compile(r"注\d*[:：.、\s]|注$|说明|备注|附注|(?:资料|数据)来源|来源|摘编自|本表|\d?[.、]?指标解释")


def trimmed(rows: Sequence[Sequence[object]], first: int) -> int:
    """The row after the last one that holds anything, not above `first`."""
    last = len(rows)
    while last > first and is_blank(rows[last - 1]):
        last -= 1
    return last


def is_blank(row: Sequence[object]) -> bool:
    """Whether no cell of the row holds anything."""
    return not any(cell is not None and cell != "" and (not isinstance(cell, str) or cell.strip()) for cell in row)


def reason_for(row: Sequence[object], headers: frozenset[str]) -> str | None:
    """Why a row that has no key is no data, by what stands in it; None if it looks like data all the same.

    Args:
        row: Its cells.
        headers: Normal names of the header texts, of single rows and joined.
    """
    texts = [half_width(cell) for cell in row if isinstance(cell, str) and cell.strip()]
    filled = len(texts) + sum(cell is not None and not isinstance(cell, str) for cell in row)
    if not filled:
        return "blank"
    if len(texts) > 1 and sum(normal_name(text) in headers for text in texts) * 2 > filled:
        return "repeated_header"
    said = _said(texts)
    return said or ("note" if filled == 1 and texts and len(row) > 2 else None)


def _said(texts: Sequence[str]) -> str | None:
    """The reason that the row's own words give."""
    if any(_TOTAL.match(text) for text in texts[:4]):
        return "total_row"
    if any(_SUB_TOTAL.match(text) for text in texts[:4]):
        return "sub_total"
    if texts and _FOOTER.match(texts[0]):
        return "footer"
    return "note" if texts and _NOTE.match(texts[0]) else None
