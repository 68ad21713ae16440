"""Who the enterprises are: name, town and industry from the list, for contributions and pages that may name them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xicen_kpi.analysis.compile import enterprise_column, split, sums_of
from xicen_kpi.engine.question import Ask, Question
from xicen_kpi.plan.source import CellType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xicen_kpi.engine.run import Answers
    from xicen_kpi.plan.measure import Measure
    from xicen_kpi.plan.model import Plan
    from xicen_kpi.plan.period import Month

NAME, TOWN = "name", "town"
"""Columns of a list with a meaning of their own, by the name the plan gives them."""

UNKNOWN = ""
"""Group of the enterprises about which the list says nothing."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What the list says of an enterprise; an empty text where it says nothing."""

    code: str
    name: str = UNKNOWN
    town: str = UNKNOWN
    industry: str = UNKNOWN

    @property
    def division(self) -> str:
        """行业大类: the first two digits of the industry code."""
        digits = "".join(char for char in self.industry if char.isdigit())
        return digits[:2]


def profile_question(plan: Plan, list_id: str) -> Question | None:
    """Asks a list for code, name, town and industry of its members, month by month."""
    code = enterprise_column(plan, list_id)
    if code is None:
        return None
    columns = plan.sources[list_id].columns
    industry = plan.sources[list_id].columns_by_type.get(CellType.INDUSTRY, [])[:1]
    return Question(list_id, Ask.COUNT, by=(code, *(name for name in (NAME, TOWN) if name in columns), *industry))


def lists_of(plan: Plan, measure: Measure) -> tuple[str, ...]:
    """The lists that a measure's sources are linked to."""
    links = (plan.sources[split(part.sum)[0]].link for part in sums_of(measure))
    return tuple(sorted({link for link in links if link is not None}))


def profiles_of(plan: Plan, answers: Answers, list_ids: tuple[str, ...], month: Month) -> dict[str, Profile]:
    """Profiles by code of those who are members in a month."""
    return {one.code: one for list_id in list_ids for one in _of_list(plan, answers, list_id, month)}


def _of_list(plan: Plan, answers: Answers, list_id: str, month: Month) -> Iterator[Profile]:
    question = profile_question(plan, list_id)
    if question is None or question not in answers.breakdowns:
        return
    columns = plan.sources[list_id].columns
    for key in answers.breakdowns[question].within(month.ordinal):
        given = dict(zip(question.by[1:], map(str, key[1:]), strict=True))
        industry = next((given[n] for n in given if columns[n].type is CellType.INDUSTRY), UNKNOWN)
        yield Profile(str(key[0]), given.get(NAME, UNKNOWN), given.get(TOWN, UNKNOWN), industry)
