"""What each command imports: nothing heavy before it is needed, so that help, mistakes and completion come at once."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

HEAVY = ("docx", "jinja2", "numpy", "openpyxl", "pandas", "python_calamine", "rich.table", "xlsxwriter", "yaml")
PACKAGES = ("plan", "read", "engine", "analysis", "checks", "report")
PROGRAM = """
import os, sys
os.sched_getaffinity = lambda process: {0, 1}
from xicen_kpi.cli import main
main(sys.argv[1:])
sys.stdout = sys.__stderr__
print("\\n" + " ".join(sys.modules))
"""

PLAIN = ""
PLAN = "yaml plan"
DATA = "numpy pandas python_calamine yaml plan read"
# What opens files is imported by the second process that opens them, where one can be forked.
OPENED = DATA.replace("python_calamine ", "") if sys.platform == "linux" else DATA
FIGURES = f"{OPENED} engine analysis report"

# What a command imports. %S: the sample data and its plan, %P: the plan, %D: one file, %T: a folder of the test's own.
COMMANDS = {
    "": PLAIN,
    "--version": PLAIN,
    "--help": PLAIN,
    "report --help": PLAIN,
    "nonsense": PLAIN,
    "report --nonsense": PLAIN,
    "report --as-of 2026-13": PLAN,
    "init %T/new": "plan",
    "history": "plan analysis report",
    "targets -t none.yaml": "yaml plan engine report",
    "targets -t %P": "yaml plan engine report",
    "report -t none.yaml": PLAN,
    "report -t %T/broken.yaml": PLAN,
    "report nowhere -t %P": PLAN,
    "summary -t %T/broken.yaml": PLAN,
    "check -t %T/broken.yaml": PLAN,
    "explain x -t %T/broken.yaml": PLAN,
    "report %S": FIGURES,
    "report %S --format json": FIGURES,
    "report %S -o %T/out.csv": FIGURES,
    "report %S -o %T/out.html": f"{FIGURES} jinja2",
    "report %S -o %T/out.xlsx": f"{FIGURES} xlsxwriter",
    "report %S -o %T/out.docx": f"{FIGURES} docx",
    "explain rnd_intensity %S": FIGURES,
    "summary %S": FIGURES,
    "check %S": f"{DATA} engine analysis checks",
    "inspect %D": DATA,
}


def imported(words: Sequence[str], folder: Path) -> set[str]:
    """Modules that a command has imported when it is done."""
    asked = [sys.executable, "-c", PROGRAM, *words]
    done = subprocess.run(asked, capture_output=True, check=True, cwd=folder, timeout=120)
    return set(done.stderr.decode().splitlines()[-1].split())


@pytest.mark.parametrize(("words", "needed"), COMMANDS.items())
def test_a_command_imports_what_it_needs_and_no_more(
    words: str, needed: str, targets: Path, sample_data: Path, tmp_path: Path
) -> None:
    (tmp_path / "broken.yaml").write_text("plan: 1\nindicators: [", encoding="utf-8")
    file = sample_data / "B204-1_2025年.csv"
    for mark, place in {"%S": f"{sample_data} -t {targets}", "%P": targets, "%T": tmp_path, "%D": file}.items():
        words = words.replace(mark, str(place))
    modules = imported(words.split(), tmp_path)
    found = {name for name in HEAVY if name in modules}
    found |= {name for name in PACKAGES if any(one.startswith(f"xicen_kpi.{name}.") for one in modules)}
    assert found == set(needed.split())


RARE = {
    "html.parser",
    "xicen_kpi.plan.schema",
    "xicen_kpi.read.converted",
    "xicen_kpi.read.files",
    "xicen_kpi.read.parquet",
    "xicen_kpi.read.tables",
    "xicen_kpi.report.history",
    "xicen_kpi.report.public",
}


@pytest.mark.skipif(sys.platform != "linux", reason="only there are files opened by a second process")
def test_a_report_imports_nothing_that_only_few_reports_need(targets: Path, sample_data: Path, tmp_path: Path) -> None:
    assert not RARE & imported(["report", str(sample_data), "-t", str(targets)], tmp_path)
