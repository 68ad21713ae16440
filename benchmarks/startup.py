"""Start-up, as ratios in one run: help against its imports, the sample's report against its imports.

python benchmarks/startup.py [RUNS]

Each pair is run in turn, A B A B …, so that a machine whose speed drifts harms both alike; what counts is the median of
the ratios. Wall time, and beside it processor time, which says more where other work is going on. Bytecode is kept, as
it is where a program is installed. Limits: help 1.3, report 1.35.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAIRS = {
    "help": (
        ["-m", "xicen_kpi", "--help"],
        ["-c", "import typer, rich.console"],
        1.3,
    ),
    "report": (
        ["-m", "xicen_kpi", "report", "--format", "text"],
        ["-c", "import pandas, pydantic, typer, yaml, rich.table"],
        1.35,
    ),
}


def seconds(words: list[str]) -> tuple[float, float]:
    """Wall time and processor time of one run of this Python."""
    around = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([sys.executable, *words], cwd=ROOT, env=around, capture_output=True, check=True)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Prints both ratios by both clocks: median, least and most."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    for name, (ours, theirs, limit) in PAIRS.items():
        seconds(ours)
        seconds(theirs)
        pairs = [(seconds(ours), seconds(theirs)) for _ in range(runs)]
        for clock, kind in enumerate(("wall", "processor")):
            timed = [(own[clock], base[clock]) for own, base in pairs]
            ratios = sorted(own / base for own, base in timed)
            own, base = (statistics.median(column) for column in zip(*timed, strict=True))
            print(
                f"{name:<7} {kind:<9} {statistics.median(ratios):.2f} x ({ratios[0]:.2f} to {ratios[-1]:.2f}), "
                f"limit {limit}: {own:.3f} s against {base:.3f} s, {runs} pairs"
            )


if __name__ == "__main__":
    main()
