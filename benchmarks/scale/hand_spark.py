"""The eight indicators by hand in PySpark, on this machine: what a good analyst would write for this one file.

python hand_spark.py FOLDER

Reads output.csv and enterprises.csv, or their Parquet twins where those are there. Prints what hand_pandas.py prints.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from hand_pandas import BEFORE, COLUMNS, ELECTRONICS, MONTHS, NOW, SUMS, WHOLE
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as f


def table(spark: SparkSession, folder: Path, name: str) -> DataFrame:
    """One table; of a CSV every column is a text at first, so that no month becomes a time."""
    if (folder / f"{name}.parquet").exists():
        return spark.read.parquet(str(folder / f"{name}.parquet"))
    return spark.read.csv(str(folder / f"{name}.csv"), header=True)


def main() -> None:
    """Asks once for the months, and for the enterprises of the two that are compared."""
    folder = Path(sys.argv[1])
    spark = (
        SparkSession.builder.master("local[*]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "8")
        .config("spark.driver.memory", "4g")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    joined, left = f.col("入园日期"), f.coalesce(f.col("离园日期"), f.lit(""))
    firms = table(spark, folder, "enterprises").select(
        f.col("统一社会信用代码").alias("code"),
        f.concat(joined.substr(1, 4), joined.substr(6, 2)).cast("int").alias("from"),
        f.when(left == "", 999912).otherwise(f.concat(left.substr(1, 4), left.substr(6, 2)).cast("int")).alias("until"),
        f.when(f.coalesce(f.col("产业标签"), f.lit("")) != "", 0.6)
        .otherwise(f.col("行业代码").isin(*WHOLE).cast("double"))
        .alias("share"),
        f.col("行业代码").isin(*ELECTRONICS).alias("electronic"),
    )
    rows = table(spark, folder, "output").select(*(f.col(f"`{long}`").alias(short) for long, short in COLUMNS.items()))
    rows = rows.join(firms, "code").where(f.col("period").cast("int").between(f.col("from"), f.col("until")))
    rows = rows.withColumns(
        {name: f.col(name).cast("double") for name in ("output", "last", "revenue", "rnd", "staff")}
    )
    rows = rows.withColumns(
        {
            "it": f.col("revenue") * f.col("share"),
            "electronics": f.when(f.col("electronic"), f.col("output")).otherwise(0.0),
            "large": f.when(f.col("staff") >= 300, f.col("output")).otherwise(0.0),
        }
    )
    months = (
        rows.groupBy("period")
        .agg(
            *(f.sum(name).alias(name) for name in SUMS),
            f.sum((f.col("kind") == "法人单位").cast("double")).alias("legal"),
            f.count_distinct(f.when(f.col("electronic"), f.col("code"))).alias("electronic"),
        )
        .orderBy("period")
        .collect()
    )
    sign = f.when(f.col("period") == NOW, 1.0).otherwise(-1.0)
    moved = (
        rows.where(f.col("period").isin(NOW, BEFORE))
        .groupBy("code")
        .agg(*(f.sum(f.col(one) * sign).alias(one) for one in SUMS))
    ).cache()
    top = {
        name: [row["code"] for row in moved.orderBy(f.abs(f.col(name)).desc()).limit(10).select("code").collect()]
        for name in SUMS
    }
    values = {name: [float(row[name]) for row in months] for name in (*SUMS, "legal", "electronic")}
    print(json.dumps({"months": MONTHS, "values": values, "top": top}))
    spark.stop()


if __name__ == "__main__":
    main()
