"""Which files of a folder feed which source, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from exports.plans import A, source

from xicen_kpi.read import open_drop

if TYPE_CHECKING:
    from pathlib import Path


def names(folder: Path, **changes: Any) -> list[str]:
    drop = open_drop(folder, {"t": source(**changes)})
    return [path.name for path in drop.files["t"]]


def put(folder: Path, *file_names: str) -> None:
    for name in file_names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("统一社会信用代码,报告期,工业总产值;本年-1—本月\n", encoding="utf-8")


def test_revisions_first_then_later_globs_then_newer_periods(tmp_path: Path) -> None:
    put(tmp_path, "B204-1_2024年.csv", "B204-1_2025年.csv", "b204-1_2024年_修订.csv", "年报_2024.csv")
    found = names(tmp_path, files=["B204-1*", "年报*"])
    assert found == ["b204-1_2024年_修订.csv", "年报_2024.csv", "B204-1_2025年.csv", "B204-1_2024年.csv"]


def test_lock_files_and_hidden_files_are_passed_over(tmp_path: Path) -> None:
    put(tmp_path, "~$T.csv", ".T.csv", "T.csv", "sub/T2.csv")
    assert sorted(names(tmp_path, files=["*T*"])) == ["T.csv", "T2.csv"]


def test_a_missing_file_and_a_file_that_no_one_asks_for(tmp_path: Path) -> None:
    put(tmp_path, "X.csv", "notes.md")
    drop = open_drop(tmp_path, {"t": source(), "x": source(files="X*")})
    assert [found.slug for found in drop.findings] == ["file-missing"]
    drop = open_drop(tmp_path, {"t": source()})
    assert [(found.slug, found.parameters["files"]) for found in drop.findings] == [("no-file-fits", ["X.csv"])]
    assert [path.name for path in drop.unmatched] == ["X.csv"]


def test_a_link_that_leads_outside_is_refused(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "data"
    put(outside, "T.csv")
    folder.mkdir()
    try:
        (folder / "T.csv").symlink_to(outside / "T.csv")
    except OSError:
        pytest.skip("this system allows no links")
    drop = open_drop(folder, {"t": source()})
    assert drop.files["t"] == ()
    assert [found.slug for found in drop.findings] == ["link-outside", "no-data-files"]


def test_a_folder_named_like_a_file_and_a_name_with_a_line_break(tmp_path: Path) -> None:
    (tmp_path / "T1.csv").mkdir()
    text = f"统一社会信用代码,报告期,工业总产值;本年-1—本月\n{A},2026-10,5\n"
    (tmp_path / "T\n2.csv").write_text(text, encoding="utf-8")
    drop = open_drop(tmp_path, {"t": source()})
    (chunk,) = drop.stream("t").chunks()
    assert chunk.file == "T\\x0a2.csv"


def test_one_file_may_feed_several_sources(tmp_path: Path) -> None:
    text = f"统一社会信用代码,报告期,工业总产值;本年-1—本月\n{A},2026-10,5\n"
    (tmp_path / "T.csv").write_text(text, encoding="utf-8")
    drop = open_drop(tmp_path, {"one": source(), "other": source()})
    for source_id in ("one", "other"):
        (chunk,) = drop.stream(source_id).chunks()
        assert chunk.frame["output"].tolist() == [5]
