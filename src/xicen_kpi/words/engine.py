"""Words of the findings of `engine`: rows that are there twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xicen_kpi.errors import Severity
from xicen_kpi.words.definition import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

_ERROR, _WARNING, _NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE

MESSAGES: Mapping[str, Message] = {
    "engine-read-here": Message(
        _NOTE,
        "所选引擎不能直接读取这些文件（{reason}），改由本工具逐行读入，数值不受影响",
        "the engine could not read these files itself ({reason}); the tool read them, the figures are the same",
        "一般无需处理；要更快，请先用本工具检查并改正这些单元格",
        "usually nothing to do; to be faster, have these cells checked and mended",
    ),
    "duplicate-key": Message(
        _ERROR,
        "{key} 在同一文件同一报告期出现两次且数值不同，只采用了第一行",
        "{key} stands twice in this file for the same period with different values; only the first row was used",
        "核对哪一行正确，删去另一行后重新导出",
        "find out which row is right, delete the other and export again",
    ),
    "duplicate-entry": Message(
        _WARNING,
        "{key} 在台账中登记了不止一次，只计一次",
        "{key} is entered more than once in the ledger; it counts once",
        "核对后删去重复登记的行",
        "delete the line that is there twice",
    ),
    "repeated-rows": Message(
        _NOTE,
        "有 {count} 行与前面的行完全相同，只计一次",
        "{count} rows repeat earlier rows to the letter; each was counted once",
        "一般无需处理；如为误粘贴请删去",
        "usually nothing to do; delete them if they were pasted by mistake",
    ),
    "rows-revised": Message(
        _NOTE,
        "有 {count} 行由修订文件 {other} 的同一单位同一报告期数据替代",
        "{count} rows give way to the revised file {other}",
        "无需处理；如不应采用修订数，请把修订文件移出数据文件夹",
        "nothing to do; if the revision should not count, take its file out of the folder",
    ),
    "rows-in-two-files": Message(
        _WARNING,
        "有 {count} 行的单位和报告期已见于 {other}，以后者为准",
        "{count} rows have the same enterprise and period as rows of {other}, which prevails",
        "同一期数据只保留一份，或在文件名中标明“修订”",
        "keep one file for a period, or mark the newer one as 修订 in its name",
    ),
}
