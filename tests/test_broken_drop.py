"""One broken file, column or cell harms its own figures and no other, and is told with its place and what to do."""

from __future__ import annotations

import gc
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sample_files import RawFile, read_raw, write_as_before
from small_plans import assessed

from xicen_kpi.cli import main
from xicen_kpi.render.json_ import json_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from xicen_kpi.plan.load import LoadedPlan

    Report = dict[str, Any]

DATA = Path(__file__).parents[1] / "sample_data"
FILES = sorted(path for path in DATA.iterdir() if path.suffix in {".csv", ".xlsx"})


@pytest.fixture
def drop(tmp_path: Path) -> Path:
    """A copy of the sample data, to be broken."""
    for path in FILES:
        shutil.copy(path, tmp_path / path.name)
    return tmp_path


@pytest.fixture(scope="module")
def whole(loaded: LoadedPlan) -> dict[str, Report]:
    """The indicators of the sample data as they are."""
    report = json.loads(json_text(assessed(loaded.plan, DATA).report))
    return {one["id"]: one for one in report["indicators"]}


@pytest.fixture
def run(targets: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[..., tuple[int, str, str]]]:
    """The command line in this process: exit code, standard output, standard error."""
    thresholds = gc.get_threshold()

    def called(*arguments: str | Path) -> tuple[int, str, str]:
        code = main([*map(str, arguments), "-t", str(targets)])
        told = capsys.readouterr()
        return code, told.out, told.err

    yield called
    gc.set_threshold(*thresholds)


def asking(plan: LoadedPlan, *references: str) -> set[str]:
    """Indicators whose measure names one of these, as source or as source.column, straight or through a filter."""
    found = set()
    for name, one in plan.plan.indicators.items():
        declared = one.model_dump_json(include={"measure"})
        if any(f'"{reference}' in declared for reference in references):
            found.add(name)
    return found


def harmed(report: Report, whole: dict[str, Report]) -> set[str]:
    """Indicators that are not what they were."""
    return {one["id"] for one in report["indicators"] if one != whole[one["id"]]}


def told(report: Report, *slugs: str) -> list[tuple[str, Any, Any]]:
    """File, row and field of the findings of these kinds, each with a sentence and a hint."""
    found = [one for one in report["findings"] if one["slug"] in slugs]
    assert all(one["message"].strip() and one["hint"].strip() for one in found)
    return [(one["where"]["file"], one["where"]["row"], one["where"]["field"]) for one in found]


def broken(run: Callable[..., tuple[int, str, str]], drop: Path) -> Report:
    """The report, which is written whatever is wrong; the exit code says so where it is asked for."""
    code, out, err = run("report", drop, "--format", "json", "--fail-on", "error")
    assert (code, err) == (1, "")
    report: Report = json.loads(out)
    return report


# -- files


@pytest.mark.parametrize(
    ("pattern", "source"),
    [
        ("F203_*", "service_finance"),
        ("B204-1_*", "output"),
        ("107-2_*", "rnd_survey"),
        ("创新平台台账*", "platforms"),
    ],
)
def test_a_form_without_any_file(
    run: Callable[..., tuple[int, str, str]],
    loaded: LoadedPlan,
    whole: dict[str, Report],
    drop: Path,
    pattern: str,
    source: str,
) -> None:
    for path in drop.glob(pattern):
        path.unlink()
    report = broken(run, drop)
    (found,) = [one for one in report["findings"] if one["slug"] == "file-missing"]
    assert pattern.replace("_*", "*") in found["message"]
    assert found["hint"]
    substituted = {name for name, one in loaded.plan.indicators.items() if hasattr(one.measure, "first_of")}
    lost = asking(loaded, source) - (substituted if source == "rnd_survey" else set())
    assert harmed(report, whole) == lost
    for one in report["indicators"]:
        if one["id"] in lost and one["id"] not in substituted:
            assert (one["value"], one["reason"], one["status"]) == (None, "source_missing", "not_assessable")


def test_without_the_survey_the_proxy_speaks_in_december_too(loaded: LoadedPlan, drop: Path) -> None:
    for path in drop.glob("107-2_*"):
        path.unlink()
    found = {one.id: one for one in assessed(loaded.plan, drop, "2025-12").report.indicators}
    assert found["rnd_intensity"].proxy
    assert found["rnd_intensity"].value == pytest.approx(57.2 / 537.3 * 100, abs=0.05)


def test_without_the_enterprise_list(
    run: Callable[..., tuple[int, str, str]], loaded: LoadedPlan, whole: dict[str, Report], drop: Path
) -> None:
    (drop / "园区名录.xlsx").unlink()
    report = broken(run, drop)
    linked = {name for name, one in loaded.plan.sources.items() if one.link == "enterprises"}
    ledgers = {"new_enterprises", "nurtured"}
    assert harmed(report, whole) - asking(loaded, *ledgers) == asking(loaded, *(linked - ledgers), "enterprises")
    assert report["as_of"] == "2026-10"
    unharmed = {one["id"]: one for one in report["indicators"]}
    assert unharmed["innovation_platforms"] == whole["innovation_platforms"]
    assert unharmed["industrial_output"]["reason"] == "source_missing"


DAMAGED = {
    "nothing": b"",
    "white space": b"\n \r\n\t\n",
    "half a workbook": (DATA / "F203_2026年.xlsx").read_bytes()[:20_000],
    "noise": bytes(range(256)) * 40,
    "another table": "日期,气温\n2026-10-01,21\n2026-10-02,22\n".encode(),
}


@pytest.mark.parametrize("kind", DAMAGED)
@pytest.mark.parametrize("name", ["F203_2026年.xlsx", "E204_2026年.csv"])
def test_a_file_that_cannot_be_read(
    run: Callable[..., tuple[int, str, str]],
    loaded: LoadedPlan,
    whole: dict[str, Report],
    drop: Path,
    name: str,
    kind: str,
) -> None:
    (drop / name).write_bytes(DAMAGED[kind])
    report = broken(run, drop)
    errors = {one["where"]["file"] for one in report["findings"] if one["severity"] == "error"}
    assert errors == {name}
    assert all(one["hint"] for one in report["findings"])
    source = "service_finance" if name.startswith("F203") else "wholesale"
    assert harmed(report, whole) == asking(loaded, source)


def test_when_every_file_is_broken_nothing_can_be_reported(
    run: Callable[..., tuple[int, str, str]], drop: Path
) -> None:
    for path in drop.iterdir():
        path.write_bytes(b"")
    code, out, err = run("report", drop, "--lang", "en")
    assert (code, out) == (4, "")
    assert err.count("[file-empty]") >= 20
    assert "[no-data-read]" in err


# -- columns


def renamed(file: RawFile, old: str, new: str) -> RawFile:
    header = [[new if cell == old else cell for cell in row] for row in file.header]
    return RawFile(file.name, file.above, header, file.body, file.below)


@pytest.mark.parametrize(
    ("name", "column", "references"),
    [
        ("B204-1_2026年.csv", "工业总产值;本年-1—本月", ["output.gross_output"]),
        ("E204_2026年.csv", "商品销售额;本年-1—本月;千元", ["wholesale.sales"]),
        ("创新平台台账.xlsx", "所属产业链", ["platforms"]),
        ("人才服务台账.xlsx", "上线日期", ["talent_services"]),
    ],
)
def test_a_column_that_is_not_there(
    run: Callable[..., tuple[int, str, str]],
    loaded: LoadedPlan,
    whole: dict[str, Report],
    drop: Path,
    name: str,
    column: str,
    references: list[str],
) -> None:
    write_as_before(renamed(read_raw(DATA / name), column, "某列"), drop)
    report = broken(run, drop)
    wanted = column.removesuffix(";千元")
    assert told(report, "column-missing", "column-missing-near") == [(name, None, wanted)]
    assert harmed(report, whole) == asking(loaded, *references)


def test_the_tags_of_the_list_are_needed_where_groups_are_asked_for(
    run: Callable[..., tuple[int, str, str]], loaded: LoadedPlan, whole: dict[str, Report], drop: Path
) -> None:
    write_as_before(renamed(read_raw(DATA / "园区名录.xlsx"), "产业标签", "某列"), drop)
    report = broken(run, drop)
    by_group = {
        name
        for name, one in loaded.plan.indicators.items()
        if '"group":["' in one.model_dump_json(include={"measure"})
        or "tags" in one.model_dump_json(include={"measure"})
    }
    assert harmed(report, whole) == by_group
    for one in report["indicators"]:
        if one["id"] in by_group:
            assert (one["value"], one["reason"]) == (None, "column_missing")


# -- cells


def test_a_cell_that_cannot_be_read(
    run: Callable[..., tuple[int, str, str]], loaded: LoadedPlan, whole: dict[str, Report], drop: Path
) -> None:
    file = read_raw(DATA / "B203_2026年.xlsx")
    place = next(i for i, row in enumerate(file.body) if row[2] == "2026-10")
    amount = float(str(file.body[place][3]))
    file.body[place][3] = "57756/0"
    write_as_before(file, drop)
    report = broken(run, drop)
    (found,) = [one for one in report["findings"] if one["slug"] == "unreadable-cell"]
    row = len(file.above) + len(file.header) + place + 1
    assert (found["where"]["file"], found["where"]["row"]) == ("B203_2026年.xlsx", row)
    assert "营业收入" in found["where"]["field"]
    assert "57756/0" in found["message"]
    assert harmed(report, whole) <= asking(loaded, "industry_finance")
    park = {one["id"]: one for one in report["indicators"]}["park_revenue"]
    assert park["value"] == pytest.approx(whole["park_revenue"]["value"] - amount / 100_000)
    assert "cells_missing" in park["notes"]


def test_a_code_that_a_spreadsheet_has_spoilt_is_no_value(
    run: Callable[..., tuple[int, str, str]], loaded: LoadedPlan, whole: dict[str, Report], drop: Path
) -> None:
    file = read_raw(DATA / "E204_2026年.csv")
    place = next(i for i, row in enumerate(file.body) if row[2] == "2026-10")
    file.body[place][0] = "9.13E+17"
    write_as_before(file, drop)
    report = broken(run, drop)
    assert told(report, "code-scientific") == [("E204_2026年.csv", place + 2, "统一社会信用代码")]
    assert harmed(report, whole) <= asking(loaded, "wholesale")
    (trail,) = [one for one in report["generated_from"] if one["file"] == "E204_2026年.csv"]
    assert trail["set_aside"] == {"invalid_code": 1}


def test_findings_of_a_broken_drop_name_file_and_row_in_plain_text_too(
    run: Callable[..., tuple[int, str, str]], drop: Path
) -> None:
    file = read_raw(DATA / "E204_2026年.csv")
    file.body[0][4] = "约五百"
    write_as_before(file, drop)
    code, out, _ = run("report", drop, "--format", "text")
    assert code == 0, "findings are no failure unless one asks"
    assert run("report", drop, "--format", "text", "--fail-on", "error")[:2] == (1, out)
    assert "E204_2026年.csv:2:" in out
    assert "[unreadable-cell]" in out
