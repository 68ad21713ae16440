"""How help is laid out: in the reader's language, and with lines measured in cells, of which a 汉字 takes two."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.cells import cell_len

from xicen_kpi.cli.options import LANG
from xicen_kpi.render.wrap import padded, wrapped
from xicen_kpi.words.help_frame import framed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WIDEST, NARROWEST = 110, 50
"""Cells of a line, whatever the terminal."""
_FIRST_COLUMN = 30


class HelpPage:
    """Takes what the parser has to say about a command and lays it out.

    Attributes:
        width: Told to the parser, which cuts short descriptions to it: so wide that it cuts none.
    """

    width = 10_000

    def __init__(self, **_: object) -> None:
        self.columns = max(NARROWEST, min(WIDEST, shutil.get_terminal_size().columns - 1))
        self.lines: list[str] = []
        self.margin = ""

    def write_usage(self, prog: str, args: str = "") -> None:
        """How the command is called."""
        lead = framed(f"Usage: {prog} ", LANG)
        self.lines += wrapped(framed(args, LANG), self.columns, " " * cell_len(lead), lead)

    def write_paragraph(self) -> None:
        """A blank line."""
        self.lines.append("")

    def write_text(self, text: str) -> None:
        """Paragraphs, separated by blank lines."""
        for place, paragraph in enumerate(text.split("\n\n")):
            if place:
                self.lines.append("")
            self.lines += wrapped(" ".join(paragraph.split("\n")), self.columns, self.margin)

    def write_dl(self, rows: Sequence[tuple[str, str]]) -> None:
        """Two columns: names, and what they are."""
        pairs = [(framed(name, LANG), framed(text, LANG)) for name, text in rows]
        first = min(_FIRST_COLUMN, max(cell_len(name) for name, _ in pairs)) + 2
        indent = self.margin + " " * first
        for name, text in pairs:
            lead = self.margin + padded(name, first)
            if cell_len(name) + 2 > first:
                self.lines.append(self.margin + name)
                lead = indent
            self.lines += wrapped(text, self.columns, indent, lead) if text else [lead.rstrip()]

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        """A heading, and what stands below it."""
        self.lines += ["", f"{framed(name, LANG)}{'：' if LANG == 'zh' else ':'}"]
        with self.indentation():
            yield

    @contextmanager
    def indentation(self) -> Iterator[None]:
        """Lines further in."""
        before, self.margin = self.margin, self.margin + "  "
        try:
            yield
        finally:
            self.margin = before

    def getvalue(self) -> str:
        """The page."""
        return "\n".join(self.lines)
