"""Help of `check` and `compare`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xicen_kpi.words.labels import Lang

CHECK_HELP: Mapping[str, tuple[str, str]] = {
    "check": (
        "这批数据能不能用：逐条规则检查，指出文件、行、列、企业和改法，以及对指标的影响。",
        "Is this drop fit to use: every rule, with file, row, column, enterprise, cure, and the effect on figures.",
    ),
    "check.format": (
        "输出格式：text、json、junit、github、xlsx（标注副本）。junit 和 github 默认可公开：只有规则、文件、行号。",
        "Format: text, json, junit, github (both public by default: rule, file, row), xlsx (a marked copy).",
    ),
    "check.audience": (
        "internal 内部资料，或 public 可公开（默认：junit 和 github 为 public，其余为 internal）。",
        "internal or public (default: public for junit and github, else internal).",
    ),
    "check.max": (
        "每条规则最多列出多少项，0 为全部（默认 20）。",
        "How many findings of a rule are listed, 0 for all (default 20).",
    ),
    "check.baseline": (
        "基线文件：其中已有的问题不再列出，只报新问题。",
        "Baseline: findings that stand in it are not told again.",
    ),
    "check.update_baseline": (
        "把当前全部问题写入 --baseline 指定的文件。",
        "Write all present findings to the file given with --baseline.",
    ),
    "compare": (
        "两批数据（或两份保存的 JSON 报告）之间哪些指标变了、为什么变、由哪些企业引起。",
        "Which figures moved between two drops (or two saved JSON reports), why, and which enterprises are behind it.",
    ),
    "compare.old": ("旧的数据文件夹，或旧的 JSON 报告。", "The older folder, or the older JSON report."),
    "compare.new": ("新的数据文件夹，或新的 JSON 报告。", "The newer folder, or the newer JSON report."),
    "compare.old_targets": (
        "旧数据所用的计划文件；给出后可分出计划改动的影响。",
        "Plan file of the older folder: then the effect of changes of the plan is told apart.",
    ),
    "compare.format": ("输出格式：text、markdown、json。", "Format: text, markdown, json."),
    "compare.max": (
        "每项指标最多列出多少家企业，0 为全部（默认 10）。",
        "How many enterprises are listed for a figure, 0 for all (default 10).",
    ),
}


def check_help(key: str, lang: Lang) -> str:
    """Help in one language.

    Raises:
        KeyError: There is no such text.
    """
    return CHECK_HELP[key][0 if lang == "zh" else 1]
