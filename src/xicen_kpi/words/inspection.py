"""Words of `inspect`: how a file was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xicen_kpi.words.labels import Lang

INSPECTION: Mapping[str, tuple[str, str]] = {
    "table": ("表 {number}", "table {number}"),
    "sheet": ("工作表 {sheet}", "sheet {sheet}"),
    "title": ("标题：{title}", "title: {title}"),
    "header": ("表头：第 {first}—{last} 行", "header: rows {first} to {last}"),
    "header.one": ("表头：第 {first} 行", "header: row {first}"),
    "header.none": ("没有表头", "no header"),
    "data": ("数据：第 {first}—{last} 行", "data: rows {first} to {last}"),
    "data.none": ("没有数据行", "no data rows"),
    "period": ("所属期：{period}（见{origin}）", "period: {period} (from the {origin})"),
    "snapshot": ("截至日期：{day}", "complete up to {day}"),
    "rows": ("读入 {read} 行，采用 {used} 行", "{read} rows read, {used} used"),
    "aside": ("，剔除{aside}", ", set aside {aside}"),
    "marks": ("标记为合计、小计或其中的行：{rows}", "rows marked as totals, sub-totals or 其中: {rows}"),
    "unit": ("单位：{unit}（{origin}）{columns}", "unit: {unit} ({origin}) {columns}"),
    "columns": ("列：{columns}", "columns: {columns}"),
    "first": ("前 {count} 行（工具读到的样子）：", "the first {count} rows, as the tool sees them:"),
    "feeds": ("可用作 {source}（{found}/{wanted} 列）", "feeds {source} ({found} of {wanted} columns)"),
    "lacks": (
        "文件名像 {source}，但缺少列：{lacking}",
        "named like {source}, but without the columns {lacking}",
    ),
    "lacks.near": ("{wanted}（是不是“{near}”？）", "{wanted} (did you mean {near}?)"),
    "unknown": ("没有认出的列：{columns}", "headers that are not known: {columns}"),
    "nowhere": ("计划中没有适合它的数据源", "no source of the plan fits it"),
    "block": ("可粘贴到计划文件的 sources：", "a sources: block to paste into the plan:"),
    "unsure": ("不确定之处：", "what it is unsure of:"),
    "origin.column": ("列", "column"),
    "origin.title": ("标题", "title"),
    "origin.sheet": ("工作表名", "sheet"),
    "origin.file_name": ("文件名", "file name"),
    "origin.folder": ("文件夹名", "folder"),
    "unreadable": ("读不出来", "cannot be read"),
}


def inspection_word(key: str, lang: Lang, **values: object) -> str:
    """A sentence by its key.

    Raises:
        KeyError: There is no such sentence.
    """
    text = INSPECTION[key][0 if lang == "zh" else 1]
    return text.format_map(values) if values else text
