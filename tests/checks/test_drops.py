"""Each rule finds its bad drop and nothing else; in the good one nothing is found."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from xicen_kpi.words import checks_drop, checks_rnd, checks_rows, engine, read
from xicen_kpi.words.findings import hint, message

DROPS = Path(__file__).parents[1] / "drops"
SLUGS = sorted(path.name for path in DROPS.iterdir() if path.is_dir())

ELSEWHERE = {
    "rule-broken": "a defect of ours, made in test_run",
    "more-of-the-same": "a thousand findings of one kind",
    "link-outside": "a symbolic link, which a checkout need not keep",
    "file-password": "an encrypted container",
    "file-bomb": "large when unpacked",
    "file-too-large": "larger than 4 GB",
    "file-too-many-cells": "large when unpacked",
    "file-encoding": "bytes of no encoding",
    "file-no-table": "a workbook of charts alone",
    "file-no-file": "a folder in a file's place",
    "encoding-doubtful": "a text in Big5",
    "encoding-broken": "larger than 4 MB",
    "formulas-without-value": "a workbook that was never worked out",
    "unit-contradicted": "made in tests/read",
    "day-number-read": "made in tests/read",
    "decimal-comma": "made in tests/read",
    "format-contradicts-unit": "made in tests/read",
    "triangle-minus": "made in tests/read",
    "no-data-files": "a folder without data, which is no drop",
    "no-file-fits": "a folder for another plan",
    "rows-unreadable": "a broken page of a Parquet file",
    "file-encrypted": "an encrypted Parquet file",
    "converted-stale": "a copy made by convert with another declaration",
    "column-type": "a Parquet file of dates where codes belong",
    "parquet-extra-missing": "an installation without pyarrow",
    "engine-read-here": "report --engine",
    # said of a file that is read without a plan
    "no-header": "inspect",
    "header-uncertain": "inspect",
    "unit-implausible": "inspect",
    "month-by-neighbours": "inspect",
    "month-doubtful": "inspect",
    "percent-mixed": "inspect",
    "column-mixed": "inspect",
}
"""What `check` may say and has no drop here, and why: these are tested where they are made."""


@pytest.mark.parametrize("slug", SLUGS)
def test_exactly_the_fault_of_the_bad_drop_is_found(slug: Any, checked: Any) -> None:
    report = checked(DROPS / slug / "bad", DROPS / slug / "bad.yaml")
    assert {one.slug for one in report.findings} == {slug}


@pytest.mark.parametrize("slug", SLUGS)
def test_nothing_is_found_in_the_good_drop(slug: Any, checked: Any) -> None:
    report = checked(DROPS / slug / "good", DROPS / slug / "good.yaml")
    assert [(one.slug, message(one, "en")) for one in report.findings] == []


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_finding_can_be_said(slug: Any, lang: Any, checked: Any) -> None:
    report = checked(DROPS / slug / "bad", DROPS / slug / "bad.yaml")
    for found in report.findings:
        assert message(found, lang)
        assert hint(found, lang)
        assert not re.search(r"\bnan\b", message(found, lang))


def test_whatever_a_check_may_say_has_a_good_and_a_bad_drop() -> None:
    said = {*checks_rows.MESSAGES, *checks_rnd.MESSAGES, *checks_drop.MESSAGES, *read.MESSAGES, *engine.MESSAGES}
    assert said == {*SLUGS, *ELSEWHERE}
    assert not set(SLUGS) & set(ELSEWHERE)
    for slug in SLUGS:
        assert all(any((DROPS / slug / kind).iterdir()) for kind in ("good", "bad"))
