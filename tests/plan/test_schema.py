"""The schema for editors accepts what the loader accepts."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from xicen_kpi.plan.model import Plan
from xicen_kpi.plan.schema import DIALECT, keys_at, plan_schema, schema_text
from xicen_kpi.plan.yaml_tree import parse

jsonschema = pytest.importorskip("jsonschema", reason="the schema is checked with jsonschema, which is not installed")

PLANS = Path(__file__).parent.parent / "plans"
ROOT = PLANS.parent.parent
GOOD = [ROOT / "targets.yaml", *sorted((PLANS / "valid").glob("*.yaml"))]


@pytest.fixture(scope="module")
def validator() -> Any:
    jsonschema.Draft202012Validator.check_schema(plan_schema())
    return jsonschema.Draft202012Validator(plan_schema())


def data_of(path: Path) -> Any:
    return parse(path.read_text(encoding="utf-8"), path.name).data


def minimal() -> Any:
    return copy.deepcopy(data_of(PLANS / "valid" / "minimal.yaml"))


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_what_loads_is_valid(validator: Any, path: Path) -> None:
    assert [error.message for error in validator.iter_errors(data_of(path))] == []


SHAPES = [
    (("sources", "firms", "key"), "uscc"),
    (("sources", "firms", "title"), "名录"),
    (("sources", "production", "files"), "B204*"),
    (("indicators", "output", "baseline", "period"), "2024-12"),
    (("indicators", "output", "baseline", "period"), "2024"),
    (("indicators", "output", "measure", "where"), {"category": ["甲", "乙"], "in_park": False}),
    (("indicators", "output", "measure", "where"), {"staff": {"between": [1, 9]}}),
    (("indicators", "output", "measure", "where"), {"staff": 5, "group": "software"}),
    (("indicators", "output", "measure", "where"), {"any_of": [{"staff": {"missing": True}}, {"staff": {"in": [1]}}]}),
    (("indicators", "output", "target"), {"maintain": 170, "by": "2026-12", "milestones": {"2025-12": 165.5}}),
    (("indicators", "output", "measure"), {"count": "firms"}),
    (("indicators", "output", "measure"), {"first_of": [{"latest": "production.value", "proxy": True}]}),
    (("indicators", "output", "confirmed"), {"2024": 157.3}),
    (("indicators", "output", "scope"), {"zh": "口径", "en": "Scope"}),
    (("settings",), {"cuts": {"flow": [1.0, 0.9]}, "disclosure": {"dominance": [[1, 70]]}}),
]


@pytest.mark.parametrize(("path", "value"), SHAPES)
def test_every_short_form_that_the_models_take_is_in_the_schema(
    validator: Any, path: tuple[str, ...], value: object
) -> None:
    data = minimal()
    holder = data
    for part in path[:-1]:
        holder = holder[part]
    holder[path[-1]] = value
    Plan.model_validate(data)
    assert [error.message for error in validator.iter_errors(data)] == []


@pytest.mark.parametrize(
    "name",
    [
        "a-key-misspelt",
        "a-required-key-missing",
        "text-where-a-number-belongs",
        "a-number-in-quotes",
        "a-code-without-quotes",
        "yes-for-true",
        "an-unknown-choice",
        "no-measure-at-all",
        "a-name-with-a-hyphen",
        "an-empty-condition",
        "a-number-out-of-range",
        "a-text-where-a-list-belongs",
    ],
)
def test_mistakes_of_shape_show_in_the_editor_too(validator: Any, name: str) -> None:
    assert list(validator.iter_errors(data_of(PLANS / "invalid" / f"{name}.yaml")))


def test_the_text_is_json_with_its_dialect_and_descriptions() -> None:
    schema = json.loads(schema_text())
    assert schema["$schema"] == DIALECT
    assert "the plan's own words" not in schema["title"]
    assert schema["$defs"]["Citation"]["properties"]["quote"]["description"].startswith("Verbatim")


def test_keys_of_a_place_are_those_of_its_model() -> None:
    assert keys_at(("plan", "period")) == ["start", "end"]
    assert keys_at(("indicators", "x", "cite")) == ["section", "quote"]
    assert "except_largest" in keys_at(("indicators", "x", "measure", "ratio"))
    assert keys_at(("indicators", "x", "measure", "sum", "where")) == ["in_park", "group", "any_of"]
