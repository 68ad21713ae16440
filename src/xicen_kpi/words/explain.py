"""Words of `explain`: headings and sentences of the trail of one figure, over numbers that are printed already."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xicen_kpi.words.labels import Lang

EXPLAIN: Mapping[str, tuple[str, str]] = {
    # the plan's words
    "says": ("方案原文", "The plan says"),
    "quote": ("“{quote}”（{section}{ids}）", "“{quote}” ({section}{ids})"),
    "scope": ("统计口径：{scope}", "Scope: {scope}"),
    # value and target
    "standing": ("现状与目标", "Value and target"),
    "value": ("{period}：{value}{marks}，{status}（{reason}）", "{period}: {value}{marks}, {status} ({reason})"),
    "value.absent": ("{status}：{reason}", "{status}: {reason}"),
    "mark.provisional": ("（初步数）", " (preliminary)"),
    "mark.confirmed": ("（核定数）", " (confirmed)"),
    "confirmed": (
        "采用统计部门核定数；按报表汇总为{computed}，相差{difference}",
        "the bureau's confirmed figure; the files add up to {computed}, a difference of {difference}",
    ),
    "target": (
        "目标{target}（{due}），完成率{completion}，缺口{gap}",
        "target {target} by {due}, completion {completion}, gap {gap}",
    ),
    "target.direction": ("目标：{target}（至{due}，与基期相比）", "target: {target} on the baseline, by {due}"),
    "gap.none": ("无", "none"),
    "baseline": ("基期（{period}）{value}，来源：{source}", "baseline ({period}) {value}, source: {source}"),
    "pace": ("按序时进度应达{due}，{gap}", "schedule {due}, {gap}"),
    "pace.seasonal": ("；按往年季节进度应达{due}，{gap}", "; by the season of past years {due}, {gap}"),
    "pace.ahead": ("快{value}个百分点", "{value} pp ahead"),
    "pace.behind": ("慢{value}个百分点", "{value} pp behind"),
    "pace.level": ("持平", "level"),
    "projection": (
        "预计{value}，80%区间{low}—{high}（{method}）",
        "projected {value}, 80% band {low} to {high} ({method})",
    ),
    "projection.point": ("预计{value}（{method}）", "projected {value} ({method})"),
    "method.complete": ("全年已完整", "the year is complete"),
    "method.mean(damped_yoy, seasonal_share)": (
        "折减同比法与季节比重法的平均",
        "mean of damped growth and seasonal share",
    ),
    "method.damped_yoy": ("折减同比法", "damped growth on last year"),
    "method.seasonal_share": ("季节比重法", "seasonal share"),
    "method.linear": ("按月平均推算", "twelve times the monthly mean"),
    "method.full_yoy": ("按同比增速推算", "full growth on last year"),
    "method.seasonal_naive": ("余下月份同上年", "the rest as last year"),
    "method.slope": ("按基期以来的速度推算", "the pace since the baseline"),
    "method.both_sides": ("分子、分母分别预计", "both sides projected"),
    # formula
    "formula": ("计算公式", "Formula"),
    "role.of": ("分子：", "numerator: "),
    "role.to": ("分母：", "denominator: "),
    "role.part": ("其中：", "part: "),
    "role.": ("", ""),
    "part": ("{role}{what}{where} = {value}（{rows}）", "{role}{what}{where} = {value} ({rows})"),
    "part.where": ("（{where}）", " ({where})"),
    "part.less": ("{role}减去最大的{rows}家企业 = {value}", "{role}less the largest, {rows} = {value}"),
    "ask.sum": ("{source}“{column}”合计", "sum of “{column}”, {source}"),
    "ask.count": ("{source}计数", "rows of {source}"),
    "ask.distinct": ("{source}“{column}”不重复计数", "different “{column}”, {source}"),
    "ask.latest": ("{source}“{column}”最新值", "latest “{column}”, {source}"),
    "ask.done": ("{source}，方案期内登记数", "{source}, entries within the plan's window"),
    "rows": ("{rows}行", "rows: {rows}"),
    "rows.missing": ("，另有{missing}行无数值", ", without a value: {missing}"),
    "yes": ("是", "yes"),
    "no": ("否", "no"),
    "where.in_park": ("在园企业", "members of the park"),
    "where.not_in_park": ("非在园企业", "not members of the park"),
    "where.group": ("产业归类：{value}", "industry group: {value}"),
    "where.equals": ("{field}为{value}", "{field} is {value}"),
    "where.in": ("{field}为{value}之一", "{field} one of {value}"),
    "where.between": ("{field}在{value}之间", "{field} from {value}"),
    "where.at_least": ("{field}不小于{value}", "{field} at least {value}"),
    "where.at_most": ("{field}不大于{value}", "{field} at most {value}"),
    "where.missing": ("{field}空缺：{value}", "{field} empty: {value}"),
    "where.or": ("或{text}", "or {text}"),
    # why it moved
    "moved": ("变动原因（与上年报表原报数相比）", "Why it moved (against last year's own files)"),
    "same_units": (
        "上年同期（本期报表所填，可比口径）{value}，{change}",
        "last year by this year's forms, the same units: {value}, {change}",
    ),
    "last_final": ("上年同期（上年报表原报数）{value}", "last year's own figure: {value}"),
    "last_final.growth": ("，名义{growth}", ", nominally {growth}"),
    "sides": (
        "分子变动影响{numerator}个百分点，分母变动影响{denominator}个百分点",
        "the numerator moved it by {numerator} pp, the denominator by {denominator} pp",
    ),
    "mix": (
        "各行业自身变化影响{within}个百分点，行业结构变化影响{between}个百分点",
        "the industries' own ratios {within} pp, the shift among them {between} pp",
    ),
    "presence": (
        "连续在报单位{continuing}，新增单位{entrants}，退出及未报单位{exits}",
        "continuing units {continuing}, new units {entrants}, gone or not reported {exits}",
    ),
    "comparable": (
        "名义增速与可比增速相差：新增单位{entered}、退出及未报单位{left}、上年数修订{restated}（百分点）",
        "nominal less comparable growth: new units {entered}, gone or not reported {left}, restated {restated} pp",
    ),
    "largest": (
        "不含影响最大的一家企业为{value}（该企业影响{effect}个百分点）",
        "without the most influential enterprise {value} (its effect {effect} pp)",
    ),
    "dimension.town": ("分镇拉动（百分点）：{items}", "by town, pp of the growth: {items}"),
    "dimension.industry": ("分行业大类拉动（百分点）：{items}", "by industry division, pp of the growth: {items}"),
    "group.none": ("未列明", "not stated"),
    # what is not known
    "unknown": ("不确定因素", "What is not known"),
    "coverage": (
        "应报{expected}家，已报{reported}家，按上年同期数计已报{by_value}",
        "{reported} of {expected} have reported, {by_value} of last year's value",
    ),
    "coverage.full": ("应报{expected}家，已全部上报", "all that should have reported, {expected}"),
    "nowcast": (
        "未报单位若按已报单位的增速补齐，约为{value}",
        "about {value} if the missing grow as the others did",
    ),
    "bounds": ("可能在{low}—{high}之间（{why}）", "between {low} and {high} ({why})"),
    "bounds.missing_units": ("有单位未报", "units not reported"),
    "bounds.group_codes": ("产业归类取最窄至最宽", "industry groups by codes, narrowest to widest"),
    "robust.yes": ("上下限得出的结论一致", "both ends give the same answer"),
    "robust.no": (
        "上下限分在目标两侧，结论不稳：补报或重新归类即可改变结论",
        "the ends lie on both sides of the target: the answer is not robust",
    ),
    # what would close the gap
    "closes": ("如何补上缺口", "What would close the gap"),
    "close.flow": ("后{months}个月月均需完成{per_month}", "{per_month} a month for {months} months"),
    "close.flow.last": ("最后1个月需完成{per_month}", "{per_month} in the last month"),
    "close.flow.growth": ("，即余下月份须同比{growth}", ", {growth} on the same months of last year"),
    "close.ratio": ("按现有分母，分子还需增加{extra}", "at this denominator the numerator lacks {extra}"),
    "close.count": ("还需{count}", "{count} to go"),
    "close.nothing": ("已达标，无缺口", "nothing: the target is met"),
    "close.unknown": ("暂无法测算", "cannot be said"),
    # assumptions and decisions
    "assumptions": ("前提假设", "Assumptions"),
    "decisions": ("换一种口径会怎样", "Other readings"),
    "decision": ("{question}——现采用：{taken}", "{question} Taken: {taken}"),
    "decision.otherwise": ("；否则：{otherwise}", ". Otherwise: {otherwise}"),
    # enterprises
    "contributors": (
        "最大的{count}家企业（拉动为对合计增速的百分点）",
        "The largest enterprises, {count} (pull: percentage points of the growth of the whole)",
    ),
    "contributors.of": (
        "分子中最大的{count}家企业（拉动为对分子增速的百分点）",
        "The largest in the numerator, {count} (pull: percentage points of its growth)",
    ),
    "missing": ("未报单位（催报名单）", "Not reported yet"),
    "watched": (
        "规上门槛附近的企业（小升规候选；营业收入截至{period}，{unit}）",
        "Enterprises near the 规上 threshold (revenue to {period}, {unit})",
    ),
    "col.threshold": ("门槛", "threshold"),
    "col.state": ("情形", "state"),
    "threshold.crossed": ("已过线", "crossed"),
    "threshold.crossing": ("预计过线", "crossing"),
    "threshold.near": ("接近", "near"),
    "threshold.slipping": ("预计跌出", "slipping"),
    "shortfalls": (
        "按目标所需增速测算，预计差额最大的企业",
        "Largest projected shortfalls against the growth that the target needs",
    ),
    "col.code": ("统一社会信用代码", "Code"),
    "col.name": ("企业名称", "Name"),
    "col.share": ("占比", "Share"),
    "col.pull": ("拉动", "Pull"),
    "col.last": ("上年{unit}", "Last year, {unit}"),
    "col.town": ("所在镇", "Town"),
    "col.wanted": ("应完成", "Needed"),
    "col.projected": ("预计", "Projected"),
    "col.short": ("差额", "Short"),
    # files
    "files": ("数据文件", "Files"),
    "file": (
        "{file}：读入{read}行，采用{used}行{aside}{unit}；sha256 {sha}",
        "{file}: rows read {read}, used {used}{aside}{unit}; sha256 {sha}",
    ),
    "file.aside": ("，剔除{aside}", ", set aside: {aside}"),
    "file.unit": ("；{unit}（{unit_from}）", "; {unit} ({unit_from})"),
    "unit_from.metadata": ("单位见文件元数据", "unit from the file's metadata"),
    "unit_from.header": ("单位见表头", "unit from the header"),
    "unit_from.row": ("单位见数据行", "unit from the rows"),
    "unit_from.value": ("单位见数值", "unit in the values"),
    "unit_from.cell": ("单位见单位格", "unit from its own cell"),
    "unit_from.title": ("单位见标题", "unit from the title"),
    "unit_from.sheet": ("单位见工作表名", "unit from the sheet"),
    "unit_from.file_name": ("单位见文件名", "unit from the file name"),
    "unit_from.declared": ("单位按计划文件", "unit as the plan declares it"),
    # back-test
    "errors": ("预计方法回测（平均绝对误差）", "Back-test of the projection (mean absolute error)"),
    "errors.none": ("历史不足，无法回测", "not enough history for a back-test"),
    "errors.head": ("月份|本方法|按月平均|按同比", "Month|Ours|Linear|Full growth"),
}


def explain_word(key: str, lang: Lang, **values: object) -> str:
    """A heading or sentence by its key.

    Raises:
        KeyError: There is no such text.
    """
    text = EXPLAIN[key][0 if lang == "zh" else 1]
    return text.format_map(values) if values else text
