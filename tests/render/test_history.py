"""The history as text."""

from __future__ import annotations

import json
from typing import Any

import pytest
from reports import indicator, report_of

from xicen_kpi.render.history import history_json, history_text, sparkline
from xicen_kpi.report.history import history_of, snapshot_of


@pytest.mark.parametrize(
    ("values", "drawn"),
    [
        ([0.0, 7.0], "▁█"),
        ([0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0], "▁▂▃▄▅▆▇█"),
        ([5.0, 5.0, 5.0], "▅▅▅"),
        ([1.0, None, 2.0], "▁·█"),
        ([None, None], "··"),
        ([], ""),
    ],
)
def test_sparkline(values: Any, drawn: str) -> None:
    assert sparkline(values) == drawn


def kept(value: float | None, month: str, recorded: str, status: str = "on_track") -> Any:
    return snapshot_of(report_of(indicator(value=value, status=status), as_of=month), recorded)


def found() -> Any:
    return history_of(
        [
            kept(124.04, "2026-09", "2026-10-08T09:00:00+08:00"),
            kept(137.2, "2026-10", "2026-11-08T09:00:00+08:00"),
            kept(136.9, "2026-10", "2026-11-10T10:30:00+08:00", "at_risk"),
        ],
        "internal",
    )


def test_a_line_an_indicator() -> None:
    assert history_text(found(), "zh", full=False) == ("规上工业总产值（output，亿元）\n  ▁█  现值136.9，需加力，2期\n")


def test_a_line_a_period_and_what_moved_it() -> None:
    assert history_text(found(), "zh", full=True).splitlines()[2:] == [
        "  报告期       首报   现值  修订  状态",
        "  2026年9月   124.0  124.0     –  有望完成",
        "  2026年10月  137.2  136.9  −0.3  有望完成→需加力",
        "    2026-11-10 10:30 137.2→136.9：数据文件未变",
    ]
    assert "on track → at risk" in history_text(found(), "en", full=True)


def test_as_data() -> None:
    told = json.loads(history_json(found()))
    assert told["indicators"][0]["periods"][1]["revisions"][0]["after"] == 136.9
