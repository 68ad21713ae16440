"""`summary` as cron runs it: same bytes anywhere, and with --if-changed only news."""

from __future__ import annotations

import json
import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from reports import Cli


@pytest.fixture
def asked(targets: Path, sample_data: Path) -> Any:
    return ("summary", sample_data, "-t", targets)


def test_the_same_bytes_whatever_the_locale(cli: Cli, asked: Any) -> None:
    runs = [cli(*asked, env=env) for env in ({}, {"LANG": "C"}, {"LC_ALL": "zh_CN.GB18030"}, {"COLUMNS": "40"})]
    assert {one.returncode for one in runs} == {0}
    assert len({one.stdout for one in runs}) == 1
    assert runs[0].stdout.decode().startswith("张江高新区西岑园")
    assert all(one.stderr == b"" for one in runs)


def test_length_and_width(cli: Cli, asked: Any) -> None:
    short, full = (cli(*asked, "--length", length).stdout for length in ("short", "full"))
    assert len(short) < len(full)
    assert cli(*asked, "--length", "long").returncode == 2
    assert cli(*asked, "--width", "12").returncode == 2
    assert len(cli(*asked, "--width", "60").stdout.splitlines()) > len(cli(*asked).stdout.splitlines())


def test_only_news(cli: Cli, asked: Any, tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    first, second = (cli(*asked, "--if-changed", state) for _ in range(2))
    assert (first.returncode, second.returncode) == (0, 0)
    assert first.stdout
    assert second.stdout == b""
    other_language = cli(*asked, "--lang", "en", "--if-changed", state)
    assert other_language.stdout, "the English brief has not been said yet"
    earlier = cli(*asked, "--as-of", "2026-09", "--if-changed", state)
    assert "2026年9月".encode() in earlier.stdout
    assert len(json.loads(state.read_text(encoding="utf-8"))) == 2, "one mark for each language"


def test_news_comes_when_the_data_move(cli: Cli, targets: Path, sample_data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(sample_data, folder, ignore=shutil.ignore_patterns("make", "*.py", ".*", "__pycache__"))
    state = tmp_path / "state.json"
    command = ("summary", folder, "-t", targets, "--if-changed", state)
    assert cli(*command).stdout
    assert cli(*command).stdout == b""
    output = folder / "B204-1_2026年.csv"
    lines = output.read_bytes().splitlines(keepends=True)
    output.write_bytes(b"".join(lines[:-1]))
    assert "应报129家、已报125家".encode() in cli(*command, "--width", "300").stdout


def test_a_state_that_cannot_be_understood_is_news(cli: Cli, asked: Any, tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    for broken in (b"", b"{", b"[1]", b"\xff"):
        state.write_bytes(broken)
        assert cli(*asked, "--if-changed", state).stdout
        assert cli(*asked, "--if-changed", state).stdout == b""


def test_the_state_is_written_last(cli: Cli, asked: Any, tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    failed = cli(*asked, "--if-changed", state, "-o", tmp_path / "nowhere" / "brief.txt")
    assert failed.returncode == 5
    assert not state.exists(), "what could not be written is still news"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_state_that_cannot_be_written_is_told(cli: Cli, asked: Any, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    assert cli(*asked, "--if-changed", closed / "state.json").returncode == 5


def test_a_state_in_a_folder_that_does_not_exist_is_told(cli: Cli, asked: Any, tmp_path: Path) -> None:
    done = cli(*asked, "--if-changed", tmp_path / "nowhere" / "state.json")
    assert done.returncode == 5
    assert b"output-failed" in done.stderr
