"""What the process finds around it: language, plan file, data folder, terminal."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from xicen_kpi.errors import Location, UsageError
from xicen_kpi.words.findings import finding

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xicen_kpi.words.labels import Lang

TARGETS_VARIABLE = "XICEN_KPI_TARGETS"
TARGETS_NAME = "targets.yaml"

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_HERE = "file:///"
"""An address on this machine: a folder like any other."""
_SECRET = re.compile(r"://[^/:@]*:(?!\d+(?:/|$))[^@]*@|[?#]")
"""A name with a password before the host, or parameters behind the path, as signed addresses have them."""


def locale_language(environment: Mapping[str, str] | None = None) -> Lang:
    """Language of the help, from the locale: Chinese for zh, else English."""
    around = os.environ if environment is None else environment
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"):
        value = around.get(name)
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def plan_path(given: Path | None) -> Path:
    """The plan file: the one given, else the environment's, else ./targets.yaml.

    Raises:
        UsageError: It does not exist.
    """
    path = given or Path(os.environ.get(TARGETS_VARIABLE) or TARGETS_NAME)
    if not path.is_file():
        raise UsageError([finding("plan-not-found", Location(file=str(path)))])
    return path


def data_folder(given: str | None, plan_file: Path, declared: str | None) -> Path:
    """The folder of exports: the one given, else the plan's own, which is relative to the plan file.

    Raises:
        UsageError: It is not named, does not exist, or is no folder.
    """
    place = data_place(given, plan_file, declared)
    if isinstance(place, str):
        raise UsageError([finding("address-needs-spark", Location(file=place))])
    return place


def data_place(given: str | None, plan_file: Path, declared: str | None, engine: str = "") -> Path | str:
    """The folder of exports as in `data_folder`; as a text, their address, which Spark alone can read from.

    Raises:
        UsageError: It is not named, does not exist, is no folder, or not one that the engine can read from.
    """
    place = given if given is not None else declared
    if place is None:
        raise UsageError([finding("data-not-given", Location(file=str(plan_file)))])
    if _ADDRESS.match(place) and not place.startswith(_HERE):
        if _SECRET.search(place):
            raise UsageError([finding("address-secret", Location(file=f"{place.partition(':')[0]}://…"))])
        if engine != "pyspark":
            raise UsageError([finding("address-needs-spark", Location(file=place))])
        return place
    path = Path(place.removeprefix(_HERE.removesuffix("/")))
    if given is None:
        path = plan_file.parent / path
    if not path.is_dir():
        raise UsageError([finding("data-not-found", Location(file=str(path)))])
    return path


def output_format(given: str | None, output: Path | None, known: tuple[str, ...]) -> str:
    """The format asked for, else the output file's suffix, else a table at a terminal and text elsewhere.

    Raises:
        UsageError: The format or the suffix is not known.
    """
    suffixes = {".txt": "text", ".json": "json", ".md": "markdown", ".csv": "csv", ".html": "html",
                ".xlsx": "xlsx", ".docx": "docx", ".xml": "junit"}  # fmt: skip
    if given is None and output is not None:
        given = suffixes.get(output.suffix.lower(), output.suffix.lstrip(".") or "text")
    if given is None:
        given = "table" if "table" in known and is_terminal() else "text"
    if given not in known:
        raise UsageError([finding("format-unknown", None, format=given, known=known)])
    return given


def is_terminal() -> bool:
    """Whether the output is looked at as it comes."""
    return sys.stdout.isatty() or bool(os.environ.get("FORCE_COLOR"))


def error_language(given: str | None) -> Lang:
    """Language of a message before any plan is loaded."""
    return "zh" if given == "zh" else "en" if given == "en" else locale_language()


Audience = Literal["internal", "public"]
