"""Which source a file feeds, and a block for it that can be pasted into a plan."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from exports.plans import A, source
from exports.writers import Sheet, write_text, write_xlsx

from xicen_kpi.plan.load import load_plan
from xicen_kpi.plan.source import CellType, Counts, Source
from xicen_kpi.read import open_drop, read_export
from xicen_kpi.read.inspection import first_rows, inspect_file
from xicen_kpi.read.known_items import find_item, items_by_label, nearest_item
from xicen_kpi.read.propose import split_period

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

ROOT = Path(__file__).parents[2]
SAMPLES = sorted(path for path in (ROOT / "sample_data").iterdir() if path.suffix in {".csv", ".xlsx"})


@pytest.fixture(scope="module")
def sources() -> Mapping[str, Source]:
    return load_plan(ROOT / "targets.yaml").plan.sources


def block_of(text: str) -> tuple[str, Source]:
    ((source_id, declared),) = yaml.safe_load(text)["sources"].items()
    return source_id, Source.model_validate(declared)


def frames(source_id: str, declared: Source, path: Path) -> list[pd.DataFrame]:
    own = declared.model_copy(update={"files": (path.name,)})
    return [chunk.frame for chunk in open_drop(path.parent, {source_id: own}).stream(source_id).chunks()]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_every_sample_file_feeds_its_source_and_the_block_reads_the_same(
    sources: Mapping[str, Source], path: Path
) -> None:
    inspection = inspect_file(path, sources)
    best = inspection.fits[0]
    assert best.feeds
    assert best.by_name
    source_id, proposed = block_of(inspection.block)
    assert source_id == best.source_id
    for left, right in zip(frames(source_id, sources[source_id], path), frames(source_id, proposed, path), strict=True):
        assert left.equals(right)
    assert inspection.unknown == {}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_without_a_plan_the_forms_are_known(sources: Mapping[str, Source], path: Path) -> None:
    inspection = inspect_file(path, {})
    assert inspection.fits == ()
    source_id, proposed = block_of(inspection.block)
    theirs = sources[source_id]
    assert proposed.frequency is theirs.frequency
    for name, column in proposed.columns.items():
        if name in theirs.columns and name != "period":
            assert (column.type, column.counts) == (theirs.columns[name].type, theirs.columns[name].counts), name
    (frame,) = frames(source_id, proposed, path)
    assert len(frame)


def test_a_file_of_another_name_is_recognised_by_its_columns(tmp_path: Path) -> None:
    path = write_text(
        tmp_path / "export.csv", [["统一社会信用代码", "报告期", "工业总产值;本年-1—本月"], [A, "2026-10", 5]]
    )
    inspection = inspect_file(path, {"t": source()})
    (fit,) = inspection.fits
    assert (fit.source_id, fit.feeds, fit.by_name) == ("t", True, False)
    assert fit.found["output"] == "工业总产值;本年-1—本月"


def test_a_file_that_lacks_a_column_says_which_and_what_is_near(tmp_path: Path) -> None:
    path = write_text(
        tmp_path / "T.csv", [["统一社会信用代码", "报告期", "工业总产值;本年-本月", "研发费"], [A, "2026-10", 5, 6]]
    )
    inspection = inspect_file(path, {"t": source()})
    (fit,) = inspection.fits
    assert not fit.feeds
    assert fit.lacking == {"output": "工业总产值;本年-本月"}
    assert inspection.unknown == {"研发费": "研发费用"}


def test_headers_of_the_file_come_first_in_the_plans_own_block(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["统一社会信用代码", "报告期", "工业总产值(01)", ""],
        ["", "", "本年-1—本月", "上年-1—本月"],
        [A, "2026-10", 5, 6],
    ]
    merges = [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3)]
    inspection = inspect_file(write_xlsx(tmp_path / "T.xlsx", Sheet(rows, merges=merges)), {"t": source()})
    _, proposed = block_of(inspection.block)
    assert proposed.columns["output"].header == ("工业总产值(01);本年-1—本月", "工业总产值;本年-1—本月")


def test_an_unknown_list_gets_a_block_all_the_same(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["项目编码", "项目简称", "总投资(亿元)", "开工"],
        ["0012", "甲", 3.5, "2025年6月"],
        ["0013", "乙", 4, "2025年7月"],
    ]
    _, proposed = block_of(inspect_file(write_text(tmp_path / "项目.csv", rows), {}).block)
    assert proposed.columns["column_3"].unit == "亿元"
    assert [column.type for column in proposed.columns.values()] == [
        CellType.TEXT,
        CellType.TEXT,
        CellType.NUMBER,
        CellType.DATE,
    ]


def test_a_file_that_cannot_be_read_is_inspected_too(tmp_path: Path) -> None:
    (tmp_path / "T.csv").write_bytes(b"%PDF-1.7")
    inspection = inspect_file(tmp_path / "T.csv", {"t": source()})
    assert (inspection.block, [fit.by_name for fit in inspection.fits]) == ("", [True])
    assert [found.slug for found in inspection.tables[0].findings] == ["file-foreign"]


@pytest.mark.parametrize(
    ("header", "label", "suffix", "counts"),
    [
        ("营业收入;本年-1—本月", "营业收入", "", Counts.YEAR_TO_DATE),
        ("营业收入(301);上年-1—本月", "营业收入(301)", "_last_year", Counts.YEAR_TO_DATE),
        ("工业总产值;本年-本月", "工业总产值", "_month", Counts.PERIOD),
        ("工业总产值;上年同期;本月", "工业总产值", "_month_last_year", Counts.PERIOD),
        ("1-本月;工业总产值;万元", "工业总产值", "", Counts.YEAR_TO_DATE),
        ("上年同期;1-本月;工业总产值;万元", "工业总产值", "_last_year", Counts.YEAR_TO_DATE),
        ("研究开发费用合计;本年", "研究开发费用合计", "", Counts.PERIOD),
        ("qc02", "qc02", "", None),
        ("本月", "本月", "", None),
    ],
)
def test_the_period_of_a_header(header: str, label: str, suffix: str, counts: Counts | None) -> None:
    assert split_period(header) == (label, suffix, counts)


def test_labels_of_the_forms_are_known_once_each() -> None:
    items = items_by_label()
    assert len({item.name for item in items.values()}) >= 100
    found = find_item("其中：开支出")
    assert found is None
    known = find_item("研发费用(331)")
    assert known is not None
    assert (known.name, known.unit) == ("rnd_expense", "千元")
    assert nearest_item("研究开发费用总计") == "研究开发费用合计"
    assert nearest_item("完全无关的东西") is None


def test_the_projects_of_an_enterprise_are_rows_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "107-1_2025年.xlsx"
    head = ["统一社会信用代码", "项目名称", "项目起始日期(YYYYMM)", "项目完成日期(YYYYMM)", "项目经费支出(千元)"]
    rows: list[list[object]] = [[A, "新工艺", 202503, 202511, 400], [A, "新产品", 202406, 202612, 500]]
    write_xlsx(path, Sheet([["研发项目 2025年"], head, *rows], "107-1"))
    source_id, proposed = block_of(inspect_file(path, {}).block)
    (frame,) = frames(source_id, proposed, path)
    assert proposed.key == ("uscc", "period", "project")
    assert frame["project_start"].tolist() == ["202503", "202406"]
    assert set(frame["period"]) == {2025 * 12 + 11}


def test_the_word_of_a_total_row_among_running_numbers_is_no_cell_that_cannot_be_read(tmp_path: Path) -> None:
    head, body = "序号,企业,产值(万元)\n", "".join(f"{n},企业{n},{10 * n}\n" for n in range(1, 9))
    path = tmp_path / "月报.csv"
    path.write_text(f"{head}{body}合计,,360\n", encoding="utf-8")
    assert [told.slug for told in inspect_file(path, {}).tables[0].findings] == []
    path.write_text(f"{head}{body}九,企业9,90\n合计,,3x60\n", encoding="utf-8")
    assert [told.where.row for told in inspect_file(path, {}).tables[0].findings] == [10, 11]


def test_cells_are_shown_as_people_write_them(tmp_path: Path) -> None:
    rows = [["日期", "人数", "产值"], [date(2025, 1, 31), 12, 1.5], [date(2025, 2, 28), 13, ""]]
    (table,) = read_export(write_xlsx(tmp_path / "a.xlsx", Sheet(rows)))
    assert first_rows(table, 2) == [["2", "2025-01-31", "12", "1.5"], ["3", "2025-02-28", "13", ""]]
