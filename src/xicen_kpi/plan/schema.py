"""The JSON Schema of a plan file, for editors, and the keys that may stand at a place."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from xicen_kpi.plan.field_notes import add_notes
from xicen_kpi.plan.model import Plan
from xicen_kpi.plan.values import Declared

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DIALECT = "https://json-schema.org/draft/2020-12/schema"


@cache
def plan_schema() -> dict[str, Any]:
    """The schema of a plan file as data, draft 2020-12."""
    schema = Plan.model_json_schema()
    add_notes(schema, Plan, Declared)
    _tidy(schema)
    return {"$schema": DIALECT, "title": "targets.yaml", **{k: v for k, v in schema.items() if k != "title"}}


def schema_text() -> str:
    """The schema of a plan file as JSON text, ready to stand beside it."""
    return json.dumps(plan_schema(), ensure_ascii=False, indent=2) + "\n"


def keys_at(loc: Sequence[str | int]) -> list[str]:
    """Keys that the models know at a validation error's place, in the order of declaration.

    Args:
        loc: Its `loc`, with the names of models in it.
    """
    found = [plan_schema()]
    for part in loc:
        below = [schema for one in found for schema in _below(one, part)]
        found = below or found
    return list(
        dict.fromkeys(key for one in found for branch in _branches(one) for key in branch.get("properties", ()))
    )


def _branches(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The schema and all that it may be instead, references followed."""
    if "$ref" in schema:
        schema = plan_schema()["$defs"][schema["$ref"].rpartition("/")[2]]
    yield schema
    for word in ("anyOf", "oneOf", "allOf"):
        for one in schema.get(word, ()):
            yield from _branches(one)


def _below(schema: dict[str, Any], part: str | int) -> Iterator[dict[str, Any]]:
    """What may stand behind a key or at a position; of alternatives, those that the name of a model picks."""
    branches = list(_branches(schema))
    for branch in branches:
        properties = branch.get("properties", {})
        if isinstance(part, int) and "items" in branch:
            yield branch["items"]
        elif part in branch.get("required", ()) and "oneOf" in branches[0]:
            yield branch
        elif part in properties:
            yield properties[part]
        elif isinstance(part, str) and isinstance(branch.get("additionalProperties"), dict):
            yield branch["additionalProperties"]
        elif isinstance(part, str) and "patternProperties" in branch:
            yield from branch["patternProperties"].values()


def _tidy(schema: Any) -> None:  # noqa: ANN401 -- a JSON value
    """Takes out defaults that are mappings, which an editor would write all out; names out of pattern are refused."""
    if isinstance(schema, dict) and "patternProperties" in schema:
        schema["additionalProperties"] = False
    for one in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        if isinstance(one, dict) and isinstance(one.get("default"), dict):
            del one["default"]
        _tidy(one)
