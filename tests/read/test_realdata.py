"""Real files of the wild, where a folder of them lies beside the checkout: header names, rows and control figures.

The folder is no part of the project: `MANIFEST.csv` describes its files and `controls.json` holds figures that were
read off them by hand.
"""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from xicen_kpi.read import read_export

if TYPE_CHECKING:
    import pandas as pd

    from xicen_kpi.read import Table

FOLDER = Path(__file__).parents[3] / "shared" / "realdata"
MAGNITUDES = {"万": 1e4, "亿": 1e8}

pytestmark = pytest.mark.skipif(
    not (FOLDER / "controls.json").is_file(), reason="no folder ../shared/realdata with real files beside the checkout"
)


@cache
def controls() -> dict[str, dict[str, Any]]:
    if not (FOLDER / "controls.json").is_file():
        return {}
    found: dict[str, dict[str, Any]] = json.loads((FOLDER / "controls.json").read_text(encoding="utf-8"))
    return found


def manifest() -> dict[str, dict[str, str]]:
    with (FOLDER / "MANIFEST.csv").open(encoding="utf-8-sig", newline="") as handle:
        return {row["id"]: row for row in csv.DictReader(handle)}


def plain(text: object) -> str:
    return "".join(unicodedata.normalize("NFKC", str(text)).split())


def number(value: object) -> float | None:
    if isinstance(value, int | float):
        return float(value)
    text = plain(value).replace(",", "")
    times = MAGNITUDES.get(text[-1:], 1.0)
    try:
        return float(text[:-1] if times > 1 else text) * times
    except ValueError:
        return None


def same(one: object, other: object) -> bool:
    if plain(one) == plain(other):
        return True
    left, right = number(one), number(other)
    return left is not None and right is not None and abs(left - right) <= 1e-9 * max(1.0, abs(right))


def column(data: pd.DataFrame, name: str | int) -> pd.Series:
    if isinstance(name, int):
        return data.iloc[:, name - 1]
    return data[next(own for own in data.columns if plain(own) == plain(name))]


def cell(data: pd.DataFrame, control: dict[str, Any]) -> object:
    if "pos" in control:
        row, place = control["pos"]
        return data.loc[row].iloc[place - 1]
    rows = data
    for name, value in control["key"].items():
        rows = rows[[same(one, value) for one in column(rows, name)]]
    return column(rows, control["col"]).iloc[0]


def total(data: pd.DataFrame, control: dict[str, Any]) -> float:
    rows = re.search(r"rows (\d+)-(\d+)", control["where"])
    amounts = column(data, control["col"])
    return float((amounts.loc[int(rows[1]) : int(rows[2])] if rows else amounts).sum())


def faults(file_id: str) -> list[str]:
    """What is not as the controls say."""
    told = controls()[file_id]
    table: Table = read_export(FOLDER / told["file"])[0]
    found = [] if len(table.data) == told["n_data_rows"] else [f"rows: {len(table.data)}"]
    for control in told["controls"]:
        if control["kind"] == "sum":
            value: object = total(table.data, control)
            right = abs(float(str(value)) - control["value"]) <= 1e-9 * abs(control["value"])
        else:
            value = len(table.data) if control["kind"] == "count" else cell(table.data, control)
            right = same(value, control["value"])
        if not right:
            found.append(f"{control['where']}: {value}")
    names = [plain(name) for name in table.data.columns]
    keys = manifest()[file_id]["key_columns"].split(" | ")
    found += [f"no column {key}" for key in keys if not any(name.startswith(plain(key)) for name in names)]
    trail = table.provenance
    if trail.rows_read != trail.rows_used + sum(trail.set_aside.values()):
        found.append("rows do not add up")
    return found


@pytest.mark.parametrize("file_id", controls())
def test_a_real_file(file_id: str) -> None:
    assert faults(file_id) == []
