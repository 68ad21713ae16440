"""The sample data adds up to what it is meant to, and every deliberate blemish is where the README says."""

from __future__ import annotations

from collections import Counter
from datetime import date
from unicodedata import normalize

import pytest
import totals

TOLERANCE = 0.05  # 亿元
EXPECTED = {
    # month: output, industry revenue, service revenue, IT revenue, R&D 331, leading output, services, wholesale
    (2024, 10): (129.0, 131.3, 282.9, 202.5, 50.7, 42.7, 170.1, 132.8),
    (2024, 12): (157.3, 160.1, 345.9, 247.4, 61.9, 52.0, 208.0, 160.0),
    (2025, 10): (132.9, 135.2, 304.6, 213.3, 46.8, 44.8, 186.8, 142.8),
    (2025, 12): (162.1, 164.9, 372.4, 260.6, 57.2, 54.6, 228.4, 172.0),
    (2026, 10): (137.2, 139.6, 328.1, 225.0, 45.4, 47.3, 205.0, 153.0),
}
PARK_REVENUE = {(2024, 10): 414.2, (2024, 12): 506.0, (2025, 10): 439.8, (2025, 12): 537.3, (2026, 10): 467.7}
LEADING_TOTAL = {(2024, 10): 345.6, (2024, 12): 420.0, (2025, 10): 374.4, (2025, 12): 455.0, (2026, 10): 405.3}
FLAGSHIP = "91310118YL00000129"
INDUSTRY, SERVICE, WHOLESALE = "规模以上工业", "规模以上服务业", "限额以上批发业"


@pytest.mark.parametrize("month", EXPECTED)
def test_the_totals_are_those_of_the_readme(month: totals.Month) -> None:
    industry, services = totals.revenue(month)
    it = sum(totals.revenue(month, "in_it"))
    found = (totals.industrial_output(month), industry, services, it, totals.research(month), *totals.leading(month))
    assert found == pytest.approx(EXPECTED[month], abs=TOLERANCE)
    assert industry + services == pytest.approx(PARK_REVENUE[month], abs=TOLERANCE)
    assert sum(totals.leading(month)) == pytest.approx(LEADING_TOTAL[month], abs=TOLERANCE)


def test_the_survey_of_research_is_a_little_above_the_accounts() -> None:
    assert [totals.surveyed_research(year) for year in (2024, 2025)] == pytest.approx([65.3, 60.2], abs=TOLERANCE)


def test_headline_indicators_at_the_end_of_october_2026() -> None:
    assert totals.headline("2026-10") == pytest.approx(
        {
            "innovation_platforms": 3,
            "new_enterprises": 19,
            "industrial_output": 137.2,
            "three_leading_industries_scale": 405.3,
            "next_gen_it_revenue_share": 100 * 225.0 / 467.7,
            "rnd_intensity": 100 * 45.4 / 467.7,
            "talent_services": 5,
        },
        abs=0.02,
    )


def test_headline_ratios_at_the_ends_of_years_use_the_survey() -> None:
    assert totals.headline("2024-12")["rnd_intensity"] == pytest.approx(100 * 65.3 / 506.0, abs=0.02)
    assert totals.headline("2025-12")["rnd_intensity"] == pytest.approx(100 * 60.2 / 537.3, abs=0.02)
    assert totals.headline("2024-12")["next_gen_it_revenue_share"] == pytest.approx(48.9, abs=0.05)
    assert totals.headline("2025-12")["next_gen_it_revenue_share"] == pytest.approx(48.5, abs=0.05)


@pytest.mark.parametrize(
    ("as_of", "platforms", "enterprises", "services"),
    [("2024-12", 0, 0, 0), ("2025-06", 1, 5, 0), ("2025-12", 2, 10, 2), ("2026-02", 2, 11, 2), ("2026-10", 3, 19, 5)],
)
def test_what_the_ledgers_count(as_of: str, platforms: int, enterprises: int, services: int) -> None:
    found = totals.headline(as_of)
    assert [found[name] for name in ("innovation_platforms", "new_enterprises", "talent_services")] == [
        platforms,
        enterprises,
        services,
    ]


def test_the_largest_enterprise_carries_it_and_research() -> None:
    month = (2026, 10)
    own = totals.finance("F203", 2026)[FLAGSHIP, month]
    revenue, research = own["revenue"] / 100_000, own["research"] / 100_000
    assert (revenue, research) == pytest.approx((168.8, 36.3), abs=TOLERANCE)
    assert revenue / 225.0 == pytest.approx(0.75, abs=0.005)
    others = (totals.research(month) - research) / (sum(totals.revenue(month)) - revenue)
    assert others == pytest.approx(0.030, abs=0.0005)


def test_chips_and_ai_stay_below_next_generation_it() -> None:
    month = (2026, 10)

    def weight(code: str) -> float:
        shares = totals.firms()[code].shares
        return min(1.0, shares.get("集成电路", 0.0) + shares.get("人工智能", 0.0))

    books = ((totals.output(2026), "output"), (totals.finance("F203", 2026), "revenue"))
    scale = sum(v[what] * weight(code) for rows, what in books for (code, at), v in rows.items() if at == month)
    assert scale / 100_000 < sum(totals.revenue(month, "in_it"))


def monthly_forms(year: int) -> list[dict[tuple[str, totals.Month], totals.Values]]:
    """The four monthly forms."""
    finance = [totals.finance(form, year) for form in ("B203", "F203")]
    return [totals.output(year), totals.sales(year), *finance]


def rows_of(form: str, month: totals.Month) -> set[str]:
    """The codes that have a row in this month."""
    rows = totals.output(month[0]) if form == "B204-1" else totals.finance(form, month[0])
    return {code for code, at in rows if at == month}


def test_three_industrial_enterprises_have_not_reported_october() -> None:
    left = {code for code, firm in totals.firms().items() if firm.left}
    for form in ("B204-1", "B203"):
        missing = rows_of(form, (2026, 9)) - rows_of(form, (2026, 10))
        assert len(missing) == 3
        assert not missing & left
    assert rows_of("B203", (2026, 10)) == rows_of("B204-1", (2026, 10))
    assert rows_of("F203", (2026, 9)) == rows_of("F203", (2026, 10))


def test_one_enterprise_left_and_one_entered() -> None:
    (left,) = [code for code, firm in totals.firms().items() if firm.left]
    assert totals.firms()[left].left == date(2026, 6, 30)
    assert left in rows_of("B204-1", (2026, 6)) - rows_of("B204-1", (2026, 7))
    (entered,) = rows_of("F203", (2025, 7)) - rows_of("F203", (2025, 6))
    assert totals.firms()[entered].joined == date(2025, 7, 1)


def test_january_is_in_no_monthly_form() -> None:
    for year in (2024, 2025, 2026):
        for rows in monthly_forms(year):
            assert {at[1] for _, at in rows} == set(range(2, 11 if year == 2026 else 13))


def test_february_has_no_value_of_its_own_and_cumulatives_never_fall() -> None:
    for year in (2024, 2025, 2026):
        for row in totals.lines(f"B204-1_{year}年.csv", "gb18030")[1:]:
            assert (row[3] == "") == row[2].endswith("年2月")
        for rows in monthly_forms(year):
            for (code, (_, number)), values in rows.items():
                earlier = rows.get((code, (year, number - 1)), dict.fromkeys(values, 0))
                assert all(values[name] >= earlier[name] for name in values)


def test_last_year_in_a_row_is_last_years_own_final_value() -> None:
    for year in (2025, 2026):
        final = totals.output(year - 1)
        for row in totals.lines(f"B204-1_{year}年.csv", "gb18030")[1:]:
            assert int(row[6]) == final[row[0], (year - 1, totals.month_of(row[2])[1])]["output"]
        for form in ("B203", "F203"):
            before = totals.finance(form, year - 1)
            for line in totals.excel(f"{form}_{year}年.xlsx")[4:]:
                own = before.get((str(line[0]), (year - 1, totals.month_of(str(line[2]))[1])))
                assert line[4] == (own["revenue"] if own else None)


def test_the_revised_file_corrects_two_enterprises() -> None:
    first = {r[0]: r for r in totals.lines("B204-1_2025年.csv", "gb18030") if r[2] == "2025年12月"}
    revised = {r[0]: r for r in totals.lines("B204-1_2025年12月_修订.csv", "gb18030")[1:]}
    assert first.keys() == revised.keys()
    changed = [code for code in first if first[code][3:5] != revised[code][3:5]]
    assert len(changed) == 2
    assert all(abs(int(first[c][4]) / int(revised[c][4]) - 1) > 0.02 for c in changed)


def test_one_enterprise_carries_a_code_of_2011() -> None:
    (old,) = [firm for firm in totals.firms().values() if firm.code == "6510"]
    assert old.shares == {"新一代信息技术": 1.0}


def test_the_park_sheet_agrees_with_the_form() -> None:
    rows = totals.excel("园区工业月报_2026年10月.xlsx")[2:]
    body = [row for row in rows if isinstance(row[0], (int, float))]
    amounts = {str(row[1]): float(normalize("NFKC", str(row[6])).replace(",", "")) for row in body}
    form = {code: values["output"] for (code, at), values in totals.output(2026).items() if at == (2026, 10)}
    assert amounts == pytest.approx({code: value / 10 for code, value in form.items()}, abs=0.001)
    (total,) = [row for row in rows if row[0] == "合计"]
    assert total[6] == pytest.approx(sum(form.values()) / 10, abs=0.1)
    assert sum(isinstance(row[6], str) for row in body) == 4


def test_the_torch_file_agrees_but_for_one_enterprise() -> None:
    rows = totals.lines("GQ-002_2025.csv", "utf-8")
    assert rows[0] == ["sid", "name", "qb16v", "qc02", "qc05_0", "qc06", "qc236", "qd01"]
    accounts = totals.finance("B203", 2025) | totals.finance("F203", 2025)
    own = {row[0]: int(row[4]) / accounts[row[0], (2025, 12)]["revenue"] for row in rows[1:] if firm_reports(row[0])}
    assert 100 < len(own) < len(rows[1:]) == 120
    assert sorted(round(ratio, 3) for ratio in own.values()) == [1.0] * (len(own) - 1) + [1.12]


def firm_reports(code: str) -> bool:
    return totals.firms()[code].form in {INDUSTRY, SERVICE}


def test_research_units_of_industry() -> None:
    for year, expected in ((2024, 38), (2025, 44)):
        counted = [code for code, (_, units) in totals.survey(year).items() if units]
        assert sum(totals.firms()[code].form == INDUSTRY for code in counted) == expected


def test_operating_profit_follows_from_its_parts() -> None:
    for year in (2024, 2025, 2026):
        for row in totals.excel(f"B203_{year}年.xlsx")[4:]:
            revenue, *spent, profit = (int(str(row[i])) for i in (3, 5, 6, 7, 8, 9, 11, 12))
            rest, research = revenue - sum(spent), spent[4]
            assert abs(profit - rest) <= 0.01 * abs(rest) + 1
            assert research < revenue / 2


def test_the_list_holds_about_three_hundred_enterprises_of_four_kinds() -> None:
    forms = Counter(firm.form for firm in totals.firms().values())
    assert forms == {INDUSTRY: 130, SERVICE: 110, WHOLESALE: 25, "规模以下": 35}
    firms = totals.firms().values()
    assert sum(not firm.shares and firm.code in totals.WHOLE_IT for firm in firms) >= 6
    parts = Counter(firm.form for firm in firms if any(share < 1 for share in firm.shares.values()))
    assert parts[INDUSTRY] >= 1
    assert parts[SERVICE] >= 1
    assert sum("高端复合材料" in firm.shares for firm in firms) == 2


def test_every_code_is_valid_and_every_name_says_sample() -> None:
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    for row in totals.excel("园区名录.xlsx")[3:]:
        code, name = str(row[1]), str(row[2])
        first = sum(alphabet.index(char) * 3**place for place, char in enumerate(code[:17]))
        assert len(code) == 18
        assert (first + alphabet.index(code[17])) % 31 == 0
        inner = sum(int(char, 36) * w for char, w in zip(code[8:16], (3, 7, 9, 10, 5, 8, 4, 2), strict=True))
        assert code[16] == {10: "X", 11: "0"}.get(11 - inner % 11, str(11 - inner % 11))
        assert "样例" in name


def test_the_ledger_of_commitments() -> None:
    rows = totals.excel("承诺事项台账.xlsx")[3:]
    overdue = [r[0] for r in rows if r[3] != "已完成" and str(r[4])[:10] < "2026-10-31"]
    assert overdue == ["T4.6"]
    assert [(r[3], str(r[4])[:10]) for r in rows if r[0] == "S1.2"] == [
        ("已完成", "2025-12-31"),
        ("推进中", "2026-12-31"),
    ]
    assert all(r[5] and r[8] for r in rows if r[3] == "已完成")
    assert {r[0]: (r[6], r[7]) for r in rows if r[0] in {"G0.2", "T16.7"}} == {"G0.2": (1, 2), "T16.7": (2, 5)}
    assert len(rows) < 60


def test_the_ledgers_hold_entries_that_do_not_count() -> None:
    arrivals = totals.excel("新增企业台账.xlsx")[3:]
    assert sum(row[6] == "是" for row in arrivals) == 2
    assert [code for code, times in Counter(row[1] for row in arrivals).items() if times > 1]
    assert min(str(row[5])[:10] for row in arrivals) == "2024-11-20"
    platforms = totals.excel("创新平台台账.xlsx")[3:]
    assert [str(row[6])[:7] for row in platforms if str(row[6]) < "2025"] == ["2024-11"]
    assert [row[7] for row in platforms].count("否") == 1
    steps = Counter(row[3] for row in totals.excel("培育企业台账.xlsx")[3:] if str(row[4]) >= "2025")
    assert steps == {"小升规": 7, "规转强": 3, "强转股": 2, "股上市": 1}
