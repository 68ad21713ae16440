"""The commands `check` and `compare`."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 -- typer reads the annotations at run time
from typing import Annotated, Any

import typer

from xicen_kpi.cli.options import LANG, AsOf, Audience, Data, Debug, FailOn, Jobs, Language, Output, Quiet, Targets
from xicen_kpi.words.help_checks import check_help


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command(help=check_help("check", LANG))(check)
    app.command(help=check_help("compare", LANG))(compare)


def _option(*names: str, key: str) -> Any:  # noqa: ANN401 -- typer's own return type
    return typer.Option(*names, help=check_help(key, LANG), show_default=False)


def _argument(key: str, metavar: str) -> Any:  # noqa: ANN401 -- typer's own return type
    return typer.Argument(help=check_help(key, LANG), show_default=False, metavar=metavar)


def check(
    data: Data = None,
    targets: Targets = None,
    as_of: AsOf = None,
    lang: Language = None,
    audience: Annotated[str | None, _option("--audience", key="check.audience")] = None,
    output_format: Annotated[str | None, _option("--format", key="check.format")] = None,
    output: Output = None,
    most: Annotated[int, _option("--max", key="check.max")] = 20,
    baseline: Annotated[Path | None, _option("--baseline", key="check.baseline")] = None,
    update_baseline: Annotated[bool, _option("--update-baseline", key="check.update_baseline")] = False,
    jobs: Jobs = 1,
    fail_on: FailOn = "error",
    quiet: Quiet = False,
    debug: Debug = False,  # noqa: ARG001 -- read where errors are caught
) -> None:
    """Is this drop fit to use."""
    from xicen_kpi.cli.check_command import FORMATS, PUBLIC, run_check
    from xicen_kpi.cli.request import Request
    from xicen_kpi.cli.surroundings import output_format as format_of

    chosen = format_of(output_format, output, FORMATS)
    reader = audience or ("public" if chosen in PUBLIC else "internal")
    asked = Request.of(data, targets, as_of=as_of, lang=lang, audience=reader, fail_on=fail_on, quiet=quiet, jobs=jobs)
    code = run_check(asked, chosen, output, most=most, baseline=baseline, update_baseline=update_baseline)
    raise typer.Exit(code)


def compare(
    old: Annotated[Path, _argument("compare.old", "OLD")],
    new: Annotated[Path, _argument("compare.new", "NEW")],
    targets: Targets = None,
    old_targets: Annotated[Path | None, _option("--old-targets", key="compare.old_targets")] = None,
    as_of: AsOf = None,
    lang: Language = None,
    audience: Audience = "internal",
    output_format: Annotated[str | None, _option("--format", key="compare.format")] = None,
    output: Output = None,
    most: Annotated[int, _option("--max", key="compare.max")] = 10,
    fail_on: FailOn = "never",
    quiet: Quiet = False,
    debug: Debug = False,  # noqa: ARG001 -- read where errors are caught
) -> None:
    """Which figures moved between two drops, and why."""
    from xicen_kpi.cli.compare_command import run_compare
    from xicen_kpi.cli.request import Request

    asked = Request.of(None, targets, as_of=as_of, lang=lang, audience=audience, fail_on=fail_on, quiet=quiet)
    raise typer.Exit(run_compare(asked, (old, new), output_format, output, old_targets=old_targets, most=most))
