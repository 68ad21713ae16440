"""YAML text to plain data that knows where each piece stands, without YAML's traps.

Only the scalars that look like what they are become numbers, true, false or nothing; all others stay text, and those
that another YAML reader would turn into something else are reported. Aliases, tags, duplicate keys and deep nesting
are refused, so that what a person reads is what the program reads.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import yaml

from xicen_kpi.errors import Location
from xicen_kpi.plan.yaml_syntax import syntax_findings
from xicen_kpi.words.findings import finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xicen_kpi.errors import Finding

NO_KEY = "\0"
"""Stands for a key that is a mapping or a list."""

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DEEPEST = 40
"""Levels of nesting: the plan's models need about twelve."""
LONGEST_NUMBER = 15
"""Digits that a float still holds exactly; longer ones are codes."""

Path = tuple[str | int, ...]

_WORDS = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
}
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)\Z")
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]*)\.[0-9]+\Z")
# What YAML 1.1 or a careless reader takes for a truth value, an octal, a time in base sixty, a number with an exponent.
_TRAP = re.compile(
    r"(?i:y|n|yes|no|on|off)\Z|[-+]?0[0-9]+\Z|[-+]?0(?i:[xob][0-9a-f_]+)\Z|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+\Z"
    r"|[-+]?[0-9][0-9_,]*(\.[0-9_]*)?([eE][-+]?[0-9]+)?\Z|[-+]?\.[0-9]+\Z|[-+]?(?i:\.inf|\.nan)\Z"
)
_LONGEST_WORD, _NUMERIC = 3, frozenset("+-.0123456789")
"""Characters of the longest word among them, and those with which all others begin: most texts are neither."""


class Mark(NamedTuple):
    """A place in the text, both from 1."""

    line: int
    column: int


class Node(NamedTuple):
    """Where a mapping or list stands, and where its parts stand.

    Attributes:
        mark: Its first character.
        keys: Of a mapping: where each key stands.
        parts: Where what is below stands, by key or position; of a value without parts, no more than its mark.
    """

    mark: Mark
    keys: dict[str | int, Mark]
    parts: dict[str | int, Node | Mark]


class Tree(NamedTuple):
    """A YAML document: its data, and the place of every piece of it.

    Attributes:
        file: The file's name, as findings show it.
        data: Mappings, lists, texts, numbers, true, false, None.
        root: Places.
        findings: What was wrong with the YAML.
    """

    file: str
    data: object
    root: Node | Mark | None
    findings: tuple[Finding, ...] = ()

    def path(self, loc: Sequence[str | int]) -> Path:
        """The part of a path that stands in the document."""
        return path_in(self.data, loc)

    def where(self, path: Path) -> Location:
        """Line and column of a value; of its key, where the value has parts of its own."""
        return Location(self.file, *self._mark(path, key=False), field=dotted(path) or None)

    def where_key(self, path: Path) -> Location:
        """Line and column of a key."""
        return Location(self.file, *self._mark(path, key=True), field=dotted(path) or None)

    def _mark(self, path: Path, *, key: bool) -> Mark:
        node, mark = self.root, Mark(1, 1)
        for part in path:
            if not isinstance(node, Node) or part not in node.parts:
                break
            above, node = node, node.parts[part]
            own = node.mark if isinstance(node, Node) else node
            simple = not key and not (isinstance(node, Node) and node.parts)
            mark = own if simple else above.keys.get(part, own)
        return mark


def dotted(path: Path) -> str:
    """A path as people write it: indicators.rnd_intensity.target.by, with positions in brackets from 1."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}"
    return text.removeprefix(".")


def path_in(data: object, loc: Sequence[str | int]) -> Path:
    """The way down into mappings and lists along a path; parts that are not there are passed over."""
    path: Path = ()
    for part in loc:
        parts = dict(enumerate(data)) if isinstance(data, list) else data
        if isinstance(parts, dict) and part in parts:
            path, data = (*path, part), parts[part]
    return path


def parse(text: str, file: str) -> Tree:
    """Reads YAML text.

    Args:
        text: The whole text.
        file: Name that findings show.

    Returns:
        The tree; its data is None where the text is no YAML or is nested too deep, and its findings say why.
    """
    builder = _Builder(file)
    try:
        for event in yaml.parse(text, Loader=LOADER):
            if not builder.take(event):
                break
    except yaml.YAMLError as error:
        return Tree(file, None, None, tuple(syntax_findings(error, text, file)))
    return Tree(file, builder.data, builder.root, tuple(builder.findings))


class _Open(NamedTuple):
    """A mapping or list whose end has not come yet."""

    data: dict[str, object] | list[object]
    node: Node
    path: Path
    flow: bool


def _mark(event: yaml.Event) -> Mark:
    start = event.start_mark
    return Mark(1, 1) if start is None else Mark(start.line + 1, start.column + 1)


class _Builder:
    """Puts the events of one document together."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.findings: list[Finding] = []
        self.data: object = None
        self.root: Node | Mark | None = None
        self.open: list[_Open] = []
        self.key: list[tuple[str, Mark] | None] = []
        self.documents = 0

    def take(self, event: yaml.Event) -> bool:
        """Takes one event; False to stop."""
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event, _mark(event))
        elif isinstance(event, yaml.CollectionEndEvent):
            self.open.pop()
            self.key.pop()
        elif isinstance(event, yaml.CollectionStartEvent):
            return self._start({} if isinstance(event, yaml.MappingStartEvent) else [], event, _mark(event))
        elif isinstance(event, yaml.AliasEvent):
            mark = _mark(event)
            self._report("yaml-alias", mark, name=event.anchor)
            self._put(None, mark)
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self._report("yaml-documents", _mark(event))
                return False
        return True

    def _start(self, data: dict[str, object] | list[object], event: yaml.CollectionStartEvent, mark: Mark) -> bool:
        if event.anchor is not None:
            self._report("yaml-anchor", mark, name=event.anchor)
        node, path = Node(mark, {}, {}), self._path()
        self._put(data, node)
        self.open.append(_Open(data, node, path, bool(event.flow_style)))
        self.key.append(None)
        if len(self.open) > DEEPEST:
            self._report("yaml-too-deep", mark, deepest=DEEPEST)
            self.data = None
            return False
        return True

    def _scalar(self, event: yaml.ScalarEvent, mark: Mark) -> None:
        if event.anchor is not None:
            self._report("yaml-anchor", mark, name=event.anchor)
        if self.open and self.key[-1] is None and isinstance(self.open[-1].data, dict):
            self.key[-1] = (event.value, mark)
            return
        value: object = event.value
        if event.tag is not None:
            self._report("yaml-tag", mark, tag=event.tag)
        elif event.implicit[0]:
            value = self._plain(event.value, mark)
        self._put(value, mark)

    def _plain(self, text: str, mark: Mark) -> object:
        """The value of a scalar without quotes."""
        if text in _WORDS:
            return _WORDS[text]
        if len(text) > _LONGEST_WORD and text[0] not in _NUMERIC:
            return text
        if _INTEGER.match(text) and len(text.lstrip("+-")) <= LONGEST_NUMBER:
            return int(text)
        if _DECIMAL.match(text):
            return float(text)
        if _TRAP.match(text):
            self._report("yaml-trap", mark, value=text)
        return text

    def _put(self, value: object, node: Node | Mark) -> None:
        """Puts a value where it belongs: behind its key, at the end of its list, or at the top."""
        if not self.open:
            self.data, self.root = value, node
            return
        data, above, _, _ = self.open[-1]
        if isinstance(data, list):
            above.parts[len(data)] = node
            data.append(value)
            return
        if self.key[-1] is None:
            mark = node.mark if isinstance(node, Node) else node
            self._report("yaml-key", mark)
            self.key[-1] = (NO_KEY, mark)
            return
        self._put_behind(self.key[-1], value, node)
        self.key[-1] = None

    def _put_behind(self, pending: tuple[str, Mark], value: object, node: Node | Mark) -> None:
        (key, mark), (data, above, _, flow) = pending, self.open[-1]
        if key in data:
            self._report("duplicate-yaml-key", mark, key=key, first=above.keys[key].line)
        elif key != NO_KEY and isinstance(data, dict):
            data[key], above.keys[key], above.parts[key] = value, mark, node
            if value is None and isinstance(node, Mark):
                # In brackets, `{en: by code, each once}` makes a second key of the words behind the comma.
                split = flow and node.column == mark.column + len(key)
                self._report("yaml-text-split" if split else "value-empty", mark, key=key)

    def _report(self, slug: str, mark: Mark, **parameters: object) -> None:
        where = Location(self.file, *mark, field=dotted(self._path()) or None)
        self.findings.append(finding(slug, where, **parameters))

    def _path(self) -> Path:
        """The path of the value that comes next."""
        if not self.open:
            return ()
        data, _, path, _ = self.open[-1]
        if isinstance(data, list):
            return (*path, len(data))
        key = self.key[-1]
        return path if key is None else (*path, key[0])
