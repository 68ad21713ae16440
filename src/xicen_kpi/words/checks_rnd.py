"""Words of the rules about the research survey (107-2) and its projects (107-1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xicen_kpi.errors import Severity
from xicen_kpi.words.definition import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

_ERROR, _WARNING, _NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE

MESSAGES: Mapping[str, Message] = {
    "funding-not-total": Message(
        _ERROR,
        "研究开发费用合计 {total:,.10g}，各资金来源之和 {parts:,.10g} {unit}（{names}）",
        "R&D is {total:,.10g} in all, its sources of funds add up to {parts:,.10g} {unit} ({names})",
        "核对各资金来源：合计应等于来自企业自筹、政府部门、银行贷款、风险投资、其他渠道之和",
        "check every source: own funds, government, bank loans, venture capital and others make the total",
    ),
    "rnd-staff-and-pay": Message(
        _WARNING,
        "研究开发人员 {staff:,.10g} 人，人员人工费用 {labour:,.10g} {unit}，应同时大于0或同时为0",
        "{staff:,.10g} researchers and labour costs of {labour:,.10g} {unit}: both should be zero or neither",
        "补报缺的一项",
        "fill in what is missing",
    ),
    "rnd-survey-differs": Message(
        _WARNING,
        "{column} {value:,.10g} {unit}，而{form:zh}的{other_column}为 {other:,.10g} {unit}，比值超出 0.5–2",
        "{column} is {value:,.10g} {unit} and {other_column} in {form:en} {other:,.10g} {unit}: more than twice apart",
        "两表口径不同但应接近：核对委托外部、资本化支出和单位",
        "the definitions differ but not by that much: check outsourced and capitalised spending, and the units",
    ),
    "equipment-without-institution": Message(
        _WARNING,
        "期末仪器和设备原价 {equipment:,.10g} {unit}，期末机构数却为空或为 0",
        "equipment of research institutions worth {equipment:,.10g} {unit}, and no institution",
        "补报机构数；设备不属于研发机构的请从该项剔除",
        "report the institution, or take the equipment out of this item if it belongs to none",
    ),
    "rnd-without-results": Message(
        _NOTE,
        "研究开发费用 {spent:,.10g} {unit}，专利申请数和科技论文都为 0",
        "R&D of {spent:,.10g} {unit}, and neither a patent applied for nor a paper",
        "核对是否漏报专利和论文；确无成果的请注明",
        "check whether patents and papers are missing; note it if there are none",
    ),
    "project-dates": Message(
        _ERROR,
        "项目起止日期 {start} 至 {end} 与 {year} 年报不符",
        "a project from {start} to {end} does not belong to the survey of {year}",
        "完成日期不得早于起始日期，项目当年应在进行：核对起止日期和报表年份",
        "the end is not before the start, and the project ran in that year: check both dates and the year",
    ),
    "project-stage": Message(
        _ERROR,
        "项目在 {year} 年内起止，不是跨年项目，进展阶段“{stage}”应为空",
        "the project began and ended in {year}: its stage “{stage}” should be empty, as it is for longer projects",
        "删去进展阶段，或改正起止日期",
        "remove the stage, or correct the dates",
    ),
    "effort-exceeds-staff": Message(
        _ERROR,
        "各项目实际工作时间合计 {effort:,.10g} 人月，多于研究开发人员 {staff:,.10g} 人全年的 {most:,.10g} 人月",
        "the projects took {effort:,.10g} person-months, more than the {most:,.10g} of {staff:,.10g} researchers",
        "核对107-1的人月（不是人天、人时）和107-2的研究开发人员",
        "check the person-months of 107-1 (not days or hours) and the staff of 107-2",
    ),
    "rnd-pay-unusual": Message(
        _WARNING,
        "人员人工费用 {labour:,.10g} {unit}，项目工作时间 {effort:,.10g} 人月，合每人月 {pay:,.0f} 元，"
        "通常在 2,200–50,000 元",
        "labour costs of {labour:,.10g} {unit} for {effort:,.10g} person-months make {pay:,.0f} 元 a month; "
        "2,200 to 50,000 is usual",
        "核对人员人工费用的计量单位（千元）和人月数；属实请注明",
        "check the unit of the labour costs (千元) and the person-months; note it if it is right",
    ),
    "projects-exceed-survey": Message(
        _WARNING,
        "各项目经费支出合计 {spent:,.10g} {unit}，大于研究开发费用合计 {total:,.10g} {unit}",
        "the projects spent {spent:,.10g} {unit}, more than the total R&D of {total:,.10g} {unit}",
        "核对107-1各项目经费和107-2的合计：项目经费应包含在合计之内",
        "check the projects of 107-1 and the total of 107-2, which holds them",
    ),
    "rnd-without-projects": Message(
        _WARNING,
        "研究开发费用 {total:,.10g} {unit}，107-1 中却没有该单位的项目",
        "R&D of {total:,.10g} {unit}, and no project of the enterprise in 107-1",
        "补报项目，或核对107-1是否漏导该单位",
        "report the projects, or check whether the export of 107-1 leaves the enterprise out",
    ),
    "projects-without-survey": Message(
        _WARNING,
        "107-1 中有该单位的项目，107-2 中却没有该单位，其研究开发费用未计入",
        "107-1 has projects of the enterprise, 107-2 has not got it: its R&D does not count",
        "补导该单位的107-2",
        "export its 107-2 as well",
    ),
}
