"""Words of `history`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xicen_kpi.errors import Severity
from xicen_kpi.words.definition import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xicen_kpi.words.labels import Lang

MESSAGES: Mapping[str, Message] = {
    "snapshot-unreadable": Message(
        Severity.WARNING,
        "这份记录读不出，未计入",
        "this record cannot be read and was left out",
        "确认它由 --record 写出且未被改动；需要时从 git 恢复",
        "see that --record wrote it and nothing changed it; restore it from git where needed",
    ),
    "history-empty": Message(
        Severity.NOTE,
        "还没有记录",
        "nothing has been recorded yet",
        "运行 xicen-kpi report --record 或 summary --record 开始记录",
        "begin with `xicen-kpi report --record` or `summary --record`",
    ),
}

HISTORY: Mapping[str, tuple[str, str]] = {
    "title": ("{name}（{id}，{unit}）", "{name} ({id}, {unit})"),
    "line": ("现值{value}，{status}，{count}期", "now {value}, {status}, {count} periods"),
    "head.period": ("报告期", "Period"),
    "head.first": ("首报", "First"),
    "head.current": ("现值", "Now"),
    "head.revision": ("修订", "Revised by"),
    "head.status": ("状态", "Status"),
    "status.moved": ("{before}→{after}", "{before} → {after}"),
    "revised": ("{recorded} {before}→{after}：{files}", "{recorded} {before} → {after}: {files}"),
    "this": ("本次", "this report"),
    "targets": ("计划文件", "the plan file"),
    "files.none": ("数据文件未变", "no data file changed"),
}


def history_word(key: str, lang: Lang, **values: object) -> str:
    """A text by its key.

    Raises:
        KeyError: There is no such text.
    """
    text = HISTORY[key][0 if lang == "zh" else 1]
    return text.format_map(values) if values else text
