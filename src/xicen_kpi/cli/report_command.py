"""`xicen-kpi report`: plan and folder in, the scoreboard out."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from xicen_kpi.cli.documents import document, require_extra
from xicen_kpi.cli.engines import folder_at, kernel_of
from xicen_kpi.cli.history_command import FOLDER, record, recorded_in
from xicen_kpi.cli.output import write
from xicen_kpi.cli.progress import watched
from xicen_kpi.cli.surroundings import data_place, output_format, plan_path
from xicen_kpi.plan.load import load_plan
from xicen_kpi.plan.review import sources_asked

if TYPE_CHECKING:
    from pathlib import Path

    from xicen_kpi.cli.request import Request
    from xicen_kpi.plan.load import LoadedPlan
    from xicen_kpi.read.drop import Drop
    from xicen_kpi.report.assessment import Assessment
    from xicen_kpi.report.model import Report
    from xicen_kpi.words.labels import Lang


def assessed(request: Request, *, trail: bool = False) -> Assessment:
    """Loads the plan, opens the drop and assesses it.

    Args:
        request: What every command is told.
        trail: Whether the command looks behind a figure, at enterprises in more months than the report does.

    Raises:
        XicenKpiError: The plan or the data cannot be used at all.
    """
    loaded = load_plan(plan_path(request.targets))
    place = data_place(request.data, loaded.path, loaded.plan.data, request.engine)

    from xicen_kpi.read.drop import open_drop

    needed = sources_asked(loaded.plan)
    with folder_at(place) as folder:
        drop = open_drop(folder, loaded.plan.sources, needed)
        drop.open_meanwhile(needed)
        return _assessed(request, loaded, drop, trail=trail)


def _assessed(request: Request, loaded: LoadedPlan, drop: Drop, *, trail: bool) -> Assessment:
    from xicen_kpi.report.assessment import Asked, Look, assess  # last: this is when pandas is imported

    look = Look.TRAIL if trail else Look.FIGURES
    recorded, unread = recorded_in(loaded.path.parent / FOLDER)
    lang = request.lang or loaded.plan.plan.language
    with kernel_of(request.engine) as kernel, watched(drop, quiet=request.quiet):
        asked = Asked(request.as_of, request.audience, lang, look, tuple(recorded), kernel)
        told = (*loaded.findings, *unread)
        if not request.check:
            return assess(loaded.plan, drop, asked, sha256=loaded.sha256, findings=told)
        from xicen_kpi.report.checked import assess_checked

        return assess_checked(loaded.plan, drop, asked, sha256=loaded.sha256, findings=told, jobs=request.jobs)


def run_report(
    request: Request,
    given_format: str | None,
    output: Path | None,
    formats: tuple[str, ...],
    *,
    with_commitments: bool = False,
    keep: bool = False,
) -> int:
    """Writes the report in the format asked for and returns the exit code."""
    chosen = output_format(given_format, output, formats)
    require_extra(chosen)
    found = assessed(request)
    if chosen == "table" and output is None:
        _show(found.report, found.report.language, with_commitments=with_commitments)
    else:
        write(_rendered(found, chosen, with_commitments=with_commitments), output)
    if keep:
        record(found.report, plan_path(request.targets))
    return int(request.outcome(found.findings))


def _show(report: Report, lang: Lang, *, with_commitments: bool) -> None:
    from rich.console import Console

    from xicen_kpi.render.table import show

    console = Console(file=sys.stdout, highlight=False)
    with console.capture() as shown:
        show(report, lang, console, with_commitments=with_commitments)
    write(shown.get(), None)


def _rendered(found: Assessment, chosen: str, *, with_commitments: bool) -> str | bytes:
    report, lang = found.report, found.report.language
    match chosen:
        case "html" | "xlsx" | "docx":
            return document(found, chosen)
        case "json":
            from xicen_kpi.render.json_ import json_text

            return json_text(report)
        case "markdown":
            from xicen_kpi.render.markdown import report_markdown

            return report_markdown(report, lang, with_commitments=with_commitments)
        case "csv":
            from xicen_kpi.render.csv_ import report_csv

            return report_csv(report, lang, with_commitments=with_commitments)
        case _:
            from xicen_kpi.render.text import report_text

            return report_text(report, lang, with_commitments=with_commitments)
