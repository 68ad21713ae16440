"""Words that tell totals, notes, footers and repeated headers from data; and what a row without a key is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from xicen_kpi.read.headers import half_width, normal_name
from xicen_kpi.read.kinds import is_empty
from xicen_kpi.read.patterns import Pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONG = 60
_TOTAL = Pattern(r"[\w、]{0,12}?(?:合计|总计|共计|总和|总数)(?:\([^)]*\))?[:：]?\Z|(?:grand)?total\Z", re.IGNORECASE)
_WHOLE = Pattern(
    r"(?:全\w{0,3}|本[页表栏年月]|各\w{1,6}|以上|上述|累计|\w{0,6}(?:省|市|区|县|镇|园|街道|部门|行业|企业|单位))?(?:合计|总计|共计|总和|总数)"
)
"""A total of the rows, not an item whose name ends like one: 研究开发费用合计."""
_SUB_TOTAL = Pattern(r"[\w、]{0,12}?小计(?:\([^)]*\))?[:：]?\Z|sub-?total\Z", re.IGNORECASE)
_OF_WHICH = Pattern(r"其中[:：]?|[#＃]|of which", re.IGNORECASE)
_MAY_BE_TOTAL = Pattern(r"计|总\s*[和数]|其\s*中|#|＃|of which|total", re.IGNORECASE)
_FOOTER = Pattern(
    r"法定代表人[:：]|单位(?:负责人|主管|领导)[:：]|(?:\w{0,2}(?:统计|财务|会计)\w{0,4})?(?:负责人|主管)[:：]|填[报表]人|制表[人日时]?|审核[人:：]|复核|联系(?:人|电话)[:：]"
    r"|(?:报出|填报|制表|打印|导出)(?:日期|时间)|打印|第\d+页|共\d+页|\(?盖章|公告编号|特此公告"
)
_NOTE = Pattern(
    r"\(?[附备]?注\d*\)?[:：.、]|[附备]?注\Z|\(?\d?\)?[.、]?(?:说明|备注|附注|指标解释)[:：]|(?:数据|资料|信息)?(?:来源|出处)[:：于]|(?:资料|数据)来源|摘编自|摘自|本表|"
    r"source[:：]|notes?[:：.]|data ?source",
    re.IGNORECASE,
)
_CONTINUED = Pattern(r"续表|\(续\)|续\d*\Z|continued", re.IGNORECASE)
_SENTENCE = Pattern(r"[。；]\Z|[，。；].{8,}")


def trimmed(rows: Sequence[Sequence[object]], first: int) -> int:
    """The row after the last one that holds anything, not above `first`."""
    last = len(rows)
    while last > first and is_blank(rows[last - 1]):
        last -= 1
    return last


def is_blank(row: Sequence[object]) -> bool:
    """Whether no cell of the row holds anything."""
    return all(is_empty(cell) for cell in row)


def total_mark(text: str, *, sure: bool = True) -> str | None:
    """total, sub_total or of_which for a row label that says so.

    Args:
        text: The label.
        sure: Whether it must be the total of a whole; else any text that ends in 合计 will do.
    """
    if not _MAY_BE_TOTAL.search(text):
        return None
    half = half_width(text[:_LONG])
    if _TOTAL.match(half) and (not sure or _WHOLE.match(half)):
        return "total"
    if _SUB_TOTAL.match(half):
        return "sub_total"
    return "of_which" if _OF_WHICH.match(half) else None


def remark(text: str) -> str | None:
    """A footer or a note for a text that stands below a table and is no row label; None for a label."""
    half = half_width(text[:_LONG])
    if _NOTE.match(half):
        return "note"
    if _FOOTER.match(half):
        return "footer"
    return "note" if len(text) > 25 and _SENTENCE.search(half) else None


def is_continuation(text: str) -> bool:
    """Whether a text announces the rest of a table on a new page: 续表 2."""
    return _CONTINUED.search(half_width(text[:_LONG])) is not None


def reason_for(row: Sequence[object], headers: frozenset[str]) -> str | None:
    """Why a row that has no key is no data, by what stands in it; None if it looks like data all the same.

    Args:
        row: Its cells.
        headers: Normal names of the header texts, of single rows and joined.
    """
    texts = [cell[:_LONG] for cell in row if isinstance(cell, str) and cell.strip()]
    count = len(texts) + sum(cell is not None and not isinstance(cell, str) for cell in row)
    if not count:
        return "blank"
    if len(texts) > 1 and sum(normal_name(text) in headers for text in texts) * 2 > count:
        return "repeated_header"
    marks = [mark for text in texts[:4] if (mark := total_mark(text, sure=False))]
    if marks:
        return {"total": "total_row"}.get(marks[0], "sub_total")
    said = remark(texts[0]) if texts else None
    return said or ("note" if count == 1 and texts and len(row) > 2 else None)
