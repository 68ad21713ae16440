"""`xicen-kpi targets`: the plan listed and validated; needs no data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xicen_kpi.cli.output import complain, write
from xicen_kpi.cli.surroundings import output_format, plan_path
from xicen_kpi.errors import Location, UsageError
from xicen_kpi.plan.load import load_plan
from xicen_kpi.plan.quotes import compare
from xicen_kpi.plan.schema import schema_text
from xicen_kpi.render.json_ import json_text
from xicen_kpi.render.roster import quotes_text, roster_text
from xicen_kpi.report.roster import roster_of
from xicen_kpi.words.findings import finding

if TYPE_CHECKING:
    from pathlib import Path

    from xicen_kpi.cli.request import Request

FORMATS = ("text", "json")


def run_targets(
    request: Request, given_format: str | None, output: Path | None, *, schema: bool, plan_text: Path | None
) -> int:
    """Lists the plan, or prints its schema, or compares its quotes with the plan's text; returns the exit code."""
    if schema:
        write(schema_text(), output)
        return 0
    chosen = output_format(given_format, output, FORMATS)
    loaded = load_plan(plan_path(request.targets))
    lang = request.lang or loaded.plan.plan.language
    findings = list(loaded.findings)
    if plan_text is not None:
        found = compare(loaded, _text(plan_text))
        findings += found.missing
        write(json_text(found) if chosen == "json" else quotes_text(found, lang), output)
    else:
        listed = roster_of(loaded.plan)
        write(json_text(listed) if chosen == "json" else roster_text(listed, lang), output)
    if not request.quiet:
        complain(findings, lang)
    return int(request.outcome(findings))


def _text(path: Path) -> str:
    """The plan's text; UTF-8, else GB18030."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UsageError([finding("plan-text-unreadable", Location(file=str(path)), reason=reason)]) from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UsageError([finding("plan-text-unreadable", Location(file=str(path)), reason="UTF-8, GB18030")])
