"""`xicen-kpi convert`: the exports of a folder read once and kept as Parquet."""

from __future__ import annotations

import shutil
import stat
import tempfile
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from xicen_kpi.cli.output import complain, write
from xicen_kpi.cli.progress import watched
from xicen_kpi.cli.surroundings import data_folder, plan_path
from xicen_kpi.errors import DataError, Location, OutputError, UsageError
from xicen_kpi.plan.load import load_plan
from xicen_kpi.read.convert import Conversion
from xicen_kpi.read.drop import open_drop
from xicen_kpi.render.conversion import conversion_text
from xicen_kpi.words.findings import finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xicen_kpi.cli.request import Request


def run_convert(request: Request, output: Path) -> int:
    """Writes the copy in one piece and says what is in it.

    Raises:
        XicenKpiError: The plan or the folders cannot be used, nothing could be read, or the copy not be written.
    """
    if find_spec("pyarrow") is None:
        raise UsageError([finding("parquet-extra-missing")])
    loaded = load_plan(plan_path(request.targets))
    data = data_folder(request.data, loaded.path, loaded.plan.data)
    _check_place(output, data)
    drop = open_drop(data, loaded.plan.sources)
    try:
        with _whole(output, data) as folder, watched(drop, quiet=request.quiet):
            conversion = Conversion(drop, folder, [])
            files = list(conversion.files())
            if not any(trail.rows_read for one in files for trail in one.trails):
                raise DataError([*conversion.findings, finding("no-data-read", Location(file=data.name))])
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError([finding("output-failed", Location(file=str(output)), reason=reason)]) from error
    lang = request.lang or loaded.plan.plan.language
    if not request.quiet:
        complain(conversion.findings, lang)
    write(conversion_text(files, loaded.plan.sources, str(output), lang), None)
    return int(request.outcome(conversion.findings))


def _check_place(output: Path, data: Path) -> None:
    """The copy gets a folder of its own, away from the exports."""
    place, source = output.resolve(), data.resolve()
    if place.is_relative_to(source) or source.is_relative_to(place):
        raise UsageError([finding("convert-into-data", Location(file=str(output)), data=str(data))])
    if output.exists() and (not output.is_dir() or any(output.iterdir())):
        raise UsageError([finding("convert-folder-in-use", Location(file=str(output)))])


@contextmanager
def _whole(output: Path, data: Path) -> Iterator[Path]:
    """A folder beside the place, moved there when all is written; gone if anything comes in between.

    Whoever may open the exports may open their copy, and nobody else.
    """
    temporary = Path(tempfile.mkdtemp(dir=output.parent, prefix=f".{output.name}."))
    try:
        yield temporary
        temporary.chmod(stat.S_IMODE(data.stat().st_mode))
        if output.exists():
            output.rmdir()
        temporary.rename(output)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise
