"""`explain ID`: the trail of one figure at the command line, also over files that are not tidy."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from xicen_kpi.plan.load import LoadedPlan

    Cli = Callable[..., subprocess.CompletedProcess[bytes]]


def test_as_text_and_as_data(cli: Cli, targets: Path, sample_data: Path) -> None:
    asked = ("explain", "industrial_output", sample_data, "-t", targets)
    text = cli(*asked)
    assert (text.returncode, text.stderr) == (0, b"")
    assert text.stdout.decode().startswith("规模以上工业总产值  industrial_output  [内部资料]\n")
    data = json.loads(cli(*asked, "--format", "json").stdout)
    assert data["indicator"]["id"] == "industrial_output"
    assert sum(part["value"] for part in data["parts"]) / 100_000 == pytest.approx(data["indicator"]["value"])


def test_the_section_is_that_of_the_report(cli: Cli, targets: Path, sample_data: Path) -> None:
    around = (sample_data, "-t", targets, "--format", "json")
    report = json.loads(cli("report", *around).stdout)
    for name in ("rnd_intensity", "talent_services"):
        section = json.loads(cli("explain", name, *around).stdout)["indicator"]
        assert section == next(one for one in report["indicators"] if one["id"] == name)


def test_every_indicator_can_be_explained_in_january_too(cli: Cli, targets: Path, sample_data: Path) -> None:
    for name in ("industrial_output", "next_gen_it_revenue_share", "new_enterprises"):
        done = cli("explain", name, sample_data, "-t", targets, "--as-of", "2026-01")
        assert done.returncode == 0
    assert (
        "月度报表1月免报"
        in cli("explain", "industrial_output", sample_data, "-t", targets, "--as-of", "2026-01").stdout.decode()
    )


def test_into_a_file_by_its_suffix(cli: Cli, targets: Path, sample_data: Path, tmp_path: Path) -> None:
    asked = ("explain", "rnd_intensity", sample_data, "-t", targets, "-o")
    assert cli(*asked, tmp_path / "r.json").returncode == 0
    assert json.loads((tmp_path / "r.json").read_bytes())["indicator"]["id"] == "rnd_intensity"
    assert cli(*asked, tmp_path / "r.md").returncode == 2, "a trail is text or data"


def test_a_name_that_is_nearly_right(cli: Cli, targets: Path, sample_data: Path) -> None:
    near = cli("explain", "rnd_intensty", sample_data, "-t", targets, "--lang", "en").stderr.decode()
    assert "did you mean: rnd_intensity" in near


def test_a_name_that_is_nothing_like_any_lists_all(
    cli: Cli, targets: Path, sample_data: Path, loaded: LoadedPlan
) -> None:
    told = cli("explain", "zzz", sample_data, "-t", targets).stderr.decode()
    assert [name for name in loaded.plan.indicators if name not in told] == []


def test_a_backtest(cli: Cli, targets: Path, sample_data: Path) -> None:
    asked = ("explain", "industrial_output", sample_data, "-t", targets)
    assert "预计方法回测" in cli(*asked, "--backtest").stdout.decode()
    assert "预计方法回测" not in cli(*asked).stdout.decode()


def test_rows_set_aside_are_told_by_reason(cli: Cli, targets: Path, sample_data: Path, tmp_path: Path) -> None:
    """A total, a sub-total, a blank line, a second header, a note, a footer and a row without a code."""
    shutil.copytree(sample_data, tmp_path / "data", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    file = tmp_path / "data" / "B204-1_2026年.csv"
    text = file.read_bytes().decode("gb18030")
    header = text.splitlines()[0]
    blank = "," * header.count(",")
    numbers = ",".join("1" for _ in range(header.count(",") - 3))
    tail = [
        f"合计,,,{numbers},千元", f"小计,,,{numbers},", blank, header,
        f"注：本表为初步数{blank}", f"单位负责人：张三{blank}",
    ]  # fmt: skip
    file.write_bytes((text + "\r\n".join(tail) + "\r\n").encode("gb18030"))
    before = cli("explain", "industrial_output", sample_data, "-t", targets, "--format", "json")
    after = cli("explain", "industrial_output", tmp_path / "data", "-t", targets, "--format", "json")
    found = json.loads(after.stdout)
    (aside,) = [one["set_aside"] for one in found["files"] if one["file"] == "B204-1_2026年.csv"]
    assert sum(aside.values()) == len(tail)
    assert found["indicator"]["value"] == json.loads(before.stdout)["indicator"]["value"]
    for lang, words in (("zh", ("合计行", "小计行", "重复表头")), ("en", ("totals", "sub-totals", "repeated headers"))):
        done = cli("explain", "industrial_output", tmp_path / "data", "-t", targets, "--lang", lang)
        assert done.returncode == 0
        solid = "".join(done.stdout.decode().split())
        assert [word for word in words if "".join(word.split()) not in solid] == []
