"""A file whose unit the other files contradict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exports.plans import slugs, stream_of
from exports.writers import write_text

if TYPE_CHECKING:
    from pathlib import Path

CODES = [f"91310118YL{number:08d}" for number in range(8)]


def put(folder: Path, name: str, unit: str, factor: float, month: int) -> None:
    rows: list[list[object]] = [
        [f"计量单位：{unit}" if unit else "标题"],
        ["统一社会信用代码", "报告期", "工业总产值;本年-1—本月"],
    ]
    rows += [[code, f"2026年{month}月", (number + 1) * 1000 * month * factor] for number, code in enumerate(CODES)]
    write_text(folder / name, rows)


def test_one_file_in_another_unit_than_it_says(tmp_path: Path) -> None:
    put(tmp_path, "T1.csv", "千元", 1, 8)
    put(tmp_path, "T2.csv", "千元", 1.1, 9)
    put(tmp_path, "T3.csv", "千元", 1000, 10)
    stream = stream_of(tmp_path)
    list(stream.chunks())
    (found,) = stream.findings
    assert (found.slug, found.where.file, found.parameters["times"]) == ("unit-contradicted", "T3.csv", "1000")


def test_of_two_files_the_one_that_says_less_is_doubted(tmp_path: Path) -> None:
    put(tmp_path, "T1.csv", "千元", 1, 9)
    put(tmp_path, "T2.csv", "", 10, 10)
    stream = stream_of(tmp_path)
    list(stream.chunks())
    (found,) = stream.findings
    assert (found.where.file, found.parameters["times"]) == ("T2.csv", "10")


def test_units_that_are_said_and_growth_are_no_contradiction(tmp_path: Path) -> None:
    put(tmp_path, "T1.csv", "千元", 1, 8)
    put(tmp_path, "T2.csv", "万元", 0.1, 9)
    put(tmp_path, "T3.csv", "千元", 3, 10)
    stream = stream_of(tmp_path)
    list(stream.chunks())
    assert slugs(stream) == []
