"""Quotes beside the text of the plan, and sentences beside the quotes."""

from __future__ import annotations

from pathlib import Path

import pytest

from xicen_kpi.plan.load import LoadedPlan, load_plan
from xicen_kpi.plan.quotes import compare, sentences
from xicen_kpi.plan.wording import plain

PLANS = Path(__file__).parent.parent / "plans"
ROOT = PLANS.parent.parent
TEXT = (PLANS / "xicen.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def xicen() -> LoadedPlan:
    return load_plan(ROOT / "targets.yaml")


@pytest.fixture(scope="module")
def minimal() -> LoadedPlan:
    return load_plan(PLANS / "valid" / "minimal.yaml")


MINIMAL_TEXT = """示例区人民政府文件

各街道办事处：现印发给你们，请认真执行。

一、目标

到2026年，工业总产值达170亿元，软件业营收占比达到五成即百分
之五十。壮大两个产业。

- 1 -

二、任务

(一)设施

1.服务优化。上线十项服务；建设实验室、测试场等设施。

三、保障

每年安排专项资金。

抄送：区委各部门。
"""


def test_every_quote_of_the_plan_is_in_its_text(xicen: LoadedPlan) -> None:
    report = compare(xicen, TEXT)
    assert report.missing == ()
    assert report.quotes == len(xicen.plan.indicators) + len(xicen.plan.commitments)


def test_every_sentence_of_the_plan_is_covered(xicen: LoadedPlan) -> None:
    report = compare(xicen, TEXT)
    assert report.sentences == 71
    assert report.uncovered == ()
    assert "围绕园区主导特色产业" in report.loose


def test_a_commitment_left_out_shows(xicen: LoadedPlan) -> None:
    short = xicen.plan.model_copy(
        update={
            "commitments": {name: one for name, one in xicen.plan.commitments.items() if name not in ("T12.5", "G2.0")}
        }
    )
    without = LoadedPlan(short, xicen.path, xicen.sha256, (), xicen.tree)
    assert compare(without, TEXT).uncovered == (
        "跨区域协同创新进一步深化。",
        "积极吸引国家技术转移东部中心、长三角国家技术创新中心等平台在园区设立分支机构。",
    )


def test_a_clause_left_out_of_a_covered_sentence_shows_too(xicen: LoadedPlan) -> None:
    short = xicen.plan.model_copy(
        update={"commitments": {name: one for name, one in xicen.plan.commitments.items() if name != "T11.7"}}
    )
    loose = compare(LoadedPlan(short, xicen.path, xicen.sha256, (), xicen.tree), TEXT).loose
    assert "建立健全生活配套基础公共设施" in loose


def test_headings_addressees_pages_and_copies_are_no_sentences() -> None:
    assert sentences(MINIMAL_TEXT) == [
        "到2026年,工业总产值达170亿元,软件业营收占比达到五成即百分之五十。",
        "壮大两个产业。",
        "上线十项服务;",
        "建设实验室、测试场等设施。",
        "每年安排专项资金。",
    ]


def test_a_broken_line_and_a_page_number_do_not_break_a_quote(minimal: LoadedPlan) -> None:
    report = compare(minimal, MINIMAL_TEXT)
    assert (report.missing, report.uncovered) == ((), ())


def test_a_quote_that_is_not_there_is_shown_with_its_line_and_the_nearest_sentence(minimal: LoadedPlan) -> None:
    (found,) = compare(minimal, MINIMAL_TEXT.replace("每年安排专项资金", "每年安排专项经费")).missing
    assert found.slug == "quote-not-in-plan"
    assert found.parameters["id"] == "A2.3"
    assert found.parameters["nearest"] == "每年安排专项经费。"
    lines = (PLANS / "valid" / "minimal.yaml").read_text(encoding="utf-8").splitlines()
    assert "每年安排专项资金" in lines[(found.where.line or 0) - 1]


def test_findings_name_what_is_missing_and_what_is_not_covered(minimal: LoadedPlan) -> None:
    text = MINIMAL_TEXT.replace("壮大两个产业。", "壮大两个产业。引进重点实验室一家。")
    assert [one.slug for one in compare(minimal, text).findings] == ["sentence-uncovered"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“双随机”监管", '"双随机" 监管'),
        ("摸底挖掘—入库", "摸底挖掘－入库"),
        ("达 50％，并", "达50%,并"),
        ("５Ｇ/6G", "5G/6G"),
    ],
)
def test_copies_of_one_sentence_are_the_same(one: str, other: str) -> None:
    assert plain(one) == plain(other)


def test_a_text_that_ends_without_a_stop_keeps_its_last_words() -> None:
    assert sentences("一、目标\n\n壮大产业") == ["壮大产业"]
