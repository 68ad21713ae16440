"""The commands. Each parses its options and calls; what is heavy is imported when a command runs, not before."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 -- typer reads the annotations at run time
from typing import Annotated

import typer

from xicen_kpi import __version__
from xicen_kpi.cli.check_commands import register as register_checks
from xicen_kpi.cli.history_command import register as register_history
from xicen_kpi.cli.options import (
    HELP,
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
    TextOrJson,
    WithCheck,
    argument,
    option,
)
from xicen_kpi.cli.summary_command import register as register_summary
from xicen_kpi.words.help import help_text

REPORT_FORMATS = ("table", "text", "markdown", "json", "csv", "html", "xlsx", "docx")

app = typer.Typer(
    help=help_text("app", LANG),
    rich_markup_mode=None,  # plain help: starts in half the time, and no path is wrapped in a box
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": list(HELP), "max_content_width": 110},
)


def _version(wanted: bool) -> None:  # noqa: FBT001 -- typer hands the flag over by position
    if wanted:
        typer.echo(f"xicen-kpi {__version__}")
        raise typer.Exit


def _indicators(incomplete: str) -> list[str]:
    """Ids of the plan's indicators, for the shell's completion."""
    from xicen_kpi.cli.completion import indicator_ids

    return [name for name in indicator_ids() if name.startswith(incomplete)]


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help=help_text("version", LANG))
    ] = False,
) -> None:
    """Options of the program itself."""


@app.command(help=help_text("report", LANG))
def report(
    data: Data = None,
    targets: Targets = None,
    as_of: AsOf = None,
    lang: Language = None,
    audience: Audience = "internal",
    output_format: Annotated[str | None, option("--format", key="format", formats=", ".join(REPORT_FORMATS))] = None,
    output: Output = None,
    commitments: Annotated[bool, option("--commitments", key="report.commitments")] = False,
    record: Annotated[bool, option("--record", key="record")] = False,
    check: WithCheck = False,
    jobs: Jobs = 1,
    engine: Engine = "pandas",
    fail_on: FailOn = "never",
    quiet: Quiet = False,
    debug: Debug = False,  # noqa: ARG001 -- read where errors are caught
) -> None:
    """Every indicator against its target."""
    from xicen_kpi.cli.report_command import run_report
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
    raise typer.Exit(
        run_report(asked, output_format, output, REPORT_FORMATS, with_commitments=commitments, keep=record)
    )


register_summary(app)
register_history(app)


@app.command(help=help_text("explain", LANG))
def explain(
    indicator: Annotated[str, argument("explain.id", metavar="ID", autocompletion=_indicators)],
    data: Data = None,
    targets: Targets = None,
    as_of: AsOf = None,
    lang: Language = None,
    audience: Audience = "internal",
    output_format: TextOrJson = None,
    output: Output = None,
    backtest: Annotated[bool, option("--backtest", key="explain.backtest")] = False,
    engine: Engine = "pandas",
    fail_on: FailOn = "never",
    quiet: Quiet = False,
    debug: Debug = False,  # noqa: ARG001 -- read where errors are caught
) -> None:
    """The trail of one figure."""
    from xicen_kpi.cli.explain_command import run_explain
    from xicen_kpi.cli.request import Request

    asked = Request.of(
        data, targets, as_of=as_of, lang=lang, audience=audience, fail_on=fail_on, quiet=quiet, engine=engine
    )
    raise typer.Exit(run_explain(asked, indicator, output_format, output, with_errors=backtest))


@app.command(help=help_text("targets.list", LANG))
def targets(
    targets: Targets = None,
    lang: Language = None,
    schema: Annotated[bool, option("--schema", key="targets.schema")] = False,
    plan_text: Annotated[Path | None, option("--plan-text", key="targets.plan_text")] = None,
    output_format: TextOrJson = None,
    output: Output = None,
    fail_on: FailOn = "never",
    quiet: Quiet = False,
    debug: Debug = False,  # noqa: ARG001 -- read where errors are caught
) -> None:
    """The plan listed and validated."""
    from xicen_kpi.cli.request import Request
    from xicen_kpi.cli.targets_command import run_targets

    asked = Request.of(None, targets, as_of=None, lang=lang, audience="internal", fail_on=fail_on, quiet=quiet)
    raise typer.Exit(run_targets(asked, output_format, output, schema=schema, plan_text=plan_text))


@app.command(help=help_text("inspect", LANG))
def inspect(
    files: Annotated[list[Path], argument("inspect.files", metavar="FILE...")],
    targets: Targets = None,
    lang: Language = None,
    audience: Audience = "internal",
    output_format: TextOrJson = None,
    output: Output = None,
    fail_on: FailOn = "never",
    quiet: Quiet = False,
    debug: Debug = False,  # noqa: ARG001 -- read where errors are caught
) -> None:
    """How a file is read."""
    from xicen_kpi.cli.inspect_command import run_inspect
    from xicen_kpi.cli.request import Request

    asked = Request.of(None, targets, as_of=None, lang=lang, audience=audience, fail_on=fail_on, quiet=quiet)
    raise typer.Exit(run_inspect(asked, files, output_format, output))


@app.command(help=help_text("convert", LANG))
def convert(
    output: Annotated[Path, option("-o", "--output", key="convert.output")],
    data: Data = None,
    targets: Targets = None,
    lang: Language = None,
    fail_on: FailOn = "never",
    quiet: Quiet = False,
    debug: Debug = False,  # noqa: ARG001 -- read where errors are caught
) -> None:
    """A copy of the exports as Parquet."""
    from xicen_kpi.cli.convert_command import run_convert
    from xicen_kpi.cli.request import Request

    asked = Request.of(data, targets, as_of=None, lang=lang, audience="internal", fail_on=fail_on, quiet=quiet)
    raise typer.Exit(run_convert(asked, output))


@app.command(help=help_text("init", LANG))
def init(
    folder: Annotated[Path, argument("init.folder", metavar="DIR")],
    lang: Language = None,
    quiet: Quiet = False,
    debug: Debug = False,  # noqa: ARG001 -- read where errors are caught
) -> None:
    """A working folder to start from."""
    from xicen_kpi.cli.init_command import run_init
    from xicen_kpi.cli.surroundings import error_language

    raise typer.Exit(run_init(folder, error_language(lang), quiet=quiet))


register_checks(app)
