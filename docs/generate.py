"""Writes what the documents quote from the program: messages, command help, sessions, the picture of the terminal.

python docs/generate.py          writes them
python docs/generate.py --check  says which are out of date, and exits with 1 if any is
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path

from report_keys import report_json
from rich.console import Console

from xicen_kpi.errors import Severity
from xicen_kpi.plan.load import load_plan
from xicen_kpi.plan.schema import schema_text
from xicen_kpi.read.drop import open_drop
from xicen_kpi.render.table import show
from xicen_kpi.report.assessment import Asked, assess
from xicen_kpi.words.findings import MESSAGES

ROOT = Path(__file__).resolve().parent.parent
COMMANDS = ("", "report", "summary", "explain", "check", "compare", "inspect", "convert", "targets", "history", "init")
SESSIONS = {
    "zh": (("report", "--lang", "zh"), ("explain", "rnd_intensity", "--lang", "zh")),
    "en": (("report", "--lang", "en"), ("explain", "rnd_intensity", "--lang", "en")),
}
LINES = {"report": 19, "explain": 26}
"""How many lines of each the README shows."""

_SEVERITY = {Severity.ERROR: "强制 error", Severity.WARNING: "核实 warning", Severity.NOTE: "提示 note"}


def run(*arguments: str, lang: str = "en") -> str:
    """What a command prints, in a fixed surrounding."""
    around = {**os.environ, "LANG": "zh_CN.UTF-8" if lang == "zh" else "en_GB.UTF-8", "COLUMNS": "100"}
    for name in ("LC_ALL", "LC_MESSAGES", "XICEN_KPI_TARGETS", "FORCE_COLOR"):
        around.pop(name, None)
    done = subprocess.run(
        [sys.executable, "-m", "xicen_kpi", *arguments], cwd=ROOT, env=around, capture_output=True, check=True
    )
    return done.stdout.decode()


def messages() -> str:
    """docs/messages.md: every slug with its cause and cure."""
    lines = [
        "# Messages",
        "",
        "Every finding by its slug: how bad it is, what it says, what to do. `{…}` stands for values of the case.",
        "",
    ]
    for slug in sorted(MESSAGES):
        one = MESSAGES[slug]
        lines += [f"## {slug}", "", f"{_SEVERITY[one.severity]}", ""]
        lines += [f"- {one.zh} → {one.hint_zh}", f"- {one.en} → {one.hint_en}", ""]
    return "\n".join(lines)


def commands() -> str:
    """docs/cli.md: the help of every command, in both languages."""
    known = run("--help")
    lines = ["# Commands", "", "Written from the program's own help.", ""]
    for command in COMMANDS:
        if command and not re.search(rf"^\s+{command}\b", known, re.MULTILINE):
            continue
        words = [*([command] if command else []), "--help"]
        lines += [f"## xicen-kpi {command}".rstrip(), "", "```text", run(*words).rstrip(), "```", ""]
        lines += ["```text", run(*words, lang="zh").rstrip(), "```", ""]
    return "\n".join(lines)


def session(lang: str) -> str:
    """A real session for the README."""
    lines = ["```console"]
    for words in SESSIONS[lang]:
        printed = run(*words, lang=lang).splitlines()
        shown = LINES[words[0]]
        lines += [f"$ xicen-kpi {' '.join(words)}", *printed[:shown]]
        if len(printed) > shown:
            lines.append("…")
    return "\n".join([*lines, "```"])


def readme() -> str:
    """README.md with its sessions renewed."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for lang in SESSIONS:
        start, end = f"<!-- session: {lang} -->\n", "<!-- end -->"
        before, _, rest = text.partition(start)
        text = f"{before}{start}{session(lang)}\n{end}{rest.partition(end)[2]}"
    return text


def picture() -> str:
    """docs/images/report.svg: the terminal, without any font from the network."""
    loaded = load_plan(ROOT / "targets.yaml")
    drop = open_drop(ROOT / "sample_data", loaded.plan.sources)
    report = assess(loaded.plan, drop, Asked(), sha256=loaded.sha256).report
    console = Console(record=True, width=132, force_terminal=True, color_system="truecolor", file=StringIO())
    show(report, "zh", console)
    svg = console.export_svg(title="xicen-kpi report", unique_id="report")
    return re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)


PAGES = {
    "docs/report-json.md": report_json,
    "docs/messages.md": messages,
    "docs/cli.md": commands,
    "README.md": readme,
    "targets.schema.json": schema_text,
    "docs/images/report.svg": picture,
}


def outdated() -> list[str]:
    """Pages that no longer say what the program says."""
    return [
        name
        for name, make in PAGES.items()
        if not (ROOT / name).exists() or (ROOT / name).read_text(encoding="utf-8") != make()
    ]


def main() -> int:
    """Writes the pages, or says which are out of date."""
    if "--check" in sys.argv:
        stale = outdated()
        sys.stderr.write("".join(f"out of date: {name}; run python docs/generate.py\n" for name in stale))
        return 1 if stale else 0
    for name, make in PAGES.items():
        path = ROOT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(make(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
