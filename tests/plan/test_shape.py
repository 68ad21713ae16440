"""What does not fit the models: the place in the document, and the words for it."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from xicen_kpi.plan.model import Plan
from xicen_kpi.plan.shape import Misfit, known, misfits, nearest
from xicen_kpi.plan.yaml_tree import parse
from xicen_kpi.words.findings import hint, message

HEADING = """plan:
  title: 示例
  document: 示府发〔2025〕1号
  issuer: 区政府
  issued: 2025-03-01
  period: {start: 2025-01, end: 2026-12}
indicators:
  output:
    name: 产值
    cite: {section: 一, quote: 产值达170亿元}
    unit: 亿元
    measure:
"""


def found_in(text: str) -> list[Misfit]:
    tree = parse(text, "targets.yaml")
    with pytest.raises(ValidationError) as caught:
        Plan.model_validate(tree.data)
    return misfits(caught.value.errors(), tree, tree.data)


def only(text: str) -> Misfit:
    (found,) = found_in(text)
    return found


@pytest.mark.parametrize(
    ("measure", "field", "text"),
    [
        ("      sum: 5\n", "sum", "5"),
        ("      sum: a.b\n      where: 7\n", "where", "7"),
        ("      sum: a.b\n      where: {kind: {equals: {x: 1}}}\n", "where.kind.equals", "{x: 1}"),
        (
            "      ratio:\n        of: {sum: a.b, where: {group: 3}}\n        to: {count: a}\n",
            "ratio.of.where.group",
            "3",
        ),
        ("      total:\n        - {count: a}\n        - {count: [b]}\n", "total[2].count", "[b]"),
        ("      total:\n        - {sum: {sum: 1}}\n", "total[1].sum", "{sum: 1}"),
        (
            "      first_of:\n        - ratio:\n            of: {done: a}\n            to: 4\n",
            "first_of[1].ratio.to",
            "4",
        ),
    ],
)
def test_places_within_measures_are_exact(measure: str, field: str, text: str) -> None:
    where = only(HEADING + measure).finding.where
    line = (HEADING + measure).splitlines()[(where.line or 0) - 1]
    assert where.field == f"indicators.output.measure.{field}"
    assert text in line[(where.column or 0) - 1 :]


def test_an_unknown_key_stands_at_its_own_line_and_a_missing_one_at_what_should_hold_it() -> None:
    unknown = only(HEADING + "      count: a\n      colum: b\n")
    assert (unknown.finding.slug, unknown.finding.where.line, unknown.finding.where.column) == ("key-unknown", 14, 7)
    missing = only(HEADING.replace("    unit: 亿元\n", "") + "      count: a\n")
    assert (missing.finding.slug, missing.finding.where.line, missing.finding.where.column) == ("key-missing", 8, 3)
    assert missing.path == ("indicators", "output", "unit")


def test_what_is_known_at_a_place_is_listed_the_likeliest_first() -> None:
    found = only(HEADING + "      sum: a.b\n      wher: {}\n").finding
    assert found.parameters["guess"] == "where"
    known_here = found.parameters["known"]
    assert isinstance(known_here, list)
    assert known_here[0] == "where"
    assert set(known_here) == {"where", "proxy", "label", "sum", "except_largest"}
    assert hint(found, "en").startswith("did you mean where? ")
    assert hint(found, "zh").startswith("是否想写 where？")


def test_without_a_guess_there_is_no_question() -> None:
    found = only(HEADING + "      sum: a.b\n      qqq: {}\n").finding
    assert "did you mean" not in hint(found, "en")


def test_a_number_in_quotes_is_shown_in_quotes() -> None:
    text = HEADING + "      count: a\n    decimals: '1'\n"
    assert message(only(text).finding, "en") == 'decimals should be a number and is "1"'


def test_one_value_that_fits_none_of_several_types_is_one_finding() -> None:
    text = HEADING + "      count: a\n    target: {at_least: many, by: 2026-12}\n"
    assert [one.finding.slug for one in found_in(text)] == ["number-expected"]


def test_nearest_is_nothing_where_nothing_is_near() -> None:
    assert nearest("gross_outptu", ["gross_output", "sales"]) == "gross_output"
    assert nearest("qqq", ["gross_output", "sales"]) == ""
    assert known("x", [])["known"] == ["—"]
