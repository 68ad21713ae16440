"""CSV for a further tool: full precision, a BOM for Excel, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from reports import commitment, indicator, report_of, sample, target

from xicen_kpi.plan.values import Text
from xicen_kpi.render.csv_ import COMMITMENT_COLUMNS, INDICATOR_COLUMNS, report_csv

if TYPE_CHECKING:
    from xicen_kpi.words.labels import Lang


def lines(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_it_begins_with_a_bom_and_ends_lines_as_excel_does() -> None:
    text = report_csv(report_of(indicator(value=1.0)), "zh")
    assert text.startswith("\ufeffid,name,kind")
    assert text.count("\r\n") == text.count("\n") == 2


def test_numbers_are_not_rounded() -> None:
    one = indicator(value=137.20004123456789, completion=137.20004123456789 / 170, target=target(170.0))
    (line,) = lines(report_csv(report_of(one), "zh"))
    assert float(line["value"]) == 137.20004123456789
    assert float(line["completion"]) == 137.20004123456789 / 170
    assert float(line["target"]) == 170


def test_what_is_not_known_is_empty_and_what_is_zero_is_zero() -> None:
    (line,) = lines(report_csv(report_of(indicator(value=0.0, growth=None, provisional=False)), "zh"))
    assert line["value"] == "0.0"
    assert line["growth"] == ""
    assert line["provisional"] == "false"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_one_line_an_indicator_of_the_sample(lang: Lang) -> None:
    report = sample(lang=lang).report
    found = lines(report_csv(report, lang))
    assert [line["id"] for line in found] == [one.id for one in report.indicators]
    assert list(found[0]) == list(INDICATOR_COLUMNS)
    assert found[2]["name"] == report.indicators[2].name.say(lang)
    assert float(found[2]["value"]) == report.indicators[2].value


def test_one_line_a_commitment() -> None:
    found = lines(report_csv(sample().report, "zh", with_commitments=True))
    assert len(found) == 138
    assert list(found[0]) == list(COMMITMENT_COLUMNS)
    assert next(one for one in found if one["id"] == "G1.4")["indicators"].startswith("three_leading_industries_scale;")


@pytest.mark.parametrize("mark", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(mark: str) -> None:
    """OWASP: a text that begins so is run by a spreadsheet; a quote before it keeps it text."""
    named = indicator(name=Text(zh=f"{mark}1+1", en="x"))
    promised = commitment("T1.1", "done", evidence=f"{mark}cmd|' /C calc'!A0")
    report = report_of(named, commitments=[promised])
    assert lines(report_csv(report, "zh"))[0]["name"].startswith("'")
    assert lines(report_csv(report, "zh", with_commitments=True))[0]["evidence"].startswith("'")


def test_a_negative_number_stays_a_number() -> None:
    (line,) = lines(report_csv(report_of(indicator(gap=-1.0)), "zh"))
    assert line["gap"] == "-1.0"
