"""A plan file as a whole: what is loaded, what is raised, and where things stand."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from xicen_kpi.errors import ExitCode, PlanError, Severity, UsageError
from xicen_kpi.plan.load import LARGEST, load_plan

PLANS = Path(__file__).parent.parent / "plans"
MINIMAL = PLANS / "valid" / "minimal.yaml"


def write(folder: Path, text: str) -> Path:
    path = folder / "targets.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("path", sorted((PLANS / "valid").glob("*.yaml")), ids=lambda path: path.stem)
def test_a_valid_plan_has_no_findings(path: Path) -> None:
    assert load_plan(path).findings == ()


def test_what_is_loaded_names_its_file_and_its_bytes() -> None:
    loaded = load_plan(MINIMAL)
    assert loaded.path == MINIMAL
    assert loaded.sha256 == hashlib.sha256(MINIMAL.read_bytes()).hexdigest()
    assert loaded.plan.plan.title == "示例园行动方案(2025-2026年)"


def test_parts_are_found_by_their_keys() -> None:
    loaded = load_plan(MINIMAL)
    lines = MINIMAL.read_text(encoding="utf-8").splitlines()
    where = loaded.where("indicators", "output", "target", "by")
    assert where.line is not None
    assert where.column is not None
    assert lines[where.line - 1][where.column - 1 :].startswith("2026-12, over: year")
    assert loaded.where("indicators", "output", "target", "nothing").line == where.line


def test_an_absolute_path_is_shown_by_its_name_alone(tmp_path: Path) -> None:
    with pytest.raises(PlanError) as caught:
        load_plan(write(tmp_path, "plan: 1\n").absolute())
    assert {one.where.file for one in caught.value.findings} == {"targets.yaml"}


def test_a_relative_path_is_shown_as_it_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "plans").mkdir()
    write(tmp_path / "plans", "plan: 1\n")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(PlanError) as caught:
        load_plan(Path("plans/targets.yaml"))
    assert {one.where.file for one in caught.value.findings} == {"plans/targets.yaml"}


def test_no_such_file_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        load_plan(tmp_path / "targets.yaml")
    assert [one.slug for one in caught.value.findings] == ["plan-file-missing"]
    assert caught.value.exit_code is ExitCode.USAGE


def test_a_folder_is_no_plan(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        load_plan(tmp_path)
    assert [one.slug for one in caught.value.findings] == ["plan-file-unreadable"]


def test_a_file_of_data_is_not_read_as_a_plan(tmp_path: Path) -> None:
    with pytest.raises(PlanError) as caught:
        load_plan(write(tmp_path, "#" * (LARGEST + 1)))
    assert [one.slug for one in caught.value.findings] == ["plan-too-large"]
    assert caught.value.exit_code is ExitCode.PLAN_INVALID


def test_a_byte_order_mark_does_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "targets.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + MINIMAL.read_bytes())
    assert load_plan(path).plan == load_plan(MINIMAL).plan


def test_warnings_do_not_stop_a_plan(tmp_path: Path) -> None:
    text = MINIMAL.read_text(encoding="utf-8").replace("  A2.3:", "  A2.5:")
    found = load_plan(write(tmp_path, text)).findings
    assert [(one.slug, one.severity) for one in found] == [("commitment-gap", Severity.WARNING)]


def test_yaml_shape_and_names_are_reported_together_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = (
        MINIMAL.read_text(encoding="utf-8")
        .replace("stale_after: 2", "stale_after: two")
        .replace("link: firms", "link: firm", 1)
        .replace("decimals: 0", "unit: 项")
        .replace("quote: 工业总产值达170亿元", "quote: 工业总产值达171亿元")
    )
    with pytest.raises(PlanError) as caught:
        load_plan(write(tmp_path, text))
    found = caught.value.findings
    assert [one.slug for one in found] == [
        "number-expected",
        "source-unknown",
        "target-not-in-quote",
        "duplicate-yaml-key",
    ]
    lines = [one.where.line or 0 for one in found]
    assert lines == sorted(lines)


def test_the_sister_park_is_measured_by_other_sources() -> None:
    plan = load_plan(PLANS / "valid" / "putuo.yaml").plan
    assert {name: one.target.value for name, one in plan.indicators.items() if one.target} == {
        "rnd_intensity": 4,
        "three_leading_industries_scale": 700,
        "leading_revenue_share": 20,
    }
