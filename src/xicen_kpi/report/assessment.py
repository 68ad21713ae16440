"""The whole way once: plan and drop in, the report out."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, NamedTuple

from xicen_kpi import __version__
from xicen_kpi.analysis.compile import every_month, questions, uses_groups
from xicen_kpi.analysis.observe import Observer
from xicen_kpi.engine.detail import ALL, Detail
from xicen_kpi.engine.fold import Fold
from xicen_kpi.engine.question import GroupRule
from xicen_kpi.engine.register import FOREVER
from xicen_kpi.engine.run import answer
from xicen_kpi.errors import DataError, Location
from xicen_kpi.plan.model import Audience
from xicen_kpi.plan.period import Month
from xicen_kpi.report.case import Case, cuts_of
from xicen_kpi.report.commitments import commitment_reports, unknown_entries
from xicen_kpi.report.indicator import indicator_report
from xicen_kpi.report.model import FORMAT_VERSION, FindingReport, PlanSection, Report, Summary, WhereSection
from xicen_kpi.report.questions import all_questions, comparable_measures
from xicen_kpi.report.series import months_shown
from xicen_kpi.report.sources import source_files
from xicen_kpi.report.timeline import default_month, last_held, latest
from xicen_kpi.words.findings import finding, hint, message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from xicen_kpi.checks.model import CheckReport
    from xicen_kpi.engine.question import Question
    from xicen_kpi.engine.run import Answers, Kernel
    from xicen_kpi.errors import Finding
    from xicen_kpi.plan.measure import Measure
    from xicen_kpi.plan.model import Indicator, Plan
    from xicen_kpi.plan.values import Lang
    from xicen_kpi.read.drop import Drop
    from xicen_kpi.report.history import Snapshot
    from xicen_kpi.report.model import CommitmentReport, IndicatorReport
    from xicen_kpi.report.published import Published


NO_FILE = ("no-data-files", "no-file-fits")
"""What opening a folder says where it holds nothing of the plan."""


class Look(StrEnum):
    """In which months enterprises are looked at; of a large drop the others are not kept."""

    FIGURES = "figures"
    """Where the figures of a report look; for the public, in all months shown."""
    TRAIL = "trail"
    """Where the trail of a figure looks beside that: at the end of last year, and at those that are watched."""
    EVERY = "every"
    """In any month."""


class Asked(NamedTuple):
    """What a reader asks for.

    Attributes:
        as_of: Month to report on; None for the latest that the sources hold.
        audience: Who may see it.
        lang: Language of the findings.
        look: In which months enterprises may be looked at.
        recorded: What was recorded of earlier reports.
        kernel: What adds up the rows of forms and ledgers.
        more: Questions of the caller's own, answered in the same reading.
        check: Holds the data against the rules once the figures of a month are known.
    """

    as_of: Month | None = None
    audience: Literal["internal", "public"] = "internal"
    lang: Lang = "zh"
    look: Look = Look.EVERY
    recorded: tuple[Snapshot, ...] = ()
    kernel: Kernel = Fold
    more: tuple[Question, ...] = ()
    check: Callable[[Observer, Month], CheckReport] | None = None


class Assessment(NamedTuple):
    """A report beside what it was made from, for commands that look behind a figure.

    Attributes:
        report: The finished report.
        cases: The cases of its indicators, by id.
        observer: Reads values at other months.
        findings: All findings, as values.
    """

    report: Report
    cases: Mapping[str, Case]
    observer: Observer
    findings: tuple[Finding, ...]


def assess(plan: Plan, drop: Drop, asked: Asked, *, sha256: str, findings: Sequence[Finding] = ()) -> Assessment:
    """Every indicator of the plan against its target.

    Args:
        plan: What is declared.
        drop: The folder of exports.
        asked: Month, audience and language.
        sha256: Of the plan file.
        findings: What loading the plan had to say.

    Raises:
        DataError: None of the data could be read.
    """
    comparable = comparable_measures(plan)
    taken = _taken(plan, drop, asked, comparable)
    answers, as_of, cases = taken.answers, taken.as_of, taken.cases
    known: dict[str, Published] = {}
    told = _about(plan, answers, as_of, taken.limit)
    if asked.audience == "public":
        from xicen_kpi.report.published import once_published, revisions_withheld  # noqa: PLC0415 -- not for all readers

        known = once_published(plan, asked.recorded)
        told += revisions_withheld(plan, cases, known)
    checked = None if asked.check is None else asked.check(taken.observer, as_of)
    if checked is not None:
        told += checked.findings
    all_findings = _sorted((*findings, *answers.findings, *told))
    indicators = tuple(indicator_report(case, asked.lang) for case in cases.values())
    commitments = commitment_reports(plan, answers, indicators, as_of, asked.lang)
    cuts = cuts_of(plan)
    report = Report(
        format_version=FORMAT_VERSION,
        tool_version=__version__,
        plan=PlanSection(title=plan.plan.title, document=plan.plan.document, file_sha256=sha256),
        as_of=str(as_of),
        audience=asked.audience,
        language=asked.lang,
        rounding=plan.settings.rounding.value,
        cuts={
            "flow_on_track": cuts.flow_on_track,
            "flow_at_risk": cuts.flow_at_risk,
            "level_on_track": cuts.level_on_track,
            "level_at_risk": cuts.level_at_risk,
        },
        generated_from=source_files(plan, answers),
        indicators=indicators,
        commitments=commitments,
        findings=tuple(_told(one, asked.lang) for one in all_findings),
        summary=_summary(indicators, commitments, all_findings, checked),
    )
    if asked.audience == "public":
        from xicen_kpi.report.public import public_report  # noqa: PLC0415 -- as above

        report = public_report(report, plan, cases, answers, all_findings, known)
    if asked.recorded:
        from xicen_kpi.report.history import with_history  # noqa: PLC0415 -- few folders hold records

        report = with_history(report, asked.recorded)
    return Assessment(report, cases, taken.observer, all_findings)


class _Taken(NamedTuple):
    """What was read, the month it is taken for, and the cases of the indicators shown."""

    answers: Answers
    observer: Observer
    limit: Month
    as_of: Month
    cases: Mapping[str, Case]

    @property
    def months(self) -> set[int]:
        """Months at which enterprises are looked at."""
        return {case.month.ordinal for case in self.cases.values()}


def _taken(plan: Plan, drop: Drop, asked: Asked, comparable: Mapping[str, Mapping[int, Measure | None]]) -> _Taken:
    """Reads the drop; of large files again if the months of the figures were not those that were expected."""
    wanted = (*all_questions(plan, comparable), *asked.more)
    detail = ALL
    if asked.look is not Look.EVERY:
        limit = FOREVER if asked.as_of is None else asked.as_of.ordinal
        newest = (drop.newest(source) for source in sorted({one.source for one in wanted}))
        guessed = {min(month, limit) for month in newest if month is not None}
        detail = replace(_detail(plan, asked, comparable, guessed), small=drop.small)
    answers = answer(plan, drop, wanted, _months(plan, asked.as_of), detail, asked.kernel)
    taken = _cases(plan, asked, comparable, answers, drop)
    needed = replace(_detail(plan, asked, comparable, taken.months), small=drop.small)
    if taken.answers.lacks(needed):
        answers = answer(plan, drop, wanted, _months(plan, asked.as_of), needed, asked.kernel)
        taken = _cases(plan, asked, comparable, answers, drop)
    return taken


def _detail(
    plan: Plan, asked: Asked, comparable: Mapping[str, Mapping[int, Measure | None]], months: Iterable[int]
) -> Detail:
    """What is kept where the figures are those of some months, given as ordinals."""
    measures = [indicator.measure for indicator in plan.indicators.values()]
    measures += [one for ways in comparable.values() for one in ways.values() if one is not None]
    every = {one for measure in measures for one in every_month(plan, measure)}
    found = [Month.of_ordinal(month) for month in months]
    more: list[Month] = []
    if asked.audience == "public":  # what may be published of a month depends on the others that are shown
        more += [one for month in found for one in months_shown(month)]
    if asked.look is Look.TRAIL:
        more += [month.plus(-12).year_end for month in found]
        watches = [one.watch.measure for one in plan.indicators.values() if one.watch is not None]
        every |= {one for watch in watches for one in questions(plan, watch)}
    return Detail.around((one.ordinal for one in found), every, (one.ordinal for one in more))


def _cases(
    plan: Plan, asked: Asked, comparable: Mapping[str, Mapping[int, Measure | None]], answers: Answers, drop: Drop
) -> _Taken:
    limit = last_held(plan, answers) or asked.as_of
    if limit is None or not answers.held:
        told = any(one.slug in NO_FILE for one in drop.findings)
        nothing = [] if told else [finding("no-data-read", Location(file=drop.folder.name))]
        raise DataError([*answers.findings, *nothing])
    observer = Observer(plan, answers)
    outer = (Observer(plan, answers, GroupRule.LOWER), Observer(plan, answers, GroupRule.UPPER))
    headline = [one for one in plan.indicators.values() if one.headline] or list(plan.indicators.values())
    as_of = asked.as_of or default_month(plan, observer, headline) or limit
    cases = {
        name: Case(
            name,
            plan,
            one,
            observer,
            as_of,
            latest(observer, one, as_of),
            comparable[name],
            outer if uses_groups(one.measure) else None,
        )
        for name, one in plan.indicators.items()
        if _visible(one, asked)
    }
    return _Taken(answers, observer, limit, as_of, cases)


def _visible(indicator: Indicator, asked: Asked) -> bool:
    return asked.audience == "internal" or indicator.audience is Audience.PUBLIC


def _months(plan: Plan, as_of: Month | None) -> list[int]:
    """Months for which a list is asked for its members: the plan's and the one asked about, and two years before."""
    period = plan.plan.period
    first, last = min(period.start, as_of or period.start), max(period.end, as_of or period.end)
    return list(range(first.plus(-24).ordinal, last.ordinal + 1))


def _about(plan: Plan, answers: Answers, as_of: Month, limit: Month) -> list[Finding]:
    found: list[Finding] = []
    if as_of > limit:
        found.append(finding("as-of-after-data", None, as_of=str(as_of), latest=str(limit)))
    found += [finding("commitment-not-in-plan", None, id=name) for name in unknown_entries(plan, answers)]
    return found


_RANK = {"error": 0, "warning": 1, "note": 2}


def _sorted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Worst first, then by place; each once."""
    unique = {(one.slug, one.where, tuple(sorted(map(str, one.parameters.items())))): one for one in findings}

    def order(one: Finding) -> tuple[object, ...]:
        where = one.where
        return (_RANK[one.severity], where.file or "", where.sheet or "", where.row or where.line or 0, one.slug)

    return tuple(sorted(unique.values(), key=order))


def _told(found: Finding, lang: Lang) -> FindingReport:
    where = found.where
    return FindingReport(
        slug=found.slug,
        severity=found.severity.value,
        message=message(found, lang),
        hint=hint(found, lang),
        where=WhereSection(
            file=where.file,
            line=where.line,
            column=where.column,
            sheet=where.sheet,
            row=where.row,
            field=where.field,
        ),
        effect=dict(found.effect),
    )


def _summary(
    indicators: Sequence[IndicatorReport],
    commitments: Sequence[CommitmentReport],
    findings: Sequence[Finding],
    checked: CheckReport | None,
) -> Summary:
    return Summary(
        indicators=dict(sorted(Counter(one.status for one in indicators).items())),
        headline=dict(sorted(Counter(one.status for one in indicators if one.headline).items())),
        commitments=dict(sorted(Counter(one.state for one in commitments).items())),
        findings=dict(sorted(Counter(one.severity.value for one in findings).items())),
        rules={} if checked is None else checked.outcomes,
    )
