"""Words of the rules about codes and about the items of a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xicen_kpi.errors import Severity
from xicen_kpi.words.definition import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

_ERROR, _WARNING, _NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE

MESSAGES: Mapping[str, Message] = {
    "code-alphabet": Message(
        _ERROR,
        "“{value}”含统一社会信用代码不使用的字符（没有 I、O、S、V、Z），共 {rows} 行",
        "“{value}” holds a character that no unit code has (digits and A–H, J–N, P–R, T–U, W–Y; no I,"
        " O, S, V, Z); {rows} rows",
        "多为 0 与 O、1 与 I、5 与 S、2 与 Z 混淆：对照营业执照改正",
        "usually O for 0, I for 1, S for 5 or Z for 2: correct it from the licence",
    ),
    "code-check-character": Message(
        _ERROR,
        "“{value}”的校验位算不出来，有一位录错，共 {rows} 行",
        "the check character of “{value}” does not fit: one character is wrong; {rows} rows",
        "对照营业执照逐位核对，改正后名录和报表一并更新",
        "compare it with the licence, and correct it in the list and the forms alike",
    ),
    "code-old": Message(
        _ERROR,
        "“{value}”是15位注册号或9位组织机构代码，与18位统一社会信用代码对不上，共 {rows} 行",
        "“{value}” is an old code of 15 or 9 characters, which matches no 18-character one; {rows} rows",
        "在名录中查到该单位的18位统一社会信用代码后替换",
        "replace it by the enterprise's 18-character code from the list",
    ),
    "industry-code-2011": Message(
        _ERROR,
        "“{value}”只在 GB/T 4754-2011 中有，2017版没有，按产业分组的指标会漏算或错算",
        "“{value}” exists in GB/T 4754-2011 only; figures of industry groups miss this enterprise or misplace it",
        "按 GB/T 4754-2017 重新赋码；整份名录如都是旧版，请统一换码",
        "code it anew by GB/T 4754-2017; if the whole list is of the old edition, convert all of it",
    ),
    "industry-code-unknown": Message(
        _ERROR,
        "“{value}”不是 GB/T 4754-2017 的小类代码：{why:zh}",
        "“{value}” is no class of GB/T 4754-2017: {why:en}",
        "按主要业务活动对照 GB/T 4754-2017 改为四位小类代码",
        "find the four-digit class of the main activity in GB/T 4754-2017",
    ),
    "industry-code-ambiguous": Message(
        _WARNING,
        "名录里有 {old} 个只属于2011版的代码，另有 {rows} 家的代码（{codes} 等）在两版中含义不同，可能也是按2011版赋的",
        "the list holds {old} codes of the edition of 2011 alone; {rows} enterprises have codes ("
        "{codes} …) that mean different things in both editions and may be of 2011 as well",
        "核对这些企业是按哪一版赋的码，统一到2017版",
        "find out which edition they were coded by, and bring all codes to that of 2017",
    ),
    "month-exceeds-cumulative": Message(
        _ERROR,
        "本月 {month:,.10g} 大于 1—本月累计 {total:,.10g} {unit}",
        "the month's {month:,.10g} is above the cumulative {total:,.10g} {unit}",
        "核对两列是否填反、单位是否一致；前期如有负数更正请附说明",
        "check whether the columns are swapped or differ in unit; explain a negative correction of earlier months",
    ),
    "first-month-differs": Message(
        _ERROR,
        "1月免报，2月的本月 {month:,.10g} 应为空或等于累计 {total:,.10g} {unit}",
        "January is not reported: February's own value {month:,.10g} should be empty or equal the cum"
        "ulative {total:,.10g} {unit}",
        "把2月的本月改为与累计相同，或留空",
        "set February's own value to the cumulative, or leave it empty",
    ),
    "cumulative-not-sum": Message(
        _WARNING,
        "上月累计 {before:,.10g} + 本月 {month:,.10g} 与累计 {total:,.10g} 相差 {difference:+,.10g} {unit}",
        "last month's cumulative {before:,.10g} + month {month:,.10g} is {difference:+,.10g} {unit} o"
        "ff the cumulative {total:,.10g}",
        "如属前期数修订请注明；否则核对本月数和累计数",
        "note it if earlier months were revised; else check the month and the cumulative",
    ),
    "cumulative-falls": Message(
        _WARNING,
        "累计从 {before:,.10g} 降到 {total:,.10g} {unit}",
        "the cumulative falls from {before:,.10g} to {total:,.10g} {unit}",
        "核对是否把本月数填进了累计；如属冲减请注明",
        "check whether the month's value was entered as the cumulative; note a legal correction",
    ),
    "parts-not-total": Message(
        _ERROR,
        "合计 {total:,.10g}，分项之和 {parts:,.10g} {unit}（{names}）",
        "the total is {total:,.10g}, its parts add up to {parts:,.10g} {unit} ({names})",
        "核对各分项和合计，缺项补齐",
        "check every part and the total, fill in what is missing",
    ),
    "classes-not-total": Message(
        _ERROR,
        "{column} {total:,.10g}，各小类产值之和 {parts:,.10g} {unit}（{names}）",
        "{column} is {total:,.10g}, the classes add up to {parts:,.10g} {unit} ({names})",
        "核对各行业小类产值：跨行业的企业应把全部产值分到小类",
        "check the output by class: an enterprise of several trades splits all of its output among them",
    ),
    "part-exceeds-whole": Message(
        _ERROR,
        "其中项 {parts:,.10g} 大于总项 {total:,.10g} {unit}（{names}）",
        "the part {parts:,.10g} is above its whole {total:,.10g} {unit} ({names})",
        "核对两项的填报口径和单位",
        "check what both items count, and their units",
    ),
    "exports-exceed-sales": Message(
        _WARNING,
        "出口交货值 {exports:,.10g} 大于工业销售产值 {sales:,.10g} {unit}",
        "exports {exports:,.10g} are above sales {sales:,.10g} {unit}",
        "核对两项单位；代理出口不计入本企业出口交货值",
        "check the units; exports on behalf of others do not count",
    ),
    "sales-output-ratio": Message(
        _WARNING,
        "产销率 {ratio:.1%}（销售产值 {sales:,.10g}，总产值 {output:,.10g} {unit}），正常在 60%–130%",
        "sales are {ratio:.1%} of output ({sales:,.10g} of {output:,.10g} {unit}); 60–130 % is usual",
        "向企业核实库存变化；无误请注明原因",
        "ask about stocks; note the reason if it is right",
    ),
    "output-without-electricity": Message(
        _NOTE,
        "有产值 {output:,.10g} {unit}，用电量为空或为 0",
        "output of {output:,.10g} {unit} and no electricity used",
        "核对用电量是否漏报；租用厂房、电费由房东代缴的请注明",
        "check whether electricity is missing; note it if the landlord pays for it",
    ),
    "rnd-exceeds-costs": Message(
        _WARNING,
        "研发费用 {rnd:,.10g} 大于 {names} 之和 {costs:,.10g} {unit}",
        "R&D expenses {rnd:,.10g} are above the sum {costs:,.10g} {unit} of {names}",
        "多为千元与元混填或列错位：核对两边单位",
        "usually 元 for 千元 or a shifted column: check the units of both",
    ),
    "rnd-share-high": Message(
        _WARNING,
        "研发费用 {rnd:,.10g} 超过营业收入 {revenue:,.10g} {unit} 的一半",
        "R&D expenses {rnd:,.10g} are above half of revenue {revenue:,.10g} {unit}",
        "研发中心类企业可能属实，请注明；否则核对单位和列",
        "true for a research centre: note it; else check the unit and the column",
    ),
    "profit-identity": Message(
        _WARNING,
        "按各项推算的营业利润为 {expected:,.10g}，填报 {profit:,.10g} {unit}，相差 {difference:+,.10g}",
        "the items give an operating profit of {expected:,.10g}; {profit:,.10g} {unit} is reported, "
        "{difference:+,.10g} off",
        "核对成本、费用、收益各项是否漏填或正负号相反",
        "check costs, expenses and gains for a missing item or a wrong sign",
    ),
}
