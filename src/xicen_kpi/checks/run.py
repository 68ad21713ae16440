"""A drop through all rules: three outcomes each, one broken rule never hides the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xicen_kpi.checks import own
from xicen_kpi.checks.baseline import fingerprint
from xicen_kpi.checks.effects import Effects
from xicen_kpi.checks.material import gather
from xicen_kpi.checks.model import CheckReport, Outcome, RuleResult
from xicen_kpi.checks.reading import seen_while_reading
from xicen_kpi.checks.registry import READING, RULES
from xicen_kpi.checks.waivers import apply_waivers
from xicen_kpi.errors import Location
from xicen_kpi.plan.period import Month
from xicen_kpi.words.findings import finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xicen_kpi.checks.material import Material
    from xicen_kpi.checks.model import Rule
    from xicen_kpi.errors import Finding
    from xicen_kpi.plan.checks import OwnRule
    from xicen_kpi.plan.model import Plan
    from xicen_kpi.read.drop import Drop


def check_drop(
    plan: Plan,
    drop: Drop,
    as_of: Month | None = None,
    *,
    known: frozenset[str] = frozenset(),
    rules: Sequence[Rule] = RULES,
) -> CheckReport:
    """Is this drop fit to use?

    Args:
        plan: What is declared, rules of the user's own and waivers included.
        drop: The folder of exports.
        as_of: Month to check for; None for the month that most forms have reached.
        known: Fingerprints of a baseline; findings that have one of them are counted, not told.
        rules: The rules; all that come with the program unless others are given.
    """
    material = gather(plan, drop, as_of)
    effects = Effects(material)
    seen = [effects.told(one) for one in seen_while_reading(material)]
    results = [*_kept(seen, material), *(outcome_of(rule, material, effects) for rule in rules)]
    results += [_run_own(name, rule, material, effects) for name, rule in plan.checks.rules.items()]
    found = [*(one for one in seen if one.slug not in READING), *(one for result in results for one in result.findings)]
    if all(result.outcome is Outcome.NOT_COMPUTED for result in results[len(READING) :]):
        found.append(finding("nothing-checked", Location(file=drop.folder.name)))
    month = Month.of_ordinal(material.as_of)
    left, waived = apply_waivers(found, plan.checks.waivers, month.last_day)
    new = [one for one in left if fingerprint(one) not in known]
    return CheckReport(
        as_of=str(month),
        results=tuple(results),
        findings=tuple(_sorted(new, effects)),
        waived=tuple(waived),
        known=len(left) - len(new),
        indicators={figure.id: figure.indicator for figure in effects.figures},
        enterprises=material.names,
        sheets={
            (part.trail.path, part.trail.sheet): part.trail
            for table in material.tables.values()
            for part in table.parts
        },
    )


def outcome_of(rule: Rule, material: Material, effects: Effects) -> RuleResult:
    """One rule over a drop. A defect inside it is told, and the other rules go on."""
    try:
        places = rule.scope(material)
        if not places:
            return RuleResult(rule.slug, Outcome.NOT_COMPUTED, (), f"needs.{rule.needs}")
        found = tuple(effects.told(one) for place in places for one in rule.check(material, place))
    except Exception as error:  # noqa: BLE001 -- a broken rule is a finding; the others still count
        return _broken(rule.slug, error)
    return RuleResult(rule.slug, Outcome.FAILED if found else Outcome.PASSED, found)


def _run_own(name: str, rule: OwnRule, material: Material, effects: Effects) -> RuleResult:
    try:
        why = own.refused(material, name, rule)
        if why is not None:
            return why
        found = tuple(effects.told(one) for one in own.broken_rows(material, name, rule))
    except Exception as error:  # noqa: BLE001 -- as above
        return _broken(name, error)
    return RuleResult(name, Outcome.FAILED if found else Outcome.PASSED, found)


def _broken(name: str, error: Exception) -> RuleResult:
    found = finding("rule-broken", None, broken=name, error=f"{type(error).__name__}: {error}")
    return RuleResult(name, Outcome.NOT_COMPUTED, (found,), "rule_broken")


def _kept(seen: Iterable[Finding], material: Material) -> list[RuleResult]:
    """The rules that were kept while reading."""
    by_slug: dict[str, list[Finding]] = {slug: [] for slug in READING}
    for one in seen:
        if one.slug in by_slug:
            by_slug[one.slug].append(one)
    nothing = None if material.tables else "needs.any"
    clean = Outcome.PASSED if material.tables else Outcome.NOT_COMPUTED
    return [
        RuleResult(slug, Outcome.FAILED, tuple(found)) if found else RuleResult(slug, clean, (), nothing)
        for slug, found in by_slug.items()
    ]


def _sorted(findings: Iterable[Finding], effects: Effects) -> list[Finding]:
    """Worst first, then by effect on the figures, then by place; each once."""
    unique = {(one.slug, one.where, tuple(sorted(map(str, one.parameters.items())))): one for one in findings}

    def order(one: Finding) -> tuple[object, ...]:
        where = one.where
        place = (where.file or "", where.sheet or "", where.row or where.line or 0, where.field or "", one.slug)
        return (-one.severity.rank, -effects.weight(one), *place)

    return sorted(unique.values(), key=order)
