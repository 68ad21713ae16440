"""Lines of a given width, where a Chinese character takes two cells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.cells import cell_len

if TYPE_CHECKING:
    from collections.abc import Iterator

_PIECES = re.compile(
    r"\s+|[（《“‘【]*"
    r"(?:[!-~‰¥≥≤−—〔〕]+(?:个百分点|亿元|万元|千元|元|个月|个|家|项|人|年|月)?|\S)"
    r"[，。；、：）〕》”’】！？%)\];,.]*"
)
"""What is never broken: a word, a number with its unit; opening marks stay with what follows, closing ones with what
they close (避头尾)."""


def wrapped(text: str, width: int, indent: str = "", first: str | None = None) -> Iterator[str]:
    """Breaks a text into lines; words and numbers stay whole, a closing mark stays with what it closes.

    Args:
        text: One paragraph.
        width: Cells of a line, the indent included.
        indent: What lines begin with.
        first: What the first line begins with, where it differs.
    """
    line = indent if first is None else first
    empty = True
    for piece in _PIECES.findall(text):
        fits = cell_len(line) + cell_len(piece) <= width
        if not fits and not empty:
            yield line.rstrip()
            line, empty = indent, True
            if piece.isspace():
                continue
        line += piece
        empty = False
    if not empty:
        yield line.rstrip()


def padded(text: str, width: int) -> str:
    """The text with spaces to so many cells; a longer one stays whole."""
    return text + " " * max(0, width - cell_len(text))
