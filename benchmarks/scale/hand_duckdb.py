"""The eight indicators by hand in DuckDB SQL: what a good analyst would write for this one file.

python hand_duckdb.py FOLDER

Reads output.csv and enterprises.csv, or their Parquet twins where those are there. Prints what hand_pandas.py prints.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import duckdb
from hand_pandas import BEFORE, COLUMNS, MONTHS, NOW, SUMS

FIRMS = """
create temp table firms as select "统一社会信用代码" as code,
    cast(substr("入园日期", 1, 4) || substr("入园日期", 6, 2) as integer) as "first",
    coalesce(try_cast(substr("离园日期", 1, 4) || substr("离园日期", 6, 2) as integer), 999912) as "last",
    case when coalesce("产业标签", '') <> '' then 0.6::double
         when "行业代码" in ('3911', '3915') then 1.0 else 0.0 end as share,
    "行业代码" in ('3911', '3915', '3921', '3973') as electronic
from {table}
"""
ROWS = """
create temp view counted as select o.code, o.period, o.kind, electronic, output, "last_year" as "last", revenue, rnd,
    revenue * share as it, case when electronic then output else 0 end as electronics,
    case when staff >= 300 then output else 0 end as large
from (select {columns} from {table}) o join firms f on o.code = f.code
where f."first" <= cast(o.period as integer) and cast(o.period as integer) <= f."last"
"""


def table(folder: Path, name: str) -> str:
    """Where DuckDB reads a table from."""
    if (folder / f"{name}.parquet").exists():
        return f"read_parquet('{folder / name}.parquet')"
    texts = "'统一社会信用代码': 'VARCHAR'" + (
        ", '报告期': 'VARCHAR'" if name == "output" else ", '行业代码': 'VARCHAR'"
    )
    if name == "enterprises":
        texts += ", '入园日期': 'VARCHAR', '离园日期': 'VARCHAR', '产业标签': 'VARCHAR'"
    return f"read_csv('{folder / name}.csv', types = {{{texts}}})"


def figures(database: duckdb.DuckDBPyConnection, folder: Path, rows: str) -> dict[str, Any]:
    """Asks once for the months, and for the enterprises of the two that are compared.

    Args:
        database: Where to ask.
        folder: The data.
        rows: The form, as SQL names it.
    """
    database.execute(FIRMS.format(table=table(folder, "enterprises")))
    columns = ", ".join(f'"{long}" as {"last_year" if short == "last" else short}' for long, short in COLUMNS.items())
    database.execute(ROWS.format(columns=columns, table=rows))
    sums = ", ".join(f'sum("{name}")' for name in SUMS)
    kept = ", ".join(f'sum(case when period = \'{NOW}\' then "{name}" else -"{name}" end) as "{name}"' for name in SUMS)
    months = database.execute(
        f"select period, {sums}, count(*) filter (kind = '法人单位'), count(distinct code) filter (electronic) "
        "from counted group by period order by period"
    ).fetchall()
    both = f"period in ('{NOW}', '{BEFORE}')"
    database.execute(f"create temp table moved as select code, {kept} from counted where {both} group by code")
    values = {
        name: [float(row[place]) for row in months] for place, name in enumerate((*SUMS, "legal", "electronic"), 1)
    }
    top = {}
    for name in SUMS:
        ten = database.execute(f'select code from moved order by abs("{name}") desc limit 10').fetchall()
        top[name] = [row[0] for row in ten]
    return {"months": MONTHS, "values": values, "top": top}


def main() -> None:
    """Asks and prints."""
    folder = Path(sys.argv[1])
    database = duckdb.connect(config={"preserve_insertion_order": "false"})
    print(json.dumps(figures(database, folder, table(folder, "output"))))


if __name__ == "__main__":
    main()
