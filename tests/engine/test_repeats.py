"""The same key twice: within a file, on another sheet of it, in another file."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from chunks import chunk_of
from small_plans import FIRMS, OUTPUT, source
from tables import CODES

from xicen_kpi.engine.repeats import Repeats
from xicen_kpi.plan.source import Source

if TYPE_CHECKING:
    from xicen_kpi.read.stream import Chunk

FORM = Source.model_validate(OUTPUT)


def seen(form: Source, *chunks: Chunk) -> tuple[list[list[int]], Repeats]:
    """Rows kept of each chunk, and what the rest was."""
    repeats = Repeats(form)
    kept = [repeats.first_of(chunk)[0]["_row"].tolist() for chunk in chunks]
    return kept, repeats


def told(repeats: Repeats) -> list[tuple[str, str | None, int | None, dict[str, object]]]:
    return [(one.slug, one.where.file, one.where.row, dict(one.parameters)) for one in repeats.findings()]


def aside(repeats: Repeats) -> dict[str, dict[str, int]]:
    return {file: +reasons for file, reasons in repeats.superseded.items()}


TWICE = "uscc | period | output\nA | 2026-02 | 1\nB | 2026-02 | 2\nA | 2026-02 | 1\nB | 2026-02 | 3\nA | 2026-03 | 1"


def test_within_a_file_the_first_row_counts() -> None:
    kept, repeats = seen(FORM, chunk_of(FORM, TWICE))
    assert kept == [[2, 3, 6]]
    assert aside(repeats) == {"one.csv": {"repeated_row": 1, "duplicate_key": 1}}
    assert told(repeats) == [
        ("duplicate-key", "one.csv", 5, {"key": CODES["B"]}),
        ("repeated-rows", "one.csv", None, {"count": 1}),
    ]
    assert next(repeats.findings()).where.field == "代码"


@pytest.mark.parametrize("place", [1, 2, 3, 4])
def test_a_file_cut_in_two_says_the_same(place: int) -> None:
    chunk = chunk_of(FORM, TWICE)
    parts = [chunk._replace(frame=chunk.frame.iloc[:place]), chunk._replace(frame=chunk.frame.iloc[place:])]
    kept, repeats = seen(FORM, *parts)
    assert [*kept[0], *kept[1]] == [2, 3, 6]
    whole = seen(FORM, chunk)[1]
    assert aside(repeats) == aside(whole)
    assert told(repeats) == told(whole)


def test_a_row_equal_in_the_plans_columns_is_equal() -> None:
    named = Source.model_validate(source(OUTPUT, columns={"name": {"header": "名称"}}))
    text = "uscc | period | output | name\nA | 2026-02 | | 甲\nA | 2026-02 | | 甲\nA | 2026-02 | | 乙"
    kept, repeats = seen(named, chunk_of(named, text))
    assert kept == [[2]]
    assert aside(repeats) == {"one.csv": {"repeated_row": 1, "duplicate_key": 1}}


def test_the_file_that_comes_first_prevails() -> None:
    first = chunk_of(FORM, "uscc | period | output\nA | 2026-02 | 1\nB | 2026-02 | 2", "first.csv")
    second = chunk_of(FORM, "uscc | period | output\nA | 2026-02 | 9\nC | 2026-02 | 3\nA | 2026-03 | 4", "second.csv")
    kept, repeats = seen(FORM, first, second)
    assert kept == [[2, 3], [3, 4]]
    assert aside(repeats) == {"second.csv": {"superseded": 1}}
    assert told(repeats) == [("rows-in-two-files", "second.csv", None, {"count": 1, "other": "first.csv"})]


def test_a_revision_is_no_warning() -> None:
    revised = chunk_of(FORM, "uscc | period | output\nA | 2026-02 | 1", "修订.csv", revised=True)
    original = chunk_of(FORM, "uscc | period | output\nA | 2026-02 | 9\nB | 2026-02 | 2", "原.csv")
    kept, repeats = seen(FORM, revised, original)
    assert kept == [[2], [3]]
    assert told(repeats) == [("rows-revised", "原.csv", None, {"count": 1, "other": "修订.csv"})]


def test_three_files_each_row_gives_way_once() -> None:
    text = "uscc | period | output\nA | 2026-02 | 1"
    kept, repeats = seen(FORM, *(chunk_of(FORM, text, f"{name}.csv") for name in "abc"))
    assert kept == [[2], [], []]
    assert aside(repeats) == {"b.csv": {"superseded": 1}, "c.csv": {"superseded": 1}}
    assert [(one[1], one[3]["other"]) for one in told(repeats)] == [("b.csv", "a.csv"), ("c.csv", "a.csv")]


def test_overlaps_of_a_file_in_pieces_are_added_up() -> None:
    first = chunk_of(FORM, "uscc | period | output\nA | 2026-02 | 1\nB | 2026-02 | 2", "first.csv")
    second = chunk_of(FORM, "uscc | period | output\nA | 2026-02 | 1\nB | 2026-02 | 2", "second.csv")
    parts = [second._replace(frame=second.frame.iloc[i : i + 1]) for i in range(2)]
    _, repeats = seen(FORM, first, *parts)
    assert told(repeats) == [("rows-in-two-files", "second.csv", None, {"count": 2, "other": "first.csv"})]


def test_a_form_whose_key_names_no_period_has_a_row_for_each_period_all_the_same() -> None:
    yearly = Source.model_validate(source(OUTPUT, key="uscc", frequency="annual", no_january=False))
    one = chunk_of(yearly, "uscc | period | output\nA | 2024-12 | 1", "2024.csv")
    other = chunk_of(yearly, "uscc | period | output\nA | 2025-12 | 2", "2025.csv")
    kept, repeats = seen(yearly, one, other)
    assert kept == [[2], [2]]
    assert list(repeats.findings()) == []


def test_a_ledgers_entry_made_twice_is_a_warning_of_its_own() -> None:
    ledger = Source.model_validate(
        {
            "title": "台账",
            "files": "*",
            "frequency": "ledger",
            "key": ["name", "day"],
            "dated": "day",
            "columns": {
                "name": {"header": "名称"},
                "day": {"header": "日期", "type": "date"},
                "place": {"header": "地点"},
            },
        }
    )
    text = "name | day | place\na | 2025-01-31 | x\na | 2025-01-31 | y\na | 2025-02-28 | x\nb | | x\nb | | z"
    kept, repeats = seen(ledger, chunk_of(ledger, text))
    assert kept == [[2, 4, 5]]
    assert told(repeats) == [
        ("duplicate-entry", "one.csv", 3, {"key": "a 2025-01-31"}),
        ("duplicate-entry", "one.csv", 6, {"key": "b "}),
    ]


def test_of_two_entries_in_a_ledger_the_earlier_date_counts_however_they_are_sorted() -> None:
    ledger = Source.model_validate(
        {
            "title": "台账",
            "files": "*",
            "frequency": "ledger",
            "key": "name",
            "dated": "day",
            "columns": {"name": {"header": "名称"}, "day": {"header": "日期", "type": "date"}},
        }
    )
    kept, repeats = seen(ledger, chunk_of(ledger, "name | day\na |\na | 2025-09-01\nb | 2025-10-01\na | 2025-03-01"))
    assert kept == [[5, 4]]
    assert [row for _, _, row, _ in told(repeats)] == [3, 2]


def test_a_firm_may_stand_on_the_list_in_two_spans() -> None:
    firms = Source.model_validate(FIRMS)
    text = "uscc | joined | left\nA | 2024-01-01 | 2024-12-31\nA | 2025-06-01 |\nA | 2025-06-01 |"
    kept, repeats = seen(firms, chunk_of(firms, text))
    assert kept == [[2, 3]]
    assert aside(repeats) == {"one.csv": {"repeated_row": 1}}


def test_many_of_a_kind_are_listed_in_part_and_counted_whole() -> None:
    rows = [f"A | 2026-02 | {i}" for i in range(31)]
    _, repeats = seen(FORM, chunk_of(FORM, "\n".join(["uscc | period | output", *rows])))
    found = Counter(one.slug for one in repeats.findings())
    assert found == {"duplicate-key": 20, "more-of-the-same": 1}
    assert aside(repeats) == {"one.csv": {"duplicate_key": 30}}
    assert [one.parameters["more"] for one in repeats.findings() if one.slug == "more-of-the-same"] == [10]
