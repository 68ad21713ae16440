"""Building blocks of the plan's models: texts in two languages, months, spans and the strict base model."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PlainSerializer,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from xicen_kpi.plan.period import Month, Span

Lang = Literal["zh", "en"]


class Declared(BaseModel):
    """Base of everything that is declared: frozen, and a key that is not known is refused."""

    # Validators are built once, with the plan that holds them all, not for every model by itself.
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, defer_build=True)


def _or_plain(schema: dict[str, Any]) -> None:
    whole = {key: schema.pop(key) for key in list(schema) if key not in ("title", "description")}
    schema["anyOf"] = [{"type": "string"}, whole]


class Text(Declared):
    """A text in Chinese and English; one plain string serves for both."""

    model_config = ConfigDict(json_schema_extra=_or_plain)

    zh: str
    """中文。"""
    en: str
    """English."""

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, value: Any) -> Any:  # noqa: ANN401 -- raw YAML may be anything
        return {"zh": value, "en": value} if isinstance(value, str) else value

    def say(self, lang: Lang) -> str:
        """The text in one language."""
        return self.zh if lang == "zh" else self.en


# The type of a custom error is the slug of the finding that it becomes.


def _month(value: object) -> object:
    if isinstance(value, Month):
        return value
    try:
        return Month.parse(str(value))
    except ValueError:
        raise PydanticCustomError("month-malformed", "not a month") from None


def _span(value: object) -> object:
    if isinstance(value, Span):
        return value
    try:
        return Span.parse(str(value))
    except ValueError:
        raise PydanticCustomError("period-malformed", "neither a year nor a month") from None


def _month_key(value: str) -> str:
    _month(value)
    return value


def _period_key(value: str) -> str:
    _span(value)
    return value


def _day(value: object) -> object:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise PydanticCustomError("date-malformed", "not a day") from None


MonthText = Annotated[
    Month,
    BeforeValidator(_month),
    PlainSerializer(str),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{1,2}$", "examples": ["2026-12"]}),
]
"""A month, written 2026-12."""

SpanText = Annotated[
    Span,
    BeforeValidator(_span),
    PlainSerializer(str),
    WithJsonSchema({"anyOf": [{"type": "integer"}, {"type": "string", "pattern": r"^\d{4}(-\d{1,2})?$"}]}),
]
"""A year, written 2024, or a month, written 2024-12."""

Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
"""A day, written 2025-10-17."""

MonthKey = Annotated[str, AfterValidator(_month_key)]
"""A month as the key of a mapping, written 2026-12."""

PeriodKey = Annotated[str, AfterValidator(_period_key)]
"""A year or a month as the key of a mapping, written 2024 or 2024-12."""
