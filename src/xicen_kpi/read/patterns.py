"""Patterns that are made when they are first asked: of the many forms that files may have, one drop has a few."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any, AnyStr, Generic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Pattern(Generic[AnyStr]):
    """A regular expression, with those methods of `re.Pattern` that readers use."""

    def __init__(self, text: AnyStr, flags: int = 0) -> None:
        self.text: AnyStr = text
        self.flags = flags

    @cached_property
    def _made(self) -> re.Pattern[AnyStr]:
        return re.compile(self.text, self.flags)

    @cached_property
    def match(self) -> Callable[[AnyStr], re.Match[AnyStr] | None]:
        """At the beginning of a text."""
        return self._made.match

    @cached_property
    def fullmatch(self) -> Callable[[AnyStr], re.Match[AnyStr] | None]:
        """The whole of a text."""
        return self._made.fullmatch

    @cached_property
    def search(self) -> Callable[[AnyStr], re.Match[AnyStr] | None]:
        """The first place in a text."""
        return self._made.search

    @cached_property
    def findall(self) -> Callable[[AnyStr], list[Any]]:
        """All that stands in a text, or the groups of it."""
        return self._made.findall

    @cached_property
    def finditer(self) -> Callable[[AnyStr], Iterator[re.Match[AnyStr]]]:
        """All places in a text."""
        return self._made.finditer

    @cached_property
    def sub(self) -> Callable[[AnyStr | Callable[[re.Match[AnyStr]], AnyStr], AnyStr], AnyStr]:
        """A text with something else in all these places."""
        return self._made.sub

    @cached_property
    def split(self) -> Callable[[AnyStr], list[Any]]:
        """What stands between these places."""
        return self._made.split
