"""What a command was asked, checked once: month, language, audience, severity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, cast

from xicen_kpi.cli.options import ENGINES
from xicen_kpi.errors import ExitCode, Severity, UsageError
from xicen_kpi.plan.period import Month
from xicen_kpi.words.findings import finding

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from xicen_kpi.errors import Finding
    from xicen_kpi.words.labels import Lang

FAIL_ON = ("error", "warning", "note", "never")

MOST_JOBS = 64


class Request(NamedTuple):
    """The common options of the commands.

    Attributes:
        data: Folder of exports or their address, if given.
        targets: Plan file, if given.
        as_of: Month, if given.
        lang: Language, if given.
        audience: Who may see the output.
        fail_on: Severity from which the exit code is 1; None for never.
        quiet: No messages on stderr.
        engine: What adds up.
        check: Whether the data are held against the rules as well.
        jobs: How many processes look at rows.
    """

    data: str | None
    targets: Path | None
    as_of: Month | None
    lang: Lang | None
    audience: Literal["internal", "public"]
    fail_on: Severity | None
    quiet: bool
    engine: str = "pandas"
    check: bool = False
    jobs: int = 1

    @classmethod
    def of(
        cls,
        data: str | None,
        targets: Path | None,
        *,
        as_of: str | None,
        lang: str | None,
        audience: str,
        fail_on: str,
        quiet: bool,
        engine: str = "pandas",
        check: bool = False,
        jobs: int = 1,
    ) -> Request:
        """Checks the words that were given.

        Raises:
            UsageError: One of them is not among those that can be given.
        """
        _among("--audience", audience, ("internal", "public"))
        _among("--fail-on", fail_on, FAIL_ON)
        _among("--engine", engine, ENGINES)
        if lang is not None:
            _among("--lang", lang, ("zh", "en"))
        if not 1 <= jobs <= MOST_JOBS:
            raise UsageError([finding("option-invalid", None, option="--jobs", value=jobs, known=(f"1–{MOST_JOBS}",))])
        if check and engine != ENGINES[0]:
            raise UsageError([finding("check-with-engine", None, engine=engine)])
        return cls(
            data,
            targets,
            None if as_of is None else _month(as_of),
            cast("Lang | None", lang),
            cast("Literal['internal', 'public']", audience),
            None if fail_on == "never" else Severity(fail_on),
            quiet,
            engine,
            check,
            jobs,
        )

    def outcome(self, findings: Iterable[Finding]) -> ExitCode:
        """The exit code of a run that was done."""
        limit = None if self.fail_on is None else self.fail_on.rank
        bad = limit is not None and any(found.severity.rank >= limit for found in findings)
        return ExitCode.FINDINGS if bad else ExitCode.OK


def _among(option: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise UsageError([finding("option-invalid", None, option=option, value=value, known=known)])


def _month(text: str) -> Month:
    try:
        return Month.parse(text)
    except ValueError:
        parameters = {"option": "--as-of", "value": text, "known": ("2026-10",)}
        raise UsageError([finding("option-invalid", None, **parameters)]) from None
