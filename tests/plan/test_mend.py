"""Going on after mistakes of shape: whatever a document holds, it ends in a plan or in none, never in a crash."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from xicen_kpi.plan.mend import fit, related
from xicen_kpi.plan.model import Plan
from xicen_kpi.plan.validate import find_disagreements
from xicen_kpi.plan.yaml_tree import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

Place = tuple[str | int, ...]
MINIMAL = (Path(__file__).parent.parent / "plans" / "valid" / "minimal.yaml").read_text(encoding="utf-8")
DATA = parse(MINIMAL, "targets.yaml").data

_RUBBISH = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 5000),
    st.sampled_from(["", "x", "a.b", "2026-12", "："]),
    st.just([]),
    st.just({}),
    st.just([{"sum": "x.y"}]),
    st.just({"sum": "x.y", "where": {"group": "z"}}),
    st.just({"at_least": 1}),
)


def paths_of(data: Any, path: Place = ()) -> Iterator[Place]:
    """Every place in a document."""
    parts = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, below in parts:
        yield (*path, key)
        yield from paths_of(below, (*path, key))


PLACES = list(paths_of(DATA))


def test_a_sound_document_is_taken_as_it_is() -> None:
    plan, misfits, _ = fit(parse(MINIMAL, "targets.yaml"))
    assert misfits == []
    assert plan == Plan.model_validate(DATA)


@given(st.lists(st.tuples(st.sampled_from(PLACES), _RUBBISH), min_size=1, max_size=6))
@example(
    [
        (("sources", "production", "columns", "period", "header"), None),
        (("sources", "production", "columns", "value", "header"), [{"sum": "x.y"}]),
    ]
)
def test_rubbish_anywhere_leads_to_findings_with_a_place_and_a_plan_to_go_on_with(
    changes: list[tuple[Place, object]],
) -> None:
    data = copy.deepcopy(DATA)
    for path, rubbish in changes:
        _set(data, path, rubbish)
    tree = parse(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "targets.yaml")
    plan, misfits, aside = fit(tree)
    assert plan is not None
    for one in [misfit.finding for misfit in misfits] + find_disagreements(plan, tree, aside):
        assert one.where.line is not None
        assert not any("?" in str(value) for value in one.parameters.values()), "a stand-in is no business of the user"


def _set(data: Any, path: tuple[Any, ...], value: object) -> None:
    for part in path[:-1]:
        if not isinstance(data, dict | list):
            return
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return
    if isinstance(data, dict) or (isinstance(data, list) and isinstance(path[-1], int) and path[-1] < len(data)):
        data[path[-1]] = value


def test_paths_are_related_where_one_leads_to_the_other() -> None:
    assert related(("a", "b"), ("a", "b", 0))
    assert related(("a",), ("a", "b"))
    assert not related(("a", "b"), ("a", "c"))
