"""What differs between two drops or reports beside the figures: files, targets, states and who has reported."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from xicen_kpi.report.compare_model import CommitmentChange, FileChanges, Goal, Standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from xicen_kpi.report.model import IndicatorReport, Report


SMALL = 0.01
"""A revision of less than a hundredth of the figure is small; a state that hangs on it is told."""


class Promise(NamedTuple):
    """A commitment in the plan's words, and its state."""

    quote: str
    state: str


def changed_files(old: Iterable[tuple[str, str]], new: Iterable[tuple[str, str]]) -> FileChanges:
    """Which files differ.

    Args:
        old: Name and hash of every file of the older side; a workbook stands there once for each sheet.
        new: The same of the newer side.
    """
    before, after = _contents(old), _contents(new)
    return FileChanges(
        changed=tuple(sorted(name for name in before.keys() & after.keys() if before[name] != after[name])),
        added=tuple(sorted(after.keys() - before.keys())),
        removed=tuple(sorted(before.keys() - after.keys())),
    )


def _contents(files: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    # In a public report several files may go by one masked name.
    found: dict[str, set[str]] = {}
    for name, content in files:
        found.setdefault(name, set()).add(content)
    return found


def changed_states(old: Mapping[str, Promise], new: Mapping[str, Promise]) -> tuple[CommitmentChange, ...]:
    """Commitments whose state is another one, in the order of the newer plan."""
    found = []
    for name in dict.fromkeys((*new, *old)):
        before, after = old.get(name), new.get(name)
        states = [None if one is None else one.state for one in (before, after)]
        if states[0] != states[1]:
            quote = next(one.quote for one in (after, before) if one is not None)
            found.append(CommitmentChange(id=name, quote=quote, old=states[0], new=states[1]))
    return tuple(found)


def files_of(report: Report) -> list[tuple[str, str]]:
    """Name and hash of every file that a report is made of."""
    return [(one.file, one.sha256) for one in report.generated_from]


def promises_of(report: Report) -> dict[str, Promise]:
    """Its commitments and their states, by id."""
    return {one.id: Promise(one.quote, one.state) for one in report.commitments}


def standing_of(found: IndicatorReport) -> Standing:
    """How an indicator stands in a report."""
    target, covered = found.target, found.coverage
    return Standing(
        value=found.value,
        period=None if found.period is None else found.period.end,
        status=found.status,
        target=None
        if target.comparison is None
        else Goal(value=target.value, comparison=target.comparison, due=target.due),
        expected=covered.expected,
        reported=covered.reported,
    )


def other_unit(old: str | None, new: str) -> str | None:
    """The older unit, where it is another one."""
    return None if old == new else old


def in_newer_unit(old: Standing, scale: float | None) -> Standing:
    """How an indicator stood, in the unit that it has now; without figures where that measures something else."""
    if scale == 1.0:
        return old
    target = None if old.target is None else replace(old.target, value=_scaled(old.target.value, scale))
    return replace(old, value=_scaled(old.value, scale), target=target)


def _scaled(value: float | None, scale: float | None) -> float | None:
    return None if value is None or scale is None else value * scale


def by_small_revision(old: Standing | None, new: Standing | None) -> bool:
    """Whether a state hangs on a revision of the same period by less than a hundredth, the target being the same."""
    if old is None or new is None or old.value is None or new.value is None:
        return False
    same = old.period == new.period and old.target == new.target and old.status != new.status
    return same and 0 < abs(new.value - old.value) <= SMALL * abs(old.value)
