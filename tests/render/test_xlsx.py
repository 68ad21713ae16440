"""The workbook: numbers as numbers, texts as texts, formulas that LibreOffice works out to the report's values."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from office import SOFFICE, converted
from openpyxl import load_workbook
from reports import commitment, indicator, report_of, sample, target

from xicen_kpi.cli.documents import document
from xicen_kpi.render.xlsx import report_xlsx
from xicen_kpi.report.workings import workings_of

if TYPE_CHECKING:
    from pathlib import Path

    from xicen_kpi.report.assessment import Assessment

pytest.importorskip("xlsxwriter", reason="the workbook needs the extra `report`")
# openpyxl, which reads it back, does not know the newer form of data bars.
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")


def made(found: Assessment) -> bytes:
    data = document(found, "xlsx")
    assert isinstance(data, bytes)
    return data


def book(data: bytes, **how: Any) -> Any:
    return load_workbook(io.BytesIO(data), **how)


@pytest.fixture(scope="module")
def internal() -> bytes:
    return made(sample("internal"))


def test_the_same_bytes_for_the_same_data(internal: bytes) -> None:
    assert made(sample("internal")) == internal


def test_the_scoreboard_holds_unrounded_numbers(internal: bytes) -> None:
    sheet = book(internal)["指标对账"]
    rows = {row[1].value: row for row in sheet.iter_rows(min_row=6, max_row=5 + len(sample().report.indicators))}
    for one in sample().report.indicators:
        cells = rows[one.id]
        for place, value in ((3, one.value), (6, one.completion), (10, one.projection.value)):
            # A workbook holds sixteen digits.
            assert cells[place].value == (None if value is None else pytest.approx(value, rel=1e-14))
    assert rows["industrial_output"][3].number_format == "#,##0.0"
    assert rows["industrial_output"][6].number_format == "0.0%"
    assert sheet.conditional_formatting
    assert sheet.oddHeader.right.text == "内部资料"


def test_a_target_not_met_does_not_show_as_met() -> None:
    one = indicator(value=169.999, target=target(170.0), gap=0.001, completion=0.99999)
    cell = book(report_xlsx(report_of(one), {}, "zh"))["指标对账"]["G6"]
    assert (cell.value, cell.number_format) == (0.99999, "0.000%")


def test_each_indicator_has_a_sheet_with_a_formula_over_its_rows(internal: bytes) -> None:
    sheets = book(internal)
    for name, working in workings_of(sample("internal")).items():
        formula = sheets[name]["B5"].value
        assert re.fullmatch(r"=SUM\(O11:O\d+\)(/SUM\(P11:P\d+\))?\*[0-9.e+-]+", formula), formula
        codes = [
            row[0] for row in sheets[name].iter_rows(min_row=11, min_col=11, max_col=11, values_only=True) if row[0]
        ]
        assert codes == [line.code for line in working.lines]


def test_text_that_looks_like_a_formula_stays_text() -> None:
    evil = ('=HYPERLINK("http://x","y")', "+1+1", "-2+3", "@SUM(A1)", "=cmd|' /C calc'!A0")
    ones = [commitment(f"T1.{n}", "done", quote=text, evidence=text) for n, text in enumerate(evil, start=1)]
    sheet = book(report_xlsx(report_of(indicator(value=1.0), commitments=ones), {}, "zh"))["承诺事项"]
    cells = list(sheet.iter_rows(min_row=2))
    assert [(row[1].value, row[1].data_type) for row in cells] == [(text, "s") for text in evil]
    assert {row[7].data_type for row in cells} == {"s"}


def test_no_byte_of_a_public_workbook_names_an_enterprise() -> None:
    data = made(sample("public"))
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        text = "".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
    assert re.findall(r"9[0-9]{7}[0-9A-Z]{10}", text) == []
    known = {line.name for one in workings_of(sample("internal")).values() for line in one.lines} - {""}
    assert len(known) > 200
    assert [name for name in known if name in text] == []
    assert "内部资料" not in text
    assert workings_of(sample("public")) == {}


def test_english() -> None:
    sheets = book(made(sample("internal", "en")))
    assert sheets.sheetnames[0] == "Scoreboard"
    assert sheets["Scoreboard"]["A5"].value == "Indicator"


def without_stored_results(data: bytes) -> bytes:
    """The workbook with 0 in place of every formula's stored result: what comes out has been worked out."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                part = re.sub(rb"(<f>[^<]*</f>)<v>[^<]*</v>", rb"\1<v>0</v>", part)
            new.writestr(name, part)
    return made.getvalue()


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed: apt-get install libreoffice-calc")
def test_libreoffice_works_out_the_values_of_the_report(internal: bytes, tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    path.write_bytes(without_stored_results(internal))
    assert load_workbook(path, data_only=True)["industrial_output"]["B5"].value == 0
    recalculated = load_workbook(converted(path, "xlsx", tmp_path), data_only=True)
    report = sample("internal").report
    working = workings_of(sample("internal"))
    assert len(working) >= 15
    for one in report.indicators:
        if one.id in working and one.value is not None:
            cells = recalculated[one.id]
            assert cells["B5"].value == pytest.approx(one.value, rel=1e-12), one.id
            assert cells["B6"].value == pytest.approx(0.0, abs=1e-9), one.id
    pulls = [
        row[0]
        for row in recalculated["industrial_output"].iter_rows(min_row=11, min_col=18, max_col=18, values_only=True)
    ]
    shown = [value for value in pulls if isinstance(value, int | float)]
    growth = next(one.previous.final_growth for one in report.indicators if one.id == "industrial_output")
    assert sum(shown) == pytest.approx(100 * (growth or 0.0)), "pulls add up to the growth on last year's own files"
    errors = [
        cell.value for sheet in recalculated for row in sheet.iter_rows() for cell in row if cell.data_type == "e"
    ]
    assert errors == []
