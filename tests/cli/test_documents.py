"""Formats of the extra `report`: by suffix, written whole, and a plain word where the extra is missing."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from reports import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from reports import Cli

MAGIC = {"html": b"<!DOCTYPE html>", "xlsx": b"PK\x03\x04", "docx": b"PK\x03\x04"}


@pytest.mark.parametrize("suffix", MAGIC)
def test_the_suffix_chooses_the_format(cli: Cli, targets: Path, sample_data: Path, tmp_path: Path, suffix: str) -> None:
    output = tmp_path / f"out.{suffix}"
    done = cli("report", sample_data, "-t", targets, "-o", output)
    assert (done.returncode, done.stdout) == (0, b""), done.stderr
    assert output.read_bytes().startswith(MAGIC[suffix])
    piped = cli("report", sample_data, "-t", targets, "--format", suffix)
    assert piped.stdout == output.read_bytes()


@pytest.mark.parametrize(("suffix", "module"), [("html", "jinja2"), ("xlsx", "xlsxwriter"), ("docx", "docx")])
def test_without_the_extra_the_command_that_installs_it(
    cli: Cli, targets: Path, sample_data: Path, tmp_path: Path, suffix: str, module: str
) -> None:
    # A finder that knows no such module stands for an installation without it.
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\n"
        "class Without:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name.split('.')[0] == {module!r}:\n"
        "            raise ModuleNotFoundError(name)\n"
        "sys.meta_path.insert(0, Without())\n",
        encoding="utf-8",
    )
    path = os.pathsep.join([str(tmp_path), str(ROOT / "src")])
    done = cli("report", sample_data, "-t", targets, "-o", tmp_path / f"out.{suffix}", env={"PYTHONPATH": path})
    assert done.returncode == 2
    assert b"[extra-missing]" in done.stderr
    assert b"pip install 'xicen-kpi[report]'" in done.stderr
    assert not (tmp_path / f"out.{suffix}").exists()
    plain = cli("report", sample_data, "-t", targets, "--format", "text", env={"PYTHONPATH": path})
    assert plain.returncode == 0, "the other formats do without it"
