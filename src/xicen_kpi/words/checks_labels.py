"""Short words of what `check` and `compare` put out, and what a rule needs to be computed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xicen_kpi.words.labels import Lang

CHECK_LABELS: Mapping[str, tuple[str, str]] = {
    # what a rule needs
    "needs.any": ("没有读到任何数据", "no data could be read"),
    "needs.uscc": ("没有统一社会信用代码列", "no column with unit codes"),
    "needs.industry": ("没有行业代码列", "no column with industry codes"),
    "needs.month": ("月报表中没有与累计并列的本月列", "no month beside its cumulative in a monthly form"),
    "needs.cumulative": ("月报表中没有累计列", "no cumulative column in a monthly form"),
    "needs.parts": ("没有合计与全部分项列", "no total with all of its parts"),
    "needs.funding": ("没有研究开发费用合计与全部资金来源列", "no R&D total with all of its sources of funds"),
    "needs.classes": (
        "没有工业总产值的小类列，或计划文件没有声明文件里的全部小类列",
        "no output by class, or the plan does not declare all classes that the files have",
    ),
    "needs.electricity": ("没有工业总产值和用电量列", "no output and electricity columns"),
    "needs.institutions": ("没有期末机构数和期末仪器和设备原价列", "no institutions and equipment columns"),
    "needs.results": ("没有研究开发费用、专利申请数和科技论文列", "no R&D, patents and papers columns"),
    "needs.project_dates": ("没有项目起始日期和完成日期列（107-1）", "no first and last dates of projects (107-1)"),
    "needs.project_stage": ("没有项目起止日期和进展阶段列（107-1）", "no dates and stages of projects (107-1)"),
    "needs.projects": (
        "没有同一年的107-1和107-2，或缺所需的列",
        "no 107-1 and 107-2 of one year with the columns needed",
    ),
    "needs.parents": (
        "没有带是否视同法人单位和上一级法人代码列的名录",
        "no list that says which units report as legal persons and of which parent",
    ),
    "needs.exports": ("没有出口交货值和工业销售产值列", "no exports and sales columns"),
    "needs.sales_output": ("没有工业销售产值和工业总产值列", "no sales and output columns"),
    "needs.rnd_cost": ("没有研发费用和营业成本列", "no R&D and cost columns"),
    "needs.rnd_revenue": ("没有研发费用和营业收入列", "no R&D and revenue columns"),
    "needs.profit": ("没有营业利润及其各构成项列", "no operating profit with the items that make it"),
    "needs.rnd_staff": ("没有研究开发人员和人员人工费用列", "no R&D staff and labour cost columns"),
    "needs.amounts": ("没有累计或年度金额列", "no cumulative or yearly amounts"),
    "needs.last_year": ("没有上年同期列", "no column with last year's value"),
    "needs.two_periods": ("没有两期数据可比", "no form holds two periods"),
    "needs.list": ("没有读到报表所关联的企业名录", "no enterprise list that a form is linked to could be read"),
    "needs.frame": ("没有带报表类别列的名录", "no list that says in which frame an enterprise reports"),
    "needs.frames": ("没有两个专业的月报表", "no monthly forms of two trades"),
    "needs.two_forms": ("没有两张表含同一指标的同一期", "no item in two forms for one period"),
    "needs.survey": ("没有107-2表与研发费用的同一年", "no 107-2 beside R&D expenses of the same year"),
    "needs.periods": ("没有报表数据", "no form with rows"),
    "needs.no_january": ("没有1月免报的报表", "no form that leaves out January"),
    "needs.dates": ("没有登记日期列", "no column with dates of entry"),
    "needs.total_row": ("没有合计行", "no total row"),
    "needs.golden": ("计划文件中没有核对值", "the plan declares no known values"),
    "needs.own": ("没有该数据源或所需的列", "the source or a column of it is not there"),
    "rule_broken": ("规则执行出错", "the rule broke down"),
    "own_rule_invalid": ("规则写错了", "the rule is not valid"),
    # outcomes
    "outcome.passed": ("通过", "passed"),
    "outcome.failed": ("未通过", "failed"),
    "outcome.not_computed": ("无法执行", "not computed"),
    # the list
    "check.title": ("数据检查", "Data check"),
    "check.findings": (
        "问题 {total} 项：{error} 项强制、{warning} 项核实、{note} 项提示",
        "{total} findings: error {error}, warning {warning}, note {note}",
    ),
    "check.clean": ("没有发现问题", "nothing found"),
    "check.known": ("另有 {count} 项已在基线中，未列出", "{count} more stand in the baseline and are not listed"),
    "check.waived": ("已豁免 {count} 项", "{count} waived"),
    "check.group": ("[{severity}] {title}（{slug}，{count} 项）", "[{severity}] {title} ({slug}, {count})"),
    "check.more": (
        "还有 {count} 项；完整清单：--max 0，或 --format json -o check.json",
        "{count} more; the full list: --max 0, or --format json -o check.json",
    ),
    "check.not_computed": ("无法执行的规则：", "Rules that could not be computed:"),
    "check.effect": ("若属实，{effects}", "if true, {effects}"),
    "check.effect_more": ("{effects}等{count}项指标", "{effects} and {count} indicators in all"),
    "check.rows": ("第 {rows} 行", "rows {rows}"),
    "check.rows_more": ("第 {rows} 行等 {count} 处", "rows {rows} and others, {count} places"),
    "check.places": ("{count} 处", "{count} places"),
    "check.baseline_written": ("已写入基线：{count} 项，{file}", "baseline written: {count} findings, {file}"),
    # columns
    "col.rule": ("规则", "Rule"),
    "col.severity": ("级别", "Severity"),
    "col.outcome": ("结果", "Outcome"),
    "col.count": ("项数", "Findings"),
    "col.place": ("位置", "Place"),
    "col.enterprise": ("企业", "Enterprise"),
    "col.message": ("问题", "What is wrong"),
    "col.hint": ("怎么改", "What to do"),
    "col.effect": ("影响", "Effect"),
    "col.errors": ("错误信息", "Findings"),
    # two drops
    "compare.title": ("新旧数据对比", "Two drops compared"),
    "compare.title_reports": ("新旧报告对比", "Two reports compared"),
    "compare.sides": (
        "旧：{old}（截至 {old_as_of}）；新：{new}（截至 {new_as_of}）",
        "old: {old} (as of {old_as_of}); new: {new} (as of {new_as_of})",
    ),
    "compare.plan_changed": ("两次所用的计划文件不同", "the plan files differ"),
    "compare.none": ("各项指标没有变化", "no figure has changed"),
    "compare.same": ("其余 {count} 项指标没有变化", "{count} other indicators have not changed"),
    "compare.figure": ("{name}: {old} → {new}（{change}）", "{name}: {old} → {new} ({change})"),
    "compare.status": ("状态 {old} → {new}", "state {old} → {new}"),
    "compare.by_target": ("目标有变", "the target is another one"),
    "compare.unit": ("计量单位 {old} → {new}，旧值已换算", "unit {old} → {new}; the old figure is converted"),
    "compare.unit_of_other_kind": ("计量单位 {old} → {new}，不可比", "unit {old} → {new}: not comparable"),
    "compare.target": ("目标 {old} → {new}", "target {old} → {new}"),
    "compare.coverage": ("报送 {old} → {new} 家", "reported {old} → {new} enterprises"),
    "compare.files": (
        "数据文件：改动 {changed}，新增 {added}，删去 {removed}",
        "data files: {changed} changed, {added} added, {removed} removed",
    ),
    "compare.file_changed": ("改动", "changed"),
    "compare.file_added": ("新增", "added"),
    "compare.file_removed": ("删去", "removed"),
    "compare.same_files": ("数据文件没有变化", "the data files are the same"),
    "compare.commitments": ("承诺事项状态有变 {count} 项：", "{count} commitments in another state:"),
    "compare.unknown.enterprises": (
        "报告里没有企业：要知道涉及哪些企业，请比较两个数据文件夹（xicen-kpi compare 旧文件夹 新文件夹）",
        "reports hold no enterprises: compare the two folders to see which are behind (xicen-kpi compare OLD NEW)",
    ),
    "compare.unknown.plan_or_data": (
        "计划文件和数据都变了，分不开：请比较两个数据文件夹，并用 --old-targets 给出旧的计划文件",
        "plan and data have both changed and cannot be told apart: compare the folders, with --old-targets",
    ),
    "compare.unknown.program": (
        "计划文件和数据都没有变，数却变了：可能是程序版本不同",
        "neither plan nor data have changed, yet figures have: perhaps by another version of the program",
    ),
    "compare.small": ("仅因小幅修订（不足 1%）", "through a small revision (less than 1 %)"),
    "compare.more": ("另有 {count} 家（--max 0 全部列出）", "{count} more (--max 0 lists all)"),
    "compare.more_lines": ("另有 {count} 项（--max 0 全部列出）", "{count} more (--max 0 lists all)"),
    "compare.absent": ("无", "none"),
    "compare.plan": ("计划改动", "plan changed"),
    "compare.basis": ("计量方式改变", "another way of measuring"),
    "compare.revised": ("旧期修订", "revised"),
    "compare.late": ("补报", "reported late"),
    "compare.entrant": ("新增单位", "entered"),
    "compare.exit": ("退出单位", "left"),
    "compare.reclassified": ("重新归类", "reclassified"),
    "compare.new_period": ("新一期", "later period"),
    "compare.confirmed": ("核定数", "confirmed value"),
    "compare.unexplained": ("原因不明", "not known why"),
    "col.indicator": ("指标", "Indicator"),
    "col.old": ("旧值", "Old"),
    "col.new": ("新值", "New"),
    "col.change": ("变动", "Change"),
    "col.cause": ("原因", "Cause"),
    "col.status": ("状态", "State"),
    "sheet.findings": ("问题清单", "Findings"),
}


def check_label(key: str, lang: Lang, **values: object) -> str:
    """A short text by its key.

    Raises:
        KeyError: There is no such text.
    """
    text = CHECK_LABELS[key][0 if lang == "zh" else 1]
    return text.format_map(values) if values else text
