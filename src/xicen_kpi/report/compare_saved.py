"""Two saved reports side by side: figures, targets, states and files; enterprises they do not hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from xicen_kpi.errors import Location, UsageError
from xicen_kpi.plan.units import scale_between
from xicen_kpi.plan.values import Text
from xicen_kpi.report.compare_model import (
    FORMAT_VERSION,
    Cause,
    CauseEffect,
    Comparison,
    Goal,
    IndicatorChange,
    Standing,
    Unknown,
)
from xicen_kpi.report.compare_rest import (
    Promise,
    by_small_revision,
    changed_files,
    changed_states,
    in_newer_unit,
    other_unit,
)
from xicen_kpi.words.findings import finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from xicen_kpi.report.compare_model import FileChanges

Saved = dict[str, Any]

_NOTHING = 1e-12


def compare_reports(
    old: tuple[str, Saved], new: tuple[str, Saved], lang: Literal["zh", "en"], audience: Literal["internal", "public"]
) -> Comparison:
    """What changed between two reports saved as JSON.

    Args:
        old: Name and content of the older one.
        new: Name and content of the newer one.
        lang: Language.
        audience: Who may see it; only from two reports saved for the public can one for the public be made.

    Raises:
        UsageError: One of them is no report, or says more than the audience may see.
    """
    before, after = (_indicators(*side) for side in (old, new))
    inside = [name for name, one in (old, new) if one.get("audience") != "public"]
    if audience == "public" and inside:
        raise UsageError([finding("compare-not-public", Location(file=inside[0]))])
    plan_changed = old[1]["plan"]["file_sha256"] != new[1]["plan"]["file_sha256"]
    files = changed_files(*(_files(one) for _, one in (old, new)))
    known = _Known(plan_changed=plan_changed, data_changed=_any(files))
    changes = tuple(_change(before.get(name), after.get(name), known) for name in dict.fromkeys((*before, *after)))
    return Comparison(
        format_version=FORMAT_VERSION,
        kind="reports",
        audience="internal" if inside else "public",
        language=lang,
        old=old[0],
        new=new[0],
        old_as_of=str(old[1]["as_of"]),
        new_as_of=str(new[1]["as_of"]),
        plan_changed=plan_changed,
        rounding=new[1].get("rounding", "half_up"),
        files=files,
        indicators=changes,
        commitments=changed_states(*(_promises(one) for _, one in (old, new))),
        unknown=tuple(_unknown(changes, known)),
    )


class _Known(NamedTuple):
    """What may be behind a change."""

    plan_changed: bool
    data_changed: bool


def _any(files: FileChanges) -> bool:
    return bool(files.changed or files.added or files.removed)


def _indicators(name: str, saved: Saved) -> Mapping[str, Saved]:
    try:
        found = {one["id"]: one for one in saved["indicators"]}
        _ = saved["plan"]["file_sha256"], saved["as_of"]
        _ = [(one["status"], one["unit"], one["name"]["zh"], one["name"]["en"]) for one in found.values()]
    except (KeyError, TypeError) as error:
        where = Location(file=name)
        raise UsageError([finding("compare-unreadable", where, reason=f"{type(error).__name__}: {error}")]) from error
    return found


def _files(saved: Saved) -> list[tuple[str, str]]:
    return [(str(one["file"]), str(one["sha256"])) for one in saved.get("generated_from", ())]


def _promises(saved: Saved) -> dict[str, Promise]:
    return {one["id"]: Promise(one["quote"], one["state"]) for one in saved.get("commitments", ())}


def _change(old: Saved | None, new: Saved | None, known: _Known) -> IndicatorChange:
    shown = new or old or {}
    scale = 1.0 if old is None else scale_between(old["unit"], shown["unit"])
    before = None if old is None else in_newer_unit(_standing(old), scale)
    after = None if new is None else _standing(new)
    change = None
    causes: tuple[CauseEffect, ...] = ()
    if old is not None and new is not None and _value(before) is not None and _value(after) is not None:
        change = (_value(after) or 0.0) - (_value(before) or 0.0)
        causes = tuple(_causes(old, new, scale or 1.0, known))
    return IndicatorChange(
        id=shown["id"],
        name=Text(zh=shown["name"]["zh"], en=shown["name"]["en"]),
        headline=bool(shown.get("headline")),
        unit=shown["unit"],
        old_unit=other_unit(None if old is None else old["unit"], shown["unit"]),
        decimals=int(shown.get("decimals", 1)),
        old=before,
        new=after,
        change=change,
        causes=causes,
        status_changed=before is not None and after is not None and before.status != after.status,
        by_small_revision=by_small_revision(before, after),
    )


def _value(side: Standing | None) -> float | None:
    return None if side is None else side.value


def _causes(old: Saved, new: Saved, scale: float, known: _Known) -> Iterator[CauseEffect]:
    """What the change is made of, as far as two reports tell: the same period first, then the later one."""
    start, end = _computed(old) * scale, _computed(new)
    effects = [(Cause.CONFIRMED, (new["value"] - end) - (old["value"] * scale - start))]
    same_way = old.get("label") == new.get("label")
    then, now = ((one.get("period") or {}).get("end") for one in (old, new))
    if then == now:
        effects.append((_cause(known, same_way=same_way), end - start))
    else:
        between = _at(new, then) if same_way else None
        if between is None:
            effects.append((Cause.UNEXPLAINED if known.plan_changed else Cause.NEW_PERIOD, end - start))
        else:
            effects += [(_cause(known, same_way=True), between - start), (Cause.NEW_PERIOD, end - between)]
    for cause, effect in effects:
        if abs(effect) > _NOTHING * max(abs(start), abs(end)):
            yield CauseEffect(cause=cause, effect=effect, enterprises=())


def _computed(one: Saved) -> float:
    """What the files add up to; the value may be 核定数 in its place."""
    computed = (one.get("confirmed") or {}).get("computed")
    return float(one["value"] if computed is None else computed)


def _at(one: Saved, month: str | None) -> float | None:
    """The figure of an earlier month, as this report has it, by the same way of measuring."""
    return next((point["value"] for point in one.get("series", ()) if point["period"] == month), None)


def _cause(known: _Known, *, same_way: bool) -> Cause:
    """Why the same period is another one: with another plan and other files it cannot be told."""
    if known.plan_changed:
        return Cause.UNEXPLAINED if known.data_changed else Cause.PLAN
    if not same_way:
        return Cause.BASIS
    return Cause.REVISED if known.data_changed else Cause.UNEXPLAINED


def _unknown(changes: tuple[IndicatorChange, ...], known: _Known) -> Iterator[Unknown]:
    causes = {cause.cause for one in changes for cause in one.causes}
    if causes - {Cause.PLAN, Cause.CONFIRMED}:
        yield Unknown.ENTERPRISES
    if Cause.UNEXPLAINED in causes and known.plan_changed:
        yield Unknown.PLAN_OR_DATA
    elif Cause.UNEXPLAINED in causes:
        yield Unknown.PROGRAM


def _standing(one: Saved) -> Standing:
    target, covered = one.get("target") or {}, one.get("coverage") or {}
    return Standing(
        value=one.get("value"),
        period=(one.get("period") or {}).get("end"),
        status=one["status"],
        target=Goal(value=target.get("value"), comparison=target["comparison"], due=target.get("due"))
        if target.get("comparison")
        else None,
        expected=covered.get("expected"),
        reported=covered.get("reported"),
    )
