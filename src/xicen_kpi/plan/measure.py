"""Measures: how a value is made from data. Declarative and closed: told apart by their key, no expression language."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

from pydantic import (
    ConfigDict,
    Discriminator,
    Field,
    StrictBool,
    StrictFloat,
    StrictInt,
    StrictStr,
    Tag,
    model_validator,
)
from pydantic_core import PydanticCustomError

from xicen_kpi.plan.values import Declared, Text

Scalar: TypeAlias = StrictBool | StrictInt | StrictFloat | StrictStr


def _or_short(schema: dict[str, Any]) -> None:
    """The short forms: a value stands for `equals`, a list for `in`."""
    whole = {key: schema.pop(key) for key in list(schema) if key not in ("title", "description")}
    value = {"type": ["string", "number", "boolean"]}
    schema["anyOf"] = [value, {"type": "array", "items": value}, {**whole, "minProperties": 1}]


def _or_flat(schema: dict[str, Any]) -> None:
    """Conditions stand under the names of their columns, beside in_park, group and any_of."""
    schema["additionalProperties"] = schema["properties"].pop("columns")["additionalProperties"]
    group = schema["properties"]["group"]
    schema["properties"]["group"] = {
        "anyOf": [{"type": "string"}, {"type": "array", "items": group.pop("items")}],
        **{key: group[key] for key in ("title", "description") if key in group},
    }


class Condition(Declared):
    """What a cell must be. All that is given must hold; a missing cell never matches, except `missing: true`."""

    model_config = ConfigDict(json_schema_extra=_or_short)

    equals: Scalar | None = None
    in_: tuple[Scalar, ...] | None = Field(default=None, alias="in")
    between: tuple[Scalar, Scalar] | None = None
    at_least: Scalar | None = None
    at_most: Scalar | None = None
    missing: StrictBool | None = None

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:  # noqa: ANN401 -- raw YAML may be anything
        if isinstance(value, dict | Condition):
            return value
        return {"in": value} if isinstance(value, list | tuple) else {"equals": value}

    @model_validator(mode="after")
    def _not_empty(self) -> Condition:
        if not self.model_fields_set:
            raise PydanticCustomError("condition-empty", "an empty condition")
        return self


class Where(Declared):
    """Which rows count; all parts must hold."""

    model_config = ConfigDict(json_schema_extra=_or_flat)

    in_park: StrictBool | None = None
    """The enterprise stands on the linked list and is a member in the period."""
    group: tuple[str, ...] = ()
    """Industry groups: tag before code; an amount counts with the enterprise's share, at most once."""
    any_of: tuple[Where, ...] = ()
    """At least one of these must hold."""
    columns: dict[str, Condition] = Field(default_factory=dict)
    """Conditions on columns of the source or of the linked list."""

    @property
    def names_group(self) -> bool:
        """Whether it asks for an industry group anywhere."""
        return bool(self.group) or any(part.names_group for part in self.any_of)

    @model_validator(mode="before")
    @classmethod
    def _flat(cls, value: Any) -> Any:  # noqa: ANN401 -- raw YAML may be anything
        if not isinstance(value, dict) or "columns" in value:
            return value
        own = {"in_park", "group", "any_of"}
        parts: dict[str, Any] = {key: value[key] for key in value if key in own}
        if isinstance(parts.get("group"), str):
            parts["group"] = (parts["group"],)
        parts["columns"] = {key: value[key] for key in value if key not in own}
        return parts


class _Measure(Declared):
    label: Text | None = None
    """Name of this way of measuring, shown with the figure."""
    proxy: StrictBool = False
    """Stands in for a definition that is not available yet; its growth is never mixed with the other's."""

    @property
    def keeps_whole(self) -> bool:
        """Whether whole numbers come to a whole number: no quotient, and no share in an industry group."""
        return True


class SumMeasure(_Measure):
    """The sum of a number column over the rows that count."""

    sum: str
    """source.column"""
    where: Where = Where.model_construct()
    except_largest: StrictInt = Field(default=0, ge=0)
    """Leave out so many of the largest enterprises."""

    @property
    def keeps_whole(self) -> bool:
        """Unless a group weighs what is looked at."""
        return not self.where.names_group


class CountMeasure(_Measure):
    """How many rows count."""

    count: str
    """source"""
    where: Where = Where.model_construct()


class CountDistinctMeasure(_Measure):
    """How many different values a column has over the rows that count."""

    count_distinct: str
    """source.column"""
    where: Where = Where.model_construct()


class LatestMeasure(_Measure):
    """The value of the latest period."""

    latest: str
    """source.column"""
    where: Where = Where.model_construct()

    @property
    def keeps_whole(self) -> bool:
        """Unless a group weighs what is looked at."""
        return not self.where.names_group


class DoneMeasure(_Measure):
    """Entries of a ledger dated within the target's window, each key once."""

    done: str
    """source, a ledger"""
    where: Where = Where.model_construct()


class Quotient(Declared):
    """Numerator and denominator: a ratio of sums over one frame and period."""

    of: Measure
    to: Measure


class RatioMeasure(_Measure):
    """A ratio of two measures."""

    ratio: Quotient
    except_largest: StrictInt = Field(default=0, ge=0)
    """Leave out so many enterprises, the largest in the denominator first."""

    @property
    def keeps_whole(self) -> bool:
        """A quotient is a fraction."""
        return False


class TotalMeasure(_Measure):
    """Several measures added, each enterprise once: the first named that has it wins."""

    total: tuple[Measure, ...] = Field(min_length=1)
    once_per: str | None = None
    """Column that names the enterprise in every part."""

    @property
    def keeps_whole(self) -> bool:
        """Where every part does."""
        return all(part.keeps_whole for part in self.total)


class FirstOfMeasure(_Measure):
    """The first measure that has data for the period; the report says which."""

    first_of: tuple[Measure, ...] = Field(min_length=1)

    @property
    def keeps_whole(self) -> bool:
        """Where every part does."""
        return all(part.keeps_whole for part in self.first_of)


MEASURE_KEYS = ("sum", "count", "count_distinct", "latest", "ratio", "total", "first_of", "done")


def _kind(value: Any) -> str | None:  # noqa: ANN401 -- raw YAML may be anything
    if isinstance(value, dict):
        return next((key for key in MEASURE_KEYS if key in value), None)
    return next((key for key in MEASURE_KEYS if hasattr(value, key)), None)


Measure: TypeAlias = Annotated[
    Annotated[SumMeasure, Tag("sum")]
    | Annotated[CountMeasure, Tag("count")]
    | Annotated[CountDistinctMeasure, Tag("count_distinct")]
    | Annotated[LatestMeasure, Tag("latest")]
    | Annotated[RatioMeasure, Tag("ratio")]
    | Annotated[TotalMeasure, Tag("total")]
    | Annotated[FirstOfMeasure, Tag("first_of")]
    | Annotated[DoneMeasure, Tag("done")],
    Discriminator(_kind),
]
