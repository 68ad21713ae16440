"""`xicen-kpi history`, and `--record` of the commands that make a report."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path  # noqa: TC003 -- typer reads the annotations at run time
from typing import TYPE_CHECKING, Annotated

import typer

from xicen_kpi.cli.options import LANG, Audience, Debug, Language, Output, Quiet, Targets, TextOrJson, argument, option
from xicen_kpi.errors import ExitCode, Location, OutputError, UsageError
from xicen_kpi.words.findings import finding
from xicen_kpi.words.help import help_text

if TYPE_CHECKING:
    from xicen_kpi.cli.request import Request
    from xicen_kpi.errors import Finding
    from xicen_kpi.report.history import Snapshot
    from xicen_kpi.report.model import Report

FOLDER = "history"
"""Beside the plan file."""


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(help=help_text("history", LANG))(history)


def history(
    indicator: Annotated[str | None, argument("history.id", metavar="[ID]")] = None,
    targets: Targets = None,
    folder: Annotated[Path | None, option("--folder", key="history.folder")] = None,
    lang: Language = None,
    audience: Audience = "internal",
    output_format: TextOrJson = None,
    output: Output = None,
    quiet: Quiet = False,
    debug: Debug = False,  # noqa: ARG001 -- read where errors are caught
) -> None:
    """How figures moved over recorded runs."""
    from xicen_kpi.cli.request import Request

    asked = Request.of(None, targets, as_of=None, lang=lang, audience=audience, fail_on="never", quiet=quiet)
    raise typer.Exit(run_history(asked, indicator, folder, output_format, output))


def run_history(
    request: Request, indicator: str | None, folder: Path | None, given_format: str | None, output: Path | None
) -> int:
    """Writes the history and returns the exit code.

    Raises:
        UsageError: There is no such indicator in the records, or no plan to find them by.
    """
    from xicen_kpi.cli.output import complain, write
    from xicen_kpi.cli.surroundings import error_language, output_format, plan_path
    from xicen_kpi.render.history import history_json, history_text
    from xicen_kpi.report.history import history_of

    chosen = output_format(given_format, output, ("text", "json"))
    lang = request.lang or error_language(None)
    snapshots, findings = recorded_in(folder or plan_path(request.targets).parent / FOLDER)
    found = history_of(snapshots, request.audience, indicator)
    if not snapshots:
        findings.append(finding("history-empty"))
    elif indicator is not None and not found:
        known = sorted({name for one in snapshots for name in one.indicators})
        near = get_close_matches(indicator, known, 3, 0.5) or known
        raise UsageError([finding("indicator-unknown", None, id=indicator, known=near)])
    if not request.quiet:
        complain(findings, lang)
    if chosen == "json":
        write(history_json(found), output)
    elif found:
        write(history_text(found, lang, full=indicator is not None), output)
    return int(ExitCode.OK)


def recorded_in(folder: Path) -> tuple[list[Snapshot], list[Finding]]:
    """Every record of a folder, oldest first, and which could not be read."""
    snapshots: list[Snapshot] = []
    findings: list[Finding] = []
    paths = sorted(folder.glob("*.json"))
    if not paths:
        return snapshots, findings

    from xicen_kpi.report.history import read_snapshot

    for path in paths:
        try:
            snapshots.append(read_snapshot(path.read_text(encoding="utf-8")))
        except (OSError, ValueError):
            findings.append(finding("snapshot-unreadable", Location(file=path.name)))
    return sorted(snapshots, key=lambda one: (one.as_of, one.recorded or "")), findings


def record(report: Report, plan_file: Path) -> None:
    """Keeps a report's figures beside the plan file: once for a period and data version, whoever comes first.

    Raises:
        OutputError: The folder cannot be written.
    """
    from datetime import UTC, datetime

    from xicen_kpi.cli.output import write_atomically
    from xicen_kpi.report.history import snapshot_of, snapshot_text

    snapshot = snapshot_of(report, datetime.now(UTC).astimezone().isoformat(timespec="seconds"))
    path = plan_file.parent / FOLDER / snapshot.file_name
    try:
        path.parent.mkdir(exist_ok=True)
        if not path.exists():
            write_atomically(path, snapshot_text(snapshot).encode())
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise OutputError([finding("output-failed", Location(file=str(path)), reason=reason)]) from error
