"""The tables of a sheet that a source of the plan looks for, in whatever shape they stand there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xicen_kpi.read.locate import Located, locate_header

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xicen_kpi.read.grid import Grid


def sought_tables(grid: Grid, wanted: Mapping[str, str], needed: set[str]) -> list[tuple[Grid, Located]]:
    """Tables of a sheet with the places of the plan's columns.

    A plain list first; else one in panels, further down, below another table, or a form of one enterprise.

    Args:
        grid: The sheet.
        wanted: Normal header names to the plan's columns.
        needed: Columns without which a row says nothing.
    """
    plain = locate_header(grid, wanted)
    known = 0 if plain is None else len(plain.places)
    if plain is not None and needed <= set(plain.places) and not plain.twice and 2 * known > len(set(wanted.values())):
        return [(grid, plain)]
    from xicen_kpi.read.pieces import pieces_of

    others = [(own, located) for own in pieces_of(grid, wanted, needed) if (located := locate_header(own, wanted))]
    whole = [(own, located) for own, located in others if needed <= set(located.places)]
    if whole and (plain is None or not needed <= set(plain.places) or plain.twice or _most(whole) > known):
        return whole
    return [(grid, plain)] if plain is not None else others[:1]


def _most(found: list[tuple[Grid, Located]]) -> int:
    return max(len(located.places) for _, located in found)
