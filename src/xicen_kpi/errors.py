"""What can be wrong: places, findings, exceptions and exit codes. The ground: it imports nothing of ours.

A mistake in a user's file is a `Finding`, a value in a list, and work goes on. An exception means "cannot go on"
and carries the findings that say why. The words of a finding stand in `xicen_kpi.words`, under its slug.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class ExitCode(IntEnum):
    """What the process tells its caller; the table stands in the README."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    PLAN_INVALID = 3
    NO_DATA = 4
    OUTPUT_FAILED = 5
    DEFECT = 70
    INTERRUPTED = 130


class Severity(StrEnum):
    """How much a finding weighs: 强制 (must be mended), 核实 (to be confirmed), 提示 (worth knowing)."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for a note, 1 for a warning, 2 for an error."""
        return ("note", "warning", "error").index(self.value)


class Location(NamedTuple):
    """Where a finding is, as the user's own program shows it. Any part may be unknown.

    Attributes:
        file: Path as the user gave it or below the data folder; never an absolute path of this machine.
        line: Line of a text file, from 1.
        column: Column of a text file, from 1.
        sheet: Sheet of a workbook.
        row: Row of a table as the user's spreadsheet or editor numbers it, from 1.
        field: Header of the table column, or the path of a key in a plan.
    """

    file: str | None = None
    line: int | None = None
    column: int | None = None
    sheet: str | None = None
    row: int | None = None
    field: str | None = None


NOWHERE = Location()
"""No place of its own."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to tell the user: what (slug), how bad, with which values, where, and what it does to which figure.

    Attributes:
        slug: Stable kebab-case name; its words are in `words`, its cause and cure in docs/messages.md.
        severity: From the definition of the slug, never from the place that raises it.
        parameters: Values that the sentence names.
        where: Place in the user's file.
        effect: Indicator id to the most that it could move by, in the indicator's unit.
    """

    slug: str
    severity: Severity
    parameters: Mapping[str, object] = field(default_factory=dict)
    where: Location = NOWHERE
    effect: Mapping[str, float] = field(default_factory=dict)


class XicenKpiError(Exception):
    """Cannot go on. Carries the findings that say why, and the exit code."""

    exit_code = ExitCode.DEFECT

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("; ".join(found.slug for found in self.findings))


class UsageError(XicenKpiError):
    """Wrong usage: an option, a plan file or a folder that does not exist."""

    exit_code = ExitCode.USAGE


class PlanError(XicenKpiError):
    """The plan file is not valid."""

    exit_code = ExitCode.PLAN_INVALID


class DataError(XicenKpiError):
    """None of the data could be read."""

    exit_code = ExitCode.NO_DATA


class OutputError(XicenKpiError):
    """The output cannot be written."""

    exit_code = ExitCode.OUTPUT_FAILED
