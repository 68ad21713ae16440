"""All messages by slug, and the one way to make a finding: severity and words come from the slug's definition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from xicen_kpi.errors import Finding, Location
from xicen_kpi.words import checks, command, engine, plan, read, report

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xicen_kpi.words.definition import Message

MESSAGES: Mapping[str, Message] = {
    **command.MESSAGES,
    **plan.MESSAGES,
    **read.MESSAGES,
    **engine.MESSAGES,
    **checks.MESSAGES,
    **report.MESSAGES,
}


def finding(slug: str, where: Location | None = None, **parameters: object) -> Finding:
    """A finding of this slug.

    Args:
        slug: Name of the message.
        where: Place in the user's file.
        **parameters: Values that the sentence names.

    Raises:
        KeyError: No message has this slug.
    """
    return Finding(slug, MESSAGES[slug].severity, parameters, where or Location())


def message(found: Finding, lang: Literal["zh", "en"]) -> str:
    """What is wrong, in one sentence."""
    words = MESSAGES[found.slug]
    return (words.zh if lang == "zh" else words.en).format_map(_shown(found.parameters, lang))


def hint(found: Finding, lang: Literal["zh", "en"]) -> str:
    """What to do about it."""
    words = MESSAGES[found.slug]
    return (words.hint_zh if lang == "zh" else words.hint_en).format_map(_shown(found.parameters, lang))


def _shown(parameters: Mapping[str, object], lang: Literal["zh", "en"]) -> dict[str, object]:
    between = "、" if lang == "zh" else ", "
    return {
        name: between.join(map(str, value)) if isinstance(value, list | tuple) else value
        for name, value in parameters.items()
    }
