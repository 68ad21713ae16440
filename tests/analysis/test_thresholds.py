"""规上 thresholds by industry division."""

from __future__ import annotations

import pytest

from xicen_kpi.analysis.thresholds import threshold_of


@pytest.mark.parametrize(
    ("division", "thousand_yuan"),
    [
        ("39", 20_000.0),  # electronics: 2000万元
        ("65", 20_000.0),  # software
        ("73", 10_000.0),  # research: 1000万元
        ("72", 10_000.0),
        ("52", 5_000.0),  # retail: 500万元
        ("61", 2_000.0),  # hotels: 200万元
        ("06", 20_000.0),
        ("46", 20_000.0),
    ],
)
def test_thresholds(division: str, thousand_yuan: float) -> None:
    assert threshold_of(division) == thousand_yuan


@pytest.mark.parametrize("division", ["47", "66", "01", "", "C3", "99"])
def test_no_threshold(division: str) -> None:
    assert threshold_of(division) is None
