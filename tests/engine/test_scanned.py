"""Files that an engine reads itself: figures, trail and findings are those of the reader, or it declines."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from small_plans import FIRMS, OUTPUT, plan_of, source
from tables import CODES, write_drop

from xicen_kpi.engine.amounts import Book
from xicen_kpi.engine.detail import ALL
from xicen_kpi.engine.fold import Fold
from xicen_kpi.engine.question import Ask, Question, Rows
from xicen_kpi.engine.run import Answers, answer
from xicen_kpi.plan.measure import Where
from xicen_kpi.plan.period import Month
from xicen_kpi.read.drop import open_drop

if TYPE_CHECKING:
    from pathlib import Path

    from xicen_kpi.engine.backend import Backend
    from xicen_kpi.engine.run import Kernel

handed = pytest.importorskip("xicen_kpi.engine.handed", reason="needs the extra `polars`, `duckdb` or `spark`")

FORM = source(
    OUTPUT,
    link="firms",
    columns={
        "staff": {"header": "人数", "type": "number", "unit": "人"},
        "nature": {"header": "单位类型", "optional": True},
    },
)
PLAN = plan_of(sources={"firms": FIRMS, "output": FORM})


def where(**conditions: object) -> Rows:
    return Rows.of(Where.model_validate(conditions))


QUESTIONS = (
    Question("output", Ask.SUM, "output", where(in_park=True), ("uscc",)),
    Question("output", Ask.SUM, "output", where(staff={"at_least": 300}), ("uscc",)),
    Question("output", Ask.COUNT, None, where(nature="法人单位")),
    Question("output", Ask.DISTINCT, "uscc", where(kind="工业")),
)
LIST = """
    代码 | 类别 | 行业 | 标签 | 入园       | 离园
    A    | 工业 | 3973 |      | 2020-01-01 | 2026-02-28
    B    | 工业 | 3973 |      | 2026-03-15 |
"""
HEADER = "代码,报告期,累计产值（万元）,上年累计产值,人数,单位类型"
PLAIN = [
    f"{CODES['A']},2026-02,100,1,300,法人单位",
    f"{CODES['A']},2026-03,200.5,1,299,法人单位",
    f"{CODES['B']},2026-02,-7,,310,视同法人单位",
    f'{CODES["B"]},2026-03,-,1,"310",视同法人单位',
    f"{CODES['C']},2026-03,1e3,1,,",
]


@pytest.fixture(autouse=True)
def _every_file_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xicen_kpi.read.files.LARGE", 0)


def drop_of(folder: Path, *forms: list[str], header: str = HEADER) -> Path:
    drop = write_drop(folder / "drop", {"名录.xlsx": LIST})
    for number, lines in enumerate(forms):
        (drop / f"产值_{number}.csv").write_text("\n".join([header, *lines, ""]), encoding="utf-8")
    return drop


def answered(folder: Path, kernel: Kernel) -> Answers:
    return answer(PLAN, open_drop(folder, PLAN.sources), QUESTIONS, kernel=kernel)


def told(found: Answers) -> dict[object, object]:
    return {
        (question, month, key): (tally.rows, tally.missing, pytest.approx(tally.value))
        for question, one in found.breakdowns.items()
        for month in one.months()
        for key, tally in {**one.within(month), None: one.total(month)}.items()
    }


def assert_same(folder: Path, backend: Backend, *, reads_itself: bool | None) -> Answers:
    expected, found = answered(folder, Fold), answered(folder, partial(handed.Handed, backend=backend))
    assert told(found) == told(expected)
    assert found.held == expected.held
    notes = [one for one in found.findings if one.slug == "engine-read-here"]
    assert [one for one in found.findings if one not in notes] == list(expected.findings)
    assert reads_itself is None or (notes == []) == reads_itself
    return found


def test_a_plain_file_is_read_by_the_engine_itself(
    tmp_path: Path, backend: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    spared = PLAIN[:3] + PLAIN[4:] if type(backend).__name__ == "Spark" else PLAIN  # Spark knows one mark of absence
    folder = drop_of(tmp_path, spared)
    found = assert_same(folder, backend, reads_itself=True)
    assert found.breakdowns[QUESTIONS[0]].at(Month(2026, 2).ordinal, CODES["A"]).value == 0.01  # 万元 in 亿元
    monkeypatch.setattr("xicen_kpi.engine.handed.direct_files", lambda *_: pytest.fail("not even asked"))
    with pytest.raises(pytest.fail.Exception):
        answered(folder, partial(handed.Handed, backend=backend))


def test_parquet_is_read_by_the_engine_itself(tmp_path: Path, backend: Backend) -> None:
    folder = drop_of(tmp_path)
    columns = {
        "代码": [CODES["A"], CODES["B"], CODES["C"]],
        "报告期": [202602, 202603, 202603],
        "累计产值": [1.5, None, 2.0],
        "人数": [300, 299, 301],
        "单位类型": ["法人单位", None, "法人单位"],
    }
    pd.DataFrame(columns).to_parquet(folder / "产值.parquet")
    assert_same(folder, backend, reads_itself=True)


def test_several_files_are_one_source(tmp_path: Path, backend: Backend) -> None:
    folder = drop_of(tmp_path, PLAIN[:2], [PLAIN[2].rpartition(",")[0]])
    (folder / "产值_1.csv").write_text(
        f"{HEADER.rpartition(',')[0]}\n{PLAIN[2].rpartition(',')[0]}\n", encoding="utf-8"
    )
    found = assert_same(folder, backend, reads_itself=True)
    assert found.held["output"].absent["nature"] == {Month(2026, 2).ordinal}


ODD = {
    "a total": "合计,,300,1,1,",
    "a word among numbers": f"{CODES['C']},2026-02,不详,1,1,",
    "a thousands separator": f'{CODES["C"]},2026-02,"1,234",1,1,',
    "an underscore that Python, too, would pass over": f"{CODES['C']},2026-02,1_000,1,1,",
    "inf": f"{CODES['C']},2026-02,inf,1,1,",
    "nan": f"{CODES['C']},2026-02,nan,1,1,",
    "a code in small letters": f"{CODES['F'].lower()},2026-02,5,1,1,",
    "a code that is none": "12345,2026-02,5,1,1,",
    "no code": ",2026-02,5,1,1,",
    "a key that is there twice": f"{CODES['A']},2026-02,999,1,300,法人单位",
    "a month written in another way": f"{CODES['C']},2026年2月,5,1,1,",
    "no month": f"{CODES['C']},,5,1,1,",
    "a text with a blank": f"{CODES['C']},2026-02,5,1,1,法人单位 ",
    "a text in full width": f"{CODES['C']},2026-02,5,1,1,ＡＢ",
    "an empty line": "",
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD.keys())
def test_what_an_engine_cannot_vouch_for_is_read_by_the_reader(tmp_path: Path, local: Backend, odd: str) -> None:
    # The head of a text is looked at before; what is odd stands far behind it.
    many = [f"{9_131_011_800_000_000_00 + n:018d},2026-02,{n},1,{n % 400},法人单位" for n in range(2_000)]
    assert_same(drop_of(tmp_path, [*PLAIN[:3], *many, odd, PLAIN[4]]), local, reads_itself=False)


def test_what_is_too_much_in_a_record_is_no_figure(tmp_path: Path, local: Backend) -> None:
    odd = f"{CODES['C']},2026-02,5,1,1,甲,乙"  # some engines decline, some cut it off as the reader does
    assert_same(drop_of(tmp_path, [*PLAIN[:3], *PLAIN[4:], odd]), local, reads_itself=None)


def test_a_key_in_two_files_counts_once(tmp_path: Path, backend: Backend) -> None:
    found = assert_same(drop_of(tmp_path, PLAIN[:3], PLAIN[:1]), backend, reads_itself=False)
    assert sum(sum(one.values()) for one in found.held["output"].superseded.values()) == 1


def test_a_title_is_left_to_the_reader_at_once(tmp_path: Path, local: Backend) -> None:
    assert_same(drop_of(tmp_path, [HEADER, *PLAIN], header="工业产值月报"), local, reads_itself=True)


def test_what_is_no_amount_and_no_enterprise_is_left_to_the_reader_at_once(tmp_path: Path, local: Backend) -> None:
    asked = (*QUESTIONS, Question("output", Ask.DISTINCT, "nature"))
    stream = open_drop(drop_of(tmp_path, PLAIN), PLAN.sources).stream("output")
    state = handed.Handed("output", PLAN.sources["output"], asked, backend=local)
    state.read(stream)
    found = {one: answer.total(Month(2026, 3).ordinal).value for one, answer in state.finish().items()}
    assert found[asked[-1]] == 2.0
    assert stream.findings == []


def test_more_conditions_than_a_mark_has_room_for_are_left_to_the_reader(tmp_path: Path, local: Backend) -> None:
    many = tuple(Question("output", Ask.COUNT, None, where(staff={"at_least": n})) for n in range(290, 350))
    assert not handed.Lazy(
        local, handed.Scanned(PLAN.sources["output"], (), frozenset()), many, None, Book(), ALL
    ).marks.fit(1)
    stream = open_drop(drop_of(tmp_path, PLAIN), PLAN.sources).stream("output")
    state = handed.Handed("output", PLAN.sources["output"], many, backend=local)
    state.read(stream)
    values = [state.finish()[one].total(Month(2026, 2).ordinal).value for one in many]
    assert values == [2.0] * 11 + [1.0] * 10 + [None] * 39
