"""`xicen-kpi inspect FILE…`: how a file is read, and the sources: block that it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xicen_kpi.cli.output import write
from xicen_kpi.cli.surroundings import error_language, output_format, plan_path
from xicen_kpi.errors import Location, UsageError
from xicen_kpi.plan.load import load_plan
from xicen_kpi.read.folder import data_files
from xicen_kpi.read.inspection import inspect_file
from xicen_kpi.render.inspection import folder_text, inspection_json, inspection_text
from xicen_kpi.words.findings import finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from xicen_kpi.cli.request import Request
    from xicen_kpi.plan.model import Plan

FORMATS = ("text", "json")


def run_inspect(request: Request, files: Sequence[Path], given_format: str | None, output: Path | None) -> int:
    """Says how each file is read; a folder gives one line a file.

    Raises:
        UsageError: A file does not exist.
    """
    chosen = output_format(given_format, output, FORMATS)
    plan = _plan(request)
    lang = request.lang or (plan.plan.language if plan else error_language(None))
    sources = plan.sources if plan else {}
    found = [inspect_file(path, sources, name=name) for path, name in _named(files)]
    with_rows = request.audience == "internal"
    if chosen == "json":
        write(inspection_json(found, lang, with_rows=with_rows), output)
    elif any(path.is_dir() for path in files):
        write(folder_text(found, lang), output)
    else:
        write(inspection_text(found, lang, with_rows=with_rows), output)
    return int(request.outcome(one for inspection in found for table in inspection.tables for one in table.findings))


def _plan(request: Request) -> Plan | None:
    """The plan at hand; without one, files are still read, and no source is proposed."""
    if request.targets is None:
        try:
            return load_plan(plan_path(None)).plan
        except UsageError:
            return None
    return load_plan(plan_path(request.targets)).plan


def _named(files: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    for path in files:
        if path.is_dir():
            yield from ((one, one.relative_to(path).as_posix()) for one in data_files(path))
        elif path.exists():
            yield path, path.name
        else:
            raise UsageError([finding("file-not-found", Location(file=str(path)))])
