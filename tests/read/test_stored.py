"""A store gives what a folder gives: the same files, names, rows, trails and findings."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from exports.plans import A, source
from tables import CODES

from xicen_kpi.errors import Location
from xicen_kpi.read import open_drop
from xicen_kpi.read.stored import StoredFile, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xicen_kpi.plan.load import LoadedPlan
    from xicen_kpi.read.drop import Drop

ROW = f"{A},2026-10,1\n"
TEXT = "统一社会信用代码,报告期,工业总产值;本年-1—本月\n"


@dataclass(frozen=True)
class Shelf:
    """A store whose files lie in a folder, under any names."""

    root: Path
    names: tuple[str, ...] = ()
    breaks_at: int | None = None

    @property
    def name(self) -> str:
        return self.root.name

    def files(self) -> Iterator[StoredFile]:
        for path in sorted(self.root.rglob("*"), reverse=True):
            if path.is_file():
                below = PurePosixPath(path.relative_to(self.root))
                yield StoredFile(below, path.stat().st_size, str(path), self)
        for name in self.names:
            yield StoredFile(PurePosixPath(name), 1, name, self)

    def opened(self, file: StoredFile) -> io.RawIOBase:
        return io.FileIO(file.address) if self.breaks_at is None else Breaking(file.address, self.breaks_at)


class Breaking(io.FileIO):
    """Bytes of a store that stops answering."""

    def __init__(self, name: str, at: int) -> None:
        super().__init__(name)
        self.at = at

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        if self.tell() >= self.at:
            raise StoreError(Location(file="T.csv"), "connection reset")
        part = memoryview(buffer)[: self.at - self.tell()]
        return super().readinto(part) or 0


def told(drop: Drop) -> Iterator[object]:
    """All that reading a drop comes to."""
    yield drop.findings
    yield {name: [path.name for path in files] for name, files in drop.files.items()}
    yield [path.name for path in drop.unmatched]
    for name in drop.sources:
        stream, newest = drop.stream(name), drop.newest(name)
        yield from (chunk.frame.to_csv() for chunk in stream.chunks())
        yield newest, stream.provenance, stream.findings


@pytest.mark.parametrize("large", [0, 2**22])
def test_the_sample_read_from_a_store_is_the_sample(
    loaded: LoadedPlan, sample_data: Path, monkeypatch: pytest.MonkeyPatch, large: int
) -> None:
    monkeypatch.setattr("xicen_kpi.read.files.LARGE", large)
    found, expected = (told(open_drop(at, loaded.plan.sources)) for at in (Shelf(sample_data), sample_data))
    assert list(found) == list(expected)


def test_parquet_read_from_a_store_is_the_file(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="needs the extra `parquet`")
    columns = {"统一社会信用代码": list(CODES.values()), "报告期": "2026-10", "工业总产值;本年-1—本月": 2.5}
    pd.DataFrame(columns).to_parquet(tmp_path / "T.parquet")
    found, expected = (list(told(open_drop(at, {"t": source()}))) for at in (Shelf(tmp_path), tmp_path))
    assert found == expected
    assert "2.5" in str(found)


def test_names_of_a_store_do_not_lead_out_of_it_and_hidden_ones_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "T.csv").write_text(TEXT + ROW, encoding="utf-8")
    shelf = Shelf(
        tmp_path, ("../T1.csv", "/T2.csv", "a/../../T3.csv", "_temporary/.T4.csv", ".x/T5.csv", "T6/_SUCCESS")
    )
    drop = open_drop(shelf, {"t": source()})
    assert [path.name for path in drop.files["t"]] == ["T.csv"]
    assert [(one.slug, one.where.file) for one in drop.findings] == [
        ("link-outside", "../T1.csv"),
        ("link-outside", "/T2.csv"),
        ("link-outside", "a/../../T3.csv"),
    ]


def test_a_file_that_the_store_does_not_hand_out_is_told(tmp_path: Path) -> None:
    (tmp_path / "T.csv").write_text(TEXT + ROW, encoding="utf-8")
    stream = open_drop(Shelf(tmp_path, breaks_at=0), {"t": source()}).stream("t")
    assert list(stream.chunks()) == []
    ((slug, parameters),) = [(one.slug, one.parameters) for one in stream.findings]
    assert (slug, parameters["detail"]) == ("file-no-file", "connection reset")


def test_a_store_that_stops_in_the_middle_of_a_large_file_ends_the_run(tmp_path: Path) -> None:
    (tmp_path / "T.csv").write_text(TEXT + ROW * 200_000, encoding="utf-8")
    stream = open_drop(Shelf(tmp_path, breaks_at=3 * 2**20), {"t": source()}).stream("t")
    with pytest.raises(StoreError, match="store-unreadable") as raised:
        list(stream.chunks())
    assert raised.value.exit_code == 4
    assert raised.value.findings[0].parameters["reason"] == "connection reset"
