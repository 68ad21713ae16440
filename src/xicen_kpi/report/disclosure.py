"""What the public may see of each figure: threshold, dominance and p% rules on everything that is printed.

A figure that fails is null with all from which it could be computed, marked `suppressed`. Looked at are every level of
the series with the step from month to month, last year's two bases and their difference, both sides of a ratio, groups
with what their total gives away, and figures of the report against each other. The statistics law (统计法第二十八条)
protects also aggregates from which one respondent can be inferred.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from xicen_kpi.analysis.disclosure import DisclosureRules, secondary_suppression, unsafe, unsafe_difference
from xicen_kpi.analysis.observation import NotObserved
from xicen_kpi.engine.amounts import Amounts
from xicen_kpi.engine.apart import Units
from xicen_kpi.plan.model import Kind
from xicen_kpi.report.behind import look_behind
from xicen_kpi.report.published import revised
from xicen_kpi.report.series import months_shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from xicen_kpi.engine.amounts import Codes
    from xicen_kpi.plan.measure import Measure
    from xicen_kpi.plan.model import Plan
    from xicen_kpi.plan.period import Month
    from xicen_kpi.report.behind import Behind, Side
    from xicen_kpi.report.case import Case
    from xicen_kpi.report.published import Published

Cell = tuple[str, str]
"""Dimension and group."""

_MANY = 40
"""Two figures that differ in more units than this are not one the other's give-away."""


@dataclass
class Permit:
    """What of one indicator may be published.

    Attributes:
        value: The figure itself.
        previous: 上年同期 of the same units, and growth on it.
        final: Last year's own final figures, and what is measured against them.
        missing: What says how much those who have not reported weigh.
        codes: The narrowest and the widest reading of its industry groups.
        presence: What entered and what left.
        hidden: Groups that are withheld.
        months: Months of the series that are withheld.
    """

    value: bool = True
    previous: bool = True
    final: bool = True
    missing: bool = True
    codes: bool = True
    presence: bool = True
    hidden: set[Cell] = field(default_factory=set)
    months: set[str] = field(default_factory=set)


def rules_of(plan: Plan) -> DisclosureRules:
    """The thresholds that the plan sets."""
    given = plan.settings.disclosure
    return DisclosureRules(given.minimum_units, given.dominance, given.p_percent)


def permits(plan: Plan, cases: Mapping[str, Case], known: Mapping[str, Published]) -> dict[str, Permit]:
    """What may be published of each indicator; headline totals are decided first, then the others in their order.

    Args:
        plan: The plan, with its thresholds.
        cases: What is known of each indicator.
        known: What was published of each before.
    """
    rules = rules_of(plan)
    found = {name: Permit() for name in cases}
    behind = {name: back for name, case in cases.items() if (back := look_behind(case)) is not None}
    for name, back in behind.items():
        allowed = name in plan.settings.disclosure.allow
        found[name] = _permit(cases[name], back, rules, {} if allowed else known.get(name, {}), allowed=allowed)
    _against_each_other(plan, cases, behind, found, rules)
    for name, back in behind.items():
        _groups(cases[name], back, found[name], rules)
    return found


def _permit(case: Case, back: Behind, rules: DisclosureRules, known: Published, *, allowed: bool) -> Permit:
    """One indicator by itself."""
    sides = [side for side in (back.of, back.to) if side is not None]
    permit = Permit(months=set() if allowed else _withheld_months(case, sides, rules, known))
    whole = not getattr(case.way, "except_largest", 0)  # beside the whole it gives the largest away
    permit.value = allowed or (whole and str(case.month) not in permit.months)
    stated = all(_safe(side.stated.amounts if side.stated else None, rules) for side in sides)
    permit.previous = permit.value and (allowed or stated)
    permit.final = permit.value and str(case.month.plus(-12)) not in permit.months
    for side in sides:
        if permit.previous and side.stated is not None and side.before is not None:
            apart = unsafe_difference(side.stated.amounts, side.before.amounts, rules)
            permit.final = permit.final and apart is None
    if not permit.final:
        permit.months |= {str(month) for month in months_shown(case.month) if month.year == case.month.year - 1}
    permit.presence = permit.final and all(_presence(side, rules) for side in sides)
    permit.missing = all(_missing(side, back.missing, rules) for side in sides)
    permit.codes = _codes(case, sides, rules)
    return permit


def _safe(amounts: Amounts | None, rules: DisclosureRules) -> bool:
    return amounts is None or unsafe(amounts.known, rules) is None


# -- the series: every level, and every step from one published month to the next


def _withheld_months(case: Case, sides: Iterable[Side], rules: DisclosureRules, known: Published) -> set[str]:
    """Months that fail by themselves, or beside another that is shown or was published before."""
    withheld = revised(case, known)
    for side in sides:
        seen: list[tuple[Month, Amounts]] = []  # the last month shown, and those that were published once
        for month in months_shown(case.month):
            amounts = _at(case, side.measure, month)
            if amounts is None:
                continue
            beside = [one for when, one in seen if case.kind is Kind.LEVEL or when.year == month.year]
            if not _safe(amounts, rules) or any(unsafe_difference(one, amounts, rules) for one in beside):
                withheld.add(str(month))
            if str(month) not in withheld:
                seen = [one for one in seen if str(one[0]) in known]
            if str(month) not in withheld or str(month) in known:
                seen.append((month, amounts))
    return withheld


def _at(case: Case, measure: Measure, month: Month) -> Amounts | None:
    found = case.observer.shares(measure, month)
    return None if isinstance(found, NotObserved) else found.amounts


# -- who came, left, or has not reported; how industries are read


def _presence(side: Side, rules: DisclosureRules) -> bool:
    if side.before is None:
        return True
    now, before = side.now.amounts, side.before.amounts
    return _safe(now.among(now.who - before.who), rules) and _safe(before.among(before.who - now.who), rules)


def _missing(side: Side, missing: Codes, rules: DisclosureRules) -> bool:
    return _safe(side.last.filled(missing), rules)


def _codes(case: Case, sides: Iterable[Side], rules: DisclosureRules) -> bool:
    for observer in case.outer or ():
        for side in sides:
            found = observer.shares(side.measure, case.month)
            own = side.now.amounts
            amounts = Amounts(own.book) if isinstance(found, NotObserved) else found.amounts
            if not _safe(amounts, rules) or unsafe_difference(own, amounts, rules) is not None:
                return False
    return True


# -- figures of one report against each other


class Printed(NamedTuple):
    """A printed sum as its units' amounts.

    Attributes:
        when: now or before; sums of different times are not set against each other.
        unit: Unit of the amounts.
        items: Its units.
    """

    when: str
    unit: str
    items: Units

    @classmethod
    def of(cls, when: str, unit: str, amounts: Amounts, codes: Codes | None = None) -> Printed:
        """A sum, or the part of it that belongs to some units."""
        return cls(when, unit, Units.of(amounts, codes))

    def betrays(self, other: Printed, rules: DisclosureRules) -> bool:
        """Whether the difference of the two belongs to too few units."""
        if (self.when, self.unit) != (other.when, other.unit):
            return False
        apart = self.items.apart(other.items, _MANY)
        return apart is not None and unsafe(apart[apart != 0], rules) is not None


def _against_each_other(
    plan: Plan,
    cases: Mapping[str, Case],
    behind: Mapping[str, Behind],
    found: Mapping[str, Permit],
    rules: DisclosureRules,
) -> None:
    """Two sums must not differ by too few units; the one that the plan does not put first gives way."""
    printed: list[Printed] = []
    order = [name for name in sorted(behind, key=lambda name: not cases[name].indicator.headline) if found[name].value]
    for name in order:
        _total_against(
            cases[name], behind[name], found[name], printed, rules, allowed=name in plan.settings.disclosure.allow
        )
    for name in order:
        if found[name].value and behind[name].to is None:
            _cells_against(behind[name], found[name], printed, rules)


def _total_against(
    case: Case, back: Behind, permit: Permit, printed: list[Printed], rules: DisclosureRules, *, allowed: bool
) -> None:
    sides = [side for side in (back.of, back.to) if side is not None]
    now = [Printed.of("now", side.now.unit, side.now.amounts) for side in sides]
    if not allowed and any(one.betrays(other, rules) for one in now for other in printed):
        _close(permit, case)
        return
    printed += now
    if permit.previous:
        stated = [Printed.of("before", side.stated.unit, side.stated.amounts) for side in sides if side.stated]
        permit.previous = allowed or not any(one.betrays(other, rules) for one in stated for other in printed)
        printed += stated if permit.previous else []
    if permit.final:
        final = [Printed.of("before", side.before.unit, side.before.amounts) for side in sides if side.before]
        permit.final = allowed or not any(one.betrays(other, rules) for one in final for other in printed)
        printed += final if permit.final else []


def _close(permit: Permit, case: Case) -> None:
    permit.value = permit.previous = permit.final = permit.missing = permit.codes = permit.presence = False
    permit.months |= {str(month) for month in months_shown(case.month)}


def _cells_against(back: Behind, permit: Permit, printed: list[Printed], rules: DisclosureRules) -> None:
    """Groups beside totals and beside the groups of other figures."""
    for dimension in ("town", "industry"):
        for group, codes in members_of(back, dimension).items():
            own = [Printed.of("now", back.of.now.unit, back.of.now.amounts, codes)]
            if permit.final and back.of.before is not None:
                own.append(Printed.of("before", back.of.before.unit, back.of.before.amounts, codes))
            if any(one.betrays(other, rules) for one in own for other in printed):
                permit.hidden.add((dimension, group))
            else:
                printed += own


# -- groups


def members_of(back: Behind, dimension: str) -> dict[str, Codes]:
    """The enterprises of each group, now or a year ago; groups by name, whatever the order of the list."""
    groups = back.profiles.divisions if dimension == "industry" else back.profiles.towns
    return dict(sorted(groups.parts(back.of.now.amounts.who | back.of.last.who, "").items()))


def _groups(case: Case, back: Behind, permit: Permit, rules: DisclosureRules) -> None:
    """Groups that fail, and more, until no hidden one can be computed from the total."""
    if back.to is not None:
        return
    for dimension in ("town", "industry"):
        groups = members_of(back, dimension)
        if not permit.value:
            permit.hidden |= {(dimension, group) for group in groups}
            continue
        hidden = {group for kind, group in permit.hidden if kind == dimension}
        hidden |= {
            group for group, codes in groups.items() if _group_fails(case, back.of, codes, rules, final=permit.final)
        }
        for amounts in _published(back.of, final=permit.final):
            cells = {group: amounts.filled(codes).known for group, codes in groups.items()}
            more = secondary_suppression(cells, hidden, rules)
            hidden |= set(groups) if more.hide_total else set(more.cells)
        permit.hidden |= {(dimension, group) for group in hidden}


def _published(side: Side, *, final: bool) -> list[Amounts]:
    """What is printed by group: this year, and last year's own files where they may be shown."""
    return [side.now.amounts, *([side.before.amounts] if final and side.before else [])]


def _group_fails(case: Case, side: Side, codes: Codes, rules: DisclosureRules, *, final: bool) -> bool:
    if not all(_safe(amounts.among(codes), rules) for amounts in _published(side, final=final)):
        return True
    if side.month_ago is None or case.month.month <= 2:
        return False
    then, now = side.month_ago.amounts.among(codes), side.now.amounts.among(codes)
    return unsafe_difference(then, now, rules) is not None
