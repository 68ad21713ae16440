"""The report at a terminal: as many columns as fit, names and remarks never squeezed, the state always in words."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

import pytest
from reports import indicator, report_of, sample, target
from rich.cells import cell_len
from rich.console import Console

from xicen_kpi.plan.values import Text
from xicen_kpi.render.table import COLOURS, show
from xicen_kpi.words.labels import label

if TYPE_CHECKING:
    from xicen_kpi.report.model import Report
    from xicen_kpi.words.labels import Lang


def shown(report: Report, width: int, lang: Lang = "zh", **given: bool) -> list[str]:
    console = Console(file=StringIO(), width=width, force_terminal=False, color_system=None)
    show(report, lang, console, **given)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue().splitlines()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [60, 72, 80, 100, 120, 132, 160, 240])
def test_every_line_fits_and_every_state_is_whole(lang: Lang, width: int) -> None:
    report = sample(lang=lang).report
    lines = shown(report, width, lang, with_commitments=True)
    assert max(map(cell_len, lines)) <= width
    text = "\n".join(lines)
    for one in report.indicators[:7]:
        assert label(f"status.{one.status}", lang) in text
    growth = f"+{100 * (report.indicators[2].growth or 0):.1f}%"
    assert (growth in text) == (width >= {"zh": 120, "en": 160}[lang])


def test_the_widest_terminal_shows_everything() -> None:
    head = next(line for line in shown(sample().report, 160) if line.startswith("指标"))
    for name in ("现值", "目标", "完成率", "较序时", "缺口", "同比", "预计", "状态"):
        assert name in head


def test_a_narrow_one_leaves_out_what_can_be_worked_out() -> None:
    head = next(line for line in shown(sample().report, 80) if line.startswith("指标"))
    assert "完成率" in head
    assert "同比" not in head


def test_a_row_with_its_bar_and_its_remark_below() -> None:
    """137.2 of 170 is 80.7 %: 16 of 20 cells and an eighth; 10 of 12 months: the mark in the 17th cell."""
    one = indicator(
        name=Text(zh="总产值", en="output"), value=137.2, target=target(170.0), completion=137.2 / 170, gap=32.8,
        status="at_risk", status_reason="projection_short",
    )  # fmt: skip
    lines = shown(report_of(one), 120)
    place = next(place for place, line in enumerate(lines) if line.startswith("总产值"))
    assert "137.2亿元" in lines[place]
    assert lines[place].endswith("需加力")
    assert "█" * 16 in lines[place]
    assert lines[place + 1].strip() == "距目标尚差32.8亿元"


def test_every_state_has_its_colour() -> None:
    wanted = {"achieved", "on_track", "at_risk", "off_track", "deteriorating", "lapsed", "missed", "not_assessable"}
    assert wanted == COLOURS.keys()


def test_a_name_longer_than_its_column_goes_on_below() -> None:
    one = indicator(name=Text(zh="很长的指标名称" * 5, en="x"), value=1.0)
    lines = shown(report_of(one), 60)
    first = next(place for place, line in enumerate(lines) if line.startswith("很长"))
    pieces = [lines[first].split(" ")[0]]
    while "".join(pieces) != "很长的指标名称" * 5:
        pieces.append(lines[first + len(pieces)])
    assert len(pieces) >= 2
    assert lines[first].endswith("有望完成")
