"""A value of a finding that is said in the sentence's own language."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Self


class Both(str):
    """A text in two languages: `{form:zh}` in a Chinese sentence, `{form:en}` in an English one."""

    __slots__ = ("en",)
    en: str

    def __new__(cls, zh: str, en: str) -> Self:
        """The Chinese text with the English one beside it."""
        made = super().__new__(cls, zh)
        made.en = en
        return made

    def __reduce__(self) -> tuple[type[Both], tuple[str, str]]:
        """How it is made again, on its way from one process to another."""
        return Both, (str(self), self.en)

    def __format__(self, lang: str) -> str:
        return self.en if lang == "en" else str(self)
