"""How files are read, as text for a person and as JSON for a script."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from xicen_kpi.read.inspection import first_rows
from xicen_kpi.render.wrap import wrapped
from xicen_kpi.words.explain import explain_word
from xicen_kpi.words.findings import hint, message
from xicen_kpi.words.inspection import inspection_word as word
from xicen_kpi.words.labels import label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xicen_kpi.errors import Finding
    from xicen_kpi.read.inspection import Fit, Inspection
    from xicen_kpi.read.table import Provenance, Table
    from xicen_kpi.words.labels import Lang

WIDTH = 100
ROWS = 3
"""How many rows are shown."""


def inspection_text(found: Sequence[Inspection], lang: Lang, *, with_rows: bool = True) -> str:
    """Everything that was made of each file.

    Args:
        found: What was made of them.
        lang: Language of the page.
        with_rows: Whether the first rows are shown; they name enterprises.
    """
    return "\n".join(line for one in found for line in (*_file(one, lang, with_rows=with_rows), "")) + "\n"


def folder_text(found: Sequence[Inspection], lang: Lang) -> str:
    """One line a file: what it is, and which source it feeds."""
    return "".join(f"{one.name}: {_summary(one, lang)}\n" for one in found)


def inspection_json(found: Sequence[Inspection], lang: Lang, *, with_rows: bool = True) -> str:
    """The same as one JSON list."""
    data = [_data(one, lang, with_rows=with_rows) for one in found]
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _file(one: Inspection, lang: Lang, *, with_rows: bool) -> Iterator[str]:
    yield one.name
    for number, table in enumerate(one.tables, 1):
        yield from _table(table, number, lang, with_rows=with_rows)
    yield from _unsure([found for table in one.tables for found in table.findings], lang)
    for fit in one.fits:
        yield f"  {_fit(fit, lang)}"
    if not one.fits:
        yield f"  {word('nowhere', lang)}"
    if one.unknown:
        yield from wrapped(word("unknown", lang, columns=_near(one.unknown, lang)), WIDTH, "    ", "  ")
    if one.block:
        yield f"  {word('block', lang)}"
        yield from one.block.rstrip().splitlines()


def _table(table: Table, number: int, lang: Lang, *, with_rows: bool) -> Iterator[str]:
    trail = table.provenance
    parts = [word("table", lang, number=number), trail.kind, trail.encoding or "", _delimiter(trail)]
    if trail.sheet:
        parts.insert(1, word("sheet", lang, sheet=trail.sheet))
    yield f"  {' · '.join(part for part in parts if part)}"
    for line in _layout(table, lang):
        yield from wrapped(line, WIDTH, "      ", "    ")
    if with_rows and trail.rows_used:
        rows = first_rows(table, ROWS)
        yield f"    {word('first', lang, count=len(rows))}"
        for row in rows:
            yield from wrapped(" | ".join(row), WIDTH, "          ", "      ")


def _layout(table: Table, lang: Lang) -> Iterator[str]:
    trail = table.provenance
    if trail.title:
        yield word("title", lang, title=" / ".join(trail.title.split("\n")))
    yield _span("header", trail.header_rows, lang)
    yield _span("data", trail.data_rows, lang)
    if trail.period is not None:
        origin = word(f"origin.{trail.period_from}", lang) if trail.period_from else ""
        yield word("period", lang, period=trail.period, origin=origin)
    if trail.snapshot is not None:
        yield word("snapshot", lang, day=trail.snapshot.isoformat())
    tie = "、" if lang == "zh" else ", "
    aside = tie.join(f"{label(f'aside.{why}', lang)} {count}" for why, count in sorted(trail.set_aside.items()))
    yield word("rows", lang, read=trail.rows_read, used=trail.rows_used) + (
        word("aside", lang, aside=aside) if aside else ""
    )
    if table.marks:
        yield word("marks", lang, rows=tie.join(map(str, sorted(table.marks))))
    for (unit, origin), columns in _by_unit(trail).items():
        names = tie.join(columns) if len(columns) < len(trail.columns) else ""
        yield word("unit", lang, unit=unit, origin=explain_word(f"unit_from.{origin}", lang), columns=names)
    yield word("columns", lang, columns=tie.join(name or "–" for name in trail.columns))


def _span(key: str, rows: tuple[int, int] | None, lang: Lang) -> str:
    if rows is None:
        return word(f"{key}.none", lang)
    if key == "header" and rows[0] == rows[1]:
        return word("header.one", lang, first=rows[0])
    return word(key, lang, first=rows[0], last=rows[1])


def _by_unit(trail: Provenance) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for column, read in trail.units.items():
        if read.unit is not None:
            found.setdefault((read.unit, read.unit_from), []).append(column)
    return found


def _delimiter(trail: Provenance) -> str:
    return {"\t": "TAB", None: ""}.get(trail.delimiter, trail.delimiter or "")


def _unsure(findings: Sequence[Finding], lang: Lang) -> Iterator[str]:
    if findings:
        yield f"  {word('unsure', lang)}"
    for found in findings:
        row = f"{found.where.row}: " if found.where.row else ""
        yield from wrapped(
            f"{row}{message(found, lang)} [{found.slug}] → {hint(found, lang)}", WIDTH, "      ", "    - "
        )


def _fit(fit: Fit, lang: Lang) -> str:
    if fit.feeds:
        return word("feeds", lang, source=fit.source_id, found=len(fit.found), wanted=fit.wanted)
    return word("lacks", lang, source=fit.source_id, lacking=_near(fit.lacking, lang))


def _near(names: object, lang: Lang) -> str:
    pairs = dict(names) if isinstance(names, dict) else {}
    tie = "、" if lang == "zh" else ", "
    return tie.join(word("lacks.near", lang, wanted=name, near=near) if near else name for name, near in pairs.items())


def _summary(one: Inspection, lang: Lang) -> str:
    fit = next(iter(one.fits), None)
    what = word("nowhere", lang) if fit is None else _fit(fit, lang)
    rows = sum(table.provenance.rows_used for table in one.tables)
    read = sum(table.provenance.rows_read for table in one.tables)
    return f"{word('rows', lang, read=read, used=rows)}; {what}" if one.tables else word("unreadable", lang)


def _data(one: Inspection, lang: Lang, *, with_rows: bool) -> dict[str, Any]:
    return {
        "file": one.name,
        "tables": [_table_data(table, lang, with_rows=with_rows) for table in one.tables],
        "feeds": [
            {
                "source": fit.source_id,
                "complete": fit.feeds,
                "by_name": fit.by_name,
                "found": dict(fit.found),
                "lacking": dict(fit.lacking),
            }
            for fit in one.fits
        ],
        "unknown": dict(one.unknown),
        "sources_block": one.block,
    }


def _table_data(table: Table, lang: Lang, *, with_rows: bool) -> dict[str, Any]:
    trail = table.provenance
    return {
        "sheet": trail.sheet,
        "kind": trail.kind,
        "encoding": trail.encoding,
        "delimiter": trail.delimiter,
        "sha256": trail.sha256,
        "title": trail.title,
        "header_rows": trail.header_rows,
        "data_rows": trail.data_rows,
        "columns": list(trail.columns),
        "units": {name: {"unit": read.unit, "unit_from": read.unit_from} for name, read in trail.units.items()},
        "period": None if trail.period is None else str(trail.period),
        "period_from": trail.period_from,
        "snapshot": None if trail.snapshot is None else trail.snapshot.isoformat(),
        "rows_read": trail.rows_read,
        "rows_used": trail.rows_used,
        "set_aside": dict(sorted(trail.set_aside.items())),
        "marks": {str(row): mark for row, mark in sorted(table.marks.items())},
        "first_rows": first_rows(table, ROWS) if with_rows else None,
        "findings": [
            {
                "slug": found.slug,
                "severity": found.severity.value,
                "row": found.where.row,
                "message": message(found, lang),
            }
            for found in table.findings
        ],
    }
