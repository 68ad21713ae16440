"""What lies in a folder of exports: its files, and the names by which messages call them."""

from __future__ import annotations

from pathlib import Path, PurePath, PurePosixPath
from typing import TYPE_CHECKING

from xicen_kpi.errors import Finding, Location
from xicen_kpi.words.findings import finding

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from xicen_kpi.read.stored import DataFile, StoredFile, StoredFolder


PACKED = frozenset({".parquet", ".pq"})
"""Files that hold many rows in few bytes."""
CONVERTED = ".kpi.parquet"
"""How the name of a converted file ends, behind that of its export."""
DATA = frozenset(
    {".csv", ".tsv", ".txt", ".xls", ".xlsx", ".xlsm", ".xlsb", ".ods", ".et", ".htm", ".html", ".parquet", ".pq"}
)
"""Suffixes of files that may hold data."""
_NO_DATA = frozenset({"_success", "_metadata", "_common_metadata"})
"""What Spark and others leave beside the parts of a Parquet folder."""


def data_files(folder: Path) -> list[Path]:
    """The data files below a folder, as `open_drop` sees them; links that lead outside are passed over."""
    return sorted(path for path in walk(folder, folder.resolve(), []) if path.suffix.lower() in DATA)


def shown_name(path: PurePath) -> str:
    """A path as messages show it: forward slashes, and no character that would break a line or a terminal."""
    return "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in path.as_posix())


def walk(folder: Path, root: Path, findings: list[Finding]) -> Iterator[Path]:
    """The files below a folder; links that lead outside its root are passed over, and that is said."""
    for path in folder.iterdir():
        if _is_no_data(path.name):
            continue
        if path.is_symlink():
            target = path.resolve()
            if not target.is_relative_to(root):
                findings.append(finding("link-outside", Location(file=shown_name(Path(path.name)))))
                continue
            if target.is_dir():
                continue
        if path.is_dir():
            yield from walk(path, root, findings)
        elif path.is_file():
            yield path


def listed(folder: StoredFolder, findings: list[Finding]) -> Iterator[StoredFile]:
    """The files that a store lists, by the rules for a folder; names are not trusted to lead below the address."""
    for file in folder.files():
        if file.below.is_absolute() or ".." in file.below.parts:
            findings.append(finding("link-outside", Location(file=shown_name(file.below))))
        elif not any(map(_is_no_data, file.below.parts)):
            yield file


def _is_no_data(name: str) -> bool:
    return name.startswith((".", "~$")) or name.lower() in _NO_DATA


def below(path: DataFile, folder: Path) -> PurePosixPath:
    """The path of a file below its folder."""
    return PurePosixPath(path.relative_to(folder)) if isinstance(path, Path) else path.below


def original(path: PurePosixPath, sources: Container[str]) -> tuple[str | None, PurePosixPath]:
    """The source that a file belongs to and the export that it was made from, where its name and folder say so."""
    folder, *rest = path.parts
    if not rest or folder not in sources or not path.name.endswith(CONVERTED):
        return None, path
    return folder, PurePosixPath(*rest[:-1], path.name.removesuffix(CONVERTED))
