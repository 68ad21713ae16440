"""The lists below a trail: enterprises as aligned columns, files, and how well projections would have done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from xicen_kpi.render.numbers import ABSENT, amount, percent, signed
from xicen_kpi.render.wrap import padded, wrapped
from xicen_kpi.words.explain import explain_word as word
from xicen_kpi.words.labels import label, month_name, unit_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xicen_kpi.render.numbers import Rule
    from xicen_kpi.report.explanation import Explanation
    from xicen_kpi.report.sources import SourceFile
    from xicen_kpi.words.labels import Lang

Line = tuple[str, ...]
"""Code, name, and the cells of one enterprise."""


def lists(found: Explanation, lang: Lang, rule: Rule, width: int) -> Iterator[str]:
    """The largest enterprises, those that have not reported, that fall short most, and that are near a step."""
    unit = unit_name(found.amounts_unit, lang)
    for title, heads, lines in (
        _contributors(found, lang, rule, unit),
        _missing(found, lang, rule, unit),
        _shortfalls(found, lang, rule, unit),
        _watched(found, lang, rule),
    ):
        if lines:
            yield from ("", title)
            yield from aligned([(word("col.code", lang), word("col.name", lang), *heads), *lines], width)


def _contributors(found: Explanation, lang: Lang, rule: Rule, unit: str) -> tuple[str, Line, list[Line]]:
    lines: list[Line] = [
        (one.code, one.name, amount(one.value, 2, rule), percent(one.share, rule), signed(one.pull_pp, 2, rule))
        for one in found.contributors
    ]
    key = "contributors.of" if found.indicator.kind == "ratio" else "contributors"
    return word(key, lang, count=len(lines)), (unit, word("col.share", lang), word("col.pull", lang)), lines


def _missing(found: Explanation, lang: Lang, rule: Rule, unit: str) -> tuple[str, Line, list[Line]]:
    lines: list[Line] = [
        (one.code, one.name, amount(one.previous, 2, rule), one.town or ABSENT) for one in found.missing
    ]
    return word("missing", lang), (word("col.last", lang, unit=unit), word("col.town", lang)), lines


def _shortfalls(found: Explanation, lang: Lang, rule: Rule, unit: str) -> tuple[str, Line, list[Line]]:
    lines = [
        (one.code, one.name, *(amount(value, 2, rule) for value in (one.wanted, one.projected, one.amount)))
        for one in found.shortfalls
    ]
    heads = tuple(word(f"col.{name}", lang) for name in ("wanted", "projected", "short"))
    mark = f"（{unit}）" if lang == "zh" else f" ({unit})"
    return word("shortfalls", lang) + mark, heads, lines


def _watched(found: Explanation, lang: Lang, rule: Rule) -> tuple[str, Line, list[Line]]:
    lines = [
        (
            one.code,
            one.name,
            *(amount(value, 0, rule) for value in (one.projected, one.threshold, one.missing)),
            word(f"threshold.{one.state}", lang),
        )
        for one in found.watched
    ]
    heads = tuple(word(f"col.{name}", lang) for name in ("projected", "threshold", "short", "state"))
    period = month_name(found.watched[0].period, lang) if found.watched else ""
    return word("watched", lang, period=period, unit=unit_name("万元", lang)), heads, lines


def aligned(lines: Sequence[Line], width: int) -> Iterator[str]:
    """Columns: code and name to the left, the rest to the right; a name too long stands on a line of its own."""
    widths = [max(cell_len(line[place]) for line in lines) for place in range(len(lines[0]))]
    rest = 2 + widths[0] + 2 + sum(2 + one for one in widths[2:])
    widths[1] = min(widths[1], width - rest)
    for line in lines:
        code, name = padded(line[0], widths[0]), line[1] or ABSENT
        pairs = zip(line[2:], widths[2:], strict=True)
        figures = "".join("  " + " " * (size - cell_len(cell)) + cell for cell, size in pairs)
        if cell_len(name) > widths[1]:
            yield f"  {code}  {name}"
            code, name = " " * widths[0], ""
        yield f"  {code}  {padded(name, widths[1])}{figures}".rstrip()


def files(found: Explanation, lang: Lang, width: int) -> Iterator[str]:
    """Files with their rows, unit and hash."""
    if found.files:
        yield from ("", word("files", lang))
    for file in found.files:
        yield from wrapped(_file(file, lang), width, "    ", "  ")


def _file(file: SourceFile, lang: Lang) -> str:
    tie = "、" if lang == "zh" else ", "
    aside = tie.join(f"{label(f'aside.{why}', lang)} {count}" for why, count in file.set_aside.items())
    unit = ""
    if file.unit is not None:
        origins = tie.join(word(f"unit_from.{one}", lang) for one in (file.unit_from or "").split("、") if one)
        unit = word("file.unit", lang, unit=unit_name(file.unit, lang), unit_from=origins or ABSENT)
    return word(
        "file",
        lang,
        file=file.file,
        read=file.rows_read,
        used=file.rows_used,
        aside=word("file.aside", lang, aside=aside) if aside else "",
        unit=unit,
        sha=file.sha256[:12],
    )


def errors(found: Explanation, lang: Lang, rule: Rule) -> Iterator[str]:
    """Mean errors of the projection beside simpler ones, month by month."""
    yield from ("", word("errors", lang))
    if not found.errors:
        yield f"  {word('errors.none', lang)}"
        return
    heads = word("errors.head", lang).split("|")
    yield "  " + "  ".join(padded(head, 12) for head in heads).rstrip()
    for one in found.errors:
        cells = [str(one.month), *(percent(value, rule) for value in (one.ours, one.linear, one.full_yoy))]
        yield "  " + "  ".join(padded(cell, 12) for cell in cells).rstrip()
