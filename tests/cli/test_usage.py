"""Help, usage errors and completion, in Chinese and in English by the locale."""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata
from typing import TYPE_CHECKING

import pytest
import typer
from typer.main import get_command

from xicen_kpi.cli.app import app

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from xicen_kpi.plan.load import LoadedPlan

    Cli = Callable[..., subprocess.CompletedProcess[bytes]]


ZH, EN = {"LANG": "zh_CN.UTF-8"}, {"LANG": "en_GB.UTF-8"}
COMMANDS = sorted(get_command(app).commands)  # type: ignore[attr-defined]
CHINESE = re.compile(r"[\u4e00-\u9fff]")
OF_THE_PARSER = ("Usage", "Options", "Arguments", "Commands", "Show this", "Install completion", "required", "OPTIONS")


def cells(line: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(char) in "WF") for char in line)


# -- help


@pytest.mark.parametrize("command", ["", *COMMANDS])
@pytest.mark.parametrize("columns", [60, 80, 110])
def test_help_in_chinese(cli: Cli, command: str, columns: int) -> None:
    done = cli(*filter(None, [command]), "--help", env=ZH | {"COLUMNS": str(columns)})
    assert (done.returncode, done.stderr) == (0, b"")
    page = done.stdout.decode()
    assert page.startswith(f"用法：xicen-kpi {command}".rstrip())
    assert not [word for word in OF_THE_PARSER if word in page]
    assert max(map(cells, page.splitlines())) <= columns, "a 汉字 takes two cells"


@pytest.mark.parametrize("command", ["", *COMMANDS])
@pytest.mark.parametrize("env", [EN, {"LANG": "C"}, {}, {"LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"}])
def test_help_in_english(cli: Cli, command: str, env: Mapping[str, str]) -> None:
    page = cli(*filter(None, [command]), "-h", env={**env, "COLUMNS": "80"}).stdout.decode()
    assert page.startswith(f"Usage: xicen-kpi {command}".rstrip())
    assert not CHINESE.search(page)
    assert max(map(len, page.splitlines())) <= 80
    assert not re.search(r"[a-z,]\.\.\.", page), "no description is cut"


def test_help_is_plain(cli: Cli) -> None:
    page = cli("--help", env={"FORCE_COLOR": "1"}).stdout.decode()
    assert "\x1b" not in page
    assert not re.search(r"[│╭╰─]", page), "no boxes"


def test_every_option_says_what_it_does() -> None:
    context = typer.Context(get_command(app))
    for name in COMMANDS:
        command = get_command(app).commands[name]  # type: ignore[attr-defined]
        assert command.help
        silent = [one.name for one in command.get_params(context) if not (getattr(one, "help", None) or "").strip()]
        assert silent == [], name


def test_without_a_command_the_help_is_shown(cli: Cli) -> None:
    done = cli(env=ZH)
    assert done.returncode == 2
    assert done.stderr.decode().startswith("用法：")


# -- usage errors

WRONG = [
    (("reprot",), "没有命令 reprot，是不是 report？", "No such command 'reprot'. Did you mean 'report'?", ""),
    (("nonsense",), "没有命令 nonsense", "No such command 'nonsense'.", ""),
    (("report", "--as-off", "1"), "没有选项 --as-off", "No such option: --as-off", " report"),
    (("report", "--as-of"), "选项 --as-of 后面要有值", "Option '--as-of' requires an argument.", ""),
    (("report", "a", "b"), "多余的参数 b", "Got unexpected extra argument(s) (b)", " report"),
    (("report", "--quiet=1"), "选项 --quiet 不带值", "Option '--quiet' does not take a value.", ""),
    (("explain",), "缺少参数 ID", "Missing argument 'ID'.", " explain"),
    (("summary", "--width", "wide"), "--width 的值应为整数", "Invalid value for '--width'", " summary"),
]


@pytest.mark.parametrize(("arguments", "zh", "en", "command"), WRONG, ids=lambda value: str(value)[:20])
def test_usage_errors_in_both_languages(
    cli: Cli, arguments: Sequence[str | Path], zh: str, en: str, command: str
) -> None:
    for env, wanted in (
        (ZH, (f"强制: 用法错误：{zh}", f"用 xicen-kpi{command} --help")),
        (EN, (en, f"xicen-kpi{command} --help")),
    ):
        done = cli(*arguments, env=env)
        assert (done.returncode, done.stdout) == (2, b"")
        told = done.stderr.decode()
        assert len(told.splitlines()) == 2, "what is wrong, and what to do"
        for text in wanted:
            assert text in told
    assert not re.search(r"[A-Za-z]{4,} [a-z]+ ", cli(*arguments, env=ZH).stderr.decode()), "no English sentence"


def test_lang_decides_for_errors_too(cli: Cli) -> None:
    assert "找不到计划文件" in cli("report", "--lang", "zh", env=EN).stderr.decode()
    assert "no such plan file" in cli("report", "--lang=en", env=ZH).stderr.decode()


def test_the_systems_own_reasons_are_chinese(cli: Cli, targets: Path, sample_data: Path, tmp_path: Path) -> None:
    asked = ("report", sample_data, "-t", targets, "-o")
    told = {name: cli(*asked, tmp_path / name / "r.txt", env=ZH).stderr.decode() for name in ("nowhere", "file")}
    assert "文件或文件夹不存在" in told["nowhere"]
    (tmp_path / "file").touch()
    assert "路径中间有一段不是文件夹" in cli(*asked, tmp_path / "file" / "r.txt", env=ZH).stderr.decode()


# -- completion


def completed(targets: Path, words: str) -> list[str]:
    around = {
        "_XICEN_KPI_COMPLETE": "complete_bash",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split(" ")) - 1),
        "XICEN_KPI_TARGETS": str(targets),
        "PATH": "",
    }
    done = subprocess.run([sys.executable, "-m", "xicen_kpi"], env=around, capture_output=True, check=False, timeout=60)
    return done.stdout.decode().split()


def test_the_shell_completes_ids_of_the_plans_indicators(targets: Path, loaded: LoadedPlan) -> None:
    assert completed(targets, "xicen-kpi explain ") == list(loaded.plan.indicators)
    assert completed(targets, "xicen-kpi explain ind") == ["industrial_output"]


def test_completion_is_silent_without_a_plan(tmp_path: Path) -> None:
    assert completed(tmp_path / "nowhere.yaml", "xicen-kpi explain ") == []


def test_the_shell_completes_commands(targets: Path) -> None:
    assert {"report", "explain", "targets"} <= set(completed(targets, "xicen-kpi "))
