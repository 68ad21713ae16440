"""docs/report-json.md: every key of the report as data, its type from the model, its meaning from report_keys.txt."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin, get_type_hints

from xicen_kpi.plan.values import Text
from xicen_kpi.report import model
from xicen_kpi.words.reasons import REASONS

if TYPE_CHECKING:
    from collections.abc import Iterator

Meaning = tuple[str, str, str]
"""Its unit; what it is; when it is null or empty."""


def meanings() -> dict[str, Meaning]:
    """Key to what stands about it in report_keys.txt."""
    found: dict[str, Meaning] = {}
    for line in Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            key, unit, meaning, absent = (*(part.strip() for part in line.split(" | ")), "", "")[:4]
            found[key] = (unit, meaning, absent)
    return found


def keys(section: type = model.Report, before: str = "") -> Iterator[tuple[str, Any]]:
    """Every key of the report with its type, lists marked by []."""
    hints = get_type_hints(section, globalns={**vars(model), **vars(sys.modules[section.__module__]), "Text": Text})
    for name in parts_of(section):
        hint = hints[name]
        yield f"{before}{name}", hint
        inner = [one for one in (hint, *get_args(hint)) if is_section(one)]
        mark = "[]." if get_origin(hint) is tuple else "."
        for one in inner:
            yield from keys(one, f"{before}{name}{mark}")


def is_section(hint: object) -> bool:
    """Whether a type has keys of its own."""
    return hasattr(hint, "_fields") or dataclasses.is_dataclass(hint)


def parts_of(section: Any) -> tuple[str, ...]:  # noqa: ANN401 -- a named tuple or a data class
    """Names of its keys."""
    named: tuple[str, ...] | None = getattr(section, "_fields", None)
    return named or tuple(field.name for field in dataclasses.fields(section))


def type_name(hint: Any) -> str:  # noqa: ANN401 -- any annotation
    """A type as JSON knows it."""
    origin, inside = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return " or ".join(type_name(one) for one in inside)
    if origin is Literal:
        return " \\| ".join(f"`{one}`" for one in inside)
    if origin is tuple:
        return f"list of {type_name(inside[0])}"
    if origin is dict:
        return f"object of {type_name(inside[1])}"
    if is_section(hint):
        return "object"
    names = {str: "text", int: "whole number", float: "number", bool: "true/false", NoneType: "null", Text: "{zh, en}"}
    return names[hint]


INTRODUCTION = f"""\
# The report as data

`xicen-kpi report --format json` prints one object. Every key is always there; what is not known is `null`, and
`reasons` of the indicator says why, by key. Numbers are not rounded. Shares and rates are fractions; only an indicator
whose unit is `%` holds percentages, and a difference of shares is in 百分点. This is format version
{model.FORMAT_VERSION}: what is only added raises the part after the point; no key is removed or given another meaning
without raising the part before it.

| key | type | unit | meaning | null or empty when |
|---|---|---|---|---|"""


def report_json() -> str:
    """docs/report-json.md."""
    known = meanings()
    lines = INTRODUCTION.splitlines()
    for key, hint in keys():
        unit, meaning, absent = known[key]
        lines.append(f"| `{key}` | {type_name(hint)} | {unit} | {meaning} | {absent} |")
    lines += ["", "## Reason codes", "", "| code | 中文 | English |", "|---|---|---|"]
    lines += [f"| `{code}` | {zh} | {en} |" for code, (zh, en) in sorted(REASONS.items())]
    return "\n".join(lines) + "\n"
