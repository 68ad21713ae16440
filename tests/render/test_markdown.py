"""Markdown for a wiki: tables that hold together whatever stands in the cells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from reports import commitment, indicator, report_of, sample, target

from xicen_kpi.plan.values import Text
from xicen_kpi.render.markdown import report_markdown
from xicen_kpi.report.model import FindingReport, WhereSection

if TYPE_CHECKING:
    from xicen_kpi.words.labels import Lang


def table_rows(text: str) -> list[list[str]]:
    """Cells of every table line; an escaped bar is no border."""
    return [re.split(r"(?<!\\)\|", line)[1:-1] for line in text.splitlines() if line.startswith("|")]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("with_commitments", [False, True])
def test_every_row_has_as_many_cells_as_its_header(lang: Lang, *, with_commitments: bool) -> None:
    text = report_markdown(sample(lang=lang).report, lang, with_commitments=with_commitments)
    for block in re.findall(r"(?m)(?:^\|.*\n)+", text):
        rows = table_rows(block)
        assert len({len(row) for row in rows}) == 1
        assert all(set(cell) <= set(":-") for cell in rows[1])
    assert text.startswith("# 张江高新区西岑园")


def test_all_commitments_are_there() -> None:
    text = report_markdown(sample().report, "zh", with_commitments=True)
    assert len(re.findall(r"(?m)^\| [GTS]\d+\.\d+ \|", text)) == 138
    assert "承诺" in text
    assert not re.search(r"(?m)^\| [GTS]\d+\.\d+ \|", report_markdown(sample().report, "zh"))


def test_the_numbers_are_those_of_the_text() -> None:
    one = indicator(value=137.2, target=target(170.0), completion=137.2 / 170, gap=170 - 137.2, growth=0.052)
    (row,) = [cells for cells in table_rows(report_markdown(report_of(one), "zh")) if "规上" in cells[0]]
    cells = [cell.strip() for cell in row]
    assert "137.2亿元" in cells
    assert "≥170" in cells
    assert "80.7%" in cells, "137.2 / 170 = 0.80706"
    assert "32.8" in cells
    assert "+5.2%" in cells


def test_what_a_user_writes_cannot_break_out() -> None:
    named = indicator(name=Text(zh="a|b<script>*c*\n`d`", en="x"))
    promised = commitment("T1.1", "done", quote="一|二\n三", evidence="<img>")
    where = WhereSection(file="a|b.csv", line=None, column=None, sheet=None, row=3, field=None)
    found = FindingReport(slug="x", severity="error", message="a|b <i>", hint="`c`", where=where, effect={})
    report = report_of(named, commitments=[promised], findings=(found,))
    text = report_markdown(report, "zh", with_commitments=True)
    assert "<script>" not in text
    assert "<img>" not in text
    assert "<i>" not in text
    for block in re.findall(r"(?m)(?:^\|.*\n)+", text):
        assert len({len(row) for row in table_rows(block)}) == 1
