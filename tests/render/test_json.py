"""JSON: the same keys in the same order, the same bytes, readable Chinese."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from small_plans import assessed

from xicen_kpi.render.json_ import json_text
from xicen_kpi.report.model import CommitmentReport, FindingReport, IndicatorReport, Report

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from xicen_kpi.plan.load import LoadedPlan
    from xicen_kpi.report.assessment import Assessment

    Sample = Callable[[str | None], Assessment]
    Cli = Callable[..., subprocess.CompletedProcess[bytes]]


def names(of: type[Any]) -> list[str]:
    return list(of._fields)


@pytest.mark.parametrize("as_of", ["2026-10", "2026-01"])
def test_keys_stand_in_the_order_of_the_model(sample: Sample, as_of: str) -> None:
    data = json.loads(json_text(sample(as_of).report))
    assert list(data) == names(Report)
    for part, model in (
        ("indicators", IndicatorReport),
        ("commitments", CommitmentReport),
        ("findings", FindingReport),
    ):
        assert data[part], part
        assert all(list(one) == names(model) for one in data[part])


def test_chinese_is_readable_and_the_text_ends_with_a_line_end(sample: Sample) -> None:
    told = json_text(sample("2026-10").report)
    assert "规模以上工业总产值" in told
    assert "\\u" not in told
    assert told.endswith("}\n")
    assert "NaN" not in told
    assert "Infinity" not in told


def test_two_runs_give_the_same_bytes(loaded: LoadedPlan, sample_data: Path, sample: Sample) -> None:
    again = assessed(loaded.plan, sample_data, "2026-10")
    assert json_text(again.report) == json_text(sample("2026-10").report)


@pytest.mark.parametrize("output_format", ["json", "text"])
def test_neither_the_seed_of_hashes_nor_the_locale_changes_a_byte(
    cli: Cli, targets: Path, sample_data: Path, output_format: str
) -> None:
    surroundings = (
        {"PYTHONHASHSEED": "0", "LANG": "C"},
        {"PYTHONHASHSEED": "1", "LANG": "zh_CN.GB18030", "TZ": "Asia/Shanghai", "COLUMNS": "40"},
        {"PYTHONHASHSEED": "4711", "LANG": "en_US.UTF-8", "PYTHONIOENCODING": "ascii", "NO_COLOR": "1"},
    )
    outputs = set()
    for env in surroundings:
        done = cli("report", sample_data, "-t", targets, "--format", output_format, env=env)
        assert (done.returncode, done.stderr) == (0, b"")
        outputs.add(done.stdout)
    assert len(outputs) == 1
    assert outputs.pop().decode("utf-8")
