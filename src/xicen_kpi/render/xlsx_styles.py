"""What the sheets of the workbook share: styles, names of sheets, cells that may be empty or withheld."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from xicen_kpi.render.numbers import is_flat
from xicen_kpi.words.labels import label
from xicen_kpi.words.page import page_word as word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xicen_kpi.report.model import Report
    from xicen_kpi.words.labels import Lang

_LONGEST = 31
"""Characters that a sheet's name may have."""
_MOST_PLACES = 10


@dataclass(frozen=True)
class Styles:
    """Formats of cells."""

    raw: Any
    title: Any
    head: Any
    plain: Any
    wrap: Any
    soft: Any
    right: Any
    head_right: Any
    state: Any
    link: Any
    percent: Any
    strong: Any
    good: Any
    warn: Any
    bad: Any
    numbers: dict[int, Any] = field(default_factory=dict)
    changes: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, raw: Any) -> Styles:  # noqa: ANN401 -- xlsxwriter has no types
        """The formats of a workbook."""
        top = {"valign": "top"}
        head = {"bold": True, "bg_color": "#E6EAEF", "border": 1, "border_color": "#B0B8C2", **top}
        return cls(
            raw,
            title=raw.add_format({"bold": True, "font_size": 14}),
            head=raw.add_format(head),
            plain=raw.add_format(top),
            wrap=raw.add_format({"text_wrap": True, **top}),
            soft=raw.add_format({"font_color": "#55606E", **top}),
            right=raw.add_format({"align": "right", **top}),
            head_right=raw.add_format({**head, "align": "right"}),
            state=raw.add_format({"align": "left", "indent": 1, **top}),
            link=raw.add_format({"font_color": "#0B5394", "underline": 1, **top}),
            percent=raw.add_format({"num_format": "0.0%", **top}),
            strong=raw.add_format({"bold": True, **top}),
            good=raw.add_format({"font_color": "#1C6B3C", "bg_color": "#E3F2E8"}),
            warn=raw.add_format({"font_color": "#7A4A00", "bg_color": "#FFF1D6"}),
            bad=raw.add_format({"font_color": "#A81F1F", "bg_color": "#FBE3E3"}),
        )

    def number(self, decimals: int) -> Any:  # noqa: ANN401 -- xlsxwriter has no types
        """A number with so many decimals and thousands separators."""
        if decimals not in self.numbers:
            form = "#,##0" + ("." + "0" * decimals if decimals else "")
            self.numbers[decimals] = self.raw.add_format({"num_format": form, "valign": "top"})
        return self.numbers[decimals]

    def change(self, form: str, value: float = 1.0) -> Any:  # noqa: ANN401 -- xlsxwriter has no types
        """A change with its sign in a form such as 0.0%; one that rounds to nothing has none."""
        flat = is_flat(100 * value if "%" in form else value, len(re.findall(r"\.(0+)", form)[0]))
        shown = f"{form};{form}" if flat else f"+{form};-{form};{form}"
        if shown not in self.changes:
            self.changes[shown] = self.raw.add_format({"num_format": shown, "valign": "top"})
        return self.changes[shown]

    def share(self, completion: float | None) -> Any:  # noqa: ANN401 -- xlsxwriter has no types
        """A percentage with as many decimals as it takes not to show 100 % before the target is met."""
        places = 1
        while completion is not None and completion < 1 <= round(completion, places + 2) and places < _MOST_PLACES:
            places += 1
        key = -places
        if key not in self.numbers:
            self.numbers[key] = self.raw.add_format({"num_format": f"0.{'0' * places}%", "valign": "top"})
        return self.numbers[key]


@dataclass
class Book:
    """The workbook that is being written."""

    raw: Any
    styles: Styles
    report: Report
    lang: Lang
    taken: set[str] = field(default_factory=set)

    def name_of(self, wanted: str) -> str:
        """A sheet's name: without the marks that are not allowed, and not too long."""
        return re.sub(r"[\[\]:*?/\\']", " ", wanted)[:_LONGEST]

    def sheet(self, wanted: str) -> Any:  # noqa: ANN401 -- xlsxwriter has no types
        """A new sheet, marked where it is internal."""
        name = self.name_of(wanted)
        while name.casefold() in self.taken:
            name = f"{name[: _LONGEST - 1]}_"
        self.taken.add(name.casefold())
        made = self.raw.add_worksheet(name)
        made.set_paper(9)
        made.set_footer("&C&P / &N")
        if self.report.audience == "internal":
            made.set_header(f"&R{label('internal', self.lang)}")
        return made

    def amount(
        self,
        sheet: Any,  # noqa: ANN401 -- xlsxwriter has no types
        line: int,
        column: int,
        value: float | None,
        style: Any,  # noqa: ANN401 -- xlsxwriter has no types
        *,
        hidden: bool = False,
    ) -> None:
        """A number, unrounded; a word where it is withheld, nothing where there is none."""
        if value is not None:
            sheet.write_number(line, column, value, style)
        elif hidden:
            sheet.write_string(line, column, word("withheld", self.lang), self.styles.right)
        else:
            sheet.write_blank(line, column, None, self.styles.plain)

    def change(self, sheet: Any, line: int, column: int, value: float | None, form: str) -> None:  # noqa: ANN401 -- xlsxwriter has no types
        """A change, unrounded; nothing where there is none."""
        self.amount(sheet, line, column, value, self.styles.change(form, value or 0.0))

    def table(self, name: str, heads: Sequence[str], rows: Sequence[Sequence[object]], widths: Sequence[int]) -> None:
        """A sheet with one table: heading, filter, texts as texts."""
        sheet = self.sheet(name)
        for column, head in enumerate(heads):
            sheet.write_string(0, column, head, self.styles.head)
        for line, values in enumerate(rows, start=1):
            for column, value in enumerate(values):
                if isinstance(value, int):
                    sheet.write_number(line, column, value, self.styles.number(0))
                else:
                    sheet.write_string(line, column, str(value), self.styles.wrap)
        for column, width in enumerate(widths[: len(heads)]):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 0)
        if rows:
            sheet.autofilter(0, 0, len(rows), len(heads) - 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)


def created_on(month: str) -> datetime:
    """The date in the file's properties: the first of the report's month, so that the same data give the same bytes."""
    year, number = month.split("-")
    return datetime(int(year), int(number), 1)  # noqa: DTZ001 -- a property of the file without a time zone
