"""docs/targets-yaml.md: its example loads, and it names what there is."""

from __future__ import annotations

import re
from pathlib import Path

from xicen_kpi.plan.load import load_plan
from xicen_kpi.plan.measure import MEASURE_KEYS
from xicen_kpi.plan.model import Plan
from xicen_kpi.plan.source import CellType, Counts, Frequency

TEXT = (Path(__file__).parent.parent.parent / "docs" / "targets-yaml.md").read_text(encoding="utf-8")


def test_the_smallest_plan_loads_without_a_finding(tmp_path: Path) -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", TEXT, flags=re.DOTALL)
    path = tmp_path / "targets.yaml"
    path.write_text(example, encoding="utf-8")
    loaded = load_plan(path)
    assert loaded.findings == ()
    assert list(loaded.plan.indicators) == ["industrial_output"]


def test_every_part_measure_type_and_frequency_is_named() -> None:
    names = [*Plan.model_fields, *MEASURE_KEYS, *CellType, *Counts, *Frequency, "maintain", "rise", "fall", "any_of"]
    assert [name for name in names if f"`{name}" not in TEXT] == []
