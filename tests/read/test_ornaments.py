"""What people put above, below, beside and between the rows of a table changes neither its names nor its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from xicen_kpi.read.grid import Grid
from xicen_kpi.read.loaded import Loaded
from xicen_kpi.read.tables import build_table, find_tables

if TYPE_CHECKING:
    from collections.abc import Callable

    from xicen_kpi.read import Table

Rows = list[list[Any]]

TABLES: dict[str, tuple[Rows, int]] = {
    "provinces": ([["地区", "2024年", "2023年"], *[[f"第{n}省", 10.5 * n, 9.5 * n] for n in range(1, 13)]], 1),
    "years as numbers": (
        [["", 2022.0, 2023.0, 2024.0], *[[f"第{n}省", n + 0.5, n + 1.5, n * 7.5] for n in range(1, 13)]],
        1,
    ),
    "texts": ([["代码", "简称", "地址"], *[[f"00{n:04d}", f"简称{n}", f"某路{n}号"] for n in range(1, 13)]], 1),
    "two rows": (
        [["城市", "人口", ""], ["", "全市", "市辖区"], *[[f"第{n}市", 100.0 + n, 10.0 + n] for n in range(1, 13)]],
        2,
    ),
    "units": (
        [
            ["指标", "营业收入", "增速"],
            ["单位", "亿元", "%"],
            *[[f"2020-{n:02d}", 5.0 * n, 0.5 * n] for n in range(1, 13)],
        ],
        2,
    ),
    "sparse": (
        [["日期", "甲指数", "乙指数"], *[[f"2020-{n:02d}-28", 5.5 * n, "" if n % 3 else 1.5] for n in range(1, 13)]],
        1,
    ),
    "register": (
        [
            ["序号", "企业名称", "入园日期", "注册资本(万元)"],
            *[[n, f"第{n}公司", f"2020/1/{n}", 100.0 * n] for n in range(1, 13)],
        ],
        1,
    ),
}


def line(width: int, *cells: str) -> list[Any]:
    return [*cells, *[""] * (width - len(cells))]


def titles(rows: Rows, _: int) -> Rows:
    width = len(rows[0])
    return [
        line(width, "某园区情况统计表"),
        line(width, "填报单位：某园区", "", "单位：万元"),
        line(width, "2026年10月", "", "制表：甲"),
        *rows,
    ]


def one_title(rows: Rows, _: int) -> Rows:
    return [line(len(rows[0]), "某园区情况统计表"), *rows]


def column_before(rows: Rows, _: int) -> Rows:
    return [["", *row] for row in rows]


def gap_below_header(rows: Rows, height: int) -> Rows:
    return [*rows[:height], line(len(rows[0])), *rows[height:]]


def repeated_header(rows: Rows, height: int) -> Rows:
    return [*rows[: height + 6], *rows[:height], *rows[height + 6 :]]


def pages(rows: Rows, height: int) -> Rows:
    width = len(rows[0])
    return [*rows[: height + 6], line(width), line(width, "续表 1"), *rows[:height], *rows[height + 6 :]]


def footers(rows: Rows, _: int) -> Rows:
    width = len(rows[0])
    below = [
        line(width),
        line(width, "注：数据为初步数。"),
        line(width, "单位负责人：甲", "填表人：乙"),
        line(width, "数据来源：某局"),
    ]
    return [*rows, *below]


def second_table(rows: Rows, _: int) -> Rows:
    width = len(rows[0])
    more: Rows = [line(width), line(width, "表二 人员情况"), ["部门", "博士人数", "硕士人数", *[""] * (width - 3)]]
    return [*rows, *more, ["研发部", 5.0, 6.0, *[""] * (width - 3)], ["生产部", 7.0, 8.0, *[""] * (width - 3)]]


ORNAMENTS: list[Callable[[Rows, int], Rows]] = [
    titles,
    one_title,
    column_before,
    gap_below_header,
    repeated_header,
    pages,
    footers,
    second_table,
]


def first_table(rows: Rows) -> Table:
    return build_table(Loaded("a.xlsx", "xlsx"), next(iter(find_tables(Grid(rows)))))


@pytest.mark.parametrize("ornament", ORNAMENTS, ids=lambda one: one.__name__)
@pytest.mark.parametrize("name", TABLES)
def test_an_ornament_changes_nothing(name: str, ornament: Callable[[Rows, int], Rows]) -> None:
    rows, height = TABLES[name]
    plain, dressed = first_table(rows), first_table(ornament(rows, height))
    skipped = 1 if ornament is column_before else 0
    names = [column.removeprefix("列1") for column in plain.data.columns]
    assert [column.removeprefix("列1").removeprefix("列2") for column in dressed.data.columns[skipped:]] == names
    assert len(dressed.data) == len(plain.data) == 12
    for place in range(len(names)):
        assert dressed.data.iloc[:, place + skipped].tolist() == pytest.approx(
            plain.data.iloc[:, place].tolist(), nan_ok=True
        ) or (dressed.data.iloc[:, place + skipped].tolist() == plain.data.iloc[:, place].tolist())


@pytest.mark.parametrize("name", TABLES)
def test_the_second_table_is_another_one(name: str) -> None:
    rows, height = TABLES[name]
    tables = [build_table(Loaded("a.xlsx", "xlsx"), found) for found in find_tables(Grid(second_table(rows, height)))]
    assert [len(table.data) for table in tables] == [12, 2]
    assert tables[1].data["博士人数"].tolist() == [5, 7]


def test_announcements_in_a_list_of_one_column_set_nothing_aside() -> None:
    rows: Rows = [["公司名称"], *[[f"第{n}公司"] for n in range(20)]]
    table = first_table([*rows[:10], ["公司名称"], *rows[10:]])
    assert len(table.data) == 20
    titled = first_table([["某名单"], *rows])
    assert list(titled.data.columns) == ["公司名称"]
