"""The form of a message: what a slug means, how bad it is, what it says and what to do, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from xicen_kpi.errors import Severity


class Message(NamedTuple):
    """Definition of a slug. Sentences are format strings over the finding's parameters.

    Attributes:
        severity: How bad it is, wherever it is raised.
        zh: What is wrong, in Chinese.
        en: What is wrong, in English.
        hint_zh: What to do, in Chinese.
        hint_en: What to do, in English.
    """

    severity: Severity
    zh: str
    en: str
    hint_zh: str
    hint_en: str


class Guess(str):
    """A name that the user may have meant, perhaps none; shown by a phrase in the sentence's own language.

    In a sentence `{guess:did you mean %s? }` gives the phrase, or nothing where there is no guess.
    """

    __slots__ = ()

    def __format__(self, phrase: str) -> str:
        return phrase.replace("%s", str(self)) if self else ""
