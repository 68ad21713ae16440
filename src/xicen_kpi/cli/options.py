"""The options that commands share, each with its help in the locale's language."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from xicen_kpi.cli.surroundings import locale_language
from xicen_kpi.words.help import help_text

LANG = locale_language()
"""Language of the help."""

HELP = "-h", "--help"

ENGINES = ("pandas", "polars", "duckdb", "pyspark")


def option(*names: str, key: str, **values: str) -> Any:  # noqa: ANN401 -- typer's own return type
    """An option with the help of this key; what is listed in it is separated as the language does."""
    shown = {name: value.replace(", ", "、") if LANG == "zh" else value for name, value in values.items()}
    return typer.Option(*names, help=help_text(key, LANG, **shown), show_default=False)


def argument(key: str, **settings: Any) -> Any:  # noqa: ANN401 -- typer's own types
    """An argument with the help of this key."""
    return typer.Argument(help=help_text(key, LANG), show_default=False, **settings)


class Place(str):
    """A folder or an address, as it was written: a `Path` would make one slash of the two of an address."""

    __slots__ = ()


Data = Annotated[Place | None, argument("data", metavar="DATA", path_type=str)]
Targets = Annotated[Path | None, option("-t", "--targets", key="targets")]
AsOf = Annotated[str | None, option("--as-of", key="as_of")]
Language = Annotated[str | None, option("--lang", key="lang")]
Audience = Annotated[str, option("--audience", key="audience")]
Output = Annotated[Path | None, option("-o", "--output", key="output")]
FailOn = Annotated[str, option("--fail-on", key="fail_on")]
Engine = Annotated[str, option("--engine", key="engine", engines=", ".join(ENGINES))]
WithCheck = Annotated[bool, option("--check", key="with_check")]
Jobs = Annotated[int, option("-j", "--jobs", key="jobs")]
Quiet = Annotated[bool, option("-q", "--quiet", key="quiet")]
Debug = Annotated[bool, option("--debug", key="debug")]
TextOrJson = Annotated[str | None, option("--format", key="format", formats="text, json")]
