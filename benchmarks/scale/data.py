"""Made-up data of national size: enterprises above designated size, month by month, and their list.

python benchmarks/scale/data.py FOLDER ROWS [--encoding gb18030] [--parquet | --xlsx]

24 months (2024-02 to 2026-03, without Januaries), ROWS / 24 enterprises, about 110 bytes a row: 12,000,000 rows are
1.3 GB. Rows stand month by month, as an archive of monthly exports does. Nothing is random: the same call writes the
same bytes.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from xicen_kpi.read.codes import USCC_ALPHABET as ALPHABET

if TYPE_CHECKING:
    from numpy.typing import NDArray

MONTHS = [f"{year}{month:02d}" for year in (2024, 2025, 2026) for month in range(2, 13)][:24]
HEADER = (
    "统一社会信用代码,单位详细名称,报告期,工业总产值;本月,工业总产值;1—本月,工业总产值;上年1—本月,"
    "营业收入;1—本月,研发费用;1—本月,从业人员,单位类型"
)
LIST_HEADER = "统一社会信用代码,单位详细名称,所在街镇,行业代码,入园日期,离园日期,产业标签"
INDUSTRIES = ["3911", "3915", "3921", "3973", "2710", "2761", "3562", "3670", "2611", "3812", "1351", "4417"]
TOWNS = [f"第{number:02d}镇" for number in range(1, 33)]
KINDS = ["法人单位", "视同法人单位"]
BLOCK = 50_000
_WEIGHTS_9 = np.array([3, 7, 9, 10, 5, 8, 4, 2])
_WEIGHTS_18 = np.array([1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28])


def codes(count: int) -> NDArray[np.str_]:
    """Unified social credit codes with both check characters right (GB 32100-2015, GB 11714-1997)."""
    numbers = np.arange(1, count + 1)
    inner = numbers[:, None] // 10 ** np.arange(7, -1, -1) % 10
    ninth = (11 - inner @ _WEIGHTS_9 % 11) % 11  # 10 is written X, which the alphabet of the eighteen has at 29
    head = np.broadcast_to(np.array([9, 1, 3, 1, 0, 1, 1, 8]), (count, 8))
    body = np.hstack([head, inner, np.where(ninth == 10, ALPHABET.index("X"), ninth)[:, None]])
    last = (31 - body @ _WEIGHTS_18 % 31) % 31
    letters = np.array([ord(letter) for letter in ALPHABET], dtype=np.uint8)
    found: NDArray[np.str_] = letters[np.hstack([body, last[:, None]])].view("S18").ravel().astype("U18")
    return found


def names_of(own: NDArray[np.str_]) -> list[str]:
    """Made-up names, one for each code."""
    return [f"第{number}号有限公司" for number in range(1, len(own) + 1)]


def month_frame(own: NDArray[np.str_], names: list[str], place: int) -> pd.DataFrame:
    """All enterprises in one month; one in fifty has not reported."""
    number = np.arange(len(own))
    month = int(MONTHS[place][4:])
    size = 900 + number * 37 % 9_000
    rate = 1.0 + (number % 13 - 4) / 100
    total = np.rint(size * rate ** (int(MONTHS[place][:4]) - 2024) * month).astype(np.int64)
    before = np.rint(size * rate ** (int(MONTHS[place][:4]) - 2024) * (month - 1)).astype(np.int64)
    frame = pd.DataFrame(
        {
            "code": own,
            "name": names,
            "period": MONTHS[place],
            "month": np.where(month > 2, total - before, total),
            "total": total,
            "last": np.rint(total / rate).astype(np.int64),
            "revenue": np.rint(total * 1.02).astype(np.int64),
            "rnd": (total * (number % 7) / 100).round(1),
            "staff": 20 + number % 480,
            "kind": np.where(number % 29 == 0, KINDS[1], KINDS[0]),
        }
    )
    return pd.DataFrame(frame.loc[(number + place) % 50 != 0])


def list_frame(own: NDArray[np.str_]) -> pd.DataFrame:
    """The enterprise list: most are members from the first day, some join, some leave, some are tagged."""
    number = np.arange(len(own))
    return pd.DataFrame(
        {
            "code": own,
            "name": names_of(own),
            "town": np.array(TOWNS)[number % len(TOWNS)],
            "industry": np.array(INDUSTRIES)[number // 3 % len(INDUSTRIES)],
            "joined": np.where(number % 11 == 0, "2025-03-01", "2020-01-01"),
            "left": np.where(number % 97 == 0, "2025-06-30", ""),
            "tags": np.where(number % 17 == 0, "新一代信息技术(60%)", ""),
        }
    )


def write(folder: Path, rows: int, form: str = "utf-8") -> Path:
    """Writes list and monthly figures below a folder, unless they are there.

    Args:
        folder: Where to.
        rows: About how many of them.
        form: An encoding for CSV, or parquet or xlsx.
    """
    encoding = "utf-8" if form in {"parquet", "xlsx"} else form
    done = folder / "complete"
    if done.exists():
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    own = codes(-(-rows // len(MONTHS) * 50 // 49))
    names = names_of(own)
    members = list_frame(own).set_axis(LIST_HEADER.split(","), axis="columns")
    members.to_csv(folder / "enterprises.csv", index=False, encoding=encoding)
    with (folder / "output.csv").open("w", encoding=encoding, newline="") as handle:
        handle.write(HEADER + "\n")
        for place in range(len(MONTHS)):
            frame = month_frame(own, names, place)
            for first in range(0, len(frame), BLOCK):
                frame.iloc[first : first + BLOCK].to_csv(handle, index=False, header=False)
    if form == "parquet":
        _to_parquet(folder)
    if form == "xlsx":
        _to_xlsx(folder)
    done.touch()
    return folder


def _to_parquet(folder: Path) -> None:
    """The same tables as Parquet, codes and months as texts and numbers as numbers, instead of the CSV."""
    import polars as pl  # noqa: PLC0415 -- only those who want Parquet need it

    for name in ("output", "enterprises"):
        texts = dict.fromkeys(["统一社会信用代码", "报告期", "行业代码", "入园日期", "离园日期", "产业标签"], pl.String)
        own = pl.read_csv(folder / f"{name}.csv", n_rows=0).columns
        scanned = pl.scan_csv(folder / f"{name}.csv", schema_overrides={key: texts[key] for key in texts if key in own})
        scanned.sink_parquet(folder / f"{name}.parquet")
        (folder / f"{name}.csv").unlink()


def _to_xlsx(folder: Path) -> None:
    """The monthly figures as a workbook, instead of the CSV."""
    frame = pd.read_csv(folder / "output.csv", dtype={"统一社会信用代码": str, "报告期": str})
    frame.to_excel(folder / "output.xlsx", index=False, engine="xlsxwriter")
    (folder / "output.csv").unlink()


def main() -> None:
    """Writes what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("rows", type=int)
    parser.add_argument("--encoding", default="utf-8")
    parser.add_argument("--parquet", action="store_true")
    parser.add_argument("--xlsx", action="store_true")
    asked = parser.parse_args()
    write(asked.folder, asked.rows, "parquet" if asked.parquet else "xlsx" if asked.xlsx else asked.encoding)


if __name__ == "__main__":
    main()
