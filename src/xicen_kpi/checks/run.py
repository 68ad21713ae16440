"""A drop through all rules: three outcomes each, one broken rule never hides the others."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from xicen_kpi.checks import own as own_rules
from xicen_kpi.checks.baseline import fingerprint
from xicen_kpi.checks.effects import Effects
from xicen_kpi.checks.material import gather
from xicen_kpi.checks.model import CheckReport, Outcome, RuleResult
from xicen_kpi.checks.outcome import Running, State
from xicen_kpi.checks.reading import seen_while_reading
from xicen_kpi.checks.registry import READING, RULES
from xicen_kpi.checks.rows import BAND
from xicen_kpi.checks.sharing import shared
from xicen_kpi.checks.waivers import apply_waivers
from xicen_kpi.errors import Location
from xicen_kpi.plan.period import Month
from xicen_kpi.words.findings import finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from xicen_kpi.checks.material import Gathered, Material
    from xicen_kpi.checks.model import Doubts, Rule
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
    band: int = BAND,
    jobs: int = 1,
) -> CheckReport:
    """Is this drop fit to use?

    Args:
        plan: What is declared, rules of the user's own and waivers included.
        drop: The folder of exports.
        as_of: Month to check for; None for the month that most forms have reached.
        known: Fingerprints of a baseline; findings that have one of them are counted, not told.
        rules: The rules; all that come with the program unless others are given.
        band: How many enterprises are looked at at a time: what memory is needed, and nothing else, depends on it.
        jobs: How many processes look at them: what time is needed, and nothing else, depends on it.
    """
    return check_gathered(gather(plan, drop, as_of, band, jobs), known=known, rules=rules)


def check_gathered(
    gathered: Gathered, *, known: frozenset[str] = frozenset(), rules: Sequence[Rule] = RULES
) -> CheckReport:
    """The same for a drop that has been read.

    Args:
        gathered: What was read of it.
        known: Fingerprints of a baseline.
        rules: The rules.
    """
    plan, drop = gathered.plan, gathered.drop
    effects = Effects(gathered)
    together = gathered.together
    seen = [effects.told(one, together) for one in seen_while_reading(gathered)]
    results = [*_kept(seen, gathered), *_outcomes(rules, gathered, effects)]
    found = [*(one for one in seen if one.slug not in READING), *(one for result in results for one in result.findings)]
    if all(result.outcome is Outcome.NOT_COMPUTED for result in results[len(READING) :]):
        found.append(finding("nothing-checked", Location(file=drop.folder.name)))
    month = Month.of_ordinal(gathered.as_of)
    left, waived = apply_waivers(found, plan.checks.waivers, month.last_day)
    new = [one for one in left if fingerprint(one) not in known]
    return CheckReport(
        as_of=str(month),
        results=tuple(results),
        findings=tuple(_sorted(new, effects)),
        waived=tuple(waived),
        known=len(left) - len(new),
        indicators={figure.id: figure.indicator for figure in effects.figures},
        enterprises=gathered.names,
        sheets={
            (part.trail.path, part.trail.sheet): part.trail
            for whole in gathered.wholes.values()
            for part in whole.parts
        },
    )


def _outcomes(rules: Sequence[Rule], gathered: Gathered, effects: Effects) -> list[RuleResult]:
    """All rules, those of the user's own last: the ones about the whole once, the others band by band."""
    together, own = gathered.together, gathered.plan.checks.rules
    refused = {name: own_rules.refused(together, name, rule) for name, rule in own.items()}
    running = {rule.slug: _running(rule) for rule in rules}
    running |= {name: _running_own(name, rule) for name, rule in own.items() if refused[name] is None}
    whole = {rule.slug for rule in rules if rule.whole}
    by_band = {name: one for name, one in running.items() if name not in whole}
    for name in running.keys() - by_band.keys():
        running[name].look(together, partial(effects.told, material=together))
    for states in shared(gathered.codes.bands, gathered.codes.jobs, partial(_looked, by_band, gathered, effects)):
        for name, state in states.items():
            by_band[name].state.join(state)
    results = [running[rule.slug].result() for rule in rules]
    return [*results, *(refused[name] or running[name].result() for name in own)]


def _looked(
    running: Mapping[str, Running], gathered: Gathered, effects: Effects, bands: Sequence[int]
) -> dict[str, State]:
    """What the rules find in some bands, one band after the other."""
    own = {name: replace(one, state=State()) for name, one in running.items()}
    for number in bands:
        material = gathered.of_band(number)
        told = partial(effects.told, material=material)
        for one in own.values():
            one.look(material, told)
        del material, told  # before the next is unpacked
    return {name: one.state for name, one in own.items()}


def _running(rule: Rule) -> Running:
    def places(material: Material) -> list[Doubts]:
        return [rule.check(material, place) for place in rule.scope(material)]

    return Running(rule.slug, places, f"needs.{rule.needs}")


def _running_own(name: str, rule: OwnRule) -> Running:
    return Running(name, lambda material: [own_rules.broken_rows(material, name, rule)], "needs.own")


def _kept(seen: Iterable[Finding], gathered: Gathered) -> list[RuleResult]:
    """The rules that were kept while reading."""
    by_slug: dict[str, list[Finding]] = {slug: [] for slug in READING}
    for one in seen:
        if one.slug in by_slug:
            by_slug[one.slug].append(one)
    nothing = None if gathered.wholes else "needs.any"
    clean = Outcome.PASSED if gathered.wholes else Outcome.NOT_COMPUTED
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
