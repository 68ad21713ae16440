"""The eight indicators and what can be said in SQL of the checks that this file takes, by hand in DuckDB.

python hand_duckdb_check.py FOLDER

Reads output.csv into a table once. Prints what hand_duckdb.py prints, and how many each check finds; names, places,
advice and what a finding does to the figures are left out. A number that cannot be read ends it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import duckdb
from hand_duckdb import figures, table
from hand_pandas import COLUMNS, MONTHS, NOW

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
BASE_36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
WEIGHTS = [pow(3, place, 31) for place in range(17)]
INNER = (3, 7, 9, 10, 5, 8, 4, 2)
FLOWS = {"output": "last_year", "revenue": None, "rnd": None}
PREVIOUS = MONTHS[-2]
YEAR = NOW[:4]
DATED = "select *, cast(period[1:4] as integer) * 12 + cast(period[5:6] as integer) - 1 as ordinal from form"
LAST_DAY = f"last_day(date '{NOW[:4]}-{NOW[4:]}-01')"


def of_characters(weights: tuple[int, ...] | list[int], alphabet: str, first: int) -> str:
    """The weighted sum of some characters of a code."""
    return " + ".join(
        f"{weight} * (strpos('{alphabet}', code[{first + place}]) - 1)" for place, weight in enumerate(weights)
    )


def of_codes() -> dict[str, str]:
    """What is wrong with codes, each counted once."""
    right = f"regexp_full_match(code, '[{ALPHABET}]{{18}}')"
    check = f"strpos('{ALPHABET}', code[18]) - 1 <> (31 - ({of_characters(WEIGHTS, ALPHABET, 1)}) % 31) % 31"
    inner = f"code[17] <> '0X987654321'[({of_characters(INNER, BASE_36, 9)}) % 11 + 1]"
    codes = "(select distinct code from form) where"
    return {
        "code-length": f"select count(*) from {codes} length(code) <> 18",
        "code-alphabet": f"select count(*) from {codes} length(code) = 18 and not {right}",
        "code-check-character": f"select count(*) from {codes} {right} and ({check} or {inner})",
    }


def slips(value: str, base: str) -> str:
    """Whether an amount is ten, a thousand or ten thousand times another, or that part of it."""
    ratio = f"({value} / {base})"
    windows = " or ".join(
        f"{ratio} between {low} and {high} or {ratio} between 1 / {high} and 1 / {low}"
        for low, high in ((7.0, 14.0), (700.0, 1400.0), (7000.0, 14000.0))
    )
    return f"({value} > 0 and {base} > 0 and greatest({value}, {base}) >= 100 and ({windows}))"


def of_amounts(database: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Cumulatives that fall, amounts and files in another unit, swings, last year restated: month by month, at once."""
    falls, units, sums, swings = [], [], [], []
    for name, stated in FLOWS.items():
        base = f"coalesce({stated}, {name}_ago)" if stated else f"{name}_ago"
        falls.append(f"count(*) filter (same_year and {name}_before - {name} > greatest(1, 1e-6 * abs({name}_before)))")
        units.append(f"count(*) filter ({slips(name, base)})")
        sums += [f"sum({name}) filter ({name}_ago is not null)", f"sum({name}_ago) filter ({name} is not null)"]
        if stated:
            total = f"0.01 * (select sum({name}) from form where period = '{NOW}')"
            far = f"abs({name} - {base}) > greatest(0.5 * abs({base}), {total}) and {base} <> 0"
            swings.append(f"count(*) filter (period = '{NOW}' and {far} and not {slips(name, base)})")
    restated = "abs(last_year - output_ago) > greatest(0.005 * abs(output_ago), 1)"
    told = f"list(code) filter (period[1:4] = '{YEAR}' and {restated})"
    months = database.execute(
        f"select {' + '.join(falls)}, {' + '.join(units)}, {' + '.join(swings)}, {told}, {', '.join(sums)} "
        f"from ({beside()}) group by period"
    ).fetchall()
    pairs = [(own, ago) for month in months for own, ago in zip(month[4::2], month[5::2], strict=True) if own and ago]
    return {
        "cumulative-falls": sum(month[0] for month in months),
        "unit-slip": sum(month[1] for month in months) + against_own_months(database),
        "swing": sum(month[2] for month in months),
        "last-year-differs": len({code for month in months for code in month[3] or ()}),
        "file-unit-slip": sum(not 1 / 7 < own / ago < 7 for own, ago in pairs),
    }


def beside() -> str:
    """Every row beside the same enterprise's row before it and its row a year before."""
    own = [f"lag({name}) over own as {name}_before" for name in FLOWS]
    own += [f"any_value({name}) over year as {name}_ago" for name in FLOWS]
    return f"""
        select *, ordinal // 12 = lag(ordinal) over own // 12 as same_year, {", ".join(own)} from ({DATED})
        window own as (partition by code order by ordinal),
            year as (partition by code order by ordinal range between 12 preceding and 12 preceding)"""


def against_own_months(database: duckdb.DuckDBPyConnection) -> int:
    """Amounts in another unit by the median of the own last twelve months, of enterprises that may have any."""
    found = 0
    for name in FLOWS:
        rate = f"{name} / (ordinal % 12 + 1)"
        uneven = f"select code from ({DATED}) group by code having max({rate}) > 7 * min({rate})"
        usual = f"median({rate}) over (partition by code order by ordinal range between 12 preceding and 1 preceding)"
        rows = f"select {rate} as rate, {usual} as usual from ({DATED}) where code in ({uneven})"
        found += database.execute(f"select count(*) from ({rows}) where {slips('rate', 'usual')}").fetchall()[0][0]
    return found


def of_reporters() -> dict[str, str]:
    """Who reports, against the list and against the month before; rows of the latest month."""
    member = f'f."first" <= {NOW} and {NOW} <= f."last"'
    return {
        "duplicate-key": "select count(*) from (select 1 from form group by code, period having count(*) > 1)",
        "period-in-future": f"select count(*) from form where period > '{NOW}'",
        "reporter-missing": f"select count(*) from form o join firms f on o.code = f.code and {member} "
        f"where period = '{PREVIOUS}' and o.code not in (select code from form where period = '{NOW}')",
        "reporter-new": "select count(*) from (select code, min(period) as own, arg_min(last_year, period) as ago "
        f"from form group by code) where own[1:4] = '{YEAR}' and own > '{MONTHS[0]}' and coalesce(ago, 0) = 0",
        "not-on-list": f"select count(*) from form o left join firms f on o.code = f.code and {member} "
        f"where period = '{NOW}' and f.code is null",
        "row-empty": f"select count(*) from form where period = '{NOW}' "
        "and coalesce(output, 0) = 0 and coalesce(revenue, 0) = 0 and coalesce(rnd, 0) = 0 and coalesce(staff, 0) = 0",
        "rnd-share-high": f"select count(*) from form where period = '{NOW}' "
        "and rnd > 0.5 * greatest(revenue, 0) and rnd > 0",
    }


def of_lists() -> dict[str, str]:
    """The list itself."""
    return {
        "industry-code-unknown": "select count(*) from listed where not regexp_full_match(industry, '[A-T]?[0-9]{4}')",
        "date-in-future": f"select count(*) from listed where joined > {LAST_DAY}",
    }


def found(database: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """How many each check finds."""
    asked = {**of_codes(), **of_reporters(), **of_lists()}
    counts = {slug: database.execute(question).fetchall()[0][0] for slug, question in asked.items()}
    return counts | of_amounts(database)


def main() -> None:
    """Reads, asks and prints."""
    folder = Path(sys.argv[1])
    database = duckdb.connect(config={"preserve_insertion_order": "false"})
    names = ", ".join(f'"{name}"' for name in COLUMNS)
    database.execute(f"create temp table held as select {names} from {table(folder, 'output')}")
    told = figures(database, folder, "held")
    short = ", ".join(f'"{long}" as {"last_year" if name == "last" else name}' for long, name in COLUMNS.items())
    database.execute(f"create temp view form as select {short} from held")
    listed = '"行业代码" as industry, cast("入园日期" as date) as joined'
    database.execute(f"create temp view listed as select {listed} from {table(folder, 'enterprises')}")
    print(json.dumps(told | {"found": found(database)}))


if __name__ == "__main__":
    main()
