"""Three outcomes, nothing hidden by a broken rule, nothing passed where nothing was checked; baseline and waivers."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xicen_kpi.checks.baseline import baseline_text, fingerprint, read_baseline, stem_without_period
from xicen_kpi.checks.code_faults import any_fault, faults_of
from xicen_kpi.checks.model import Outcome, Rule
from xicen_kpi.checks.registry import RULES
from xicen_kpi.checks.run import check_drop
from xicen_kpi.checks.waivers import apply_waivers
from xicen_kpi.errors import Location, UsageError
from xicen_kpi.plan.checks import Checks, Waiver
from xicen_kpi.plan.period import Month
from xicen_kpi.read.codes import holds_organisation_code, is_uscc, organisation_check, uscc_check
from xicen_kpi.read.drop import open_drop
from xicen_kpi.words.findings import finding

DROPS = Path(__file__).parents[1] / "drops"
GOOD = DROPS / "unit-slip" / "good"


@pytest.fixture
def run(plan_for: Any) -> Any:
    def go(folder: Any = GOOD, **given_too: Any) -> Any:
        one = plan_for(folder)
        return check_drop(one, open_drop(folder, one.sources), **given_too)

    return go


def outcome(report: Any, rule: Any) -> Any:
    return next(one for one in report.results if one.rule == rule)


def test_every_rule_has_one_of_three_outcomes_and_says_why_it_could_not_be_computed(run: Any) -> None:
    report = run()
    assert [one.rule for one in report.results if one.outcome is Outcome.NOT_COMPUTED and not one.reason] == []
    assert outcome(report, "unit-slip").outcome is Outcome.PASSED
    assert outcome(report, "sales-output-ratio").reason == "needs.sales_output"


def test_a_broken_rule_is_told_and_hides_no_other(run: Any) -> None:
    def broken(_material: Any, _place: Any) -> Any:
        raise ZeroDivisionError

    rules = (Rule("swing", lambda _: [1], broken, "last_year"), *(one for one in RULES if one.slug == "unit-slip"))
    report = run(DROPS / "unit-slip" / "bad", rules=rules)
    assert {one.slug for one in report.findings} == {"rule-broken", "unit-slip"}
    assert outcome(report, "swing").outcome is Outcome.NOT_COMPUTED
    assert next(one for one in report.findings if one.slug == "rule-broken").parameters["broken"] == "swing"


def test_no_rule_run_is_a_failure(run: Any) -> None:
    report = run(rules=())
    assert [one.slug for one in report.findings] == ["nothing-checked"]


def test_the_month_checked_is_the_one_that_most_forms_have_reached(run: Any) -> None:
    assert run().as_of == "2026-10"
    assert run(as_of=Month(2026, 9)).as_of == "2026-09"


# -- baseline


def test_what_is_in_the_baseline_is_counted_and_not_told(run: Any, tmp_path: Any) -> None:
    first = run(DROPS / "unit-slip" / "bad")
    path = tmp_path / "baseline.json"
    path.write_text(baseline_text(first.findings), encoding="utf-8")
    again = run(DROPS / "unit-slip" / "bad", known=read_baseline(path))
    assert again.findings == ()
    assert again.known == len(first.findings)


def test_a_baseline_holds_no_code_and_no_name(run: Any) -> None:
    text = baseline_text(run(DROPS / "unit-slip" / "bad").findings)
    assert "91310118" not in text
    assert "丙传感器" not in text


def test_a_fingerprint_outlives_a_moved_row_and_a_renamed_month() -> None:
    about = {"code": "91310118YL00000204", "period": "2026-10"}
    one = finding("swing", Location("B203_2026年10月.xlsx", sheet="B203", row=7, field="营业收入"), **about)
    moved = finding("swing", Location("2026/B203_2026年1-10月.xlsx", sheet="B203", row=9, field="营业收入"), **about)
    assert fingerprint(one) == fingerprint(moved)
    other = finding("swing", Location("B203_2026年10月.xlsx", sheet="B203", row=7, field="研发费用"), **about)
    assert fingerprint(one) != fingerprint(other)


@pytest.mark.parametrize(
    ("path", "stem"),
    [
        ("B203_2026年10月.xlsx", "B203"),
        ("2026/B204-1_2025年12月_修订.csv", "B204-1__修订"),
        ("F203_202610.csv", "F203"),
        ("GQ-002_2025.csv", "GQ-002"),
        ("107-2_2024年.xlsx", "107-2"),
        ("2026年10月.csv", "2026年10月"),
    ],
)
def test_a_files_name_without_its_period(path: Any, stem: Any) -> None:
    assert stem_without_period(path) == stem


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"fingerprints": 3}'])
def test_a_file_that_is_no_baseline_is_refused(tmp_path: Any, content: Any) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError):
        read_baseline(path)


# -- waivers

WHO = {"rule": "swing", "enterprise": "X", "period": "2026-10", "reason": "并购", "who": "张三"}
END = date(2026, 10, 31)


def swing(code: Any = "X", period: Any = "2026-10") -> Any:
    return finding("swing", Location("B203.csv"), code=code, period=period)


def test_a_waiver_sets_its_finding_aside_with_reason_and_name() -> None:
    left, waived = apply_waivers([swing(), swing("Y")], [Waiver(**WHO, until="2026-12-31")], END)
    assert [one.parameters["code"] for one in left] == ["Y"]
    assert [(one.by, one.reason) for one in waived] == [("张三", "并购")]


def test_a_waiver_holds_on_its_last_day_and_not_after() -> None:
    assert apply_waivers([swing()], [Waiver(**WHO, until="2026-10-31")], END)[0] == []
    left, waived = apply_waivers([swing()], [Waiver(**WHO, until="2026-10-30")], END)
    assert ([one.slug for one in left], waived) == (["swing", "waiver-expired"], [])


def test_a_waiver_about_nothing_is_told() -> None:
    left, _ = apply_waivers([swing("Y")], [Waiver(**WHO, until="2026-12-31")], END)
    assert [one.slug for one in left] == ["swing", "waiver-unused"]


def test_a_waiver_for_a_year_covers_its_months_and_no_other_year() -> None:
    year = Waiver(**{**WHO, "period": "2026"}, until="2027-01-31")
    assert apply_waivers([swing(period="2026-03")], [year], END)[0] == []
    assert [one.slug for one in apply_waivers([swing(period="2025-03")], [year], END)[0]] == ["swing", "waiver-unused"]


@pytest.mark.parametrize("left_out", ["reason", "who"])
def test_a_waiver_without_a_reason_or_a_name_is_refused(left_out: Any) -> None:
    with pytest.raises(ValueError, match=left_out):
        Waiver(**{key: value for key, value in WHO.items() if key != left_out}, until="2026-12-31")


def test_an_unknown_key_among_own_rules_is_refused() -> None:
    with pytest.raises(ValueError, match="at_mots"):
        Checks.model_validate(
            {"rules": {"r": {"source": "s", "column": "c", "at_mots": 3, "at_most": 3, "message": "m"}}}
        )


# -- codes


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 99_999_999), st.integers(0, 16), st.integers(1, 30))
def test_one_wrong_character_of_a_code_never_passes(number: Any, place: Any, by: Any) -> None:
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    inner = f"{number:08d}"
    body = f"91310118{inner}{organisation_check(inner)}"
    right = body + uscc_check(body)
    other = alphabet[(alphabet.index(right[place]) + by) % 31]
    wrong = right[:place] + other + right[place + 1 :]
    assert faults_of([right, wrong])["code-check-character"].tolist() == [False, True]


def test_a_character_that_no_code_has_is_not_called_a_wrong_check_character() -> None:
    found = faults_of(["91310118YL0000O204", "91310118YL00000205", "310118000012345", "91310118YL00000204"])
    assert {slug: mask.tolist() for slug, mask in found.items()} == {
        "code-alphabet": [True, False, False, False],
        "code-check-character": [False, True, False, False],
        "code-old": [False, False, True, False],
    }
    assert any_fault([]).tolist() == []


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=9, max_size=18)))
def test_many_codes_at_a_time_are_judged_as_one_by_one(codes: Any) -> None:
    wrong = faults_of(codes)["code-alphabet"] | faults_of(codes)["code-check-character"]
    right = [len(code) != 18 or (is_uscc(code) and holds_organisation_code(code)) for code in codes]
    assert wrong.tolist() == [not one for one in right]
