"""What the public may see: each rule on a drop made for it, and a solver over all that the sample's report prints."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reports import sample
from small_plans import FIRMS, OUTPUT, assessed, form, indicator, plan_of, source, the_indicator, year_of

from xicen_kpi.analysis.disclosure import DisclosureRules, unsafe
from xicen_kpi.analysis.enterprises import Shares
from xicen_kpi.engine.amounts import Amounts, Book
from xicen_kpi.plan.period import Month
from xicen_kpi.report.behind import look_behind
from xicen_kpi.report.disclosure import Printed, members_of
from xicen_kpi.report.history import snapshot_of
from xicen_kpi.report.published import revised

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports import MakeDrop

    from xicen_kpi.analysis.observation import NotObserved
    from xicen_kpi.report.behind import Side

LIST = source(FIRMS, columns={"town": {"header": "镇"}, "name": {"header": "名称"}})
LINKED = source(OUTPUT, link="firms")
FIRST = "代码 | 名称 | 类别 | 行业 | 标签 | 镇 | 入园 | 离园"


def firms(**towns: str) -> str:
    lines = [f"{code} | 样例{code}公司 | 工业 | 3911 | | {town} | 2020-01-01 | " for code, town in towns.items()]
    return "\n".join([FIRST, *lines])


def public(make_drop: MakeDrop, blocks: Any, towns: Any = None, indicators: Any = None, **parts: Any) -> Any:
    files = {"产值.csv": form(*blocks), "名录.csv": firms(**(towns or dict.fromkeys("ABCDEF", "甲镇")))}
    plan = plan_of(indicators, {"firms": LIST, "output": LINKED}, **parts)
    return assessed(plan, make_drop(files), audience="public")


def even(codes: str, to: int = 10, each: float = 1.0) -> list[str]:
    """Every enterprise makes the same every month, and made it last year."""
    return [year_of(code, 2026, each, to, last=each) for code in codes] + [year_of(code, 2025, each) for code in codes]


def test_a_safe_total_is_published_as_it_is(make_drop: MakeDrop) -> None:
    one = the_indicator(public(make_drop, even("ABCDEF")))
    assert (one.value, one.suppressed, one.growth) == (60.0, False, 0.0)
    assert [point.value for point in one.series][-1] == 60.0
    assert {step.value for step in one.trail} == {None}, "parts of a figure are for the office"


@pytest.mark.parametrize(
    "blocks",
    [
        even("AB"),  # two units
        [*even("ABCDE"), *even("F", each=100.0)],  # one unit holds 100 of 105
        [*even("AB", each=50.0), *even("CDEF", each=1.0)],  # two hold 100 of 104
    ],
)
def test_a_total_that_fails_takes_everything_with_it(make_drop: MakeDrop, blocks: Any) -> None:
    one = the_indicator(public(make_drop, blocks))
    assert one.suppressed
    assert one.reason == "suppressed"
    gone = (
        one.value, one.gap, one.completion, one.growth, one.previous.value, one.previous.final, one.pace_gap_pp.linear,
        one.required.per_month, one.projection.value, one.projection.low, one.bounds.high, one.distance_to_cut,
        one.coverage.by_value, one.nowcast, one.drivers.continuing, one.elapsed.seasonal, one.confirmed,
    )  # fmt: skip
    assert set(gone) == {None}
    assert {point.value for point in one.series} == {None}
    assert {group.value for group in one.contributions} == {None}
    assert {"value", "gap", "completion", "growth", "projection"} <= {
        k for k, v in one.reasons.items() if v == "suppressed"
    }


def test_the_plan_may_allow_a_headline_total(make_drop: MakeDrop) -> None:
    allowed = {"settings": {"disclosure": {"allow": ["it"]}}}
    towns = dict(zip("ABCDEF", ("甲镇", "甲镇", "甲镇", "甲镇", "乙镇", "乙镇"), strict=True))
    one = the_indicator(public(make_drop, [*even("ABCDE"), *even("F", each=100.0)], towns, **allowed))
    assert one.value == 1050.0
    assert {group.value for group in one.contributions} == {None}, "the total, not its parts"


def test_the_thresholds_are_the_plans(make_drop: MakeDrop) -> None:
    strict = {"settings": {"disclosure": {"minimum_units": 7}}}
    assert the_indicator(public(make_drop, even("ABCDEF"), **strict)).suppressed


def test_the_office_sees_everything(make_drop: MakeDrop) -> None:
    drop = make_drop({"产值.csv": form(*even("AB")), "名录.csv": firms(A="甲镇", B="甲镇")})
    one = the_indicator(assessed(plan_of(None, {"firms": LIST, "output": LINKED}), drop))
    assert one.value == 20.0


def test_one_hidden_group_takes_a_second_with_it(make_drop: MakeDrop) -> None:
    towns = dict(zip("ABCDEF", ("甲镇", "甲镇", "甲镇", "乙镇", "乙镇", "丙镇"), strict=True))
    one = the_indicator(public(make_drop, even("ABCDEF"), towns))
    shown = {group.group: group.value for group in one.contributions if group.dimension == "town"}
    assert one.value == 60.0
    # 丙 has one unit, 乙 two: both fail, and together they are three units.
    assert shown == {"甲镇": 30.0, "乙镇": None, "丙镇": None}


def test_a_lone_hidden_group_is_not_left_to_be_subtracted(make_drop: MakeDrop) -> None:
    towns = dict(zip("ABCDEF", ("甲镇", "甲镇", "甲镇", "乙镇", "乙镇", "乙镇"), strict=True))
    blocks = [*even("ABC"), *even("DE"), *even("F", each=20.0)]
    # 乙: 20 of 22 are one unit's. 甲 alone would be the total less 乙.
    one = the_indicator(public(make_drop, blocks, towns, settings={"disclosure": {"dominance": [[1, 85.0]]}}))
    assert not one.suppressed
    assert {group.value for group in one.contributions if group.dimension == "town"} == {None}


def test_a_month_that_only_one_unit_moved_is_withheld(make_drop: MakeDrop) -> None:
    flat = "\n".join(f"{code} | 2026-09 | 9 | 9\n{code} | 2026-10 | 9 | 9" for code in "BCDEF")
    moved = "A | 2026-09 | 9 | 9\nA | 2026-10 | 12 | 9"
    one = the_indicator(public(make_drop, [flat, moved]))
    # October less September is 3, all of it A's.
    assert one.suppressed
    assert [(point.period, point.value) for point in one.series] == [("2026-09", None), ("2026-10", None)]


def test_what_one_leaver_made_is_not_last_years_two_figures_apart(make_drop: MakeDrop) -> None:
    staying = [year_of(code, 2026, 1.0, 10, last=1.0) for code in "ABCDE"]
    last_year = [year_of(code, 2025, 1.0) for code in "ABCDEF"]
    one = the_indicator(public(make_drop, [*staying, *last_year]))
    # 上年同期 of those who report is 50, last year's own final 60: the difference is F's 10.
    assert (one.previous.value, one.growth) == (50.0, 0.0)
    assert (one.previous.final, one.previous.final_growth) == (None, None)
    assert one.elapsed.seasonal is None
    assert {point.value for point in one.series if point.period.startswith("2025")} == {None}
    assert {group.previous for group in one.contributions} == {None}


def test_what_a_few_have_not_reported_is_not_weighed(make_drop: MakeDrop) -> None:
    late = [year_of("F", 2026, 1.0, 9, last=1.0)]
    one = the_indicator(public(make_drop, [*even("ABCDE"), *late, year_of("F", 2025, 1.0)]))
    assert (one.coverage.expected, one.coverage.reported) == (6, 5)
    assert (one.coverage.by_value, one.nowcast, one.bounds.high) == (None, None, None)


def test_two_figures_that_differ_by_one_unit_do_not_stand_together(make_drop: MakeDrop) -> None:
    without_f = {"sum": "output.output", "where": {"kind": {"equals": "工业"}}}
    lines = firms(**dict.fromkeys("ABCDEF", "甲镇")).replace("样例F公司 | 工业", "样例F公司 | 服务业")
    plan = plan_of(
        {"it": indicator(), "part": indicator(measure=without_f, headline=False)}, {"firms": LIST, "output": LINKED}
    )
    found = assessed(plan, make_drop({"产值.csv": form(*even("ABCDEF")), "名录.csv": lines}), audience="public")
    assert the_indicator(found).value == 60.0
    assert the_indicator(found, "part").suppressed, "60 - 50 is F's 10; the headline goes first"


def test_a_ratio_needs_both_sides(make_drop: MakeDrop) -> None:
    of = {"sum": "output.output", "where": {"kind": {"equals": "服务业"}}}
    share = {"ratio": {"of": of, "to": {"sum": "output.output"}}}
    lines = firms(**dict.fromkeys("ABCDEF", "甲镇")).replace("样例F公司 | 工业", "样例F公司 | 服务业")
    plan = plan_of(
        {"it": indicator(measure=share, unit="%", target={"at_least": 50, "by": "2026-12"})},
        {"firms": LIST, "output": LINKED},
    )
    found = assessed(plan, make_drop({"产值.csv": form(*even("ABCDEF")), "名录.csv": lines}), audience="public")
    assert the_indicator(found).suppressed, "a share and a known total give F's amount"


# -- a solver over everything that the sample's public report prints


def known(found: Shares | NotObserved | None) -> dict[str, float]:
    assert isinstance(found, Shares)
    return found.amounts


def printed_rows() -> Any:
    """Every printed sum of the sample as a row over its units' amounts; the same amount of a unit is one variable."""
    found = sample("public")
    rows: list[frozenset[tuple[str, str, float]]] = []
    for one in found.report.indicators:
        back = look_behind(found.cases[one.id])
        if back is None or one.suppressed:
            continue
        sides = [back.of, *([back.to] if back.to else [])]
        for side in sides:
            rows.append(row("now", side.now.amounts))
            if one.previous.value is not None:
                rows.append(row("before", known(side.stated or side.before)))
            if one.previous.final is not None:
                rows.append(row("before", known(side.before)))
        for group in one.contributions:
            codes = members_of(back, group.dimension)[group.group]
            if group.value is not None:
                rows.append(row("now", {c: a for c, a in back.of.now.amounts.items() if c in codes}))
            if group.previous is not None:
                rows.append(row("before", {c: a for c, a in known(back.of.before).items() if c in codes}))
        rows += printed_months(found, one, back)
    return [one for one in dict.fromkeys(rows) if one]


def printed_months(found: Any, one: Any, back: Any) -> Iterator[Any]:
    """The steps between the months that the series prints, each a sum of its own over the units that moved."""
    case = found.cases[one.id]
    shown = [point.period for point in one.series if point.value is not None]
    for side in (back.of, *([back.to] if back.to else [])):
        for earlier, later in pairwise(shown):
            if earlier[:4] == later[:4]:
                first, second = (case.observer.shares(side.measure, Month.parse(m)).amounts for m in (earlier, later))
                moved = {code: second.get(code, 0.0) - first.get(code, 0.0) for code in first.keys() | second.keys()}
                yield row(f"step {later}", moved)


def row(when: Any, amounts: Any) -> Any:
    return frozenset((when, code, amount) for code, amount in amounts.items() if amount != 0)


def printed_of_two_months() -> Iterator[Any]:
    """What the reports of September and October print of this year: amounts to September, and what October added."""
    for month, earlier in (("2026-09", None), ("2026-10", "2026-09")):
        found = sample("public", "zh", month)
        for one in found.report.indicators:
            case = found.cases[one.id]
            back = look_behind(case)
            if back is None or one.suppressed or one.period is None or one.period.end != month:
                continue
            parts: list[tuple[Side, frozenset[str] | None]] = [
                (side, None) for side in (back.of, *([back.to] if back.to else []))
            ]
            parts += [
                (back.of, members_of(back, group.dimension)[group.group])
                for group in one.contributions
                if group.value is not None
            ]
            for side, codes in parts:
                now = {code: a for code, a in side.now.amounts.items() if codes is None or code in codes}
                if earlier is None:
                    yield row("to September", now)
                    continue
                before = known(case.observer.shares(side.measure, Month.parse(earlier)))
                yield row("to September", {code: before[code] for code in now if code in before}) | row(
                    "October", {code: amount - before.get(code, 0.0) for code, amount in now.items()}
                )


def test_nor_from_the_reports_of_two_months() -> None:
    rows = [one for one in dict.fromkeys(printed_of_two_months()) if one]
    assert len(rows) > 100
    assert solved_from(rows) == []


def test_no_amount_of_any_unit_can_be_solved_from_the_printed_figures() -> None:
    rows = printed_rows()
    assert len(rows) > 100
    assert solved_from(rows) == []


def test_the_solver_solves_what_can_be_solved() -> None:
    a, b, c = (("now", code, 1.0) for code in "ABC")
    assert solved_from([frozenset({a, b, c}), frozenset({a, b})]) == [("now", "C")]
    assert solved_from([frozenset({a, b, c})]) == []


def solved_from(rows: Any) -> Any:
    variables = {key: place for place, key in enumerate(sorted(set().union(*rows)))}
    matrix = np.zeros((len(rows), len(variables)))
    for place, one in enumerate(rows):
        for key in one:
            matrix[place, variables[key]] = 1.0
    _, sizes, basis = np.linalg.svd(matrix, full_matrices=False)
    known = basis[sizes > 1e-9 * sizes.max()]
    # A unit's amount is determined exactly where its axis lies in the span of the printed sums: leverage 1.
    leverage = (known**2).sum(axis=0)
    return [key[:2] for key, place in variables.items() if leverage[place] > 1 - 1e-9]


def test_no_two_printed_figures_of_the_sample_differ_by_too_few_units() -> None:
    rows = printed_rows()
    close = []
    for place, one in enumerate(rows):
        for other in rows[place + 1 :]:
            units = {key[1] for key in one ^ other}
            same_time = {key[0] for key in one} == {key[0] for key in other}
            if same_time and 0 < len(units) < 3:
                close.append(sorted(units))
    assert close == []


# -- beside what was published before


def again(make_drop: MakeDrop, first: Any, second: Any, **parts: Any) -> Any:
    """The public report of the second data, where that of the first was recorded."""
    kept = snapshot_of(public(make_drop, first, **parts).report, "2026-11-08T09:00:00+08:00")
    files = {"产值.csv": form(*second), "名录.csv": firms(**dict.fromkeys("ABCDEF", "甲镇"))}
    plan = plan_of(None, {"firms": LIST, "output": LINKED}, **parts)
    return assessed(plan, make_drop(files), audience="public", recorded=(kept,))


def test_the_same_figure_may_be_published_again(make_drop: MakeDrop) -> None:
    found = again(make_drop, even("ABCDEF"), even("ABCDEF"))
    assert the_indicator(found).value == 60.0
    assert the_indicator(found).history[0].first == 60.0
    assert found.findings == ()


def test_the_same_figure_in_another_unit_may_be_published_again(make_drop: MakeDrop) -> None:
    first = snapshot_of(public(make_drop, even("ABCDEF")).report, "2026-11-08T09:00:00+08:00")
    was = first.indicators["it"].in_unit("万元")
    assert was is not None
    assert was.value == pytest.approx(600_000)
    files = {"产值.csv": form(*even("ABCDEF")), "名录.csv": firms(**dict.fromkeys("ABCDEF", "甲镇"))}
    plan = plan_of(None, {"firms": LIST, "output": LINKED})
    kept = replace(first, indicators={"it": was})
    found = assessed(plan, make_drop(files), audience="public", recorded=(kept,))
    assert the_indicator(found).value == 60.0
    assert the_indicator(found).history[0].first == pytest.approx(60.0)
    assert found.findings == ()


def test_a_late_reporter_is_not_the_difference_of_two_published_figures(make_drop: MakeDrop) -> None:
    found = again(make_drop, even("ABCDE"), even("ABCDEF"))
    one = the_indicator(found)
    assert one.suppressed, "60 less the 50 that were published is F's 10"
    assert one.history == ()
    (told,) = [told for told in found.report.findings if told.slug == "published-otherwise"]
    assert "it" in told.message
    assert "2026年10月" not in told.message
    assert "2026-10" in told.message


def test_a_correction_of_an_earlier_month_is_not_printed_beside_what_was_published(make_drop: MakeDrop) -> None:
    later = [*even("ABCDE", to=11), year_of("F", 2025, 1.0), year_of("F", 2026, 1.2, 11, last=1.0)]
    one = the_indicator(again(make_drop, even("ABCDEF"), later))
    series = {point.period: point.value for point in one.series}
    assert series["2026-10"] is None, "62 less the 60 that were published is F's correction"
    assert one.value == pytest.approx(68.2), "November is another figure: six enterprises made the step"
    assert [month.as_of for month in one.history] == ["2026-11"]


def test_what_the_plan_allows_is_published_whatever_came_before(make_drop: MakeDrop) -> None:
    allowed = {"settings": {"disclosure": {"allow": ["it"]}}}
    found = again(make_drop, even("ABCDE"), even("ABCDEF"), **allowed)
    assert the_indicator(found).value == 60.0
    assert [told.slug for told in found.findings] == []


def test_a_month_was_published_otherwise_where_any_record_of_it_differs(make_drop: MakeDrop) -> None:
    files = {"产值.csv": form(*even("ABCDEF")), "名录.csv": firms(**dict.fromkeys("ABCDEF", "甲镇"))}
    case = assessed(plan_of(None, {"firms": LIST, "output": LINKED}), make_drop(files)).cases["it"]
    assert revised(case, {"2026-09": {54.0}, "2027-01": {1.0}}) == set()
    assert revised(case, {"2026-09": {54.0, 53.0}, "2026-08": {48.0}}) == {"2026-09"}


UNITS = st.dictionaries(st.integers(0, 60).map("{:02d}".format), st.sampled_from((0.0, 5.0, 5.5, 90.0)), max_size=60)


@given(first=UNITS, second=UNITS, change=st.booleans())
def test_two_sums_betray_what_few_units_have_in_one_alone(
    first: dict[str, float], second: dict[str, float], change: bool
) -> None:
    second = second if change else first | dict(list(second.items())[:3])
    book, rules = Book(), DisclosureRules()
    one, other = (Printed.of("now", "千元", Amounts.of(each, book)) for each in (first, second))
    apart = set(first.items()) ^ set(second.items())
    changes = [second.get(code, 0.0) - first.get(code, 0.0) for code in {code for code, _ in apart}]
    told = 0 < len(apart) <= 40 and unsafe([one for one in changes if one], rules) is not None
    assert one.betrays(other, rules) == other.betrays(one, rules) == told
    assert not one.betrays(Printed.of("before", "千元", Amounts.of(second, book)), rules)
