"""The commands. Each parses its options and calls; what is heavy is imported when a command runs, not before."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from xicen_kpi import __version__
from xicen_kpi.cli.surroundings import locale_language
from xicen_kpi.words.help import help_text

_LANG = locale_language()
REPORT_FORMATS = ("table", "text", "json")

app = typer.Typer(
    help=help_text("app", _LANG),
    rich_markup_mode=None,  # plain help: starts in half the time, and no path is wrapped in a box
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)


def _option(*names: str, key: str, **values: str) -> object:
    return typer.Option(*names, help=help_text(key, _LANG, **values), show_default=False)


Data = Annotated[Optional[Path], typer.Argument(help=help_text("data", _LANG), show_default=False)]  # noqa: UP045 -- read by typer at run time
Targets = Annotated[Optional[Path], _option("-t", "--targets", key="targets")]  # noqa: UP045 -- read by typer
AsOf = Annotated[Optional[str], _option("--as-of", key="as_of")]  # noqa: UP045 -- read by typer
Language = Annotated[Optional[str], _option("--lang", key="lang")]  # noqa: UP045 -- read by typer
Audience = Annotated[str, _option("--audience", key="audience")]
Output = Annotated[Optional[Path], _option("-o", "--output", key="output")]  # noqa: UP045 -- read by typer
FailOn = Annotated[str, _option("--fail-on", key="fail_on")]
Quiet = Annotated[bool, _option("-q", "--quiet", key="quiet")]
Debug = Annotated[bool, _option("--debug", key="debug")]
ReportFormat = Annotated[Optional[str], _option("--format", key="format", formats=", ".join(REPORT_FORMATS))]  # noqa: UP045


def _version(wanted: bool) -> None:  # noqa: FBT001 -- typer hands the flag over by position
    if wanted:
        typer.echo(f"xicen-kpi {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[  # noqa: ARG001 -- the callback has done it
        bool, typer.Option("--version", callback=_version, is_eager=True, help=help_text("version", _LANG))
    ] = False,
) -> None:
    """Options of the program itself."""


@app.command(help=help_text("report", _LANG))
def report(  # noqa: PLR0913 -- one parameter an option
    data: Data = None,
    targets: Targets = None,
    as_of: AsOf = None,
    lang: Language = None,
    audience: Audience = "internal",
    output_format: ReportFormat = None,
    output: Output = None,
    fail_on: FailOn = "never",
    quiet: Quiet = False,
    debug: Debug = False,  # noqa: ARG001 -- read where errors are caught
) -> None:
    """Every indicator against its target."""
    from xicen_kpi.cli.request import Request
    from xicen_kpi.cli.report_command import run_report

    asked = Request.of(data, targets, as_of=as_of, lang=lang, audience=audience, fail_on=fail_on, quiet=quiet)
    raise typer.Exit(run_report(asked, output_format, output, REPORT_FORMATS))


@app.command(help=help_text("explain", _LANG))
def explain(  # noqa: PLR0913 -- one parameter an option
    indicator: Annotated[str, typer.Argument(help=help_text("explain.id", _LANG), metavar="ID")],
    data: Data = None,
    targets: Targets = None,
    as_of: AsOf = None,
    lang: Language = None,
    audience: Audience = "internal",
    output_format: Annotated[Optional[str], _option("--format", key="format", formats="text, json")] = None,  # noqa: UP045
    output: Output = None,
    backtest: Annotated[bool, _option("--backtest", key="explain.backtest")] = False,
    fail_on: FailOn = "never",
    quiet: Quiet = False,
    debug: Debug = False,  # noqa: ARG001 -- read where errors are caught
) -> None:
    """The trail of one figure."""
    from xicen_kpi.cli.request import Request
    from xicen_kpi.cli.explain_command import run_explain

    asked = Request.of(data, targets, as_of=as_of, lang=lang, audience=audience, fail_on=fail_on, quiet=quiet)
    raise typer.Exit(run_explain(asked, indicator, output_format, output, with_errors=backtest))
