"""What the columns of a form mean, by the forms' own names and codes: where a rule needs more than the plan declares.

A plan names its columns as it likes. Their headers are the forms' (营业收入(301), qc05_0, 工业总产值;本年-1—本月), so
an item is known by its header whatever the plan file, and a form that the rules have never seen is not checked by them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from xicen_kpi.plan.source import CellType, Counts, Frequency
from xicen_kpi.read.headers import half_width, normal_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xicen_kpi.plan.source import Column, Source

ITEMS: Mapping[str, tuple[str, ...]] = {
    # B204-1
    "output": ("工业总产值", "工业总产值当年价格", "qc02"),
    "sales_output": ("工业销售产值", "工业销售产值当年价格"),
    "exports": ("出口交货值", "其中:出口交货值"),
    "electricity": ("企业用电量", "用电量"),
    # B203, F203, B103, F103, GQ-002
    "revenue": ("营业收入", "301", "qc05_0"),
    "cost": ("营业成本", "307"),
    "taxes": ("税金及附加", "营业税金及附加", "309"),
    "selling": ("销售费用", "312"),
    "administration": ("管理费用", "313"),
    "rnd": ("研发费用", "331", "qc236"),
    "finance": ("财务费用", "317"),
    "asset_loss": ("资产减值损失", "320"),
    "credit_loss": ("信用减值损失", "333"),
    "other_income": ("其他收益", "330"),
    "investment_income": ("投资收益", "322"),
    "hedging": ("净敞口套期收益", "334"),
    "fair_value": ("公允价值变动收益", "321"),
    "disposal": ("资产处置收益", "335"),
    "operating_profit": ("营业利润", "323"),
    "total_profit": ("利润总额", "327"),
    # E204
    "goods_sales": ("商品销售额",),
    # 107-2
    "rnd_staff": ("研究开发人员合计",),
    "rnd_staff_management": ("其中:管理和服务人员", "管理和服务人员"),
    "rnd_staff_women": ("其中:女性", "研究开发人员女性"),
    "rnd_staff_full_time": ("其中:全职人员", "全职人员"),
    "rnd_staff_graduates": ("其中:本科毕业及以上人员", "本科毕业及以上人员"),
    "rnd_staff_outside": ("其中:外聘人员", "外聘人员"),
    "rnd_total": ("研究开发费用合计",),
    "rnd_labour": ("人员人工费用", "1.人员人工费用"),
    "rnd_direct": ("直接投入费用", "2.直接投入费用"),
    "rnd_depreciation": ("折旧费用与长期待摊费用", "3.折旧费用与长期待摊费用"),
    "rnd_amortisation": ("无形资产摊销费用", "4.无形资产摊销费用"),
    "rnd_design": ("设计费用", "5.设计费用"),
    "rnd_commissioning": ("装备调试费用与试验费用", "6.装备调试费用与试验费用"),
    "rnd_outsourced": ("委托外部研究开发费用", "7.委托外部研究开发费用"),
    "rnd_outsourced_institutes": ("委托境内研究机构", "①委托境内研究机构"),
    "rnd_outsourced_universities": ("委托境内高等学校", "②委托境内高等学校"),
    "rnd_outsourced_enterprises": ("委托境内企业", "③委托境内企业"),
    "rnd_outsourced_abroad": ("委托境外机构", "④委托境外机构"),
    "rnd_other": ("其他费用", "8.其他费用"),
    "rnd_assets": ("当年形成用于研究开发的固定资产",),
    "rnd_equipment": ("其中:仪器和设备", "仪器和设备"),
    "rnd_from_own": ("来自企业自筹", "企业自筹"),
    "rnd_from_government": ("来自政府部门", "政府部门"),
    "rnd_from_banks": ("来自银行贷款", "银行贷款"),
    "rnd_from_venture": ("来自风险投资", "风险投资"),
    "rnd_from_others": ("来自其他渠道", "其他渠道"),
    "institutions": ("期末机构数",),
    "institution_staff": ("机构研究开发人员",),
    "institution_doctors": ("其中:博士毕业", "博士毕业"),
    "institution_masters": ("其中:硕士毕业", "硕士毕业"),
    "institution_cost": ("机构研究开发费用",),
    "institution_equipment": ("期末仪器和设备原价",),
    "patents": ("当年专利申请数",),
    "patents_invention": ("其中:发明专利", "发明专利"),
    "patents_held": ("期末有效发明专利数",),
    "patents_used": ("其中:已被实施", "已被实施"),
    "papers": ("发表科技论文",),
    "new_products": ("新产品销售收入",),
    "new_products_exported": ("其中:出口",),
    # 107-1
    "project_effort": ("项目人员实际工作时间", "项目人员实际工作时间(人月)"),
    "project_cost": ("项目经费支出", "项目经费支出(千元)"),
}
"""Names and codes of the forms' items; 107-1 and 107-2 are known by names alone, for their codes are short numbers."""

BALANCES = frozenset(
    {
        "finance",
        "asset_loss",
        "credit_loss",
        "other_income",
        "investment_income",
        "hedging",
        "fair_value",
        "disposal",
        "operating_profit",
        "total_profit",
    }
)
"""Items that may be negative, fall and change tenfold without anything being wrong."""

NAMES: Mapping[str, tuple[str, ...]] = {
    "name": ("单位详细名称", "企业详细名称", "企业名称", "单位名称", "name"),
    "frame": ("报表类别", "规模类别", "专业类别"),
    "legal_person": ("是否视同法人单位", "是否视同法人", "视同法人单位", "视同法人"),
    "parent": ("上一级法人代码", "上一级法人统一社会信用代码", "上级法人代码", "上级法人统一社会信用代码"),
    "project_start": ("项目起始日期", "项目起始日期(YYYYMM)"),
    "project_end": ("项目完成日期", "项目完成日期(YYYYMM)"),
    "project_stage": ("跨年项目当年所处主要进展阶段",),
}
"""Columns that hold no number, by what they say: the enterprise's name, the frame (规模以上工业, …) that it reports in,
whether it reports as if a legal person (视同法人) and of which parent, and the life of a research project (107-1)."""

_ITEM_OF = {normal_name(spelling): item for item, spellings in ITEMS.items() for spelling in spellings}
_TEXT_OF = {normal_name(spelling): text for text, spellings in NAMES.items() for spelling in spellings}
_TO_DATE = r"(?:1至?本月|本月止累计|累计|1至?\d{1,2}月)"
_LAST = r"(?:上年同期|去年同期|上年|去年)"
_COVERS = re.compile(rf"(?P<last>{_LAST})?(?:本年)?(?:(?P<to_date>{_TO_DATE})|(?P<period>本月|当月|本季|本期))?\Z")
_SUFFIX = re.compile(rf"(?:(?P<to_date>{_TO_DATE})|(?P<period>本月|当月))\Z")
_CODE = re.compile(r"\((\d{3})\)")
_CLASS = re.compile(r"(?:\A|[;(])((?:0[6-9]|[123]\d|4[0-6])\d{2})(?![\d年-])")


class Role(NamedTuple):
    """What a number column is.

    Attributes:
        item: Item of the form; the bare header where the item has no name here.
        to_date: From January to the period (an annual form's year included), not the period alone.
        last_year: 上年同期.
    """

    item: str
    to_date: bool = True
    last_year: bool = False


def roles(source: Source) -> dict[Role, str]:
    """Column by what it is; of two that are the same the first declared."""
    of_last_year = {str(column.last_year) for column in source.columns.values() if column.last_year}
    found: dict[Role, str] = {}
    for name, column in source.columns.items():
        if column.type is CellType.NUMBER:
            found.setdefault(_role(source, name, column, of_last_year), name)
    return found


def industrial_class(header: str) -> str | None:
    """The class (小类) of industry whose output a column of B204-1 holds: 集成电路制造(3973), 3973;工业总产值."""
    half = half_width(header)
    found = _CLASS.search(half)
    if found is None:
        return None
    words = [part for part in map(normal_name, _CLASS.sub(";", half).split(";")) if part and not _COVERS.match(part)]
    # 工业总产值(2025) is a year's output: what may be a year is a class only beside a class's name.
    may_be_year = found[1].startswith("20") and all(word in _ITEM_OF for word in words)
    return None if may_be_year else found[1]


def text_column(source: Source, kind: str) -> str | None:
    """The column that holds one of `NAMES`; None where the source has none."""
    for name, column in source.columns.items():
        if any(_TEXT_OF.get(normal_name(header)) == kind for header in column.header):
            return name
    return None


def _role(source: Source, name: str, column: Column, of_last_year: set[str]) -> Role:
    read = [_read(header) for header in column.header]
    item, last, to_date = next((one for one in read if one[0] in ITEMS), read[0])
    if column.counts is not None:
        # A year's flow covers the year from January: cumulative in the sense of a monthly form.
        to_date = column.counts is not Counts.PERIOD or source.frequency is Frequency.ANNUAL
    return Role(item, to_date, last or name in of_last_year)


def _read(header: str) -> tuple[str, bool, bool]:
    """Item, whether of last year, and whether cumulative, as far as a header says."""
    half = half_width(header)
    code = _CODE.search(half)
    words, last, to_date = [], False, False
    for part in map(normal_name, _CODE.sub("", half).split(";")):
        covers = _COVERS.match(part)
        if covers is None:
            words.append(part)
        else:
            last, to_date = last or bool(covers["last"]), to_date or bool(covers["to_date"])
    bare = words[0] if words else ""
    suffix = _SUFFIX.search(bare)
    if suffix is not None and suffix.start() > 0:
        bare, to_date = bare[: suffix.start()], to_date or bool(suffix["to_date"])
    by_code = _ITEM_OF.get(code[1]) if code else None
    return by_code or _ITEM_OF.get(bare, bare), last, to_date
