"""Building blocks of the plan's models: texts in two languages, months, spans and the strict base model."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer, WithJsonSchema, model_validator

from xicen_kpi.plan.period import Month, Span

Lang = Literal["zh", "en"]


class Declared(BaseModel):
    """Base of everything that is declared: frozen, and a key that is not known is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, use_attribute_docstrings=True)


class Text(Declared):
    """A text in Chinese and English; one plain string serves for both."""

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


def _month(value: object) -> object:
    return Month.parse(value) if isinstance(value, str) else value


def _span(value: object) -> object:
    return Span.parse(value) if isinstance(value, str | int) and not isinstance(value, bool) else value


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
