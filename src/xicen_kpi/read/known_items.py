"""What the statistical forms call their columns: names, codes and units, so that a file can be proposed as a source.

Codes and names are those of the forms B203, B204-1, E204, F203, 107-1, 107-2, 101-1 and GQ-002.
"""

from __future__ import annotations

import difflib
from functools import cache
from typing import NamedTuple

from xicen_kpi.plan.source import CellType
from xicen_kpi.read.headers import normal_name, read_header

_IDENTITY = """
uscc|uscc|统一社会信用代码 组织机构代码 统一信用代码 社会信用代码 sid
name|text|单位详细名称 企业详细名称 单位名称 企业名称 公司名称 机构名称 name
name|text|平台名称 服务名称
id|code|编号 承诺编号
item|text|事项
responsible|text|责任单位
lead|text|牵头单位
host|text|依托单位
chain|text|所属产业链
paper|text|批准文件
evidence|text|佐证材料
moved_within_district|text|是否区内迁入
monitored|text|是否为重点监测企业
period|month|报告期 数据期 报表期 所属期 统计期 年月 月份 年份 报告年度
industry|industry|行业代码(GB/T4754-2017) 行业代码 行业类别代码 国民经济行业代码 行业小类
industry_division|code|行业大类
town|text|所在镇 乡镇 街镇 镇街 所属镇
division|code|区划代码 行政区划代码 单位所在地区划代码
registered_division|code|单位注册地区划代码
category|text|报表类别
size|text|单位规模 企业规模
state|text|运营状态 状态 营业状态
registration|text|登记注册类型 登记注册统计类别
control|text|企业控股情况
institution|code|机构类型
as_legal_person|text|是否视同法人单位
main_cluster|text|主要集群
tags|tags|产业标签 所属产业
titles|tags|企业称号
field|text|qb16v 技术领域
opened|date|开业时间 成立时间 成立日期 注册日期
joined|date|入园日期 入园时间
left|date|离园日期 离园时间 退园日期
kind|text|类别 类型
founded|date|设立日期 设立时间
recognised|date|认定日期
launched|date|上线日期
registered|date|登记日期
due|date|计划完成日期
finished|date|完成日期
inside|text|是否在园区
project|text|项目名称
project_source|text|项目来源
project_start|code|项目起始日期(YYYYMM) 项目起始日期
project_end|code|项目完成日期(YYYYMM) 项目完成日期
project_stage|code|跨年项目当年所处主要进展阶段
note|text|备注 说明
"""

_AMOUNTS = """
gross_output|千元|flow|工业总产值 工业总产值(当年价格) qc02
sales|千元|flow|商品销售额
industrial_sales|千元|flow|工业销售产值 工业销售产值(当年价格)
exports|千元|flow|出口交货值
electricity|万千瓦时|flow|企业用电量
revenue|千元|flow|营业收入 qc05_0
main_revenue|千元|flow|主营业务收入 qc55
technical_income|千元|flow|技术收入 qc06
technology_transfer_income|千元|flow|技术转让收入 qc06_1
technology_contract_income|千元|flow|技术承包收入 qc06_2
consulting_income|千元|flow|技术咨询与服务收入 qc06_3
commissioned_research_income|千元|flow|接受委托研究开发收入 qc06_4
product_income|千元|flow|产品销售收入 qc07
high_tech_product_income|千元|flow|高新技术产品 qc09
goods_income|千元|flow|商品销售收入 qc10
other_revenue|千元|flow|其他营业收入 qc49
trade_total|千元|flow|进出口总额 qc52
exports_total|千元|flow|出口总额 qc11
operating_cost|千元|flow|营业成本 qc220
taxes|千元|flow|税金及附加 qc221
selling_cost|千元|flow|销售费用 qc222
management_cost|千元|flow|管理费用 qc223
rnd_expense|千元|flow|研发费用 qc236
finance_cost|千元|flow|财务费用 qc224
asset_impairment|千元|flow|资产减值损失 qc228
credit_impairment|千元|flow|信用减值损失 qc235
other_gains|千元|flow|其他收益 qc232
investment_income|千元|flow|投资收益 qc225
hedging_gains|千元|flow|净敞口套期收益 qc239
fair_value_gains|千元|flow|公允价值变动收益 qc229
disposal_gains|千元|flow|资产处置收益 qc233
operating_profit|千元|flow|营业利润 qc120
non_operating_income|千元|flow|营业外收入 qc227
non_operating_expense|千元|flow|营业外支出 qc230
total_profit|千元|flow|利润总额 qc234
net_profit|千元|flow|净利润 qc12
income_tax|千元|flow|所得税费用 qc231
taxes_paid|千元|flow|实际上缴税费总额 qc13
vat_payable|千元|flow|应交增值税 qc62
wages|千元|flow|应付职工薪酬 应付职工薪酬(本年贷方累计发生额) 本年应付职工薪酬 qc51
depreciation|千元|flow|本年折旧 qc61
current_assets|千元|level|流动资产合计 qc25
receivables|千元|level|应收账款
inventory|千元|level|存货
finished_goods|千元|level|产成品
assets|千元|level|资产总计 qc24
liabilities|千元|level|负债合计 年末负债合计 qc31
equity|千元|level|所有者权益合计 年末所有者权益 qc33
development_cost|千元|level|开发支出 qc238
staff|人|level|从业人员期末人数 从业人员 期末从业人员 qd01
rnd_staff|人|level|研究开发人员合计
rnd_staff_female|人|level|女性
rnd_staff_full_time|人|level|全职人员
rnd_expenditure|千元|flow|研究开发费用合计
rnd_labour|千元|flow|人员人工费用
rnd_direct|千元|flow|直接投入费用
rnd_depreciation|千元|flow|折旧费用与长期待摊费用
rnd_amortisation|千元|flow|无形资产摊销费用
rnd_design|千元|flow|设计费用
rnd_commissioning|千元|flow|装备调试费用与试验费用
rnd_outsourced|千元|flow|委托外部研究开发费用
rnd_other|千元|flow|其他费用
rnd_fixed_assets|千元|flow|当年形成用于研究开发的固定资产
institutions|个|level|期末机构数
institution_staff|人|level|机构研究开发人员
institution_cost|千元|flow|机构研究开发费用
instruments|千元|level|期末仪器和设备原价
patent_applications|件|flow|当年专利申请数
patents|件|level|期末有效发明专利数
new_product_sales|千元|flow|新产品销售收入
standards|项|flow|形成国家或行业标准
papers|篇|flow|发表科技论文
project_staff|人|level|项目研究开发人员(人) 项目研究开发人员
project_effort|人月|flow|项目人员实际工作时间(人月) 项目人员实际工作时间
project_cost|千元|flow|项目经费支出(千元) 项目经费支出
project_public_funds|千元|flow|政府资金
done|项|flow|完成数
total|项|flow|总数
"""


class KnownItem(NamedTuple):
    """A column that forms are known to have.

    Attributes:
        name: What a plan may call it.
        type: What its cells are.
        unit: Unit of the form, for amounts.
        is_level: Whether an amount is a state and not a flow.
        labels: Names and codes in the forms, the usual one first.
    """

    name: str
    type: CellType
    unit: str | None
    is_level: bool
    labels: tuple[str, ...]


@cache
def items_by_label() -> dict[str, KnownItem]:
    """Normal label to item."""
    items = [_identity(line.split("|")) for line in _IDENTITY.strip().splitlines()]
    items += [_amount(line.split("|")) for line in _AMOUNTS.strip().splitlines()]
    return {normal_name(label): item for item in items for label in item.labels}


def find_item(label: str) -> KnownItem | None:
    """The item of a label without its period."""
    known = items_by_label()
    return next((known[name] for name in read_header(label).names if name in known), None)


def nearest_item(label: str) -> str | None:
    """The usual label of the item that is spelt most like this one; None if none is near."""
    known = items_by_label()
    near = difflib.get_close_matches(normal_name(label), known, n=1, cutoff=0.7)
    return known[near[0]].labels[0] if near else None


def _identity(parts: list[str]) -> KnownItem:
    return KnownItem(parts[0], CellType(parts[1]), None, is_level=False, labels=tuple(parts[2].split()))


def _amount(parts: list[str]) -> KnownItem:
    return KnownItem(parts[0], CellType.NUMBER, parts[1], parts[2] == "level", tuple(parts[3].split()))
