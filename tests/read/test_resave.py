"""The same figures in any dress give the same chunk: encoding, format, unit, order, ornaments."""

from __future__ import annotations

import random
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from exports.plans import A, B, C, stream_of
from exports.writers import MD5, Sheet, write_html, write_text, write_xls, write_xlsx, write_xml
from hypothesis import given, settings
from hypothesis import strategies as st

FACTORS = {"元": 1000, "千元": 1, "万元": 0.1, "亿元": 0.00001}
KINDS = ("csv", "gb18030", "bom", "utf16", "tabs", "xlsx", "xls", "encrypted", "html", "xml")
MONTHS = ("2026年10月", "2026-10", "202610", "2026/10", "２０２６年１０月", "2026.10", "2026年1—10月")


@dataclass(frozen=True)
class Dress:
    """What makes no difference."""

    kind: str
    unit: str
    unit_place: str
    month: str
    seed: int
    titles: int
    two_rows: bool
    thousands: bool
    wide: bool
    total: bool
    footer: bool


DRESSES = st.builds(
    Dress,
    kind=st.sampled_from(KINDS),
    unit=st.sampled_from(list(FACTORS)),
    unit_place=st.sampled_from(["header", "row", "cell"]),
    month=st.sampled_from(MONTHS),
    seed=st.integers(0, 999),
    titles=st.integers(0, 3),
    two_rows=st.booleans(),
    thousands=st.booleans(),
    wide=st.booleans(),
    total=st.booleans(),
    footer=st.booleans(),
)


def dressed(amounts: list[int], dress: Dress) -> list[list[Any]]:
    """The rows of the file."""
    rng = random.Random(dress.seed)  # noqa: S311 -- repeatable
    name = ["工业总产值", "本年-1—本月"]
    unit = f"({dress.unit})" if dress.unit_place == "header" else ""
    upper = ["序号", "统一社会信用代码", "报告期", name[0] + unit, "备注", "计量单位"]
    lower = ["", "", "", name[1], "", ""]
    header = [upper, lower] if dress.two_rows else [[*upper[:3], f"{name[0]};{name[1]}{unit}", *upper[4:]]]
    body: list[list[Any]] = []
    for number, (code, amount) in enumerate(zip((A, B, C), amounts, strict=True)):
        by_row = dress.unit if dress.unit_place == "row" else ""
        body.append([number + 1, code, dress.month, written(amount * FACTORS[dress.unit], dress), "", by_row])
    rng.shuffle(body)
    if dress.total:
        body.append(["合计", "", "", written(sum(amounts) * FACTORS[dress.unit], dress), "", ""])
    if dress.footer:
        body += [["单位负责人：甲  填表人：乙", *[""] * 5], ["注：数据为初步数。", *[""] * 5]]
    order = [0, *rng.sample(range(1, 6), 5)]
    if dress.two_rows:
        order = list(range(6))
    above: list[list[Any]] = [[f"第{n}行标题", *[""] * 5] for n in range(dress.titles)]
    if dress.unit_place == "cell":
        above.append([*[""] * 5, f"计量单位：{dress.unit}"])
    return above + [[row[j] for j in order] for row in header + body]


def written(amount: float, dress: Dress) -> Any:
    value = round(amount, 7)
    if not dress.thousands and not dress.wide:
        return value
    whole = f"{value:,.7f}" if dress.thousands else f"{value:.7f}"
    text = whole.rstrip("0").rstrip(".")
    return text.translate(str.maketrans("0123456789", "０１２３４５６７８９")) if dress.wide else text


def write(folder: Path, rows: list[list[Any]], dress: Dress) -> None:
    first = next(i for i, row in enumerate(rows) if "序号" in row)
    merges = [(first, j, first + 1, j) for j in (0, 1, 2, 4, 5)] if dress.two_rows else []
    sheet, path = Sheet(rows, merges=merges), folder / "T.dat"
    texts = {"csv": "utf-8", "gb18030": "gb18030", "bom": "utf-8-sig", "utf16": "utf-16"}
    if dress.kind in texts:
        write_text(path, rows, encoding=texts[dress.kind])
    elif dress.kind == "tabs":
        write_text(path, rows, delimiter="\t", newline="\n")
    elif dress.kind == "xlsx":
        write_xlsx(path, sheet, Sheet([], "Sheet2"))
    elif dress.kind in {"xls", "encrypted"}:
        write_xls(path, sheet, encrypted=MD5 if dress.kind == "encrypted" else None)
    elif dress.kind == "html":
        write_html(path, sheet)
    else:
        write_xml(path, sheet)


@settings(max_examples=200, deadline=None)
@given(amounts=st.lists(st.integers(-(10**9), 10**9), min_size=3, max_size=3), dress=DRESSES)
def test_nothing_of_this_changes_a_figure(amounts: list[int], dress: Dress) -> None:
    folder = Path(tempfile.mkdtemp())
    write(folder, dressed(amounts, dress), dress)
    stream = stream_of(folder)
    (chunk,) = stream.chunks()
    read = dict(zip(chunk.frame["uscc"], chunk.frame["output"], strict=True))
    assert read == dict(zip((A, B, C), amounts, strict=True))
    assert chunk.frame["period"].nunique() == 1
    assert stream.findings == []
    (trail,) = stream.provenance
    assert trail.rows_read - trail.rows_used == dress.total + 2 * dress.footer
    shutil.rmtree(folder)
