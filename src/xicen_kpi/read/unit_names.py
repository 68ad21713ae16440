"""Names of units, also of those that no plan converts: a reader has to recognise more units than it can compare."""

from __future__ import annotations

from xicen_kpi.plan.units import normal_unit
from xicen_kpi.read.patterns import Pattern

_LONGEST = 40
_LEAD = Pattern(r"\(?(?:(?:计量|金额|数量|货币)?单位:?)?(?P<name>[^()]{1,14})\)?\Z")
_OTHERS = Pattern(
    r"[十百千万亿]*(?:元|美元|港元|欧元|日元|国际元|股|人|人次|人年|人月|户|家|户次|吨|千克|公斤|克|吨标准煤|吨标煤|立方米|平方米|平方公里|平方千米|公顷|亩|"
    r"千瓦时|千瓦小时|千瓦|公里|千米|米|升|只|台|套|辆|艘|架|件|部|次|个|项|篇|册|所|张|份|箱|头|块|片|条|支|双|标准箱)(?:/\w{1,6})?"
    r"|[kKmMgGtT]?[wW][hH]?|[kKMGT]?[gtLlm]|%|‰|百分点|倍|℃|上年(?:同期|同月|=)?=?100|\w{2,4}=100"
)


def named_unit(text: str) -> str | None:
    """The unit that a text in half width is: (千元), 单位:辆, 亿千瓦时; None if it is something else."""
    found = _LEAD.match(text) if len(text) <= _LONGEST else None
    if found is None:
        return None
    if found["name"] in {"万", "亿", "百万", "千万"}:
        return found["name"]
    return normal_unit(found["name"]) or (found["name"] if _OTHERS.fullmatch(found["name"]) else None)
