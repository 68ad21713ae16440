"""The report at a terminal: colour, a bar with its mark, and as many columns as the width allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from xicen_kpi.render.bar import MARK, drawn_bar
from xicen_kpi.render.commitments import WIDTH, commitment_lines
from xicen_kpi.render.scoreboard import Row, rows
from xicen_kpi.render.text import commitment_counts, findings, footnotes, heading
from xicen_kpi.render.wrap import padded, wrapped
from xicen_kpi.words.labels import label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import Console

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

LAYOUTS = (
    (20, ("value", "target", "completion", "bar", "pace", "gap", "change", "projection", "status")),
    (12, ("value", "target", "completion", "bar", "pace", "gap", "status")),
    (8, ("value", "target", "completion", "bar", "gap", "status")),
    (0, ("value", "target", "completion", "gap", "status")),
    (0, ("value", "target", "status")),
)
"""Cells of the bar and columns beside the name, from wide to narrow: the first that leaves room for names is taken."""

_NAME = 20
"""Cells that a name needs at least."""
_GAP = "  "


def show(report: Report, lang: Lang, console: Console, *, with_commitments: bool = False) -> None:
    """Writes the report to a terminal, if wanted with every commitment."""
    for line in _lines(report, lang, console.width, with_commitments=with_commitments):
        console.print(line, overflow="ignore", no_wrap=True, crop=False)


def _lines(report: Report, lang: Lang, width: int, *, with_commitments: bool) -> Iterator[Text]:
    yield from _folded([report.plan.title], width, "bold")
    yield from _folded([heading(report, lang)], width, "dim")
    for headline, key in ((True, "head.headline"), (False, "head.others")):
        own = rows(report, lang, headline=headline)
        if own:
            yield Text("")
            yield Text(label(key, lang), style="bold cyan")
            yield from _table(own, lang, width)
    yield Text("")
    yield from _folded([label("legend.bar", lang)], width, "dim")
    yield Text("")
    yield from _folded(commitment_counts(report, lang), width)
    if with_commitments:
        for line in (*commitment_lines(report, lang, min(WIDTH, width)), ""):
            yield from _folded([line], width, "bold cyan" if line.startswith("[") else "")
    for line in findings(report, lang):
        yield from _folded([line], width, "dim" if line.startswith("    ") else "")
    yield Text("")
    yield from _folded(footnotes(report, lang), width, "dim")


def _folded(lines: Iterable[str], width: int, style: str = "") -> Iterator[Text]:
    """Lines of text at this width, what does not fit below its beginning."""
    for line in lines:
        text = line.lstrip(" ")
        lead = line[: len(line) - len(text)]
        if cell_len(line) <= width:
            yield Text(line, style=style)
        else:
            yield from (Text(part, style=style) for part in wrapped(text, width, f"{lead}  ", lead))


def _table(own: Sequence[Row], lang: Lang, width: int) -> Iterator[Text]:
    heads = {name: label(f"head.{name}", lang) for _, columns in LAYOUTS for name in columns if name != "bar"}
    name_width, bar, sizes = _layout(own, heads, label("head.indicator", lang), width)
    line = Text(padded(label("head.indicator", lang), name_width), style="bold")
    for column, size in sizes.items():
        line.append(_GAP + _set(heads.get(column, ""), size, column))
    yield line
    yield Text("─" * (name_width + sum(len(_GAP) + size for size in sizes.values())), style="dim")
    for one in own:
        first, *more = wrapped(one.name, name_width)
        line = Text(padded(first, name_width))
        for column, size in sizes.items():
            line.append(_GAP)
            line.append_text(_cell(one, column, size, bar))
        yield line
        yield from (Text(part) for part in more)
        yield from (Text(part, style="dim") for part in wrapped(one.remarks, width, "    "))


def _layout(own: Sequence[Row], heads: dict[str, str], name: str, width: int) -> tuple[int, int, dict[str, int]]:
    """Cells of the name, of the bar, and of each column beside them."""
    longest = max(cell_len(text) for text in (name, *(one.name for one in own)))
    found = []
    for bar, columns in LAYOUTS:
        sizes = {
            column: bar if column == "bar" else max(cell_len(text) for text in (heads[column], *_texts(own, column)))
            for column in columns
        }
        room = width - sum(len(_GAP) + size for size in sizes.values())
        found.append((max(1, min(longest, room)), bar, sizes))
    return next((one for one in found if one[0] >= min(longest, _NAME)), found[-1])


def _texts(own: Sequence[Row], column: str) -> Iterator[str]:
    yield from (str(getattr(one, column)) for one in own)


def _set(text: str, size: int, column: str) -> str:
    """To the left the state, which ends the line; to the right every number."""
    return text if column == "status" else " " * (size - cell_len(text)) + text


def _cell(one: Row, column: str, size: int, bar: int) -> Text:
    if column == "bar":
        return _bar(one, bar)
    style = {"status": COLOURS[one.state], "value": "bold"}.get(column, "")
    return Text(_set(str(getattr(one, column)), size, column), style=style)


def _bar(one: Row, width: int) -> Text:
    drawn = Text(drawn_bar(one.done, one.due, width), style=COLOURS[one.state])
    drawn.highlight_words([MARK], style="bold default")
    drawn.highlight_words(["·"], style="dim")
    return drawn
