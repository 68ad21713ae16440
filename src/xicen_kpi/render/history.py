"""The history of figures as text: a sparkline, first reported against current, and which data moved it."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from rich.cells import cell_len

from xicen_kpi.render.numbers import ABSENT, amount, less, signed
from xicen_kpi.report.history import SNAPSHOT_FORMAT
from xicen_kpi.words.history import history_word as word
from xicen_kpi.words.labels import label, month_name, unit_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xicen_kpi.report.history import IndicatorHistory, PeriodRecord, Standing
    from xicen_kpi.words.labels import Lang

_LEVELS = "▁▂▃▄▅▆▇█"
_HOLE = "·"


def sparkline(values: Sequence[float | None]) -> str:
    """One character a value, from the lowest to the highest; a dot where there is none."""
    known = [value for value in values if value is not None]
    if not known:
        return _HOLE * len(values)
    low, span = min(known), max(known) - min(known)

    def level(value: float | None) -> str:
        if value is None:
            return _HOLE
        return _LEVELS[len(_LEVELS) // 2] if span == 0 else _LEVELS[round((value - low) / span * (len(_LEVELS) - 1))]

    return "".join(map(level, values))


def history_json(found: Sequence[IndicatorHistory]) -> str:
    """All histories as one object."""
    told = {"format_version": SNAPSHOT_FORMAT, "indicators": [asdict(one) for one in found]}
    return json.dumps(told, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def history_text(found: Sequence[IndicatorHistory], lang: Lang, *, full: bool) -> str:
    """All histories.

    Args:
        found: The histories.
        lang: Language.
        full: With a line for each period; else one line an indicator.
    """
    lines: list[str] = []
    for one in found:
        lines += _full(one, lang) if full else _short(one, lang)
    return "\n".join(lines) + "\n"


def _name(one: Standing, lang: Lang) -> str:
    return one.name_zh if lang == "zh" else one.name_en


def _title(one: IndicatorHistory, lang: Lang) -> str:
    return word("title", lang, name=_name(one.latest, lang), id=one.id, unit=unit_name(one.latest.unit, lang))


def _short(one: IndicatorHistory, lang: Lang) -> Iterator[str]:
    latest = one.latest
    yield _title(one, lang)
    value = amount(latest.value, latest.decimals)
    told = word("line", lang, value=value, status=label(f"status.{latest.status}", lang), count=len(one.periods))
    yield f"  {sparkline([period.current.value for period in one.periods])}  {told}"


def _full(one: IndicatorHistory, lang: Lang) -> Iterator[str]:
    yield from _short(one, lang)
    heads = [word(f"head.{name}", lang) for name in ("period", "first", "current", "revision", "status")]
    rows = [heads, *(_cells(period, one.latest.decimals, lang) for period in one.periods)]
    widths = [max(cell_len(row[place]) for row in rows) for place in range(len(heads))]
    for place, row in enumerate(rows):
        cells = [_padded(cell, width, right=0 < n < 4) for n, (cell, width) in enumerate(zip(row, widths, strict=True))]
        yield f"  {'  '.join(cells)}".rstrip()
        if place:
            yield from _revisions(one.periods[place - 1], one.latest.decimals, lang)


def _cells(period: PeriodRecord, decimals: int, lang: Lang) -> list[str]:
    first, current = period.first, period.current
    change = less(current.value, first.value) if first.value is not None and current.value is not None else None
    status = label(f"status.{current.status}", lang)
    if first.status != current.status:
        status = word("status.moved", lang, before=label(f"status.{first.status}", lang), after=status)
    return [
        month_name(period.as_of, lang),
        amount(first.value, decimals),
        amount(current.value, decimals),
        ABSENT if not change else signed(change, decimals),
        status,
    ]


def _revisions(period: PeriodRecord, decimals: int, lang: Lang) -> Iterator[str]:
    for one in period.revisions:
        files = [word("targets", lang) if name == "targets" else name for name in one.files]
        yield "    " + word(
            "revised",
            lang,
            recorded=one.recorded[:16].replace("T", " "),
            before=amount(one.before, decimals),
            after=amount(one.after, decimals),
            files=("、" if lang == "zh" else ", ").join(files) or word("files.none", lang),
        )


def _padded(text: str, width: int, *, right: bool) -> str:
    space = " " * (width - cell_len(text))
    return space + text if right else text + space
