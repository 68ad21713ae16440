"""The plan listed: how each promise is followed: by a statistic, by the ledger, or not at all and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from xicen_kpi.report.commitments import natural

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xicen_kpi.plan.model import Plan
    from xicen_kpi.plan.values import Text

How = Literal["measured", "followed", "not_tracked"]


@dataclass(frozen=True, slots=True)
class Listed:
    """One promise of the plan.

    Attributes:
        id: Its id.
        kind: quantitative, milestone, enumerated or directional.
        section: Where the plan says it.
        quote: The plan's words.
        how: How it is followed.
        indicators: Indicators that measure it.
        why: Why it is not followed, or what would show that it is done.
    """

    id: str
    kind: str
    section: str
    quote: str
    how: How
    indicators: tuple[str, ...]
    why: Text | None


@dataclass(frozen=True, slots=True)
class Roster:
    """All promises of a plan, in the order of the plan."""

    title: str
    document: str
    entries: tuple[Listed, ...]
    counts: Mapping[str, int]
    """By how they are followed."""


def roster_of(plan: Plan) -> Roster:
    """Lists a plan."""
    measured: dict[str, list[str]] = {}
    for name, indicator in plan.indicators.items():
        for commitment_id in indicator.commitments:
            measured.setdefault(commitment_id, []).append(name)
    ids = sorted({*plan.commitments, *measured}, key=natural)
    entries = tuple(_listed(plan, commitment_id, tuple(measured.get(commitment_id, ()))) for commitment_id in ids)
    counts = dict(Counter[str](one.how for one in entries))
    return Roster(plan.plan.title, plan.plan.document, entries, counts)


def _listed(plan: Plan, commitment_id: str, indicators: tuple[str, ...]) -> Listed:
    commitment = plan.commitments.get(commitment_id)
    if commitment is None:
        own = plan.indicators[next((name for name in indicators if plan.indicators[name].headline), indicators[0])]
        return Listed(
            commitment_id, "quantitative", own.cite.section, own.cite.quote, "measured", indicators, own.scope
        )
    how: How = "measured" if indicators else "not_tracked" if commitment.not_tracked is not None else "followed"
    why = commitment.not_tracked if how == "not_tracked" else commitment.evidence
    return Listed(
        commitment_id, commitment.kind.value, commitment.cite.section, commitment.cite.quote, how, indicators, why
    )
