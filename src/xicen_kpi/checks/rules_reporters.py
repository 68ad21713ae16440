"""Rules about who reports: missing and new enterprises, forms against the enterprise list, two frames at once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from xicen_kpi.checks.code_faults import any_fault
from xicen_kpi.checks.items import text_column
from xicen_kpi.checks.model import Concern, Rule, Suspicion
from xicen_kpi.checks.suspicions import each, stake, suspect
from xicen_kpi.checks.table import bands_of
from xicen_kpi.errors import Location
from xicen_kpi.plan.period import Month
from xicen_kpi.read.table import PERIOD
from xicen_kpi.words.checks_bilingual import Both
from xicen_kpi.words.findings import finding

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from xicen_kpi.checks.material import Material
    from xicen_kpi.checks.model import Doubts
    from xicen_kpi.checks.table import Table
    from xicen_kpi.engine.register import Register

_MAIN = ("output", "revenue", "goods_sales", "rnd_total")
"""The item that stands for an enterprise's size in a form, the first that the form has."""

_FRAMES = ("revenue", "goods_sales")
"""A legal unit reports the one or the other of these every month, in the form of its own trade (专业)."""

_USUAL = 0.8
"""Share of the list's members of one frame that report in a form, from which the others are expected there too."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A form at its latest period and the one before."""

    table: Table
    now: int
    before: int


def turns(material: Material) -> list[Turn]:
    """Forms that name enterprises and hold two periods."""
    found = []
    for table in material.forms:
        held = [month for month in table.held if month <= max(material.as_of, 0)]
        if table.code_column is not None and len(held) > 1:
            found.append(Turn(table, held[-1], held[-2]))
    return found


def main_column(table: Table) -> str | None:
    """The number that shows an enterprise's size in a form."""
    known = [name for item in _MAIN if (name := table.item(item)) is not None]
    return next(iter([*known, *table.roles.values()]), None)


def register_of(material: Material, table: Table) -> Register | None:
    """The enterprise list that a form is linked to."""
    return material.registers.get(table.source.link or "")


def missing(material: Material, one: Turn) -> Doubts:
    """In the period before and still on the list, but not in the latest."""
    table, column = one.table, main_column(one.table)
    register = register_of(material, table)
    rows = table.at(one.before)
    own = table.ids[rows]
    gone = (own >= 0) & ~np.isin(own, table.ids[table.at(one.now)])
    if register is not None:
        gone &= register.rows_at(own, np.full(len(own), one.now)) >= 0
    chosen = rows[gone]
    last = np.zeros(len(table.frame)) if column is None else np.nan_to_num(table.amounts(column))
    total = 0.0 if column is None else table.whole.total(column, one.before)
    trail = table.whole.first_part(one.now).trail
    where = Location(trail.path, sheet=trail.sheet)

    def tell(row: int) -> Suspicion:
        about = {**table.who(row), "period": str(Month.of_ordinal(one.now)), "last": last[row]}
        about |= {"column": table.header(column) if column else "", "unit": table.unit(column) if column else ""}
        share = last[row] / total if total else 0.0
        return Suspicion(
            finding("reporter-missing", where, **about, share=share, before=str(Month.of_ordinal(one.before))),
            _expected(table, row, one.now),
        )

    yield from each(table, "reporter-missing", chosen, last[chosen], tell)


def _expected(table: Table, row: int, now: int) -> tuple[Any, ...]:
    """What the enterprise would bring: its last cumulative; in a year's first month that of a year before."""
    same_year = table.periods[row] // 12 == now // 12
    rows = np.array([row]) if same_year else np.flatnonzero((table.ids == table.ids[row]) & (table.periods == now - 12))
    return tuple(stake(table, name, rows, table.amounts(name)[rows], now) for name in table.roles.values())


def with_last_year(material: Material) -> list[Turn]:
    """Forms with 上年同期 that hold several periods."""
    return [one for one in turns(material) if any(role.last_year for role in one.table.roles)]


def new_reporters(material: Material, one: Turn) -> Doubts:  # noqa: ARG001 -- the form of a check
    """In the form for the first time this year, and without last year's value: entry papers would have it."""
    table = one.table
    order = np.argsort(table.periods, kind="stable")
    _, first = np.unique(table.ids[order], return_index=True)
    rows = order[first]
    recent = (table.periods[rows] // 12 == one.now // 12) & (table.periods[rows] <= one.now)
    rows = rows[recent & (table.ids[rows] >= 0) & (table.periods[rows] > min(table.held))]
    columns = [name for role, name in table.roles.items() if role.last_year]
    empty = np.all([np.nan_to_num(table.amounts(name)) == 0 for name in columns], axis=0)
    bad = rows[empty[rows]]
    yield from each(
        table,
        "reporter-new",
        bad,
        np.zeros(len(bad)),
        lambda row: suspect(table, "reporter-new", row, columns[0], column=table.header(columns[0])),
        table.entrance[bad],
    )


def linked(material: Material) -> list[Turn]:
    """Forms whose enterprises are looked up on a list."""
    found = []
    for table in material.forms:
        held = [month for month in table.held if month <= material.as_of]
        if table.code_column is not None and held and register_of(material, table) is not None:
            found.append(Turn(table, held[-1], held[-1]))
    return found


def not_on_list(material: Material, one: Turn) -> Doubts:
    """In the latest period of a form, and no member of the park's list then."""
    table, register = one.table, register_of(material, one.table)
    if register is None or table.code_column is None:
        return
    rows = table.at(one.now)
    found = register.rows_at(table.ids[rows], table.periods[rows])
    listed = set(material.tables[str(table.source.link)].codes)
    column = main_column(table)
    size = np.zeros(len(table.frame)) if column is None else np.nan_to_num(table.amounts(column))
    # A code that is wrong in itself is another rule's finding, not two for one slip.
    bad = rows[found < 0]
    bad = bad[~any_fault(table.codes[bad])]

    def tell(row: int) -> Suspicion:
        code = str(table.codes[row])
        ever = code in listed
        about = {**table.who(row), "value": size[row]}
        about |= {"column": table.header(column) if column else "", "unit": table.unit(column) if column else ""}
        about |= {"why": Both("名录中该期不在园", "not a member then") if ever else Both("名录中没有", "not on it")}
        return Suspicion(finding("not-on-list", table.where(row, table.code_column), **about), (Concern(code),))

    yield from each(table, "not-on-list", bad, size[bad], tell)


@dataclass(frozen=True, slots=True)
class Listed:
    """A list that says in which frame each member reports, and the forms that look it up."""

    table: Table
    frame_column: str
    forms: tuple[Turn, ...]


def lists(material: Material) -> list[Listed]:
    """Lists with 报表类别."""
    found = []
    for name in material.registers:
        table = material.tables[name]
        column = text_column(table.source, "frame")
        # A sheet of a single month cannot say who has ever reported.
        forms = tuple(one for one in linked(material) if one.table.source.link == name and len(one.table.held) > 1)
        if column is not None and table.has(column) and forms:
            found.append(Listed(table, column, forms))
    return found


def listed_not_reporting(material: Material, one: Listed) -> Doubts:
    """A member whose kind reports in a form, and that has never been in it."""
    table, register = one.table, material.registers[one.table.source_id]
    for form in one.forms:
        usual = table.whole.once(("usual", form.table.source_id), partial(_usual, one, form, register))
        kinds = _kinds(table, one.frame_column)
        members = register.rows_at(table.ids, np.full(len(table.ids), form.now)) >= 0
        absent = members & ~np.isin(table.ids, form.table.ids)
        expected = [kinds[place] in usual for place in table.ids[absent].tolist()]
        rows = np.flatnonzero(absent)[np.array(expected, dtype=np.bool_)]
        title = form.table.source.title
        yield from each(
            table,
            "listed-not-reporting",
            rows,
            np.zeros(len(rows)),
            partial(_absent, table, one.frame_column, Both(title.zh, title.en)),
        )


def _kinds(table: Table, column: str) -> dict[int, Any]:
    """In which frame each enterprise of a list reports, by its place in the book."""
    return dict(zip(table.ids.tolist(), table.frame[column].tolist(), strict=True))


def _usual(one: Listed, form: Turn, register: Register) -> set[Any]:
    """The kinds of members that, all enterprises together, do report in a form."""
    of_kind, there = Counter[Any](), Counter[Any]()
    for table, reported in zip(
        bands_of(one.table.whole, [one.frame_column]), bands_of(form.table.whole, [PERIOD]), strict=True
    ):
        kinds = _kinds(table, one.frame_column)
        places = np.array([place for place in kinds if place >= 0], dtype=np.int64)
        members = places[register.rows_at(places, np.full(len(places), form.now)) >= 0]
        now = members[np.isin(members, reported.ids[reported.at(form.now)])]
        of_kind.update(kinds[place] for place in members.tolist())
        there.update(kinds[place] for place in now.tolist())
    return {kind for kind, number in of_kind.items() if kind and there[kind] >= _USUAL * number}


def _absent(table: Table, column: str, form: Both, row: int) -> Suspicion:
    return suspect(table, "listed-not-reporting", row, column, kind=table.frame[column].iloc[row], form=form)


@dataclass(frozen=True, slots=True)
class Frames:
    """Two monthly forms of different trades at their latest common month."""

    one: Table
    other: Table
    month: int


def frames(material: Material) -> list[Frames]:
    """Monthly forms with 营业收入 or 商品销售额, two by two; not two sources over one file."""
    forms = [table for table in material.monthly if any(table.item(item) is not None for item in _FRAMES)]
    found = []
    for one, other in combinations(forms, 2):
        same = {part.trail.path for part in one.parts} & {part.trail.path for part in other.parts}
        common = [month for month in one.held if month in other.held and month <= material.as_of]
        if common and not same:
            found.append(Frames(one, other, common[-1]))
    return found


def two_frames(material: Material, one: Frames) -> Doubts:  # noqa: ARG001 -- the form of a check
    """The same legal unit in the forms of two trades in one month."""
    first = dict(zip(one.one.codes[one.one.at(one.month)].tolist(), one.one.at(one.month).tolist(), strict=True))
    first.pop(None, None)
    rows = np.array([row for row in one.other.at(one.month).tolist() if one.other.codes[row] in first], dtype=np.int64)
    table, column = one.other, main_column(one.other)
    size: NDArray[np.float64] = np.zeros(len(table.frame)) if column is None else table.amounts(column)

    def tell(row: int) -> Suspicion:
        other = one.one.where(first[table.codes[row]])
        about = {**table.who(row), "form": Both(one.one.source.title.zh, one.one.source.title.en)}
        about |= {"other": other.file, "other_row": other.row}
        alone = np.array([row])
        stakes = tuple(stake(table, name, alone, -table.amounts(name)[alone]) for name in table.roles.values())
        return Suspicion(finding("two-frames", table.where(row, table.code_column), **about), stakes)

    yield from each(table, "two-frames", rows, size[rows], tell)


RULES = (
    Rule("reporter-missing", turns, missing, "two_periods"),
    Rule("reporter-new", with_last_year, new_reporters, "last_year"),
    Rule("not-on-list", linked, not_on_list, "list"),
    Rule("listed-not-reporting", lists, listed_not_reporting, "frame"),
    Rule("two-frames", frames, two_frames, "frames"),
)
