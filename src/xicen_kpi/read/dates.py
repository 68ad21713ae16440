"""Months, quarters, years and days as people write them, in a cell, a title or a file name."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta

from xicen_kpi.plan.period import Month, Span
from xicen_kpi.read.patterns import Pattern

_YEAR = r"(?P<year>(?:19|20|21)\d{2})"
_DASH = r"[-‐‑‒–—―−~～至到]"
_LAST_YEAR = r"(?P<last_year>(?:19|20|21)\d{2})"
_DAY_OF = r"(?:月\d{1,2}日?|[./-]\d{1,2}日?|月份?)?"
_SEASONS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_CUMULATIVE = {
    "一季报": 3,
    "中报": 6,
    "半年报": 6,
    "三季报": 9,
    "年报": 12,
    "上半年": 6,
    "H1": 6,
    "前三季度": 9,
    "FY": 12,
}
DAY_0 = date(1899, 12, 30)
"""From which Excel counts days."""
_SERIAL_FROM, _SERIAL_TO = 18264, 80000
"""Excel's day numbers from 1950 to 2118: no year and no yyyymm lies between."""

# Each pattern leads to a span in `_span_of`; the first that matches is taken.
_FORMS = tuple(
    Pattern(rf"(?<!\d)(?:{form})", re.IGNORECASE)
    for form in (
        _YEAR + rf"[年./-](?P<first>\d{{1,2}}){_DAY_OF}{_DASH}+{_LAST_YEAR}[年./-](?P<last>\d{{1,2}}){_DAY_OF}",
        _YEAR + rf"(?P<first>\d{{2}})(?:\d{{2}})?{_DASH}+{_LAST_YEAR}(?P<last>\d{{2}})(?:\d{{2}})?(?!\d)",
        _YEAR + rf"年?第?(?P<from_season>[一二三1-3])季?度?{_DASH}第?(?P<season>[二三四2-4])季度?",
        _YEAR + rf"[年./-]?(?P<first>\d{{1,2}})月?份?{_DASH}(?P<last>\d{{1,2}})月份?",
        _YEAR + r"年?第?(?P<season>[一二三四1-4])季度?(?!报)",
        _YEAR + r"年?-?Q(?P<season>[1-4])",
        _YEAR + r"年?度?-?(?P<cumulative>一季报|中报|半年报|三季报|年报|上半年|前三季度|H1|FY)",
        _YEAR + r"年(?P<month>\d{1,2})(?:月(?:份|\d{1,2}日)?)?(?!\d)",
        _YEAR + r"[-/.](?P<month>0?[1-9]|1[0-2])(?:[-/.](?:[012]?\d|3[01]))?(?!\d)",
        _YEAR + r"(?P<month>0[1-9]|1[0-2])(?:[0-3]\d)?(?!\d)",
        _YEAR + r"(?:年度?)?(?![\d.])",
    )
)
_NOT_A_PERIOD = Pattern(
    r"(有效期至?|报出日期|填报日期|制表日期|制表时间|打印日期|打印时间|导出日期|导出时间|导出|报送日期|更新日期|截至日期|截止日期|数据截至|截至|截止)(?:到|于)?[:：]?\s*"
    r"\d{4}[年./-]?\s*(?:\d{1,2}(?!\d)[月./-]?)?\s*(?:\d{1,2}(?!\d)日?)?|[〔(\[]\s*\d{4}\s*[〕)\]]\s*第?\d*号?|GB/?T[\d.-]+"
    r"|(?<!\d)\d{4}年?\s*[-‐‑‒–—―−~～至到]+\s*(?:\d{4}年?(?![\d./-])|$)"
)
_SNAPSHOT = Pattern(
    r"(?:数据)?(?:截至|截止)(?:日期|时间|到|至)?[:：]?\s*(?P<year>\d{4})\s*[年./-]\s*(?P<month>\d{1,2})\s*[月./-]?\s*(?P<day>\d{0,2})日?"
)
_DAY = Pattern(
    r"(?P<year>\d{4})(?:[年./-](?P<month>\d{1,2})(?:[月./-](?P<day>\d{1,2})日?)?月?|(?P<month8>\d{2})(?P<day8>\d{2}))"
    r"(?:[T ]?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?\Z"
)


def read_span(cell: object) -> Span | None:
    """The month, quarter or year that a whole cell names; None if it names none."""
    if isinstance(cell, date):
        return Span(Month.of_date(cell), Month.of_date(cell)) if 1900 <= cell.year <= 2199 else None
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return _span_of_number(float(cell))
    if not isinstance(cell, str):
        return None
    text = "".join(unicodedata.normalize("NFKC", cell).split())
    for form in _FORMS:
        found = form.match(text)
        if found and text[found.end() :] in {"", "日", "本月", "(本月)", "度", "末", "底"}:
            return _span_of(found)
    day = _serial(text)
    return read_span(day) if day else None


def find_span(text: str) -> Span | None:
    """The period that a title, a sheet's or a file's name speaks of.

    Dates of printing, days of 截至日期 and numbers of documents do not count.
    """
    half = _NOT_A_PERIOD.sub(" ", unicodedata.normalize("NFKC", text).replace("〔", "(").replace("〕", ")"))
    half = re.sub(r"(?<=20)\s+(?=\d\d\s*年)|(?<=\d)\s+(?=[年月日])|(?<=[年月])\s+(?=\d)", "", half)
    for form in _FORMS:
        for found in form.finditer(half):
            span = _span_of(found)
            if span:
                return span
    return None


def find_snapshot(text: str) -> date | None:
    """The day of 截至日期; the month's last day where no day is given."""
    found = _SNAPSHOT.search(unicodedata.normalize("NFKC", text))
    if found is None:
        return None
    try:
        month = Month(int(found["year"]), int(found["month"]))
        return date(month.year, month.month, int(found["day"])) if found["day"] else month.last_day
    except ValueError:
        return None


def read_day(cell: object) -> date | None:
    """The day that a whole cell names; a month alone stands for its last day."""
    if isinstance(cell, date):
        return cell.date() if isinstance(cell, datetime) else cell
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return _day_of_number(float(cell))
    return _day_of_text(cell) if isinstance(cell, str) else None


def day_number(cell: object) -> date | None:
    """The day whose number in Excel a cell holds, whole and from 1950 to 2118; None for any other cell."""
    if isinstance(cell, str):
        return _serial(cell.strip())
    if isinstance(cell, bool) or not isinstance(cell, float | int) or not _SERIAL_FROM <= cell <= _SERIAL_TO:
        return None
    return _day_of_number(cell) if cell == int(cell) else None


def _day_of_text(cell: str) -> date | None:
    text = " ".join(unicodedata.normalize("NFKC", cell).split())
    found = _DAY.match(re.sub(r"(?<=[年月./-]) | (?=[年月日./-])", "", text))
    if found is None:
        return _serial(text)
    year, month, day = int(found["year"]), found["month"] or found["month8"], found["day"] or found["day8"]
    try:
        return date(year, int(month), int(day)) if day else Month(year, int(month)).last_day
    except ValueError:
        return None


def _span_of(found: re.Match[str]) -> Span | None:
    parts = found.groupdict()
    year = int(parts["year"])
    try:
        if parts.get("first"):
            return Span(
                Month(year, int(parts["first"])), Month(int(parts.get("last_year") or year), int(parts["last"]))
            )
        if parts.get("season"):
            last = 3 * _SEASONS[parts["season"]]
            first = 3 * _SEASONS[parts.get("from_season") or parts["season"]]
            return Span(Month(year, first - 2), Month(year, last))
        if parts.get("cumulative"):
            return Span(Month(year, 1), Month(year, _CUMULATIVE[parts["cumulative"].upper()]))
        if parts.get("month"):
            return Span(Month(year, int(parts["month"])), Month(year, int(parts["month"])))
        return Span(Month(year, 1), Month(year, 12))
    except ValueError:
        return None


def _span_of_number(number: float) -> Span | None:
    whole = int(number) if number == number and abs(number) < 1e9 else 0  # noqa: PLR0124 -- NaN
    if whole != number:
        return read_span(f"{number:g}") if 1900 < number < 2200 else None
    if 1900 <= whole <= 2199 or 190001 <= whole <= 219912:
        return read_span(str(whole))
    day = _day_of_number(number)
    return read_span(day) if day else None


def _day_of_number(number: float) -> date | None:
    if _SERIAL_FROM <= number <= _SERIAL_TO:
        return DAY_0 + timedelta(days=int(number))
    if 19000101 <= number <= 21991231 and number == int(number):
        return read_day(str(int(number)))
    return None


def _serial(text: str) -> date | None:
    return _day_of_number(float(text)) if re.fullmatch(r"\d{5}(\.0*)?", text) else None
