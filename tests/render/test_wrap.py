"""Lines of a given width: a 汉字 takes two cells, words and numbers stay whole, no line begins with a closing mark."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from xicen_kpi.render.wrap import padded, wrapped

CLOSING = "，。；、：）〕》”’】！？"


def test_what_fits_is_one_line() -> None:
    assert list(wrapped("规模以上工业总产值", 18)) == ["规模以上工业总产值"], "nine characters of two cells"
    assert list(wrapped("规模以上工业总产值", 17)) == ["规模以上工业总产", "值"]


def test_nothing_gives_no_line() -> None:
    assert list(wrapped("", 80)) == []


def test_indents() -> None:
    assert list(wrapped("ab cd ef", 7, "    ", "  ")) == ["  ab cd", "    ef"]
    assert list(wrapped("ab cd ef", 5, first="- ")) == ["- ab", "cd ef"]


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("尚差32.8亿元，月均16.4亿元", 18, ["尚差32.8亿元，月均", "16.4亿元"]),
        ("低于目标1.9个百分点", 14, ["低于目标", "1.9个百分点"]),
        ("（见表头）之后", 8, ["（见表", "头）之后"]),
        ("in ¥100m a month", 9, ["in ¥100m", "a month"]),
        ("see ./targets.yaml", 16, ["see", "./targets.yaml"]),
        ("2026年1—10月", 10, ["2026年", "1—10月"]),
    ],
)
def test_numbers_stay_with_their_unit_and_words_whole(text: str, width: int, lines: list[str]) -> None:
    assert list(wrapped(text, width)) == lines


def test_a_word_longer_than_the_line_stays_whole() -> None:
    assert list(wrapped("a file_name_that_is_long.csv b", 10)) == ["a", "file_name_that_is_long.csv", "b"]


PIECES = st.text(alphabet="指标目标亿元，。（）ab 12.5%", max_size=60)


@settings(deadline=None)
@given(PIECES, st.integers(20, 60))
def test_nothing_is_lost_and_every_line_fits(text: str, width: int) -> None:
    lines = list(wrapped(text, width))
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        assert cell_len(line) <= width or " " not in line.strip()
        assert line == line.rstrip()


@settings(deadline=None)
@given(st.text(alphabet="指标目标亿元，。）", min_size=1, max_size=60).filter(lambda text: text[0] not in CLOSING))
def test_no_line_begins_with_a_closing_mark(text: str) -> None:
    lines = list(wrapped(text, 20))
    calm = all(text[place] not in CLOSING or text[place - 1] not in CLOSING for place in range(1, len(text)))
    assert not calm or [line for line in lines if line[0] in CLOSING] == []


def test_padding_counts_cells() -> None:
    assert padded("金泽镇", 8) == "金泽镇  "
    assert padded("金泽镇", 4) == "金泽镇", "what is longer stays whole"
