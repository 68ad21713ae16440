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
    "commitment-not-in-plan": Message(
        _WARNING,
        "承诺事项台账中的编号 {id} 不在计划文件中，未计入",
        "the ledger has an entry {id} that the plan does not know; it was left out",
        "核对编号是否写错，或在 targets.yaml 中补充该事项",
        "correct the id, or add the commitment to targets.yaml",
    ),
}
