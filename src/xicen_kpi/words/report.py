"""Words of the findings of `report`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xicen_kpi.errors import Severity
from xicen_kpi.words.definition import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

_ERROR, _WARNING, _NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE

MESSAGES: Mapping[str, Message] = {
    "no-data-read": Message(
        _ERROR,
        "数据文件夹中没有任何一份可用的统计数据",
        "nothing in the data folder could be read as one of the plan's sources",
        "确认文件夹路径正确，并用 xicen-kpi inspect 查看各文件被读成了什么",
        "check the folder, and see with `xicen-kpi inspect` how each file is read",
    ),
    "as-of-after-data": Message(
        _WARNING,
        "要求截至 {as_of}，但数据只到 {latest}",
        "{as_of} was asked for, but the data end in {latest}",
        "补充最新一期数据，或用 --as-of {latest}",
        "add the latest exports, or ask for --as-of {latest}",
    ),
    "published-otherwise": Message(
        _WARNING,
        "指标 {indicator} 的 {month} 曾公布过另一数值，两数之差可能只涉及个别单位，本次不予公布",
        "another figure of {indicator} for {month} was published before: the difference may be a single enterprise's, "
        "so this one is withheld",
        "用 xicen-kpi compare 查看差额涉及哪些单位；确可公布的，写入 settings.disclosure.allow；"
        "前一数值实际未公布的，删去 history/ 中该份 _public 记录",
        "see with `xicen-kpi compare` which enterprises the difference is made of; name the indicator under "
        "settings.disclosure.allow where it may be published, or delete the _public record in history/ if the earlier "
        "figure was never given out",
    ),
    "commitment-not-in-plan": Message(
        _WARNING,
        "承诺事项台账中的编号 {id} 不在计划文件中，未计入",
        "the ledger has an entry {id} that the plan does not know; it was left out",
        "核对编号是否写错，或在 targets.yaml 中补充该事项",
        "correct the id, or add the commitment to targets.yaml",
    ),
}
