"""All messages by slug, and the one way to make a finding: severity and words come from the slug's definition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from xicen_kpi.errors import Finding, Location
from xicen_kpi.words import checks, command, convert, engine, history, plan, read, report

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xicen_kpi.words.definition import Message

MESSAGES: Mapping[str, Message] = {
    **command.MESSAGES,
    **convert.MESSAGES,
    **plan.MESSAGES,
    **read.MESSAGES,
    **engine.MESSAGES,
    **checks.MESSAGES,
    **report.MESSAGES,
    **history.MESSAGES,
}


SYSTEM_REASONS: Mapping[str, str] = {
    "No such file or directory": "文件或文件夹不存在",
    "Permission denied": "没有权限",
    "Operation not permitted": "没有权限",
    "Is a directory": "这是一个文件夹",
    "Not a directory": "路径中间有一段不是文件夹",
    "File exists": "已有同名文件",
    "File name too long": "文件名太长",
    "No space left on device": "磁盘已满",
    "Disk quota exceeded": "磁盘配额已满",
    "Read-only file system": "所在磁盘只读",
    "Input/output error": "磁盘读写出错",
    "Invalid argument": "文件名不可用",
    "File is not a zip file": "内容不是 .xlsx 的格式",
}
"""What the operating system says when it cannot read or write, which it says in English."""


def finding(slug: str, where: Location | None = None, **parameters: object) -> Finding:
    """A finding of this slug.

    Args:
        slug: Name of the message.
        where: Place in the user's file.
        **parameters: Values that the sentence names.

    Raises:
        KeyError: No message has this slug.
    """
    return Finding(slug, MESSAGES[slug].severity, parameters, where or Location())


def message(found: Finding, lang: Literal["zh", "en"]) -> str:
    """What is wrong, in one sentence."""
    words = MESSAGES[found.slug]
    return (words.zh if lang == "zh" else words.en).format_map(_shown(found.parameters, lang))


def hint(found: Finding, lang: Literal["zh", "en"]) -> str:
    """What to do about it."""
    words = MESSAGES[found.slug]
    return (words.hint_zh if lang == "zh" else words.hint_en).format_map(_shown(found.parameters, lang))


def _shown(parameters: Mapping[str, object], lang: Literal["zh", "en"]) -> dict[str, object]:
    return {name: _said(value, lang) for name, value in parameters.items()}


def _said(value: object, lang: Literal["zh", "en"]) -> object:
    if isinstance(value, list | tuple):
        return ("、" if lang == "zh" else ", ").join(map(str, value))
    return SYSTEM_REASONS.get(str(value), value) if lang == "zh" else value
