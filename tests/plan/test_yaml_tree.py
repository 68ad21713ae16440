"""YAML to plain data with places: what a scalar is, where it stands, and what is refused."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from xicen_kpi.plan.yaml_tree import DEEPEST, Tree, dotted, parse, path_in


def read(text: str) -> Tree:
    return parse(text, "targets.yaml")


def value_of(scalar: str) -> object:
    data = read(f"key: {scalar}\n").data
    assert isinstance(data, dict)
    return data["key"]


@pytest.mark.parametrize(
    ("scalar", "value"),
    [
        ("170", 170),
        ("-3", -3),
        ("0", 0),
        ("12.9", 12.9),
        ("420.0", 420.0),
        ("true", True),
        ("False", False),
        ("~", None),
        ("null", None),
        ('"170"', "170"),
        ("'true'", "true"),
        ("2026-12", "2026-12"),
        ("2025-10-17", "2025-10-17"),
        ("规模以上工业", "规模以上工业"),
        ("91310118YL00000129", "91310118YL00000129"),
    ],
)
def test_a_scalar_is_what_it_looks_like(scalar: str, value: object) -> None:
    found = value_of(scalar)
    assert found == value
    assert type(found) is type(value)
    assert not [one for one in read(f"key: {scalar}\n").findings if one.slug == "yaml-trap"]


@pytest.mark.parametrize(
    "trap",
    ["yes", "No", "on", "OFF", "010", "0x1F", "0o17", "12:30", "1e3", "1_000", "1,000", ".5", "170.", ".inf", ".NaN"],
)
def test_what_other_readers_change_stays_text_and_is_said(trap: str) -> None:
    tree = read(f"key: {trap}\n")
    assert tree.data == {"key": trap}
    assert [(one.slug, one.where.line, one.where.column) for one in tree.findings] == [("yaml-trap", 1, 6)]


def test_a_code_of_eighteen_digits_keeps_all_of_them() -> None:
    assert value_of("913101180000000012") == "913101180000000012"


def test_quoted_traps_are_no_traps() -> None:
    assert not read("key: 'no'\nother: \"010\"\n").findings


def test_places_are_those_of_an_editor() -> None:
    tree = read("plan:\n  period: {start: 2025-01, end: 2026-12}\nlist:\n  - 甲\n  - b: 1\n")
    second = "  period: {start: 2025-01, end: 2026-12}"
    end = tree.where(("plan", "period", "end"))
    assert (end.line, end.column) == (2, second.index("2026-12") + 1)
    assert (tree.where(("plan",)).line, tree.where(("plan",)).column) == (1, 1)
    assert tree.where(("list", 0)).line == 4
    assert tree.where(("list", 1, "b")).column == 8
    assert tree.where_key(("plan", "period", "end")).column == second.index("end") + 1
    assert tree.where(("list", 1, "b")).field == "list[2].b"


def test_the_place_of_what_is_not_there_is_that_of_what_holds_it() -> None:
    tree = read("plan:\n  title: 甲\n")
    assert tree.where(("plan", "issuer")).line == 1


def test_what_is_not_in_the_document_is_passed_over() -> None:
    data = {"where": {"status": ["x", "y"]}}
    assert path_in(data, ("where", "columns", "status", "in", 1)) == ("where", "status", 1)
    assert path_in(data, ("where", "columns", "status", "in", 7, "str")) == ("where", "status")


def test_duplicate_keys_are_all_reported_and_the_first_holds() -> None:
    tree = read("a: 1\nb: 2\na: 3\nc:\n  d: 4\n  d: 5\n")
    assert tree.data == {"a": 1, "b": 2, "c": {"d": 4}}
    assert [(one.slug, one.where.line, one.parameters["first"]) for one in tree.findings] == [
        ("duplicate-yaml-key", 3, 1),
        ("duplicate-yaml-key", 6, 5),
    ]


def test_aliases_do_not_multiply() -> None:
    laughs = "a: &a [x, x]\n" + "".join(
        f"{n}: &{n} [*{p}, *{p}, *{p}, *{p}]\n" for p, n in zip("abcdefgh", "bcdefghi", strict=True)
    )
    tree = read(laughs)
    assert {one.slug for one in tree.findings} == {"yaml-anchor", "yaml-alias"}
    assert isinstance(tree.data, dict)
    assert tree.data["i"] == [None] * 4


def test_deep_nesting_is_refused_before_it_costs_anything() -> None:
    for text in ("[" * 200_000, "- " * 200_000, "a: " + "{a: " * 200_000):
        tree = read(text)
        assert tree.data is None
        assert [one.slug for one in tree.findings] == ["yaml-too-deep"]
        assert tree.findings[0].parameters["deepest"] == DEEPEST


def test_an_empty_value_is_a_warning_and_a_split_text_an_error() -> None:
    assert [one.slug for one in read("a:\n").findings] == ["value-empty"]
    assert [one.slug for one in read("a: {en: by code, each once}\n").findings] == ["yaml-text-split"]
    assert [one.slug for one in read("a: {en: by code, each: }\n").findings] == ["value-empty"]


def test_a_byte_order_mark_and_windows_line_ends_make_no_difference() -> None:
    assert read("a: 1\r\nb: [x]\r\n").data == {"a": 1, "b": ["x"]}


def test_dotted_counts_positions_from_one() -> None:
    assert dotted(("measure", "total", 0, "sum")) == "measure.total[1].sum"


_LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**14), 10**14),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12),
)
_KEYS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=8)


@given(
    st.dictionaries(_KEYS, st.recursive(_LEAVES, lambda of: st.lists(of) | st.dictionaries(_KEYS, of), max_leaves=20))
)
def test_what_a_safe_writer_writes_is_read_back(data: object) -> None:
    assert read(yaml.safe_dump(data, allow_unicode=True)).data == data


@given(st.text(alphabet=" \t\n-:{}[],&*!|>'\"#%@`?a1：，", max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    tree = read(text)
    for one in tree.findings:
        assert one.where.line is None or 1 <= one.where.line <= text.count("\n") + 1
