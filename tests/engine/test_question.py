"""From the plan's filters to the engine's."""

from __future__ import annotations

from xicen_kpi.engine import question
from xicen_kpi.engine.question import Rows
from xicen_kpi.plan.measure import Where


def rows(declared: dict[str, object]) -> Rows:
    return Rows.of(Where.model_validate(declared))


def test_a_value_stands_for_equals_and_a_list_for_in() -> None:
    assert rows({"kind": "工业"}).tests == (question.Test("kind", equals="工业"),)
    assert rows({"kind": ["工业", "服务业"]}).tests == (question.Test("kind", one_of=("工业", "服务业")),)


def test_between_is_at_least_and_at_most() -> None:
    assert rows({"staff": {"between": [10, 20]}}) == rows({"staff": {"at_least": 10, "at_most": 20}})


def test_the_order_of_writing_makes_no_other_question() -> None:
    one = rows({"kind": "工业", "staff": {"at_least": 10}, "group": ["b", "a"]})
    other = rows({"group": ["a", "b"], "staff": {"at_least": 10}, "kind": "工业"})
    assert one == other
    assert hash(one) == hash(other)


def test_alternatives_are_filters_of_their_own() -> None:
    found = rows({"in_park": True, "any_of": [{"kind": "工业"}, {"staff": {"missing": True}}]})
    assert found.in_park is True
    assert found.any_of == (rows({"kind": "工业"}), rows({"staff": {"missing": True}}))
