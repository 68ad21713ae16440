"""The report as the public may see it: withheld figures null with their reason, no name, no code, no evidence."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from xicen_kpi.analysis.profiles import names_listed
from xicen_kpi.report.disclosure import Permit, permits
from xicen_kpi.report.drivers import NO_DRIVERS
from xicen_kpi.report.model import (
    BoundsSection,
    BySchedule,
    FindingReport,
    PreviousSection,
    ProjectionSection,
    RequiredSection,
    WhereSection,
)
from xicen_kpi.words.findings import hint, message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xicen_kpi.engine.run import Answers
    from xicen_kpi.errors import Finding
    from xicen_kpi.plan.model import Plan
    from xicen_kpi.plan.values import Lang
    from xicen_kpi.report.case import Case
    from xicen_kpi.report.model import CommitmentReport, Contribution, IndicatorReport, Point, Report
    from xicen_kpi.report.published import Published
    from xicen_kpi.report.sources import SourceFile

HIDDEN = "suppressed"
"""Reason beside a figure that is withheld."""

MASK = "…"
_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{8,}[0-9]{0,10}", re.IGNORECASE)
"""What may be an organisation or credit code in a name: eight characters or more, and _has_digits."""
_FIRM = re.compile("公司|集团|工厂|制造厂|事务所|合作社|商行|经营部")
_PLAIN = re.compile(r"\d{4}-\d{2}|[GTS]\d+\.\d+")
"""Months and ids of commitments may stand in a public sentence."""
_PLAIN_KEYS = frozenset({"count", "rows", "source", "title", "indicator", "column", "expected", "reported"})


def public_report(
    report: Report,
    plan: Plan,
    cases: Mapping[str, Case],
    answers: Answers,
    found: Sequence[Finding],
    known: Mapping[str, Published],
) -> Report:
    """The report without anything that identifies a respondent or from which a figure of one could be computed.

    Args:
        report: The whole report.
        plan: The plan, with its disclosure settings.
        cases: The cases behind the indicators that are shown.
        answers: What was read, for the names that must not appear.
        found: The findings, as values.
        known: What was published before, by indicator.
    """
    allowed = permits(plan, cases, known)
    names = names_in(plan, answers)
    return report._replace(
        generated_from=tuple(_file(one, names) for one in report.generated_from),
        indicators=tuple(_indicator(one, allowed[one.id]) for one in report.indicators),
        commitments=tuple(_commitment(one, names) for one in report.commitments),
        findings=tuple(_finding(one, report.language, names) for one in found),
    )


# -- figures


def _indicator(one: IndicatorReport, permit: Permit) -> IndicatorReport:
    steps = tuple(step._replace(value=None, rows=None) for step in one.trail)
    shown = _without(one._replace(trail=steps), series=tuple(_point(point, permit) for point in one.series))
    if not permit.value:
        return _withheld(shown)
    shown = _without_last_year(shown, permit)
    if not permit.missing:
        shown = _without(shown, nowcast=None, coverage=shown.coverage._replace(by_value=None))
        if "missing_units" in (shown.bounds.why or ""):
            shown = _without(shown, bounds=BoundsSection(low=None, high=None, why=shown.bounds.why))
    if not permit.codes:
        shown = _without(shown, bounds=BoundsSection(low=None, high=None, why=shown.bounds.why))
    groups = tuple(_contribution(group, permit) for group in shown.contributions)
    return shown if groups == shown.contributions else _without(shown, contributions=groups)


def _without(one: IndicatorReport, **changed: object) -> IndicatorReport:
    """The same with these keys withheld, and the reason beside each that had something."""
    reasons = {**one.reasons, **{key: HIDDEN for key, value in changed.items() if getattr(one, key) != value}}
    return one._replace(reasons=dict(sorted(reasons.items())), **changed)  # type: ignore[arg-type]


def _withheld(one: IndicatorReport) -> IndicatorReport:
    """Nothing from which the figure could be computed is left; the state, which is a word, stays."""
    nothing = _without(
        one,
        value=None,
        gap=None,
        completion=None,
        progress=None,
        elapsed=BySchedule(linear=one.elapsed.linear, seasonal=None),
        pace_gap_pp=BySchedule(linear=None, seasonal=None),
        required=RequiredSection(per_month=None, growth=None, numerator=None, numerator_unit=None, count=None),
        previous=PreviousSection(value=None, period=None, basis=None, final=None, final_growth=None),
        growth=None,
        change_pp=None,
        projection=ProjectionSection(value=None, low=None, high=None, method=None),
        bounds=BoundsSection(low=None, high=None, why=None),
        distance_to_cut=None,
        coverage=one.coverage._replace(by_value=None),
        nowcast=None,
        drivers=NO_DRIVERS,
        contributions=tuple(group._replace(value=None, previous=None, change_pp=None) for group in one.contributions),
        confirmed=None,
        last_full_year=None,
        series=tuple(point._replace(value=None) for point in one.series),
    )
    return nothing._replace(suppressed=True, reason=HIDDEN)


def _without_last_year(one: IndicatorReport, permit: Permit) -> IndicatorReport:
    before = one.previous
    nominal = before.basis == "last_year_final"
    if not permit.previous or (nominal and not permit.final):
        before = before._replace(value=None, basis=None, period=None)
        one = _without(one, growth=None, change_pp=None)
    if not permit.final:
        before = before._replace(final=None, final_growth=None)
        one = _without(
            one,
            elapsed=one.elapsed._replace(seasonal=None),
            pace_gap_pp=one.pace_gap_pp._replace(seasonal=None),
            required=one.required._replace(growth=None),
            contributions=tuple(group._replace(previous=None, change_pp=None) for group in one.contributions),
        )
    if not permit.presence:
        one = _without(one, drivers=NO_DRIVERS)
    last = one.last_full_year
    if last is not None and f"{last.period}-12" in permit.months:
        one = _without(one, last_full_year=None)
    return _without(one, previous=before)


def _point(point: Point, permit: Permit) -> Point:
    return point._replace(value=None) if point.period in permit.months else point


def _contribution(group: Contribution, permit: Permit) -> Contribution:
    if (group.dimension, group.group) in permit.hidden:
        return group._replace(value=None, previous=None, change_pp=None)
    return group


# -- names, codes and values in sentences


def names_in(plan: Plan, answers: Answers) -> frozenset[str]:
    """Every code and name that the enterprise lists hold, in any month."""
    links = {source.link for source in plan.sources.values()}
    found = (names_listed(register) for name, register in answers.registers.items() if name in links)
    return frozenset(one for names in found for one in names if len(one) > 1)


def told_apart(text: str, names: frozenset[str]) -> bool:
    """Whether a text holds the name or code of an enterprise, or looks as if it did."""
    codes = (matched for matched in _CODE.findall(text) if sum(map(str.isdigit, matched)) >= 8)
    # A date such as 20261031 is no code.
    coded = any(not re.fullmatch(r"(19|20)\d{6}", one) for one in codes)
    return coded or _FIRM.search(text) is not None or any(name in text for name in names)


def _masked(text: str | None, names: frozenset[str]) -> str | None:
    """A name of a file or sheet, with what it may not say left out; the suffix stays."""
    if text is None or not told_apart(text, names):
        return text
    suffix = text.rpartition(".")[2]
    return f"{MASK}.{suffix}" if "." in text and suffix.isascii() and len(suffix) <= 4 else MASK


def _file(one: SourceFile, names: frozenset[str]) -> SourceFile:
    return one._replace(file=_masked(one.file, names) or MASK, sheet=_masked(one.sheet, names))


def _commitment(one: CommitmentReport, names: frozenset[str]) -> CommitmentReport:
    responsible = one.responsible
    if responsible is not None and any(name in responsible for name in names):
        responsible = None
    return one._replace(evidence=None, responsible=responsible)


class _Withheld(str):
    """A parameter that prints as a mask, whatever form the sentence asks for."""

    __slots__ = ()

    def __format__(self, form: str) -> str:
        return MASK


def _parameter(key: str, value: object, names: frozenset[str]) -> object:
    if isinstance(value, int) and key in _PLAIN_KEYS:
        return value
    if isinstance(value, str):
        if _PLAIN.fullmatch(value) or (key in _PLAIN_KEYS and not told_apart(value, names)):
            return value
        if key in ("file", "by", "original") and not told_apart(value, names):
            return value
    return _Withheld()


def _finding(found: Finding, lang: Lang, names: frozenset[str]) -> FindingReport:
    """The rule, the file and the row; no name and no value."""
    plain = replace(found, parameters={key: _parameter(key, value, names) for key, value in found.parameters.items()})
    where = found.where
    return FindingReport(
        slug=found.slug,
        severity=found.severity.value,
        message=message(plain, lang),
        hint=hint(plain, lang),
        where=WhereSection(
            file=_masked(where.file, names),
            line=where.line,
            column=where.column,
            sheet=_masked(where.sheet, names),
            row=where.row,
            field=_masked(where.field, names),
        ),
        effect={},
    )
