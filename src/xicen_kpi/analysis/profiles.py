"""Who the enterprises are: name, town and industry from the list, for contributions and pages that may name them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, reduce
from operator import or_
from typing import TYPE_CHECKING, NamedTuple

from xicen_kpi.analysis.compile import split, sums_of
from xicen_kpi.engine.amounts import Book, Codes
from xicen_kpi.engine.groups import Groups
from xicen_kpi.engine.listing import Listing, texts_of
from xicen_kpi.plan.source import CellType

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from xicen_kpi.engine.register import Register
    from xicen_kpi.engine.run import Answers
    from xicen_kpi.plan.measure import Measure
    from xicen_kpi.plan.model import Plan
    from xicen_kpi.plan.period import Month

NAME, TOWN = "name", "town"
"""Columns of a list with a meaning of their own, by the name the plan gives them."""

UNKNOWN = ""
"""Group of the enterprises about which the list says nothing."""


def division_of(industry: str) -> str:
    """行业大类: the first two digits of an industry code."""
    return "".join(char for char in industry if char.isdigit())[:2]


class Profile(NamedTuple):
    """What the list says of an enterprise; an empty text where it says nothing."""

    code: str
    name: str = UNKNOWN
    town: str = UNKNOWN
    industry: str = UNKNOWN

    @property
    def division(self) -> str:
        """行业大类 of its industry."""
        return division_of(self.industry)


@dataclass(frozen=True)
class Profiles(Mapping[str, Profile]):
    """Profiles by code; each is made when it is first asked for, once for all figures of a month.

    Attributes:
        book: Every enterprise code of the drop.
        listings: What the lists say; the first that has an enterprise prevails.
    """

    book: Book
    listings: tuple[Listing, ...]
    _made: dict[str, Profile] = field(default_factory=dict)

    @cached_property
    def who(self) -> Codes:
        """Those that a list has."""
        return reduce(or_, (one.who for one in self.listings), Codes(self.book))

    @cached_property
    def towns(self) -> Groups:
        """The town of each."""
        return self._groups([TOWN for _ in self.listings], str)

    @cached_property
    def divisions(self) -> Groups:
        """行业大类 of each."""
        return self._groups(map(_industry_column, self.listings), division_of)

    def __getitem__(self, code: str) -> Profile:
        if code not in self._made:
            own = next((one for one in self.listings if code in one.who), None)
            if own is None:
                raise KeyError(code)
            texts = (own.text(code, column) for column in (NAME, TOWN, _industry_column(own)))
            self._made[code] = Profile(code, *texts)
        return self._made[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self.who)

    def __len__(self) -> int:
        return len(self.who)

    def or_else(self, other: Profiles) -> Profiles:
        """Those of other profiles for who is not among these."""
        return Profiles(self.book, (*self.listings, *other.listings))

    def _groups(self, columns: Iterable[str], name_of: Callable[[str], str]) -> Groups:
        found = (one.groups(column, name_of) for one, column in zip(self.listings, columns, strict=True))
        return reduce(Groups.or_else, found, Groups(self.book))


def _industry_column(listing: Listing) -> str:
    return next(iter(listing.register.source.columns_by_type.get(CellType.INDUSTRY, [])), "")


def lists_of(plan: Plan, measure: Measure) -> tuple[str, ...]:
    """The lists that a measure's sources are linked to."""
    links = (plan.sources[split(part.sum)[0]].link for part in sums_of(measure))
    return tuple(sorted({link for link in links if link is not None}))


def profiles_of(answers: Answers, list_ids: tuple[str, ...], month: Month) -> Profiles:
    """Profiles of those who are members in a month; of several lists the last prevails."""
    registers = [answers.registers[name] for name in reversed(list_ids) if name in answers.registers]
    return Profiles(answers.book, tuple(Listing.of(one, month.ordinal) for one in registers))


def names_listed(register: Register) -> frozenset[str]:
    """Every code and name that a list holds, in any month."""
    return register.codes | texts_of(register, NAME)
