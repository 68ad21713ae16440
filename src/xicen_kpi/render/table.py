"""The report at a terminal: colour, a bar with its mark, and as many columns as the width allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from xicen_kpi.render.bar import MARK, drawn_bar
from xicen_kpi.render.commitments import WIDTH, commitment_lines
from xicen_kpi.render.scoreboard import Row, rows
from xicen_kpi.render.text import commitment_counts, findings, footnotes, heading
from xicen_kpi.words.labels import label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from xicen_kpi.report.model import Report
    from xicen_kpi.words.labels import Lang

COLOURS = {
    "achieved": "bold green",
    "on_track": "green",
    "at_risk": "yellow",
    "off_track": "red",
    "deteriorating": "bold red",
    "lapsed": "red",
    "missed": "bold red",
    "not_assessable": "dim",
}
"""Colour of each state; the word stands beside it always."""

NARROW, WIDE = 100, 132
"""Below the first the table leaves out what can be worked out; from the second it has every column."""


def show(report: Report, lang: Lang, console: Console, *, with_commitments: bool = False) -> None:
    """Writes the report to a terminal, if wanted with every commitment."""
    console.print(Group(*_parts(report, lang, console.width, with_commitments=with_commitments)))


def _parts(report: Report, lang: Lang, width: int, *, with_commitments: bool) -> Iterator[RenderableType]:
    yield Text(report.plan.title, style="bold")
    yield Text(heading(report, lang), style="dim")
    for headline, key in ((True, "head.headline"), (False, "head.others")):
        own = rows(report, lang, headline=headline)
        if own:
            yield Text("")
            yield Text(label(key, lang), style="bold cyan")
            yield _table(own, lang, width)
    yield Text(label("legend.bar", lang), style="dim")
    yield Text("")
    for line in commitment_counts(report, lang):
        yield Text(line)
    if with_commitments:
        for line in (*commitment_lines(report, lang, min(WIDTH, width)), ""):
            yield Text(line, style="bold cyan" if line.startswith("[") else "")
    yield from _findings(report, lang)
    for line in footnotes(report, lang):
        yield Text(line, style="dim")


def _table(own: Sequence[Row], lang: Lang, width: int) -> Table:
    wide, narrow = width >= WIDE, width < NARROW
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=False, show_edge=False)
    table.add_column(label("head.indicator", lang), overflow="fold", ratio=1, min_width=16)
    table.add_column(label("head.value", lang), justify="right", no_wrap=True)
    table.add_column(label("head.target", lang), justify="right", no_wrap=True)
    table.add_column(label("head.completion", lang), justify="right", no_wrap=True)
    if not narrow:
        table.add_column("", no_wrap=True)
        table.add_column(label("head.pace", lang), justify="right", no_wrap=True)
    table.add_column(label("head.gap", lang), justify="right", no_wrap=True)
    if wide:
        table.add_column(label("head.change", lang), justify="right", no_wrap=True)
        table.add_column(label("head.projection", lang), justify="right", no_wrap=True)
    table.add_column(label("head.status", lang), no_wrap=True)
    for one in own:
        table.add_row(*_cells(one, wide=wide, narrow=narrow))
    return table


def _cells(one: Row, *, wide: bool, narrow: bool) -> Iterator[RenderableType]:
    colour = COLOURS[one.state]
    name = Text(one.name)
    if one.remarks:
        name.append(f"\n{one.remarks}", style="dim")
    yield name
    yield Text(one.value, style="bold")
    yield one.target
    if narrow:
        yield Group(Text(one.completion, justify="right"), _bar(one, 8, colour))
    else:
        yield one.completion
        yield _bar(one, 20 if wide else 12, colour)
        yield one.pace
    yield one.gap
    if wide:
        yield one.change
        yield one.projection
    yield Text(one.status, style=colour)


def _bar(one: Row, width: int, colour: str) -> Text:
    drawn = Text(drawn_bar(one.done, one.due, width), style=colour)
    drawn.highlight_words([MARK], style="bold default")
    drawn.highlight_words(["·"], style="dim")
    return drawn


def _findings(report: Report, lang: Lang) -> Iterator[RenderableType]:
    for line in findings(report, lang):
        style = "dim" if line.startswith("    ") else ""
        yield Text(line, style=style)
    yield Text("")
