"""The documents say what the program does: pages are up to date, nothing is left out, what they show runs."""

from __future__ import annotations

import importlib
import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from xicen_kpi.cli.app import app
from xicen_kpi.errors import ExitCode
from xicen_kpi.words.findings import MESSAGES
from xicen_kpi.words.reasons import REASONS

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = ("README.md", "CHANGELOG.md", *(f"docs/{path.name}" for path in sorted(DOCS.glob("*.md"))))
COMMANDS: dict[str, Any] = get_command(app).commands  # type: ignore[attr-defined]

if str(DOCS) not in sys.path:
    sys.path.insert(0, str(DOCS))


@cache
def script(name: str) -> Any:
    return importlib.import_module(name)


@cache
def text(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


# -- up to date


@pytest.mark.parametrize(
    "page",
    ["README.md", "docs/cli.md", "docs/messages.md", "docs/report-json.md", "docs/images/report.svg"],
)
def test_a_page_made_by_the_program_is_up_to_date(page: str) -> None:
    make = script("generate").PAGES[page]
    assert text(page) == make(), "run python docs/generate.py"


def test_no_generated_page_is_forgotten_here() -> None:
    assert set(script("generate").PAGES) >= {"README.md", "docs/cli.md", "docs/messages.md", "docs/report-json.md"}
    assert [name for name in script("generate").PAGES if not (ROOT / name).is_file()] == []


# -- complete


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_and_option_is_documented(command: str) -> None:
    page = text("docs/cli.md").partition(f"## xicen-kpi {command}\n")[2].partition("\n## ")[0]
    assert page.count("```text") == 2, "the help in both languages"
    options = [name for one in COMMANDS[command].params for name in one.opts if name.startswith("--")]
    assert options
    assert [name for name in (*options, "--help") if name not in page] == []
    assert f"`xicen-kpi {command}" in text("README.md"), "in the table of the README"


def test_the_readme_names_no_command_or_option_that_is_not_there() -> None:
    readme = text("README.md")
    named = set(re.findall(r"xicen-kpi ([a-z]+)(?=[ \n`])", readme)) - {"xicen"}
    assert named <= COMMANDS.keys() | {"init"}
    known = {name for one in COMMANDS.values() for option in one.params for name in option.opts}
    used = set(re.findall(r"(?<![\w-])(--[a-z][a-z-]+)", re.sub(r"(?m)^.*(?:pip|docs/generate).*$", "", readme)))
    assert used - known == set()


@pytest.mark.parametrize("code", list(ExitCode))
def test_every_exit_code_is_documented(code: ExitCode) -> None:
    assert re.search(rf"(?m)^\| {int(code)} \| \S", text("README.md"))
    for env_page in re.findall(r"(?s)## xicen-kpi\n.*?\n## ", text("docs/cli.md")):
        assert re.search(rf"(?<!\d){int(code)} \S", env_page)


def test_the_readme_has_no_exit_code_that_does_not_exist() -> None:
    table = text("README.md").partition("| exit code |")[2].partition("\n\n")[0]
    assert [int(one) for one in re.findall(r"(?m)^\| (\d+) \|", table)] == [int(one) for one in ExitCode]


def test_every_message_has_its_heading_and_no_other() -> None:
    assert re.findall(r"(?m)^## (\S+)$", text("docs/messages.md")) == sorted(MESSAGES)


def test_every_key_of_the_report_is_documented_and_no_other() -> None:
    known = script("report_keys")
    keys = [key for key, _ in known.keys()]  # noqa: SIM118 -- a function, not a dictionary
    assert sorted(set(keys) ^ known.meanings().keys()) == [], "docs/report_keys.txt"
    for unit, meaning, absent in known.meanings().values():
        assert meaning.endswith("."), meaning
        assert "|" not in unit + meaning + absent
    documented = re.findall(r"(?m)^\| `([a-z_\[\].0-9]+)` \|", text("docs/report-json.md").partition("## Reason")[0])
    assert documented == keys


def test_the_keys_are_those_of_a_real_report() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "xicen_kpi", "report", "--format", "json"], cwd=ROOT, capture_output=True, check=True
    )
    documented = set(script("report_keys").meanings())
    free = {"set_aside", "reasons", "effect", "cuts", "name", "title", "label", "scope", "assumptions[]"}

    def walk(value: Any, path: str) -> None:
        if isinstance(value, list):
            for one in value:
                walk(one, f"{path}[]")
        elif isinstance(value, dict) and path.rpartition(".")[2] not in free and not path.startswith("summary."):
            for key, one in value.items():
                name = f"{path}.{key}" if path else key
                assert name in documented, name
                walk(one, name)

    walk(json.loads(done.stdout), "")


def test_every_reason_code_is_documented() -> None:
    page = text("docs/report-json.md").partition("## Reason codes")[2]
    assert re.findall(r"(?m)^\| `(\w+)` \|", page) == sorted(REASONS)


# -- what they show runs


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"(?ms)^```{language}\n(.*?)^```", text(page))


def test_the_snippet_of_the_readme_runs() -> None:
    (code,) = blocks("README.md", "python")
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    lines = done.stdout.decode().splitlines()
    assert lines[0].startswith("innovation_platforms 3.0 个 achieved")
    assert len(lines) >= 7


def test_the_sessions_of_the_readme_hold_what_the_program_prints() -> None:
    sessions = blocks("README.md", "console")
    assert len(sessions) == 2, "one in each language"
    for session in sessions:
        asked = re.findall(r"(?m)^\$ xicen-kpi (.+)$", session)
        assert len(asked) >= 2
        for words in asked:
            assert words.split()[0] in COMMANDS


def test_the_commands_of_the_readme_start_the_program() -> None:
    for block in blocks("README.md", "sh"):
        for line in block.splitlines():
            words = line.split("#")[0].split()
            if words[:1] == ["xicen-kpi"]:
                assert words[1] in COMMANDS, line


# -- links


def anchors(page: Path) -> set[str]:
    heads = re.findall(r"(?m)^#+ (.+)$", page.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES)
def test_every_link_resolves(page: str) -> None:
    broken = []
    for link in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"(?s)```.*?```", "", text(page))):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = (ROOT / page).parent / name if name else ROOT / page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


@pytest.mark.parametrize("page", sorted(path.name for path in DOCS.glob("*.md")))
def test_every_page_is_linked_from_somewhere(page: str) -> None:
    assert [other for other in PAGES if other != f"docs/{page}" and f"{page}" in text(other)], page
