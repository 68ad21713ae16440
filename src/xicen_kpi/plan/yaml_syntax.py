"""What the YAML parser says of broken text, in the words of a person who writes plans."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from xicen_kpi.errors import Location
from xicen_kpi.words.findings import finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xicen_kpi.errors import Finding

_FULL_WIDTH_COLON = re.compile(r"^\s*(?:-\s+)*[\w.\-]+\s*(：)")
_FULL_WIDTH_COMMA = re.compile(r"^[^#]*[\[{][^#]*?[\"'\w]\s*(，)\s*[\"'\w]")
_CONTROL = "[^\\t\\n\\r -~\\x85\\xa0-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]"
"""Compiled only where it is needed: so wide a set takes milliseconds, and plans are seldom broken in this way."""
_TAB = re.compile(r"^ *(\t)")

# A piece of the parser's own sentence, and the slug that explains it.
_PROBLEMS = (
    ("found unexpected end of stream", "yaml-quote-open"),
    ("did not find expected node content", "yaml-bracket-open"),
    ("did not find expected ',' or ']'", "yaml-bracket-open"),
    ("did not find expected ',' or '}'", "yaml-bracket-open"),
    ("mapping values are not allowed", "yaml-colon"),
    ("could not find expected ':'", "yaml-colon"),
    ("did not find expected key", "yaml-indentation"),
    ("did not find expected '-' indicator", "yaml-indentation"),
    ("found character that cannot start any token", "yaml-character"),
)


def syntax_findings(error: yaml.YAMLError, text: str, file: str) -> Iterator[Finding]:
    """What is wrong with text that is no YAML: every mark that only looks right, else the parser's own complaint.

    Args:
        error: What the parser raised.
        text: The whole text.
        file: Name that findings show.
    """
    lookalikes = list(_lookalikes(text, file))
    yield from lookalikes
    if lookalikes:
        return
    if not isinstance(error, yaml.MarkedYAMLError):
        for found in re.finditer(_CONTROL, text):
            line, start = text.count("\n", 0, found.start()) + 1, text.rfind("\n", 0, found.start()) + 1
            where = Location(file, line, found.start() - start + 1)
            yield finding("yaml-character", where, character=f"U+{ord(found[0]):04X}")
        return
    yield _complaint(error, text, file)


def _lookalikes(text: str, file: str) -> Iterator[Finding]:
    """Full-width colons and commas where YAML wants its own, and tabs in the indentation."""
    patterns = (
        ("yaml-full-width-colon", _FULL_WIDTH_COLON),
        ("yaml-full-width-comma", _FULL_WIDTH_COMMA),
        ("yaml-tab", _TAB),
    )
    for number, line in enumerate(text.splitlines(), start=1):
        for slug, pattern in patterns:
            if matched := pattern.match(line):
                yield finding(slug, Location(file, number, matched.start(1) + 1), line=line.strip())


def _complaint(error: yaml.MarkedYAMLError, text: str, file: str) -> Finding:
    slug = next((slug for piece, slug in _PROBLEMS if piece in (error.problem or "")), "yaml-invalid")
    opened = slug in ("yaml-quote-open", "yaml-bracket-open")
    mark = (error.context_mark if opened else None) or error.problem_mark
    lines = text.split("\n")
    # Where the text ends too early, the parser points behind its end.
    last = max((number for number, line in enumerate(lines) if line.strip()), default=0)
    number, column = (0, 0) if mark is None else (mark.line, mark.column)
    number, column = (number, column) if number <= last else (last, 0)
    where = Location(file, number + 1, column + 1)
    return finding(slug, where, character=lines[number][column : column + 1], line=lines[number].strip())
