"""Is this data drop fit to use: rules -> findings."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xicen_kpi.checks.model import CheckReport, Outcome, Rule, RuleResult
    from xicen_kpi.checks.run import check_drop

_HOMES = {"CheckReport": "model", "Outcome": "model", "Rule": "model", "RuleResult": "model", "check_drop": "run"}

__all__ = ["CheckReport", "Outcome", "Rule", "RuleResult", "check_drop"]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
