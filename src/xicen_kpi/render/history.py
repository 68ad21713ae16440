"""The history of figures as text: a sparkline, first reported against current, and which data moved it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len

from xicen_kpi.render.numbers import ABSENT, amount, less, signed
from xicen_kpi.report.history import SNAPSHOT_FORMAT
from xicen_kpi.words.history import history_word as word
from xicen_kpi.words.labels import label, month_name, unit_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xicen_kpi.render.numbers import Rule
    from xicen_kpi.report.history import IndicatorHistory, Standing
    from xicen_kpi.report.recorded import RecordedPeriod, Revision
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
    told = [period_text(period.plain, one.latest.decimals, lang) for period in one.periods]
    rows = [heads(lang), *(row.cells for row in told)]
    widths = [max(cell_len(row[place]) for row in rows) for place in range(len(rows[0]))]
    for place, row in enumerate(rows):
        cells = [_padded(cell, width, right=0 < n < 4) for n, (cell, width) in enumerate(zip(row, widths, strict=True))]
        yield f"  {'  '.join(cells)}".rstrip()
        if place:
            yield from (f"    {text}" for text in told[place - 1].revisions)


@dataclass(frozen=True, slots=True)
class PeriodText:
    """One month of reporting, ready to print.

    Attributes:
        cells: Under the heads of `heads`.
        revisions: What lay between, a line each.
    """

    cells: tuple[str, ...]
    revisions: tuple[str, ...]


def heads(lang: Lang) -> tuple[str, ...]:
    """Heads of a table of periods."""
    return tuple(word(f"head.{name}", lang) for name in ("period", "first", "current", "revision", "status"))


def period_text(period: RecordedPeriod, decimals: int, lang: Lang, rule: Rule = "half_up") -> PeriodText:
    """What was reported first, what stands now and by how much and why it was revised."""
    change = None if period.first is None or period.value is None else less(period.value, period.first)
    status = label(f"status.{period.status}", lang)
    if period.first_status != period.status:
        status = word("status.moved", lang, before=label(f"status.{period.first_status}", lang), after=status)
    cells = (
        month_name(period.as_of, lang),
        amount(period.first, decimals, rule),
        amount(period.value, decimals, rule),
        ABSENT if not change else signed(change, decimals, rule),
        status,
    )
    return PeriodText(cells, tuple(_revised(one, decimals, lang, rule) for one in period.revisions))


def _revised(one: Revision, decimals: int, lang: Lang, rule: Rule) -> str:
    files = [word("targets", lang) if name == "targets" else name for name in one.files]
    return word(
        "revised",
        lang,
        recorded=word("this", lang) if one.recorded is None else one.recorded[:16].replace("T", " "),
        before=amount(one.before, decimals, rule),
        after=amount(one.after, decimals, rule),
        files=("、" if lang == "zh" else ", ").join(files) or word("files.none", lang),
    )


def _padded(text: str, width: int, *, right: bool) -> str:
    space = " " * (width - cell_len(text))
    return space + text if right else text + space
