"""All exports of a folder, read once and written as Parquet; see `converted` for what a file holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xicen_kpi import __version__
from xicen_kpi.read.converted import KEY, Kept, declaration, schema, to_arrow
from xicen_kpi.read.folder import CONVERTED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from xicen_kpi.errors import Finding
    from xicen_kpi.read.drop import Drop
    from xicen_kpi.read.stream import FileOnItsWay
    from xicen_kpi.read.table import Provenance


@dataclass(frozen=True, slots=True)
class Converted:
    """One file that was written.

    Attributes:
        source_id: The source that it belongs to.
        file: The export, below the data folder.
        trails: What was read and used of each of its tables.
        size: Bytes written.
    """

    source_id: str
    file: str
    trails: Sequence[Provenance]
    size: int


@dataclass(slots=True)
class Conversion:
    """Writes a drop into a folder, chunk by chunk: never more than one chunk is held.

    Attributes:
        drop: The exports.
        folder: Where the files go; it exists.
        findings: What reading had to say; complete after the last file.
    """

    drop: Drop
    folder: Path
    findings: list[Finding]

    def files(self) -> Iterator[Converted]:
        """Converts source by source, file by file.

        Raises:
            OSError: A file cannot be written.
        """
        self.findings += self.drop.findings
        for source_id in self.drop.sources:
            stream = self.drop.stream(source_id)
            for file in stream.files():
                yield self._written(source_id, file)
            self.findings += stream.findings

    def _written(self, source_id: str, file: FileOnItsWay) -> Converted:
        from pyarrow import parquet

        source, own = file.stream.source, schema(file.stream.source)
        path = self.folder / source_id / f"{file.export}{CONVERTED}"
        path.parent.mkdir(parents=True, exist_ok=True)
        with parquet.ParquetWriter(path, own, compression="zstd", write_page_checksum=True) as writer:
            for chunk in file.chunks():
                if len(chunk.frame):
                    writer.write_table(to_arrow(chunk.frame, source), row_group_size=len(chunk.frame))
            kept = Kept(declaration(source), file.export, file.tables, file.findings)
            writer.add_key_value_metadata({KEY: kept.text(__version__)})
        return Converted(source_id, kept.file, [table.trail for table in file.tables], path.stat().st_size)
