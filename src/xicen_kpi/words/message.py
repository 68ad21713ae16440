"""The form of a message: what a slug means, how bad it is, what it says and what to do, in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xicen_kpi.errors import Severity


@dataclass(frozen=True, slots=True)
class Message:
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
