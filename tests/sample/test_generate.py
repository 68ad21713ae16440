"""The committed sample files are what the generator writes."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

DATA = Path(__file__).parents[2] / "sample_data"
MEGABYTES = 1_000_000


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fresh")
    subprocess.run([sys.executable, "-B", DATA / "generate.py", folder], check=True)
    return folder


def exports(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.suffix in {".csv", ".xlsx"})


def members(path: Path) -> dict[str, tuple[object, bytes]]:
    """What an Excel file holds, whatever this machine's zlib made of it."""
    with zipfile.ZipFile(path) as archive:
        return {entry.filename: (entry.date_time, archive.read(entry)) for entry in archive.infolist()}


def test_the_committed_files_are_those_of_the_generator(fresh: Path) -> None:
    assert exports(fresh) == exports(DATA)
    for name in exports(DATA):
        if (fresh / name).read_bytes() != (DATA / name).read_bytes():
            assert name.endswith(".xlsx"), name
            assert members(fresh / name) == members(DATA / name), name


def test_two_runs_write_the_same_bytes(fresh: Path, tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-B", DATA / "generate.py", tmp_path], check=True)
    for name in exports(fresh):
        assert (tmp_path / name).read_bytes() == (fresh / name).read_bytes()


def test_the_files_are_small() -> None:
    assert sum((DATA / name).stat().st_size for name in exports(DATA)) < 2.5 * MEGABYTES
