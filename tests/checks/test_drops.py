"""Each rule finds its bad drop and nothing else at its severity; in the good one nothing is found."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from xicen_kpi.checks.registry import READING, RULES
from xicen_kpi.words.findings import MESSAGES, hint, message

DROPS = Path(__file__).parents[1] / "drops"
SLUGS = sorted(path.name for path in DROPS.iterdir() if path.is_dir())


@pytest.mark.parametrize("slug", SLUGS)
def test_the_bad_drop_is_found_and_nothing_else_of_its_severity(slug: Any, checked: Any) -> None:
    report = checked(DROPS / slug / "bad", DROPS / slug / "bad.yaml")
    severity = MESSAGES[slug].severity
    assert {one.slug for one in report.findings if one.severity is severity} == {slug}
    assert [one for one in report.findings if one.slug == "rule-broken"] == []


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
        assert "nan" not in message(found, lang)


def test_every_rule_has_its_drops() -> None:
    slugs = {rule.slug for rule in RULES} | set(READING)
    assert slugs <= set(SLUGS)
