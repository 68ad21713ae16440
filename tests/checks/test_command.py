"""`check` and `compare` as processes: exit codes, formats by suffix, baseline, what goes to GitHub."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

DROPS = Path(__file__).parents[1] / "drops"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Any) -> Any:
    """A plan and a drop in which one row is in the wrong unit."""
    shutil.copytree(DROPS / "unit-slip" / "bad", tmp_path / "data")
    return plan_beside(tmp_path)


def plan_beside(folder: Any) -> Any:
    """The plan of the drops with the two sources that the drop has."""
    content = yaml.safe_load((DROPS / "plan.yaml").read_text(encoding="utf-8"))
    content["sources"] = {name: content["sources"][name] for name in ("enterprises", "finance")}
    revenue = {**content["indicators"]["revenue"], "measure": {"sum": "finance.revenue"}}
    content["indicators"] = {"revenue": revenue}
    content["data"] = "data"
    (folder / "targets.yaml").write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return folder


def xicen(folder: Any, *words: Any, **environment: Any) -> Any:
    around = {key: value for key, value in os.environ.items() if key != "GITHUB_STEP_SUMMARY"} | environment
    done = subprocess.run(
        [sys.executable, "-m", "xicen_kpi", *words], cwd=folder, capture_output=True, env=around, check=False
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def test_an_error_fails_and_never_does_not(folder: Any) -> None:
    code, out, _ = xicen(folder, "check", "--lang", "zh")
    assert code == 1
    assert "疑似计量单位填错" in out
    assert xicen(folder, "check", "--fail-on", "never")[0] == 0


def test_a_clean_drop_passes(tmp_path: Any) -> None:
    shutil.copytree(DROPS / "unit-slip" / "good", tmp_path / "data")
    code, out, _ = xicen(plan_beside(tmp_path), "check", "--lang", "en", "--fail-on", "note")
    assert (code, "nothing found" in out) == (0, True)


def test_an_empty_drop_fails_whatever_fail_on_says(tmp_path: Any) -> None:
    (tmp_path / "data").mkdir()
    assert xicen(plan_beside(tmp_path), "check", "--fail-on", "never")[0] == 4


def test_the_baseline_is_written_and_then_hides_what_it_knows(folder: Any) -> None:
    assert xicen(folder, "check", "--baseline", "known.json")[0] == 2
    code, _, err = xicen(folder, "check", "--baseline", "known.json", "--update-baseline", "--lang", "zh")
    assert (code, "已写入基线：1 项" in err) == (0, True)
    code, out, _ = xicen(folder, "check", "--baseline", "known.json", "--lang", "zh")
    assert (code, "另有 1 项已在基线中" in out) == (0, True)


def test_update_baseline_needs_a_file(folder: Any) -> None:
    assert xicen(folder, "check", "--update-baseline")[0] == 2


def test_the_suffix_chooses_the_format(folder: Any) -> None:
    for name in ("check.json", "check.xml", "marked.xlsx"):
        assert xicen(folder, "check", "-o", name)[0] == 1
    assert json.loads((folder / "check.json").read_text(encoding="utf-8"))["findings"]
    assert (folder / "check.xml").read_text(encoding="utf-8").startswith("<?xml")
    assert (folder / "marked.xlsx").read_bytes()[:2] == b"PK"


def test_github_is_public_by_default_and_internal_on_request(folder: Any) -> None:
    summary = folder / "summary.md"
    _, out, _ = xicen(folder, "check", "--format", "github", "--lang", "zh", GITHUB_STEP_SUMMARY=str(summary))
    assert "file=data/B203_2026年.csv,line=12," in out
    assert "91310118" not in out + summary.read_text(encoding="utf-8")
    assert "unit-slip" in summary.read_text(encoding="utf-8")
    assert "330,000" in xicen(folder, "check", "--format", "github", "--audience", "internal")[1]


def test_compare_two_folders_and_two_reports(folder: Any) -> None:
    shutil.copytree(DROPS / "unit-slip" / "good", folder / "mended")
    code, out, _ = xicen(folder, "compare", "data", "mended", "--lang", "zh")
    assert code == 0
    assert "旧期修订" in out
    assert "丙传感器(91310118YL0000047U)" in out
    for side in ("data", "mended"):
        xicen(folder, "report", side, "--format", "json", "-o", f"{side}.json")
    code, out, _ = xicen(folder, "compare", "data.json", "mended.json", "--format", "json")
    assert (code, json.loads(out)["kind"]) == (0, "reports")


def test_a_folder_and_a_report_cannot_be_compared(folder: Any) -> None:
    (folder / "x.json").write_text("{}", encoding="utf-8")
    assert xicen(folder, "compare", "data", "x.json")[0] == 2
    assert xicen(folder, "compare", "x.json", "x.json")[0] == 2
    assert xicen(folder, "compare", "data", "nowhere")[0] == 2
