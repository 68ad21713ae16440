"""Plain text: aligned whatever stands in it, whole, and the same every time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from xicen_kpi.render.scoreboard import Row, rows
from xicen_kpi.render.text import report_text, table_lines
from xicen_kpi.words.labels import LABELS, label

if TYPE_CHECKING:
    from collections.abc import Callable

    from xicen_kpi.report.assessment import Assessment
    from xicen_kpi.words.labels import Lang

    Sample = Callable[[str | None], Assessment]

LANGUAGES: tuple[Lang, ...] = ("zh", "en")
CELLS = ("name", "value", "target", "completion", "pace", "gap", "change", "projection", "status")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("as_of", ["2026-10", "2026-01", "2024-12"])
def test_columns_stand_below_each_other(sample: Sample, lang: Lang, as_of: str) -> None:
    own = rows(sample(as_of).report, lang, headline=True)
    lines = [line for line in table_lines(own, lang) if not line.startswith("    ")]
    assert len(lines) == 1 + len(own)
    last = [label("head.status", lang), *(one.status for one in own)]
    starts = {cell_len(line.removesuffix(state)) for line, state in zip(lines, last, strict=True)}
    assert len(starts) == 1, "the state begins in the same cell of every line"


text = st.text(st.sampled_from("ab 12.%−规模以上（）①é"), min_size=1, max_size=12).map(str.strip).filter(bool)


@given(st.lists(st.tuples(*[text] * len(CELLS)), min_size=1, max_size=4))
@settings(max_examples=100, deadline=None)
def test_alignment_holds_for_any_text(cells: list[tuple[str, ...]]) -> None:
    own = [
        Row(id="x", period="", state="achieved", done=None, due=None, remarks="", **dict(zip(CELLS, one, strict=True)))
        for one in cells
    ]
    lines = list(table_lines(own, "zh"))
    states = [label("head.status", "zh"), *(one[-1] for one in cells)]
    assert all(line.endswith(state) for line, state in zip(lines, states, strict=True))
    assert len({cell_len(line[: len(line) - len(state)]) for line, state in zip(lines, states, strict=True)}) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_report_is_whole(sample: Sample, lang: Lang) -> None:
    report = sample("2026-10").report
    told = report_text(report, lang)
    for one in report.indicators:
        assert one.name.say(lang) in told
    for word in (report.plan.title, report.plan.document):
        assert word in told
    for found in report.findings:
        assert f"[{found.slug}]" in told
    assert told.endswith("\n")
    assert "\x1b" not in told
    assert "None" not in told
    assert not any(line != line.rstrip() for line in told.splitlines())


def test_the_languages_are_not_mixed(sample: Sample) -> None:
    """English has no Chinese but names of the plan, files and units; Chinese has every word of the table in Chinese."""
    told = report_text(sample("2026-10").report, "zh")
    for key, (chinese, english) in LABELS.items():
        if key.startswith(("head.", "status.")) and chinese != english:
            assert english not in told, key


def test_the_numbers_of_the_sample(sample: Sample) -> None:
    told = report_text(sample("2026-10").report, "zh")
    (line,) = [one for one in told.splitlines() if one.startswith("规模以上工业总产值 ")]
    for cell in ("137.2", "亿元", "≥170", "80.7%", "−2.6", "32.8", "+5.2%", "167.", "需加力"):
        assert cell in line
