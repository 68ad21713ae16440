"""The quotes of a plan file beside the text of the plan: is every quote in it, and is every sentence of it covered?

Texts are compared without white space, after NFKC, with one sort of dash and one sort of quotation mark, because copies
of one document differ in just these. A sentence ends at 。；！？. It is covered when quotes overlap at least half of
it, or take in one of its clauses of eight characters or more: a quote seldom holds the linking words (以…为主线).

What is no sentence is told by its shape: what stands before the first heading 一、 (addressees, the reasons), headings
(一、 （一） 1.), lines that hold a page number, and what follows 抄送 or a line that ends with 印发.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xicen_kpi.plan.wording import plain
from xicen_kpi.words.findings import finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xicen_kpi.errors import Finding
    from xicen_kpi.plan.load import LoadedPlan
    from xicen_kpi.plan.model import Citation

COVERED = 0.5
"""Share of a sentence that quotes must overlap."""
CLAUSE = 8
"""Characters of a clause that covers its sentence when it is quoted whole."""

_PARAGRAPH = re.compile(r"\n\s*\n|\n(?=\s*(?:-\s+)?\d+\.)|\n(?=\s*-\s)")
_PAGE = re.compile(r"(?m)^[\s\-—–]*\d{1,3}[\s\-—–]*$")
_HEADING = re.compile(r"[一二三四五六七八九十]+、[^。;]{1,30}\Z|\([一二三四五六七八九十]+\)[^。;]{1,30}\Z")
_NUMBERED = re.compile(r"-?\d+\.[^,;:。]{2,30}。\Z")
_TAIL = re.compile(r"抄送:|.*\d{4}年\d{1,2}月\d{1,2}日印发\Z")
_ENDS = re.compile(r"(?<=[。;!?])(?![\"')])")
_CLAUSES = re.compile(r"[,。;:!?]")


@dataclass(frozen=True, slots=True)
class QuoteReport:
    """How a plan file and the text of the plan agree.

    Attributes:
        quotes: How many quotes were looked up.
        sentences: How many sentences the text has, headings and formalities left out.
        missing: A finding for every quote that is not in the text.
        uncovered: Sentences that no entry covers, in their order.
        loose: Clauses of the other sentences that no quote touches: mostly linking words, but worth a look.
    """

    quotes: int
    sentences: int
    missing: tuple[Finding, ...]
    uncovered: tuple[str, ...]
    loose: tuple[str, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All of it as findings."""
        return (*self.missing, *(finding("sentence-uncovered", sentence=sentence) for sentence in self.uncovered))


def compare(loaded: LoadedPlan, text: str) -> QuoteReport:
    """Looks every quote up in the text of the plan, and every sentence of the text in the quotes.

    Args:
        loaded: A plan file.
        text: The text of the plan as it was copied, line breaks and all.
    """
    whole, parts = plain(_PAGE.sub("", text)), sentences(text)
    cited = list(_citations(loaded))
    missing = [
        finding(
            "quote-not-in-plan",
            loaded.where(*loc, "cite", "quote"),
            id=loc[1],
            quote=cite.quote,
            nearest=_nearest(plain(cite.quote), parts),
        )
        for loc, cite in cited
        if plain(cite.quote) not in whole
    ]
    quotes = {plain(cite.quote) for _, cite in cited}
    marked = [(sentence, _marks(sentence, quotes)) for sentence in parts]
    uncovered = [sentence for sentence, marks in marked if not _covered(sentence, marks)]
    loose = [clause for sentence, marks in marked if _covered(sentence, marks) for clause in _loose(sentence, marks)]
    return QuoteReport(len(cited), len(parts), tuple(missing), tuple(uncovered), tuple(loose))


def sentences(text: str) -> list[str]:
    """The sentences of a plan's text, in the form in which they are compared."""
    found: list[str] = []
    pending = ""
    for paragraph in _body(text):
        heading = bool(_HEADING.match(paragraph))
        *whole, rest = _ENDS.split(pending) if heading else _ENDS.split(pending + paragraph)
        found += [*whole, rest] if heading else whole
        pending = "" if heading else rest
    return [sentence for sentence in (*found, pending) if sentence and not _NUMBERED.match(sentence)]


def _body(text: str) -> Iterator[str]:
    """Paragraphs between the first heading 一、 and the formalities at the end."""
    paragraphs = [plain(part).removeprefix("-") for part in _PARAGRAPH.split(_PAGE.sub("", text))]
    first = next(
        (place for place, part in enumerate(paragraphs) if part.startswith("一、") and _HEADING.match(part)), 0
    )
    for paragraph in paragraphs[first:]:
        if _TAIL.match(paragraph):
            return
        yield paragraph


def _citations(loaded: LoadedPlan) -> Iterator[tuple[tuple[str, str], Citation]]:
    plan = loaded.plan
    yield from ((("indicators", name), indicator.cite) for name, indicator in plan.indicators.items())
    yield from ((("commitments", name), commitment.cite) for name, commitment in plan.commitments.items())


def _marks(sentence: str, quotes: set[str]) -> bytearray:
    """For each character of a sentence, whether it stands in a quote."""
    marks = bytearray(len(sentence))
    bare = sentence.rstrip("。;!?")
    for quote in quotes:
        if bare in quote:
            return bytearray(b"\1") * len(sentence)
        place = sentence.find(quote)
        if place >= 0:
            marks[place : place + len(quote)] = b"\1" * len(quote)
    return marks


def _clauses(sentence: str) -> Iterator[tuple[int, str]]:
    """The clauses of a sentence and where they start."""
    place = 0
    for clause in _CLAUSES.split(sentence):
        yield place, clause
        place += len(clause) + 1


def _covered(sentence: str, marks: bytearray) -> bool:
    if sum(marks) >= COVERED * len(sentence):
        return True
    return any(
        len(clause) >= CLAUSE and all(marks[place : place + len(clause)]) for place, clause in _clauses(sentence)
    )


def _loose(sentence: str, marks: bytearray) -> Iterator[str]:
    for place, clause in _clauses(sentence):
        if len(clause) >= CLAUSE and not any(marks[place : place + len(clause)]):
            yield clause


def _nearest(quote: str, parts: list[str]) -> str:
    return next(iter(difflib.get_close_matches(quote, parts, n=1, cutoff=0.2)), "—")
