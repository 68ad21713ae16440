"""Short cells by number: no two spellings are taken for each other, however many there are and wherever they stand."""

from __future__ import annotations

import random

import numpy as np
import pytest

from xicen_kpi.read import spellings
from xicen_kpi.read.book import FAULTY, NO_CODE, CodeBook
from xicen_kpi.read.cells import Short
from xicen_kpi.read.spellings import WIDTH, Spellings

A = "91310118MA1JLXYZ0X"


def short(texts: list[str]) -> Short:
    return Short(
        np.array([text.encode() for text in texts], dtype=f"S{WIDTH}"), lambda cells: [*map(bytes.decode, cells)]
    )


@pytest.mark.parametrize("room", [1, 4])
def test_numbers_are_those_of_a_dictionary(room: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """With room for one spelling a slot the tables are crowded, and many stand in the later ones."""
    monkeypatch.setattr(spellings, "_ROOM", room)
    known: dict[str, int] = {}
    found = Spellings()
    rng = random.Random(1)  # noqa: S311 -- repeatable
    for _ in range(20):
        texts = ["", *(f"9131{rng.randrange(4_000):014d}"[: rng.randrange(17, 19)] for _ in range(2_000))]
        numbers = found.numbers(short(texts), lambda new: [known.setdefault(text, len(known)) for text in new])
        assert numbers.tolist() == [known[text] for text in texts]
    assert len(known) > 4_000


def test_spellings_of_one_hash_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spellings, "_hashes", lambda words: np.zeros(len(words[0]), dtype=np.uint64))
    known: dict[str, int] = {}
    texts = [f"{n}" for n in range(30)]
    found = Spellings()
    for _ in range(2):
        numbers = found.numbers(short(texts), lambda new: [known.setdefault(text, len(known)) for text in new])
        assert numbers.tolist() == list(range(30))


def test_a_code_has_one_place_however_it_is_written() -> None:
    book = CodeBook()
    book.places([A], 1)
    cells = short([A, A.lower(), f" {A}", f"{A}\t", "", "9.13E+17", "abc", "123456789", A])
    places = book.places_of(cells)
    assert places.tolist() == [0, 0, 0, 0, NO_CODE, FAULTY, FAULTY, 1, 0]
    assert book.texts(places).tolist() == [A, A, A, A, None, None, None, "123456789", A]
    assert set(book.faults) == {"9.13E+17", "abc"}
