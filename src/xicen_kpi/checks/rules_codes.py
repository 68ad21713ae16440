"""Rules about codes: 统一社会信用代码 (GB 32100-2015) and 行业代码 (GB/T 4754-2017)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from xicen_kpi.checks.code_faults import faults_of
from xicen_kpi.checks.industry import CHANGED_MEANING, section_of
from xicen_kpi.checks.model import Concern, Rule, Stake, Suspicion
from xicen_kpi.checks.suspicions import each, stake
from xicen_kpi.errors import Location
from xicen_kpi.plan.industry import ONLY_2011
from xicen_kpi.plan.source import CellType, Frequency
from xicen_kpi.words.checks_bilingual import Both
from xicen_kpi.words.findings import finding

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from xicen_kpi.checks.material import Material
    from xicen_kpi.checks.model import Doubts
    from xicen_kpi.checks.table import Table

_MIXED = 0.02
"""A stray code of 2011 says nothing of its neighbours; of a list coded by it, about a seventh would be such codes."""

_INDUSTRY = re.compile(r"([A-T]?)(\d{4})\Z")


@dataclass(frozen=True, slots=True)
class CodeColumn:
    """A column of codes in a table."""

    table: Table
    column: str


def unit_codes(material: Material) -> list[CodeColumn]:
    """Columns with codes of units."""
    return _columns(material, CellType.USCC)


def industry_codes(material: Material) -> list[CodeColumn]:
    """Columns with industry codes."""
    return _columns(material, CellType.INDUSTRY)


def _columns(material: Material, kind: CellType) -> list[CodeColumn]:
    return [
        CodeColumn(table, name)
        for table in material.tables.values()
        for name in table.source.columns_by_type.get(kind, [])
        if table.has(name) and table.whole.filled(name)
    ]


def _code_rule(slug: str) -> Rule:
    def check(material: Material, place: CodeColumn) -> Doubts:  # noqa: ARG001 -- the form of a check
        table = place.table
        codes, first, counts = table.whole.once(("wrong", place.column), lambda: _wrong(place))[slug]
        # Told with the enterprise in whose row the code stands first.
        rows, own = table.rows_at(first)
        rows, wrong = rows[own], np.flatnonzero(own)
        which = dict(zip(rows.tolist(), wrong.tolist(), strict=True))

        def tell(row: int) -> Suspicion:
            code, count = str(codes[which[row]]), int(counts[which[row]])
            about = {**table.who(row), "code": code, "value": code, "rows": count}
            return Suspicion(finding(slug, table.where(row, place.column), **about), _rows_of_code(table, code))

        yield from each(table, slug, rows, counts[wrong].astype(np.float64), tell)

    return Rule(slug, unit_codes, check, "uscc")


def _wrong(place: CodeColumn) -> dict[str, tuple[NDArray[Any], NDArray[np.int64], NDArray[np.int64]]]:
    """By rule, the wrong codes, the position of the first row of each, and how many rows have it."""
    codes, first, counts = place.table.whole.distinct(place.column)
    return {slug: (codes[bad], first[bad], counts[bad]) for slug, bad in faults_of(codes).items()}


def _rows_of_code(table: Table, code: str) -> tuple[Stake | Concern, ...]:
    """A wrong code's amounts may belong to nobody on the list, or a firm on the list may lose its own."""
    if table.source.frequency is Frequency.LIST:
        return (Concern(code),)
    owner = table.holding(code)
    rows = owner.of_enterprise(code).astype(np.int64)
    return tuple(stake(owner, name, rows, -owner.amounts(name)[rows]) for name in owner.roles.values())


def _industry_rule(slug: str, wrong: Callable[[str], dict[str, object] | None]) -> Rule:
    def check(material: Material, place: CodeColumn) -> Doubts:  # noqa: ARG001 -- the form of a check
        bad = place.table.whole.once((slug, place.column), lambda: _bad(place, wrong))
        cells = place.table.frame[place.column].astype("object").to_numpy()
        rows = np.flatnonzero([cell in bad for cell in cells])
        tagged = _tagged(place.table)

        def tell(row: int) -> Suspicion:
            about = {**place.table.who(row), "value": cells[row], **bad[cells[row]]}
            code = place.table.codes[row]
            # A tag beats the code: then no figure hangs on it.
            concern = () if code is None or tagged[row] else (Concern(str(code), groups_only=True),)
            return Suspicion(finding(slug, place.table.where(row, place.column), **about), concern)

        yield from each(place.table, slug, rows, (~tagged[rows]).astype(np.float64), tell)

    return Rule(slug, industry_codes, check, "industry")


def _bad(place: CodeColumn, wrong: Callable[[str], dict[str, object] | None]) -> dict[str, dict[str, object]]:
    """The codes that a rule finds wrong, and why."""
    codes, _, _ = place.table.whole.distinct(place.column)
    return {code: found for code in codes.tolist() if (found := wrong(code)) is not None}


def _tagged(table: Table) -> NDArray[np.bool_]:
    """Rows with a tag that says which group the enterprise is in."""
    names = [name for name in table.source.columns_by_type.get(CellType.TAGS, []) if table.has(name)]
    found = np.zeros(len(table.frame), dtype=np.bool_)
    for name in names:
        found |= table.frame[name].notna().to_numpy()
    return found


def two_editions(material: Material, place: CodeColumn) -> Doubts:  # noqa: ARG001 -- the form of a check
    """Classes that mean something else in each edition, on a list coded by that of 2011: once for each list."""
    whole = place.table.whole
    codes, first, counts = whole.distinct(place.column)
    old = [code for code in codes.tolist() if _digits(code) in ONLY_2011]
    changed = np.array([_digits(code) in CHANGED_MEANING for code in codes.tolist()], dtype=np.bool_)
    if counts[np.isin(codes, old)].sum() > _MIXED * counts.sum() and changed.any():
        part = whole.part(int(first[0]))
        where = Location(part.trail.path, sheet=part.trail.sheet, field=whole.shown_header(part, place.column))
        about = {"old": len(old), "rows": int(counts[changed].sum()), "codes": codes[changed].tolist()[:10]}
        yield Suspicion(finding("industry-code-ambiguous", where, **about))


def _digits(code: str) -> str:
    matched = _INDUSTRY.match(code)
    return matched[2] if matched else ""


def only_2011(code: str) -> dict[str, object] | None:
    """A class that only the edition of 2011 has."""
    return {} if _digits(code) in ONLY_2011 else None


def unknown_class(code: str) -> dict[str, object] | None:
    """No four digits of a division of GB/T 4754-2017, or a letter that is not the division's section."""
    if _digits(code) in ONLY_2011:
        return None
    matched = _INDUSTRY.match(code)
    if matched is None or (section := section_of(matched[2])) is None:
        return {"why": Both("应为四位小类代码", "a class has four digits")}
    if matched[1] and matched[1] != section:
        division = matched[2][:2]
        return {"why": Both(f"大类{division}属门类{section}", f"division {division} is in section {section}")}
    return None


RULES = (
    _code_rule("code-alphabet"),
    _code_rule("code-check-character"),
    _code_rule("code-old"),
    _industry_rule("industry-code-2011", only_2011),
    _industry_rule("industry-code-unknown", unknown_class),
    Rule("industry-code-ambiguous", industry_codes, two_editions, "industry", whole=True),
)
