"""Forms of one enterprise (指标名称 | 计量单位 | 代码 | 本年 …): its code from above, its lines as columns."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from xicen_kpi.read.codes import USCC_ALPHABET
from xicen_kpi.read.grid import Grid
from xicen_kpi.read.headers import half_width, normal_name
from xicen_kpi.read.kinds import is_empty, unit_text
from xicen_kpi.read.patterns import Pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xicen_kpi.read.tables import Found

CODE_HEADER, NAME_HEADER = "统一社会信用代码", "单位详细名称"
_CODE_LABEL = Pattern(r"(?:统一社会信用代码|组织机构代码|单位代码|法人代码)[^0-9A-Z]{0,12}")
_CODES_OF = tuple(
    re.compile(rf"(?:[{USCC_ALPHABET}][\s□-]*){{{length - 1}}}[0-9A-Z](?![0-9A-Z])") for length in (18, 15, 9)
)
_NAME = Pattern(r"(?:单位详细名称|单位名称|企业详细名称|企业名称)[^:]{0,6}:\s*(?P<name>[^\s:]{2,60})")
_LABELS = frozenset({"指标名称", "指标", "项目", "科目", "项目名称", "指标项"})
_CODES = frozenset({"代码", "指标代码", "编码", "代号"})
_UNITS = frozenset({"计量单位", "单位"})


class Enterprise(NamedTuple):
    """Whose form it is."""

    code: str
    name: str


def find_enterprise(title: str) -> Enterprise | None:
    """The enterprise that the lines above a form name; its code may stand in boxes of one character each."""
    text = unicodedata.normalize("NFKC", title)
    for label in _CODE_LABEL.finditer(text):
        code = next((found[0] for form in _CODES_OF if (found := form.match(text, label.end()))), None)
        if code is not None:
            name = _NAME.search(text)
            return Enterprise(re.sub(r"[\s□-]", "", code), name["name"] if name else "")
    return None


def widened(found: Found, enterprise: Enterprise) -> Grid | None:
    """The form as a list of one enterprise: a column for each of its cells, named 指标(代码);本年;单位.

    None if the table is no form of lines with names and values.
    """
    roles = [normal_name(name) for name in found.layout.names]
    label = next((place for place, role in enumerate(roles) if role in _LABELS), None)
    described = [place for place, role in enumerate(roles) if role in _CODES | _UNITS]
    if label is None or not described:
        return None
    values = [place for place in range(label + 1, len(roles)) if place not in described and found.layout.names[place]]
    header, cells = [CODE_HEADER, NAME_HEADER], [enterprise.code, enterprise.name]
    for place in found.used:
        row = found.grid.rows[place]
        name = _line_name(row, label, roles)
        if name:
            header += [_joined(name, found.layout.names[j], row, roles) for j in values]
            cells += [row[j] if j < len(row) else "" for j in values]
    if len(header) == 2:
        return None
    number = found.grid.number(found.used[0])
    title = tuple(_line(found.grid.rows[place]) for place in found.layout.title)
    return Grid([header, cells], found.grid.sheet, (), (*found.grid.before, *title), (number, number))


def with_enterprise(grid: Grid, header: int, data: set[int], enterprise: Enterprise) -> Grid:
    """The same table with the enterprise's code and name in two more columns of its data rows."""
    width = max(len(row) for row in grid.rows[header:])
    rows = list(grid.rows)
    for place in range(header, len(rows)):
        more = [CODE_HEADER, NAME_HEADER] if place == header else list(enterprise) if place in data else ["", ""]
        rows[place] = [*rows[place], *[""] * (width - len(rows[place])), *more]
    return Grid(rows, grid.sheet, grid.merged, grid.before, grid.numbers)


def _line_name(row: Sequence[object], label: int, roles: list[str]) -> str:
    """Name and code of a line of a form: 营业收入(301)."""
    if label >= len(row) or not isinstance(row[label], str) or is_empty(row[label]):
        return ""
    code = next((_cell(row, place) for place, role in enumerate(roles) if role in _CODES), "")
    return f"{half_width(str(row[label]))}({code})" if code else half_width(str(row[label]))


def _joined(name: str, column: str, row: Sequence[object], roles: list[str]) -> str:
    unit = next((unit_text(_cell(row, place)) for place, role in enumerate(roles) if role in _UNITS), None)
    return ";".join(part for part in (name, column, unit) if part)


def _cell(row: Sequence[object], place: int) -> str:
    if place >= len(row) or is_empty(row[place]):
        return ""
    cell = row[place]
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else half_width(str(cell))


def _line(row: Sequence[object]) -> str:
    return " ".join(str(cell).strip() for cell in row if not is_empty(cell))
