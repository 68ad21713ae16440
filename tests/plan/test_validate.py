"""Each file in plans/invalid is the valid one with a mistake; `#! slug` at the end of a line says what is found."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xicen_kpi.errors import Finding, XicenKpiError
from xicen_kpi.plan.load import load_plan
from xicen_kpi.words import plan
from xicen_kpi.words.findings import hint, message

PLANS = Path(__file__).parent.parent / "plans"
VALID = (PLANS / "valid" / "minimal.yaml").read_text(encoding="utf-8").splitlines()[1:]
MISTAKES = {path.stem: path for path in sorted((PLANS / "invalid").glob("*.yaml"))}


def lines_of(name: str) -> list[str]:
    """The file without its first line, which tells it apart."""
    return MISTAKES[name].read_text(encoding="utf-8").splitlines()[1:]


def expected(lines: list[str]) -> list[tuple[int, str]]:
    marked = [(number, line.partition("#!")[2].split()) for number, line in enumerate(lines, start=2)]
    return sorted((number, slug) for number, slugs in marked for slug in slugs)


def found_in(path: Path) -> tuple[Finding, ...]:
    try:
        return load_plan(path).findings
    except XicenKpiError as error:
        return error.findings


def changes(name: str) -> dict[int, str]:
    """Lines that differ from the valid file, by position."""
    return {place: line for place, (line, valid) in enumerate(zip(lines_of(name), VALID, strict=True)) if line != valid}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_found_at_its_line_and_nothing_else(name: str) -> None:
    lines = lines_of(name)
    assert expected(lines), "the file says of no line what is wrong with it"
    assert sorted((one.where.line, one.slug) for one in found_in(MISTAKES[name])) == expected(lines)


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_explained_in_both_languages_without_a_word_of_the_machinery(name: str) -> None:
    for one in found_in(MISTAKES[name]):
        for lang in ("zh", "en"):
            text = message(one, lang) + hint(one, lang)
            assert not any(
                word in text for word in ("pydantic", "Input", "Measure", "BaseModel", "None", "tuple", "dict")
            )
            assert "{" not in text.replace("{…}", "").replace("title: {zh", "")


def test_the_files_cover_what_can_be_wrong() -> None:
    named = {slug for name in MISTAKES for _, slug in expected(lines_of(name))}
    from_files = {"plan-", "yaml-", "quote-", "sentence-"}
    raised = {slug for slug in _own_slugs() if not any(slug.startswith(prefix) for prefix in from_files)}
    assert raised - named <= {"value-empty", "value-invalid"}


def _own_slugs() -> set[str]:
    return set(plan.MESSAGES)


# What cannot be known while something else is unknown, or is no mistake any more beside another.
HIDDEN_BY = {
    "a-baseline-after-its-target": {"a-target-after-the-plan"},
    "a-class-twice": {"a-text-where-a-list-belongs"},
    "unlike-units-in-a-ratio": {"an-unknown-source", "a-number-column-without-unit"},
    "a-rule-of-your-own-against-no-column": {"a-rule-of-your-own-for-no-source"},
    "a-rule-of-your-own-for-texts": {"a-rule-of-your-own-for-no-source"},
    "an-undated-ledger": {"an-unknown-frequency"},
    "the-park-without-a-list": {"an-unknown-frequency"},
}


@given(st.sets(st.sampled_from(sorted(MISTAKES)), min_size=2, max_size=12))
def test_any_set_of_mistakes_is_all_reported(tmp_path_factory: pytest.TempPathFactory, names: set[str]) -> None:
    lines = list(VALID)
    for name in sorted(name for name in names if not HIDDEN_BY.get(name, set()) & names):
        own = changes(name)
        if all(lines[place] == VALID[place] for place in own):
            for place, line in own.items():
                lines[place] = line
    path = tmp_path_factory.mktemp("plan") / "targets.yaml"
    path.write_text("\n".join(["#", *lines]) + "\n", encoding="utf-8")
    found = {(one.where.line, one.slug) for one in found_in(path)}
    assert found == set(expected(lines))
