"""Words of the findings of `plan`: what does not fit its models."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xicen_kpi.errors import Severity
from xicen_kpi.words.definition import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

_ERROR = Severity.ERROR

MESSAGES: Mapping[str, Message] = {
    "text-expected": Message(
        _ERROR,
        "{key} 应为文字，现为 {value}",
        "{key} should be a text and is {value}",
        '代码和文件号等请加引号，如 "{value}"',
        'put quotes around codes and numbers that are names, as in "{value}"',
    ),
    "number-expected": Message(
        _ERROR,
        "{key} 应为数字，现为 {value}",
        "{key} should be a number and is {value}",
        "写成普通数字，如 170 或 50.5：不带单位、千分位、引号和前导零",
        "write a plain number such as 170 or 50.5: no unit, no separators, no quotes, no leading zero",
    ),
    "truth-expected": Message(
        _ERROR,
        "{key} 应为 true 或 false，现为 {value}",
        "{key} should be true or false and is {value}",
        "写 true（是）或 false（否）",
        "write true or false",
    ),
    "scalar-expected": Message(
        _ERROR,
        "{key} 应为一个值，现为 {value}",
        "{key} should be one value and is {value}",
        "写一个文字、数字、true 或 false",
        "write one text or number, or true or false",
    ),
    "mapping-expected": Message(
        _ERROR,
        "{key} 应由下一层的键组成，现为 {value}",
        "{key} should hold keys of its own and is {value}",
        "把下一层的键另起一行并缩进；冒号用半角，后加空格",
        "put its keys on lines of their own, indented, each with a plain colon and a blank",
    ),
    "list-expected": Message(
        _ERROR,
        "{key} 应为列表，现为 {value}",
        "{key} should be a list and is {value}",
        "写成 [甲, 乙]，或每项一行以“- ”开头",
        'write [a, b], or one item a line behind "- "',
    ),
    "list-length": Message(
        _ERROR,
        "{key} 的项数不对，应为 {least} 项",
        "{key} has the wrong number of items: {least} wanted",
        "补足或删减列表中的项",
        "add or remove items",
    ),
    "key-missing": Message(
        _ERROR,
        "{path} 缺失",
        "{path} is missing",
        "在此处补上 {key}",
        "add {key} here",
    ),
    "key-unknown": Message(
        _ERROR,
        "没有 {key} 这个键",
        "there is no key {key} here",
        "{guess:是否想写 %s？}此处可用（最接近的在前）：{known}",
        "{guess:did you mean %s? }known here, the likeliest first: {known}",
    ),
    "value-missing": Message(
        _ERROR,
        "{key} 后面没有内容",
        "nothing stands behind {key}",
        "填写内容；如下面几行属于它，请增加缩进",
        "fill it in; if the lines below belong to it, indent them",
    ),
    "choice-unknown": Message(
        _ERROR,
        "{key} 不能是 {value}",
        "{key} cannot be {value}",
        "{guess:是否想写 %s？}可选：{known}",
        "{guess:did you mean %s? }choose from: {known}",
    ),
    "number-out-of-range": Message(
        _ERROR,
        "{key} 超出范围：{value}（界限 {bound}）",
        "{key} is out of range: {value} (the bound is {bound})",
        "改为界限以内的数",
        "use a number within the bound",
    ),
    "id-malformed": Message(
        _ERROR,
        "{key} 不能用作名称",
        "{key} cannot be a name",
        "名称用小写英文字母、数字和下划线，以字母开头；承诺编号如 T3.2",
        "names are lower-case letters, digits and underscores, a letter first; commitments are numbered like T3.2",
    ),
    "measure-unknown": Message(
        _ERROR,
        "这里没有写明怎样计量",
        "this does not say how to measure",
        "{guess:是否想写 %s？}计量方式须是其中之一：{known}",
        "{guess:did you mean %s? }a measure is one of: {known}",
    ),
    "value-invalid": Message(
        _ERROR,
        "{key} 不能是 {value}",
        "{key} cannot be {value}",
        "对照 docs/targets-yaml.md 检查写法",
        "compare with docs/targets-yaml.md",
    ),
    "month-malformed": Message(
        _ERROR,
        "{value} 不是月份",
        "{value} is not a month",
        "写成 2026-12",
        "write it as 2026-12",
    ),
    "period-malformed": Message(
        _ERROR,
        "{value} 不是年份或月份",
        "{value} is neither a year nor a month",
        "写成 2024 或 2024-12",
        "write 2024 or 2024-12",
    ),
    "date-malformed": Message(
        _ERROR,
        "{value} 不是日期",
        "{value} is not a day",
        "写成 2025-10-17",
        "write it as 2025-10-17",
    ),
    "unit-missing": Message(
        _ERROR,
        "数字列 {key} 没有单位",
        "the number column {key} has no unit",
        "补上 unit，如 unit: 千元",
        "add a unit, such as unit: 千元",
    ),
    "condition-empty": Message(
        _ERROR,
        "{key} 的条件是空的",
        "the condition on {key} says nothing",
        "写一个值、一个列表，或 equals、in、between、at_least、at_most、missing 之一",
        "write a value, a list, or one of equals, in, between, at_least, at_most, missing",
    ),
    "own-rule-without-bound": Message(
        _ERROR,
        "自定义规则没有写与什么比较",
        "a rule of your own does not say what to compare with",
        "补上 at_least、at_most 或 equals 之一",
        "add at_least, at_most or equals",
    ),
    "target-not-one": Message(
        _ERROR,
        "目标须恰好是 at_least、at_most、maintain、rise、fall 之一",
        "a target is exactly one of at_least, at_most, maintain, rise, fall",
        "保留其中一个",
        "keep one of them",
    ),
}
