"""How a workbook shows its numbers: 0.093 as 9.3%, or 12345 as 1.2万. The value counts; a unit may contradict it."""

from __future__ import annotations

import html
import re
import zlib
from collections import Counter
from typing import TYPE_CHECKING

from xicen_kpi.read.patterns import Pattern

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Mapping

    Shown = Mapping[int, str]

_HEAD = 2**18
"""Bytes at the beginning of a sheet that say how its columns are shown."""
_LARGEST_STYLES = 16 * 2**20
_BUILT_IN = {9: "%", 10: "%"}
_CUSTOM = Pattern(r"<numFmt\b[^>]*?>")
_STYLES = Pattern(r"<cellXfs\b.*?</cellXfs>", re.DOTALL)
_STYLE = Pattern(r'<xf\b[^>]*?\bnumFmtId="(\d+)"')
_SHEET = Pattern(r"<sheet\b[^>]*?>")
_TARGET = Pattern(r"<Relationship\b[^>]*?>")
_ATTRIBUTE = Pattern(r'([\w:]+)="([^"]*)"')
_NUMBER = Pattern(rb'<c r="([A-Z]{1,3})\d+"(?: s="(\d+)")?(?: t="n")?>(?:<f[^<]*(?:</f>)?)?<v>')
_DIVIDED = Pattern(r"[0#?],+(?![0#?])")
"""A comma behind the last digit: what is shown is a thousandth."""
_LITERAL = Pattern(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]')


def shown_as(package: zipfile.ZipFile) -> dict[str, Shown]:
    """For each sheet of an .xlsx the columns whose numbers are mostly shown in %, 万 or 亿, by its first rows."""
    styles = _parts_of_styles(package)
    if not any(styles):
        return {}
    found: dict[str, Shown] = {}
    for name, part in _sheets(package).items():
        with package.open(part) as stream:
            head = stream.read(_HEAD)
        columns: dict[int, Counter[str]] = {}
        for letters, style in _NUMBER.findall(head):
            number = int(style) if style else 0
            counts = columns.setdefault(column_number(letters) - 1, Counter())
            counts[styles[number] if number < len(styles) else ""] += 1
        found[name] = {place: most for place, counts in columns.items() if (most := counts.most_common(1)[0][0])}
    return found


def contradicts(shown: str | None, unit: str | None) -> bool:
    """Whether numbers shown in %, 万 or 亿 cannot stand in a unit as they are: 0.093, shown as 9.3%, is not 0.093 %."""
    if shown is None or unit is None:
        return False
    return unit != "1" if shown == "%" else shown in unit


def form_of(code: str) -> str:
    """%, 万 or 亿 for a number format that divides or multiplies what it shows; else nothing."""
    positive = code.partition(";")[0]
    literal = "".join("".join(pair) for pair in _LITERAL.findall(positive))
    plain = _LITERAL.sub("", positive)
    if "%" in plain:
        return "%"
    return next((unit for unit in "万亿" if unit in literal + plain and _DIVIDED.search(plain)), "")


def _parts_of_styles(package: zipfile.ZipFile) -> list[str]:
    """The form of each style of a cell, by its number."""
    text = _text(package, "xl/styles.xml")
    custom = dict(_BUILT_IN)
    for element in _CUSTOM.findall(text):
        known = dict(_ATTRIBUTE.findall(element))
        if known.get("numFmtId", "").isdigit():
            custom[int(known["numFmtId"])] = form_of(html.unescape(known.get("formatCode", "")))
    styles = _STYLES.search(text)
    return [custom.get(int(number), "") for number in _STYLE.findall(styles[0] if styles else "")]


def _sheets(package: zipfile.ZipFile) -> dict[str, str]:
    """Name of each sheet to its part of the package."""
    targets = {}
    for element in _TARGET.findall(_text(package, "xl/_rels/workbook.xml.rels")):
        known = dict(_ATTRIBUTE.findall(element))
        target = known.get("Target", "")
        targets[known.get("Id", "")] = target[1:] if target.startswith("/") else f"xl/{target}"
    found = {}
    for element in _SHEET.findall(_text(package, "xl/workbook.xml")):
        known = dict(_ATTRIBUTE.findall(element))
        part = targets.get(known.get("r:id", ""))
        if part in package.namelist():
            found[html.unescape(known.get("name", ""))] = str(part)
    return found


def _text(package: zipfile.ZipFile, name: str) -> str:
    """A part as text; nothing where it is not there, too large or broken: what is wrong with it is told elsewhere."""
    try:
        large = package.getinfo(name).file_size > _LARGEST_STYLES
        return "" if large else package.read(name).decode("utf-8", "replace")
    except (KeyError, zlib.error):
        return ""


def column_number(letters: bytes) -> int:
    """The column that letters name: 1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
