"""All rules that come with the program, in the order in which they are told of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xicen_kpi.checks import (
    golden,
    rules_accounts,
    rules_codes,
    rules_legal,
    rules_magnitude,
    rules_months,
    rules_periods,
    rules_projects,
    rules_reporters,
    rules_rnd,
    rules_sources,
    rules_totals,
)

if TYPE_CHECKING:
    from xicen_kpi.checks.model import Rule

RULES: tuple[Rule, ...] = (
    *rules_periods.RULES,
    *rules_codes.RULES,
    *rules_months.RULES,
    *rules_accounts.RULES,
    *rules_rnd.RULES,
    *rules_projects.RULES,
    *rules_magnitude.RULES,
    *rules_reporters.RULES,
    *rules_legal.RULES,
    *rules_sources.RULES,
    *rules_totals.RULES,
    *golden.RULES,
)

READING = ("duplicate-key", "code-scientific", "code-length", "unreadable-cell")
"""Rules that are kept while the files are read; they are told of like the others."""
