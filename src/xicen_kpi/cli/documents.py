"""The formats that need the optional extra `report`: page, workbook and document."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from xicen_kpi.errors import UsageError
from xicen_kpi.words.findings import finding

if TYPE_CHECKING:
    from xicen_kpi.report.assessment import Assessment

NEEDS = {"html": "jinja2", "xlsx": "xlsxwriter", "docx": "docx"}
"""Format to the module that makes it."""

DISTRIBUTION = {"docx": "python-docx"}
"""What a module's package is called where one installs it."""


def require_extra(chosen: str) -> None:
    """Says before any work is done that a format's package is not installed.

    Raises:
        UsageError: With the command that installs it.
    """
    needed = NEEDS.get(chosen)
    if needed is not None and not _installed(needed):
        raise UsageError([finding("extra-missing", None, package=DISTRIBUTION.get(needed, needed))])


def _installed(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def document(found: Assessment, chosen: str) -> str | bytes:
    """A page, workbook or document made of a report."""
    report, lang = found.report, found.report.language
    if chosen == "html":
        from xicen_kpi.render.html import report_html

        return report_html(report, lang)
    if chosen == "xlsx":
        from xicen_kpi.render.xlsx import report_xlsx
        from xicen_kpi.report.workings import workings_of

        return report_xlsx(report, workings_of(found), lang)
    from xicen_kpi.render.docx import brief_docx

    return brief_docx(report, lang)
