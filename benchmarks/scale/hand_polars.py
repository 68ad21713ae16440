"""The eight indicators by hand in lazy polars, streaming: what a good analyst would write for this one file.

python hand_polars.py FOLDER

Reads output.csv and enterprises.csv, or their Parquet twins where those are there. Prints what hand_pandas.py prints.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import polars as pl
from hand_pandas import BEFORE, COLUMNS, ELECTRONICS, MONTHS, NOW, SUMS, WHOLE


def scan(folder: Path, name: str, texts: list[str]) -> pl.LazyFrame:
    """One table."""
    if (folder / f"{name}.parquet").exists():
        return pl.scan_parquet(folder / f"{name}.parquet")
    return pl.scan_csv(folder / f"{name}.csv", schema_overrides=dict.fromkeys(texts, pl.String))


def main() -> None:
    """Asks once for the months, and for the enterprises of the two that are compared."""
    folder = Path(sys.argv[1])
    listed = scan(folder, "enterprises", ["统一社会信用代码", "行业代码", "入园日期", "离园日期", "产业标签"])
    firms = listed.select(
        pl.col("统一社会信用代码").alias("code"),
        (pl.col("入园日期").str.slice(0, 4) + pl.col("入园日期").str.slice(5, 2)).cast(pl.Int32).alias("from"),
        (pl.col("离园日期").str.slice(0, 4) + pl.col("离园日期").str.slice(5, 2))
        .cast(pl.Int32, strict=False)
        .fill_null(999912)
        .alias("until"),
        pl.when(pl.col("产业标签").fill_null("") != "")
        .then(0.6)
        .otherwise(pl.col("行业代码").is_in(WHOLE).cast(pl.Float64))
        .alias("share"),
        pl.col("行业代码").is_in(ELECTRONICS).alias("electronics"),
    )
    rows = (
        scan(folder, "output", ["统一社会信用代码", "报告期"])
        .select(pl.col(name).alias(short) for name, short in COLUMNS.items())
        .join(firms, on="code")
        .with_columns(pl.col("period").cast(pl.Int32).alias("number"))
        .filter((pl.col("from") <= pl.col("number")) & (pl.col("number") <= pl.col("until")))
        .with_columns(
            pl.col("output", "last", "revenue", "rnd").cast(pl.Float64),
            (pl.col("revenue") * pl.col("share")).alias("it"),
        )
        .with_columns(
            pl.when("electronics").then("output").otherwise(0.0).alias("electronics_output"),
            pl.when(pl.col("staff") >= 300).then("output").otherwise(0.0).alias("large"),
        )
    )
    shown = {name: "electronics_output" if name == "electronics" else name for name in SUMS}
    by_month = rows.group_by("period").agg(
        *(pl.col(column).sum().alias(name) for name, column in shown.items()),
        (pl.col("kind") == "法人单位").sum().alias("legal"),
        pl.col("code").filter(pl.col("electronics")).n_unique().alias("electronic"),
    )
    by_firm = (
        rows.filter(pl.col("period").is_in([NOW, BEFORE]))
        .group_by("code")
        .agg(
            pl.when(pl.col("period") == NOW).then(pl.col(column)).otherwise(-pl.col(column)).sum().alias(name)
            for name, column in shown.items()
        )
    )
    months, firm = pl.collect_all([by_month, by_firm], engine="streaming")
    months = months.sort("period")
    values = {name: months[name].cast(pl.Float64).to_list() for name in (*SUMS, "legal", "electronic")}
    top = {name: firm.sort(pl.col(name).abs(), descending=True).head(10)["code"].to_list() for name in SUMS}
    print(json.dumps({"months": MONTHS, "values": values, "top": top}))


if __name__ == "__main__":
    main()
