"""Checks that need more than one part of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xicen_kpi.plan.amounts import check_units
from xicen_kpi.plan.promises import check_promises
from xicen_kpi.plan.references import check_references
from xicen_kpi.plan.review import Review

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xicen_kpi.errors import Finding
    from xicen_kpi.plan.model import Plan
    from xicen_kpi.plan.yaml_tree import Path, Tree


def find_disagreements(plan: Plan, tree: Tree, aside: Sequence[Path] = ()) -> list[Finding]:
    """What is wrong between the parts of a plan: names, units, promises.

    Args:
        plan: The plan.
        tree: The document it was made of.
        aside: Paths of what did not fit the models and is reported already.
    """
    review = Review(plan, tree, aside)
    check_references(review)
    check_units(review)
    check_promises(review)
    return review.findings
