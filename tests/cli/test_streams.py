"""What goes where: the report on stdout or whole into a file, messages on stderr, the same bytes on every machine."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

from xicen_kpi.cli import output
from xicen_kpi.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Cli = Callable[..., subprocess.CompletedProcess[bytes]]


AROUND = (
    {"LANG": "C"},
    {"LC_ALL": "C"},
    {"LANG": "zh_CN.UTF-8"},
    {"LC_ALL": "zh_CN.GB18030"},
    {"PYTHONIOENCODING": "ascii"},
    {"COLUMNS": "40"},
    {"COLUMNS": "300", "LINES": "5"},
    {"NO_COLOR": "1"},
    {"TERM": "dumb"},
    {"TZ": "Asia/Shanghai"},
    {"PYTHONHASHSEED": "7"},
)
ESCAPE = "\x1b["


@pytest.fixture
def asked(targets: Path, sample_data: Path) -> tuple[str | Path, ...]:
    return ("report", sample_data, "-t", targets)


def cells(line: str) -> int:
    """Width at a terminal: wide characters take two cells."""
    return sum(1 + (unicodedata.east_asian_width(char) in "WF") for char in line if not unicodedata.combining(char))


# -- a pipe


@pytest.mark.parametrize("words", [(), ("--format", "json"), ("--format", "markdown"), ("--commitments",)])
def test_the_same_bytes_whatever_is_around(cli: Cli, asked: tuple[str | Path, ...], words: tuple[str, ...]) -> None:
    plain = cli(*asked, *words, env={}).stdout
    assert plain
    assert b"\r" not in plain
    for env in AROUND if not words else AROUND[:4]:
        assert cli(*asked, *words, env=env).stdout == plain, env


def test_what_the_public_sees_does_not_hang_on_the_order_of_a_set(cli: Cli, asked: tuple[str | Path, ...]) -> None:
    public = (*asked, "--audience", "public", "--format", "json")
    assert len({cli(*public, env={"PYTHONHASHSEED": seed}).stdout for seed in "0123"}) == 1


def test_explain_is_the_same_bytes_too(cli: Cli, targets: Path, sample_data: Path) -> None:
    asked = ("explain", "rnd_intensity", sample_data, "-t", targets)
    assert len({cli(*asked, env=env).stdout for env in AROUND[:6]}) == 1


def test_a_pipe_is_plain_and_whole(cli: Cli, asked: tuple[str | Path, ...]) -> None:
    text = cli(*asked, env={"COLUMNS": "40"}).stdout.decode()
    assert ESCAPE not in text
    assert "…" not in text, "nothing is cut"
    assert max(map(cells, text.splitlines())) > 80


def test_colour_can_be_forced(cli: Cli, asked: tuple[str | Path, ...]) -> None:
    forced = cli(*asked, env={"FORCE_COLOR": "1", "COLUMNS": "120"}).stdout.decode()
    assert ESCAPE in forced
    assert "│" in forced, "the bar with its mark"


def test_a_reader_who_leaves_ends_it_quietly(asked: tuple[str | Path, ...]) -> None:
    command = [sys.executable, "-m", "xicen_kpi", *map(str, asked), "--format", "json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(1)
        process.stdout.close()
        assert process.wait(60) == 0
        assert process.stderr.read() == b""


def test_a_closed_pipe_before_anything_is_written(asked: tuple[str | Path, ...]) -> None:
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "xicen_kpi", *map(str, asked)]
    done = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, check=False, timeout=60)
    os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")


# -- a terminal


def at_terminal(arguments: Sequence[str | Path], env: Mapping[str, str]) -> str:
    """What a terminal shows; the program sees one on stdout."""
    ours, theirs = pty.openpty()
    around = {"PATH": os.environ["PATH"], "TERM": "xterm-256color", **env}
    command = [sys.executable, "-m", "xicen_kpi", *map(str, arguments)]
    with subprocess.Popen(command, stdout=theirs, stderr=subprocess.PIPE, env=around) as process:
        os.close(theirs)
        shown = b""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # Linux says so where the other side has closed
                break
            if not piece:
                break
            shown += piece
        process.wait(60)
    os.close(ours)
    return shown.decode().replace("\r\n", "\n")


@pytest.mark.parametrize("columns", [80, 100, 160])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_terminal_gets_a_table_that_fits(asked: tuple[str | Path, ...], columns: int, lang: str) -> None:
    shown = at_terminal([*asked, "--lang", lang], {"COLUMNS": str(columns)})
    assert ESCAPE in shown
    lines = re.sub(r"\x1b\[[0-9;]*m", "", shown).splitlines()
    assert max(map(cells, lines)) <= columns
    for status in {"zh": ("已完成", "滞后"), "en": ("achieved", "off track")}[lang]:
        assert any(status in line for line in lines), "the state in words, not by colour alone"


def test_no_color_is_respected(asked: tuple[str | Path, ...]) -> None:
    shown = at_terminal(asked, {"NO_COLOR": "1", "COLUMNS": "120"})
    colours = re.findall(r"\x1b\[([0-9;]+)m", shown)
    assert not [code for code in colours if re.search(r"(^|;)(3[0-8]|9[0-7])(;|$)", code)]


# -- a file


@pytest.mark.parametrize(
    ("name", "start"), [("r.txt", "张江"), ("r.md", "# 张江"), ("r.json", "{"), ("r.csv", "\ufeffid,"), ("R.JSON", "{")]
)
def test_the_suffix_chooses_the_format(
    cli: Cli, asked: tuple[str | Path, ...], tmp_path: Path, name: str, start: str
) -> None:
    done = cli(*asked, "-o", tmp_path / name)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert (tmp_path / name).read_bytes().decode().startswith(start)


def test_a_format_that_is_named_beats_the_suffix(cli: Cli, asked: tuple[str | Path, ...], tmp_path: Path) -> None:
    assert cli(*asked, "--format", "json", "-o", tmp_path / "report.txt").returncode == 0
    assert json.loads((tmp_path / "report.txt").read_bytes())["format_version"]


def test_a_file_has_the_bytes_of_the_pipe(cli: Cli, asked: tuple[str | Path, ...], tmp_path: Path) -> None:
    cli(*asked, "-o", tmp_path / "r.txt")
    assert (tmp_path / "r.txt").read_bytes() == cli(*asked).stdout


def test_a_file_is_replaced_whole_with_the_usual_rights(
    cli: Cli, asked: tuple[str | Path, ...], tmp_path: Path
) -> None:
    file = tmp_path / "r.txt"
    file.write_text("older and much longer\n" * 100_000, encoding="utf-8")
    assert cli(*asked, "-o", file).returncode == 0
    assert "older" not in file.read_text(encoding="utf-8")
    assert [one.name for one in tmp_path.iterdir()] == ["r.txt"], "nothing temporary is left"
    usual = tmp_path / "usual"
    usual.touch()
    assert file.stat().st_mode == usual.stat().st_mode


@pytest.mark.parametrize("fails", ["os.fsync", "pathlib.Path.replace"])
def test_a_file_is_left_as_it_was_where_writing_fails(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fails: str
) -> None:
    file = tmp_path / "r.txt"
    file.write_bytes(b"before")

    def full(*_: object) -> NoReturn:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(fails, full)
    with pytest.raises(OutputError) as told:
        output.write("after", file)
    assert told.value.findings[0].slug == "output-failed"
    assert told.value.findings[0].parameters["reason"] == "No space left on device"
    assert file.read_bytes() == b"before"
    assert [one.name for one in tmp_path.iterdir()] == ["r.txt"], "nothing temporary is left"


def test_an_unusable_run_leaves_the_file_as_it_was(cli: Cli, targets: Path, tmp_path: Path) -> None:
    file = tmp_path / "r.txt"
    file.write_bytes(b"before")
    (tmp_path / "empty").mkdir()
    assert cli("report", tmp_path / "empty", "-t", targets, "-o", file).returncode == 4
    assert file.read_bytes() == b"before"


# -- options


@pytest.mark.parametrize(("lang", "head"), [("zh", "指标"), ("en", "Indicator")])
def test_lang_chooses_the_language(cli: Cli, asked: tuple[str | Path, ...], lang: str, head: str) -> None:
    assert head in cli(*asked, "--lang", lang).stdout.decode()


def test_the_plan_speaks_unless_told_otherwise(cli: Cli, asked: tuple[str | Path, ...]) -> None:
    assert "指标" in cli(*asked, env={"LANG": "en_GB.UTF-8"}).stdout.decode()


@pytest.mark.parametrize(
    ("as_of", "said"), [("2025-12", "截至 2025年12月"), ("2026-1", "月度报表1月免报"), ("2026-02", "截至 2026年2月")]
)
def test_as_of_asks_for_a_month(cli: Cli, asked: tuple[str | Path, ...], as_of: str, said: str) -> None:
    done = cli(*asked, "--as-of", as_of)
    assert done.returncode == 0
    assert said in done.stdout.decode()


def test_a_month_after_the_data_is_said(cli: Cli, asked: tuple[str | Path, ...]) -> None:
    done = cli(*asked, "--as-of", "2026-12", "--fail-on", "warning")
    assert done.returncode == 1
    assert "[as-of-after-data]" in done.stdout.decode()


def test_quiet_says_nothing_beside_the_output(cli: Cli, tmp_path: Path) -> None:
    loud, quiet = (cli("init", tmp_path / name, *words) for name, words in (("a", ()), ("b", ("-q",))))
    assert loud.stderr
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (0, b"", b"")


def test_the_environment_names_the_plan(cli: Cli, targets: Path, sample_data: Path, tmp_path: Path) -> None:
    found = cli("report", sample_data, env={"XICEN_KPI_TARGETS": str(targets)})
    assert found.returncode == 0
    (tmp_path / "targets.yaml").write_bytes(targets.read_bytes())
    assert cli("report", sample_data).stdout == found.stdout, "else ./targets.yaml"
    given = cli("report", sample_data, "-t", targets, env={"XICEN_KPI_TARGETS": "nowhere.yaml"})
    assert given.stdout == found.stdout, "what is given comes first"
    assert cli("report", sample_data, env={"XICEN_KPI_TARGETS": "nowhere.yaml"}).returncode == 2


def test_the_plan_names_the_data_relative_to_itself(cli: Cli, targets: Path, sample_data: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert cli("report", "-t", targets, cwd=elsewhere).stdout == cli("report", sample_data, "-t", targets).stdout


def test_no_path_of_this_machine_is_in_a_report(cli: Cli, asked: tuple[str | Path, ...], targets: Path) -> None:
    for words in (("--format", "json"), ("--format", "markdown"), ()):
        assert str(Path(targets).parent) not in cli(*asked, *words).stdout.decode()


def test_version(cli: Cli) -> None:
    done = cli("--version")
    assert done.returncode == 0
    assert re.fullmatch(rb"xicen-kpi \d+\.\d+\S*\n", done.stdout)
