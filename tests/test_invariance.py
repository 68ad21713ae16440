"""What a spreadsheet program, another platform or a helpful colleague does to a file changes no figure."""

from __future__ import annotations

import json
import random
import shutil
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sample_files import RawFile, as_text, read_raw, write_as_before, write_csv, write_xlsx
from small_plans import assessed

from xicen_kpi.render.json_ import json_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tables import Cell

    from xicen_kpi.plan.load import LoadedPlan

    Change = Callable[[RawFile], RawFile]

DATA = Path(__file__).parents[1] / "sample_data"
FILES = sorted(path.name for path in DATA.iterdir() if path.suffix in {".csv", ".xlsx"})
SEED = 20261031


def figures(plan: LoadedPlan, folder: Path) -> dict[str, Any]:
    """All that the report says of indicators and commitments."""
    report = json.loads(json_text(assessed(plan.plan, folder).report))
    return {
        **{one["id"]: one for one in report["indicators"]},
        **{f"commitment {one['id']}": one for one in report["commitments"]},
        "as_of": report["as_of"],
    }


@pytest.fixture(scope="module")
def expected(loaded: LoadedPlan) -> dict[str, Any]:
    return figures(loaded, DATA)


@pytest.fixture(scope="module")
def raw() -> dict[str, RawFile]:
    return {name: read_raw(DATA / name) for name in FILES}


def differences(found: dict[str, Any], expected: dict[str, Any], tolerance: float = 0.0) -> list[str]:
    """Every leaf that is another one, with its path; numbers within a relative tolerance are the same."""
    return sorted(_differ(found, expected, "", tolerance))


def _differ(found: Any, expected: Any, path: str, tolerance: float) -> Iterable[str]:
    if isinstance(found, dict) and isinstance(expected, dict):
        for key in found.keys() | expected.keys():
            yield from _differ(found.get(key), expected.get(key), f"{path}/{key}", tolerance)
    elif isinstance(found, list) and isinstance(expected, list) and len(found) == len(expected):
        for i, (one, other) in enumerate(zip(found, expected, strict=True)):
            yield from _differ(one, other, f"{path}/{i}", tolerance)
    elif isinstance(found, float) and isinstance(expected, float) and tolerance:
        if found != pytest.approx(expected, rel=tolerance, abs=tolerance):
            yield f"{path}: {found!r} instead of {expected!r}"
    elif found != expected:
        yield f"{path}: {found!r} instead of {expected!r}"


# -- what is done to a file


def rows_shuffled(file: RawFile) -> RawFile:
    return replace(file, body=random.Random(SEED).sample(file.body, len(file.body)))  # noqa: S311 -- a repeatable order


def columns_shuffled(file: RawFile) -> RawFile:
    width = len(file.header[0])
    order = random.Random(SEED).sample(range(width), width)  # noqa: S311 -- a repeatable order

    def moved(rows: list[list[Cell]]) -> list[list[Cell]]:
        return [[row[i] if i < len(row) else None for i in order] for row in rows]

    return replace(file, header=moved(file.header), body=moved(file.body), below=[])


def with_titles(file: RawFile) -> RawFile:
    return replace(file, above=[["西岑园统计资料汇编"], [None, "内部资料，注意保存"], *file.above])


def with_total(file: RawFile) -> RawFile:
    numbers = file.numbers()

    def total(place: int) -> Cell:
        texts = (unicodedata.normalize("NFKC", as_text(cell)).replace(",", "") for cell in file.column(place))
        return sum(float(text) for text in texts if text)

    row = [total(i) if i in numbers else None for i in range(len(file.header[0]))]
    return replace(file, below=[["合计", *row[1:]], *file.below])


def with_footers(file: RawFile) -> RawFile:
    signed: list[Cell] = ["单位负责人：样例甲", "统计负责人：样例乙", "填表人：样例丙"]
    return replace(file, below=[*file.below, signed, ["注：本表为初步数。"], ["第1页 共1页"]])


def with_blank_rows(file: RawFile) -> RawFile:
    empty: list[Cell] = [None] * len(file.header[0])
    half = len(file.body) // 2
    return replace(file, body=[*file.body[:half], empty, *file.body[half:], empty])


def thousands(cell: Cell) -> Cell:
    text = as_text(cell)
    whole, point, rest = text.replace(",", "").partition(".")
    return f"{int(whole):,}{point}{rest}" if whole.isdigit() else text


def full_width(cell: Cell) -> Cell:
    return as_text(cell).translate({ord("0") + i: chr(ord("０") + i) for i in range(10)} | {ord("."): "．"})


def with_thousands_separators(file: RawFile) -> RawFile:
    return file.mapped(thousands, file.numbers())


def with_full_width_digits(file: RawFile) -> RawFile:
    return file.mapped(full_width, file.numbers())


def unchanged(file: RawFile) -> RawFile:
    return file


def everything(file: RawFile) -> RawFile:
    for change in (
        with_thousands_separators,
        rows_shuffled,
        columns_shuffled,
        with_blank_rows,
        with_titles,
        with_footers,
    ):
        file = change(file)
    return file


# -- every file at once, one thing at a time


@pytest.mark.parametrize(
    "change",
    [
        unchanged,
        rows_shuffled,
        columns_shuffled,
        with_titles,
        with_total,
        with_footers,
        with_blank_rows,
        with_thousands_separators,
        with_full_width_digits,
    ],
)
def test_a_harmless_change_of_every_file(
    loaded: LoadedPlan, raw: dict[str, RawFile], expected: dict[str, Any], tmp_path: Path, change: Change
) -> None:
    for file in raw.values():
        write_as_before(change(file), tmp_path)
    assert differences(figures(loaded, tmp_path), expected) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_file_as_text_in_another_encoding(
    loaded: LoadedPlan, raw: dict[str, RawFile], expected: dict[str, Any], tmp_path: Path, encoding: str
) -> None:
    for file in raw.values():
        write_csv(file, tmp_path, encoding, "\t" if encoding == "utf-16" else ",")
    assert differences(figures(loaded, tmp_path), expected) == []


@pytest.mark.parametrize("empty_sheet", [False, True])
def test_every_file_as_a_workbook(
    loaded: LoadedPlan, raw: dict[str, RawFile], expected: dict[str, Any], tmp_path: Path, *, empty_sheet: bool
) -> None:
    for file in raw.values():
        write_xlsx(file, tmp_path, empty_sheet=empty_sheet)
    assert differences(figures(loaded, tmp_path), expected) == []


def test_files_in_folders_below(loaded: LoadedPlan, expected: dict[str, Any], tmp_path: Path) -> None:
    for i, name in enumerate(FILES):
        folder = tmp_path / ("报表" if i % 2 else "台账") / "归档"
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(DATA / name, folder / name)
    assert differences(figures(loaded, tmp_path), expected) == []


# -- one file at a time, everything at once


@pytest.mark.parametrize("name", FILES)
def test_everything_done_to_one_file(
    loaded: LoadedPlan, raw: dict[str, RawFile], expected: dict[str, Any], tmp_path: Path, name: str
) -> None:
    for other in FILES:
        if other != name:
            shutil.copy(DATA / other, tmp_path / other)
    file = everything(raw[name])
    if file.is_text:
        write_xlsx(file, tmp_path, empty_sheet=True)
    else:
        write_csv(file, tmp_path, "gb18030")
    assert differences(figures(loaded, tmp_path), expected) == []


# -- another unit with its amounts


TO_TEN_THOUSAND, TO_HUNDRED_MILLION, TO_YUAN = ("万元", 10), ("亿元", 100_000), ("元", 1 / 1000)


def in_unit(file: RawFile, unit: str, over: float) -> RawFile:
    """The amounts of a form in 千元 told in another unit, wherever the form names its unit."""
    money = {i for i in file.numbers() if not any(word in str(file.header[0][i]) for word in ("人员", "机构数"))}
    told = {i for i, row in enumerate(file.above) if any("千元" in as_text(cell) for cell in row)}

    def renamed(row: list[Cell]) -> list[Cell]:
        return [as_text(cell).replace("千元", unit) if "千元" in as_text(cell) else cell for cell in row]

    def scaled(cell: Cell) -> Cell:
        if cell in (None, ""):
            return cell
        amount = float(as_text(cell))
        return amount / over if over >= 1 else round(amount * round(1 / over))

    changed = file.mapped(scaled, money)
    return replace(
        changed,
        above=[renamed(row) if i in told else row for i, row in enumerate(file.above)],
        header=[renamed(row) for row in file.header],
        body=[renamed(row) for row in changed.body],
    )


IN_THOUSANDS = [name for name in FILES if name.startswith(("B203", "B204", "E204", "F203", "107-2"))]


@pytest.mark.parametrize("unit", [TO_TEN_THOUSAND, TO_HUNDRED_MILLION, TO_YUAN], ids=lambda unit: unit[0])
def test_every_form_in_another_unit(
    loaded: LoadedPlan, raw: dict[str, RawFile], expected: dict[str, Any], tmp_path: Path, unit: tuple[str, float]
) -> None:
    for name, file in raw.items():
        changed = in_unit(file, *unit) if name in IN_THOUSANDS else file
        assert (changed == file) == (name not in IN_THOUSANDS), "the form has changed indeed"
        write_as_before(changed, tmp_path)
    assert differences(figures(loaded, tmp_path), expected, tolerance=1e-12) == []


def test_the_unit_of_each_file_is_its_own(
    loaded: LoadedPlan, raw: dict[str, RawFile], expected: dict[str, Any], tmp_path: Path
) -> None:
    units = (TO_TEN_THOUSAND, TO_HUNDRED_MILLION, TO_YUAN)
    for i, (name, file) in enumerate(raw.items()):
        write_as_before(in_unit(file, *units[i % 3]) if name in IN_THOUSANDS else file, tmp_path)
    assert differences(figures(loaded, tmp_path), expected, tolerance=1e-12) == []
