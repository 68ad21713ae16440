"""Words of what goes wrong around `check` and `compare`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xicen_kpi.errors import Severity
from xicen_kpi.words.definition import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

MESSAGES: Mapping[str, Message] = {
    "own-rule-without-bound": Message(
        Severity.ERROR,
        "这条自定义规则没有说与什么比较",
        "this rule of your own does not say what it compares with",
        "写上 at_least、at_most 或 equals 之一：一个数，或同一数据源的另一列",
        "give at_least, at_most or equals: a number, or another column of the same source",
    ),
    "baseline-unreadable": Message(
        Severity.ERROR,
        "基线文件读不出来：{reason}",
        "the baseline file cannot be read: {reason}",
        "核对路径；要新建基线，请加 --update-baseline",
        "check the path; to make a new one, add --update-baseline",
    ),
    "extra-missing": Message(
        Severity.ERROR,
        "这种格式需要 {package}，当前环境没有安装",
        "this format needs {package}, which is not installed",
        "运行 pip install 'xicen-kpi[report]'",
        "run pip install 'xicen-kpi[report]'",
    ),
    "engine-missing": Message(
        Severity.ERROR,
        "引擎 {engine} 没有安装",
        "the engine {engine} is not installed",
        "运行 pip install 'xicen-kpi[{extra}]'，或去掉 --engine",
        "run pip install 'xicen-kpi[{extra}]', or leave out --engine",
    ),
    "engine-not-started": Message(
        Severity.ERROR,
        "引擎 {engine} 无法启动：{reason}",
        "the engine {engine} does not start: {reason}",
        "pyspark 需要 Java 17 或更高版本（JAVA_HOME）；也可去掉 --engine",
        "pyspark needs Java 17 or newer (JAVA_HOME); or leave out --engine",
    ),
    "compare-mixed": Message(
        Severity.ERROR,
        "两边须同为数据文件夹，或同为 JSON 报告",
        "both sides must be folders, or both saved JSON reports",
        "给出两个文件夹，或两份由 report --format json 保存的报告",
        "give two folders, or two reports saved with `report --format json`",
    ),
    "compare-not-public": Message(
        Severity.ERROR,
        "这份报告是内部资料，不能据此做公开的对比：其中没有按公开要求隐去单位较少的数",
        "this report is internal: nothing public can be made from it, for what few units make up is not hidden in it",
        "两份报告都用 report --audience public --format json 重新保存",
        "save both reports again with `report --audience public --format json`",
    ),
    "compare-unreadable": Message(
        Severity.ERROR,
        "这份报告读不出来：{reason}",
        "this report cannot be read: {reason}",
        "用 report --format json 重新保存",
        "save it again with `report --format json`",
    ),
}
