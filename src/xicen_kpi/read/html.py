"""Tables of web pages, which many systems hand out under the name .xls."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from xicen_kpi.read.grid import Refusal, RefusedError
from xicen_kpi.read.patterns import Pattern

if TYPE_CHECKING:
    from xicen_kpi.read.grid import Grid

_TAGS = "!doctype html|html|head|body|table|meta|style|div|xml|title|link|script|form|center|span|font|h[1-6]|p|b|br"
_START = Pattern(
    rf"\s*(<!--.*?-->\s*)*<({_TAGS}|\?xml[^>]*>\s*<html)\b",
    re.IGNORECASE | re.DOTALL,
)


def looks_like_html(text: str) -> bool:
    """Whether a text is a web page, by how it begins."""
    return _START.match(text[:20_000]) is not None


def html_grids(text: str) -> list[Grid]:
    """The tables of a page, merged cells kept; text around them, and tables of one cell, stand before the next one.

    Raises:
        RefusedError: There is no table, or one is too large.
    """
    from xicen_kpi.read.html_tables import tables_of  # few files are pages

    grids = tables_of(text)
    if not grids:
        raise RefusedError(Refusal.NO_TABLE)
    return grids
