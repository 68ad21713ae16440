"""Drops of the rules: tests/drops/<slug>/{good,bad}, one plan for all, and what a drop changes in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from xicen_kpi.checks.run import check_drop
from xicen_kpi.plan.model import Plan
from xicen_kpi.plan.review import sources_asked
from xicen_kpi.read.drop import open_drop

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from xicen_kpi.checks.model import CheckReport

DROPS = Path(__file__).parents[1] / "drops"


def merged(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """The first with what the second says, key by key."""
    found = dict(one)
    for key, value in other.items():
        found[key] = merged(found.get(key) or {}, value) if isinstance(value, dict) else value
    return found


def plan_for(folder: Path, overlay: Mapping[str, Any] | None = None) -> Plan:
    """The plan of the drops without the sources that neither the folder has a file of nor the overlay names.

    Figures that need them are left out with them.
    """
    content = merged(yaml.safe_load((DROPS / "plan.yaml").read_text(encoding="utf-8")), overlay or {})
    whole = Plan.model_validate(content)
    files = open_drop(folder, whole.sources).files
    asked = (overlay or {}).get("sources", {})
    sources = {name: source for name, source in whole.sources.items() if files[name] or name in asked}
    indicators = {
        name: one
        for name, one in whole.indicators.items()
        if not any(
            f"'{source}." in str(content["indicators"][name]) for source in whole.sources.keys() - sources.keys()
        )
    }
    return whole.model_copy(update={"sources": sources, "indicators": indicators})


def checked(folder: Path, overlay: Path | None = None) -> CheckReport:
    """A drop through all rules, for October 2026 whatever it holds."""
    given = yaml.safe_load(overlay.read_text(encoding="utf-8")) if overlay is not None and overlay.exists() else None
    one = plan_for(folder, given)
    return check_drop(one, open_drop(folder, one.sources, sources_asked(one)))


@pytest.fixture(name="checked")
def _checked() -> Callable[..., CheckReport]:
    return checked


@pytest.fixture(name="plan_for")
def _plan_for() -> Callable[..., Plan]:
    return plan_for
