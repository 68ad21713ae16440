"""A bar of text for completion, with a mark where 序时进度 stands."""

from __future__ import annotations

_EIGHTHS = " ▏▎▍▌▋▊▉█"
MARK = "│"
"""Where the elapsed share of the window falls."""


def drawn_bar(done: float | None, due: float | None, width: int) -> str:
    """A bar of so many character cells.

    Args:
        done: Completion; below 0 shows as empty, above 1 as full.
        due: Elapsed share of the window; None for no mark.
        width: Cells.
    """
    if done is None:
        return " " * width
    filled = max(0.0, min(done, 1.0)) * width
    whole = int(filled)
    cells = [_EIGHTHS[8]] * whole
    if filled > whole:
        # Neither full before it is, nor empty when there is something.
        cells.append(_EIGHTHS[min(7, max(1, round((filled - whole) * 8)))])
    cells += ["·"] * (width - len(cells))
    if due is not None:
        cells[min(width - 1, max(0, round(due * width) - 1 if due >= 1 else int(due * width)))] = MARK
    return "".join(cells)
