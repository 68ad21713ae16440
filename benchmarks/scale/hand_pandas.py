"""The eight indicators by hand in pandas, folding chunk by chunk: what a good analyst would write for this one file.

python hand_pandas.py FOLDER [ENCODING]

Prints one JSON object: by indicator the value of every month, its value a year ago, and of the sums the ten enterprises
that moved it most; what it does not do is in benchmarks/README.md.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

COLUMNS = {
    "统一社会信用代码": "code",
    "报告期": "period",
    "工业总产值;1—本月": "output",
    "工业总产值;上年1—本月": "last",
    "营业收入;1—本月": "revenue",
    "研发费用;1—本月": "rnd",
    "从业人员": "staff",
    "单位类型": "kind",
}
SUMS = ("output", "last", "revenue", "rnd", "it", "electronics", "large")
ELECTRONICS = {"3911", "3915", "3921", "3973"}
WHOLE = {"3911", "3915"}
MONTHS = [f"{year}{month:02d}" for year in (2024, 2025, 2026) for month in range(2, 13)][:24]
NOW, BEFORE = MONTHS[-1], f"{int(MONTHS[-1][:4]) - 1}{MONTHS[-1][4:]}"


def members(folder: Path, encoding: str) -> pd.DataFrame:
    """The list with the months of membership and the share in next-generation IT, by code."""
    frame = pd.read_csv(folder / "enterprises.csv", dtype=str, keep_default_na=False, encoding=encoding)
    frame.columns = pd.Index(["code", "name", "town", "industry", "joined", "left", "tags"])
    frame["first"] = (frame["joined"].str[:4] + frame["joined"].str[5:7]).astype(int)
    left = frame["left"].str[:4] + frame["left"].str[5:7]
    frame["last"] = left.where(left != "", "999912").astype(int)
    frame["share"] = np.where(frame["tags"] != "", 0.6, frame["industry"].isin(WHOLE).astype(float))
    frame["electronics"] = frame["industry"].isin(ELECTRONICS)
    return frame.set_index("code")


def main() -> None:
    """Folds the file."""
    folder, encoding = Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "utf-8"
    firms = members(folder, encoding)
    first, last = firms["first"].to_numpy(), firms["last"].to_numpy()
    share, electronics = firms["share"].to_numpy(), firms["electronics"].to_numpy()
    sums = np.zeros((len(SUMS) + 1, len(MONTHS)))
    electronic = np.zeros((len(MONTHS), len(firms)), dtype=bool)
    kept = {month: np.full((len(SUMS), len(firms)), np.nan) for month in (NOW, BEFORE)}
    place_of = {month: place for place, month in enumerate(MONTHS)}
    types: dict[str, Any] = {"统一社会信用代码": str, "报告期": "category", "单位类型": "category"}
    types |= dict.fromkeys(list(COLUMNS)[2:7], "float64")
    for chunk in pd.read_csv(
        folder / "output.csv", usecols=list(COLUMNS), dtype=types, chunksize=500_000, encoding=encoding
    ):
        chunk.columns = pd.Index([COLUMNS[name] for name in chunk.columns])
        firm = firms.index.get_indexer(pd.Index(chunk["code"]))
        months = chunk["period"].cat.categories
        number = months.astype(int).to_numpy()[chunk["period"].cat.codes]
        month = np.array([place_of[str(one)] for one in months])[chunk["period"].cat.codes]
        inside = (firm >= 0) & (first[firm] <= number) & (number <= last[firm])
        output = chunk["output"].to_numpy()
        amounts = {
            "output": output,
            "last": chunk["last"].to_numpy(),
            "revenue": chunk["revenue"].to_numpy(),
            "rnd": chunk["rnd"].to_numpy(),
            "it": chunk["revenue"].to_numpy() * share[firm],
            "electronics": np.where(electronics[firm], output, 0.0),
            "large": np.where(chunk["staff"].to_numpy() >= 300, output, 0.0),
        }
        for row, name in enumerate(SUMS):
            sums[row] += np.bincount(month[inside], weights=amounts[name][inside], minlength=len(MONTHS))
        legal = inside & (chunk["kind"] == "法人单位").to_numpy()
        sums[-1] += np.bincount(month[legal], minlength=len(MONTHS))
        counted = inside & electronics[firm]
        electronic[month[counted], firm[counted]] = True
        for one, table in kept.items():
            there = inside & (month == place_of[one])
            if there.any():
                for row, name in enumerate(SUMS):
                    table[row, firm[there]] = amounts[name][there]
    moved = np.nan_to_num(kept[NOW]) - np.nan_to_num(kept[BEFORE])
    found = dict(zip((*SUMS, "legal"), sums.tolist(), strict=True))
    found["electronic"] = electronic.sum(axis=1).astype(float).tolist()
    codes = firms.index.to_numpy()
    top = {name: codes[np.argsort(-np.abs(moved[row]), kind="stable")[:10]].tolist() for row, name in enumerate(SUMS)}
    print(json.dumps({"months": MONTHS, "values": found, "top": top}))


if __name__ == "__main__":
    main()
