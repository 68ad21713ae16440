"""What is wrong with a command line, in the user's language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from xicen_kpi.words.findings import finding

if TYPE_CHECKING:
    from xicen_kpi.errors import Finding
    from xicen_kpi.words.labels import Lang

_CHINESE = (
    (
        r"No such option: (\S+?)\.?(?: \(Possible options: (.+)\))?(?: Did you mean (.+?)\??)?$",
        "没有选项 {0}，是不是 {1}？",
    ),
    (r"No such command '(.+?)'\.(?: Did you mean (.+?)\??)?$", "没有命令 {0}，是不是 {1}？"),
    (r"Missing argument '(.+?)'", "缺少参数 {0}"),
    (r"Missing option '(.+?)'", "缺少选项 {0}"),
    (r"Missing command", "缺少命令"),
    (r"Got unexpected extra argument\S* \((.+)\)", "多余的参数 {0}"),
    (r"Option '?(\S+?)'? requires an argument", "选项 {0} 后面要有值"),
    (r"Option '?(\S+?)'? does not take a value", "选项 {0} 不带值"),
    (r"Invalid value for '?(.+?)'?: .*integer", "{0} 的值应为整数"),
    (r"Invalid value for '?(.+?)'?:", "{0} 的值不可用"),
)


def usage_finding(problem: str, command: str, lang: Lang) -> Finding:
    """The parser's complaint as a finding.

    Args:
        problem: Its sentence, in English.
        command: The command that was meant.
        lang: Language of the user.
    """
    return finding("usage", None, problem=_chinese(problem) if lang == "zh" else problem, command=command)


def _chinese(problem: str) -> str:
    for pattern, words in _CHINESE:
        matched = re.search(pattern, problem)
        if matched:
            given = [part for part in matched.groups() if part]
            known = words if len(given) > 1 or "{1}" not in words else words.split("，")[0]
            return known.format(*(part.replace("'", "") for part in given))
    return problem
