"""Words of the findings of `plan`: what does not agree across its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xicen_kpi.errors import Severity
from xicen_kpi.words.definition import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

_ERROR, _WARNING, _NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE

MESSAGES: Mapping[str, Message] = {
    "source-unknown": Message(
        _ERROR,
        "没有名为 {name} 的数据来源",
        "there is no source named {name}",
        "{guess:是否想写 %s？}已声明：{known}",
        "{guess:did you mean %s? }there are: {known}",
    ),
    "column-unknown": Message(
        _ERROR,
        "数据来源 {source} 没有列 {name}",
        "the source {source} has no column {name}",
        "{guess:是否想写 %s？}可用的列：{known}",
        "{guess:did you mean %s? }its columns: {known}",
    ),
    "column-not-named": Message(
        _ERROR,
        "只写了数据来源 {source}，没有写列",
        "this names the source {source} and no column",
        "写成 {source}.列名；可用的列：{known}",
        "write {source} and a column, joined by a dot; its columns: {known}",
    ),
    "group-unknown": Message(
        _ERROR,
        "没有名为 {name} 的产业组",
        "there is no industry group named {name}",
        "{guess:是否想写 %s？}已声明：{known}",
        "{guess:did you mean %s? }there are: {known}",
    ),
    "indicator-undeclared": Message(
        _ERROR,
        "没有名为 {name} 的指标",
        "there is no indicator named {name}",
        "{guess:是否想写 %s？}已声明：{known}",
        "{guess:did you mean %s? }there are: {known}",
    ),
    "commitment-unknown": Message(
        _ERROR,
        "没有编号为 {name} 的承诺",
        "there is no commitment {name}",
        "{guess:是否想写 %s？}没有数值目标的指标须对应 commitments 中的承诺，最接近的有：{known}",
        "{guess:did you mean %s? }an indicator without a number to reach names a commitment of the list; "
        "nearest: {known}",
    ),
    "commitment-gap": Message(
        _WARNING,
        "承诺编号不连续，缺 {count} 个：{missing}",
        "the numbers of the commitments have gaps, {count} missing: {missing}",
        "补上遗漏的承诺，或改正编号",
        "add what was forgotten, or correct the numbers",
    ),
    "link-not-a-list": Message(
        _ERROR,
        "{name} 不是名录，不能被 link",
        "{name} is no list of enterprises and cannot be linked to",
        "link 应指向 frequency: list 的数据来源",
        "link names a source with frequency: list",
    ),
    "uscc-column-missing": Message(
        _ERROR,
        "数据来源 {source} 没有统一社会信用代码列，无法与名录对应",
        "the source {source} has no column of type uscc, so it cannot be matched with the list",
        "给该来源声明一个 type: uscc 的列",
        "declare a column of type uscc in it",
    ),
    "ledger-undated": Message(
        _ERROR,
        "台账 {source} 没有 dated：不知道各条目何时完成",
        "the ledger {source} has no dated column: nobody knows when an entry was done",
        "写明 dated: 日期列",
        "name its date column: dated: …",
    ),
    "source-not-a-ledger": Message(
        _ERROR,
        "{name} 不是台账",
        "{name} is no ledger",
        "done 和 ledger 须指向 frequency: ledger 的数据来源；统计其他表的行数用 count",
        "done and ledger name a source with frequency: ledger; to count rows of other forms use count",
    ),
    "ledger-column-missing": Message(
        _ERROR,
        "台账 {source} 没有 {name} 列，承诺事项的进展无从得知",
        "the ledger {source} has no column {name}: how the commitments stand cannot be known",
        "{guess:是否想写 %s？}在 columns 里声明 id（编号）、state（进展）和 finished（完成日期，type: date）",
        "{guess:did you mean %s? }declare id, state and finished (type: date) under columns",
    ),
    "column-not-a-date": Message(
        _ERROR,
        "列 {name} 不是日期（类型为 {type}）",
        "the column {name} holds no dates: its type is {type}",
        "把该列声明为 type: date，或换一列",
        "declare it as type: date, or name another",
    ),
    "column-not-a-number": Message(
        _ERROR,
        "列 {name} 不是数字（类型为 {type}），不能求和",
        "the column {name} holds no numbers: its type is {type}",
        "把该列声明为 type: number 并写明单位，或换一列；计数用 count 或 count_distinct",
        "declare it as type: number with a unit, or name another; to count use count or count_distinct",
    ),
    "counts-missing": Message(
        _WARNING,
        "列 {name} 没有写明是累计、当期还是期末数",
        "it is not said whether the column {name} is cumulative, of the period, or a level",
        "在 {source} 的该列补上 counts: year_to_date（1—本月）、period（本月）或 level（期末）",
        "add counts: year_to_date, period or level to the column in {source}",
    ),
    "last-year-in-other-unit": Message(
        _ERROR,
        "上年同期列 {name} 的单位是 {unit}，与本列不同",
        "the column of last year, {name}, is in {unit} and this one is not",
        "两列声明同一单位",
        "declare both in one unit",
    ),
    "header-twice": Message(
        _ERROR,
        "表头“{header}”已属于列 {first}",
        "the header {header} already belongs to the column {first}",
        "每个表头只归一列",
        "give each header to one column",
    ),
    "list-needed": Message(
        _ERROR,
        "用了 {part}，但数据来源 {source} 没有对应企业名录",
        "{part} needs the list of enterprises, and the source {source} is not linked to it",
        "给 {source} 写明 link: 名录的名称",
        "add link: and the name of the list to {source}",
    ),
    "condition-never-holds": Message(
        _ERROR,
        "列 {name} 的类型是 {type}，与 {value} 比较永远不成立",
        "the column {name} is of type {type}: compared with {value} it never holds",
        "数字列与数字比较，文字和代码与加引号的文字比较；大小比较只用于数字和日期",
        "compare numbers with numbers, texts and codes with quoted texts; at_least and at_most are for numbers "
        "and days",
    ),
    "month-not-asked": Message(
        _ERROR,
        "{name} 是报告期列，不能用来筛选或计数：各月的数本来就分别计算",
        "{name} is the month of the report: it cannot be filtered by or counted, each month is computed by itself",
        "删去这一处；要限定时间，用目标的 by 和 over，或按日期列筛选",
        "leave it out; to limit the time use by and over of the target, or filter by a column of days",
    ),
    "tag-twice": Message(
        _ERROR,
        "标签“{tag}”已属于产业组 {first}，企业会被重复归类",
        "the tag {tag} already belongs to the group {first}",
        "每个标签只归一个产业组",
        "give each tag to one group",
    ),
    "class-malformed": Message(
        _ERROR,
        "行业代码 {code} 不是四位数字",
        "the industry class {code} is not four digits",
        '写 GB/T 4754-2017 的四位小类代码，加引号，如 "3911"',
        'write the four digits of GB/T 4754-2017 in quotes, as in "3911"',
    ),
    "class-of-2011": Message(
        _ERROR,
        "行业代码 {code} 只见于 GB/T 4754-2011",
        "the industry class {code} exists only in GB/T 4754-2011",
        "换成 GB/T 4754-2017 的代码（如软件开发 6510 现分为 6511–6519）",
        "replace it by its successor in GB/T 4754-2017 (6510, say, is now 6511 to 6519)",
    ),
    "class-twice": Message(
        _ERROR,
        "行业代码 {code} 在同一产业组里出现两次",
        "the industry class {code} stands twice in the group",
        "只保留一处：整类在 whole，部分属于在 part",
        "keep one: whole if all of it belongs, part if some of it does",
    ),
    "unit-undefined": Message(
        _ERROR,
        "不认识单位 {unit}",
        "{unit} is not a unit known here",
        "{guess:是否想写 %s？}可用：{known}",
        "{guess:did you mean %s? }known: {known}",
    ),
    "unit-not-measured": Message(
        _ERROR,
        "计量结果的单位是 {measured}，不能换算成 {unit}",
        "this measures in {measured}, which cannot be converted to {unit}",
        "改指标单位，或换一列",
        "change the unit of the indicator, or name another column",
    ),
    "ratio-of-unlike-units": Message(
        _ERROR,
        "分子（{of}）和分母（{to}）单位不同类，比值没有意义",
        "numerator ({of}) and denominator ({to}) do not measure the same thing",
        "分子分母须是同类的量",
        "divide like by like",
    ),
    "target-not-in-quote": Message(
        _ERROR,
        "目标值 {value} 不在引文中：{quote}",
        "the target {value} does not occur in the quote: {quote}",
        "核对目标值、单位和引文",
        "check the number, the unit and the quote",
    ),
    "item-not-in-quote": Message(
        _ERROR,
        "列举项“{item}”不在引文中：{quote}",
        "the item {item} does not occur in the quote: {quote}",
        "列举项须用原文的字句",
        "write items in the words of the plan",
    ),
    "total-not-items": Message(
        _ERROR,
        "总数 {total} 与列举的 {items} 项不符",
        "the total of {total} is not the number of items, {items}",
        "删去 total，或补齐 items",
        "take total out, or complete the items",
    ),
    "due-outside-plan": Message(
        _ERROR,
        "{month} 不在计划期 {period} 内",
        "{month} lies outside the plan period {period}",
        "核对到期时间和 plan.period",
        "check the date and plan.period",
    ),
    "flow-over-plan": Message(
        _ERROR,
        "over: plan 只用于台账计数；{name} 是报表金额，两年累计还不能计算",
        "over: plan is for ledger counts; {name} is a sum of forms, and sums over years are not computed",
        "按年度目标写 over: year；确为两年累计的，改为台账事项",
        "write the target of a year, or follow the sum in a ledger",
    ),
    "milestone-not-before-target": Message(
        _ERROR,
        "阶段目标的月份 {month} 不早于目标期限 {by}",
        "the milestone of {month} does not come before the target of {by}",
        "阶段目标应早于最终目标",
        "a milestone comes before the target",
    ),
    "baseline-after-target": Message(
        _ERROR,
        "基期 {baseline} 不早于目标期限",
        "the baseline of {baseline} does not come before the target",
        "核对基期和目标期限",
        "check the two",
    ),
    "direction-without-baseline": Message(
        _WARNING,
        "目标只有方向（{direction}），又没有基期值，无法评估",
        "the target is a mere direction ({direction}) and there is no baseline: it cannot be assessed",
        "补上 baseline",
        "add a baseline",
    ),
    "largest-disclosed": Message(
        _WARNING,
        "{name} 剔除了最大的企业：与总数相减即可得出该企业数据",
        "{name} leaves out the largest enterprise: the difference to the total discloses it",
        "写明 audience: internal",
        "add audience: internal",
    ),
    "quote-not-in-plan": Message(
        _ERROR,
        "{id} 的引文不在计划原文中：{quote}",
        "the quote of {id} is not in the text of the plan: {quote}",
        "原文最接近的一句：{nearest}",
        "the nearest sentence of the plan: {nearest}",
    ),
    "sentence-uncovered": Message(
        _NOTE,
        "计划原文中没有条目覆盖的句子：{sentence}",
        "no entry covers this sentence of the plan: {sentence}",
        "如是承诺，请补入 indicators 或 commitments",
        "if it is a commitment, add it to indicators or commitments",
    ),
}
