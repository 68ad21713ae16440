"""How many decimals an indicator shows that does not say: none for what is counted one by one."""

from __future__ import annotations

from typing import Any

import pytest

from xicen_kpi.plan.model import Indicator

SUM: dict[str, Any] = {"sum": "form.amount"}
WEIGHED: dict[str, Any] = {"sum": "form.amount", "where": {"any_of": [{"group": "chips"}, {"type": "规上"}]}}
COUNT: dict[str, Any] = {"count": "form"}


def shown(unit: str, measure: dict[str, Any], **more: Any) -> int:
    declared = {"name": "数", "cite": {"section": "一", "quote": "数"}, "unit": unit, "measure": measure, **more}
    return Indicator.model_validate(declared).decimals


@pytest.mark.parametrize(
    ("unit", "measure", "decimals"),
    [
        ("家", COUNT, 0),
        ("家", {"count_distinct": "form.uscc", "where": {"group": "chips"}}, 0),
        ("个", {"done": "ledger"}, 0),
        ("人", SUM, 0),
        ("人", {"total": [SUM, SUM]}, 0),
        ("人", {"first_of": [SUM, {"latest": "form.amount"}]}, 0),
        # A share in an industry group makes half a person of one.
        ("人", WEIGHED, 1),
        ("人", {"total": [SUM, WEIGHED]}, 1),
        ("万人", SUM, 1),
        ("人月", SUM, 1),
        ("亿元", SUM, 1),
        ("%", {"ratio": {"of": COUNT, "to": COUNT}}, 1),
        ("个", {"ratio": {"of": COUNT, "to": COUNT}}, 1),
    ],
)
def test_what_is_counted_has_none(unit: str, measure: dict[str, Any], decimals: int) -> None:
    assert shown(unit, measure) == decimals
    assert shown(unit, measure, decimals=3) == 3
