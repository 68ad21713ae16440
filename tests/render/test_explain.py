"""The trail of one figure as text: what was asked, of whom, with which answer, within 80 columns."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Literal

import pytest
from reports import previous, sample, target
from rich.cells import cell_len

from xicen_kpi.plan.values import Text
from xicen_kpi.render.explain import explain_text
from xicen_kpi.render.explain_lists import aligned
from xicen_kpi.report.explanation import explain
from xicen_kpi.report.formula import Condition, Part
from xicen_kpi.report.model import BySchedule, ConfirmedSection, RequiredSection

if TYPE_CHECKING:
    from typing import Any

    from xicen_kpi.report.explanation import Explanation

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, Lang] = ("zh", "en")
NAMES = sorted(sample().cases)


@cache
def of_sample(name: str, lang: Lang = "zh") -> Explanation:
    return explain(sample("internal", lang), name)


def told(name: str, lang: Lang = "zh", **changes: Any) -> str:
    """The note with parts of the indicator's section changed."""
    found = of_sample(name, lang)
    return explain_text(replace(found, indicator=found.indicator._replace(**changes)), lang, "half_up")


def flat(text: str, between: str = "") -> str:
    """Without the breaks within a paragraph, so that a sentence can be looked for; English needs a space there."""
    return re.sub(r"\n {4}", between, text)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", NAMES)
def test_every_figure_is_told_within_80_columns(name: str, lang: Lang) -> None:
    text = told(name, lang)
    assert max(cell_len(line) for line in text.splitlines()[1:]) <= 80
    assert not re.search(r"\{\w*\}|\bNone\b|\bTrue\b|\bFalse\b|\bnan\b", text)
    assert "（）" not in text
    assert "()" not in text
    one = of_sample(name, lang).indicator
    solid = "".join(text.split())
    assert "".join(one.cite.quote.split()) in solid
    for part in of_sample(name, lang).parts:
        assert "".join(part.source.say(lang).split()) in solid


def test_the_first_line_names_it_and_marks_it() -> None:
    assert told("industrial_output").splitlines()[0] == "规模以上工业总产值  industrial_output  [内部资料]"


def test_the_formula_has_its_numbers() -> None:
    """13,720,004千元 are 137.20004亿元: 1亿元 is 100,000千元."""
    text = flat(told("industrial_output"))
    assert "“工业总产值;本年-1—本月”合计（在园企业，报表类别为规模以上工业） = 13,720,004千元（126行）" in text
    assert "= 13,720,004千元 = 137.20亿元" in text


def test_a_ratio_shows_both_sides() -> None:
    """2,754,265 + 19,745,737 = 22,500,002千元; 13,960,000 + 32,810,013 = 46,770,013千元."""
    text = flat(told("next_gen_it_revenue_share"))
    assert f"= {22_500_002 / 1e5:.2f}亿元 ÷ {46_770_013 / 1e5:.2f}亿元 = {100 * 22_500_002 / 46_770_013:.2f}%" in text
    assert text.count("分子：") == 2
    assert text.count("分母：") == 2


def test_a_ratio_of_counts_has_no_amounts() -> None:
    text = flat(told("rnd_institution_coverage"))
    assert f"= 44 ÷ 130 = {100 * 44 / 130:.2f}%" in text
    assert "期末机构数;本年不小于1" in text, "the condition that makes the difference"


def test_without_the_largest_says_what_is_taken_away() -> None:
    """499,669 + 4,040,343 - 3,630,000 = 910,012; 13,960,000 + 32,810,013 - 16,880,000 = 29,890,013."""
    text = flat(told("rnd_intensity_without_largest"))
    assert "分子：减去最大的1家企业 = −3,630,000千元" in text
    assert "分母：减去最大的1家企业 = −16,880,000千元" in text
    assert f"= {910_012 / 1e5:.2f}亿元 ÷ {29_890_013 / 1e5:.2f}亿元 = {100 * 910_012 / 29_890_013:.2f}%" in text
    assert "旗舰" not in text.split("数据文件")[0].split("分子中最大")[1], "it is out of every list"


def test_a_count_is_not_added_up() -> None:
    text = flat(told("innovation_platforms"))
    assert "方案期内登记数（所属产业链为新一代信息技术，是否在园区为是） = 3个（3行）" in text
    assert "3.00" not in text


def test_groups_are_alternatives_in_the_readers_language() -> None:
    assert "产业归类：集成电路、生物医药、人工智能" in flat(told("three_leading_industries_scale"))
    english = flat(told("three_leading_industries_scale", "en"), " ").lower()
    assert "industry group: integrated circuits / biomedicine / artificial intelligence" in english


def test_alternatives_and_missing_cells() -> None:
    found = of_sample("industrial_output")
    where = (
        Condition("equals", "类别", Text(zh="甲", en="A")),
        Condition("or_at_least", "规模", Text(zh="3", en="3")),
    )
    part = Part("", "sum", Text(zh="表", en="form"), "列", where, 5.0, "千元", 2, 1)
    text = explain_text(replace(found, parts=(part,)), "zh", "half_up")
    assert "“列”合计（类别为甲，或规模不小于3） = 5千元（2行，另有1行无数值）" in flat(text)
    english = flat(explain_text(replace(found, parts=(part,)), "en", "half_up"), " ")
    assert "sum of “列”, form (类别 is A, or 规模 at least 3) = 5 ¥1k (rows: 2, without a value: 1)" in english


# -- value and target


def test_ahead_behind_and_level() -> None:
    for gap, said in ((58.31, "快58.3个百分点"), (-2.6, "慢2.6个百分点"), (0.04, "持平")):
        elapsed, pace = BySchedule(linear=0.5, seasonal=None), BySchedule(linear=gap, seasonal=None)
        text = flat(told("industrial_output", elapsed=elapsed, pace_gap_pp=pace))
        assert f"按序时进度应达50.0%，{said}\n" in text


def test_a_gap_of_shares_is_in_points_and_of_amounts_in_its_unit() -> None:
    assert "缺口1.9个百分点" in flat(told("next_gen_it_revenue_share"))
    assert "缺口32.8亿元" in flat(told("industrial_output"))
    assert "缺口无" in flat(told("innovation_platforms"))


def test_a_figure_that_is_not_there_says_why() -> None:
    text = told("industrial_output", value=None, period=None, reason="january_exempt", status="not_assessable")
    assert "  无法评估：月度报表1月免报，无1月数据" in text


def test_preliminary_and_confirmed_figures_are_marked() -> None:
    assert "137.2亿元（初步数）" in told("industrial_output")
    confirmed = ConfirmedSection(value=138.0, computed=137.20004, difference=138.0 - 137.20004)
    text = flat(told("industrial_output", value=138.0, confirmed=confirmed))
    assert "138.0亿元（核定数）" in text
    assert "按报表汇总为137.2亿元，相差+0.8亿元" in text, "138.0 - 137.20004 = 0.79996"
    assert "= 13,720,004千元 = 137.20亿元" in text, "the formula gives what it computes"


def test_what_is_not_met_never_prints_as_its_target() -> None:
    """8.96 of 9 is not met: it does not print as 9.0."""
    text = told("rnd_intensity", value=8.96, gap=9 - 8.96, completion=8.96 / 9)
    assert "2026年1—10月：8.96%（初步数）" in text
    assert "完成率99.6%，缺口0.04个百分点" in flat(text)
    assert "2026年1—10月：9.0%" in told("rnd_intensity", value=9.0, gap=0.0, completion=1.0)


def test_a_direction_has_no_number() -> None:
    text = flat(told("rnd_institution_coverage"))
    assert "目标：提高（至2026年12月，与基期相比）" in text
    assert "只有方向，没有目标值" in text


# -- why it moved


def test_growth_on_both_bases() -> None:
    text = flat(told("industrial_output", previous=previous(100.0, final=110.0, final_growth=-0.0125), growth=0.05))
    assert "上年同期（本期报表所填，可比口径）100.0亿元，同比增长5.0%" in text
    assert "上年同期（上年报表原报数）110.0亿元，名义下降1.3%" in text, "1.25 rounds up: 四舍五入"


def test_who_left_is_a_minus() -> None:
    """6.8 + 0.0 - 2.5 = 4.3 = 137.2 - 132.9."""
    assert "连续在报单位+6.8亿元，新增单位0.0亿元，退出及未报单位−2.5亿元" in flat(told("industrial_output"))


def test_nobody_came_or_left_is_not_worth_a_line() -> None:
    assert "连续在报单位" not in told("three_leading_industries_scale")
    assert "名义增速与可比增速相差" not in flat(told("three_leading_industries_scale"))


def test_industries_are_called_by_name() -> None:
    assert "专用设备制造业" in flat(told("industrial_output"))
    assert "special machinery" in flat(told("industrial_output", "en"), " ")


# -- what would close the gap


@pytest.mark.parametrize(
    ("end", "growth", "said"),
    [
        ("2026-10", 0.123, "后2个月月均需完成16.4亿元，即余下月份须同比增长12.3%"),
        ("2026-11", None, "最后1个月需完成16.4亿元"),
        ("2026-09", -0.05, "后3个月月均需完成16.4亿元，即余下月份须同比下降5.0%"),
    ],
)
def test_what_a_flow_needs(end: str, growth: float | None, said: str) -> None:
    period = of_sample("industrial_output").indicator.period._replace(end=end)  # type: ignore[union-attr]
    required = RequiredSection(per_month=16.4, growth=growth, numerator=None, numerator_unit=None, count=None)
    assert f"  {said}\n" in flat(told("industrial_output", period=period, required=required))


def test_what_others_need() -> None:
    assert "按现有分母，分子还需增加8.85亿元" in told("next_gen_it_revenue_share")
    assert "  还需5个\n" in told("talent_services")
    assert "  1 enterprise to go\n" in told("new_enterprises", "en")
    assert "  已达标，无缺口\n" in told("innovation_platforms")
    unknown = RequiredSection(per_month=None, growth=None, numerator=None, numerator_unit=None, count=None)
    assert "  暂无法测算\n" in told("industrial_output", required=unknown)


def test_no_target_needs_nothing() -> None:
    text = told("park_revenue")
    assert "如何补上缺口" not in text
    assert "仅供参考（原文没有目标值）" in text


def test_a_ceiling_is_shown_as_one() -> None:
    assert "目标≤5亿元" in flat(told("industrial_output", target=target(5.0, "at_most")))


# -- lists


def test_columns_are_aligned_by_cells() -> None:
    lines = list(aligned([("代码", "名称", "亿元"), ("A1", "短", "1.25"), ("B22", "一个较长的名称", "100.00")], 80))
    assert lines == [
        "  代码  名称              亿元",
        "  A1    短                1.25",
        "  B22   一个较长的名称  100.00",
    ]


def test_a_name_too_long_stands_on_a_line_of_its_own() -> None:
    lines = list(aligned([("代码", "名称", "亿元"), ("A1", "一个非常非常长的名称", "1.25")], 24))
    assert lines[1] == "  A1    一个非常非常长的名称"
    assert lines[2].endswith("1.25")
    assert cell_len(lines[2]) == cell_len(lines[0]) == 24


def test_who_has_not_reported_is_listed_with_last_years_value() -> None:
    text = told("industrial_output")
    block = text.split("未报单位（催报名单）\n")[1].split("\n\n")[0].splitlines()
    assert len(block) == 1 + 3, "a head and three enterprises"
    assert all("金泽镇" in line for line in block[1:])
    values = [float(re.findall(r"\d+\.\d\d", line)[0]) for line in block[1:]]
    assert values == sorted(values, reverse=True)


def test_files_with_rows_unit_and_hash() -> None:
    text = flat(told("industrial_output"))
    files = of_sample("industrial_output").files
    for file in files:
        assert f"{file.file}：读入{file.rows_read}行，采用{file.rows_used}行" in text
        assert file.sha256[:12] in text
    assert "千元（单位见数据行）" in text
    assert "剔除被修订替代 130" in text


def test_a_list_without_a_unit_says_none() -> None:
    line = next(line for line in told("new_enterprises").splitlines() if "园区名录.xlsx" in line)
    assert line == f"  园区名录.xlsx：读入300行，采用300行；sha256 {of_sample('new_enterprises').files[0].sha256[:12]}"


def test_a_backtest_or_why_there_is_none() -> None:
    found = explain(sample(), "industrial_output", with_errors=True)
    text = explain_text(found, "zh", "half_up", with_errors=True)
    assert "预计方法回测（平均绝对误差）" in text
    assert len(text.split("月份 ")[1].splitlines()) == 1 + len(found.errors)
    assert "历史不足，无法回测" in explain_text(replace(found, errors=()), "zh", "half_up", with_errors=True)
    assert "回测" not in told("industrial_output")
