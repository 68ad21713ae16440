"""`xicen-kpi check`: plan and folder in, findings out."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from xicen_kpi.cli.output import say, write
from xicen_kpi.cli.progress import watched
from xicen_kpi.cli.surroundings import data_folder, output_format, plan_path
from xicen_kpi.errors import ExitCode, UsageError
from xicen_kpi.plan.load import load_plan
from xicen_kpi.plan.review import sources_asked
from xicen_kpi.words.checks_labels import check_label
from xicen_kpi.words.findings import finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xicen_kpi.checks.model import CheckReport
    from xicen_kpi.cli.request import Request
    from xicen_kpi.words.labels import Lang

FORMATS = ("text", "json", "junit", "github", "xlsx")
PUBLIC = ("junit", "github")
"""What leaves for other systems is public unless asked otherwise."""

SUMMARY_VARIABLE = "GITHUB_STEP_SUMMARY"


def run_check(
    request: Request,
    given_format: str | None,
    output: Path | None,
    *,
    most: int,
    baseline: Path | None,
    update_baseline: bool,
) -> int:
    """Checks a drop, writes the findings in the format asked for and returns the exit code.

    Raises:
        XicenKpiError: The plan, the folder or the baseline cannot be used, or the output not be written.
    """
    chosen = output_format(given_format, output, FORMATS)
    if update_baseline and baseline is None:
        parameters = {"option": "--update-baseline", "value": "", "known": ("--baseline FILE --update-baseline",)}
        raise UsageError([finding("option-invalid", None, **parameters)])
    loaded = load_plan(plan_path(request.targets))
    folder = data_folder(request.data, loaded.path, loaded.plan.data)

    from xicen_kpi.read.drop import open_drop

    drop = open_drop(folder, loaded.plan.sources, sources_asked(loaded.plan))
    drop.open_meanwhile(loaded.plan.sources)

    from xicen_kpi.checks.baseline import baseline_text, read_baseline  # last: this is when pandas is imported
    from xicen_kpi.checks.run import check_drop

    known = frozenset[str]() if baseline is None or update_baseline else read_baseline(baseline)
    with watched(drop, quiet=request.quiet):
        report = check_drop(loaded.plan, drop, request.as_of, known=known, jobs=request.jobs)
    lang = request.lang or loaded.plan.plan.language
    if update_baseline and baseline is not None:
        write(baseline_text(report.findings), baseline)
        if not request.quiet:
            say(check_label("check.baseline_written", lang, count=len(report.findings), file=baseline))
        return int(ExitCode.OK)
    write(_rendered(report, lang, chosen, request, folder, most), output)
    return int(_outcome(request, report))


def _outcome(request: Request, report: CheckReport) -> ExitCode:
    """Nothing read is 4, nothing checked is 1, whatever --fail-on says: an empty drop never passes."""
    if not any(trail.rows_read for trail in report.sheets.values()):
        return ExitCode.NO_DATA
    if any(found.slug == "nothing-checked" for found in report.findings):
        return ExitCode.FINDINGS
    return request.outcome(report.findings)


def _rendered(report: CheckReport, lang: Lang, chosen: str, request: Request, folder: Path, most: int) -> str | bytes:
    public = request.audience == "public"
    match chosen:
        case "json":
            from xicen_kpi.render.findings_json import check_json

            return check_json(report, lang, public=public)
        case "junit":
            from xicen_kpi.render.findings_junit import check_junit

            return check_junit(report, lang, public=public, fail_on=request.fail_on)
        case "github":
            from xicen_kpi.render.findings_github import check_annotations, step_summary

            _append_summary(step_summary(report, lang, public=public))
            return check_annotations(report, lang, public=public, folder=_in_repository(folder))
        case "xlsx":
            from xicen_kpi.render.findings_xlsx import findings_workbook

            return findings_workbook(report, lang, _cells(report, folder), public=public)
        case _:
            from xicen_kpi.render.findings_text import check_text

            return check_text(report, lang, public=public, most=most)


def _append_summary(text: str) -> None:
    """GitHub shows what a step appends to this file; elsewhere there is none."""
    path = os.environ.get(SUMMARY_VARIABLE)
    if path:
        with Path(path).open("a", encoding="utf-8", newline="\n") as file:
            file.write(text)


def _in_repository(folder: Path) -> str:
    """The folder as annotations name it: relative to the working directory, which is the repository's root in a job."""
    try:
        relative = folder.resolve().relative_to(Path.cwd().resolve())
    except ValueError:
        return ""
    return "" if relative == Path() else relative.as_posix()


def _cells(report: CheckReport, folder: Path) -> dict[tuple[str, str | None], Sequence[Sequence[object]]]:
    """The raw rows of the sheets that findings are about."""
    from xicen_kpi.read.files import load

    wanted = {(found.where.file, found.where.sheet) for found in report.findings if found.where.file}
    found: dict[tuple[str, str | None], Sequence[Sequence[object]]] = {}
    for file in sorted({str(file) for file, _ in wanted}):
        for grid in load(folder / file, file).grids:
            if (file, grid.sheet) in wanted:
                found[file, grid.sheet] = grid.rows
    return found
