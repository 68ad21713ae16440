"""The report as one page: a single file without any request to a network, charts as inline SVG, text kept as text."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

from xicen_kpi.render.brief import brief_of, headline
from xicen_kpi.render.chart import BULLET_WIDTH, HEIGHT, LEFT, RIGHT, TOP, WIDTH, Bullet, Trajectory, bullet, trajectory
from xicen_kpi.render.drivers import group_name, what_moved
from xicen_kpi.render.history import PeriodText, heads, period_text
from xicen_kpi.render.numbers import ABSENT, amount, as_declared, percent, signed
from xicen_kpi.render.scoreboard import Row, row
from xicen_kpi.render.standing import standing_text
from xicen_kpi.render.text import heading, place, rules_held
from xicen_kpi.words.labels import label, measured, month_name, unit_name
from xicen_kpi.words.page import page_word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xicen_kpi.report.model import CommitmentReport, Contribution, FindingReport, IndicatorReport, Report
    from xicen_kpi.words.labels import Lang

SYMBOLS = {
    "achieved": "✔",
    "on_track": "●",
    "at_risk": "▲",
    "off_track": "▼",
    "deteriorating": "▼▼",
    "lapsed": "↩",
    "missed": "✘",
    "not_assessable": "–",
    "no_target": "·",
}
"""A state's sign: a shape of its own, so that nothing hangs on colour."""


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A town or an industry, ready to print; `width` of its bar in per cent."""

    name: str
    value: str
    share: str
    previous: str
    pull: str
    width: float


@dataclass(frozen=True, slots=True)
class Groups:
    """Where a value comes from, by one dimension."""

    dimension: str
    rows: tuple[GroupRow, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """Everything the page shows of one indicator."""

    one: IndicatorReport
    row: Row
    sentence: str
    moved: tuple[str, ...]
    bullet: Bullet | None
    trajectory: Trajectory | None
    points: tuple[tuple[str, str], ...]
    groups: tuple[Groups, ...]
    recorded: tuple[PeriodText, ...]
    baseline: str
    bounds: str


def report_html(report: Report, lang: Lang) -> str:
    """The whole page.

    Args:
        report: The finished report.
        lang: Language.

    Raises:
        ModuleNotFoundError: jinja2, of the optional extra `report`, is not installed.
    """
    from jinja2 import Environment, StrictUndefined

    templates = resources.files("xicen_kpi.render") / "templates"

    def text_of(name: str) -> str:
        return (templates / name).read_text(encoding="utf-8")

    around = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    template = around.from_string(text_of("report.html.j2"))
    return template.render(**_view(report, lang), style=text_of("report.css"), script=text_of("report.js")) + "\n"


def _view(report: Report, lang: Lang) -> dict[str, object]:
    shown = headline(report)
    brief = brief_of(report, lang)
    return {
        "report": report,
        "lang": lang,
        "locale": "zh-CN" if lang == "zh" else "en",
        "w": lambda key, **values: page_word(key, lang, **values),
        "l": lambda key, **values: label(key, lang, **values),
        "heading": heading(report, lang),
        "opening": brief.opening,
        "symbols": SYMBOLS,
        "headline_rows": [row(one, lang, report.rounding) for one in shown],
        "other_rows": [row(one, lang, report.rounding) for one in report.indicators if one not in shown],
        "cards": [_card(one, report, lang) for one in shown],
        "other_cards": [_card(one, report, lang) for one in report.indicators if one not in shown],
        "tasks": _tasks(report.commitments),
        "states": _present(one.state for one in report.commitments),
        "kinds": _present(one.kind for one in report.commitments),
        "rules": list(rules_held(report, lang)),
        "findings": [_finding(one) for one in report.findings],
        "names": {one.id: one.name.say(lang) for one in report.indicators},
        "unit": lambda one: unit_name(one.unit, lang),
        "month_name": lambda month: month_name(month, lang) if len(month) == 7 else month,
        "cuts": {name: f"{cut:.2f}" for name, cut in report.cuts.items()},
        "size": {
            "width": WIDTH,
            "height": HEIGHT,
            "left": LEFT,
            "right": WIDTH - RIGHT,
            "top": TOP,
            "bullet": BULLET_WIDTH,
        },
        "ticks": as_declared,
        "recorded_heads": heads(lang),
    }


def _card(one: IndicatorReport, report: Report, lang: Lang) -> Card:
    rule = report.rounding
    base, bounds = one.baseline, one.bounds

    def said(value: float | None) -> str:
        return measured(amount(value, one.decimals, rule), one.unit, lang)

    points = [(point.period, amount(point.value, one.decimals, rule)) for point in one.series]
    return Card(
        one,
        row(one, lang, rule),
        standing_text(one, lang, rule, report.as_of[:4], full=True),
        tuple(what_moved((one,), lang, rule)),
        bullet(one),
        trajectory(one),
        tuple(
            (month_name(period, lang), value if value != ABSENT else page_word("withheld", lang))
            for period, value in points
        ),
        tuple(_groups(one, report, lang)),
        tuple(period_text(period, one.decimals, lang, rule) for period in reversed(one.history)),
        "" if base.value is None else f"{said(base.value)} ({base.period}; {base.source})",
        "" if bounds.low is None else f"{amount(bounds.low, one.decimals, rule)} – {said(bounds.high)}",
    )


def _groups(one: IndicatorReport, report: Report, lang: Lang) -> Iterator[Groups]:
    if one.value is None:
        return
    for dimension in ("town", "industry"):
        own = [group for group in one.contributions if group.dimension == dimension]
        if own:
            most = max((abs(group.value or 0.0) for group in own), default=0.0) or 1.0
            yield Groups(dimension, tuple(_group(group, one, report, lang, most) for group in own))


def _group(group: Contribution, one: IndicatorReport, report: Report, lang: Lang, most: float) -> GroupRow:
    rule = report.rounding
    hidden = group.value is None
    share = None if group.value is None or not one.value else group.value / one.value
    return GroupRow(
        group_name(group, lang),
        page_word("withheld", lang) if hidden else amount(group.value, one.decimals, rule),
        percent(share, rule),
        amount(group.previous, one.decimals, rule),
        signed(group.change_pp, 2, rule),
        round(100 * max(group.value or 0.0, 0.0) / most, 1),
    )


def _tasks(commitments: Sequence[CommitmentReport]) -> list[tuple[str, list[CommitmentReport]]]:
    """Commitments by the section of the plan that holds them, in its order."""
    found: dict[str, list[CommitmentReport]] = {}
    for one in commitments:
        found.setdefault(one.section, []).append(one)
    return list(found.items())


def _present(values: Iterator[str]) -> list[str]:
    return list(dict.fromkeys(values))


def _finding(one: FindingReport) -> tuple[FindingReport, str]:
    return one, place(one)
