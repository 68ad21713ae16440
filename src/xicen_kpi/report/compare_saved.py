"""Two saved reports side by side: figures and states; what is behind them the reports do not hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from xicen_kpi.errors import Location, UsageError
from xicen_kpi.plan.values import Text
from xicen_kpi.report.compare import SMALL
from xicen_kpi.report.compare_model import FORMAT_VERSION, Cause, CauseEffect, Comparison, IndicatorChange, Standing
from xicen_kpi.words.findings import finding

if TYPE_CHECKING:
    from collections.abc import Mapping

Saved = dict[str, Any]


def compare_reports(
    old: tuple[str, Saved], new: tuple[str, Saved], lang: Literal["zh", "en"], audience: Literal["internal", "public"]
) -> Comparison:
    """What changed between two reports saved as JSON.

    Args:
        old: Name and content of the older one.
        new: Name and content of the newer one.
        lang: Language.
        audience: Who may see it; a report saved for the public holds no more than that.

    Raises:
        UsageError: One of them is no report.
    """
    before, after = (_indicators(*side) for side in (old, new))
    plan_changed = old[1]["plan"]["file_sha256"] != new[1]["plan"]["file_sha256"]
    public = "public" in {audience, old[1].get("audience"), new[1].get("audience")}
    names = [
        name
        for name in dict.fromkeys((*before, *after))
        if not public or (before.get(name) or after[name]).get("audience") == "public"
    ]
    return Comparison(
        format_version=FORMAT_VERSION,
        kind="reports",
        audience="public" if public else "internal",
        language=lang,
        old=old[0],
        new=new[0],
        old_as_of=str(old[1]["as_of"]),
        new_as_of=str(new[1]["as_of"]),
        plan_changed=plan_changed,
        rounding=new[1].get("rounding", "half_up"),
        indicators=tuple(_change(before.get(name), after.get(name), plan_changed=plan_changed) for name in names),
    )


def _indicators(name: str, saved: Saved) -> Mapping[str, Saved]:
    try:
        found = {one["id"]: one for one in saved["indicators"]}
        _ = saved["plan"]["file_sha256"], saved["as_of"], [one["status"] for one in found.values()]
    except (KeyError, TypeError) as error:
        where = Location(file=name)
        raise UsageError([finding("compare-unreadable", where, reason=f"{type(error).__name__}: {error}")]) from error
    return found


def _change(old: Saved | None, new: Saved | None, *, plan_changed: bool) -> IndicatorChange:
    shown = new or old or {}
    before, after = (None if one is None else _standing(one) for one in (old, new))
    change = None
    causes: tuple[CauseEffect, ...] = ()
    if before is not None and after is not None and before.value is not None and after.value is not None:
        change = after.value - before.value
        if change:
            cause = _cause(before, after, plan_changed=plan_changed)
            causes = (CauseEffect(cause=cause, effect=change, enterprises=()),)
    changed = before is not None and after is not None and before.status != after.status
    small = (
        changed
        and change is not None
        and before is not None
        and after is not None
        and before.period == after.period
        and abs(change) <= SMALL * abs(before.value or 0.0)
    )
    name = shown["name"]
    return IndicatorChange(
        id=shown["id"],
        name=Text(zh=name["zh"], en=name["en"]),
        headline=bool(shown.get("headline")),
        unit=shown["unit"],
        decimals=int(shown.get("decimals", 1)),
        old=before,
        new=after,
        change=change,
        causes=causes,
        status_changed=changed,
        by_small_revision=small,
    )


def _cause(before: Standing, after: Standing, *, plan_changed: bool) -> Cause:
    """A later period, or the same one revised; with another plan it cannot be told."""
    if plan_changed:
        return Cause.UNEXPLAINED
    return Cause.REVISED if before.period == after.period else Cause.NEW_PERIOD


def _standing(one: Saved) -> Standing:
    period = one.get("period")
    return Standing(value=one.get("value"), period=period["end"] if period else None, status=one["status"])
