"""`--record` and `history` as they are used: twice at once, in a closed folder, beside broken files."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from reports import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from reports import Cli

PROCESS = [sys.executable, "-m", "xicen_kpi"]


@pytest.fixture
def office(tmp_path: Path) -> Any:
    """A working folder of its own."""
    folder = tmp_path / "office"
    folder.mkdir()
    shutil.copy(ROOT / "targets.yaml", folder)
    shutil.copytree(ROOT / "sample_data", folder / "sample_data", ignore=shutil.ignore_patterns("make", "*.py", ".*"))
    return folder


def records(office: Path) -> list[str]:
    return sorted(path.name for path in (office / "history").iterdir())


def test_one_record_for_a_period_and_data_version(cli: Cli, office: Path) -> None:
    first = cli("report", "--record", "--format", "json", cwd=office)
    assert first.returncode == 0
    (name,) = records(office)
    kept = (office / "history" / name).read_bytes()
    assert cli("summary", "--record", cwd=office).returncode == 0
    assert records(office) == [name]
    assert (office / "history" / name).read_bytes() == kept, "the first record stands"
    value = next(one["value"] for one in json.loads(first.stdout)["indicators"] if one["id"] == "industrial_output")
    assert json.loads(kept)["indicators"]["industrial_output"]["value"] == value


def test_a_revision_is_told_with_its_file(cli: Cli, office: Path) -> None:
    cli("summary", "--record", "--as-of", "2026-09", cwd=office)
    cli("summary", "--record", cwd=office)
    output = office / "sample_data" / "B204-1_2026年.csv"
    output.write_bytes(b"".join(output.read_bytes().splitlines(keepends=True)[:-1]))
    cli("summary", "--record", cwd=office)
    assert len(records(office)) == 3
    told = cli("history", "industrial_output", "--lang", "zh", cwd=office).stdout.decode()
    assert "：B204-1_2026年.csv" in told
    assert told.count("2026年10月") == 1
    plain = cli("history", "--lang", "en", cwd=office).stdout.decode()
    assert plain.count("periods") == 7
    data = json.loads(cli("history", "--format", "json", cwd=office).stdout)
    assert [one["as_of"] for one in data["indicators"][0]["periods"]] == ["2026-09", "2026-10"]


def test_a_report_shows_what_was_recorded_before(cli: Cli, office: Path) -> None:
    cli("summary", "--record", "--as-of", "2026-09", cwd=office)
    (office / "history" / "2026-08_broken.json").write_text("{", encoding="utf-8")
    report = json.loads(cli("report", "--format", "json", cwd=office).stdout)
    one = next(one for one in report["indicators"] if one["id"] == "industrial_output")
    assert [(month["as_of"], month["recorded"] is None) for month in one["history"]] == [
        ("2026-09", False), ("2026-10", True),
    ]  # fmt: skip
    assert one["history"][1]["first"] == one["value"]
    assert [each["slug"] for each in report["findings"] if each["where"]["file"] == "2026-08_broken.json"] == [
        "snapshot-unreadable"
    ]
    public = json.loads(cli("report", "--audience", "public", "--format", "json", cwd=office).stdout)
    assert [each["history"] for each in public["indicators"]] == [[]] * len(public["indicators"])


def test_two_cron_jobs_at_once_leave_one_whole_record(office: Path) -> None:
    around = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [*PROCESS, "report", "--record", "--format", "json"]
    jobs = [subprocess.Popen(command, cwd=office, env=around, stdout=subprocess.DEVNULL) for _ in range(3)]
    assert [job.wait(120) for job in jobs] == [0, 0, 0]
    (name,) = records(office)
    assert json.loads((office / "history" / name).read_text(encoding="utf-8"))["as_of"] == "2026-10"


def test_nothing_recorded_yet(cli: Cli, office: Path) -> None:
    done = cli("history", cwd=office)
    assert (done.returncode, done.stdout) == (0, b"")
    assert b"history-empty" in done.stderr
    assert cli("history", "-q", cwd=office).stderr == b""


def test_an_indicator_that_was_never_recorded(cli: Cli, office: Path) -> None:
    cli("summary", "--record", cwd=office)
    done = cli("history", "industrial_outputs", cwd=office)
    assert done.returncode == 2
    assert b"industrial_output" in done.stderr


def test_a_broken_record_is_told_and_left_out(cli: Cli, office: Path) -> None:
    cli("summary", "--record", cwd=office)
    (office / "history" / "2026-08_broken.json").write_text("{", encoding="utf-8")
    done = cli("history", cwd=office)
    assert done.returncode == 0
    assert b"2026-08_broken.json" in done.stderr
    assert done.stdout


def test_a_folder_that_cannot_be_written_is_told_after_the_report(cli: Cli, office: Path) -> None:
    (office / "history").write_text("a file where the folder should be", encoding="utf-8")
    done = cli("summary", "--record", "-o", office / "brief.txt", cwd=office)
    assert done.returncode == 5
    assert b"output-failed" in done.stderr


def test_public_and_internal_records_are_kept_apart(cli: Cli, office: Path) -> None:
    cli("summary", "--record", cwd=office)
    cli("summary", "--record", "--audience", "public", cwd=office)
    assert len(records(office)) == 2
    public = next(name for name in records(office) if name.endswith("_public.json"))
    kept = json.loads((office / "history" / public).read_text(encoding="utf-8"))
    assert kept["indicators"]["rnd_intensity"]["value"] is None
    told = cli("history", "rnd_intensity", "--audience", "public", cwd=office).stdout.decode()
    assert "9.7" not in told
