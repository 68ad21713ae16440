"""Why a state is what it is, and why a number is not there: one phrase for each reason code."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xicen_kpi.words.labels import Lang

REASONS: Mapping[str, tuple[str, str]] = {
    # the target is met, or was
    "target_met": ("已达到目标", "the target is met"),
    "meets_now": ("现已达标，年底前仍可能变动", "meets the target now; it may still change before the due date"),
    "was_met_at_baseline": ("基期已达标，现已回落", "met at the baseline, no longer now"),
    "deadline_past": ("期限已过，未达到目标", "the due date is past and the target not met"),
    "ceiling_exceeded": ("已超过上限", "the ceiling is exceeded"),
    # the target is ahead
    "projection_reaches": ("预计可达到目标", "the projection reaches the target"),
    "projection_short": ("预计低于目标", "the projection falls short of the target"),
    "progress_on_pace": ("进度快于或持平于时间进度", "progress keeps up with the time gone"),
    "progress_behind_pace": ("进度慢于时间进度", "progress is behind the time gone"),
    "no_change": ("较基期没有变化", "no change since the baseline"),
    "below_baseline": ("低于基期水平", "worse than the baseline"),
    # it cannot be said
    "plan_not_begun": ("方案实施期尚未开始", "the plan has not begun"),
    "target_year_not_begun": ("目标年度尚未开始", "the target's year has not begun"),
    "january_exempt": ("月度报表1月免报，无1月数据", "the monthly forms have no January (1月免报)"),
    "not_started": ("尚未开始", "not started"),
    "no_data": ("没有数据", "no data"),
    "stale": ("数据过旧，不予评估", "the data are too old to be assessed"),
    "insufficient_history": ("历史数据不足，无法预计", "not enough history to project from"),
    "months_missing": ("历史月份不全", "months are missing from the history"),
    "no_baseline": ("没有基期值", "there is no baseline"),
    "coverage_too_low": ("上报面过低", "too few have reported"),
    # the number does not exist
    "target_is_zero": ("目标为零，比率无意义", "the target is zero"),
    "target_equals_baseline": ("目标等于基期值", "the target equals the baseline"),
    "base_meets_target": ("基期值已达到目标", "the baseline met the target already"),
    "base_not_positive": ("基数为零或负，不计算增速", "the base is zero or negative"),
    "denominator_is_zero": ("分母为零", "the denominator is zero"),
    "zero_denominator": ("分母为零", "the denominator is zero"),
    "no_time_elapsed": ("时间尚未开始", "no time has gone"),
    "no_time_left": ("已无剩余月份", "no months are left"),
    "last_year_not_positive": ("上年同期为零或负", "last year's figure is zero or negative"),
    "ratio_target_is_whole": ("目标为100%，增加单位无法达到", "a target of 100 % cannot be reached by adding"),
    "total_unchanged": ("总量没有变化", "the total has not changed"),
    "no_matched_units": ("没有两期都有数据的单位", "no unit has data in both periods"),
    "definition_differs": ("与基期口径不同，不可直接比较", "another definition than the baseline's"),
    "bounds_agree": ("上下界结论一致", "both bounds agree"),
    "bounds_straddle_target": ("上下界跨越目标，结论不稳", "the bounds lie on both sides of the target"),
    # what could not be observed
    "source_missing": ("缺少所需的数据文件", "a file that it needs is missing"),
    "column_missing": ("文件中缺少所需的列", "a column that it needs is missing"),
    "no_data_for_period": ("没有该期数据", "there are no data for the period"),
    "no_values": ("没有符合条件的数值", "no row that counts has a value"),
    "annual_form": ("年报指标，仅年末有数", "an annual form speaks at the year's end only"),
    "two_values": ("同一日期有两个不同数值", "two different values stand at the last date"),
    "units_differ": ("分子分母单位不同", "numerator and denominator have different units"),
    # why a key of the report is empty
    "no_target": ("原文没有目标值", "the plan sets no target"),
    "no_target_value": ("只有方向，没有目标值", "a direction without a number"),
    "direction_only": ("只有方向，没有目标值", "a direction without a number"),
    "no_value": ("没有数值", "there is no value"),
    "no_last_year": ("没有上年同期数", "there is no figure of last year"),
    "no_band": ("没有区间", "there is no band"),
    "year_not_over": ("年度未结束，不与全年基期比较", "part of a year is not set against a whole one"),
    "count_over_plan": ("方案期累计数，不计算同比", "a count over the plan has no growth on last year"),
    "counts_have_no_season": ("计数不计算季节进度", "counts have no season"),
    "no_pace_for_ratios": ("比率没有序时进度", "ratios have no schedule"),
    "ratio_has_change_pp": ("比率以百分点表示变化", "the change of a ratio is in percentage points"),
    "only_for_ratios": ("仅适用于比率", "only for ratios"),
    "only_for_counts": ("仅适用于计数", "only for counts"),
    "only_for_flows": ("仅适用于流量", "only for flows"),
    "only_for_flows_and_counts": ("仅适用于流量和计数", "only for flows and counts"),
    "only_before_the_target_year": ("仅在目标年度开始前显示", "only before the target's year"),
    "not_from_enterprises": ("不是由企业数据汇总", "not made of enterprises' amounts"),
    "nothing_unknown": ("没有未知因素", "nothing is unknown"),
    "not_a_sum_of_enterprises": ("不是企业数据之和", "not a sum over enterprises"),
    "none_given": ("没有核定数", "no confirmed figure was given"),
    "not_applicable": ("不适用", "does not apply"),
    "not_computed_yet": ("本版本尚未计算", "this version does not compute it yet"),
    "suppressed": ("为保护单个调查对象资料不予显示", "hidden to protect single respondents"),
    # commitments
    "not_in_ledger": ("台账中没有此事项", "the ledger has no entry for it"),
    "ledger": ("据台账", "from the ledger"),
    "due_date_past": ("已过计划完成日期", "its due date is past"),
}


def reason(code: str, lang: Lang) -> str:
    """The phrase for a reason code; a text that is no code (a plan's own words) stands for itself."""
    words = REASONS.get(code)
    return code if words is None else words[0 if lang == "zh" else 1]
