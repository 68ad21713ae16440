"""The brief as plain text for mail or a notice: wrapped to a width in cells, the same bytes for the same data."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from xicen_kpi.render.brief import brief_of
from xicen_kpi.render.wrap import wrapped
from xicen_kpi.words.summary import NUMERALS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xicen_kpi.render.brief import Brief, Length, Section
    from xicen_kpi.report.model import Report
    from xicen_kpi.words.labels import Lang

WIDTH = 78
"""Cells of a line of mail; a Chinese character takes two."""


def summary_text(report: Report, lang: Lang, *, length: Length = "full", width: int = WIDTH) -> str:
    """The brief as lines of text.

    Args:
        report: The finished report.
        lang: Language.
        length: short or full.
        width: Cells of a line.
    """
    return "\n".join(_lines(brief_of(report, lang, length), lang, width)) + "\n"


def fingerprint(report: Report, lang: Lang, length: Length = "full") -> str:
    """A hash of what the brief says, whatever its layout: the same until something moves."""
    said = json.dumps(asdict(brief_of(report, lang, length)), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


def _lines(brief: Brief, lang: Lang, width: int) -> Iterator[str]:
    indent = "　　" if lang == "zh" else ""
    yield from wrapped(brief.title, width)
    yield from wrapped(f"{brief.dateline}{'' if lang == 'zh' or not brief.mark else ' '}{brief.mark}", width)
    yield ""
    yield from wrapped(brief.opening, width, first=indent)
    for number, section in enumerate(brief.sections):
        yield ""
        yield heading(section, number, lang)
        for place, paragraph in enumerate(section.paragraphs, start=1):
            mark = f"{place}. " if section.numbered else ("" if lang == "zh" else "- ")
            hang = "" if lang == "zh" else " " * len(mark)
            yield from wrapped(paragraph, width, hang, f"{indent}{mark}")


def heading(section: Section, number: int, lang: Lang) -> str:
    """A section's heading with its number, as the language numbers sections."""
    return f"{NUMERALS[number]}、{section.heading}" if lang == "zh" else section.heading.upper()
