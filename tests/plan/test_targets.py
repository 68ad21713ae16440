"""The repository's own plan: complete, in the plan's words, with the fixed names."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from xicen_kpi.plan.load import LoadedPlan, load_plan
from xicen_kpi.plan.model import Audience, CommitmentKind, Plan
from xicen_kpi.plan.review import leaves
from xicen_kpi.plan.source import Frequency

ROOT = Path(__file__).parent.parent.parent

# How the 138 commitments are numbered: the first and the last number of each section.
NUMBERED = {
    "G0": (1, 3), "G1": (0, 6), "G2": (0, 4), "G3": (0, 4), "G4": (0, 5),
    "T1": (1, 4), "T2": (1, 3), "T3": (1, 5), "T4": (1, 7), "T5": (1, 4), "T6": (1, 9), "T7": (1, 4), "T8": (1, 7),
    "T9": (1, 4), "T10": (1, 4), "T11": (1, 10), "T12": (1, 8), "T13": (1, 8), "T14": (1, 8), "T15": (1, 8),
    "T16": (1, 8), "S1": (1, 5), "S2": (1, 6),
}  # fmt: skip
COMMITMENTS = {f"{section}.{n}" for section, (first, last) in NUMBERED.items() for n in range(first, last + 1)}
NUMERIC = {
    "innovation_platforms": ("G1.1", 2, "个"),
    "new_enterprises": ("G1.2", 20, "家"),
    "industrial_output": ("G1.3", 170, "亿元"),
    "three_leading_industries_scale": ("G1.4", 600, "亿元"),
    "next_gen_it_revenue_share": ("G3.2", 50, "%"),
    "rnd_intensity": ("G3.4", 9, "%"),
    "talent_services": ("T15.1", 10, "个"),
}


@pytest.fixture(scope="module")
def loaded() -> LoadedPlan:
    return load_plan(ROOT / "targets.yaml")


@pytest.fixture(scope="module")
def plan(loaded: LoadedPlan) -> Plan:
    return loaded.plan


def test_nothing_is_wrong_with_it(loaded: LoadedPlan) -> None:
    assert loaded.findings == ()


def test_all_138_commitments_are_there_and_no_other(plan: Plan) -> None:
    named = {name for indicator in plan.indicators.values() for name in indicator.commitments}
    assert len(COMMITMENTS) == 138
    assert named | set(plan.commitments) == COMMITMENTS
    assert set(plan.commitments) == COMMITMENTS - {name for name, _, _ in NUMERIC.values()}


def test_they_are_of_the_kinds_that_the_plan_has(plan: Plan) -> None:
    kinds = Counter(one.kind for one in plan.commitments.values())
    assert kinds == {CommitmentKind.MILESTONE: 40, CommitmentKind.ENUMERATED: 33, CommitmentKind.DIRECTIONAL: 58}


def test_the_seven_numeric_targets_have_their_fixed_names_and_numbers(plan: Plan) -> None:
    headline = {name: one for name, one in plan.indicators.items() if one.headline}
    targets = {name: one.target for name, one in headline.items() if one.target}
    assert {name: (*one.commitments, targets[name].at_least, one.unit) for name, one in headline.items()} == NUMERIC
    assert {str(target.by) for target in targets.values()} == {"2026-12"}


def test_baselines_that_are_made_up_say_so(plan: Plan) -> None:
    values = {name: one.baseline.value for name, one in plan.indicators.items() if one.baseline and one.baseline.value}
    assert values == {
        "industrial_output": 157.3,
        "rnd_intensity": 12.9,
        "service_revenue": 345.9,
        "three_leading_industries_scale": 420.0,
        "next_gen_it_revenue_share": 48.9,
        "rnd_institution_coverage": 29.2,
    }
    for name in ("three_leading_industries_scale", "next_gen_it_revenue_share", "rnd_institution_coverage"):
        baseline = plan.indicators[name].baseline
        assert baseline is not None
        assert "样例数据推算" in baseline.source.zh


def test_every_commitment_is_measured_followed_or_says_why_not(plan: Plan) -> None:
    measured = {name for indicator in plan.indicators.values() for name in indicator.commitments}
    for name, one in plan.commitments.items():
        assert (one.evidence is None) != (one.not_tracked is None), name
        if one.not_tracked is not None:
            assert one.kind is CommitmentKind.DIRECTIONAL
            assert name not in measured


def test_what_the_plan_enumerates_is_counted(plan: Plan) -> None:
    enumerated = {name: one for name, one in plan.commitments.items() if one.kind is CommitmentKind.ENUMERATED}
    assert all(one.total == len(one.items) >= 2 for one in enumerated.values())
    assert plan.commitments["T6.4"].items == ("终端设备", "无线网络SoC", "物联网RFID", "车联网MCU", "存储器", "AI芯片")
    assert plan.commitments["S1.2"].yearly == (2025, 2026)


def test_texts_are_in_both_languages(plan: Plan) -> None:
    for indicator in plan.indicators.values():
        assert indicator.name.zh != indicator.name.en
        assert indicator.name.en.isascii()
        assert indicator.scope is not None


def test_what_would_disclose_the_largest_enterprise_is_internal(plan: Plan) -> None:
    assert plan.indicators["rnd_intensity_without_largest"].audience is Audience.INTERNAL


def test_industry_groups_have_a_basis_and_say_whether_it_is_official(plan: Plan) -> None:
    assert {name for name, group in plan.groups.items() if group.official} == {"next_gen_it"}
    it = plan.groups["next_gen_it"]
    assert (len(it.whole), len(it.part)) == (18, 50)
    assert {"3911", "3915", "6520"} <= set(it.whole)
    assert {"2651", "3921", "6513"} <= set(it.part)


def test_monthly_forms_have_no_january_and_every_form_knows_its_enterprises(plan: Plan) -> None:
    for name, source in plan.sources.items():
        if source.frequency is Frequency.MONTHLY:
            assert source.no_january, name
        if source.frequency in (Frequency.MONTHLY, Frequency.ANNUAL):
            assert source.link == "enterprises", name


def test_every_source_that_is_measured_has_a_file_in_the_sample(plan: Plan) -> None:
    files = [path.name for path in (ROOT / "sample_data").iterdir()]
    for name, source in plan.sources.items():
        assert any(Path(file).match(glob) for file in files for glob in source.files), name
    used = {str(getattr(leaf, key)).partition(".")[0]
            for one in plan.indicators.values() for leaf, _ in leaves(one.measure, ())
            for key in ("sum", "count", "count_distinct", "latest", "done") if hasattr(leaf, key)}  # fmt: skip
    assert used <= set(plan.sources)
