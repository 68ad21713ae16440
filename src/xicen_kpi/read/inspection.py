"""How a file is read, which source of a plan it feeds, and what its source would look like in a plan."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from xicen_kpi.plan.source import CellType, Frequency
from xicen_kpi.read.drop import name_fits
from xicen_kpi.read.export import tables_of
from xicen_kpi.read.files import load
from xicen_kpi.read.known_items import find_item, nearest_item
from xicen_kpi.read.locate import nearest_header, wanted_names
from xicen_kpi.read.propose import block_of_file, block_of_source, is_bare, split_period
from xicen_kpi.read.sought import sought_tables

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from xicen_kpi.plan.source import Source
    from xicen_kpi.read.loaded import Loaded
    from xicen_kpi.read.locate import Located
    from xicen_kpi.read.table import Table


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a file fits a source of the plan.

    Attributes:
        source_id: The source.
        by_name: Whether the file's name fits the source's globs.
        found: Plan column to the file's header.
        lacking: Columns that the source needs and the file has not, each with the file's nearest header.
        wanted: How many columns the source has.
    """

    source_id: str
    by_name: bool
    found: Mapping[str, str]
    lacking: Mapping[str, str | None]
    wanted: int

    @property
    def feeds(self) -> bool:
        """Whether the file can serve as a file of the source."""
        return not self.lacking


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was made of a file.

    Attributes:
        name: The file, as messages call it.
        tables: Its tables, as read without a plan, with what is uncertain.
        fits: Sources of the plan that it may feed, the best first; by name alone where columns are lacking.
        block: A `sources:` block for it: the plan's own source where it feeds one, with this file's headers first;
            else one made of what is known of the forms.
        unknown: Headers that neither the source nor the forms know, each with the nearest label of a form.
    """

    name: str
    tables: list[Table]
    fits: tuple[Fit, ...] = ()
    block: str = ""
    unknown: Mapping[str, str | None] = field(default_factory=dict)


def inspect_file(path: Path, sources: Mapping[str, Source], *, name: str | None = None) -> Inspection:
    """Reads a file without a plan, matches it to the plan's sources and proposes its source.

    Args:
        path: The file.
        sources: Sources of the plan; none are needed.
        name: What messages call the file; else its own name.
    """
    loaded = load(path, name or path.name)
    fits = fits_of(loaded, sources)
    tables = tables_of(loaded)
    main = max(tables, key=lambda table: len(table.provenance.columns) * (table.provenance.rows_read + 1))
    headers = [header for header in main.provenance.columns if header]
    best = next((fit for fit in fits if fit.feeds), None)
    if best is not None:
        block = block_of_source(best.source_id, sources[best.source_id], best.found)
        taken = set(best.found.values())
    else:
        lists = [source_id for source_id, source in sources.items() if source.frequency is Frequency.LIST]
        block = block_of_file(path.name, main, next(iter(lists), None)) if headers else ""
        taken = set[str]()
    unknown = {
        header: nearest_item(split_period(header).label)
        for header in headers
        if header not in taken and not is_bare(header) and find_item(split_period(header).label) is None
    }
    return Inspection(loaded.name, tables, fits, block, unknown)


def fits_of(loaded: Loaded, sources: Mapping[str, Source]) -> tuple[Fit, ...]:
    """The sources that a file may feed, the best first: all columns, then the name, then the share of columns."""
    found = [fit for source_id, source in sources.items() if (fit := _fit(loaded, source_id, source))]
    return tuple(sorted(found, key=lambda fit: (not fit.feeds, not fit.by_name, -len(fit.found) / fit.wanted)))


def _fit(loaded: Loaded, source_id: str, source: Source) -> Fit | None:
    by_name = name_fits(loaded.name, source)
    wanted = wanted_names(source.columns)
    needed = {name for name in source.key if source.columns[name].type is not CellType.MONTH}
    best: Located | None = None
    for grid in loaded.grids:
        for _, located in sought_tables(grid, wanted, needed):
            if best is None or len(located.places) > len(best.places):
                best = located
    if best is None or (len(best.places) < 2 and not by_name):
        return Fit(source_id, by_name, {}, dict.fromkeys(source.columns), len(source.columns)) if by_name else None
    found = {name: header.text for name, place in best.places.items() if (header := best.headers[place])}
    lacking = {
        name: nearest_header(column, best.headers)
        for name, column in source.columns.items()
        if name not in found and not column.optional and column.type is not CellType.MONTH
    }
    if lacking and not by_name and 2 * len(found) < len(source.columns):
        return None
    return Fit(source_id, by_name, found, lacking, len(source.columns))


def first_rows(table: Table, count: int) -> list[list[str]]:
    """The first rows of a table as the tool sees them, each cell as text, '' where missing, the row's number first."""
    head = table.data.head(count)
    missing = head.isna().to_numpy()
    cells = head.astype("object").to_numpy()
    return [
        [str(number), *("" if gone else _shown(cell) for cell, gone in zip(row, holes, strict=True))]
        for number, row, holes in zip(head.index, cells, missing, strict=True)
    ]


def _shown(cell: object) -> str:
    """A cell as people write it: 12, not 12.0, and a day without its midnight."""
    text = str(cell)
    return text.removesuffix(".0") if isinstance(cell, float) else text.removesuffix(" 00:00:00")
