"""Months and spans of months: the only notion of time below the command line."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

_MONTH = re.compile(r"(\d{4})-(\d{1,2})\Z")


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month; orders and subtracts as time does. Prints as 2026-10."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not (1900 <= self.year <= 2199 and 1 <= self.month <= 12):
            message = f"no such month: {self.year}-{self.month}"
            raise ValueError(message)

    @classmethod
    def parse(cls, text: str) -> Month:
        """Reads 2026-10 (also 2026-1).

        Raises:
            ValueError: The text is no month between 1900-01 and 2199-12.
        """
        matched = _MONTH.match(text.strip())
        if matched is None:
            message = f"not a month: {text!r}"
            raise ValueError(message)
        return cls(int(matched[1]), int(matched[2]))

    @classmethod
    def of_ordinal(cls, ordinal: int) -> Month:
        """The month with this number, counted from January of the year 0."""
        return _month_of(ordinal)

    @classmethod
    def of_date(cls, day: date) -> Month:
        """The month that holds a day."""
        return cls(day.year, day.month)

    @property
    def ordinal(self) -> int:
        """Months since January of the year 0: differences are numbers of months."""
        return self.year * 12 + self.month - 1

    @property
    def last_day(self) -> date:
        """The last day of the month."""
        return date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    @property
    def year_start(self) -> Month:
        """January of the same year."""
        return Month(self.year, 1)

    @property
    def year_end(self) -> Month:
        """December of the same year."""
        return Month(self.year, 12)

    def plus(self, months: int) -> Month:
        """The month so many months later (earlier if negative)."""
        return Month.of_ordinal(self.ordinal + months)

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02d}"


@lru_cache(maxsize=1_000)
def _month_of(ordinal: int) -> Month:
    return Month(ordinal // 12, ordinal % 12 + 1)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A run of months, both ends included."""

    start: Month
    end: Month

    @classmethod
    def parse(cls, value: str | int) -> Span:
        """Reads a year (2024, "2024") or a month ("2024-12").

        Raises:
            ValueError: Neither a year nor a month.
        """
        text = str(value).strip()
        if re.fullmatch(r"\d{4}", text):
            return cls(Month(int(text), 1), Month(int(text), 12))
        month = Month.parse(text)
        return cls(month, month)

    @classmethod
    def year_to(cls, month: Month) -> Span:
        """January to this month: what a cumulative figure covers (1—本月)."""
        return cls(month.year_start, month)

    @property
    def months(self) -> int:
        """How many months the span holds."""
        return self.end.ordinal - self.start.ordinal + 1

    def holds(self, month: Month) -> bool:
        """Whether the month lies in the span."""
        return self.start <= month <= self.end

    def __str__(self) -> str:
        if self.start == self.start.year_start and self.end == self.start.year_end:
            return str(self.start.year)
        return str(self.start) if self.start == self.end else f"{self.start}/{self.end}"
