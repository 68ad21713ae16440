"""What recorded runs said of a figure, as a part of the report: first reported, current, and what moved it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Revision:
    """A figure that another data version changed."""

    recorded: str | None
    """When the later value was recorded; null where it is this report's own and nothing has recorded it yet."""
    before: float | None
    """Value until then."""
    after: float | None
    """Value from then on."""
    status_before: str
    """State until then."""
    status_after: str
    """State from then on."""
    files: tuple[str, ...]
    """Data files that were added, replaced or taken away in between; `targets` stands for the plan file."""


@dataclass(frozen=True, kw_only=True, repr=False)
class RecordedPeriod:
    """One month of reporting: what was said first, what stands now, and what lay between."""

    as_of: str
    """Month of the reports."""
    period: str | None
    """Last month that the figure first reported covers."""
    recorded: str | None
    """When it was recorded first."""
    first: float | None
    """Value that was reported first."""
    first_status: str
    value: float | None
    """Value that stands now."""
    status: str
    revisions: tuple[Revision, ...]
    """What lay between, oldest first."""
