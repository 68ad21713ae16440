"""A drop of a million rows with twenty planted faults: all found, nothing else; and beside pandera and frictionless.

python benchmarks/check.py [--rows N] [--rounds N] [--peers PYTHON] [--slow]

PYTHON is an interpreter that has pandera and frictionless (pip install pandera frictionless); without it only our own
check runs; frictionless, which takes a minute, runs once and only with --slow. The peers read the same file and do the
checks that they can do: key unique, pattern of the code, numbers that are numbers, month no more than cumulative. Every
run is a process of its own, start and imports included, in turns A B A B; what is printed are medians over the rounds.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from xicen_kpi.checks.material import gather
from xicen_kpi.checks.registry import RULES
from xicen_kpi.checks.run import check_drop
from xicen_kpi.checks.table import bands_of
from xicen_kpi.plan.model import Plan
from xicen_kpi.read.codes import organisation_check, uscc_check
from xicen_kpi.read.drop import open_drop

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xicen_kpi.checks.model import Rule

HEADERS = (
    "统一社会信用代码",
    "报告期",
    "工业总产值;本年-本月",
    "工业总产值;本年-1—本月",
    "工业总产值;上年-1—本月",
    "营业收入;本年-1—本月",
    "研发费用;本年-1—本月",
)
FIRST_YEAR, YEARS = 2024, 3
MONTHS = [f"{FIRST_YEAR + year}-{month:02d}" for year in range(YEARS) for month in range(2, 13)]
FAULTS = {
    "code-check-character": 3,
    "code-alphabet": 2,
    "code-old": 1,
    "code-scientific": 2,
    "code-length": 1,
    "unreadable-cell": 2,
    "duplicate-key": 2,
    "month-exceeds-cumulative": 3,
    "unit-slip": 3,
    "period-in-future": 1,
}
"""Twenty faults, by the rule that must find them."""

SAME = ("code-alphabet", "code-old", "month-exceeds-cumulative")
"""Our rules that do what the peers are asked for; key, length and numbers are looked at while reading."""

PLAN = {
    "plan": {
        "title": "一百万行",
        "document": "基准",
        "issuer": "基准",
        "issued": "2024-01-01",
        "period": {"start": "2024-01", "end": "2026-12"},
    },
    "sources": {
        "output": {
            "title": "工业产销总值",
            "files": "B204-1*",
            "frequency": "monthly",
            "no_january": True,
            "key": ["uscc", "period"],
            "columns": {
                "uscc": {"header": HEADERS[0], "type": "uscc"},
                "period": {"header": HEADERS[1], "type": "month"},
                "month": {"header": HEADERS[2], "type": "number", "unit": "千元", "counts": "period"},
                "output": {
                    "header": HEADERS[3],
                    "type": "number",
                    "unit": "千元",
                    "counts": "year_to_date",
                    "last_year": "last",
                },
                "last": {"header": HEADERS[4], "type": "number", "unit": "千元", "counts": "year_to_date"},
                "revenue": {"header": HEADERS[5], "type": "number", "unit": "千元", "counts": "year_to_date"},
                "rnd": {"header": HEADERS[6], "type": "number", "unit": "千元", "counts": "year_to_date"},
            },
        }
    },
    "indicators": {
        "output": {
            "name": "工业总产值",
            "cite": {"section": "一", "quote": "工业总产值"},
            "measure": {"sum": "output.output"},
            "unit": "亿元",
        }
    },
}


def code(number: int) -> str:
    """A made-up 统一社会信用代码 with both check characters right."""
    inner = f"{number:08d}"
    body = f"91310118{inner}{organisation_check(inner)}"
    return body + uscc_check(body)


def lines(rows: int) -> Iterator[list[str]]:
    """Rows without a fault: every enterprise in every month, growing by a tenth a year."""
    for number in range(rows // len(MONTHS)):
        own, size = code(number + 1), 900 + number * 37 % 9_000
        for place in MONTHS:
            year, month = map(int, place.split("-"))
            growth = 1.1 ** (year - FIRST_YEAR)
            total, before = round(size * growth * month), round(size * growth * (month - 1)) if month > 2 else 0
            last = round(size * growth / 1.1 * month)
            yield [
                own,
                place,
                str(total - before) if month > 2 else "",
                str(total),
                str(last) if year > FIRST_YEAR else "",
                str(round(total * 1.02)),
                str(round(total * 0.05)),
            ]


def plant(table: list[list[str]]) -> None:
    """Puts the faults in, far from each other."""
    step = len(table) // 24 // len(MONTHS) * len(MONTHS)
    place = iter(range(step + 8, len(table), step))  # October of the first year, each of another enterprise
    for _ in range(FAULTS["code-check-character"]):
        row = table[next(place)]
        row[0] = row[0][:16] + ("2" if row[0][16] != "2" else "3") + row[0][17]
    for _ in range(FAULTS["code-alphabet"]):
        row = table[next(place)]
        row[0] = row[0][:10] + "O" + row[0][11:]
    table[next(place)][0] = "310118000012345"
    for _ in range(FAULTS["code-scientific"]):
        table[next(place)][0] = "9.1310118E+17"
    table[next(place)][0] = "9131011800000"
    for _ in range(FAULTS["unreadable-cell"]):
        table[next(place)][3] = "约一千万"
    repeated = [[*table[next(place)]] for _ in range(FAULTS["duplicate-key"])]
    for _ in range(FAULTS["month-exceeds-cumulative"]):
        row = table[next(place)]
        row[2] = str(int(row[3]) + 5)
    for _ in range(FAULTS["unit-slip"]):
        row = table[next(place)]
        row[3] = str(int(row[3]) * 1_000)
    table[next(place)][1] = "2062-10"
    table += [[*row[:5], str(int(row[5]) + 1), row[6]] for row in repeated]


def make(folder: Path, rows: int) -> Path:
    """Writes the drop."""
    table = list(lines(rows))
    plant(table)
    path = folder / "B204-1.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADERS)
        writer.writerows(table)
    return path


def own_check(folder: Path, part: str) -> dict[str, object]:
    """Our check: which rules found how many, and how large the loaded frame is."""
    plan = Plan.model_validate(PLAN)
    before = peak()
    if part == "read":
        tables = bands_of(gather(plan, open_drop(folder, plan.sources)).wholes["output"])
        frame = sum(int(table.frame.memory_usage(deep=True).sum()) for table in tables)
        return {"frame": int(frame / 2**20), "peak": peak(), "start": before}
    rules: Sequence[Rule] = RULES
    if part == "same":
        # No figures either: what a finding does to them is nothing that the peers work out.
        plan, rules = plan.model_copy(update={"indicators": {}}), [one for one in RULES if one.slug in SAME]
    report = check_drop(plan, open_drop(folder, plan.sources), rules=rules)
    found = Counter(one.slug for one in report.findings if one.severity.value == "error")
    return {"errors": dict(found), "peak": peak(), "start": before}


def peak() -> int:
    """Peak memory of this process in MiB; the kernel's figure, for `getrusage` begins with the parent's."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


PEAK = """
def peak():
    return int(open("/proc/self/status").read().partition("VmHWM:")[2].split()[0]) // 1024
"""

PANDERA = """
import json, sys, pandas as pd, pandera.pandas as pa
def numbers(column):
    return pd.to_numeric(column, errors="coerce")
frame = pd.read_csv(sys.argv[1], dtype={0: str, 1: str})
code, period, month, total = frame.columns[:4]
schema = pa.DataFrameSchema(
    {
        code: pa.Column(str, pa.Check.str_matches(r"^[0-9A-HJ-NP-RT-UW-Y]{18}$")),
        total: pa.Column(float, coerce=True),
    },
    checks=pa.Check(lambda f: ~(numbers(f[month]) > numbers(f[total]))),
    unique=[code, period],
)
try:
    schema.validate(frame, lazy=True)
    found = 0
except pa.errors.SchemaErrors as errors:
    found = errors.failure_cases["index"].nunique()
print(json.dumps({"rows": int(found), "peak": peak()}))
"""

FRICTIONLESS = """
import json, sys
from frictionless import Checklist, Resource, Schema, checks, fields, system
from pathlib import Path
path = Path(sys.argv[1])
import csv
head = next(csv.reader(path.open(encoding="utf-8")))
names = ["uscc", "period", "month", "output", "last", "revenue", "rnd"]
schema = Schema(fields=[
    fields.StringField(name="uscc", constraints={"pattern": "[0-9A-HJ-NP-RT-UW-Y]{18}"}),
    fields.StringField(name="period"), *(fields.NumberField(name=name) for name in names[2:])],
    primary_key=["uscc", "period"])
import shutil, tempfile
plain = Path(tempfile.mkdtemp()) / "plain.csv"   # formulas cannot name a header with brackets, dashes or semicolons
with path.open(encoding="utf-8") as old, plain.open("w", encoding="utf-8") as new:
    next(old); new.write(",".join(names) + chr(10)); shutil.copyfileobj(old, new)
with system.use_context(trusted=True):
    formula = "month is None or output is None or month <= output"
    checklist = Checklist(checks=[checks.row_constraint(formula=formula)])
    report = Resource(path=str(plain), schema=schema).validate(checklist)
rows = {row for row, in report.flatten(["rowNumber"])}
print(json.dumps({"rows": len(rows), "peak": peak()}))
"""


class Run(NamedTuple):
    """What a process took, and what it printed last."""

    wall: float
    processor: float
    answer: dict[str, object]


def timed(words: list[str]) -> Run:
    """Runs a process."""
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(wall, used, json.loads(done.stdout.strip().splitlines()[-1]))


def in_turns(kinds: dict[str, list[str]], rounds: int) -> dict[str, list[Run]]:
    """Every process once in every round."""
    found: dict[str, list[Run]] = {name: [] for name in kinds}
    for _ in range(rounds):
        for name, words in kinds.items():
            found[name].append(timed(words))
    return found


def main() -> None:
    """Makes the drop, runs everything, prints what was measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--peers")
    parser.add_argument("--slow", action="store_true")
    parser.add_argument("--own", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--part", default="all", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.own:
        print(json.dumps(own_check(given.own, given.part)))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = make(Path(folder), given.rows)
        print(f"{given.rows:,} rows, {path.stat().st_size / 2**20:.0f} MiB, {sum(FAULTS.values())} faults")
        own = [sys.executable, __file__, "--own", folder, "--part"]
        kinds = {part: [*own, part] for part in ("read", "same", "all")}
        if given.peers:
            kinds["pandera"] = [given.peers, "-c", PEAK + PANDERA, str(path)]
        runs = in_turns(kinds, given.rounds)
        if given.peers and given.slow:
            runs |= in_turns({"frictionless": [given.peers, "-c", PEAK + FRICTIONLESS, str(path)]}, 1)
        for name, some in runs.items():
            wall = statistics.median(one.wall for one in some)
            used = statistics.median(one.processor for one in some)
            print(f"{name}: {used:.2f} s of processor, {wall:.2f} s, {some[0].answer}")
        print("exactly the planted faults:", all(one.answer["errors"] == FAULTS for one in runs["all"]))


if __name__ == "__main__":
    main()
