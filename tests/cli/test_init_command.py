"""`init`: a working folder, from the source tree and from an installed wheel; nothing is ever overwritten."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

if TYPE_CHECKING:
    from collections.abc import Callable

    Cli = Callable[..., subprocess.CompletedProcess[bytes]]


ROOT = Path(__file__).parents[2]
WRITTEN = ("targets.yaml", "targets.schema.json", "README.md", "crontab.txt", ".github/workflows/xicen-kpi.yml")


@pytest.fixture
def office(cli: Cli, tmp_path: Path) -> Path:
    done = cli("init", tmp_path / "office", "--lang", "zh")
    assert (done.returncode, done.stdout) == (0, b"")
    return tmp_path / "office"


def test_it_has_all_that_a_beginner_needs(office: Path, targets: Path, sample_data: Path) -> None:
    assert {name for name in WRITTEN if (office / name).is_file()} == set(WRITTEN)
    assert (office / "targets.yaml").read_bytes() == targets.read_bytes()
    exports = {one.name: one.read_bytes() for one in sample_data.iterdir() if one.is_file() and one.suffix != ".py"}
    assert {one.name: one.read_bytes() for one in (office / "sample_data").iterdir()} == exports


def test_the_report_runs_there_at_once(cli: Cli, office: Path, targets: Path, sample_data: Path) -> None:
    there = cli("report", cwd=office)
    assert there.returncode == 0
    assert there.stdout == cli("report", sample_data, "-t", targets).stdout


def test_the_editor_finds_the_schema(office: Path) -> None:
    first = (office / "targets.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=targets.schema.json"
    assert json.loads((office / "targets.schema.json").read_bytes())


def test_the_job_and_the_crontab_call_commands_that_exist(cli: Cli, office: Path) -> None:
    job = yaml.safe_load((office / ".github/workflows/xicen-kpi.yml").read_bytes())
    steps = [step["run"] for step in job["jobs"]["check"]["steps"] if "run" in step]
    cron = [
        line.split("&&")[1]
        for line in (office / "crontab.txt").read_text(encoding="utf-8").splitlines()
        if "&&" in line
    ]
    asked = [line.split() for line in (*steps, *cron) if line.split()[0] == "xicen-kpi"]
    assert len(asked) == 4
    for _, *words in asked:
        assert cli(*words[: words.index(">")] if ">" in words else words, cwd=office).returncode in (0, 1), words


def test_its_readme_shows_commands_that_run(cli: Cli, office: Path) -> None:
    text = (office / "README.md").read_text(encoding="utf-8")
    commands = [line.split() for line in text.splitlines() if line.startswith("    xicen-kpi ")]
    assert len(commands) == 4
    for line in commands:
        words = [word for word in line[1:] if word.isascii()]
        assert cli(*words, cwd=office).returncode == 0, words


def test_nothing_is_overwritten(cli: Cli, office: Path) -> None:
    (office / "targets.yaml").write_text("mine", encoding="utf-8")
    (office / "README.md").unlink()
    again = cli("init", office, "--lang", "zh")
    assert again.returncode == 0
    assert (office / "targets.yaml").read_text(encoding="utf-8") == "mine"
    assert (office / "README.md").is_file(), "what was missing is there again"
    told = again.stderr.decode()
    assert "targets.yaml 已存在，保留不动" in told
    assert "已写入1个文件" in told


@pytest.mark.parametrize(("lang", "word"), [("zh", "企业数据依法保密"), ("en", "confidential by law")])
def test_the_readme_speaks_the_language(cli: Cli, tmp_path: Path, lang: str, word: str) -> None:
    cli("init", tmp_path / lang, "--lang", lang, "-q")
    assert word in (tmp_path / lang / "README.md").read_text(encoding="utf-8")


def test_a_place_that_cannot_be_written_is_5(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = cli("init", tmp_path / "file" / "office")
    assert done.returncode == 5
    assert b"[output-failed]" in done.stderr


# -- from an installed wheel


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program of a wheel in an environment of its own, which borrows only the dependencies."""
    folder = tmp_path_factory.mktemp("wheel")
    quiet = ["--quiet", "--disable-pip-version-check", "--retries", "0", "--timeout", "20"]
    pip = [sys.executable, "-m", "pip"]
    built = subprocess.run([*pip, "wheel", *quiet, "--no-deps", "-w", folder, ROOT], capture_output=True, check=False)
    if built.returncode:
        pytest.skip(f"no wheel can be built here, pip says: {built.stderr.decode()[-300:]}")
    (wheel,) = folder.glob("*.whl")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / "venv"], check=True)
    python = folder / "venv" / "bin" / "python"
    place: list[str | Path] = [*pip, "--python", python, "install", *quiet, "--no-deps", "--no-index", wheel]
    subprocess.run(place, check=True, capture_output=True)
    (site,) = (folder / "venv").glob("lib/python*/site-packages")
    (site / "dependencies.pth").write_text(sysconfig.get_paths()["purelib"] + "\n", encoding="utf-8")
    return folder / "venv" / "bin" / "xicen-kpi"


def away_from_here(cwd: Path) -> dict[str, str]:
    """An environment in which no PYTHONPATH leads back to the checkout."""
    return {"PATH": os.environ["PATH"], "HOME": str(cwd)}


def from_wheel(installed: Path, *arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    around = away_from_here(cwd)
    return subprocess.run([installed, *arguments], capture_output=True, cwd=cwd, env=around, check=False, timeout=120)


def test_a_wheel_makes_the_same_folder(installed: Path, tmp_path: Path, office: Path) -> None:
    code = "import xicen_kpi; print(xicen_kpi.__file__)"
    command: list[str | Path] = [installed.parent / "python", "-c", code]
    around = away_from_here(tmp_path)
    where = subprocess.run(command, capture_output=True, check=True, cwd=tmp_path, env=around)
    assert str(installed.parents[1]) in where.stdout.decode(), "it is the wheel that runs, not the checkout"
    assert from_wheel(installed, "init", "there", "--lang", "zh", cwd=tmp_path).returncode == 0
    ours = {one.relative_to(office): one.read_bytes() for one in office.rglob("*") if one.is_file()}
    theirs = {
        one.relative_to(tmp_path / "there"): one.read_bytes()
        for one in (tmp_path / "there").rglob("*")
        if one.is_file()
    }
    assert theirs == ours


def test_a_wheel_reports_what_the_checkout_reports(installed: Path, cli: Cli, tmp_path: Path) -> None:
    assert from_wheel(installed, "init", "office", "-q", cwd=tmp_path).returncode == 0
    reported = from_wheel(installed, "report", cwd=tmp_path / "office")
    assert (reported.returncode, reported.stderr) == (0, b"")
    assert reported.stdout == cli("report", cwd=tmp_path / "office").stdout
