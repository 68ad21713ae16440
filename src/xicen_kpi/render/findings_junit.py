"""What a check has found as JUnit XML: a test case for each rule. Public unless asked otherwise: rule, file and row."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from xicen_kpi.checks.model import Outcome
from xicen_kpi.errors import Severity
from xicen_kpi.render.findings_lines import Reader, grouped
from xicen_kpi.render.findings_text import line
from xicen_kpi.words.checks_labels import check_label
from xicen_kpi.words.checks_titles import title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xicen_kpi.checks.model import CheckReport, RuleResult
    from xicen_kpi.errors import Finding
    from xicen_kpi.words.labels import Lang

SUITE = "xicen-kpi.check"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def check_junit(
    report: CheckReport, lang: Lang, *, public: bool = True, fail_on: Severity | None = Severity.ERROR
) -> str:
    """One suite; what is below the severity that fails is printed with its test case, which passes.

    Args:
        report: What the check has found.
        lang: Language.
        public: No name, no code, no value.
        fail_on: Severity from which a test case fails; None for never.
    """
    reader = Reader(report, lang, public)
    groups = grouped(report)
    suite = ET.Element("testsuite", name=SUITE)
    for result in report.results:
        _case(suite, reader, result.rule, groups.pop(result.rule, []), fail_on, result)
    for slug, findings in groups.items():
        _case(suite, reader, slug, findings, fail_on)
    for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(name, str(len(suite.findall(f"testcase/{tag}"))))
    suite.set("tests", str(len(suite)))
    root = ET.Element("testsuites", {name: suite.get(name, "") for name in ("tests", "failures", "errors", "skipped")})
    root.append(suite)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _case(
    suite: ET.Element,
    reader: Reader,
    slug: str,
    findings: Sequence[Finding],
    fail_on: Severity | None,
    result: RuleResult | None = None,
) -> None:
    case = ET.SubElement(suite, "testcase", classname=SUITE, name=f"{slug} {title(slug, reader.lang)}")
    bad = [one for one in findings if fail_on is not None and one.severity.rank >= fail_on.rank]
    if bad:
        first = reader.title(bad[0])
        told = check_label("check.places", reader.lang, count=len(bad))
        failure = ET.SubElement(case, "failure", type=bad[0].severity.value, message=_clean(f"{first}: {told}"))
        failure.text = _lines(reader, bad)
    elif result is not None and result.reason == "rule_broken":
        ET.SubElement(case, "error", type="rule-broken", message=check_label("rule_broken", reader.lang))
    elif result is not None and result.outcome is Outcome.NOT_COMPUTED:
        ET.SubElement(case, "skipped", message=check_label(result.reason or "needs.any", reader.lang))
    rest = [one for one in findings if one not in bad]
    if rest:
        ET.SubElement(case, "system-out").text = _lines(reader, rest)


def _lines(reader: Reader, findings: Sequence[Finding]) -> str:
    return _clean("\n".join(line(reader, one) for one in findings))


def _clean(text: str) -> str:
    """The text without characters that XML does not know."""
    return _NOT_XML.sub("\ufffd", text)
