"""Codes are text; the two check characters; what a spreadsheet has spoilt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xicen_kpi.read.codes import (
    USCC_ALPHABET,
    CodeFault,
    code_text,
    holds_organisation_code,
    is_uscc,
    organisation_check,
    uscc_check,
    uscc_text,
)

PUBLISHED = ("91110108551385082Q", "91350100M000100Y43", "91110000600037341L")


@pytest.mark.parametrize("code", PUBLISHED)
def test_published_codes_pass_both_checks(code: str) -> None:
    assert is_uscc(code)
    assert holds_organisation_code(code)


@given(st.text(USCC_ALPHABET, min_size=17, max_size=17))
def test_one_wrong_character_is_noticed(body: str) -> None:
    code = body + uscc_check(body)
    assert is_uscc(code)
    other = USCC_ALPHABET[(USCC_ALPHABET.index(code[3]) + 1) % 31]
    assert not is_uscc(code[:3] + other + code[4:])


def test_the_remainders_that_other_programs_get_wrong() -> None:
    # The sum of a body of zeros leaves no remainder: its check character is 0, not past the end of the alphabet.
    assert uscc_check("0" * 17) == "0"
    assert {organisation_check(f"{number:08d}") for number in range(200)} == set("0123456789X")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (PUBLISHED[0], PUBLISHED[0]),
        (PUBLISHED[0].lower(), PUBLISHED[0]),
        (" ９１１１０１０８５５１３８５０８２Ｑ\u3000", PUBLISHED[0]),
        (f'="{PUBLISHED[0]}"', PUBLISHED[0]),
        (f"'{PUBLISHED[0]}", PUBLISHED[0]),
        ("310118000123456", "310118000123456"),
        (310118000123456.0, "310118000123456"),
        ("12345678-9", "123456789"),
        ("", None),
        (None, None),
        (float("nan"), None),
        ("9.13101E+17", CodeFault.SCIENTIFIC),
        (9.13101180000000e17, CodeFault.SCIENTIFIC),
        ("9131011800000", CodeFault.LENGTH),
        ("合计", CodeFault.LENGTH),
    ],
)
def test_the_code_of_a_unit(cell: object, expected: object) -> None:
    assert uscc_text(cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"), [("0111", "0111"), (111.0, "111"), (1.5, "1.5"), ("Ｃ3921", "C3921"), (True, "True")]
)
def test_other_codes(cell: object, expected: str) -> None:
    assert code_text(cell) == expected
