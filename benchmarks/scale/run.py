"""Eight indicators over made-up data of national size: ours beside what one would write by hand, in one run.

python benchmarks/scale/run.py [--rows 1000000 12000000] [--forms utf-8 gb18030 parquet] [--rounds 3] [--only NAME …]

Makes the data (once, below --folder), runs every contender as a process of its own in turn, A B C A B C …, holds all
figures against those written by hand in pandas to 1e-9, and prints a table: medians of wall time and processor time,
ratio to its peer (median of the ratios round by round), peak memory, and how time grows with the rows.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data import write

HEAD = """
{rows:,} rows, {form}

| | wall s | ratio | processor s | ratio | MiB |
|---|---|---|---|---|---|"""
MORE = re.compile(r"(\d+) 处，未逐一列出（([a-z-]+)）")
HERE = Path(__file__).resolve().parent
OURS = {"pandas": "pandas", "polars": "polars", "duckdb": "duckdb", "pyspark": "spark"}
"""Our engines and the hand-written script that each is held against."""


TOGETHER = "ours, report then check"
"""Two commands: the larger memory of the two."""


@dataclass(frozen=True)
class Run:
    """One run of one contender: seconds on the clock and on the processor, and the most memory it took."""

    wall: float
    processor: float
    mebibytes: float


def contenders(folder: Path, form: str) -> dict[str, tuple[list[str], str | None]]:
    """Command of each contender that can read the form, and its peer."""
    found: dict[str, tuple[list[str], str | None]] = {}
    for engine, hand in OURS.items():
        command = ["-m", "xicen_kpi", "report", str(folder), "-t", str(HERE / "targets.yaml"), "--engine", engine]
        found[f"ours, {engine}"] = ([*command, "--format", "json"], f"hand, {hand}")
        if form == "utf-8" or (form == "parquet" and hand != "pandas"):
            found[f"hand, {hand}"] = ([str(HERE / f"hand_{hand}.py"), str(folder)], None)
    if form == "gb18030":
        found["hand, pandas"] = ([str(HERE / "hand_pandas.py"), str(folder), "gb18030"], None)
    check = ["-m", "xicen_kpi", "check", str(folder), "-t", str(HERE / "targets.yaml"), "--format", "json"]
    found["ours, check"] = (check, None)
    if form == "utf-8":
        both = [*found["ours, pandas"][0], "--check"]
        found[TOGETHER] = ([], "hand, duckdb check")
        found["ours, report --check"] = (both, "hand, duckdb check")
        found["ours, report --check -j 2"] = ([*both, "--jobs", "2"], "hand, duckdb check")
        found["hand, duckdb check"] = ([str(HERE / "hand_duckdb_check.py"), str(folder)], None)
    return found


def run(command: list[str]) -> tuple[Run, str]:
    """Runs one contender."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as out, tempfile.TemporaryFile("w+", encoding="utf-8") as told:
        start = time.perf_counter()
        process = subprocess.Popen([sys.executable, *command], stdout=out, stderr=told, env=os.environ)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        told.seek(0)
        if process.returncode not in {0, 1}:
            sys.exit(f"{' '.join(command)} ended with {process.returncode}:\n{told.read()}")
        return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024), out.read()


def one_by_one(commands: list[list[str]]) -> tuple[Run, list[str]]:
    """Runs several, one after the other."""
    runs, texts = zip(*map(run, commands), strict=True)
    total = Run(sum(one.wall for one in runs), sum(one.processor for one in runs), max(one.mebibytes for one in runs))
    return total, list(texts)


def counts(text: str) -> dict[str, int]:
    """How many findings each rule of ours has, those beyond the thousand that are told included."""
    told = json.loads(text)
    found = {one["rule"]: one["findings"] for one in told["rules"]}
    for one in told["findings"]:
        if one["rule"] == "more-of-the-same":
            more, slug = MORE.findall(one["message"])[0]
            found[slug] += int(more)
    return found


def figures(text: str) -> dict[str, float]:
    """The eight figures of the last month, from either output."""
    told: dict[str, Any] = json.loads(text)
    if "indicators" in told:
        return {one["id"]: one["value"] for one in told["indicators"]}
    now = {name: months[-1] for name, months in told["values"].items()}
    return {
        "output": now["output"] / 1e5,
        "revenue": now["revenue"] / 1e5,
        "rnd_share": 100 * now["rnd"] / now["revenue"],
        "it_share": 100 * now["it"] / now["revenue"],
        "electronics_output": now["electronics"] / 1e5,
        "large_output": now["large"] / 1e5,
        "legal_persons": now["legal"],
        "it_enterprises": now["electronic"],
    }


def agree(seen: dict[str, dict[str, float]]) -> None:
    """Ends where two contenders differ."""
    (first, known), *others = seen.items()
    for name, own in others:
        for figure, value in known.items():
            if not math.isclose(value, own[figure], rel_tol=1e-9):
                sys.exit(f"{figure}: {value!r} by {first}, {own[figure]!r} by {name}")


def agree_on_findings(checked: dict[str, dict[str, int]]) -> None:
    """Ends where a check by hand finds more or fewer than ours."""
    if len(checked) > 1:
        ours, hand = checked["ours, check"], checked["hand, duckdb check"]
        for slug, number in hand.items():
            if ours[slug] != number:
                sys.exit(f"{slug}: {ours[slug]} by ours, {number} by hand")


def measured(folder: Path, form: str, rounds: int, only: list[str]) -> dict[str, list[Run]]:
    """Runs of every contender, in turn."""
    runs: dict[str, list[Run]] = defaultdict(list)
    commands = {
        name: one for name, one in contenders(folder, form).items() if not only or any(word in name for word in only)
    }
    seen: dict[str, dict[str, float]] = {}
    checked: dict[str, dict[str, int]] = {}
    for _ in range(rounds):
        for name, (command, _peer) in commands.items():
            if name == TOGETHER:
                result, texts = one_by_one(
                    [contenders(folder, form)[one][0] for one in ("ours, pandas", "ours, check")]
                )
            else:
                result, text = run(command)
                texts = [text]
            runs[name].append(result)
            if name in {"ours, check", "hand, duckdb check"}:
                checked[name] = json.loads(texts[0])["found"] if name.startswith("hand") else counts(texts[0])
            if name != "ours, check":
                seen[name] = figures(texts[0])
    agree(seen)
    agree_on_findings(checked)
    return runs


def line(name: str, runs: dict[str, list[Run]], peer: str | None) -> str:
    """One row of the table."""
    own = runs[name]
    wall, processor = (statistics.median(getattr(one, what) for one in own) for what in ("wall", "processor"))
    ratios = ["–", "–"]
    if peer in runs:
        pairs = list(zip(own, runs[peer], strict=True))
        ratios = [
            f"{statistics.median(getattr(a, what) / getattr(b, what) for a, b in pairs):.2f}"
            for what in ("wall", "processor")
        ]
    memory = max(one.mebibytes for one in own)
    return f"| {name} | {wall:.1f} | {ratios[0]} | {processor:.1f} | {ratios[1]} | {memory:.0f} |"


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="*", default=[1_000_000, 12_000_000])
    parser.add_argument("--forms", nargs="*", default=["utf-8", "gb18030", "parquet"])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "xicen-kpi-scale")
    asked = parser.parse_args()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    print(f"{os.cpu_count()} cores, {memory:.0f} GiB, Python {sys.version.split()[0]}, {asked.rounds} rounds\n")
    wall: dict[tuple[str, str], dict[int, float]] = defaultdict(dict)
    for form in asked.forms:
        for rows in asked.rows:
            folder = write(asked.folder / f"{form}-{rows}", rows, form)
            runs = measured(folder, form, asked.rounds, asked.only)
            print(HEAD.format(rows=rows, form=form))
            for name in runs:
                print(line(name, runs, contenders(folder, form)[name][1]), flush=True)
                wall[form, name][rows] = statistics.median(one.processor for one in runs[name])
    print("\nProcessor time grows with the rows to the power of:")
    for (form, name), by_rows in wall.items():
        least, most = min(by_rows), max(by_rows)
        if most > least:
            power = math.log(by_rows[most] / by_rows[least]) / math.log(most / least)
            print(f"- {name}, {form}: {power:.2f}")


if __name__ == "__main__":
    main()
