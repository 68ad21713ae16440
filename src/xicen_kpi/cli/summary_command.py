"""`xicen-kpi summary`: the brief for mail or a notice, once for each piece of news if so asked."""

from __future__ import annotations

import json
from pathlib import Path  # noqa: TC003 -- typer reads the annotations at run time
from typing import TYPE_CHECKING, Annotated, Literal, cast

import typer

from xicen_kpi.cli.options import (
    LANG,
    AsOf,
    Audience,
    Data,
    Debug,
    Engine,
    FailOn,
    Jobs,
    Language,
    Output,
    Quiet,
    Targets,
    WithCheck,
    option,
)
from xicen_kpi.errors import Location, OutputError, UsageError
from xicen_kpi.words.findings import finding
from xicen_kpi.words.help import help_text

if TYPE_CHECKING:
    from xicen_kpi.cli.request import Request

NARROWEST, WIDEST = 30, 400
"""Cells of a line that can be asked for."""


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(help=help_text("summary", LANG))(summary)


def summary(
    data: Data = None,
    targets: Targets = None,
    as_of: AsOf = None,
    lang: Language = None,
    audience: Audience = "internal",
    output: Output = None,
    length: Annotated[str, option("--length", key="summary.length")] = "full",
    width: Annotated[int, option("--width", key="summary.width")] = 78,
    record: Annotated[bool, option("--record", key="record")] = False,
    if_changed: Annotated[Path | None, option("--if-changed", key="summary.if_changed")] = None,
    check: WithCheck = False,
    jobs: Jobs = 1,
    engine: Engine = "pandas",
    fail_on: FailOn = "never",
    quiet: Quiet = False,
    debug: Debug = False,  # noqa: ARG001 -- read where errors are caught
) -> None:
    """The brief."""
    from xicen_kpi.cli.request import Request

    asked = Request.of(
        data,
        targets,
        as_of=as_of,
        lang=lang,
        audience=audience,
        fail_on=fail_on,
        quiet=quiet,
        engine=engine,
        check=check,
        jobs=jobs,
    )
    raise typer.Exit(run_summary(asked, output, length=length, width=width, state=if_changed, keep=record))


def run_summary(
    request: Request, output: Path | None, *, length: str, width: int, state: Path | None, keep: bool
) -> int:
    """Writes the brief and returns the exit code.

    The state is written last: a run that fails before leaves the news for the next one.

    Raises:
        UsageError: The length or the width cannot be used.
        OutputError: The brief or the state cannot be written.
    """
    chosen = _length(length)
    if not NARROWEST <= width <= WIDEST:
        known = (f"{NARROWEST}–{WIDEST}",)
        raise UsageError([finding("option-invalid", None, option="--width", value=str(width), known=known)])
    from xicen_kpi.cli.history_command import record as record_report
    from xicen_kpi.cli.output import write
    from xicen_kpi.cli.report_command import assessed
    from xicen_kpi.cli.surroundings import plan_path
    from xicen_kpi.render.summary import fingerprint, summary_text

    found = assessed(request)
    report = found.report
    key = f"{report.plan.title}/{report.language}/{chosen}/{report.audience}"
    mark = fingerprint(report, report.language, chosen)
    known_marks = {} if state is None else _marks(state)
    news = known_marks.get(key) != mark
    if news:
        write(summary_text(report, report.language, length=chosen, width=width), output)
    if keep:
        record_report(report, plan_path(request.targets))
    if news and state is not None:
        _keep(state, {**known_marks, key: mark})
    return int(request.outcome(found.findings))


def _length(given: str) -> Literal["short", "full"]:
    known = ("short", "full")
    if given not in known:
        raise UsageError([finding("option-invalid", None, option="--length", value=given, known=known)])
    return cast("Literal['short', 'full']", given)


def _marks(state: Path) -> dict[str, str]:
    """What was said last; a state that is not there or cannot be understood means that everything is news."""
    try:
        kept = json.loads(state.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (UnicodeDecodeError, json.JSONDecodeError):
        return {}
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise OutputError([finding("output-failed", Location(file=str(state)), reason=reason)]) from error
    return {str(key): str(mark) for key, mark in kept.items()} if isinstance(kept, dict) else {}


def _keep(state: Path, marks: dict[str, str]) -> None:
    from xicen_kpi.cli.output import write

    write(json.dumps(marks, ensure_ascii=False, indent=2, sort_keys=True) + "\n", state)
