"""Titles of the rules: what each is about, in a few words without any value, fit for every reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xicen_kpi.words.labels import Lang

TITLES: Mapping[str, tuple[str, str]] = {
    "code-alphabet": ("代码含不允许的字符", "character not allowed in a code"),
    "code-check-character": ("代码校验位不符", "check character of a code is wrong"),
    "code-old": ("用的是旧代码", "old code in place of the new one"),
    "industry-code-2011": ("行业代码是2011版的", "industry code of the 2011 edition"),
    "industry-code-unknown": ("行业代码不存在", "no such industry code"),
    "industry-code-ambiguous": ("行业代码两版含义不同", "industry codes of two editions"),
    "month-exceeds-cumulative": ("本月大于累计", "month above its cumulative"),
    "first-month-differs": ("1—2月本月与累计不等", "first month differs from its cumulative"),
    "cumulative-not-sum": ("上月累计加本月不等于累计", "cumulative is not the last one plus the month"),
    "cumulative-falls": ("累计数比上月小", "cumulative falls"),
    "parts-not-total": ("分项之和不等于合计", "parts do not add up"),
    "part-exceeds-whole": ("其中项大于总项", "a part above its whole"),
    "exports-exceed-sales": ("出口交货值大于销售产值", "exports above sales"),
    "sales-output-ratio": ("产销率异常", "sales out of proportion to output"),
    "rnd-exceeds-costs": ("研发费用大于成本费用", "R&D above all costs"),
    "rnd-share-high": ("研发费用占营业收入过高", "R&D share too high"),
    "rnd-staff-and-pay": ("研发人员与人员人工费用不匹配", "researchers without pay, or pay without researchers"),
    "rnd-survey-differs": ("研发费用两张表相差过大", "R&D differs between the forms"),
    "profit-identity": ("营业利润算不平", "operating profit does not follow"),
    "unit-slip": ("疑似计量单位填错", "amount in the wrong unit"),
    "file-unit-slip": ("疑似整份文件计量单位填错", "whole file in the wrong unit"),
    "swing": ("同比大幅波动", "large swing on last year"),
    "last-year-differs": ("上年同期数与上年定案数不符", "last year's value differs from the final one"),
    "reporter-missing": ("未报单位", "missing reporter"),
    "reporter-new": ("新增单位缺上年同期数", "new reporter without last year's value"),
    "not-on-list": ("报表单位不在名录", "reporter not on the list"),
    "listed-not-reporting": ("名录单位没有报表", "listed enterprise without a form"),
    "two-frames": ("同一单位在两个专业报表中", "one unit in the forms of two trades"),
    "figures-apart": ("两张表的同一指标相差过大", "two forms give different figures"),
    "period-stale": ("数据不是最新一期", "data out of date"),
    "period-missing": ("缺一期数据", "a period is missing"),
    "period-in-future": ("报告期在未来", "period in the future"),
    "date-in-future": ("日期在未来", "date in the future"),
    "form-empty": ("空表", "empty form"),
    "row-empty": ("整行为空或为零", "row without any amount"),
    "total-row-differs": ("合计行与明细不符", "total row differs from its rows"),
    "golden-figure-differs": ("与核对值不符", "differs from the known value"),
    "golden-figure-missing": ("核对值无从核对", "known value cannot be checked"),
    "own-rule-error": ("自定义规则（强制）", "rule of your own (error)"),
    "own-rule-warning": ("自定义规则（核实）", "rule of your own (warning)"),
    "own-rule-note": ("自定义规则（提示）", "rule of your own (note)"),
    "own-rule-invalid": ("自定义规则写错了", "rule of your own is not valid"),
    "rule-broken": ("规则执行出错", "a rule broke down"),
    "nothing-checked": ("什么也没有检查", "nothing was checked"),
    "waiver-expired": ("豁免已过期", "waiver has expired"),
    "waiver-unused": ("豁免没有对应的问题", "waiver about nothing"),
    # kept while reading
    "duplicate-key": ("同一单位同一期出现两次", "one key twice"),
    "code-scientific": ("代码变成了科学计数", "code turned into a number"),
    "code-length": ("代码位数不对", "code of a wrong length"),
    "unreadable-cell": ("单元格读不出来", "cell that cannot be read"),
    "duplicate-entry": ("台账重复登记", "entered twice in the ledger"),
    "repeated-rows": ("重复行", "repeated rows"),
    "rows-revised": ("由修订文件替代", "replaced by a revision"),
    "rows-in-two-files": ("两个文件有同一期数据", "same rows in two files"),
    "file-missing": ("缺文件", "file missing"),
    "file-not-needed": ("缺文件（无指标用到）", "file missing, not needed"),
    "no-data-files": ("没有数据文件", "no data files"),
    "no-file-fits": ("文件名都对不上", "no file name fits"),
    "file-unreadable": ("文件读不出来", "file cannot be read"),
    "file-empty": ("空文件", "empty file"),
    "link-outside": ("链接指向文件夹之外", "link leads outside"),
    "header-not-found": ("找不到表头", "no header found"),
    "column-missing": ("缺列", "column missing"),
    "column-missing-near": ("缺列", "column missing"),
    "column-twice": ("同一列有两个", "column stands twice"),
    "unit-mismatch": ("计量单位不匹配", "unit does not match"),
    "row-without-key": ("行没有代码", "row without a code"),
    "no-period": ("没有报告期", "no period"),
    "more-of-the-same": ("同类问题未逐一列出", "more of the same"),
}


def title(slug: str, lang: Lang) -> str:
    """What a rule is about; its slug where it has no title of its own."""
    words = TITLES.get(slug)
    if words is None:
        return slug
    return words[0 if lang == "zh" else 1]
