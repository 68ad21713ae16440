"""What a check has found as JSON: every key always, Chinese readable."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from xicen_kpi import __version__
from xicen_kpi.checks.baseline import fingerprint, rule_of
from xicen_kpi.render.findings_lines import Reader, by_severity
from xicen_kpi.words.checks_titles import title

if TYPE_CHECKING:
    from xicen_kpi.checks.model import CheckReport
    from xicen_kpi.errors import Finding
    from xicen_kpi.words.labels import Lang

FORMAT_VERSION = "1.0"


def check_json(report: CheckReport, lang: Lang, *, public: bool = False) -> str:
    """The whole result as one object, indented, ending in a line end."""
    reader = Reader(report, lang, public)
    content = {
        "format_version": FORMAT_VERSION,
        "tool_version": __version__,
        "as_of": report.as_of,
        "audience": "public" if public else "internal",
        "language": lang,
        "summary": {"rules": report.outcomes, "findings": by_severity(report), "known": report.known},
        "rules": [
            {
                "rule": one.rule,
                "title": title(one.rule, lang),
                "outcome": one.outcome.value,
                "reason": one.reason,
                "findings": sum(rule_of(found) == one.rule for found in report.findings),
            }
            for one in report.results
        ],
        "findings": [_finding(reader, one) for one in report.findings],
        "waived": [
            {
                **_finding(reader, one.finding),
                "by": None if public else one.by,
                "reason": None if public else one.reason,
            }
            for one in report.waived
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _finding(reader: Reader, found: Finding) -> dict[str, object]:
    where, about, public = found.where, found.parameters, reader.public
    code = about.get("code")
    return {
        "slug": found.slug,
        "rule": rule_of(found),
        "severity": found.severity.value,
        "message": reader.sentence(found),
        "hint": reader.hint(found),
        "where": {
            "file": None if where.file is None else reader.file(where.file),
            "line": where.line,
            "column": where.column,
            "sheet": where.sheet,
            "row": where.row,
            "field": where.field,
            "cell": reader.cell(found),
        },
        "code": None if public or code is None else str(code),
        "name": None if public or code is None else about.get("name") or reader.report.enterprises.get(str(code)),
        "period": about.get("period"),
        "effect": {} if public else dict(found.effect),
        # Of a public list it could be worked back to the enterprise.
        "fingerprint": None if public else fingerprint(found),
    }
