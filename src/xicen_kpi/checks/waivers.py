"""Findings that somebody answers for: set aside while their day has not passed, and the waiver itself looked after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xicen_kpi.checks.baseline import rule_of
from xicen_kpi.checks.model import Waived
from xicen_kpi.errors import Location
from xicen_kpi.words.findings import finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from xicen_kpi.errors import Finding
    from xicen_kpi.plan.checks import Waiver


def apply_waivers(
    findings: Iterable[Finding], waivers: Sequence[Waiver], last_day: date
) -> tuple[list[Finding], list[Waived]]:
    """Sets waived findings aside, and says which waivers have expired or are about nothing.

    Args:
        findings: What was found.
        waivers: What is answered for.
        last_day: Last day of the month checked: a waiver that ends before it has expired and sets nothing aside.
    """
    left: list[Finding] = []
    waived: list[Waived] = []
    used: set[int] = set()
    for found in findings:
        about = found.parameters
        code, period = about.get("code"), about.get("period")
        place = _covering(waivers, rule_of(found), code, period)
        if place is None:
            left.append(found)
            continue
        used.add(place)
        if waivers[place].until < last_day:
            left.append(found)
        else:
            waived.append(Waived(found, waivers[place].who, waivers[place].reason))
    for place, waiver in enumerate(waivers):
        where = Location(field=f"checks.waivers[{place}]")
        about = {"rule": waiver.rule, "who": waiver.who, "until": waiver.until.isoformat()}
        if waiver.until < last_day:
            left.append(finding("waiver-expired", where, **about))
        elif place not in used:
            left.append(finding("waiver-unused", where, **about))
    return left, waived


def _covering(waivers: Sequence[Waiver], rule: str, code: object, period: object) -> int | None:
    """The waiver that covers a finding, one that still holds longest first."""
    covering = [
        place
        for place, waiver in enumerate(waivers)
        if waiver.covers(rule, None if code is None else str(code), None if period is None else str(period))
    ]
    return max(covering, key=lambda place: waivers[place].until, default=None)
