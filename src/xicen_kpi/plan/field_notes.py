"""The notes below the fields of the models, read from their source when a schema is wanted.

pydantic can do it while a class is made, but then every start of the program pays for parsing its own source again.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel


def models_from(base: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """A base and everything that is derived from it, each once."""
    waiting, seen = [base], set[type]()
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            yield one
            waiting += one.__subclasses__()


def notes_of(model: type[BaseModel]) -> dict[str, str]:
    """Field name (or its alias) to the text below it."""
    notes: dict[str, str] = {}
    own = [one for one in model.__mro__ if one.__module__ == model.__module__]
    for base in reversed(own):
        tree = ast.parse(textwrap.dedent(inspect.getsource(base)))
        body = tree.body[0].body if isinstance(tree.body[0], ast.ClassDef) else []
        for field, text in pairwise(body):
            if _is_note(field, text) and isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
                name = field.target.id
                known = model.model_fields.get(name)
                notes[known.alias if known is not None and known.alias else name] = _string(text)
    return notes


def add_notes(schema: dict[str, Any], model: type[BaseModel], base: type[BaseModel]) -> None:
    """Puts the notes into a model's schema as descriptions, where there is none yet.

    Args:
        schema: The schema, changed in place.
        model: The model that it describes.
        base: What all models in it are derived from.
    """
    by_name = {one.__name__: one for one in models_from(base)}
    for name, part in {model.__name__: schema, **schema.get("$defs", {})}.items():
        if name in by_name:
            notes = notes_of(by_name[name])
            for properties in _properties(part):
                for key, field in properties.items():
                    if key in notes:
                        field.setdefault("description", notes[key])


def _properties(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if isinstance(schema.get("properties"), dict):
        yield schema["properties"]
    for word in ("anyOf", "oneOf", "allOf"):
        for branch in schema.get(word, ()):
            yield from _properties(branch)


def _is_note(field: ast.stmt, text: ast.stmt) -> bool:
    return isinstance(field, ast.AnnAssign) and isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant)


def _string(text: ast.stmt) -> str:
    value = text.value.value if isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant) else ""
    return inspect.cleandoc(str(value))
