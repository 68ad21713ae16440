"""What is said of a finding: place, enterprise, values, cure, effect; and what the public sees of it."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from office import SOFFICE, converted

from xicen_kpi.checks.run import check_drop
from xicen_kpi.errors import Severity
from xicen_kpi.read.drop import open_drop
from xicen_kpi.read.files import load
from xicen_kpi.render.findings_github import _data, _property, check_annotations, step_summary
from xicen_kpi.render.findings_json import check_json
from xicen_kpi.render.findings_junit import check_junit
from xicen_kpi.render.findings_lines import Reader, letters
from xicen_kpi.render.findings_text import check_text
from xicen_kpi.render.findings_xlsx import findings_workbook
from xicen_kpi.words import checks_drop, checks_rnd, checks_rows, engine, read
from xicen_kpi.words.checks_titles import TITLES

DROPS = Path(__file__).parents[1] / "drops"
CODE = re.compile(r"9131[0-9A-Z]{14}")


@pytest.fixture
def slips(checked: Any) -> Any:
    """Two rows in the wrong unit and a late reporter."""
    return checked(DROPS / "unit-slip" / "bad")


def workbook(folder: Any, rows: Any) -> Any:
    book = openpyxl.Workbook()
    book.active.title = "B204"
    for row in rows:
        book.active.append(row)
        for cell in book.active[book.active.max_row]:
            if isinstance(cell.value, str):
                cell.data_type = "s"  # a text that begins with = is no formula here
    book.save(folder / "B204-1_2026年10月.xlsx")


@pytest.fixture
def in_workbook(tmp_path: Any, plan_for: Any) -> Any:
    """A code with a wrong check character in a workbook with a title row, and a cell that begins like a formula."""
    (tmp_path / "园区名录.csv").write_bytes((DROPS / "unit-slip" / "good" / "园区名录.csv").read_bytes())
    head = [
        "统一社会信用代码",
        "单位详细名称",
        "报告期",
        "工业总产值;本年-本月",
        "工业总产值;本年-1—本月",
        "工业总产值;上年-本月",
    ]
    head += ["工业总产值;上年-1—本月", "工业销售产值;本年-1—本月", "出口交货值;本年-1—本月"]
    rows: list[list[Any]] = [["工业产销总值", *[""] * 8], head]
    rows += [["91310118YL00000204", "=1+1", "2026-10", 10, 100, 9, 95, 98, 5]]
    rows += [["91310118YL00000390", "-乙", "2026-10", 20, 200, 19, 190, 195, 5]]
    workbook(tmp_path, rows)
    one = plan_for(tmp_path)
    return tmp_path, check_drop(one, open_drop(tmp_path, one.sources))


def test_one_line_names_place_enterprise_rule_values_and_cure(slips: Any) -> None:
    line = next(
        one for one in check_text(slips, "zh").splitlines() if "营业收入;本年-1—本月 108,900" in one or "→" in one
    )
    assert line.strip().startswith("B203_2026年.csv:12:")
    assert "丙传感器(91310118YL0000047U)" in line
    assert "疑似计量单位填错" in line
    assert "→ 核对是否把元、千元、万元混填" in line


def test_the_cell_of_a_workbook_is_named_as_excel_names_it(in_workbook: Any) -> None:
    _, report = in_workbook
    found = next(one for one in report.findings if one.slug == "code-check-character")
    assert Reader(report, "zh").place(found) == "B204-1_2026年10月.xlsx:B204!A4"


@pytest.mark.parametrize(("number", "name"), [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (703, "AAA")])
def test_columns_have_the_names_of_a_spreadsheet(number: Any, name: Any) -> None:
    assert letters(number) == name


def test_the_effect_is_the_difference_to_what_the_row_should_be(slips: Any) -> None:
    found = next(one for one in slips.findings if one.slug == "unit-slip")
    right = [base * 1.1 * 10 for base in (1000, 2000, 3000, 4000)]
    wrong = [*right[:2], 10 * right[2], right[3]]
    # The whole row is ten times too large, yet only 营业收入 has a last year to tell it by: the ratio's denominator.
    rnd = 0.08 * sum(wrong)
    assert found.effect["rnd_intensity"] == pytest.approx(100 * (rnd / sum(right) - rnd / sum(wrong)))


def test_a_missing_reporter_would_add_its_last_cumulative(checked: Any) -> None:
    report = checked(DROPS / "reporter-missing" / "bad")
    found = next(one for one in report.findings if one.slug == "reporter-missing")
    # 4000 千元 a month, a tenth more this year, nine months: 39 600 千元 = 0.396 亿元.
    assert found.effect == pytest.approx({"industrial_output": 4000 * 1.1 * 9 / 100_000})
    assert "若属实，规模以上工业总产值 +0.40 亿元" in check_text(report, "zh")


def test_a_swing_may_take_the_excess_away_and_moves_a_ratio_through_its_denominator(checked: Any) -> None:
    report = checked(DROPS / "rnd-share-high" / "bad")
    found = [one for one in report.findings if one.slug == "rnd-share-high"]
    revenue = [base * 1.1 * 10 for base in (1000, 2000, 3000, 4000)]
    rnd = [0.08 * one for one in revenue[:3]] + [0.55 * revenue[3]]
    # Without the doubtful 研发费用 of the fourth the ratio falls by its share of all revenue.
    assert found[0].effect["rnd_intensity"] == pytest.approx(-100 * rnd[3] / sum(revenue))


def test_findings_are_sorted_by_severity_then_by_effect(checked: Any) -> None:
    report = checked(DROPS / "two-frames" / "bad")
    ranks = [one.severity.rank for one in report.findings]
    assert ranks == sorted(ranks, reverse=True)


def test_the_list_is_capped_and_says_how_many_more_and_where(checked: Any) -> None:
    report = checked(DROPS / "cumulative-falls" / "bad")
    text = check_text(report, "zh", most=2)
    total = sum(one.slug == "cumulative-falls" for one in report.findings)
    assert total > 2
    assert f"还有 {total - 2} 项；完整清单：--max 0" in text
    assert "还有" not in check_text(report, "zh", most=0)


@pytest.mark.parametrize("render", [check_junit, check_annotations, check_json, check_text])
def test_the_public_sees_no_name_no_code_and_no_value(slips: Any, render: Any) -> None:
    text = render(slips, "zh", public=True)
    assert not CODE.search(text)
    assert "丙传感器" not in text
    assert "297,000" not in text
    assert "297000" not in text
    assert "疑似计量单位填错" in text


def test_a_file_name_that_holds_a_code_is_hidden_from_the_public(slips: Any) -> None:
    reader = Reader(slips, "zh", public=True)
    assert "***" in reader.file("forms/91310118YL00000204_2026.csv")
    assert "***" in reader.file("forms/丙传感器.csv")
    assert reader.file("B203_2026年.csv") == "B203_2026年.csv"


# -- junit


def parsed_xml(text: Any) -> Any:
    return ET.fromstring(text)  # noqa: S314 -- our own output


def test_junit_has_a_case_for_each_rule_and_its_counts_are_right(slips: Any) -> None:
    root = parsed_xml(check_junit(slips, "zh"))
    suite = root.find("testsuite")
    assert root.tag == "testsuites"
    cases = suite.findall("testcase")
    assert len(cases) == int(suite.get("tests")) >= len(slips.results)
    assert int(suite.get("failures")) == len(suite.findall("testcase/failure")) == 1
    assert int(suite.get("skipped")) == len(suite.findall("testcase/skipped")) > 0
    assert "B203_2026年.csv:12:" in suite.find("testcase/failure").text


def test_junit_fails_from_the_severity_asked_for(checked: Any) -> None:
    report = checked(DROPS / "swing" / "bad")
    assert parsed_xml(check_junit(report, "en")).find("testsuite").get("failures") == "0"
    assert parsed_xml(check_junit(report, "en", fail_on=Severity.WARNING)).find("testsuite").get("failures") == "1"
    assert parsed_xml(check_junit(report, "en", fail_on=None)).find("testsuite").get("failures") == "0"


# -- github

COMMAND = re.compile(r"::(error|warning|notice) (?:file=([^,:]+),line=(\d+),)?title=([^,:]+)::(.+)\Z")


def test_annotations_follow_the_format_one_for_each_rule_and_file(slips: Any) -> None:
    lines = check_annotations(slips, "zh", folder="data/2026-10").splitlines()
    parsed = [one for line in lines if (one := COMMAND.match(line))]
    assert len(parsed) == len(lines)
    assert len({(one[2], one[4]) for one in parsed}) == len(lines)
    assert (parsed[0][1], parsed[0][2], parsed[0][3]) == ("error", "data/2026-10/B203_2026年.csv", "12")


def test_annotations_escape_what_would_end_them() -> None:
    assert _data("50%\n") == "50%25%0A"
    assert _property("a:b,c") == "a%3Ab%2Cc"


def test_the_step_summary_counts_and_names_what_could_not_be_computed(slips: Any) -> None:
    text = step_summary(slips, "zh")
    assert "| 强制 | 疑似计量单位填错 (`unit-slip`) |" in text
    assert "无法执行的规则：" in text


# -- json


def test_json_says_everything_and_reads_back(slips: Any) -> None:
    content = json.loads(check_json(slips, "zh"))
    assert content["summary"]["findings"]["error"] == sum(one.severity is Severity.ERROR for one in slips.findings)
    first = content["findings"][0]
    assert (first["slug"], first["code"], first["name"]) == ("unit-slip", "91310118YL0000047U", "丙传感器")
    assert first["where"]["file"] == "B203_2026年.csv"
    assert len(first["fingerprint"]) == 16
    assert {one["outcome"] for one in content["rules"]} == {"passed", "failed", "not_computed"}
    assert all(one["reason"] for one in content["rules"] if one["outcome"] == "not_computed")


# -- the marked copy


@pytest.fixture
def marked(in_workbook: Any) -> Any:
    folder, report = in_workbook
    name = "B204-1_2026年10月.xlsx"
    cells = {(name, grid.sheet): grid.rows for grid in load(folder / name, name).grids}
    return openpyxl.load_workbook(io.BytesIO(findings_workbook(report, "zh", cells)))


def test_the_marked_copy_keeps_every_cell_in_its_place_and_colours_the_bad_one(marked: Any) -> None:
    sheet = marked.worksheets[1]
    assert sheet["E4"].value == 200
    assert sheet["A4"].fill.fgColor.rgb.endswith("FFC7CE")
    assert "校验位" in sheet["A4"].comment.text
    assert sheet["A3"].comment is None
    assert "校验位" in sheet["J4"].value


def test_no_formula_lives_in_the_marked_copy(marked: Any) -> None:
    for sheet in marked.worksheets:
        assert [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"] == []
    assert marked.worksheets[1]["B3"].value == "=1+1"
    assert marked.worksheets[1]["B4"].value == "-乙"


def test_the_list_of_findings_is_the_first_sheet(marked: Any, in_workbook: Any) -> None:
    _, report = in_workbook
    assert marked.worksheets[0].title == "问题清单"
    assert marked.worksheets[0].max_row == len(report.findings) + 1


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed: apt-get install libreoffice-calc")
def test_libreoffice_opens_the_marked_copy_with_its_comments_and_without_a_formula(
    in_workbook: Any, tmp_path: Any
) -> None:
    folder, report = in_workbook
    name = "B204-1_2026年10月.xlsx"
    path = tmp_path / "marked.xlsx"
    cells = {(name, grid.sheet): grid.rows for grid in load(folder / name, name).grids}
    path.write_bytes(findings_workbook(report, "zh", cells))
    book = ET.fromstring(converted(path, "fods", tmp_path).read_bytes())  # noqa: S314 -- made here
    spaces = {
        prefix: f"urn:oasis:names:tc:opendocument:xmlns:{rest}:1.0"
        for prefix, rest in (("table", "table"), ("office", "office"), ("text", "text"), ("svg", "svg-compatible"))
    }
    assert [one for one in book.iter() if f"{{{spaces['table']}}}formula" in one.attrib] == []
    texts = ["".join(cell.itertext()).strip() for cell in book.iterfind(".//table:table-cell", spaces)]
    assert "=1+1" in texts
    (note,) = (one for one in book.iterfind(".//office:annotation", spaces) if "校验位" in "".join(one.itertext()))
    said = "".join(note.itertext()).strip()
    assert "对照营业执照" in said
    # Wide and tall enough for all of it, at about 4 mm a line of 30 characters.
    height = float(note.get(f"{{{spaces['svg']}}}height", "0in").removesuffix("in")) * 25.4
    assert height > 4 * (1 + len(said) // 30)


# -- words


def test_every_slug_of_a_check_has_a_title() -> None:
    inspected = {"no-header", "header-uncertain", "unit-implausible", "percent-mixed", "column-mixed"}
    inspected |= {"month-by-neighbours", "month-doubtful"}
    reported = {"engine-read-here"}
    said = {*checks_drop.MESSAGES, *checks_rows.MESSAGES, *checks_rnd.MESSAGES, *read.MESSAGES, *engine.MESSAGES}
    assert said - inspected - reported == TITLES.keys()
    assert [slug for slug, words in TITLES.items() if any("{" in text for text in words)] == []
