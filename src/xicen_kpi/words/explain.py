"""Words of `explain`: headings and sentences of the trail of one figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xicen_kpi.words.labels import Lang

EXPLAIN: Mapping[str, tuple[str, str]] = {
    "says": ("文件原文", "The plan says"),
    "scope": ("统计口径", "Scope"),
    "formula": ("计算公式", "Formula"),
    "standing": ("现状与目标", "Value and target"),
    "moved": ("变动原因（与上年同期自身数据相比）", "Why it moved (against last year's own files)"),
    "unknown": ("未知因素", "What is not known"),
    "closes": ("如何补上缺口", "What would close the gap"),
    "contributors": ("最大的{count}家企业（{unit}）", "The {count} largest enterprises ({unit})"),
    "missing": ("未报单位（催报名单，{unit}）", "Not reported yet ({unit}, last year's value)"),
    "shortfalls": (
        "按目标增速应完成而预计缺口最大的企业（{unit}）",
        "Largest shortfalls against the growth that is needed ({unit})",
    ),
    "files": ("数据文件", "Files"),
    "assumptions": ("前提假设", "Assumptions"),
    "decisions": ("换一种口径会怎样", "Other readings"),
    "errors": ("预计方法回测（平均绝对误差）", "Back-test of the projection (mean absolute error)"),
    "errors.none": ("历史不足两年，无法回测", "not enough history for a back-test"),
    "errors.head": ("月份|本方法|按月平均|按同比", "month|ours|linear|full growth"),
    "role.of": ("分子", "numerator"),
    "role.to": ("分母", "denominator"),
    "role.part": ("其中", "part"),
    "role.": ("合计", "sum"),
    "rows": ("{rows}行", "{rows} rows"),
    "rows.missing": ("，另有{missing}行无数值", ", {missing} more without a value"),
    "where.in_park": ("在园企业", "members of the park"),
    "where.not_in_park": ("非在园企业", "not members of the park"),
    "where.group": ("产业：{value}", "industry group {value}"),
    "where.equals": ("{field}为{value}", "{field} is {value}"),
    "where.in": ("{field}为{value}之一", "{field} one of {value}"),
    "where.between": ("{field}在{value}之间", "{field} between {value}"),
    "where.at_least": ("{field}不小于{value}", "{field} at least {value}"),
    "where.at_most": ("{field}不大于{value}", "{field} at most {value}"),
    "where.missing": ("{field}为空：{value}", "{field} empty: {value}"),
    "where.or": ("或{text}", "or {text}"),
    "value": ("{period}：{value}{unit}，{status}（{reason}）", "{period}: {value} {unit}, {status} ({reason})"),
    "target": (
        "目标{target}{unit}（{due}），完成率{completion}，缺口{gap}",
        "target {target} {unit} by {due}, completion {completion}, gap {gap}",
    ),
    "gap.none": ("无", "none"),
    "baseline": ("基期（{period}）{value}{unit}，来源：{source}", "baseline ({period}) {value} {unit}, from {source}"),
    "same_units": (
        "上年同期（可比，同一批单位）{value}{unit}，同比{growth}",
        "last year, same units (可比): {value} {unit}, {growth}",
    ),
    "last_final": (
        "上年同期（上年自身数据）{value}{unit}，名义增长{growth}",
        "last year's own figure: {value} {unit}, nominal {growth}",
    ),
    "last_final.ratio": ("上年同期（上年自身数据）{value}{unit}", "last year's own figure: {value} {unit}"),
    "method.complete": ("全年已完整", "the year is complete"),
    "method.mean(damped_yoy, seasonal_share)": (
        "折减同比与近年季节占比的平均",
        "mean of damped growth and seasonal share",
    ),
    "method.damped_yoy": ("折减同比", "damped growth on last year"),
    "method.seasonal_share": ("近年季节占比", "seasonal share"),
    "method.linear": ("按月平均推算", "twelve times the monthly mean"),
    "method.full_yoy": ("按同比推算", "full growth on last year"),
    "method.seasonal_naive": ("余下月份同上年", "the rest as last year"),
    "method.slope": ("按基期以来的速度", "the pace since the baseline"),
    "method.both_sides": ("分子分母分别预计", "both sides projected"),
    "change_pp": ("较上年同期{change}个百分点", "{change} pp on last year"),
    "pace": (
        "序时进度{linear}（差{gap}个百分点），季节进度{seasonal}（差{season_gap}个百分点）",
        "schedule {linear} ({gap} pp), seasonal {seasonal} ({season_gap} pp)",
    ),
    "projection": (
        "预计{value}{unit}，80%区间{low}—{high}（{method}）",
        "projected {value} {unit}, 80 % band {low} to {high} ({method})",
    ),
    "projection.point": ("预计{value}{unit}（{method}）", "projected {value} {unit} ({method})"),
    "sides": (
        "分子变动影响{numerator}个百分点，分母变动影响{denominator}个百分点",
        "numerator {numerator} pp, denominator {denominator} pp",
    ),
    "mix": (
        "行业自身变化{within}个百分点，结构变化{between}个百分点",
        "within industries {within} pp, between industries {between} pp",
    ),
    "presence": (
        "持续单位{continuing}{unit}，新进{entrants}{unit}，退出及未报{exits}{unit}",
        "continuing {continuing}, entrants {entrants}, gone or missing {exits} {unit}",
    ),
    "comparable": (
        "名义增速与可比增速之差：新进{entered}，退出及未报{left}，上年数修订{restated}（百分点）",
        "nominal less 可比: entered {entered}, left or missing {left}, restated {restated} pp",
    ),
    "largest": (
        "不含影响最大的一家企业：{value}{unit}（该企业影响{effect}个百分点）",
        "without the strongest enterprise: {value} {unit} (its effect {effect} pp)",
    ),
    "dimension.town": ("分镇拉动：{items}", "by town: {items}"),
    "dimension.industry": ("分行业大类拉动：{items}", "by industry division: {items}"),
    "group.item": ("{group} {change}个百分点", "{group} {change} pp"),
    "group.none": ("未列明", "not stated"),
    "coverage": (
        "应报{expected}家，已报{reported}家；按上年数计算上报面{by_value}",
        "{reported} of {expected} have reported, {by_value} by last year's value",
    ),
    "nowcast": (
        "未报单位按已报单位增速补齐后约{value}{unit}",
        "about {value} {unit} if the missing grow as the others did",
    ),
    "bounds": ("可能在{low}至{high}{unit}之间（{why}）", "between {low} and {high} {unit} ({why})"),
    "bounds.missing_units": ("有单位未报", "units not reported"),
    "bounds.group_codes": ("产业归类取最窄至最宽", "industry groups by codes, narrowest to widest"),
    "robust.yes": ("上下界结论一致", "both ends give the same answer"),
    "robust.no": (
        "上下界跨越目标，结论不稳：归类或补报即可改变结论",
        "the ends lie on both sides of the target: the answer is not robust",
    ),
    "close.flow": (
        "后{months}个月月均需{per_month}{unit}，即余下月份需同比{growth}",
        "{per_month} {unit} a month for {months} months: growth {growth} on the same months of last year",
    ),
    "close.ratio": ("按现有分母，分子还需增加{extra}{unit}", "{extra} {unit} more numerator at this denominator"),
    "close.count": ("还需{count}{unit}", "{count} more"),
    "close.nothing": ("已达标，无缺口", "nothing: the target is met"),
    "close.unknown": ("暂无法计算", "cannot be said"),
    "file": (
        "{file}  {unit}（{unit_from}）读入{read} 采用{used}{aside}  sha256 {sha}",
        "{file}  {unit} ({unit_from}) read {read} used {used}{aside}  sha256 {sha}",
    ),
    "file.aside": ("，剔除{aside}", ", set aside {aside}"),
    "unit_from.header": ("单位见表头", "from the header"),
    "unit_from.row": ("单位见数据行", "from the rows"),
    "unit_from.cell": ("单位见单位格", "from the unit cell"),
    "unit_from.title": ("单位见标题", "from the title"),
    "unit_from.sheet": ("单位见工作表名", "from the sheet"),
    "unit_from.file_name": ("单位见文件名", "from the file name"),
    "unit_from.declared": ("单位按计划文件", "declared in the plan"),
    "decision": ("{question}——现采用：{taken}", "{question}: taken as {taken}"),
    "decision.otherwise": ("；否则：{otherwise}", "; otherwise {otherwise}"),
    "last_year": ("上年{value}", "last year {value}"),
    "pull": ("拉动{value}", "pull {value} pp"),
    "shortfall": (
        "应完成{wanted}，预计{projected}，差{amount}",
        "wanted {wanted}, projected {projected}, short {amount}",
    ),
}


def explain_word(key: str, lang: Lang, **values: object) -> str:
    """A heading or sentence by its key.

    Raises:
        KeyError: There is no such text.
    """
    text = EXPLAIN[key][0 if lang == "zh" else 1]
    return text.format_map(values) if values else text
