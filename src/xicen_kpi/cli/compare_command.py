"""`xicen-kpi compare`: two folders or two saved reports in, what changed out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from xicen_kpi.cli.output import write
from xicen_kpi.cli.progress import watched
from xicen_kpi.cli.surroundings import error_language, output_format, plan_path
from xicen_kpi.errors import Location, UsageError
from xicen_kpi.words.findings import finding

if TYPE_CHECKING:
    from pathlib import Path

    from xicen_kpi.cli.request import Request
    from xicen_kpi.errors import Finding
    from xicen_kpi.report.compare_model import Comparison

FORMATS = ("text", "markdown", "json")


def run_compare(
    request: Request,
    sides: tuple[Path, Path],
    given_format: str | None,
    output: Path | None,
    *,
    old_targets: Path | None,
    most: int,
) -> int:
    """Compares two folders or two reports, writes the result and returns the exit code.

    Raises:
        XicenKpiError: A side or a plan cannot be used, or the output not be written.
    """
    chosen = output_format(given_format, output, FORMATS)
    findings: tuple[Finding, ...] = ()
    if all(side.is_dir() for side in sides):
        found, findings = _drops(request, sides, old_targets)
    elif all(side.is_file() for side in sides):
        found = _reports(request, sides)
    else:
        absent = [side for side in sides if not side.exists()]
        slug = "data-not-found" if absent else "compare-mixed"
        raise UsageError([finding(slug, Location(file=str((absent or list(sides))[0])))])
    write(_rendered(found, chosen, most), output)
    return int(request.outcome(findings))


def _drops(
    request: Request, sides: tuple[Path, Path], old_targets: Path | None
) -> tuple[Comparison, tuple[Finding, ...]]:
    from xicen_kpi.plan.load import load_plan
    from xicen_kpi.plan.review import sources_asked
    from xicen_kpi.read.drop import open_drop
    from xicen_kpi.report.assessment import Asked
    from xicen_kpi.report.compare import Given, compare_drops

    plan = load_plan(plan_path(request.targets))
    before = plan if old_targets is None else load_plan(plan_path(old_targets))
    given = [
        Given(str(side), one.plan, one.sha256, open_drop(side, one.plan.sources, sources_asked(one.plan)))
        for side, one in zip(sides, (before, plan), strict=True)
    ]
    asked = Asked(request.as_of, request.audience, request.lang or plan.plan.plan.language)
    with watched(*(one.drop for one in given), quiet=request.quiet):
        found = compare_drops(given[0], given[1], asked)
    return found.comparison, found.findings


def _reports(request: Request, sides: tuple[Path, Path]) -> Comparison:
    from xicen_kpi.report.compare_saved import compare_reports

    saved = [_saved(side) for side in sides]
    lang = request.lang or error_language(saved[1].get("language"))
    old, new = ((str(side), one) for side, one in zip(sides, saved, strict=True))
    return compare_reports(old, new, lang, request.audience)


def _saved(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        where = Location(file=str(path))
        raise UsageError([finding("compare-unreadable", where, reason=type(error).__name__)]) from error
    if not isinstance(content, dict):
        raise UsageError([finding("compare-unreadable", Location(file=str(path)), reason="{…}")])
    return content


def _rendered(found: Comparison, chosen: str, most: int) -> str:
    from xicen_kpi.render.comparison import comparison_json, comparison_markdown, comparison_text

    if chosen == "json":
        return comparison_json(found)
    if chosen == "markdown":
        return comparison_markdown(found, found.language, most)
    return comparison_text(found, found.language, most)
