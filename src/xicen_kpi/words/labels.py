"""Short words of the outputs: headings, states, kinds, commitments. Chinese terms of the trade, plain English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Lang = Literal["zh", "en"]

LABELS: Mapping[str, tuple[str, str]] = {
    # states of an indicator
    "status.achieved": ("已完成", "achieved"),
    "status.on_track": ("有望完成", "on track"),
    "status.at_risk": ("需加力", "at risk"),
    "status.off_track": ("滞后", "off track"),
    "status.deteriorating": ("倒退", "deteriorating"),
    "status.lapsed": ("达标后回落", "lapsed"),
    "status.missed": ("未完成", "missed"),
    "status.not_assessable": ("无法评估", "not assessable"),
    "status.no_target": ("仅供参考", "for information"),
    "direction.rise": ("提高", "rise"),
    "direction.fall": ("降低", "fall"),
    # states of a commitment
    "state.done": ("已完成", "done"),
    "state.in_progress": ("推进中", "in progress"),
    "state.overdue": ("逾期", "overdue"),
    "state.not_started": ("未启动", "not started"),
    "state.not_reported": ("未报送", "not reported"),
    "state.not_tracked": ("不跟踪", "not tracked"),
    # kinds
    "kind.quantitative": ("量化目标", "quantitative"),
    "kind.milestone": ("节点事项", "milestone"),
    "kind.enumerated": ("列举事项", "enumerated"),
    "kind.directional": ("方向性表述", "directional"),
    # severities
    "severity.error": ("强制", "error"),
    "severity.warning": ("核实", "warning"),
    "severity.note": ("提示", "note"),
    # headings
    "head.indicator": ("指标", "Indicator"),
    "head.value": ("现值", "Value"),
    "head.target": ("目标", "Target"),
    "head.completion": ("完成率", "Completion"),
    "head.pace": ("较序时", "vs. schedule"),
    "head.gap": ("缺口", "Gap"),
    "head.change": ("同比", "On last year"),
    "head.projection": ("预计", "Projected"),
    "head.status": ("状态", "Status"),
    "head.period": ("所属期", "Period"),
    "head.id": ("编号", "Id"),
    "head.commitment": ("事项", "Commitment"),
    "head.due": ("时限", "Due"),
    "head.state": ("进展", "State"),
    "head.progress": ("进度", "Progress"),
    "head.evidence": ("佐证", "Evidence"),
    "head.others": ("其他可计量方向", "Measurable directions"),
    "head.commitments": ("承诺事项", "Commitments"),
    "head.findings": ("数据问题", "Findings"),
    "head.sources": ("数据来源", "Sources"),
    "head.notes": ("说明", "Notes"),
    "head.headline": ("主要目标", "Headline targets"),
    "head.task": ("任务", "Task"),
    "head.responsible": ("责任单位", "Responsible"),
    # rows set aside
    "aside.total_row": ("合计行", "totals"),
    "aside.sub_total": ("小计行", "sub-totals"),
    "aside.heading": ("小标题行", "headings"),
    "aside.of_which": ("其中行", "of-which rows"),
    "aside.repeated_title": ("重复标题", "repeated titles"),
    "aside.stray": ("零星单元格", "stray cells"),
    "aside.footer": ("表尾", "footers"),
    "aside.note": ("注释", "notes"),
    "aside.blank": ("空行", "blank rows"),
    "aside.repeated_header": ("重复表头", "repeated headers"),
    "aside.no_key": ("无编码行", "rows without a key"),
    "aside.no_period": ("无报告期行", "rows without a period"),
    "aside.invalid_code": ("代码无效行", "invalid codes"),
    "aside.unreadable": ("读不出的行", "unreadable rows"),
    "aside.superseded": ("被修订替代", "superseded by a revision"),
    "aside.repeated_row": ("重复行", "repeated rows"),
    "aside.duplicate_key": ("主键重复行", "duplicate keys"),
    # how a promise is followed
    "how.measured": ("有统计指标", "measured"),
    "how.followed": ("台账跟踪", "followed in the ledger"),
    "how.not_tracked": ("不跟踪", "not tracked"),
    "quotes.found": (
        "引文{quotes}条，原文中找到{found}条；原文{sentences}句，{covered}句有条目对应",
        "{found} of {quotes} quotes are in the text; {covered} of its {sentences} sentences are covered",
    ),
    "quotes.uncovered": ("没有条目对应的句子{count}句：", "Sentences that no entry covers, {count}:"),
    "quotes.loose": (
        "已对应句子中未被引用的分句{count}处（多为连接语，供核对）：",
        "Clauses of covered sentences that no quote touches (mostly linking words), {count}:",
    ),
    "init.kept": ("{path} 已存在，保留不动", "{path} is there already and was left as it is"),
    "init.done": (
        "已写入{written}个文件，保留原有{kept}个。下一步：cd {folder} && xicen-kpi report",
        "{written} files written, {kept} left as they were. Next: cd {folder} && xicen-kpi report",
    ),
    # small words
    "internal": ("内部资料", "internal"),
    "as_of": ("截至 {month}", "as of {month}"),
    "pp": ("百分点", " pp"),
    "legend.bar": (
        "条形为完成率，“│”处为序时进度",
        "The bar is completion, the mark │ the elapsed share of the window",
    ),
    "legend.cuts": (
        (
            "状态划分：时期指标按预计值与目标之比（{flow_on_track}、{flow_at_risk}），"
            "时点指标和计数按进度与时间进度之比（{level_on_track}、{level_at_risk}）"
        ),
        (
            "Cuts of the states: flows by projection over target at {flow_on_track} and {flow_at_risk}; "
            "levels by progress over elapsed time at {level_on_track} and {level_at_risk}"
        ),
    ),
    "rules.count": (
        "规则 {total} 条：通过 {passed}，未通过 {failed}，无法执行 {not_computed}",
        "{total} rules: {passed} passed, {failed} failed, {not_computed} not computed",
    ),
    "findings.count": (
        "数据问题{count}项：强制{error}项，核实{warning}项，提示{note}项",
        "Findings, {count}: errors {error}, warnings {warning}, notes {note}",
    ),
    "commitments.count": ("承诺事项{count}项：{states}", "Commitments, {count}: {states}"),
    "commitments.state": ("{state}{count}项", "{state} {count}"),
    "commitment.due": ("时限{month}", "due {month}"),
    "commitment.finished": ("{date}完成", "finished {date}"),
    "commitment.evidence": ("佐证：{text}", "evidence: {text}"),
    "commitment.total": ("共{total}项", "{total} in all"),
    "findings.more": ("另有{count}项，见 --format json", "{count} more, see --format json"),
    "hint": ("处理：", "fix: "),
    "sources.rows": (
        "读入{read}行，采用{used}行，剔除{aside}行",
        "{read} rows read, {used} used, {aside} set aside",
    ),
    "page": (
        "本表为初步数，以统计部门核定数为准",
        "Preliminary figures; the statistical authority's confirmed figures prevail",
    ),
}


def label(key: str, lang: Lang, **values: object) -> str:
    """A short text by its key.

    Raises:
        KeyError: There is no such text.
    """
    text = LABELS[key][0 if lang == "zh" else 1]
    return text.format_map(values) if values else text


def month_name(month: str, lang: Lang) -> str:
    """2026-10 as 2026年10月 or 2026-10."""
    year, number = month.split("-")
    return f"{year}年{int(number)}月" if lang == "zh" else month


def period_name(start: str, end: str, lang: Lang) -> str:
    """The months of a figure: 2026年1—10月, 2025年, or a span over years."""
    if start == end:
        return month_name(end, lang)
    (first_year, first), (last_year, last) = start.split("-"), end.split("-")
    if first_year == last_year and (first, last) == ("01", "12"):
        return f"{last_year}年" if lang == "zh" else last_year
    if lang == "en":
        return f"{start} to {end}"
    if first_year == last_year:
        return f"{last_year}年{int(first)}—{int(last)}月"
    return f"{month_name(start, lang)}—{month_name(end, lang)}"


def period_text(key: str, lang: Lang) -> str:
    """A year or a month as the plan writes it, 2024 or 2024-12: 2024年, 2024年12月."""
    if "-" in key:
        return month_name(key, lang)
    return f"{key}年" if lang == "zh" else key


_ENGLISH_UNITS = {
    "亿元": ("¥100m", "¥100m"),
    "万元": ("¥10k", "¥10k"),
    "千元": ("¥1k", "¥1k"),
    "元": ("¥", "¥"),
    "家": ("enterprise", "enterprises"),
    "户": ("enterprise", "enterprises"),
    "个": ("item", "items"),
    "项": ("item", "items"),
    "件": ("piece", "pieces"),
    "人": ("person", "people"),
}
"""One of it, and more."""


def unit_name(unit: str, lang: Lang) -> str:
    """A unit as a reader of the language knows it: 亿元 is ¥100m in English; others stand for themselves."""
    if lang == "zh":
        return unit
    return ", ".join(_ENGLISH_UNITS[one][1] if one in _ENGLISH_UNITS else one for one in unit.split("、"))


def measured(number: str, unit: str, lang: Lang) -> str:
    """A printed number with its unit: 137.2亿元, 1 enterprise, 9.7%; a plain number (unit 1) stands alone."""
    if unit == "1":
        return number
    if lang == "zh" or unit in ("%", "‰"):
        return f"{number}{unit}"
    one, many = _ENGLISH_UNITS.get(unit, (unit, unit))
    return f"{number} {one if number == '1' else many}"
