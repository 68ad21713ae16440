"""When two spellings of a header are the same, and what a header carries besides its name."""

from __future__ import annotations

import pytest

from xicen_kpi.read.headers import normal_name, read_header


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("工业总产值;本年-1—本月", "工业总产值；本年－1－本月"),
        ("工业总产值;本年-1—本月", "工业总产值 ; 本年—1-本月"),
        ("工业总产值;本年;1—本月", "工业总产值;本年-1—本月"),
        ("工业总产值;上年同期;1—本月", "工业总产值;上年-1—本月"),
        ("资产减值损失（损失以—号记）", "资产减值损失损失以号记"),
        ("投资收益（损失以－号记）", "投资收益(损失以—号记)"),
        ("统一社会\n信用代码", "统一社会信用代码"),
        ("QC02", "qc02"),
        ("其中：本年折旧", "其中:本年折旧"),
    ],
)
def test_no_difference(one: str, other: str) -> None:
    assert normal_name(one) == normal_name(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("工业总产值;本年-1—本月", "工业总产值;本年-本月"),
        ("工业总产值;本年-本月", "工业总产值;上年-本月"),
        ("1-本月;工业总产值", "本月;工业总产值"),
        ("营业收入", "营业成本"),
    ],
)
def test_a_difference(one: str, other: str) -> None:
    assert not set(read_header(one).names) & set(read_header(other).names)


@pytest.mark.parametrize(
    ("header", "name", "unit"),
    [
        ("商品销售额;本年-1—本月;千元", "商品销售额本年1本月", "千元"),
        ("1-本月;工业总产值;万元", "1本月工业总产值", "万元"),
        ("营业收入(千元)", "营业收入", "千元"),
        ("营业收入（万元）;1—本月", "营业收入1本月", "万元"),
        ("营业收入/千元", "营业收入", "千元"),
        ("增速（%）", "增速", "%"),
        ("产量(吨标准煤)", "产量", "吨标准煤"),
        ("金额(亿)", "金额", "亿"),
        ("营业收入(301);本年-1—本月", "营业收入本年1本月", None),
        ("行业代码(GB/T4754-2017)", "行业代码", None),
        ("[201-1] 行业代码(GB/T4754-2017)", "行业代码", None),
        ("一、工业总产值(当年价格)(01);本年;1—本月;千元", "工业总产值本年1本月", "千元"),
        ("其中：出口交货值", "出口交货值", None),
        ("研究开发费用合计;本年", "研究开发费用合计", None),
        ("固定资产投资(不含农户)", "固定资产投资不含农户", None),
    ],
)
def test_what_a_header_says(header: str, name: str, unit: str | None) -> None:
    found = read_header(header)
    assert name in found.names
    assert found.unit == unit
