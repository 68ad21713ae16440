"""Rules of research projects (107-1): their dates and stages, and their sums against the survey (107-2)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from xicen_kpi.checks.items import text_column
from xicen_kpi.checks.model import Rule, Suspicion
from xicen_kpi.checks.rules_months import tolerance
from xicen_kpi.checks.suspicions import each, suspect
from xicen_kpi.plan.period import Month
from xicen_kpi.plan.units import factor
from xicen_kpi.read.dates import read_span

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from xicen_kpi.checks.material import Material
    from xicen_kpi.checks.model import Doubts
    from xicen_kpi.checks.table import Table

PAY = (2_200.0, 50_000.0)
"""Usual labour cost of a month of a researcher's work, in 元."""

_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Life:
    """When the research projects of a table begin and end, and at what stage they are."""

    table: Table
    start: str
    end: str
    stage: str | None

    def months(self, column: str) -> NDArray[np.int64]:
        """Month ordinal that each cell names (202403, 2024-03, a date); -1 where it names none."""
        cells = self.table.frame[column]
        known = {cell: span.end.ordinal for cell in cells.dropna().unique() if (span := read_span(_plain(cell)))}
        return cells.map(known).fillna(-1).to_numpy(dtype=np.int64)


def _plain(cell: object) -> object:
    return cell.to_pydatetime() if isinstance(cell, pd.Timestamp) else cell


def lives(material: Material) -> list[Life]:
    """Forms with 项目起始日期 and 项目完成日期."""
    found = []
    for table in material.dated:
        start, end, stage = (text_column(table.source, f"project_{kind}") for kind in ("start", "end", "stage"))
        if start is not None and end is not None and table.has(start) and table.has(end):
            found.append(Life(table, start, end, stage if stage is not None and table.has(stage) else None))
    return found


def staged(material: Material) -> list[Life]:
    """Those with the stage that a project of several years has reached."""
    return [one for one in lives(material) if one.stage is not None]


def project_dates(material: Material, one: Life) -> Doubts:  # noqa: ARG001 -- the form of a check
    """107-1: end ≥ start, and some of the time between lies in the year reported."""
    table, start, end = one.table, one.months(one.start), one.months(one.end)
    year = table.periods // _MONTHS
    known = (start >= 0) & (end >= 0) & (table.periods >= 0)
    bad = np.flatnonzero(known & ((end < start) | (start // _MONTHS > year) | (end // _MONTHS < year)))

    def tell(row: int) -> Suspicion:
        first, last = (str(Month.of_ordinal(int(one[row]))) for one in (start, end))
        return suspect(table, "project-dates", row, one.end, start=first, end=last, year=str(year[row]))

    yield from each(table, "project-dates", bad, np.zeros(len(bad)), tell)


def project_stage(material: Material, one: Life) -> Doubts:  # noqa: ARG001 -- the form of a check
    """107-1: the stage is for projects of several years; one that begins and ends in the year reported has none."""
    table, start, end, stage = one.table, one.months(one.start), one.months(one.end), str(one.stage)
    year = table.periods // _MONTHS
    within = (start >= 0) & (start // _MONTHS == year) & (end // _MONTHS == year)
    bad = np.flatnonzero(within & table.frame[stage].notna().to_numpy())

    def tell(row: int) -> Suspicion:
        return suspect(table, "project-stage", row, stage, stage=table.frame[stage].iloc[row], year=str(year[row]))

    yield from each(table, "project-stage", bad, np.zeros(len(bad)), tell)


@dataclass(frozen=True, slots=True)
class Surveyed:
    """The projects of a year (107-1) beside the survey of the same year (107-2).

    Attributes:
        projects: The table of projects.
        item: Its number column.
        survey: The table of the survey.
        column: The survey's column that it is compared with.
        month: Month ordinal of the year's end.
    """

    projects: Table
    item: str
    survey: Table
    column: str
    month: int

    def sums(self) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
        """Rows of the survey, its amounts, and the enterprise's sum over its projects; NaN where it has none."""
        rows, places = self.survey.at(self.month), self.projects.at(self.month)
        owners = pd.Series(self.projects.codes[places], dtype=object)
        total = pd.Series(self.projects.amounts(self.item)[places]).groupby(owners).sum(min_count=1)
        summed = pd.Series(self.survey.codes[rows], dtype=object).map(total)
        return rows, self.survey.amounts(self.column)[rows], np.asarray(summed, dtype=np.float64)


def _surveyed(material: Material, item: str, of: str) -> list[Surveyed]:
    found = []
    for survey in material.forms:
        column = survey.item(of)
        for projects in material.dated:
            own = projects.item(item)
            if column is not None and own is not None and projects.itemised:
                years = [year for year in survey.held if year in projects.held]
                found += [Surveyed(projects, own, survey, column, year) for year in years]
    return found


def effort_exceeds(material: Material, one: Surveyed) -> Doubts:  # noqa: ARG001 -- the form of a check
    """107-2, 1 × 12 ≥ Σ 人月: nobody works more than twelve months a year."""
    rows, staff, effort = one.sums()
    bad = effort > staff * _MONTHS + 1e-9 * effort

    def about(place: int) -> dict[str, object]:
        return {"effort": effort[place], "staff": staff[place], "most": staff[place] * _MONTHS}

    yield from _told("effort-exceeds-staff", one, rows, bad, about)


def pay_unusual(material: Material, one: Surveyed) -> Doubts:  # noqa: ARG001 -- the form of a check
    """107-2, 8 × 1000 / Σ 人月 within the usual pay of a month."""
    rows, labour, effort = one.sums()
    with np.errstate(divide="ignore", invalid="ignore"):
        pay = labour * factor(one.survey.unit(one.column), "元") / effort
    bad = (effort > 0) & (labour > 0) & ((pay < PAY[0]) | (pay > PAY[1]))

    def about(place: int) -> dict[str, object]:
        unit = one.survey.unit(one.column)
        return {"pay": pay[place], "labour": labour[place], "effort": effort[place], "unit": unit}

    yield from _told("rnd-pay-unusual", one, rows, bad, about)


def projects_exceed(material: Material, one: Surveyed) -> Doubts:  # noqa: ARG001 -- the form of a check
    """Σ 项目经费支出 of 107-1 no more than 107-2, 7."""
    rows, total, summed = one.sums()
    unit = one.survey.unit(one.column)
    spent = summed * factor(one.projects.unit(one.item), unit)
    bad = spent > total + tolerance(total)

    def about(place: int) -> dict[str, object]:
        return {"spent": spent[place], "total": total[place], "unit": unit}

    yield from _told("projects-exceed-survey", one, rows, bad, about, spent - total)


def without_projects(material: Material, one: Surveyed) -> Doubts:  # noqa: ARG001 -- the form of a check
    """107-2 has money for research, and 107-1 of that year no project of the enterprise."""
    rows, total, _ = one.sums()
    named = set(one.projects.codes[one.projects.at(one.month)])
    bad = (total > 0) & np.array([code not in named for code in one.survey.codes[rows]], dtype=np.bool_)

    def about(place: int) -> dict[str, object]:
        return {"total": total[place], "unit": one.survey.unit(one.column)}

    yield from _told("rnd-without-projects", one, rows, bad, about)


def without_survey(material: Material, one: Surveyed) -> Doubts:  # noqa: ARG001 -- the form of a check
    """107-1 has projects of an enterprise that 107-2 of that year does not: once for each."""
    table, named = one.projects, set(one.survey.codes[one.survey.at(one.month)])
    rows = [row for row in table.at(one.month).tolist() if table.codes[row] not in {None, *named}]
    first = list({table.codes[row]: row for row in reversed(rows)}.values())
    bad = np.array(sorted(first), dtype=np.int64)
    spent = table.amounts(one.item)

    def tell(row: int) -> Suspicion:
        return suspect(table, "projects-without-survey", row, table.code_column)

    yield from each(table, "projects-without-survey", bad, spent[bad], tell)


def _told(
    slug: str,
    one: Surveyed,
    rows: NDArray[np.int64],
    bad: NDArray[np.bool_],
    about: Callable[[int], dict[str, object]],
    change: NDArray[np.float64] | None = None,
) -> Doubts:
    """Rows of the survey that do not agree with the projects."""
    table, place_of = one.survey, {row: place for place, row in enumerate(rows.tolist())}
    size = np.nan_to_num(table.amounts(one.column)[rows[bad]])

    def tell(row: int) -> Suspicion:
        place = place_of[row]
        by = None if change is None else float(change[place])
        return suspect(table, slug, row, one.column, change=by, **about(place))

    yield from each(table, slug, rows[bad], size, tell)


_EFFORT_STAFF = partial(_surveyed, item="project_effort", of="rnd_staff")
_EFFORT_PAY = partial(_surveyed, item="project_effort", of="rnd_labour")
_COST = partial(_surveyed, item="project_cost", of="rnd_total")

RULES = (
    Rule("project-dates", lives, project_dates, "project_dates"),
    Rule("project-stage", staged, project_stage, "project_stage"),
    Rule("effort-exceeds-staff", _EFFORT_STAFF, effort_exceeds, "projects"),
    Rule("rnd-pay-unusual", _EFFORT_PAY, pay_unusual, "projects"),
    Rule("projects-exceed-survey", _COST, projects_exceed, "projects"),
    Rule("rnd-without-projects", _COST, without_projects, "projects"),
    Rule("projects-without-survey", _COST, without_survey, "projects"),
)
