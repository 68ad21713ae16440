"""Golden files: the report and three trails of the sample, byte for byte as they were read and approved."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from goldens import assert_golden
from reports import sample

from xicen_kpi.render.csv_ import report_csv
from xicen_kpi.render.explain import explain_text
from xicen_kpi.render.json_ import json_text
from xicen_kpi.render.markdown import report_markdown
from xicen_kpi.render.text import report_text
from xicen_kpi.report.explanation import explain

if TYPE_CHECKING:
    from xicen_kpi.words.labels import Lang

TRAILS = ("industrial_output", "rnd_intensity", "new_enterprises")


def scrubbed(text: str) -> str:
    """Without hashes, whole and shortened, and without digits of a float that may differ from machine to machine."""
    text = re.sub(r"\b[0-9a-f]{64}\b|(?<=sha256 )[0-9a-f]{12}|(?<=sha256\n    )[0-9a-f]{12}", "SHA256", text)
    return re.sub(r"-?\d+\.\d{6,}(?:e-?\d+)?", lambda found: f"{float(found[0]):.9g}", text)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_report(lang: Lang) -> None:
    report = sample(lang=lang).report
    name = f"report_{lang}"
    assert_golden(f"{name}.txt", scrubbed(report_text(report, report.language, with_commitments=True)))
    assert_golden(f"{name}.md", scrubbed(report_markdown(report, report.language)))
    assert_golden(f"{name}.csv", scrubbed(report_csv(report, report.language)).replace("\r\n", "\n"))


def test_the_report_as_data() -> None:
    assert_golden("report_zh.json", scrubbed(json_text(sample().report)))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", TRAILS)
def test_a_trail(name: str, lang: Lang) -> None:
    found = sample(lang=lang)
    assert_golden(
        f"explain_{name}_{lang}.txt", scrubbed(explain_text(explain(found, name), found.report.language, "half_up"))
    )
