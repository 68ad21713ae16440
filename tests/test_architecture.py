"""The law of the house, read off the source with `ast`: who imports whom, what is forbidden, how long is too long."""

from __future__ import annotations

import ast
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

import pytest

from xicen_kpi.analysis.reasons import Reason
from xicen_kpi.analysis.verdict import Flag, Status
from xicen_kpi.words.findings import MESSAGES
from xicen_kpi.words.labels import LABELS
from xicen_kpi.words.reasons import REASONS
from xicen_kpi.words.remarks import REMARKS

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
SRC = ROOT / "src" / "xicen_kpi"
PACKAGE = "xicen_kpi"

ORDER = ("errors", "words", "plan", "read", "engine", "analysis", "checks", "report", "render", "cli")
"""Each package imports only those before it."""
ROOF = len(ORDER)
"""`__main__` may import everything; the version in `__init__` may be read by everyone."""
GROUND = -1

LONGEST_MODULE, LONGEST_FUNCTION, USUAL_FUNCTION, USUAL_SHARE = 350, 60, 25, 0.9

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One file of the source."""

    path: Path
    tree: ast.Module
    lines: int

    @property
    def parts(self) -> tuple[str, ...]:
        relative = self.path.relative_to(SRC).with_suffix("").parts
        return relative[:-1] if relative[-1] == "__init__" else relative

    @property
    def name(self) -> str:
        return ".".join((PACKAGE, *self.parts))

    @property
    def package(self) -> str:
        """errors, words, ...; '' for `__init__`, `__main__` for itself."""
        return self.parts[0] if self.parts else ""


@cache
def modules() -> tuple[Module, ...]:
    found = []
    for path in sorted(SRC.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        found.append(Module(path, ast.parse(text), text.count("\n")))
    return tuple(found)


def by_name() -> dict[str, Module]:
    return {one.name: one for one in modules()}


def rank(package: str) -> int:
    if package == "":
        return GROUND
    return ROOF if package == "__main__" else ORDER.index(package)


def imports(tree: ast.AST) -> Iterator[tuple[str, str | None, int]]:
    """Every import: module, the name taken from it, line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, None, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"relative import in line {node.lineno}"
            yield from ((node.module or "", alias.name, node.lineno) for alias in node.names)


def own_imports(module: Module) -> Iterator[tuple[str, str | None, int]]:
    """Imports of our own modules, `from xicen_kpi.words import read` as the module that it is."""
    for target, name, line in imports(module.tree):
        if target == PACKAGE or target.startswith(f"{PACKAGE}."):
            whole = f"{target}.{name}"
            yield (whole, None, line) if whole in by_name() else (target, name, line)


def functions(module: Module) -> Iterator[Function]:
    yield from (node for node in ast.walk(module.tree) if isinstance(node, Function))


def body_lines(function: Function) -> int:
    """Lines of the body without the docstring."""
    body = function.body
    if ast.get_docstring(function) is not None:
        body = body[1:]
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def public(name: str) -> bool:
    return not name.startswith("_")


def strings(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def beginnings(tree: ast.AST) -> Iterator[str]:
    """Constant fronts of f-strings: f"code-{fault}" may be any word that begins so."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and len(node.values) == 2 and isinstance(node.values[0], ast.Constant):
            front = str(node.values[0].value)
            if front.endswith("-"):
                yield front


# -- layers


def test_every_package_has_its_place_in_the_order() -> None:
    assert {one.package for one in modules()} - {"", "__main__"} == set(ORDER)


def test_each_package_imports_only_packages_before_it() -> None:
    against = []
    for module in modules():
        for target, _, line in own_imports(module):
            other = target.removeprefix(PACKAGE).lstrip(".").partition(".")[0]
            if other != module.package and rank(other) >= rank(module.package):
                against.append(f"{module.name}:{line} imports {target}")
    assert not against, "\n".join(against)


def test_no_module_imports_itself_by_a_detour() -> None:
    edges = {one.name: {target for target, _, _ in own_imports(one) if target != one.name} for one in modules()}
    done: set[str] = set()
    path: list[str] = []

    def visit(name: str) -> None:
        assert name not in path, " -> ".join([*path[path.index(name) :], name])
        if name in done:
            return
        path.append(name)
        for target in sorted(edges.get(name, ())):
            visit(target)
        path.pop()
        done.add(name)

    for name in edges:
        visit(name)


def test_no_private_module_or_name_of_another_package_is_imported() -> None:
    against = [
        f"{module.name}:{line} takes {target}{'.' + name if name else ''}"
        for module in modules()
        for target, name, line in own_imports(module)
        if target.split(".")[1:2] != [module.package]
        and any(part.startswith("_") and not part.startswith("__") for part in (*target.split("."), name or ""))
    ]
    assert not against, "\n".join(against)


def test_no_private_name_of_another_module_is_imported() -> None:
    against = [
        f"{module.name}:{line} takes {target}.{name}"
        for module in modules()
        for target, name, line in own_imports(module)
        if name is not None and name.startswith("_") and not name.startswith("__")
    ]
    assert not against, "\n".join(against)


def test_pandas_and_numpy_stay_in_read_engine_and_checks() -> None:
    against = [
        f"{module.name}:{line} imports {target}"
        for module in modules()
        for target, _, line in imports(module.tree)
        if target.partition(".")[0] in {"pandas", "numpy"} and module.package not in {"read", "engine", "checks"}
    ]
    assert not against, "\n".join(against)


def extras() -> set[str]:
    """Distributions that are optional, as names of modules."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        optional = tomllib.load(file)["project"]["optional-dependencies"]
    modules_of = {"python-docx": "docx", "msoffcrypto-tool": "msoffcrypto", "pyyaml": "yaml"}
    names = {
        "".join(char if char.isalnum() or char in "-_." else " " for char in line).split()[0].lower()
        for group in optional.values()
        for line in group
    }
    return {modules_of.get(name, name.replace("-", "_")) for name in names}


LATE = {
    "plan.shape": {"xicen_kpi.plan.schema"},
    "read.drop": {"xicen_kpi.read.book", "xicen_kpi.read.files", "xicen_kpi.read.stream"},
    "read.files": {"xicen_kpi.read.bulk", "xicen_kpi.read.parquet"},
    "read.html": {"xicen_kpi.read.html_tables"},
    "read.meanwhile": {"fcntl", "xicen_kpi.read.files"},
    "read.mhtml": {"email", "email.errors"},
    "read.sought": {"xicen_kpi.read.pieces"},
    "read.stream": {"xicen_kpi.read.converted", "xicen_kpi.read.parquet"},
    "read.workbook": {"xicen_kpi.read.ole"},
    "report.assessment": {"xicen_kpi.report.history", "xicen_kpi.report.public", "xicen_kpi.report.published"},
}
"""What few runs meet, imported where they do: every run would pay for it. A folder is opened before pandas is there."""


def test_an_import_stands_inside_a_function_only_in_cli_for_an_optional_extra_or_what_few_runs_meet() -> None:
    against = []
    for module in modules():
        if module.package == "cli":
            continue
        allowed = extras() | ({"rich"} if module.package == "render" else set())
        late = LATE.get(".".join(module.parts), set())
        for function in functions(module):
            for target, name, line in imports(function):
                local = target.startswith(f"{PACKAGE}.render") and module.package == "render"
                if target.partition(".")[0] not in allowed and target not in late and not local:
                    against.append(f"{module.name}:{line} imports {target} {name or ''}")
    assert not against, "\n".join(against)


# -- what is forbidden


def calls(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Dotted names that are called, and the last attribute where the front is an expression."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            front, names = node.func, []
            while isinstance(front, ast.Attribute):
                names.append(front.attr)
                front = front.value
            names.append(front.id if isinstance(front, ast.Name) else "")
            yield ".".join(reversed(names)), node.lineno


CLOCKS = ("date.today", "datetime.now", "datetime.utcnow", "datetime.today", "time.time", "time.localtime", "monotonic")


def test_no_clock_no_environment_and_no_print_below_the_command_line() -> None:
    against = []
    for module in modules():
        if rank(module.package) >= rank("cli"):
            continue
        for name, line in calls(module.tree):
            if name in {"print", "input", "os.getenv"} or name.endswith(CLOCKS):
                against.append(f"{module.name}:{line} calls {name}")
        against += [
            f"{module.name}:{node.lineno} looks at the environment"
            for node in ast.walk(module.tree)
            if isinstance(node, ast.Attribute) and node.attr in {"environ", "environb"}
        ]
    assert not against, "\n".join(against)


def test_no_expression_language_anywhere() -> None:
    against = [
        f"{module.name}:{line} calls {name}"
        for module in modules()
        for name, line in calls(module.tree)
        if name in {"eval", "exec", "compile", "__import__"} or name.rpartition(".")[2] in {"eval", "query"}
    ]
    assert not against, "\n".join(against)


def test_no_network() -> None:
    forbidden = {"socket", "http", "urllib", "requests", "httpx", "ssl", "ftplib", "smtplib", "asyncio"}
    against = [
        f"{module.name}:{line} imports {target}"
        for module in modules()
        for target, _, line in imports(module.tree)
        if target.partition(".")[0] in forbidden and not target.startswith("urllib.parse")
    ]
    assert not against, "\n".join(against)


# -- budgets and documentation


def test_no_module_is_too_long() -> None:
    assert [(one.name, one.lines) for one in modules() if one.lines > LONGEST_MODULE] == []


def test_no_function_is_too_long() -> None:
    lengths = {f"{module.name}.{one.name}": body_lines(one) for module in modules() for one in functions(module)}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FUNCTION} == {}
    usual = sum(lines <= USUAL_FUNCTION for lines in lengths.values()) / len(lengths)
    assert usual >= USUAL_SHARE, f"{usual:.1%} of the functions have at most {USUAL_FUNCTION} lines"


def test_everything_public_says_what_it_means() -> None:
    silent = []
    for module in modules():
        if ast.get_docstring(module.tree) is None:
            silent.append(module.name)
        for node in module.tree.body:
            if isinstance(node, ast.ClassDef) and public(node.name):
                silent += [f"{module.name}.{node.name}"] if ast.get_docstring(node) is None else []
                silent += [
                    f"{module.name}.{node.name}.{one.name}"
                    for one in node.body
                    if isinstance(one, Function) and public(one.name) and ast.get_docstring(one) is None
                ]
            elif isinstance(node, Function) and public(node.name) and ast.get_docstring(node) is None:
                silent.append(f"{module.name}.{node.name}")
    assert not silent, "\n".join(silent)


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    drawers = {"utils", "util", "helpers", "helper", "common", "misc", "tools"}
    assert [one.name for one in modules() if drawers & set(one.parts)] == []


def test_public_functions_never_share_a_modules_name() -> None:
    siblings: dict[str, set[str]] = defaultdict(set)
    for module in modules():
        siblings[module.package].add(module.parts[-1] if module.parts else "")
    shared = [
        f"{module.name}.{node.name}"
        for module in modules()
        for node in module.tree.body
        if isinstance(node, Function) and public(node.name) and node.name in siblings[module.package]
    ]
    assert not shared, "\n".join(shared)


# -- every code has words


def given_reasons() -> set[str]:
    """Codes written where a reason is given: `NotObserved(..)`, `_blank(..)`, `reasons.take(..)`, `reasons.given`."""
    found: set[str] = set()
    for module in modules():
        if module.package not in {"analysis", "report"}:
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                places = {
                    "NotObserved": slice(0, 1),
                    "_blank": slice(0, 1),
                    "take": slice(1, 3),
                    "setdefault": slice(1, 2),
                }
                owner = ast.unparse(node.func.value) if isinstance(node.func, ast.Attribute) else "reasons"
                if name in places and (name in {"NotObserved", "_blank"} or "reasons" in owner):
                    found.update(text for one in node.args[places[name]] for text in whole_strings(one))
            elif isinstance(node, ast.Assign | ast.AugAssign) and "reasons.given" in ast.unparse(
                node.targets[0] if isinstance(node, ast.Assign) else node.target
            ):
                values = node.value.values if isinstance(node.value, ast.Dict) else [node.value]
                found.update(text for one in values for text in whole_strings(one))
    return found


def whole_strings(node: ast.expr) -> Iterator[str]:
    """Strings that an expression may come to; not those that it only compares or looks up."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from whole_strings(node.body)
        yield from whole_strings(node.orelse)
    elif isinstance(node, ast.BoolOp):
        for one in node.values:
            yield from whole_strings(one)


def test_every_reason_has_words_in_both_languages() -> None:
    codes = {one.value for one in Reason} | given_reasons()
    assert {"source_missing", "no_last_year", "only_for_ratios", "no_target"} <= codes, (
        "the search itself has gone blind"
    )
    assert not codes - REASONS.keys(), sorted(codes - REASONS.keys())
    assert [code for code, words in REASONS.items() if not all(text.strip() for text in words)] == []


def test_every_flag_and_note_has_a_remark() -> None:
    notes: set[str] = set()
    for module in modules():
        for function in functions(module):
            if module.package == "report" and "notes" in function.name:
                notes |= {
                    key.value
                    for node in ast.walk(function)
                    if isinstance(node, ast.Dict)
                    for key in node.keys
                    if isinstance(key, ast.Constant) and isinstance(key.value, str)
                }
    assert "data_behind" in notes, "the search itself has gone blind"
    assert sorted(({one.value for one in Flag} | notes) - REMARKS.keys()) == []


def test_every_state_kind_and_severity_has_a_label() -> None:
    wanted = {f"status.{one.value}" for one in Status}
    wanted |= {
        f"state.{one}" for one in ("done", "in_progress", "overdue", "not_started", "not_reported", "not_tracked")
    }
    wanted |= {f"kind.{one}" for one in ("quantitative", "milestone", "enumerated", "directional")}
    wanted |= {f"severity.{one}" for one in ("error", "warning", "note")}
    assert sorted(wanted - LABELS.keys()) == []


def test_words_are_given_in_chinese_and_in_english() -> None:
    for name, texts in {**LABELS, **REMARKS, **REASONS}.items():
        assert len(texts) == 2, name
    mixed = [slug for slug, one in MESSAGES.items() if not (chinese(one.zh) and chinese(one.hint_zh))]
    assert mixed == []
    assert [slug for slug, one in MESSAGES.items() if not (one.en.strip() and one.hint_en.strip())] == []


def test_every_finding_that_is_made_has_words() -> None:
    made: set[str] = set()
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"finding", "findings.finding"} and node.args:
                made.update(whole_strings(node.args[0]))
            elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "slug":
                made.update(whole_strings(node.value))
    assert "no-data-read" in made, "the search itself has gone blind"
    assert not made - MESSAGES.keys(), sorted(made - MESSAGES.keys())


def test_every_message_is_used() -> None:
    written = {text for module in modules() if module.package != "words" for text in strings(module.tree)}
    written |= {front + text for module in modules() for front in beginnings(module.tree) for text in written}
    assert not MESSAGES.keys() - written, sorted(MESSAGES.keys() - written)


def chinese(text: str) -> bool:
    return any("\u4e00" <= char <= "\u9fff" for char in text)


@pytest.mark.parametrize("slug", sorted(MESSAGES))
def test_a_sentence_and_its_hint_name_the_same_values_in_both_languages(slug: str) -> None:
    one = MESSAGES[slug]
    assert fields_of(one.zh) | fields_of(one.hint_zh) == fields_of(one.en) | fields_of(one.hint_en)


def fields_of(text: str) -> set[str]:

    return {name for _, name, _, _ in Formatter().parse(text) if name}
