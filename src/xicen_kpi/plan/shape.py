"""What does not fit the plan's models, in the words of a person who writes plans: never a class name."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, NamedTuple

from xicen_kpi.plan.measure import MEASURE_KEYS
from xicen_kpi.plan.yaml_tree import dotted, path_in
from xicen_kpi.words.definition import Guess
from xicen_kpi.words.findings import MESSAGES, finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pydantic_core import ErrorDetails

    from xicen_kpi.errors import Finding
    from xicen_kpi.plan.yaml_tree import Path, Tree

_SLUGS = {
    "string_type": "text-expected",
    **dict.fromkeys(("bool_type", "bool_parsing"), "truth-expected"),
    **dict.fromkeys(("model_type", "dict_type", "model_attributes_type"), "mapping-expected"),
    **dict.fromkeys(("tuple_type", "list_type"), "list-expected"),
    **dict.fromkeys(("enum", "literal_error"), "choice-unknown"),
    **dict.fromkeys(("greater_than_equal", "less_than_equal"), "number-out-of-range"),
    **dict.fromkeys(("too_short", "too_long"), "list-length"),
    **dict.fromkeys(("int_type", "float_type", "int_parsing", "float_parsing", "finite_number"), "number-expected"),
    "int_from_float": "number-expected",
    "missing": "key-missing",
    "string_pattern_mismatch": "id-malformed",
    "string_too_short": "value-missing",
    "extra_forbidden": "key-unknown",
    "union_tag_not_found": "measure-unknown",
}
ONE_OF_FIVE = "*"
"""Stands, in a path below a target, for whichever of at_least, at_most, maintain, rise, fall it should have."""
# What a check of a whole finds wrong with one part of it: the other parts are still good.
_CHILD = {"unit-missing": "unit", "target-not-one": ONE_OF_FIVE, "own-rule-without-bound": "at_least"}
_NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]+)?")
_SHOWN = 60
_KNOWN = 16


class Misfit(NamedTuple):
    """A part of the document that does not fit.

    Attributes:
        path: Where it stands; of a missing key, where it would stand.
        missing: The key is not there.
        finding: What to tell the user.
    """

    path: Path
    missing: bool
    finding: Finding


def misfits(errors: Iterable[ErrorDetails], tree: Tree, data: object) -> list[Misfit]:
    """What to tell about validation errors, each place once.

    Args:
        errors: From `ValidationError.errors()`.
        tree: The document they are about, for lines and columns.
        data: What was validated: the document's data, perhaps with parts put aside.
    """
    places: dict[tuple[Path, bool], list[tuple[str, ErrorDetails]]] = {}
    for error in _causes(errors):
        slug = _slug(error)
        loc = _without_tags(error["loc"])
        path = (*path_in(data, loc[:-1]), loc[-1]) if slug == "key-missing" else path_in(data, loc)
        places.setdefault((path, slug == "key-missing"), []).append((slug, error))
    return [_misfit(path, missing, found, tree) for (path, missing), found in places.items()]


def _causes(errors: Iterable[ErrorDetails]) -> list[ErrorDetails]:
    """The errors without those that only follow.

    A list counts as too short when its items do not fit; a default that rests on other keys is not made without them.
    """
    listed = [error for error in errors if error["type"] != "default_factory_not_called"]
    within = {error["loc"][:length] for error in listed for length in range(len(error["loc"]))}
    return [error for error in listed if error["type"] != "too_short" or error["loc"] not in within]


def _without_tags(loc: Sequence[str | int]) -> list[str | int]:
    """A validation error's `loc` without the names by which pydantic tells the kinds of measures apart."""
    parts: list[str | int | None] = []
    for part in loc:
        in_list = parts[-2:-1] in (["total"], ["first_of"]) and isinstance(parts[-1], int)
        measured = in_list or parts[-1:] in (["measure"], ["of"], ["to"])
        parts.append(None if measured and part in MEASURE_KEYS else part)
    return [part for part in parts if part is not None]


def _slug(error: ErrorDetails) -> str:
    kind = error["type"]
    if kind == "missing" and isinstance(error["loc"][-1], int):
        return "list-length"
    if kind in _SLUGS and error["input"] is None and kind not in ("missing", "extra_forbidden"):
        return "value-missing"
    return kind if kind in MESSAGES else _SLUGS.get(kind, "value-invalid")


def _misfit(path: Path, missing: bool, found: Sequence[tuple[str, ErrorDetails]], tree: Tree) -> Misfit:  # noqa: FBT001
    slugs = {slug for slug, _ in found}
    slug, error = found[0]
    if len(slugs) > 1:
        slug = "scalar-expected" if "truth-expected" in slugs else "value-invalid"
    if slug == "mapping-expected" and "：" in str(error["input"]):
        slug = "yaml-full-width-colon"
    at_key = missing or slug == "key-unknown" or error["loc"][-1:] == ("[key]",)
    where = (tree.where_key if at_key else tree.where)(path[:-1] if missing else path)
    names = [part for part in path if isinstance(part, str)]
    shown = {"key": names[-1] if names else "", "path": dotted(path), "value": _shown(error["input"])}
    path = (*path, _CHILD[slug]) if slug in _CHILD else path
    return Misfit(path, missing, finding(slug, where, **shown, **_more(slug, error)))


def _more(slug: str, error: ErrorDetails) -> dict[str, object]:
    """What else the sentence of a slug names."""
    context, given = error.get("ctx", {}), error["input"]
    match slug:
        case "key-unknown":
            from xicen_kpi.plan.schema import keys_at  # noqa: PLC0415 -- most plans are right

            return known(str(error["loc"][-1]), keys_at(error["loc"][:-1]))
        case "choice-unknown":
            return known(str(given), re.findall(r"'([^']*)'", str(context.get("expected", ""))))
        case "measure-unknown":
            keys = [str(key) for key in given] if isinstance(given, dict) else []
            return known(next((key for key in keys if nearest(key, MEASURE_KEYS)), ""), MEASURE_KEYS)
        case _:
            bound = context.get("ge", context.get("le", ""))
            least = context.get("min_length", context.get("max_length", 2))
            return {"bound": bound, "least": least, "line": _shown(given)}


def nearest(name: str, names: Iterable[str]) -> str:
    """The name that looks most like this one; nothing where none does."""
    return next(iter(difflib.get_close_matches(name, list(names), n=1, cutoff=0.6)), "")


def known(name: str, names: Iterable[str]) -> dict[str, object]:
    """Parameters for a name that is not known: what may be meant, and what there is, the likeliest first."""
    listed = list(dict.fromkeys(names))
    ranked = difflib.get_close_matches(name, listed, n=_KNOWN, cutoff=0.0) or listed
    return {"guess": Guess(nearest(name, listed)), "known": ranked[:_KNOWN] or ["—"]}


def _shown(value: object) -> str:
    if isinstance(value, dict | list):
        return "{…}" if isinstance(value, dict) else "[…]"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    text = f'"{text}"' if isinstance(value, str) and _NUMBER.fullmatch(text) else text
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
