"""The table at a terminal: it fits, it is coloured, and no state is told by its colour alone."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len
from rich.console import Console

from xicen_kpi.analysis.verdict import Status
from xicen_kpi.render.bar import MARK
from xicen_kpi.render.table import COLOURS, show
from xicen_kpi.words.labels import label

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from xicen_kpi.report.assessment import Assessment
    from xicen_kpi.words.labels import Lang

    Sample = Callable[[str | None], Assessment]

WIDTHS = (60, 72, 80, 100, 120, 132, 160, 200)
LANGUAGES: tuple[Lang, ...] = ("zh", "en")


def shown(found: Assessment, lang: Lang, width: int, **terminal: Any) -> str:
    page = io.StringIO()
    console = Console(file=page, width=width, highlight=False, legacy_windows=False, **terminal)
    show(found.report, lang, console)
    return page.getvalue()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("as_of", ["2026-10", "2025-06"])
def test_no_line_is_wider_than_the_terminal(sample: Sample, lang: Lang, width: int, as_of: str) -> None:
    for line in shown(sample(as_of), lang, width, force_terminal=False).splitlines():
        assert cell_len(line) <= width, line


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [80, 160])
def test_every_indicator_stands_with_its_value_and_its_state_in_words(sample: Sample, lang: Lang, width: int) -> None:
    found = sample("2026-10")
    told = shown(found, lang, width, force_terminal=False)
    for one in found.report.indicators:
        if one.headline:
            assert label(f"status.{one.status}", lang) in told
    assert "137.2" in told
    assert "≥170" in told


def test_a_wide_terminal_shows_what_a_narrow_one_leaves_out(sample: Sample) -> None:
    wide, narrow = (shown(sample("2026-10"), "zh", width, force_terminal=False) for width in (160, 80))
    heads = [
        next(line for line in told.splitlines() if line.startswith(label("head.indicator", "zh")))
        for told in (wide, narrow)
    ]
    for head in ("head.change", "head.projection", "head.pace"):
        assert label(head, "zh") in heads[0]
        assert label(head, "zh") not in heads[1]
    assert MARK in wide
    assert MARK in narrow


def test_states_are_coloured_at_a_terminal_and_plain_elsewhere(sample: Sample) -> None:
    found = sample("2026-10")
    coloured = shown(found, "zh", 120, force_terminal=True, color_system="standard", no_color=False)
    assert "\x1b[32m" in coloured, "green, on track"
    assert "\x1b[33m" in coloured, "yellow, at risk"
    plain = shown(found, "zh", 120, force_terminal=False)
    assert "\x1b" not in plain


@pytest.mark.parametrize("state", Status)
def test_every_state_has_a_colour(state: Status) -> None:
    assert COLOURS[state.value]
