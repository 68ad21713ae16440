"""Going on after a mistake of shape: what does not fit is put aside, so that the rest can be looked at too."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError

from xicen_kpi.plan.model import Plan
from xicen_kpi.plan.shape import ONE_OF_FIVE, misfits

if TYPE_CHECKING:
    from xicen_kpi.plan.shape import Misfit
    from xicen_kpi.plan.yaml_tree import Path, Tree

_ROUNDS = 12
_MEASURE = {"count": "?"}
# What stands in for a required value that is missing or wrong; findings about it are never shown (see `Review`).
_STAND_INS: dict[str, object] = {
    **dict.fromkeys(("measure", "of", "to", "total", "first_of"), _MEASURE),
    "cite": {"section": "?", "quote": "?"},
    "any_of": {},
    **dict.fromkeys(("at_least", "at_most", "maintain"), 0),
    **dict.fromkeys(("rise", "fall"), True),
    "by": "2099-12",
    "value": 0,
    "kind": "directional",
    "frequency": "monthly",
    "columns": {},
    "key": [],
}
_HEADING_STAND_INS: dict[str, object] = {
    "issued": "2000-01-01",
    "start": "1901-01",
    "end": "2199-12",
    "period": {"start": "1901-01", "end": "2199-12"},
}
_HEADING = {"title": "?", "document": "?", "issuer": "?", **_HEADING_STAND_INS}


class Fitted(NamedTuple):
    """What a document makes.

    Attributes:
        plan: The plan; where something does not fit, the rest of it with stand-ins, good only for further checks; None
            where not even that can be done.
        misfits: What does not fit.
        aside: Paths of what was put aside for that: nothing more is to be said of them.
    """

    plan: Plan | None
    misfits: list[Misfit]
    aside: list[Path]


def fit(tree: Tree) -> Fitted:
    """The plan that a document declares, and all that does not fit."""
    data: Any = tree.data
    found: list[Misfit] = []
    tries: dict[Path, int] = {}
    for _ in range(_ROUNDS):
        try:
            return Fitted(Plan.model_validate(data), found, list(tries))
        except ValidationError as error:
            fresh = misfits(error.errors(include_url=False), tree, data)
        found += [one for one in fresh if not any(related(one.path, path) for path in tries)]
        data = copy.deepcopy(data)
        for one in fresh:
            tries[one.path] = tries.get(one.path, -1) + 1
            _mend(data, one, tries[one.path])
    return Fitted(None, found, list(tries))


def related(one: Path, other: Path) -> bool:
    """Whether one path leads to the other or lies below it."""
    length = min(len(one), len(other))
    return one[:length] == other[:length]


def _mend(data: Any, misfit: Misfit, tried: int) -> None:  # noqa: ANN401 -- raw YAML may be anything
    """Puts a stand-in in place; where that has not helped, takes the key out, then what holds it, and so on up."""
    path = misfit.path or ("plan",)
    unknown = misfit.finding.slug == "key-unknown"
    if tried == 0 and not unknown:
        _put(data, path, copy.deepcopy(_stand_in(path)))
        return
    up = tried if unknown else tried - 1
    holder, last = _holder(data, path[: max(len(path) - up, 1)])
    if isinstance(holder, dict):
        holder.pop(last, None)


def _put(data: Any, path: Path, value: object) -> None:  # noqa: ANN401 -- raw YAML may be anything
    holder, last = _holder(data, path)
    if last == ONE_OF_FIVE:
        kept = {key: holder[key] for key in ("by", "over", "milestones") if key in holder}
        holder.clear()
        holder.update(kept, rise=True)
    elif isinstance(holder, dict):
        holder[last] = value
    elif isinstance(holder, list) and isinstance(last, int):
        holder[last : last + 1] = [value]


def _holder(data: Any, path: Path) -> tuple[Any, str | int]:  # noqa: ANN401 -- raw YAML may be anything
    """What holds the last part of a path; None where the path leads nowhere."""
    for part in path[:-1]:
        if isinstance(data, dict):
            data = data.get(part)
        elif isinstance(data, list) and isinstance(part, int) and part < len(data):
            data = data[part]
        else:
            return None, part
    return data, path[-1]


def _stand_in(path: Path) -> object:
    """A value that fits where the path leads, going by the name of the key."""
    name = next(part for part in reversed(path) if isinstance(part, str))
    if path == ("plan",):
        return _HEADING
    return _HEADING_STAND_INS.get(name, "?") if path[0] == "plan" else _STAND_INS.get(name, "?")
