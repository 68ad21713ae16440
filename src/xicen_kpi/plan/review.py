"""What the checks across a plan share: the plan, where its parts stand, and the findings so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from xicen_kpi.plan.measure import (
    CountDistinctMeasure,
    CountMeasure,
    DoneMeasure,
    FirstOfMeasure,
    LatestMeasure,
    RatioMeasure,
    SumMeasure,
    TotalMeasure,
)
from xicen_kpi.plan.mend import related
from xicen_kpi.words.findings import finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from xicen_kpi.errors import Finding, Location
    from xicen_kpi.plan.measure import Measure
    from xicen_kpi.plan.model import Plan
    from xicen_kpi.plan.yaml_tree import Path, Tree

Leaf = SumMeasure | CountMeasure | CountDistinctMeasure | LatestMeasure | DoneMeasure
"""A measure that asks one source."""


@dataclass
class Review:
    """A plan under review.

    Attributes:
        plan: The plan; stand-ins in the place of what did not fit.
        tree: The document.
        aside: Paths of what did not fit: nothing is said of them twice.
        findings: What the checks found.
    """

    plan: Plan
    tree: Tree
    aside: Sequence[Path] = ()
    findings: list[Finding] = field(default_factory=list)

    def sound(self, *path: str | int) -> bool:
        """Whether nothing at this place, above or below it has been put aside for its shape."""
        return not any(related(path, other) for other in self.aside)

    def report(self, slug: str, path: Path, **parameters: object) -> None:
        """Notes a finding about a value, unless the place is already known to be wrong."""
        self._note(slug, path, self.tree.where, parameters)

    def report_key(self, slug: str, path: Path, **parameters: object) -> None:
        """Notes a finding about a key, or about all that stands behind it."""
        self._note(slug, path, self.tree.where_key, parameters)

    def _note(self, slug: str, path: Path, place: Callable[[Path], Location], parameters: Mapping[str, object]) -> None:
        there = self.tree.path(path)
        if not any(one[: len(other)] == other for other in self.aside for one in (path, there)):
            self.findings.append(finding(slug, place(there), **parameters))

    def declared(self, *path: str) -> list[str]:
        """Keys that stand in the document at a place, whether or not what is behind them fits."""
        data: Any = self.tree.data
        for part in path:
            data = data.get(part) if isinstance(data, dict) else None
        return [str(key) for key in data] if isinstance(data, dict) else []


def source_of(leaf: Leaf) -> tuple[str, str, str]:
    """The key of a measure, and the source and column it names; no column where it needs none."""
    key = next(name for name in ("sum", "count", "count_distinct", "latest", "done") if hasattr(leaf, name))
    source, _, column = str(getattr(leaf, key)).partition(".")
    return key, source, column


def within(measure: Measure, path: Path) -> Iterator[tuple[Measure, Path]]:
    """A measure and all that it is made of, with their places."""
    yield measure, path
    match measure:
        case RatioMeasure():
            yield from within(measure.ratio.of, (*path, "ratio", "of"))
            yield from within(measure.ratio.to, (*path, "ratio", "to"))
        case TotalMeasure():
            for place, part in enumerate(measure.total):
                yield from within(part, (*path, "total", place))
        case FirstOfMeasure():
            for place, part in enumerate(measure.first_of):
                yield from within(part, (*path, "first_of", place))


def leaves(measure: Measure, path: Path) -> Iterator[tuple[Leaf, Path]]:
    """The measures that ask a source, with their places."""
    for part, place in within(measure, path):
        if not isinstance(part, RatioMeasure | TotalMeasure | FirstOfMeasure):
            yield part, place


def sources_asked(plan: Plan) -> frozenset[str]:
    """Sources without which something could not be computed: an indicator, the ledger, a rule of the user's own."""
    measures = [one.measure for one in plan.indicators.values()]
    measures += [one.watch.measure for one in plan.indicators.values() if one.watch is not None]
    found = {source_of(leaf)[1] for measure in measures for leaf, _ in leaves(measure, ())}
    found |= {rule.source for rule in plan.checks.rules.values()} | ({plan.ledger} if plan.ledger else set())
    return frozenset(found | {link for name in found if (link := plan.sources[name].link) is not None})
