"""Reading beside the bare readers: times as ratios within one run, peak memory of a process of its own.

python benchmarks/read.py [--rows N] [--books N] [--rounds N]

Three files are made up: a workbook (100,000 rows, ten columns) and the same 1,000,000-row export in UTF-8 and in
GB18030. Bare is the least that a program without our rules would do: calamine to lists to a frame for the workbook,
`pandas.read_csv` with its C parser and the right encoding for the texts. Ours is, for the same columns, the stream of
a source of a plan (units, periods, codes, totals looked at, rows counted) and `read_export` for the whole file.
Rounds alternate between the two; the best of each counts, of the wall and of the processor. A warm-up comes first.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import xlsxwriter
from python_calamine import CalamineWorkbook

from xicen_kpi.plan.source import Source
from xicen_kpi.read import open_drop, read_export

if TYPE_CHECKING:
    from collections.abc import Callable

ENTERPRISES = 3_000
AMOUNTS = ("工业总产值;本年-1—本月", "工业总产值;本年-本月", "工业总产值;上年-1—本月")
HEADERS = ("统一社会信用代码", "单位详细名称", "报告期", *(f"{name};千元" for name in AMOUNTS), "所在镇")
WANTED = ("统一社会信用代码", "报告期", *(f"{name};千元" for name in AMOUNTS))
KINDS = ("xlsx", "utf-8", "gb18030")
PAIRS = {"stream": "bare_wanted", "export": "bare_whole"}
NUMBER = {"type": "number", "unit": "千元"}
SOURCE = Source.model_validate(
    {
        "title": "B204-1",
        "files": "T*",
        "frequency": "monthly",
        "key": ["uscc", "period"],
        "columns": {
            "uscc": {"header": "统一社会信用代码", "type": "uscc"},
            "period": {"header": "报告期", "type": "month"},
            **{f"amount_{place}": {"header": name, **NUMBER} for place, name in enumerate(AMOUNTS)},
        },
    }
)


def row(number: int, rng: random.Random) -> list[str | int | float]:
    """One enterprise in one month."""
    firm, month = number % ENTERPRISES, number // ENTERPRISES
    amounts = [rng.randrange(10**7), rng.randrange(10**6), rng.randrange(10**8) / 10]
    period = f"{2000 + month // 12}年{month % 12 + 1}月"
    return [f"91310118YL{firm:08d}", f"西岑样例第{firm}有限公司", period, *amounts, "金泽镇"]


def make(folder: Path, kind: str, rows: int, books: int) -> Path:
    """The made-up file of a kind, the same at every run."""
    rng = random.Random(1)  # noqa: S311 -- repeatable
    place = folder / kind
    place.mkdir()
    if kind == "xlsx":
        path = place / "T.xlsx"
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, [*HEADERS, "备注1", "备注2", "备注3"])
            for number in range(books):
                sheet.write_row(number + 1, 0, [*row(number, rng), number, number * 2, number * 3])
        return path
    path = place / "T.csv"
    with path.open("w", encoding=kind, newline="") as handle:
        handle.write(",".join(HEADERS) + "\r\n")
        for number in range(rows):
            handle.write(",".join(map(str, row(number, rng))) + "\r\n")
    return path


def run(way: str, path: Path, kind: str) -> int:
    """Reads the file one way; how many rows came of it."""
    if way == "stream":
        return sum(len(chunk.frame) for chunk in open_drop(path.parent, {"t": SOURCE}).stream("t").chunks())
    if way == "export":
        return len(read_export(path)[0].data)
    if kind == "xlsx":
        rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
        frame = pd.DataFrame(rows[1:], columns=rows[0])
        return len(frame[list(WANTED)] if way == "bare_wanted" else frame)
    columns = list(WANTED) if way == "bare_wanted" else None
    return len(pd.read_csv(path, encoding=kind, usecols=columns))


def best_times(path: Path, kind: str, rounds: int) -> dict[str, tuple[float, float]]:
    """Best wall time and best processor time of each way, in rounds that take turns."""
    ways = [*PAIRS, *PAIRS.values()]
    best = dict.fromkeys(ways, (float("inf"), float("inf")))
    for number in range(rounds + 1):
        for way in ways:
            wall, processor = time.perf_counter(), time.process_time()
            run(way, path, kind)
            if number:
                own = (time.perf_counter() - wall, time.process_time() - processor)
                best[way] = (min(best[way][0], own[0]), min(best[way][1], own[1]))
    return best


def peak(way: str, path: Path, kind: str) -> int:
    """Peak memory of a process that reads the file one way, beyond its libraries; in MiB."""
    done = subprocess.run(
        [sys.executable, __file__, "--one", way, str(path), kind], capture_output=True, text=True, check=True
    )
    return int(done.stdout)


def one(way: str, path: Path, kind: str) -> None:
    """What a process of its own does for `peak`."""
    before = high_water()
    run(way, path, kind)
    print((high_water() - before) // 1024)


def high_water() -> int:
    """The most memory that this program has held so far; on Linux alone; in KiB.

    `getrusage` would do elsewhere, but there a process may begin with its parent's figure.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))


def main(report: Callable[[str], None] = print) -> None:
    """Makes the files, measures, prints a table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--books", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--one", nargs=3)
    given = parser.parse_args()
    if given.one:
        one(given.one[0], Path(given.one[1]), given.one[2])
        return
    with tempfile.TemporaryDirectory() as folder:
        report(
            "| file | ours | bare s | ours s | ratio | bare cpu | ours cpu | ratio | bare MiB | ours MiB | ratio |\n"
            "|---|---|---|---|---|---|---|---|---|---|---|"
        )
        for kind in KINDS:
            path = make(Path(folder), kind, given.rows, given.books)
            times = best_times(path, kind, given.rounds)
            for ours, bare in PAIRS.items():
                memory, bare_memory = peak(ours, path, kind), peak(bare, path, kind)
                pairs = zip(times[bare], times[ours], strict=True)
                seconds = " | ".join(f"{least:.2f} | {own:.2f} | {own / least:.2f}" for least, own in pairs)
                report(f"| {kind} | {ours} | {seconds} | {bare_memory} | {memory} | {memory / bare_memory:.2f} |")


if __name__ == "__main__":
    main()
