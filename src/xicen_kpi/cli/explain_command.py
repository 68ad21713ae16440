"""`xicen-kpi explain ID`: the trail of one figure."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from xicen_kpi.cli.output import write
from xicen_kpi.cli.report_command import assessed
from xicen_kpi.cli.surroundings import output_format
from xicen_kpi.errors import UsageError
from xicen_kpi.words.findings import finding

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from xicen_kpi.cli.request import Request

FORMATS = ("text", "json")


def run_explain(
    request: Request, indicator: str, given_format: str | None, output: Path | None, *, with_errors: bool
) -> int:
    """Writes the trail of one figure and returns the exit code.

    Raises:
        UsageError: The plan has no such indicator, or it may not be shown.
    """
    if request.audience == "public":
        raise UsageError([finding("internal-only", None, command="explain")])
    chosen = output_format(given_format, output, FORMATS)
    found = assessed(request, trail=True)

    from xicen_kpi.render.explain import explain_text  # after the plan, as in `report`
    from xicen_kpi.render.json_ import json_text
    from xicen_kpi.report.explanation import explain

    if indicator not in found.cases:
        raise _unknown(indicator, found.cases)
    explanation = explain(found, indicator, with_errors=with_errors)
    report = found.report
    if chosen == "json":
        write(json_text(explanation), output)
    else:
        write(explain_text(explanation, report.language, report.rounding, with_errors=with_errors), output)
    return int(request.outcome(found.findings))


def _unknown(indicator: str, known: Iterable[str]) -> UsageError:
    names = list(known)
    near = get_close_matches(indicator, names, 3, 0.5) or names
    return UsageError([finding("indicator-unknown", None, id=indicator, known=near)])
