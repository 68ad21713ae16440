"""How wrong are year-end projections, month by month, on public series anyone can load again.

Three monthly flows that come inside two published packages, so nothing is downloaded and nothing can change:

- turnover of the euro area's electronics and electrical equipment industry (NACE 26-27, Eurostat), 1995-2015,
  an index that is not seasonally adjusted: statsmodels, ``elec_equip``, public domain;
- sales of Australian wine makers, 1980-1993, and international airline passengers, 1949-1960: pmdarima.

Run (in an environment of its own; the packages are no dependency of xicen-kpi):

    python -m venv /tmp/bench && /tmp/bench/bin/pip install . pmdarima==2.1.1 statsmodels==0.15.0
    /tmp/bench/bin/python benchmarks/projection_backtest.py

Printed: mean absolute error of the projected annual total in per cent, for our projection with three years of
history and more, with two and with one; for 12 * YTD / m; for last year's total times the growth so far. Every
column is over the same years, those with three complete years before them.
"""

from __future__ import annotations

import importlib
import math
import sys
from itertools import chain
from typing import TYPE_CHECKING

from xicen_kpi.analysis.accuracy import backtest, mean_absolute_error
from xicen_kpi.analysis.projection import BandBasis, project_flow
from xicen_kpi.analysis.reasons import known

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

History = list[tuple[float, ...]]

MONTHS = range(2, 12)
"""January is left out: the monthly forms have none."""

PRIOR = 3
"""Complete years before the first year that is projected."""

COLUMNS = ("ours, 3+ years", "ours, 2 years", "ours, 1 year", "12 × YTD / m", "full year-on-year")


def main() -> int:
    """Load the series, project every year of each, print the tables."""
    try:
        series = load()
    except ModuleNotFoundError as missing:
        print(f"{missing.name} is not installed: pip install pmdarima==2.1.1 statsmodels==0.15.0", file=sys.stderr)
        return 2
    for name, history in series.items():
        print_table(f"{name} ({len(history) - PRIOR} years)", [history])
    print_table("All series, every year alike", series.values())
    print_bands(series)
    return 0


def load() -> dict[str, History]:
    """The three series as complete years of twelve months."""
    pmdarima = importlib.import_module("pmdarima.datasets")
    elec_equip = importlib.import_module("statsmodels.datasets.elec_equip")
    turnover = elec_equip.load_pandas().data.iloc[:, 0]
    return {
        "Industrial turnover, NACE 26-27": complete_years(turnover),
        "Wine sales": complete_years(pmdarima.load_wineind()),
        "Airline passengers": complete_years(pmdarima.load_airpassengers()),
    }


def complete_years(values: Iterable[float]) -> History:
    """Cut a series that starts in January into years; a year that is not complete is left off."""
    months = [float(value) for value in values]
    return [tuple(months[start : start + 12]) for start in range(0, len(months) - 11, 12)]


def errors_at(history: History, month: int) -> tuple[tuple[float, ...], ...]:
    """Errors of the five columns at one month, year by year."""
    full = backtest(history, PRIOR)[month - 1]
    short = (tuple(chain.from_iterable(with_years(history, years, month))) for years in (2, 1))
    return (full.ours, *short, full.linear, full.full_yoy)


def with_years(history: History, years: int, month: int) -> Iterable[tuple[float, ...]]:
    """Errors of our projection when only so many years are known before each year."""
    for last in range(PRIOR, len(history)):
        yield backtest(history[last - years : last + 1], years)[month - 1].ours


def print_table(title: str, histories: Iterable[History]) -> None:
    """One Markdown table: a row a month, the smallest error of each in bold."""
    pooled = list(histories)
    print(f"\n### {title}\n\n| month | " + " | ".join(COLUMNS) + " |\n|---|" + "---|" * len(COLUMNS))
    for month in MONTHS:
        found = [errors_at(history, month) for history in pooled]
        means = [
            100 * known(mean_absolute_error([*chain.from_iterable(column)])) for column in zip(*found, strict=True)
        ]
        cells = (f"**{mean:.2f}**" if mean == min(means) else f"{mean:.2f}" for mean in means)
        print(f"| {month} | " + " | ".join(cells) + " |")


def print_bands(series: dict[str, History]) -> None:
    """How often the 80 % band held the actual total, and how wide it was, by where its width came from."""
    print("\n### The 80 % band, months 2 to 11\n")
    print("| series | band | held the total | mean width, % of the total | cases |\n|---|---|---|---|---|")
    for name, history in series.items():
        for basis, years in ((BandBasis.OWN_BACKTEST, len(history)), (BandBasis.REFERENCE_TABLE, 4)):
            cases = [band_case(history, year, month, years) for year in range(5, len(history)) for month in MONTHS]
            held, width = (math.fsum(values) / len(cases) for values in zip(*cases, strict=True))
            print(f"| {name} | {basis} | {100 * held:.0f} % | {100 * width:.1f} | {len(cases)} |")


def band_case(history: History, year: int, month: int, years: int) -> tuple[bool, float]:
    """Whether the band held one year's total, and its width as a fraction of that total."""
    actual = math.fsum(history[year])
    before: Sequence[tuple[float, ...]] = history[max(0, year - years) : year]
    found = known(project_flow(math.fsum(history[year][:month]), month, before))
    low, high = found.low or 0.0, found.high or 0.0
    return low <= actual <= high, (high - low) / actual


if __name__ == "__main__":
    sys.exit(main())
