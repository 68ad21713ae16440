"""The plan listed as text: by section, with how each promise is followed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xicen_kpi.render.wrap import padded, wrapped
from xicen_kpi.words.labels import label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xicen_kpi.plan.quotes import QuoteReport
    from xicen_kpi.report.roster import Listed, Roster
    from xicen_kpi.words.labels import Lang

WIDTH = 96
HOW = ("measured", "followed", "not_tracked")


def roster_text(found: Roster, lang: Lang) -> str:
    """The whole list."""
    return "\n".join(_lines(found, lang)) + "\n"


def _lines(found: Roster, lang: Lang) -> Iterator[str]:
    yield found.title
    yield found.document
    tie = "，" if lang == "zh" else ", "
    states = tie.join(
        label("commitments.state", lang, state=label(f"how.{how}", lang), count=found.counts[how])
        for how in HOW
        if how in found.counts
    )
    yield label("commitments.count", lang, count=len(found.entries), states=states)
    indent = 4 + max((len(one.id) for one in found.entries), default=0)
    section = ""
    for one in found.entries:
        if one.section != section:
            section = one.section
            yield from ("", f"[{section}]")
        yield from _entry(one, lang, indent)


def _entry(one: Listed, lang: Lang, indent: int) -> Iterator[str]:
    yield from wrapped(one.quote, WIDTH, " " * indent, f"  {padded(one.id, indent - 2)}")
    facts = [label(f"kind.{one.kind}", lang), label(f"how.{one.how}", lang), ", ".join(one.indicators)]
    if one.why is not None:
        facts.append(one.why.say(lang))
    yield from wrapped(" · ".join(fact for fact in facts if fact), WIDTH, " " * indent)


def quotes_text(found: QuoteReport, lang: Lang) -> str:
    """How many quotes were found in the plan's text, and which of its sentences no entry covers."""
    lines = [
        label(
            "quotes.found",
            lang,
            found=found.quotes - len(found.missing),
            quotes=found.quotes,
            covered=found.sentences - len(found.uncovered),
            sentences=found.sentences,
        )
    ]
    for key, sentences in (("quotes.uncovered", found.uncovered), ("quotes.loose", found.loose)):
        if sentences:
            lines += ["", label(key, lang, count=len(sentences))]
            for sentence in sentences:
                lines += wrapped(sentence, WIDTH, "    ", "  - ")
    return "\n".join(lines) + "\n"
