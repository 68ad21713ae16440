"""The sample's own blemishes are found, and nothing absurd besides."""

from __future__ import annotations

from collections import Counter
from typing import Any

from xicen_kpi.checks.run import check_drop
from xicen_kpi.read.drop import open_drop


def test_the_blemishes_of_the_sample_are_found_and_nothing_else(loaded: Any, sample_data: Any) -> None:
    report = check_drop(loaded.plan, open_drop(sample_data, loaded.plan.sources))
    assert report.as_of == "2026-10"
    assert Counter(one.slug for one in report.findings) == {
        "industry-code-2011": 1,  # 6510, softened by a tag
        "reporter-missing": 6,  # three enterprises, in B204-1 and in B203
        "figures-apart": 1,  # torch revenue 12 % above the accounts
        "duplicate-entry": 1,  # one enterprise twice in the ledger
        "rows-revised": 1,  # December 2025 revised
    }
    missing = {one.parameters["code"] for one in report.findings if one.slug == "reporter-missing"}
    assert missing == {"91310115YL00004930", "91310118YL0000637W", "91310118YL00008567"}


def test_a_tagged_enterprise_hangs_no_figure_on_its_code(loaded: Any, sample_data: Any) -> None:
    report = check_drop(loaded.plan, open_drop(sample_data, loaded.plan.sources))
    assert next(one for one in report.findings if one.slug == "industry-code-2011").effect == {}
