"""Writing: the report on stdout or, in one piece, to a file; messages on stderr."""

from __future__ import annotations

import io
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from xicen_kpi.errors import Location, OutputError
from xicen_kpi.words.findings import finding, hint, message
from xicen_kpi.words.labels import label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xicen_kpi.errors import Finding
    from xicen_kpi.words.labels import Lang


def prepare_streams() -> None:
    """UTF-8 and plain line ends, whatever the locale: the same bytes on every machine."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def write(content: str | bytes, output: Path | None) -> None:
    """Writes to the file, or to stdout; a reader who has gone (`| head`) is no failure.

    Raises:
        OutputError: It cannot be written. A file of that name is then as it was before.
    """
    data = content.encode() if isinstance(content, str) else content
    try:
        if output is None:
            _write_out(data)
        else:
            write_atomically(output, data)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        where = Location(file=None if output is None else str(output))
        raise OutputError([finding("output-failed", where, reason=reason)]) from error


def _write_out(data: bytes) -> None:
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except OSError as error:
        # Nothing is left to flush when Python ends, whether the reader has gone or the disk behind stdout is full.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise


def write_atomically(path: Path, data: bytes) -> None:
    """Puts the whole file in place at once, or leaves what was there."""
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def say(text: str) -> None:
    """A line on stderr."""
    sys.stderr.write(f"{text}\n")


def told(found: Finding, lang: Lang) -> str:
    """A finding as a line that an editor can jump to, and what to do below it."""
    where = found.where
    place = ":".join(
        str(part)
        for part in (
            f"{where.file or ''}{'!' + where.sheet if where.sheet else ''}" or None,
            where.line or where.row,
            where.column or where.field,
        )
        if part is not None
    )
    lead = f"{place}: " if place else ""
    return (
        f"{lead}{label(f'severity.{found.severity.value}', lang)}: {message(found, lang)} [{found.slug}]\n"
        f"  {label('hint', lang)}{hint(found, lang)}"
    )


def complain(findings: Iterable[Finding], lang: Lang) -> None:
    """Findings on stderr."""
    for found in findings:
        say(told(found, lang))
