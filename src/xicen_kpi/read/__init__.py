"""One file of any shape -> typed chunks that know where each cell came from."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xicen_kpi.read.drop import Drop, open_drop
    from xicen_kpi.read.export import read_export
    from xicen_kpi.read.stream import Chunk, Stream
    from xicen_kpi.read.table import Provenance, Table

_HOMES = {
    "Chunk": "stream",
    "Drop": "drop",
    "Provenance": "table",
    "Stream": "stream",
    "Table": "table",
    "open_drop": "drop",
    "read_export": "export",
}

__all__ = ["Chunk", "Drop", "Provenance", "Stream", "Table", "open_drop", "read_export"]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
