"""The plan: what targets.yaml declares, as frozen models. The JSON Schema for editors is made from these."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any

from pydantic import Field, StrictBool, StrictFloat, StrictInt, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from xicen_kpi.plan.checks import Checks
from xicen_kpi.plan.measure import Measure, SumMeasure, Where
from xicen_kpi.plan.period import Month, Span
from xicen_kpi.plan.source import Group, Names, Source, SourceId
from xicen_kpi.plan.units import is_counted
from xicen_kpi.plan.values import Day, Declared, Lang, MonthKey, MonthText, PeriodKey, SpanText, Text

Number = StrictInt | StrictFloat


class Audience(StrEnum):
    """Who may see it."""

    INTERNAL = "internal"
    PUBLIC = "public"


class Rounding(StrEnum):
    """How figures are rounded, once, at print."""

    HALF_UP = "half_up"
    """四舍五入, as communiqués and Excel do."""
    GBT8170 = "gbt8170"
    """GB/T 8170-2008: half to even."""


class Kind(StrEnum):
    """What sort of quantity an indicator is; it decides what gap, pace and status mean."""

    FLOW = "flow"
    LEVEL = "level"
    RATIO = "ratio"
    COUNT = "count"


class Over(StrEnum):
    """The window that a target is a sum over."""

    YEAR = "year"
    PLAN = "plan"


class CommitmentKind(StrEnum):
    """How a promise without a statistic is followed."""

    MILESTONE = "milestone"
    ENUMERATED = "enumerated"
    DIRECTIONAL = "directional"


class PlanPeriod(Declared):
    """First and last month of the plan."""

    start: MonthText
    end: MonthText

    @property
    def span(self) -> Span:
        """The same as a span."""
        return Span(self.start, self.end)


class Heading(Declared):
    """What the document is, and how the tool speaks of it."""

    title: str
    document: str
    """Document number."""
    issuer: str
    issued: Day
    period: PlanPeriod
    count_from: MonthText | None = None
    """First month of the counts over the whole plan; default: the start of the period."""
    park: Text | None = None
    """Short name of the park, for sentences."""
    language: Lang = "zh"
    """Language of the reports unless --lang says otherwise."""

    @property
    def window(self) -> Span:
        """Months over which a count over the plan runs."""
        return Span(self.count_from or self.period.start, self.period.end)


class StatusCuts(Declared):
    """Where a status changes; printed in the report."""

    flow: tuple[float, float] = (1.0, 0.95)
    """Projection over target: on track from the first, at risk from the second."""
    level: tuple[float, float] = (0.95, 0.60)
    """Progress over elapsed time: on track from the first, at risk from the second."""


class Disclosure(Declared):
    """Settings of the confidentiality rules; the thresholds are not printed in public outputs."""

    minimum_units: StrictInt = Field(default=3, ge=1)
    dominance: tuple[tuple[int, float], ...] = ((1, 70.0), (2, 85.0))
    """(n, k): the n largest may hold at most k per cent."""
    p_percent: float = 10.0
    allow: Names = ()
    """Indicators whose headline total is published in spite of the rules: name them, and say why in their notes."""


class Settings(Declared):
    """What a park may choose."""

    rounding: Rounding = Rounding.HALF_UP
    stale_after: StrictInt = Field(default=2, ge=0)
    """Months behind the reporting date after which a figure is too old to be assessed."""
    cuts: StatusCuts = StatusCuts.model_construct()
    disclosure: Disclosure = Disclosure.model_construct()


class Citation(Declared):
    """The plan's own words."""

    section: str
    quote: str
    """Verbatim; white space makes no difference."""


class Baseline(Declared):
    """Where the indicator stood before the plan."""

    value: Number
    period: SpanText
    source: Text
    """Where the figure comes from."""

    @property
    def end(self) -> Month:
        """Last month of the baseline period."""
        return self.period.end


class Target(Declared):
    """What is promised, and by when."""

    at_least: Number | None = None
    at_most: Number | None = None
    maintain: Number | None = None
    """Not to fall below a level that is already reached."""
    rise: StrictBool | None = None
    """Only a direction: above the baseline."""
    fall: StrictBool | None = None
    """Only a direction: below the baseline."""
    by: MonthText
    over: Over = Over.YEAR
    """For flows and counts: a sum over the year of `by`, or over the whole plan."""
    milestones: dict[MonthKey, Number] = Field(default_factory=dict)
    """Values for months on the way, e.g. 2025-12: 165."""

    @model_validator(mode="after")
    def _exactly_one(self) -> Target:
        given = [
            name for name in ("at_least", "at_most", "maintain", "rise", "fall") if getattr(self, name) is not None
        ]
        if len(given) != 1:
            raise PydanticCustomError("target-not-one", "exactly one of the five")
        return self

    @property
    def comparison(self) -> str:
        """Which of the five it is."""
        return next(
            name for name in ("at_least", "at_most", "maintain", "rise", "fall") if getattr(self, name) is not None
        )

    @property
    def value(self) -> float | None:
        """The number promised; None for a mere direction."""
        number = next((n for n in (self.at_least, self.at_most, self.maintain) if n is not None), None)
        return None if number is None else float(number)

    @property
    def direction(self) -> int:
        """+1 where more is better, -1 where less is."""
        return -1 if self.comparison in ("at_most", "fall") else 1


class OpenDecision(Declared):
    """A place where the plan leaves room, the reading taken here, and what another reading would do."""

    question: Text
    taken: Text
    otherwise: Text | None = None


class Watch(Declared):
    """Revenue by which enterprises are watched for the 规上 threshold of their industry."""

    sum: str
    """source.column"""
    where: Where = Where.model_construct()
    reach: Annotated[StrictFloat, Field(gt=0, lt=1)] = 0.2
    """How far below the threshold still counts as near, a share of it."""

    @cached_property
    def measure(self) -> SumMeasure:
        """The same as a measure."""
        return SumMeasure(sum=self.sum, where=self.where)


def _decimals(declared: dict[str, Any]) -> int:
    """How many are shown of an indicator that does not say; what is faulty in it is not among what is declared."""
    unit, measure = declared.get("unit"), declared.get("measure")
    return 0 if unit is not None and is_counted(unit) and measure is not None and measure.keeps_whole else 1


class Indicator(Declared):
    """A promise that statistics can measure."""

    name: Text
    cite: Citation
    commitment: Names = ()
    """Commitments of the plan that it measures."""
    measure: Measure
    unit: str
    kind: Kind | None = None
    """Only where it does not follow from the measure."""
    target: Target | None = None
    """None: shown for information, not assessed."""
    baseline: Baseline | None = None
    scope: Text | None = None
    """统计口径: which units, which prices, which frame."""
    assumptions: tuple[Text, ...] = ()
    """What was assumed where the plan is open."""
    decisions: tuple[OpenDecision, ...] = ()
    """Readings that would change the figure."""
    audience: Audience = Audience.PUBLIC
    decimals: StrictInt = Field(default_factory=_decimals, ge=0, le=6)
    """Of texts. Default: 1, and 0 for what is counted one by one (家, 个, 人) without shares in industry groups."""
    watch: Watch | None = None
    """Enterprises to watch beside it: near the 规上 threshold, or about to fall below."""
    headline: StrictBool = False
    """One of the plan's numbered targets: shown first."""
    confirmed: dict[PeriodKey, Number] = Field(default_factory=dict)
    """核定数: the bureau's confirmed value by period; it prevails, and the difference is shown."""
    expected: dict[PeriodKey, Number] = Field(default_factory=dict)
    """核对值: known values by period; `check` holds the definition to them."""

    @property
    def commitments(self) -> tuple[str, ...]:
        """Ids of the commitments it measures."""
        return self.commitment


class Commitment(Declared):
    """A promise without a statistic, followed in a ledger."""

    kind: CommitmentKind
    cite: Citation
    due: MonthText | None = None
    """None: the end of the plan."""
    items: Names = ()
    """What the plan enumerates, in its own words."""
    total: StrictInt | None = Field(default=None, ge=1)
    """Of an enumerated commitment: how many items there are to do; the number of `items` unless given."""
    unit: str | None = None
    yearly: tuple[StrictInt, ...] = ()
    """A recurring commitment: the years in which it is due."""
    responsible: Text | None = None
    """Unit that the plan itself names."""
    evidence: Text | None = None
    """What would show that it is done."""
    not_tracked: Text | None = None
    """Why it is not followed."""

    @model_validator(mode="before")
    @classmethod
    def _counted(cls, value: Any) -> Any:  # noqa: ANN401 -- raw YAML may be anything
        if isinstance(value, dict) and isinstance(value.get("items"), list | tuple) and "total" not in value:
            return {**value, "total": len(value["items"]) or None}
        return value


COMMITMENT_PATTERN = r"^[A-Z][0-9]+\.[0-9]+$"

CommitmentId = Annotated[str, WithJsonSchema({"type": "string", "pattern": COMMITMENT_PATTERN})]
"""A letter, the number of the section, the number within it: T3.2."""


class Plan(Declared):
    """Everything that targets.yaml declares."""

    plan: Heading
    data: str | None = None
    """Default folder of exports, relative to the plan file."""
    settings: Settings = Settings.model_construct()
    groups: dict[SourceId, Group] = Field(default_factory=dict)
    sources: dict[SourceId, Source] = Field(default_factory=dict)
    ledger: SourceId | None = None
    """The ledger in which commitments are followed."""
    indicators: dict[SourceId, Indicator] = Field(default_factory=dict)
    commitments: dict[CommitmentId, Commitment] = Field(default_factory=dict)
    checks: Checks = Checks.model_construct()
    """Rules of the user's own, and waivers."""
