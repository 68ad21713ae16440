"""Start-up, as ratios in one run: help against its imports, the sample's report against its imports.

python benchmarks/startup.py [RUNS]

Each pair is run in turn, A B A B …, so that a machine whose speed drifts harms both alike; what counts is the median of
the ratios. Limits: help 1.3, report 1.6.
"""

from __future__ import annotations

import os
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
        1.6,
    ),
}


def seconds(words: list[str]) -> float:
    """Wall time of one run of this Python."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *words], cwd=ROOT, env=os.environ, capture_output=True, check=True)
    return time.perf_counter() - start


def main() -> None:
    """Prints both ratios: median, least and most."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    for name, (ours, theirs, limit) in PAIRS.items():
        seconds(ours)
        seconds(theirs)
        pairs = [(seconds(ours), seconds(theirs)) for _ in range(runs)]
        ratios = sorted(own / base for own, base in pairs)
        own, base = (statistics.median(column) for column in zip(*pairs, strict=True))
        print(
            f"{name:<7} {statistics.median(ratios):.2f} x ({ratios[0]:.2f} to {ratios[-1]:.2f}), limit {limit}: "
            f"{own:.3f} s against {base:.3f} s, {runs} pairs"
        )


if __name__ == "__main__":
    main()
