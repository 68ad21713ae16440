"""The parts of a line about a finding: where, who, what, how much, what to do; and what the public may see of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from xicen_kpi.checks.baseline import rule_of
from xicen_kpi.errors import Severity
from xicen_kpi.render.numbers import amount
from xicen_kpi.words.checks_labels import check_label
from xicen_kpi.words.checks_titles import title
from xicen_kpi.words.findings import MESSAGES, hint, message

if TYPE_CHECKING:
    from xicen_kpi.checks.model import CheckReport
    from xicen_kpi.errors import Finding
    from xicen_kpi.words.labels import Lang

WORKBOOKS = frozenset({"xlsx", "xls", "xlsb", "ods"})
_CODE = re.compile(r"(?<![0-9A-Za-z])[0-9A-Z]{18}(?![0-9A-Za-z])")
_HIDDEN = "***"


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, and in which language.

    Attributes:
        report: What the check has found.
        lang: Language.
        public: No name, no code, no value.
    """

    report: CheckReport
    lang: Lang
    public: bool = False

    def file(self, path: str) -> str:
        """A file's path; for the public without a name that holds an enterprise's name or code."""
        if not self.public:
            return path
        stem = PurePosixPath(path).stem
        names = (name for name in self.report.enterprises.values() if len(name) > 1)
        hides = _CODE.search(path.upper()) or any(name in path for name in names)
        return path.replace(stem, _HIDDEN) if hides else path

    def place(self, found: Finding) -> str:
        """file:Sheet!F10 in a workbook, file:row:column in a text file: as the user's own program shows it."""
        where = found.where
        if where.file is None:
            return where.field or ""
        if where.sheet is not None:
            cell = self.cell(found)
            at = cell or (str(where.row) if where.row is not None else "")
            sheet = f"{where.sheet}!{at}" if at else where.sheet
            return ":".join(part for part in (self.file(where.file), sheet, "" if cell else where.field or "") if part)
        row = where.row if where.row is not None else where.line
        parts = (self.file(where.file), "" if row is None else str(row), where.field or "")
        return ":".join(part for part in parts if part)

    def cell(self, found: Finding) -> str | None:
        """A cell of a workbook, such as F10; None where row or column is not known."""
        where = found.where
        trail = self.report.sheets.get((where.file or "", where.sheet))
        if trail is None or where.row is None or where.field not in trail.columns:
            return None
        return f"{letters(trail.columns.index(where.field) + 1)}{where.row}"

    def enterprise(self, found: Finding) -> str:
        """Name and code; nothing for the public."""
        code = found.parameters.get("code")
        if self.public or code is None:
            return ""
        name = found.parameters.get("name") or self.report.enterprises.get(str(code))
        return f"{name}({code})" if name else str(code)

    def title(self, found: Finding) -> str:
        """What the rule is about; a rule of the user's own by its name."""
        if found.slug.startswith("own-rule-") and "rule" in found.parameters:
            return rule_of(found)
        return title(found.slug, self.lang)

    def sentence(self, found: Finding) -> str:
        """What is wrong; for the public only what the rule is about."""
        return self.title(found) if self.public else message(found, self.lang)

    def hint(self, found: Finding) -> str:
        """What to do; for the public only where it names nothing of the data."""
        words = MESSAGES[found.slug]
        template = words.hint_zh if self.lang == "zh" else words.hint_en
        return "" if self.public and "{" in template else hint(found, self.lang)

    def effect(self, found: Finding) -> str:
        """What it would do to the figures, the headline figures first; nothing for the public."""
        if self.public or not found.effect:
            return ""
        order = sorted(found.effect, key=lambda name: not self.report.indicators[name].headline)
        shown = self._change(order[0], found.effect[order[0]])
        if len(order) > 1:
            shown = check_label("check.effect_more", self.lang, effects=shown, count=len(order))
        return check_label("check.effect", self.lang, effects=shown)

    def _change(self, name: str, change: float) -> str:
        indicator = self.report.indicators[name]
        points = ("个百分点" if self.lang == "zh" else " pp") if indicator.unit == "%" else f" {indicator.unit}"
        shown = amount(change, max(indicator.decimals, 1))
        return f"{indicator.name.say(self.lang)} {'+' if change > 0 else ''}{shown}{points}"


def letters(number: int) -> str:
    """The name of a sheet's column: 1 is A, 27 is AA."""
    name = ""
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def grouped(report: CheckReport) -> dict[str, list[Finding]]:
    """Findings by rule, the worst rule first; within a severity the one with the largest effect."""
    groups: dict[str, list[Finding]] = {}
    for found in report.findings:
        groups.setdefault(rule_of(found), []).append(found)
    return groups


def by_severity(report: CheckReport) -> dict[str, int]:
    """How many findings of each severity."""
    return {one.value: sum(found.severity is one for found in report.findings) for one in Severity}
