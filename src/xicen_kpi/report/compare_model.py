"""What changed between two drops or two saved reports, as data; every effect adds up to the change it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from xicen_kpi.plan.values import Text

FORMAT_VERSION = "1.1"


class Cause(StrEnum):
    """Why a figure is another one than before, in the order in which it is told."""

    PLAN = "plan"
    """The plan measures it differently."""
    BASIS = "basis"
    """Another of the plan's ways of measuring has come to apply, such as the survey in place of its proxy."""
    REVISED = "revised"
    """An enterprise's figure of the old period is another one."""
    LATE = "late"
    """A known enterprise's report of the old period has come in."""
    ENTRANT = "entrant"
    """An enterprise that was not known before."""
    EXIT = "exit"
    """An enterprise's figure of the old period is no longer there."""
    RECLASSIFIED = "reclassified"
    """The same figure counts differently: another industry code or tag, another membership."""
    NEW_PERIOD = "new_period"
    """A later month."""
    CONFIRMED = "confirmed"
    """核定数 prevails, or no longer does."""
    UNEXPLAINED = "unexplained"
    """Only the figures are known, not what is behind them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterpriseEffect:
    """What one enterprise did to a figure; internal."""

    code: str
    name: str | None
    effect: float
    """In the indicator's unit; of a share in percentage points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseEffect:
    """What one cause did to a figure, and who is behind it, the largest first."""

    cause: Cause
    effect: float
    enterprises: tuple[EnterpriseEffect, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What is promised."""

    value: float | None
    comparison: str | None
    due: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A figure before or after."""

    value: float | None
    period: str | None
    """Last month that it covers."""
    status: str
    target: Goal | None
    """None without one."""
    expected: int | None
    """Enterprises that should have reported."""
    reported: int | None
    """Enterprises that have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorChange:
    """One figure before and after."""

    id: str
    name: Text
    headline: bool
    unit: str
    old_unit: str | None
    """The unit before, where it was another one; `old` is in the present one, without figures where that is no use."""
    decimals: int
    old: Standing | None
    new: Standing | None
    change: float | None
    causes: tuple[CauseEffect, ...]
    status_changed: bool
    by_small_revision: bool
    """The state is another one although the figure of the same period moved by less than a hundredth."""

    @property
    def target_changed(self) -> bool:
        """Whether another target is promised; then the state may differ without any new figure."""
        return self.old is not None and self.new is not None and self.old.target != self.new.target

    @property
    def moved(self) -> bool:
        """Whether value, period or state is another one, or effects cancel each other out."""
        return self.old != self.new or bool(self.causes)


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentChange:
    """A commitment whose state is another one."""

    id: str
    quote: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileChanges:
    """Files that the one side was made of and the other not, by name below the data folder."""

    changed: tuple[str, ...]
    """On both sides, with another content."""
    added: tuple[str, ...]
    removed: tuple[str, ...]


class Unknown(StrEnum):
    """What a comparison cannot tell, and would need something else for."""

    ENTERPRISES = "enterprises"
    """Reports hold no enterprises: the two folders do."""
    PLAN_OR_DATA = "plan_or_data"
    """Plan and files have both changed: the old folder under the new plan would tell them apart."""
    PROGRAM = "program"
    """Neither plan nor files have changed, yet a figure has: the versions of the program differ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two drops or two saved reports side by side."""

    format_version: str
    kind: Literal["drops", "reports"]
    audience: Literal["internal", "public"]
    language: Literal["zh", "en"]
    old: str
    new: str
    old_as_of: str
    new_as_of: str
    plan_changed: bool
    rounding: Literal["half_up", "gbt8170"]
    files: FileChanges
    indicators: tuple[IndicatorChange, ...]
    commitments: tuple[CommitmentChange, ...]
    unknown: tuple[Unknown, ...]
