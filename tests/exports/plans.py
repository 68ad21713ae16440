"""A source of a plan to read made-up files with, and three codes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xicen_kpi.plan.source import Source
from xicen_kpi.read import open_drop

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from xicen_kpi.read import Stream

A, B, C = "91310118YL00000129", "91310118YL00000204", "91310118YL00000391"


def source(**changes: Any) -> Source:
    """A monthly form with one cumulative amount, changed as told."""
    declared: dict[str, Any] = {
        "title": "测试表",
        "files": ["T*"],
        "frequency": "monthly",
        "key": ["uscc", "period"],
        "columns": {
            "uscc": {"header": "统一社会信用代码", "type": "uscc"},
            "period": {"header": "报告期", "type": "month"},
            "output": {"header": "工业总产值;本年-1—本月", "type": "number", "unit": "千元", "counts": "year_to_date"},
        },
    }
    return Source.model_validate(declared | changes)


def stream_of(folder: Path, **changes: Any) -> Stream:
    """The files of a folder, read for the source."""
    return open_drop(folder, {"t": source(**changes)}).stream("t")


def frame_of(stream: Stream) -> pd.DataFrame:
    """The frame of its only chunk."""
    (chunk,) = stream.chunks()
    return chunk.frame


def slugs(stream: Stream) -> list[str]:
    """What is wrong."""
    return [found.slug for found in stream.findings]
