"""The report as data: complete, frozen, and the same keys always. Nothing after it looks at the data again.

What is not known is null, and `reasons` beside it says why. Shares and rates are fractions (0.813); only an indicator
whose unit is % holds percentages. Additive changes raise the minor part of FORMAT_VERSION.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from xicen_kpi.report.recorded import RecordedPeriod  # noqa: TC001 -- a part of the model, likewise
from xicen_kpi.report.sources import SourceFile  # noqa: TC001 -- a part of the model, found through it at run time

if TYPE_CHECKING:
    from xicen_kpi.plan.values import Text

FORMAT_VERSION = "1.2"
"""1.0: the first. 1.1: `lacks` of an indicator, `history`."""


class PlanSection(NamedTuple):
    """Which plan, and which version of its file."""

    title: str
    document: str
    file_sha256: str


class Period(NamedTuple):
    """Months that a figure covers, both included."""

    start: str
    end: str


class BaselineSection(NamedTuple):
    """Where the indicator stood before the plan."""

    value: float | None
    period: str | None
    source: str | None


class TargetSection(NamedTuple):
    """What is promised."""

    value: float | None
    comparison: str | None
    due: str | None
    over: str | None


class BySchedule(NamedTuple):
    """One number by the calendar and by the season."""

    linear: float | None
    seasonal: float | None


class RequiredSection(NamedTuple):
    """What would close the gap."""

    per_month: float | None
    """In the indicator's unit a month."""
    growth: float | None
    """Growth over the same months of last year, a fraction."""
    numerator: float | None
    """What the numerator of a ratio lacks at this denominator, in `numerator_unit`."""
    numerator_unit: str | None
    count: int | None  # type: ignore[assignment]  # a tuple's own `count` is not needed
    """Whole units."""


class PreviousSection(NamedTuple):
    """The same months of last year."""

    value: float | None
    period: str | None
    basis: Literal["same_units", "last_year_final"] | None
    """上年同期 of the units in this year's files (可比), or what last year's own files say."""
    final: float | None
    """Last year's own final value, whatever the basis."""
    final_growth: float | None
    """Growth against it: nominal."""


class ProjectionSection(NamedTuple):
    """What the value will be when the target is due, with an 80 % band."""

    value: float | None
    low: float | None
    high: float | None
    method: str | None
    basis: str | None = None
    """Where the band comes from: own_backtest, reference_table, carried_over, none."""
    flags: tuple[str, ...] = ()
    """SDMX observation status: F forecast, E from an estimated year to date, U low reliability."""


class BoundsSection(NamedTuple):
    """Between what the value can lie, given what is not known."""

    low: float | None
    high: float | None
    why: str | None


class CoverageSection(NamedTuple):
    """Who has reported."""

    expected: int | None
    reported: int | None
    by_value: float | None
    """Share of last year's value that has reported, a fraction."""


class Contribution(NamedTuple):
    """What a group of enterprises adds to the value and to its growth on last year's own files."""

    dimension: Literal["town", "industry"]
    group: str
    """Town, or the two digits of the industry division; empty where the list says nothing."""
    value: float | None
    """Null where it is withheld from the public."""
    previous: float | None
    change_pp: float | None
    """拉动: percentage points of the growth of the whole."""


class DriversSection(NamedTuple):
    """Why the figure moved against last year's own files; amounts in the indicator's unit, effects in 百分点."""

    numerator_pp: float | None
    denominator_pp: float | None
    within_pp: float | None
    """Of a ratio: what the industries' own ratios did."""
    between_pp: float | None
    """Of a ratio: what the shift of weight among industries did."""
    continuing: float | None
    entrants: float | None
    exits: float | None
    """A positive amount: change = continuing + entrants - exits."""
    entered_pp: float | None
    """Of nominal less 可比 growth: units that are new to the frame."""
    left_pp: float | None
    restated_pp: float | None


class ConfirmedSection(NamedTuple):
    """核定数: the bureau's own figure; it prevails."""

    value: float
    computed: float
    difference: float


class Point(NamedTuple):
    """The figure at one month of a series."""

    period: str
    value: float | None
    """Null where it is withheld from the public."""


class LastFullYear(NamedTuple):
    """The last whole year against the target, while the target's own year has not begun."""

    value: float
    period: str
    gap: float | None
    completion: float | None


class StepSection(NamedTuple):
    """One step of the trail: what a source was asked, and what it answered."""

    role: str
    source: str
    column: str | None
    value: float | None
    """Null in a public report, as `rows`: parts of a figure are for the office."""
    unit: str
    rows: int | None
    missing: int


class CiteSection(NamedTuple):
    """The plan's own words."""

    section: str
    quote: str


class IndicatorReport(NamedTuple):
    """One indicator against its target."""

    id: str
    commitments: tuple[str, ...]
    name: Text
    headline: bool
    audience: Literal["internal", "public"]
    kind: Literal["flow", "level", "ratio", "count"]
    unit: str
    decimals: int
    period: Period | None
    value: float | None
    label: Text | None
    """Which way of measuring, where the plan offers several."""
    proxy: bool
    reason: str | None
    """Why there is no value."""
    lacks: Text | None
    """Which form, or which column of which form, is missing."""
    provisional: bool
    """初步数: not every unit has reported, or a proxy stands in."""
    baseline: BaselineSection
    target: TargetSection
    gap: float | None
    completion: float | None
    progress: float | None
    elapsed: BySchedule
    pace_gap_pp: BySchedule
    required: RequiredSection
    previous: PreviousSection
    growth: float | None
    change_pp: float | None
    projection: ProjectionSection
    bounds: BoundsSection
    status: str
    status_reason: str
    flags: tuple[str, ...]
    distance_to_cut: float | None
    robust: bool | None
    coverage: CoverageSection
    nowcast: float | None
    """The figure if those who have not reported grew as the others did."""
    drivers: DriversSection
    contributions: tuple[Contribution, ...]
    confirmed: ConfirmedSection | None
    last_full_year: LastFullYear | None
    series: tuple[Point, ...]
    """Month by month, the current year and the two before it; months without an observation are not there."""
    history: tuple[RecordedPeriod, ...]
    """What recorded runs said, oldest first; empty where nothing is recorded."""
    suppressed: bool
    reasons: dict[str, str]
    """Why a key is null, by key."""
    trail: tuple[StepSection, ...]
    cite: CiteSection
    scope: Text | None
    assumptions: tuple[Text, ...]
    notes: tuple[str, ...]
    """Codes of remarks that go with the figure; their sentences stand in `words`."""


class CommitmentReport(NamedTuple):
    """One promise of the plan."""

    id: str
    kind: Literal["quantitative", "milestone", "enumerated", "directional"]
    quote: str
    section: str
    due: str
    indicators: tuple[str, ...]
    state: Literal["done", "in_progress", "overdue", "not_started", "not_reported", "not_tracked"]
    reason: str | None
    """Why it is not tracked, or how the state was reached."""
    responsible: str | None
    done: int | None
    total: int | None
    date: str | None
    evidence: str | None


class WhereSection(NamedTuple):
    """Place of a finding."""

    file: str | None
    line: int | None
    column: int | None
    sheet: str | None
    row: int | None
    field: str | None


class FindingReport(NamedTuple):
    """Something to tell the user."""

    slug: str
    severity: Literal["error", "warning", "note"]
    message: str
    hint: str
    where: WhereSection
    effect: dict[str, float]


class Summary(NamedTuple):
    """Counts, never an overall percentage."""

    indicators: dict[str, int]
    """Indicators by status."""
    headline: dict[str, int]
    """Headline indicators by status."""
    commitments: dict[str, int]
    """Commitments by state."""
    findings: dict[str, int]
    """Findings by severity."""
    rules: dict[str, int]
    """Rules of `check` by outcome; empty where the data were not checked as well."""


class Report(NamedTuple):
    """Everything that any output says."""

    format_version: str
    tool_version: str
    plan: PlanSection
    as_of: str
    audience: Literal["internal", "public"]
    language: Literal["zh", "en"]
    rounding: Literal["half_up", "gbt8170"]
    cuts: dict[str, float]
    generated_from: tuple[SourceFile, ...]
    indicators: tuple[IndicatorReport, ...]
    commitments: tuple[CommitmentReport, ...]
    findings: tuple[FindingReport, ...]
    summary: Summary
