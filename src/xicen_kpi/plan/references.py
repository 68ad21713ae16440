"""Checks across a plan: every name that is used is declared, and is of the sort that the use needs."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from xicen_kpi.plan.industry import ONLY_2011
from xicen_kpi.plan.measure import TotalMeasure
from xicen_kpi.plan.model import COMMITMENT_PATTERN
from xicen_kpi.plan.review import leaves, source_of, within
from xicen_kpi.plan.shape import known
from xicen_kpi.plan.source import ID_PATTERN, CellType, Column, Frequency

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xicen_kpi.plan.checks import OwnRule
    from xicen_kpi.plan.measure import Condition, Measure, Where
    from xicen_kpi.plan.review import Leaf, Review
    from xicen_kpi.plan.source import Group, Source
    from xicen_kpi.plan.yaml_tree import Path

LEDGER_COLUMNS = ("id", "state", "finished")
"""Columns that the ledger of the commitments must have, by these names."""


def check_references(review: Review) -> None:
    """Names, sources, groups, measures and the ids that settings name."""
    for section in ("groups", "sources", "indicators", "commitments"):
        pattern = COMMITMENT_PATTERN if section == "commitments" else ID_PATTERN
        for name in review.declared(section):
            if not re.match(pattern, name):
                review.report_key("id-malformed", (section, name), key=name)
    for source_id, source in review.plan.sources.items():
        _check_source(review, source_id, source)
    _check_groups(review)
    for indicator_id, indicator in review.plan.indicators.items():
        _check_measure(review, indicator.measure, ("indicators", indicator_id, "measure"))
        if indicator.watch is not None:
            _check_measure(review, indicator.watch.measure, ("indicators", indicator_id, "watch"))
    for rule_name, rule in review.plan.checks.rules.items():
        _check_own_rule(review, rule, ("checks", "rules", rule_name))
    _check_settings(review)


def _check_own_rule(review: Review, rule: OwnRule, path: Path) -> None:
    """A rule of the user's own compares number columns of one source."""
    if not _is_source(review, rule.source, (*path, "source")):
        return
    for key in ("column", *rule.bounds):
        name = getattr(rule, key)
        column = _is_column(review, rule.source, name, (*path, key)) if isinstance(name, str) else None
        if column and column.type is not CellType.NUMBER and _is_type_known(review, rule.source, name):
            review.report("column-not-a-number", (*path, key), name=name, type=column.type.value)
    _check_where(review, rule.source, rule.where, (*path, "where"))


def _check_settings(review: Review) -> None:
    names = review.declared("indicators")
    for place, name in enumerate(review.plan.settings.disclosure.allow):
        if name not in names:
            path: Path = ("settings", "disclosure", "allow", place)
            review.report("indicator-undeclared", path, name=name, **known(name, names))
    ledger = review.plan.ledger
    if ledger is not None and _is_source(review, ledger, ("ledger",)):
        _check_ledger(review, ledger, ("ledger",))
        _check_ledger_columns(review, ledger)


def _check_ledger_columns(review: Review, ledger: str) -> None:
    """Without these no promise could be found in the ledger, or be seen to be done."""
    path = ("sources", ledger, "columns")
    names = review.declared(*path)
    for name in LEDGER_COLUMNS:
        if name not in names and review.sound(*path):
            review.report_key("ledger-column-missing", path, name=name, source=ledger, **known(name, names))
    if "finished" in names:
        _check_date(review, ledger, "finished", (*path, "finished"))


def _is_source(review: Review, name: str, path: Path) -> bool:
    """Whether there is such a source; it is not looked into where it does not fit."""
    names = review.declared("sources")
    if name not in names:
        review.report("source-unknown", path, name=name, **known(name, names))
    return name in review.plan.sources and name in names


def _is_column(review: Review, source_id: str, name: str, path: Path) -> Column | None:
    names = review.declared("sources", source_id, "columns")
    if name not in names:
        review.report("column-unknown", path, name=name, source=source_id, **known(name, names))
        return None
    return review.plan.sources[source_id].columns.get(name)


def _is_type_known(review: Review, source_id: str, name: str) -> bool:
    return review.sound("sources", source_id, "columns", name, "type")


# -- sources


def _check_source(review: Review, source_id: str, source: Source) -> None:
    path: Path = ("sources", source_id)
    for place, name in enumerate(source.key):
        _is_column(review, source_id, name, (*path, "key", place))
    if source.link is not None:
        _check_link(review, source_id, source.link)
    if source.valid is not None:
        _check_date(review, source_id, source.valid.start, (*path, "valid", "start"))
        _check_date(review, source_id, source.valid.end, (*path, "valid", "end"))
    if source.dated is not None:
        _check_date(review, source_id, source.dated, (*path, "dated"))
    elif source.frequency is Frequency.LEDGER and source_id != review.plan.ledger:
        review.report_key("ledger-undated", path, source=source_id)
    _check_headers(review, source_id, source.columns)
    _check_last_year(review, source_id, source.columns)


def _check_link(review: Review, source_id: str, link: str) -> None:
    path: Path = ("sources", source_id, "link")
    if not _is_source(review, link, path):
        return
    if review.plan.sources[link].frequency is not Frequency.LIST and review.sound("sources", link, "frequency"):
        review.report("link-not-a-list", path, name=link)
    for one in (source_id, link):
        typed = review.plan.sources[one].columns_by_type
        if CellType.USCC not in typed and review.sound("sources", one, "columns"):
            review.report("uscc-column-missing", path, source=one)


def _check_date(review: Review, source_id: str, name: str, path: Path) -> None:
    column = _is_column(review, source_id, name, path)
    if column and column.type is not CellType.DATE and _is_type_known(review, source_id, name):
        review.report("column-not-a-date", path, name=name, type=column.type.value)


def _check_last_year(review: Review, source_id: str, columns: dict[str, Column]) -> None:
    """Last year's value stands in a column of the same source and unit."""
    for name, column in columns.items():
        if column.last_year is None:
            continue
        path: Path = ("sources", source_id, "columns", name, "last_year")
        other = _is_column(review, source_id, column.last_year, path)
        if other and other.unit != column.unit and review.sound("sources", source_id, "columns", column.last_year):
            review.report("last-year-in-other-unit", path, name=column.last_year, unit=other.unit or "—")


def _check_headers(review: Review, source_id: str, columns: dict[str, Column]) -> None:
    """A header that two columns claim would be read twice."""
    owner: dict[str, str] = {}
    for name, column in columns.items():
        path: Path = ("sources", source_id, "columns", name)
        for number, header in enumerate(column.header):
            if not review.sound(*path, "header", number):
                continue  # a stand-in, of which there may be several alike
            plain = "".join(unicodedata.normalize("NFKC", header).split())
            if owner.setdefault(plain, name) != name:
                review.report("header-twice", (*path, "header"), header=header, first=owner[plain])


# -- industry groups


def _check_groups(review: Review) -> None:
    owner: dict[str, str] = {}
    for group_id, group in review.plan.groups.items():
        path: Path = ("groups", group_id)
        for label in sorted(group.labels):
            if owner.setdefault(label, group_id) != group_id:
                review.report("tag-twice", (*path, "tags"), tag=label, first=owner[label])
        _check_classes(review, path, group)


def _check_classes(review: Review, path: Path, group: Group) -> None:
    seen: set[str] = set()
    for side, classes in (("whole", group.whole), ("part", group.part)):
        for place, code in enumerate(classes):
            where: Path = (*path, side, place)
            if not (len(code) == 4 and code.isascii() and code.isdigit()):
                review.report("class-malformed", where, code=code)
            elif code in ONLY_2011:
                review.report("class-of-2011", where, code=code)
            elif code in seen:
                review.report("class-twice", where, code=code)
            seen.add(code)


# -- measures


def _check_measure(review: Review, measure: Measure, path: Path) -> None:
    for leaf, place in leaves(measure, path):
        _check_leaf(review, leaf, place)
    for part, place in within(measure, path):
        if isinstance(part, TotalMeasure) and part.once_per is not None:
            _check_once_per(review, part, part.once_per, place)


def _check_leaf(review: Review, leaf: Leaf, path: Path) -> None:
    key, source_id, name = source_of(leaf)
    here: Path = (*path, key)
    if not _is_source(review, source_id, here):
        return
    if key in ("sum", "latest", "count_distinct") and not name:
        review.report(
            "column-not-named", here, source=source_id, known=review.declared("sources", source_id, "columns")
        )
    elif key in ("sum", "latest", "count_distinct"):
        _check_column(review, source_id, name, here)
    if key == "done":
        _check_ledger(review, source_id, here)
    _check_where(review, source_id, leaf.where, (*path, "where"))


def _check_column(review: Review, source_id: str, name: str, path: Path) -> None:
    column = _is_column(review, source_id, name, path)
    if column is None or not _is_type_known(review, source_id, name):
        return
    if path[-1] == "count_distinct":
        if column.type is CellType.MONTH:
            review.report("month-not-asked", path, name=name)
        return
    repeated = review.plan.sources[source_id].frequency in (Frequency.MONTHLY, Frequency.QUARTERLY)
    said = column.counts is not None or not review.sound("sources", source_id, "columns", name, "counts")
    if column.type is not CellType.NUMBER:
        review.report("column-not-a-number", path, name=name, type=column.type.value)
    elif repeated and not said:
        review.report("counts-missing", path, name=name, source=source_id)


def _check_once_per(review: Review, measure: TotalMeasure, name: str, path: Path) -> None:
    """Every part can say by this column which enterprise an amount belongs to."""
    for leaf, _ in leaves(measure, path):
        source_id = source_of(leaf)[1]
        names = review.declared("sources", source_id, "columns")
        if names and name not in names:
            review.report("column-unknown", (*path, "once_per"), name=name, source=source_id, **known(name, names))
            return


def _check_ledger(review: Review, source_id: str, path: Path) -> None:
    frequency = review.plan.sources[source_id].frequency
    if frequency is not Frequency.LEDGER and review.sound("sources", source_id, "frequency"):
        review.report("source-not-a-ledger", path, name=source_id)


def _check_where(review: Review, source_id: str, where: Where, path: Path) -> None:
    source = review.plan.sources[source_id]
    listed = source.frequency is Frequency.LIST or source.link is not None
    for part, used in (("in_park", where.in_park is not None), ("group", bool(where.group))):
        if used and not listed and review.sound("sources", source_id):
            review.report_key("list-needed", (*path, part), part=part, source=source_id)
    _check_group_names(review, where.group, path)
    for name, condition in where.columns.items():
        _check_condition(review, source_id, name, condition, (*path, name))
    for place, one in enumerate(where.any_of):
        _check_where(review, source_id, one, (*path, "any_of", place))


def _check_group_names(review: Review, names: Iterable[str], path: Path) -> None:
    for place, name in enumerate(names):
        groups = review.declared("groups")
        if name not in groups:
            review.report("group-unknown", (*path, "group", place), name=name, **known(name, groups))


def _check_condition(review: Review, source_id: str, name: str, condition: Condition, path: Path) -> None:
    """The column is one of the source or of the list it is linked to, and can hold what it is compared with."""
    source = review.plan.sources[source_id]
    own, linked = review.declared("sources", source_id, "columns"), source.link or ""
    both = [*own, *review.declared("sources", linked, "columns")]
    if name not in own and linked and linked not in review.declared("sources"):
        return  # the link is reported; who knows what columns it was to bring
    if name not in both:
        review.report_key("column-unknown", path, name=name, source=source_id, **known(name, both))
        return
    owner = source_id if name in own else linked
    column = review.plan.sources[owner].columns.get(name) if owner in review.plan.sources else None
    if column is None or not _is_type_known(review, owner, name) or not review.sound(*path):
        return
    if column.type is CellType.MONTH:
        review.report_key("month-not-asked", path, name=name)
        return
    for value in _compared(condition):
        if not _fits(column.type, value, ordered=value in _bounds(condition)):
            review.report_key("condition-never-holds", path, name=name, type=column.type.value, value=value)


def _bounds(condition: Condition) -> list[object]:
    given = (*(condition.between or ()), condition.at_least, condition.at_most)
    return [value for value in given if value is not None]


def _compared(condition: Condition) -> list[object]:
    equal = () if condition.equals is None else (condition.equals,)
    return [*equal, *(condition.in_ or ()), *_bounds(condition)]


def _fits(kind: CellType, value: object, *, ordered: bool) -> bool:
    """Whether cells of this type can equal a value, or be less or more."""
    match kind:
        case CellType.NUMBER:
            return isinstance(value, int | float) and not isinstance(value, bool)
        case CellType.DATE:
            return isinstance(value, str) and len(value) == 10 and value[:4].isdigit()
        case _:
            return isinstance(value, bool | str) and not ordered
