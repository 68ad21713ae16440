"""The report as JSON: every key always, Chinese readable, the same bytes for the same report."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

from pydantic import BaseModel

from xicen_kpi.plan.values import Text

if TYPE_CHECKING:
    from xicen_kpi.plan.quotes import QuoteReport
    from xicen_kpi.report.explanation import Explanation
    from xicen_kpi.report.model import Report
    from xicen_kpi.report.roster import Roster


def json_text(found: Report | Explanation | Roster | QuoteReport) -> str:
    """A result as one object, indented, ending in a line end."""
    return json.dumps(_plain(found), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _plain(value: object) -> object:
    """Data as JSON knows it; texts in two languages become an object with zh and en."""
    if isinstance(value, Text):
        return {"zh": value.zh, "en": value.en}
    if isinstance(value, BaseModel):
        return _plain(value.model_dump(mode="json"))
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return _plain(value._asdict())
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, tuple | list) else value
