"""Words of the rules about size, reporters, sources and time, and of what a check says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xicen_kpi.errors import Severity
from xicen_kpi.words.definition import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

_ERROR, _WARNING, _NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE

MESSAGES: Mapping[str, Message] = {
    "unit-slip": Message(
        _ERROR,
        "{column} {value:,.10g} {unit}，约为自身上年或近12个月水平 {base:,.10g} 的 {factor} 倍",
        "{column} is {value:,.10g} {unit}, about {factor} times the enterprise's own level of {base:,.10g}",
        "核对是否把元、千元、万元混填；属实（如新投产）请加入豁免并写明原因",
        "check 元, 千元 and 万元; if it is right (a new plant), waive it with the reason",
    ),
    "file-unit-slip": Message(
        _ERROR,
        "{period} {column}合计 {value:,.10g} {unit}，约为同一批企业上期水平 {base:,.10g} 的 {factor} 倍",
        "the total of {column} in {period} is {value:,.10g} {unit}, about {factor} times the "
        "{base:,.10g} of the same enterprises before",
        "核对导出时选的计量单位，或在表头、文件中写明单位后重新导出",
        "check the unit chosen for the export, or state the unit in the header and export again",
    ),
    "swing": Message(
        _WARNING,
        "{column} {value:,.10g} {unit}，上年同期 {base:,.10g}，变动 {growth:+.1%}，占总量 {share:.1%}",
        "{column} {value:,.10g} {unit} against {base:,.10g} last year: {growth:+.1%}, {share:.1%} of the total",
        "向企业核实并写明原因（订单、并购、搬迁、口径变化）",
        "ask the enterprise and note the reason (orders, merger, move, definition)",
    ),
    "last-year-differs": Message(
        _WARNING,
        "文件中上年同期 {said:,.10g}，上年自报定案 {own:,.10g} {unit}，相差 {difference:+,.10g}（本年 {months} 期）",
        "the file gives {said:,.10g} for last year, last year's own final is {own:,.10g} {unit}: "
        "{difference:+,.10g} ({months} periods of this year)",
        "以核定的上年数为准，改正其中一处；口径调整请注明",
        "keep the confirmed value of last year and correct the other; note a change of definition",
    ),
    "reporter-missing": Message(
        _WARNING,
        "{period} 未报；{before} 的 {column}为 {last:,.10g} {unit}，占 {share:.2%}",
        "no report for {period}; {column} was {last:,.10g} {unit} in {before}, {share:.2%} of the total",
        "催报；已停业、迁出的请在名录中填写离园日期",
        "ask for the report; if it closed or moved, enter its day of leaving in the list",
    ),
    "reporter-new": Message(
        _WARNING,
        "{period} 首次出现，“{column}”为空",
        "first seen in {period}, and “{column}” is empty",
        "按入库申报资料补报上年同期数；上年未开业的请注明",
        "fill in last year's value from the entry papers; note it if it did not exist last year",
    ),
    "not-on-list": Message(
        _WARNING,
        "该单位{why:zh}，不计入园区指标（{column} {value:,.10g} {unit}）",
        "{why:en}: it does not count for the park ({column} {value:,.10g} {unit})",
        "属于园区的补入名录并填写入园日期；不属于的无需处理",
        "add it to the list with its day of entry if it belongs to the park; else nothing to do",
    ),
    "listed-not-reporting": Message(
        _WARNING,
        "名录中报表类别为“{kind}”，但从未出现在{form:zh}中",
        "listed as “{kind}”, and never seen in {form:en}",
        "核对是否漏导该单位，或名录中的报表类别已变更",
        "check whether the export leaves it out, or whether its frame has changed",
    ),
    "two-frames": Message(
        _ERROR,
        "同期还在{form:zh}中（{other} 第 {other_row} 行），营业收入会重复计算",
        "it is also in {form:en} for the same month ({other}, row {other_row}): revenue would count twice",
        "一个法人单位只在一个专业统计：核实所属专业，删去另一处",
        "a legal unit reports in one trade: find out which and delete the other",
    ),
    "branch-and-parent": Message(
        _WARNING,
        "视同法人单位与上级法人 {parent_name}（{parent}）同期都有数：本单位{column} {value:,.10g} {unit}，"
        "上级在{form:zh}中为 {other:,.10g} {unit}，可能重复计算",
        "it reports as a legal person and so does its parent {parent_name} ({parent}): {column} is {value:,.10g} "
        "{unit}, the parent's in {form:en} {other:,.10g} {unit}: it may count twice",
        "核实上级法人的数据是否已剔除视同法人部分：未剔除的改正；已剔除的写明原因加入豁免",
        "ask whether the parent leaves the branch out: correct it if not; else waive it with the reason",
    ),
    "figures-apart": Message(
        _WARNING,
        "{column} {value:,.10g} {unit}，而{form:zh}同期的{other_column}为 {other:,.10g} {unit}，相差超过 10%",
        "{column} is {value:,.10g} {unit}, and {other_column} in {form:en} {other:,.10g} {unit} for t"
        "he same time: more than 10 % apart",
        "向企业核实哪一处正确，统一两套报表",
        "ask the enterprise which is right and bring both forms in line",
    ),
    "period-stale": Message(
        _WARNING,
        "{form:zh}只到 {latest}，应至少到 {due}",
        "{form:en} ends with {latest}; it should reach {due} at least",
        "补导最新一期的数据",
        "export the latest period as well",
    ),
    "period-missing": Message(
        _WARNING,
        "{form:zh}缺 {period} 的数据",
        "{form:en} has no rows for {period}",
        "补导这一期",
        "export that period as well",
    ),
    "period-in-future": Message(
        _ERROR,
        "报告期 {period} 还没有到，数据只到 {latest}",
        "period {period} has not come; the data reach {latest}",
        "核对年份和月份",
        "check year and month",
    ),
    "january-reported": Message(
        _WARNING,
        "1月免报，却有 {rows} 行的报告期是 {period}",
        "January is not reported, yet {rows} rows are of {period}",
        "多为10月：电子表格把 2026.10 变成了 2026.1；把报告期写成 2026-10",
        "most often October: a spreadsheet has made 2026.1 of 2026.10; write periods as 2026-10",
    ),
    "date-in-future": Message(
        _WARNING,
        "{value} 晚于 {last}，目前不计数",
        "{value} is after {last}; it does not count yet",
        "核对日期；如是计划日期，请填在计划日期栏",
        "check the date; a planned one belongs into the column for planned dates",
    ),
    "form-empty": Message(
        _ERROR,
        "{form:zh}有表头但没有一行可用的数据（读入 {read} 行）",
        "{form:en} has a header and no usable row ({read} rows read)",
        "重新导出；确无数据请删去该文件",
        "export it again, or remove the file if there is nothing to report",
    ),
    "row-empty": Message(
        _NOTE,
        "该单位本期各项全部为空或为 0",
        "every item of this period is empty or 0",
        "核对是否漏报；停产停业的请注明",
        "check whether it failed to report; note it if production has stopped",
    ),
    "total-row-differs": Message(
        _WARNING,
        "合计行 {said:,.10g}，明细相加 {sum:,.10g} {unit}，相差 {difference:+,.10g}；合计行未使用",
        "the total row says {said:,.10g}, the rows add up to {sum:,.10g} {unit}: {difference:+,.10g};"
        " the total row is not used",
        "核对是否漏行、隐藏行或手改合计",
        "look for missing or hidden rows, or a total typed by hand",
    ),
    "golden-figure-differs": Message(
        _ERROR,
        "{indicator:zh} {period} 算得 {value} {unit}，核对值 {expected}，相差 {difference}",
        "{indicator:en} for {period} comes to {value} {unit}, known is {expected}: {difference}",
        "核对是数据改了还是指标定义改了；确认后更新 targets.yaml 中的 expected",
        "find out whether data or definition changed, then update `expected` in targets.yaml",
    ),
    "golden-figure-missing": Message(
        _WARNING,
        "{indicator:zh} {period} 算不出来，无法与核对值 {expected} {unit} 核对",
        "{indicator:en} cannot be computed for {period}, so that the known {expected} {unit} is not checked",
        "补齐该期数据，或删去这个核对值",
        "add the data of that period, or remove the known value",
    ),
    "own-rule-error": Message(
        _ERROR,
        "{text:zh}（{column} {value:,.10g} {unit}，应 {demand}）",
        "{text:en} ({column} is {value:,.10g} {unit}, should be {demand})",
        "处理：{advice:zh}",
        "to do: {advice:en}",
    ),
    "own-rule-warning": Message(
        _WARNING,
        "{text:zh}（{column} {value:,.10g} {unit}，应 {demand}）",
        "{text:en} ({column} is {value:,.10g} {unit}, should be {demand})",
        "处理：{advice:zh}",
        "to do: {advice:en}",
    ),
    "own-rule-note": Message(
        _NOTE,
        "{text:zh}（{column} {value:,.10g} {unit}，应 {demand}）",
        "{text:en} ({column} is {value:,.10g} {unit}, should be {demand})",
        "处理：{advice:zh}",
        "to do: {advice:en}",
    ),
    "own-rule-invalid": Message(
        _ERROR,
        "规则 {rule} 用到的“{name}”不存在",
        "rule {rule} names “{name}”, which does not exist",
        "可用的名称：{known}",
        "names that can be used: {known}",
    ),
    "rule-broken": Message(
        _ERROR,
        "规则 {broken} 执行中出错，没有得出结果：{error}",
        "rule {broken} failed inside and gave no result: {error}",
        "其他规则照常执行；请把这条信息（注意保密）交给维护者",
        "the other rules went on; hand this message, minding confidentiality, to the maintainers",
    ),
    "nothing-checked": Message(
        _ERROR,
        "没有一条规则能在这批数据上执行",
        "not one rule could be computed on this data",
        "核对数据文件夹是否正确、文件是否为空",
        "check that the folder is the right one and its files are not empty",
    ),
    "waiver-expired": Message(
        _WARNING,
        "{rule} 的豁免（{who}）在 {until} 已到期，不再有效",
        "the waiver for {rule} ({who}) ended on {until} and no longer holds",
        "重新核实；仍属实的由负责人改写 until，否则删去",
        "look at it again: extend `until` if it still holds, else remove it",
    ),
    "waiver-unused": Message(
        _WARNING,
        "{rule} 的豁免（{who}，至 {until}）没有对应任何问题",
        "the waiver for {rule} ({who}, until {until}) is about no finding",
        "问题已不存在，请从 targets.yaml 中删去",
        "the finding is gone: remove the waiver from targets.yaml",
    ),
}
