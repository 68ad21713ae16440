"""The trail of one figure as data: formula, enterprises, who is missing, what would close the gap."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

import pytest
from small_park import A, B, C, D, park

from xicen_kpi.render.json_ import json_text
from xicen_kpi.report.explanation import Explanation, explain

if TYPE_CHECKING:
    from pathlib import Path


def trail(folder: Path, name: str, as_of: str = "2026-06", *, with_errors: bool = False) -> Explanation:
    return explain(park(folder, as_of), name, with_errors=with_errors)


# -- the formula


def test_a_sum_with_its_condition(tmp_path: Path) -> None:
    (part,) = trail(tmp_path, "total").parts
    assert (part.role, part.ask, part.source.zh, part.column) == ("", "sum", "产值", "累计产值")
    assert [(one.kind, one.field) for one in part.where] == [("in_park", "")]
    assert part.value == pytest.approx(52.8)
    assert (part.unit, part.rows, part.missing) == ("亿元", 3, 0)


def test_a_group_is_named_in_both_languages(tmp_path: Path) -> None:
    (part,) = trail(tmp_path, "chips").parts
    group = next(one for one in part.where if one.kind == "group")
    assert (group.value.zh, group.value.en) == ("集成电路", "chips")


def test_a_ratio_has_both_sides(tmp_path: Path) -> None:
    of, to = trail(tmp_path, "share").parts
    assert (of.role, to.role) == ("of", "to")
    assert of.value / to.value == pytest.approx(6.6 / 52.8)


def test_without_the_largest_the_parts_still_add_up(tmp_path: Path) -> None:
    found = trail(tmp_path, "rest")
    assert [(part.role, part.ask) for part in found.parts] == [
        ("of", "sum"), ("of", "less"), ("to", "sum"), ("to", "less"),
    ]  # fmt: skip
    assert [part.value for part in found.parts] == pytest.approx([6.6, -0.9 * 6, 52.8, -5 * 6])
    assert found.indicator.value == pytest.approx(100 * (6.6 - 5.4) / (52.8 - 30))


def test_a_count(tmp_path: Path) -> None:
    (part,) = trail(tmp_path, "members").parts
    assert (part.ask, part.column, part.value, part.unit) == ("count", "", 4.0, "家")


def test_a_figure_that_is_not_there_has_no_formula(tmp_path: Path) -> None:
    found = trail(tmp_path, "total", "2026-01")
    assert found.parts == ()
    assert found.files == ()
    assert found.contributors == ()
    assert found.indicator.reason == "january_exempt"


# -- enterprises


def test_the_largest_with_share_and_pull(tmp_path: Path) -> None:
    found = trail(tmp_path, "total")
    assert [(one.code, one.name, one.town) for one in found.contributors] == [
        (A, "甲公司", "金泽镇"), (B, "乙公司", "金泽镇"), (D, "丁公司", "练塘镇"),
    ]  # fmt: skip
    first, _, last = found.contributors
    assert first.share == pytest.approx(30 / 52.8)
    assert [first.value, first.previous] == pytest.approx([30, 24])
    assert first.pull_pp == pytest.approx(100 * (30 - 24) / 60), "of the growth of the whole, which was 60"
    assert last.previous is None
    assert last.pull_pp == pytest.approx(100 * 3 / 60)


def test_who_has_not_reported(tmp_path: Path) -> None:
    (one,) = trail(tmp_path, "total").missing
    assert (one.code, one.name, one.value) == (C, "丙公司", None)
    assert one.previous == pytest.approx(12)
    assert one.share == pytest.approx(12 / 60)


def test_whose_shortfall_costs_most(tmp_path: Path) -> None:
    """Of 150 those who have reported owe the part that they had last year, C counted: (48 + 36) of (48 + 36 + 24)."""
    owed = 150 * (48 + 36) / (48 + 36 + 24)
    wanted = {A: 48 * owed / 84, B: 36 * owed / 84}
    projected = {A: 30 + 24 * math.sqrt(30 / 24), B: 19.8 + 18 * math.sqrt(19.8 / 18)}
    found = {one.code: one for one in trail(tmp_path, "total").shortfalls}
    assert set(found) == {A, B}, "nothing was asked of D last year"
    for code, one in found.items():
        assert one.wanted == pytest.approx(wanted[code])
        assert one.projected == pytest.approx(projected[code])
        assert one.amount == pytest.approx(wanted[code] - projected[code])
    amounts = [one.amount for one in trail(tmp_path, "total").shortfalls]
    assert amounts == sorted(amounts, reverse=True)


def test_nothing_is_owed_before_the_targets_year(tmp_path: Path) -> None:
    assert trail(tmp_path, "total", "2025-06").shortfalls == ()


def test_a_ratio_without_its_strongest(tmp_path: Path) -> None:
    """With A 6.6 / 52.8 = 12.5 %, without it 1.2 / 22.8 = 5.26 %."""
    found = trail(tmp_path, "share")
    assert found.without_largest == pytest.approx(100 * 1.2 / 22.8)
    assert found.largest_effect_pp == pytest.approx(100 * (6.6 / 52.8 - 1.2 / 22.8))
    assert trail(tmp_path, "total").without_largest is None


# -- files, history, data


def test_the_files_are_those_that_were_asked(tmp_path: Path) -> None:
    found = trail(tmp_path, "total")
    assert {one.file for one in found.files} == {"产值.csv", "名录.csv"}
    assert [one.file for one in trail(tmp_path, "members").files] == ["名录.csv"]


def test_a_backtest_on_the_parks_own_history(tmp_path: Path) -> None:
    """2025 was made as evenly as 2024: every projection would have been right."""
    found = trail(tmp_path, "total", with_errors=True)
    assert found.errors
    for one in found.errors:
        assert one.ours == pytest.approx(0, abs=1e-9)
        assert one.linear == pytest.approx(0, abs=1e-9)
    assert trail(tmp_path, "total").errors == ()


def test_as_json(tmp_path: Path) -> None:
    data = json.loads(json_text(trail(tmp_path, "chips")))
    assert data["parts"][0]["where"][1] == {"kind": "group", "field": "", "value": {"zh": "集成电路", "en": "chips"}}
    assert {
        "indicator",
        "parts",
        "files",
        "contributors",
        "missing",
        "shortfalls",
        "decisions",
        "errors",
    } <= data.keys()


def test_an_indicator_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        trail(tmp_path, "nothing")
