"""A `sources:` block for a file, ready to be pasted into a plan."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from xicen_kpi.plan.source import CellType, Column, Counts, Frequency
from xicen_kpi.plan.units import normal_unit
from xicen_kpi.read.dates import read_day, read_span
from xicen_kpi.read.headers import half_width
from xicen_kpi.read.known_items import find_item

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from xicen_kpi.plan.source import Source
    from xicen_kpi.read.table import Table

_PERIODS = (
    (
        re.compile(r";?(上年|上年同期|去年同期)[;-]?(1[-—–~至]?(本月|\d{1,2}月)|累计)$"),
        "_last_year",
        Counts.YEAR_TO_DATE,
    ),
    (re.compile(r";?(上年|上年同期|去年同期)[;-]?(本月|当月)$"), "_month_last_year", Counts.PERIOD),
    (re.compile(r";?(本年[;-]?)?(1[-—–~至]?(本月|\d{1,2}月)|累计)$"), "", Counts.YEAR_TO_DATE),
    (re.compile(r";?(本年[;-]?)?(本月|当月)$"), "_month", Counts.PERIOD),
    (re.compile(r";?(上年|上年同期|去年同期)$"), "_last_year", Counts.PERIOD),
    (re.compile(r";?(本年|本期|全年)$"), "", Counts.PERIOD),
)
_LEADING = (
    (re.compile(r"^(上年同期|上年|去年同期);?1[-—–~至]?本月;"), "_last_year", Counts.YEAR_TO_DATE),
    (re.compile(r"^(上年同期|上年|去年同期);?本月;"), "_month_last_year", Counts.PERIOD),
    (re.compile(r"^(本年;?)?1[-—–~至]?本月;"), "", Counts.YEAR_TO_DATE),
    (re.compile(r"^(本年;?)?本月;"), "_month", Counts.PERIOD),
)
_FORMS = (
    (r"B204-?1", "output", "monthly"),
    (r"B203", "industry_finance", "monthly"),
    (r"F203", "service_finance", "monthly"),
    (r"E204", "wholesale", "monthly"),
    (r"107-?2", "rnd_survey", "annual"),
    (r"107-?1", "rnd_projects", "annual"),
    (r"GQ-?002", "torch", "annual"),
    (r"名录", "enterprises", "list"),
    (r"平台.*台账", "platforms", "ledger"),
    (r"新增.*台账", "new_enterprises", "ledger"),
    (r"服务.*台账", "talent_services", "ledger"),
    (r"培育.*台账", "nurtured", "ledger"),
    (r"承诺.*台账", "commitments_ledger", "ledger"),
    (r"台账", "ledger", "ledger"),
    (r"月报", "park_monthly", "monthly"),
)
_PLAIN = re.compile(r"[\w\u4e00-\u9fff（）()./—–-]+")
_UNDATED = re.compile(r"[_\s(（]*(?:19|20)\d{2}.*$")
_BARE = re.compile(r"列\d+|序号|行次|栏次|(?:计量|金额)?单位")
_UNSAFE = re.compile(r"[-+.\d]|(?:yes|no|on|off|true|false|null|y|n|~)\Z", re.IGNORECASE)


class Split(NamedTuple):
    """A header in its parts.

    Attributes:
        label: What is counted.
        suffix: What the plan's name for it ends in.
        counts: What it covers in time; None if it does not say.
    """

    label: str
    suffix: str
    counts: Counts | None


def split_period(header: str) -> Split:
    """Takes the period off a header: 营业收入;本年-1—本月 is 营业收入, cumulative."""
    half = re.sub(r"[;(](?:[十百千万亿]*元|%)\)?$", "", half_width(header))
    for form, suffix, counts in (*_PERIODS, *_LEADING):
        found = form.search(half)
        if found and len(found[0]) < len(half):
            return Split(half[: found.start()] + half[found.end() :], suffix, counts)
    return Split(half, "", None)


def is_bare(header: str) -> bool:
    """Whether a column says nothing that a plan could use: no name, a running number, the unit of each row."""
    return _BARE.fullmatch(half_width(header)) is not None


def block_of_source(source_id: str, source: Source, found: Mapping[str, str]) -> str:
    """The plan's own source with the headers of a file in front of those it knows already."""
    columns = {}
    for name, column in source.columns.items():
        own = [found[name]] if name in found and find_same(found[name], column.header) is None else []
        columns[name] = column.model_copy(update={"header": (*own, *column.header)})
    return _block(source_id, source.model_copy(update={"columns": columns}).model_dump(exclude_defaults=True), columns)


def find_same(header: str, known: Sequence[str]) -> str | None:
    """The header among the known ones that is written the same."""
    return next((one for one in known if half_width(one) == half_width(header)), None)


def block_of_file(file_name: str, table: Table, link: str | None = None) -> str:
    """A source for a file that no source of the plan fits, from what is known of the forms.

    Args:
        file_name: Name of the file.
        table: Its table.
        link: The plan's list of enterprises, if it has one.
    """
    data = table.data
    columns = _columns(table, data)
    stem = re.sub(r"\.\w+$", "", file_name)
    title = _UNDATED.sub("", table.provenance.title.split("\n")[0].strip()) or _UNDATED.sub("", stem)
    known = next(((name, often) for form, name, often in _FORMS if re.search(form, f"{file_name} {title}")), None)
    frequency = Frequency(known[1]) if known else _frequency(columns, table, data)
    declared: dict[str, object] = {
        "title": title,
        "files": [_UNDATED.sub("", stem) + "*"],
        "frequency": frequency.value,
    }
    if frequency not in {Frequency.LIST, Frequency.LEDGER} and "period" not in columns:
        columns["period"] = Column(header=("报告期", "数据期"), type=CellType.MONTH, optional=True)
    if frequency is Frequency.ANNUAL:
        columns = {name: _of_the_year(column) for name, column in columns.items()}
    declared |= _time(frequency, columns)
    if link and "uscc" in columns and frequency is not Frequency.LIST:
        declared["link"] = link
    return _block(known[0] if known else "source", declared, columns)


def _columns(table: Table, data: pd.DataFrame) -> dict[str, Column]:
    found: dict[str, Column] = {}
    seen: Counter[str] = Counter()
    for place, header in enumerate(table.provenance.columns):
        split = split_period(header)
        item = find_item(split.label) or find_item(header)
        numeric = data[header].dtype.kind == "f" and bool(data[header].notna().any())
        if item is None and is_bare(header):
            continue
        name = f"{item.name}{split.suffix}" if item else f"column_{place + 1}"
        seen[name] += 1
        name = name if seen[name] == 1 else f"{name}_{seen[name]}"
        kind = item.type if item else CellType.NUMBER if numeric else _kind_of_text(data[header])
        told = table.provenance.units.get(header)
        unit = (normal_unit(told.unit or "") if told else None) or (item.unit if item else None) or "1"
        counts = Counts.LEVEL if item and item.is_level else split.counts
        amount = {"unit": unit, "counts": counts} if kind is CellType.NUMBER else {}
        found[name] = Column.model_validate({"header": header, "type": kind, **amount})
    return found


def _kind_of_text(cells: pd.Series) -> CellType:
    if cells.dtype.kind == "M":
        return CellType.DATE
    some = [cell for cell in cells.tolist()[:50] if isinstance(cell, str)]
    days = sum(read_day(cell) is not None for cell in some)
    return CellType.DATE if some and days > 0.9 * len(some) else CellType.TEXT


def _frequency(columns: Mapping[str, Column], table: Table, data: pd.DataFrame) -> Frequency:
    """How the rows lie in time, by the columns and by what the cells of the period column name."""
    if any(column.counts is Counts.YEAR_TO_DATE for column in columns.values()):
        return Frequency.MONTHLY
    months = [column.header[0] for column in columns.values() if column.type is CellType.MONTH]
    spans = [read_span(cell) for cell in data[months[0]].tolist()[:50]] if months else [table.provenance.period]
    lengths = {span.months for span in spans if span is not None}
    if table.provenance.snapshot is not None or not lengths:
        dated = any(column.type is CellType.DATE for column in columns.values())
        return Frequency.LEDGER if dated and "uscc" not in columns else Frequency.LIST
    return Frequency.ANNUAL if lengths == {12} else Frequency.MONTHLY


def _of_the_year(column: Column) -> Column:
    """An amount that says nothing of its time is one of the year in an annual form."""
    if column.type is not CellType.NUMBER or column.counts is not None:
        return column
    return column.model_copy(update={"counts": Counts.PERIOD})


def _time(frequency: Frequency, columns: Mapping[str, Column]) -> dict[str, object]:
    """Key, membership and dates that go with the frequency."""
    days = [name for name, column in columns.items() if column.type is CellType.DATE]
    named = "name" in columns and columns["name"].header[0].removesuffix("名称") in {"平台", "服务"}
    order = (
        ("id", "name") if frequency is Frequency.LEDGER and (named or "id" in columns) else ("uscc", "name", "project")
    )
    own = next((name for name in order if name in columns), next(iter(columns), "name"))
    if frequency is Frequency.LIST:
        valid = {"valid": {"start": "joined", "end": "left"}} if {"joined", "left"} <= columns.keys() else {}
        return {"key": ["uscc", "joined"] if valid and own == "uscc" else [own], **valid}
    if frequency is Frequency.LEDGER:
        return {"key": [own], **({"dated": days[-1]} if days else {})}
    monthly = {"no_january": True} if frequency is Frequency.MONTHLY else {}
    several = [name for name in ("period", "project") if name in columns and name != own]
    return {"key": [own, *several], **monthly}


def _block(source_id: str, declared: Mapping[str, object], columns: Mapping[str, Column]) -> str:
    """The block as a person would write it: one line for each column."""
    lines = ["sources:", f"  {source_id}:"]
    for key, value in declared.items():
        if key != "columns":
            lines.append(f"    {key}: {_flow(value)}")
    lines.append("    columns:")
    for name, column in columns.items():
        parts = column.model_dump(exclude_defaults=True, mode="json")
        parts["header"] = list(column.header) if len(column.header) > 1 else column.header[0]
        lines.append(f"      {name}: {_flow(parts)}")
    return "\n".join(lines) + "\n"


def _flow(value: object) -> str:
    """A value in YAML's flow style."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    return text if _PLAIN.fullmatch(text) and not _UNSAFE.match(text) else json.dumps(text, ensure_ascii=False)
